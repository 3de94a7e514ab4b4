"""Of several answers that were compared the better one is learnt, of a tie and of bad ones none."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.parsed_row import ParsedRow

Q = "Which saw is it?"
TWO = {"prompt": Q, "response_a": "first", "response_b": "second"}
NUMBERED = {"question": Q, "answer_1": "first", "answer_2": "second"}
TALKS = {
    f"conversation_{end}": [{"role": "user", "content": Q}, {"role": "assistant", "content": said}]
    for end, said in (("a", "first"), ("b", "second"))
}


@pytest.mark.parametrize(
    ("row", "learnt"),
    [
        ({**TALKS, "model_a": "x", "model_b": "y", "winner": "model_b"}, "second"),
        ({**TALKS, "winner": "model_a"}, "first"),
        ({**TALKS, "prompt": Q, "winner": "model_b"}, "second"),
        ({**TWO, "response_b": [{"role": "assistant", "content": "second"}], "winner": "model_b"}, "second"),
        ({**TWO, "winner": "B"}, "second"),
        ({**TWO, "winner": "a"}, "first"),
        ({**TWO, "preference": "response_b"}, "second"),
        ({**TWO, "model_a": "x", "model_b": "y", "winner": "y"}, "second"),
        ({**TWO, "winner_model_a": 0, "winner_model_b": 1, "winner_tie": 0}, "second"),
        ({**NUMBERED, "winner": 2}, "second"),
        ({"質問": Q, "回答X": "first", "回答Y": "second", "良い方": "Y", "理由": "正確だから"}, "second"),
        ({"Frage": Q, "Antwort 1": "first", "Antwort 2": "second", "Besser": "2", "Warum": "klarer"}, "second"),
        ({"Question": Q, "Réponse A": "first", "Réponse B": "second", "Préférée": "Réponse B"}, "second"),
        ({"问题": Q, "回答甲": "first", "回答乙": "second", "更好": "乙"}, "second"),
        ({**NUMBERED, "winner": "1"}, "first"),
        ({**NUMBERED, "winner": "B"}, "second"),
        ({"context": [{"role": "user", "content": Q}], "response1": "first", "response2": "second",
          "overall_preference": 3}, "second"),
        ({"context": [{"role": "user", "content": Q}], "response1": "first", "response2": "second",
          "overall_preference": -1}, "first"),
        ({"question": {"full_text": Q}, "answer_0": "first", "score_0": -0.5, "answer_1": "second", "score_1": 0.5},
         "second"),
        ({**TWO, "rating_a": 4, "rating_b": 4}, "first"),
        ({**TWO, "rating_a": 4, "rating_b": 3.5}, "first"),
        ({**TWO, "winner": "right"}, "second"), ({**TWO, "preferred": "the first one"}, "first"),
        ({**TWO, "勝者": "後者"}, "second"), ({**TWO, "verdict": "B > A"}, "second"),
        ({**TWO, "winner": "[[B]]"}, "second"),
        ({**TWO, "winner": "B is better."}, "second"), ({**TWO, "label": "B"}, "second"),
        ({**TWO, "preference": "second"}, "second"),  # in its own words
        ({**TWO, "selected_a": 0, "selected_b": 1}, "second"),
        ({**TWO, "is_correct_a": 0, "is_correct_b": 1}, "second"),
        ({**TWO, "response_a_score": 1, "response_b_score": 3}, "second"),
        ({**TWO, "rank_a": 2, "rank_b": 1}, "second"),
        ({**NUMBERED, "answer_3": "third", "best": "answer_3"}, "third"),
        ({**NUMBERED, "answer_3": "third", "best_answer": 3}, "third"),
        ({**NUMBERED, "answer_3": "third", "rank_1": 3, "rank_2": 1, "rank_3": 2}, "second"),
        ({**NUMBERED, "answer_3": "third", "selected_1": 0, "selected_2": 0, "selected_3": 1}, "third"),
        ({**NUMBERED, "answer_3": "second", "majority": "second"}, "second"),
        ({"質問": Q, "回答A": "first", "回答B": "second", "回答C": "second", "多数決": "second"}, "second"),
        ({"質問": Q, "回答者A": "first", "回答者B": "second", "回答者C": "second", "最良": "second"}, "second"),
        ({"question": Q, "annotator_a": "first", "annotator_b": "second", "consensus": "second"}, "second"),
    ],
)  # fmt: skip
def test_the_answer_that_won_is_learnt(row: dict[str, Any], learnt: str) -> None:
    assert (parsed(row).prompt, parsed(row).response) == (Q, learnt)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({**TALKS, "winner": "tie"}, "winner"), ({**TWO, "overall_preference": 0}, "overall_preference"),
        ({**TWO, "preferred": "引き分け"}, "preferred"), ({**TWO, "preferred": "両方良い"}, "preferred"),
        ({**TWO, "winner": "[[C]]"}, "winner"),
        ({**TWO, "winner": "A=B"}, "winner"),
        ({**TWO, "winner_model_a": 0, "winner_model_b": 0, "winner_tie": 1}, "winner_tie"),
        ({**TWO, "selected_a": 1, "selected_b": 1}, "selected_a, selected_b"),
        ({"prompt": Q, "responses": ["first", "second"], "winner": "tie"}, "winner"),
        ({"prompt": Q, "responses": ["first", "second"], "selected": [1, 1]}, "selected"),
    ],
)  # fmt: skip
def test_of_a_tie_none_is_learnt(row: dict[str, Any], column: str) -> None:
    why = reason(row)
    assert why == drop_reasons.none_is_better(column) == drop_reasons.of_text(str(why))
    assert drop_reasons.is_expected(str(why))


@pytest.mark.parametrize(
    ("winners", "learnt"),
    [
        ([-1, 1], ["first", "second"]), ([0, 1], ["first", "second"]), ([1, 2], ["first", "second"]),
        (["1", "0"], ["second", "first"]), (["left", "right"], ["first", "second"]),
        (["model_b", "model_a"], ["second", "first"]), ([-1, 0, 1], ["first", "tie", "second"]),
        (["B", "tie"], ["second", "tie"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("column", ["winner", "preference", "chosen", "choice", "勝者"])
@pytest.mark.parametrize("two", [TWO, {"prompt": Q, "responses": ["first", "second"]}])
def test_what_a_number_points_at_is_told_by_all_rows(
    two: dict[str, Any], column: str, winners: list[Any], learnt: list[str]
) -> None:
    found = of_source([{**two, column: winner} for winner in winners])
    assert [row.response if isinstance(row, ParsedRow) else "tie" for row in found] == learnt


@pytest.mark.parametrize("winners", [[1, 1], [0, 1, 2]])
def test_where_all_rows_do_not_tell_what_numbers_point_at_none_is_learnt(winners: list[int]) -> None:
    with pytest.raises(KeyError, match="winner"):
        of_source([{**TWO, "winner": winner} for winner in winners])


def test_what_stands_beside_the_question_is_asked_and_reasons_of_a_judge_are_no_thought() -> None:
    row = {**NUMBERED, "context": "Three saws.", "system": "Be brief.", "winner": "2", "reasoning": "It is right."}
    found = parsed(row)
    assert (found.prompt, found.response, found.reasoning) == (f"Be brief.\n\nThree saws.\n\n{Q}", "second", None)
    row = {**NUMBERED, "context": "Three saws.", "chosen": "answer_2", "response": "Any.", "rank_1": 2, "rank_2": 1}
    assert (parsed(row).prompt, parsed(row).response) == (f"Three saws.\n\n{Q}", "second")


def test_questions_and_answers_in_lists_take_turns() -> None:
    texts = {"prompt": [Q, "Sure?"], "response_a": ["x", "No."], "response_b": ["first", "Yes."]}
    row = {name: json.dumps(said) for name, said in texts.items()} | {"winner": "model_b"}

    assert (parsed(row).prompt, parsed(row).response) == (f"User: {Q}\n\nAssistant: first\n\nUser: Sure?", "Yes.")


@pytest.mark.parametrize("winner", ["tie (bothbad)", "both bad", "neither", "両方悪い", "beide schlecht", "都不好"])
def test_of_two_bad_answers_none_is_learnt(winner: str) -> None:
    assert reason({**TALKS, "winner": winner}) == drop_reasons.labelled_bad("winner", winner)


def test_what_a_moderation_has_flagged_is_not_learnt_from_the_winner_either() -> None:
    assert parsed({**TALKS, "winner": "model_a", "openai_moderation": {"flagged": True}}).safety == "unsafe"


@pytest.mark.parametrize("row", [{**TWO, "winner": "?"}, {**TWO, "winner": True}, {**TWO, "winner": None}, TWO])
def test_where_it_is_not_plain_who_won_the_row_is_another_shape(row: dict[str, Any]) -> None:
    assert choose_adapter.choose(Dataset(name="x", path="x.jsonl", source="local"), row) is None


@pytest.mark.parametrize(
    ("column", "values", "learnt"),
    [
        ("overall_preference", ["-2", "1", "0", "3", "-1"], ["first", "second", "second", "first"]),
        ("overall_preference", [-2, 1, 0, 3, -1.0], ["first", "second", "second", "first"]),
        ("preference", [3, -2, 1, 2, 0], ["second", "first", "second", "second"]),
        ("preference", ["3", "-2", "1", "2", "0"], ["second", "first", "second", "second"]),
        ("preference", [1, 2], ["first", "second"]),
    ],
)
def test_a_preference_with_a_sign_prefers_by_its_sign_as_a_number_and_as_text(
    column: str, values: list[Any], learnt: list[str]
) -> None:
    two = {"prompt": Q, "response_1": "first", "response_2": "second"}
    read = of_source([{**two, column: value} for value in values])
    assert [row.response for row in read if isinstance(row, ParsedRow)] == learnt


def test_a_grade_from_1_to_5_does_not_number_the_answers() -> None:
    dataset = Dataset(name="x", path="x.jsonl", source="local")
    rows = [{"prompt": Q, "response_1": "first", "response_2": "second", "preference": grade} for grade in (1, 2, 5)]
    adapter = choose_adapter.choose(dataset, rows[0])
    assert adapter is not None
    with pytest.raises(KeyError, match="winner"):  # a row of another shape, which is counted
        adapter.adapt(rows[0], choose_adapter.index_of(dataset, lambda: iter(rows)))


def test_two_answers_and_the_better_one_are_found_in_japanese() -> None:
    row = {"指示": "Which saw?", "回答A": "The big one.", "回答B": "The small one."}
    for better in ("B", "回答B", "b"):
        assert parsed({**row, "良い方": better}).response == "The small one."


@pytest.mark.parametrize(("preferred", "learnt"), [("human", "Rome"), ("ChatGPT", "Milan")])
def test_answers_may_be_called_by_who_gave_them(preferred: str, learnt: str) -> None:
    row = {"question": "Capital of Italy?", "chatgpt_answer": "Milan", "human_answer": "Rome", "preferred": preferred}
    assert parsed(row).response == learnt


@pytest.mark.parametrize(
    ("worse", "better"), [("2", "4.5"), ("2/5", "4/5"), ("40%", "80 %"), ("★★", "★★★★"), (9, "10")]
)
def test_scores_may_stand_there_as_text(worse: Any, better: Any) -> None:
    named = {"質問": Q, "回答A": "first", "回答B": "second"}
    rows: list[dict[str, Any]] = [
        {**TWO, "score_a": worse, "score_b": better}, {**TWO, "rating a": worse, "rating b": better},
        {**NUMBERED, "rating1": worse, "rating2": better}, {**named, "点数A": worse, "点数B": better},
        {"prompt": Q, "responses": ["first", "second"], "scores": [worse, better]},
    ]  # fmt: skip
    assert [parsed(row).response for row in rows] == ["second"] * len(rows)
    assert [row.response for row in map(parsed, [{**TWO, "score_a": better, "score_b": worse}])] == ["first"]


def test_a_text_that_is_no_figure_is_no_score() -> None:
    two = [{**TWO, "score_a": "good", "score_b": "better"}, {**TWO, "score_a": "2", "score_b": "4"}]
    adapters = [choose_adapter.choose(Dataset(name="x", path="x.jsonl", source="local"), row) for row in two]
    assert adapters[0] is not choose_adapter.ADAPTERS["comparison"] is adapters[1]


@pytest.mark.parametrize(
    "spread",
    [
        lambda votes: dict(zip(("annotator_1", "annotator_2", "annotator_3"), votes, strict=True)),
        lambda votes: dict(zip(("評価者1", "評価者2", "評価者3"), votes, strict=True)),
        lambda votes: {"votes": [*votes]}, lambda votes: {"winner": json.dumps([*votes])},
        lambda votes: {"preferences": ", ".join(votes)}, lambda votes: {"votes": dict(Counter(votes))},
        lambda votes: {"annotations": [{"annotator": n, "winner": vote} for n, vote in enumerate(votes)]},
    ],
)  # fmt: skip
def test_of_several_people_most_say_which_answer_is_better(spread: Any) -> None:
    votes = ["AAB", "BBA", "BBB", ("tie", "tie", "A")]
    first, second, third, tied = of_source([{**TWO, **spread(those)} for those in votes])
    assert [getattr(row, "response", row) for row in (first, second, third)] == ["first", "second", "second"]
    assert getattr(tied, "code", tied) == drop_reasons.none_is_better("x").code
