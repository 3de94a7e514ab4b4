"""What is proposed where a file has one row, and of lists of answers that somebody has judged."""

from __future__ import annotations

from typing import Any

import pytest

from engine.data.adapters.proposed.test_proposed_shapes import ASKED, COUNTED, SAID, TOLD, WRONG, proposed, rows
from so8t_engine.data.adapters.proposed import choice_shapes, never_proposed, proposals

ENGLISH, GERMAN = "the man and the dog and it is", "der Mann und das Tier und es ist"
TRIES = [{"code": "x = 1", "passed": True}, {"code": "x = 2", "passed": False}]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"bar": ASKED, "foo": lambda n: [SAID[n], WRONG[n]]}, {"prompt": "bar", "response": "foo.0"}),
        ({"foo": ASKED, "cands": lambda n: [{"t": SAID[n]}, {"t": WRONG[n]}]},
         {"prompt": "foo", "response": "cands.0.t"}),
        ({"foo": ASKED, "bar": SAID, "bar_checked": "yes"},
         {"prompt": "foo", "response": "bar", "label": "bar_checked"}),
        ({"question": ASKED, "result": SAID, "reasoning": WRONG, "facts": TOLD},
         {"prompt": "question", "query": "facts", "response": "result", "reasoning": "reasoning"}),
        ({"question": ASKED, "rationale": WRONG, "prediction": SAID, "is_correct": "yes"},
         {"prompt": "question", "response": "prediction", "reasoning": "rationale", "label": "is_correct"}),
        ({"source": ENGLISH, "target": GERMAN, "target_lang": "de"},
         {"prompt": "Translate into German:\\n\\n{source}", "response": "target"}),
        ({"src": ENGLISH, "mt": "der Mann", "post_edit": GERMAN, "status": "approved"},
         {"prompt": "Translate into German:\\n\\n{src}", "response": "post_edit", "label": "status"}),
        ({"premises": ["It rains.", "Rain wets."], "conclusion": "It is wet.", "label": "true"},
         {"prompt": "What do the premises say of the conclusion: true?\\n\\nPremises:\\n{premises}\\n\\n"
          "Conclusion: {conclusion}", "response": "label"}),
        ({"Summary": ASKED, "Description": SAID, "Comment": "03/Feb/25 9:10 AM;ann;So it is.", "Satisfaction": "3/5"},
         {"prompt": "{Summary}\\n\\n{Description}", "response": "Comment"}),
        ({"foo": ASKED, "bar": SAID, "misconception": WRONG}, None), ({"foo": ASKED, "spans": [[0, 4, "N"]]}, None),
        ({"foo": ASKED, "tries": TRIES}, {"prompt": "foo", "response": "tries"}),
        ({"foo": ASKED, "attempt": TRIES[0]}, {"prompt": "foo", "response": "attempt.code", "label": "attempt.passed"}),
        ({"foo": ASKED, "outputs": {"gpt": "x y", "claude": "z w"}}, None),
        ({"problem": ASKED, "step1": SAID, "step2": WRONG, "result": "7"},
         {"prompt": "problem", "response": "result", "reasoning": "{step1}\\n{step2}"}),
        ({"QTitle": ASKED, "QBody": SAID, "ABody": WRONG},
         {"prompt": "{QTitle}\\n\\n{QBody}", "response": "ABody"}),
        ({"description": ASKED, "requester_id": 5,
          "comments": [{"author_id": 5, "text": "So?"}, {"author_id": 6, "text": "Yes."}]}, None),
    ],
)  # fmt: skip
def test_one_row_tells_what_asks_and_what_answers(columns: dict[str, Any], expected: dict[str, str] | None) -> None:
    where = proposals.propose(rows(columns, 1))
    assert (None if where is None else where.model_dump(exclude_none=True)) == expected


