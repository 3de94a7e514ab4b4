"""Columns that judge by what all rows say in them: one for each of several people, figures by their sign, crosses."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.judged import ballots
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.notes import source_notes

Q, A = "Which saw is number %d?", "The small one, number %d."
GOOD, BAD = "good", "bad"


def rows(columns: dict[str, list[Any]], asks: str = "prompt", answers: str = "response") -> list[dict[str, Any]]:
    count = len(next(iter(columns.values())))
    return [
        {asks: Q % number, answers: A % number, **{name: values[number] for name, values in columns.items()}}
        for number in range(count)
    ]


def learnt(given: list[dict[str, Any]], **entry: Any) -> str:
    read = of_source(given, **entry)
    return "".join("+" if isinstance(row, ParsedRow) and row.bad_answer is None else "-" for row in read)


@pytest.mark.parametrize(
    "names",
    [
        ("annotator_1", "annotator_2", "annotator_3"), ("annotator1", "annotator2", "annotator3"),
        ("rater_a", "rater_b", "rater_c"), ("label_1", "label_2", "label_3"), ("judge 1", "judge 2", "judge 3"),
        ("reviewer1_label", "reviewer2_label", "reviewer3_label"), ("vote_1", "vote_2", "vote_3"),
        ("評価者1", "評価者2", "評価者3"), ("判定１", "判定２", "判定３"), ("Gutachter 1", "Gutachter 2",
        "Gutachter 3"),
        ("évaluateur_1", "évaluateur_2", "évaluateur_3"), ("evaluador_1", "evaluador_2", "evaluador_3"),
        ("эксперт_1", "эксперт_2", "эксперт_3"), ("标注者1", "标注者2", "标注者3"), ("평가자1", "평가자2", "평가자3"),
        ("anna_verdict", "bob_verdict", "eve_verdict"),
    ],
)  # fmt: skip
def test_most_of_several_people_count(names: tuple[str, ...]) -> None:
    said = [[GOOD, GOOD, GOOD], [BAD, BAD, GOOD], [BAD, BAD, BAD], [GOOD, BAD, GOOD], [BAD, GOOD, ""], ["", BAD, BAD]]
    given = rows({name: [words[place] for words in said] for place, name in enumerate(names)})
    assert learnt(given) == "+--+--"  # one of which as many think well as badly is not learnt
    label = ", ".join(names)
    assert learnt(given, columns={"prompt": "prompt", "response": "response", "label": label}) == "+--+--"


def notes_of(given: list[dict[str, Any]], label: str | None = None) -> dict[str, dict[str, Any]]:
    columns = {"prompt": "prompt", "response": "response", "label": label} if label else None
    dataset = Dataset.model_validate({"name": "d", "source": "local", "path": "d.jsonl", "columns": columns})
    index = choose_adapter.index_of(dataset, lambda: iter(given))
    return {note.code: dict(note.args) for note in source_notes.of_rows(dataset, given, index)}


def counted(note: dict[str, Any]) -> dict[str, int]:
    return {reading.code.removeprefix("data.label_"): reading.args["count"] for reading in note["readings"]}


def test_answers_of_which_as_many_think_well_as_badly_are_held_back_and_told_with_how_one_may_decide() -> None:
    said = [[GOOD, GOOD], [BAD, BAD], [GOOD, BAD], [BAD, GOOD], [BAD, ""], ["", ""]]
    given = rows({"annotator_1": [one for one, _ in said], "annotator_2": [two for _, two in said]})
    found = notes_of(given)

    assert found["data.votes_tied"]["columns"] == ["annotator_1", "annotator_2"]
    assert (found["data.votes_tied"]["count"], found["data.votes_read"]["column"]) == (2, "annotator_1, annotator_2")
    assert found["data.votes_tied"]["line"] == "columns: {prompt: prompt, response: response, label: annotator_1}"
    assert counted(found["data.votes_read"]) == {"bad": 2, "good": 1, "tied": 2, "unclear": 1}  # rows
    assert learnt(given) == "+----+"
    assert str(of_source(given)[2]) == "as many people call its answer good as bad ('annotator_1, annotator_2')"
    assert learnt(given, columns={"prompt": "prompt", "response": "response", "label": "annotator_1"}) == "+-+--+"
    assert "data.votes_tied" not in notes_of(given[:2])
    most = rows({"annotator_1": [BAD, GOOD], "annotator_2": [BAD, BAD], "annotator_3": [GOOD, GOOD]})
    assert "data.votes_tied" not in notes_of(most)
    by_sign = notes_of(rows({"annotator_1": [-1, 1, 1], "annotator_2": [-1, 1, 1]}))
    assert "data.votes_read" in by_sign and "data.label_may_be_turned" not in by_sign
    [bad, good] = notes_of(rows({"votes": [{GOOD: 2, BAD: 1}, {BAD: 3}]}))["data.votes_read"]["readings"]
    assert (good.args["values"], bad.args["values"]) == (["2 good/bad"], ["3 bad"])


ROWS = ("ggg", "bbg", "gbg", "gb ", "ggb", "   ", "bgb", "gg ")
READ = "+-+-++-+"


@pytest.mark.parametrize(
    ("good", "bad"),
    [("yes", "no"), ("ja", "nein"), ("oui", "non"), ("はい", "いいえ"), ("○", "×"), ("1", "0"), (1, 0), (True, False),
     ("true", "false"), ("Y", "N"), ("agree", "disagree"), ("approve", "reject"), ("+", "-")],
)  # fmt: skip
def test_what_several_people_say_counts_in_columns_in_a_list_and_as_counts(good: object, bad: object) -> None:
    word: dict[str, object] = {"g": good, "b": bad, " ": ""}
    in_columns = rows({f"rater_{who}": [word[said[place]] for said in ROWS] for place, who in enumerate("abc")})
    lists = [[word[one] for one in said.strip()] for said in ROWS]
    for given in (in_columns, rows({"votes": lists}), rows({"annotations": lists})):
        assert learnt(given) == READ
    assert learnt(rows({"votes": [{str(one): said.count(one) for one in said} for said in lists]})) == READ
    by_person = [{f"ann_{who}": one for who, one in enumerate(said)} for said in lists]
    assert learnt(rows({"annotations": by_person})) == READ
    assert learnt(rows({"labels": [[{"worker": 7, "label": one} for one in said] for said in lists]})) == READ
    if isinstance(good, str) and len(good) > 1:
        assert learnt(rows({"labels": ["; ".join(map(str, said)) for said in lists]})) == READ


@pytest.mark.parametrize(
    ("names", "good", "bad"),
    [
        (("is_correct_1", "is_correct_2", "is_correct_3"), 1, 0),
        (("annotator_1_correct", "annotator_2_correct", "annotator_3_correct"), "yes", "no"),
        (("helpful_a", "helpful_b", "helpful_c"), "TRUE", "FALSE"),
        (("正しい1", "正しい2", "正しい3"), "はい", "いいえ"),
        (("Richtig? (Ida)", "Richtig? (Ole)", "Richtig? (Tom)"), "ja", "nein"),
        (("has_error_1", "has_error_2", "has_error_3"), "no", "yes"),
        (("is_toxic_1", "is_toxic_2", "is_toxic_3"), 0, 1),
    ],
)  # fmt: skip
def test_several_columns_that_judge_by_their_name_are_of_several_people_even_where_most_condemn(
    names: tuple[str, ...], good: object, bad: object
) -> None:
    word = {"g": good, "b": bad, " ": ""}
    said = [*ROWS, "bbb", "bbb", "bbb"]
    given = rows({name: [word[one[place]] for one in said] for place, name in enumerate(names)})
    assert learnt(given) == f"{READ}---"


def test_yes_and_no_to_a_question_that_is_not_named_are_told_where_most_say_no() -> None:
    said = [("no", "no"), ("no", "no"), ("yes", "yes"), ("no", "yes")]
    given = rows({"annotator_1": [one for one, _ in said], "annotator_2": [two for _, two in said]})
    note = notes_of(given)["data.votes_untold"]

    assert learnt(given) == "++++"
    assert (note["count"], note["values"]) == (2, ["no/no"])
    assert note["no"].endswith('label: "annotator_1, annotator_2"}')
    assert note["yes"].endswith('label: "not annotator_1, not annotator_2"}')
    columns = {"prompt": "prompt", "response": "response"}
    assert learnt(given, columns={**columns, "label": "annotator_1, annotator_2"}) == "--+-"
    assert learnt(given, columns={**columns, "label": "not annotator_1, not annotator_2"}) == "++--"
    turned = notes_of(given, "not annotator_1, not annotator_2")
    assert counted(turned["data.label_read"]) == {"bad": 1, "good": 2, "tied": 1}
    assert turned["data.label_may_be_turned"]["line"] == note["no"]
    assert turned["data.label_may_be_turned"]["column"] == "annotator_1, annotator_2"
    assert turned["data.label_may_be_turned"]["good"] == ["no"]


@pytest.mark.parametrize(
    ("bad", "good"),
    [("incorrect", "correct"), ("不正解", "正解"), ("falsch", "richtig"), ("X", "O"), ("👎", "👍"), ("down", "up")],
)
def test_several_people_may_say_it_in_any_words_for_good_and_bad(bad: str, good: str) -> None:
    given = rows({"annotator_1": [good, bad], "annotator_2": [bad, bad], "annotator_3": [good, good]})
    assert learnt(given) == "+-"


@pytest.mark.parametrize(
    "columns",
    [
        {"annotator_1": ["yes", "no"], "annotator_2": ["no", "no"]},
        {"annotator_1": [5, 1, 4], "annotator_2": [4, 1, 1]},
        {"labels": [["sports", "good"], ["bad", "news"]]},
        {"labels": [[GOOD] * 21, [BAD] * 21]},
        {"label": ["yes/no", "yes/no"]},
        {"annotations": [{"style": "fine", "tone": "good"}, {"style": "fine", "tone": "ok"}]},
        {"annotator_1": ["anna", "bob"], "annotator_2": ["eve", "bad"]},
        {"annotator_1": [BAD, GOOD]},
        {"answer_1": [BAD, GOOD], "answer_2": [BAD, GOOD]},
    ],
)
def test_what_does_not_say_which_is_good_or_who_says_it_leaves_nothing_out(columns: dict[str, list[Any]]) -> None:
    assert "-" not in learnt(rows(columns))


def test_labels_of_several_answers_are_not_of_several_people() -> None:
    given = rows({"response_1": ["a", "b"], "response_2": ["c", "d"], "label_1": [BAD, BAD], "label_2": [BAD, GOOD]})
    assert learnt(given) == "++"
    labels = ("label_1", "label_2")
    assert ballots.groups(labels, tuple(given[0])) == () and ballots.groups(labels, (*labels, "text")) == (labels,)


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("rating", [1, -1, 0], "+-+"),
        ("rating", ["1", "-1", ""], "+-+"),
        ("feedback", [1, -1, None], "+-+"),
        ("評価", [1, -1, 0], "+-+"),
        ("score", [1, 0, -1], "++-"),
        ("score", [5, -3, 0, -1, 12], "+-+-+"),
        ("upvotes", [3, -3, 0], "+-+"),
        ("score", [1, 0, 1], "+++"),
        ("score", [0.3, -0.2, 0.8], "+++"),
        ("score", [-3, -2, -7], "+++"),
        ("rating", [5, -1, 4], "+++"),  # -1 for one that nobody gave
        ("sentiment_score", [1, -1, 0], "+++"),
        ("question_score", [1, -1, 0], "+++"),
    ],
)
@pytest.mark.parametrize("pair", [("question", "answer"), ("prompt", "response")])
def test_a_figure_judges_by_its_sign_where_all_of_its_column_say_that_it_does(
    pair: tuple[str, str], column: str, values: list[Any], said: str
) -> None:
    given = rows({column: values}, *pair)
    assert learnt(given) == said
    if "-" in said:
        assert learnt(given, columns={"prompt": pair[0], "response": pair[1], "label": column}) == said


@pytest.mark.parametrize(
    ("up", "down"),
    [("upvotes", "downvotes"), ("likes", "dislikes"), ("thumbs_up", "thumbs_down"), ("votes_good", "votes_bad"),
     ("up_votes", "down_votes"), ("いいね", "よくないね"), ("賛成", "反対")],
)  # fmt: skip
def test_more_votes_against_an_answer_than_for_it_condemn_it(up: str, down: str) -> None:
    assert learnt(rows({up: [3, 0, 2, 0], down: [1, 4, 2, 0]})) == "+-++"


@pytest.mark.parametrize("column", ["checked", "approved", "label", "정답여부", "結果", "correct", "review"])
@pytest.mark.parametrize(("good", "bad"), [("✓", "x"), ("O", "X"), ("○", "x"), ("ok", "X"), ("О", "Х")])
def test_an_x_is_a_cross_beside_what_calls_answers_good(column: str, good: str, bad: str) -> None:
    given = rows({column: [good, bad, good, "", bad]})
    assert learnt(given)[:3] + learnt(given)[-1] == "+-+-"
    named = {"columns": {"prompt": "prompt", "response": "response", "label": column}}
    assert learnt(given, **named)[:3] + learnt(given, **named)[-1] == "+-+-"


@pytest.mark.parametrize("column", ["checked", "approved", "label"])
def test_an_x_alone_may_be_a_tick(column: str) -> None:
    assert learnt(rows({column: ["x", "", "x"]})) == "+++"


def test_a_list_with_an_entry_for_each_line_of_an_answer_is_of_its_steps() -> None:
    answer = "One.\nTwo.\nThree."
    said = [[True, True, True], [True, False, False], [True, True, False]]
    given = [{"prompt": Q % number, "response": answer, "labels": each} for number, each in enumerate(said)]
    assert learnt(given) == "+++"


def test_a_list_beside_several_generations_is_of_each_of_them() -> None:
    talk = [{"role": "user", "content": "1 + 1?"}, {"role": "assistant", "content": "2"}]
    marks = ([True, False], [True, True], [False, True], [True, True])
    given = [{"messages": talk, "generations": ["2", "3"], "correctness_math_verify": each} for each in marks]
    assert learnt(given) == "++++"