@pytest.mark.parametrize(
    ("columns", "reasons"),
    [
        ({"question": ASKED, "ergebnis": COUNTED, "begründung": TOLD}, "begründung"),
        ({"problem": ASKED, "step1": SAID, "step2": WRONG, "gold": COUNTED}, "{step1}\\n{step2}"),
        ({"problem": ASKED, "step1": SAID, "step2": WRONG, "result": COUNTED}, "{step1}\\n{step2}"),
        ({"question": ASKED, "ergebnis": COUNTED}, None),
    ],
)
def test_figures_that_count_the_rows_answer_only_where_something_comes_to_them(
    columns: dict[str, Any], reasons: str | None
) -> None:
    found = proposed(columns)
    assert (None if found is None else found["reasoning"]) == reasons


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"foo": TOLD, "cands": lambda n: [{"t": SAID[n], "votes": 1}, {"t": WRONG[n], "votes": 2}]}, None),
        ({"foo": TOLD, "cands": lambda n: [SAID[n], WRONG[n]], "scores": [1, 2]}, None),
        ({"foo": TOLD, "cands": lambda n: [{"t": SAID[n]}, {"t": WRONG[n]}]},
         {"prompt": "foo", "response": "cands.0.t"}),
        ({"foo": TOLD, "answers": lambda n: [{"text": SAID[n], "votes": 1}, {"text": WRONG[n], "votes": 2}]},
         {"prompt": "foo", "response": "answers"}),
    ],
)  # fmt: skip
def test_the_first_of_several_answers_with_votes_asks_as_little_as_it_answers(
    columns: dict[str, Any], expected: dict[str, str] | None
) -> None:
    """It was proposed as what asks, with the question for its answer."""
    assert proposed(columns) == expected


def test_half_of_the_rows_may_lack_the_column_that_answers() -> None:
    whole = rows({"foo": ASKED, "bar": SAID})
    where = proposals.propose([*whole[:2], *({"foo": row["foo"]} for row in whole[2:])])
    assert where is not None and (where.prompt, where.response) == ("foo", "bar")
    assert proposals.propose([whole[0], *({"foo": row["foo"]} for row in whole[1:])]) is None


def test_options_in_a_list_stand_in_half_of_the_rows_at_least_and_are_two() -> None:
    alone = [{"cands": ["hen"], "x": "hen"}, {"cands": ["dog"], "x": "dog"}]
    assert choice_shapes.are_told_apart("cands", alone) is False
    told = [{"cands": ["hen", "dog"], "x": "A"}, {"cands": ["cat", "cow"], "x": "B"}]
    for others, are_told in ((0, True), (2, True), (3, False)):
        given = [*told, *({"cands": "hen", "x": "A"} for _ in range(others))]
        assert choice_shapes.are_told_apart("cands", given) is are_told, others


@pytest.mark.parametrize(
    ("said", "are_versions"),
    [
        (["He goes home now.", "He went home."], True), (["He goes home now.", "He will go there."], False),
        (["Why is it so?", "Because it is old."], False), (["dog", "run"], True), (["dog", "run fast"], False),
        (["dog", "run", "over the grass"], False), (["はい", "はい"], False), (["He goes."], False),
        ("He goes.", False), (["He goes.", 3], False), (["a b", "a c"], False), (["a b c", "a b d"], True),
    ],
)  # fmt: skip
def test_texts_in_a_list_that_share_their_words_are_versions_of_one(said: Any, are_versions: bool) -> None:
    assert never_proposed.are_versions(said) is are_versions


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"sentence": TOLD, "corrections": lambda n: [f"So {TOLD[n]}", f"Yes, {TOLD[n]}"]},
         {"prompt": "sentence", "response": "corrections.0"}),
        ({"foo": lambda n: [ASKED[n], SAID[n]], "bar": TOLD}, {"messages": "foo"}),
        ({"foo": lambda n: [f"So {TOLD[n]}", TOLD[n]] if n < 2 else [ASKED[n], SAID[n]], "n": 1},
         {"messages": "foo"}),
    ],
)  # fmt: skip
def test_versions_of_a_text_are_no_talk(columns: dict[str, Any], expected: dict[str, str]) -> None:
    """One correction was learnt as the answer to another."""
    assert proposed(columns) == expected


def test_columns_like_rival_answers_are_short_options_of_which_another_column_names_one() -> None:
    given = rows({"q": ASKED, "w_1": "x" * 120, "w_2": "dog", "w_3": "cow", "x": ("1", "2", "3", "1")})
    assert choice_shapes.are_options(("w_1", "w_2"), given) is True
    assert choice_shapes.are_options(("w_1", "w_2"), [{**row, "w_1": "x" * 121} for row in given]) is False
    assert choice_shapes.are_options(("w_1", "q"), given) is False
    assert choice_shapes.are_options(("w_1", "w_2"), [{**row, "x": "z"} for row in given]) is False


def test_three_rows_tell_whether_answers_differ_and_long_ones_may_come_again() -> None:
    alike = {"foo": ASKED, "bar": "same"}
    assert proposals.propose(rows(alike, 3)) is None is not proposals.propose(rows(alike, 2))
    said = ("It is all right as it is.", "Please restart the program, then sign in once more.")
    assert proposed({"foo": ASKED, "bar": said * 2, "zork": ("a", "b") * 2}) == {"prompt": "foo", "response": "bar"}
