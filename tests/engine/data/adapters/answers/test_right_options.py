"""Choice questions with several right options, or whose right ones are marked among the options themselves."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import right_options
from so8t_engine.data.record import Record
from so8t_engine.data.thought import sections
from so8t_engine.rewards import answer_matching

Q = "Which way is it?"
WAYS = ["left", "right", "up", "down"]
ASKED = f"{Q}\nA. left\nB. right\nC. up\nD. down"


@pytest.mark.parametrize(
    "right",
    ["A,C", "AC", "A・C", "Ａ、Ｃ", ["A", "C"], ["C", "A"], [0, 2], "0 2", "a and c", "left/up", ["left", "up"],
     '["A", "C"]', "A; C", "A、C", "ア・ウ", "①と③"],
)  # fmt: skip
def test_several_right_options_are_all_in_the_answer_in_their_order(right: Any) -> None:
    row = parsed({"question": Q, "options": WAYS, "answer": right})
    assert (row.prompt, row.response, row.choices) == (ASKED, "A. left\nC. up", tuple(WAYS))
    assert (row.category, row.answer, row.answer_kind) == ("choice", "A. left\nC. up", "text")


@pytest.mark.parametrize(("right", "place"), [(1, 0), (2, 1), (3, 2)])
def test_a_number_counts_from_the_first_option_even_where_options_are_numbers(right: int, place: int) -> None:
    assert right_options.find(["2", "3", "1"], [], right, 1, counts=True) == (place,)


def test_an_index_and_a_text_that_name_different_options_teach_neither() -> None:
    row = {"question": Q, "options": WAYS, "answer_index": 1}
    assert reason(row | {"answer_text": "up"}) == drop_reasons.TWO_RIGHT_OPTIONS
    for same in ("right", "to the right", None):
        assert parsed(row | {"answer_text": same}).answer in ("B", "A")


def test_circled_numbers_count_from_1() -> None:
    rows = [{"question": f"{Q} {right}", "options": WAYS, "answer": right} for right in "①②"]
    assert [getattr(row, "response", row) for row in of_source(rows)] == ["A. left", "B. right"]


@pytest.mark.parametrize("text", ["text", "answer", "option", "choiceText", "Answer Text", "選択肢", "Antwort"])
@pytest.mark.parametrize("column", ["options", "choices", "answers"])
def test_options_that_are_objects_have_their_text_under_several_names(column: str, text: str) -> None:
    options = [{text: way, "correct": way == "up"} for way in WAYS]
    assert parsed({"question": Q, column: options}).response == "C. up"


def test_objects_that_hold_no_option_are_none() -> None:
    assert right_options.marked([{"n": 1, "correct": True}, {"n": 2, "correct": False}]) is None


def test_an_answer_with_several_right_options_is_right_only_with_all_of_them() -> None:
    row = parsed({"question": Q, "options": WAYS, "answer": "A, C"})
    assert row.answer is not None and row.answer_kind is not None
    assert answer_matching.credit("A. left\nC. up", row.answer, row.answer_kind) == 1
    assert answer_matching.credit("A. left", row.answer, row.answer_kind) < 1
    record = Record("1", "d", row.prompt, row.response, "choice", "en", "train", row.answer, row.answer_kind,
                    None, row.choices)  # fmt: skip
    assert sections.of_record(record, keep_repeated=True).final == row.response


def test_several_right_options_stand_in_every_form_of_options() -> None:
    spread = {"問題": Q, "選択肢1": "left", "選択肢2": "right", "選択肢3": "up", "選択肢4": "down"}
    lettered = {"Question": Q, "Option A": "left", "Option B": "right", "Option C": "up", "Option D": "down"}
    keyed = {"question": Q, "options": dict(zip("ABCD", WAYS, strict=True))}
    rows = [
        {**spread, "正解": "1、3"}, {**lettered, "Correct": "A, C"}, {**keyed, "correct": ["A", "C"]},
        {"question": Q, "options": "①left ②right ③up ④down", "answer": "①③"},
        {"question": Q, "options": "A. left | B. right | C. up | D. down", "answer": "A and C"},
        {"question": Q, "mc2_targets": {"choices": WAYS, "labels": [1, 0, 1, 0]}},
    ]  # fmt: skip
    assert [parsed(row).response for row in rows] == ["A. left\nC. up"] * len(rows)


@pytest.mark.parametrize("kind", [list, json.dumps, lambda right: ", ".join(map(str, right))])
@pytest.mark.parametrize("start", [0, 1])
def test_numbers_of_several_right_options_count_from_what_all_rows_tell(kind: Any, start: int) -> None:
    rows = [
        {"question": f"{Q} {n}", "options": WAYS, "answer": kind([one + start for one in right])}
        for n, right in enumerate(((1, 2), (0, 3)))
    ]
    said = [getattr(row, "response", row) for row in of_source(rows)]
    assert said == ["B. right\nC. up", "A. left\nD. down"]


@pytest.mark.parametrize("right", ["13", "CA", "AA"])
def test_what_may_be_a_number_or_a_word_is_left_out(right: str) -> None:
    assert reason({"question": Q, "options": WAYS, "answer": right}) == drop_reasons.SEVERAL_RIGHT


@pytest.mark.parametrize("right", ["E", "A, E", ["left", "off"], []])
def test_an_option_that_is_not_there_is_no_right_one(right: Any) -> None:
    assert reason({"question": Q, "options": WAYS, "answer": right}) == drop_reasons.NO_RIGHT_OPTION


MARKED: list[dict[str, Any]] = [
    {"options": ["left", "*right", "up", "down"]},
    {"options": "left\n*right\nup\ndown"},
    {"options": ["[ ] left", "[x] right", "[ ] up", "[ ] down"]},
    {"options": ["× left", "○ right", "× up", "× down"]},
    {"選択肢": ["left", "right（正解）", "up", "down"]},
    {"options": ["left", "right (correct)", "up", "down"]},
    {"choices": [{"text": way, "is_correct": way == "right"} for way in WAYS]},
    {"Option A": "left", "Option B": "✓ right", "Option C": "up", "Option D": "down"},
]


@pytest.mark.parametrize("options", MARKED)
def test_a_right_option_may_be_marked_among_the_options(options: dict[str, Any]) -> None:
    row = parsed({"question": Q, **options})
    assert (row.prompt, row.response, row.answer) == (ASKED, "B. right", "B")


def test_several_options_may_be_marked_but_not_none_nor_all() -> None:
    assert parsed({"question": Q, "options": ["*left", "right", "*up", "down"]}).response == "A. left\nC. up"
    two = [{"question": Q, "options": ["left", "*right"]}, {"question": Q, "options": ["*left", "*right"]}]
    assert [getattr(row, "response", row) for row in of_source(two)] == ["B. right", drop_reasons.NO_RIGHT_OPTION]


@pytest.mark.parametrize("marks", [[0, 0, 1, 0], [False, False, True, False], ["0", "0", "1", "0"], "[0, 0, 1, 0]",
                                   [0.0, 0.0, 1.0, 0.0], ["false", "false", "true", "false"]])  # fmt: skip
@pytest.mark.parametrize("name", ["correct", "label", "answer", "is_correct", "labels", "正誤"])
def test_a_list_with_a_mark_for_each_option_holds_no_numbers_of_options(name: str, marks: Any) -> None:
    """[0, 0, 1, 0] was the first option and the second."""
    row = parsed({"question": Q, "options": WAYS, name: marks})
    assert (row.response, row.answer) == ("C. up", "C")


def test_several_may_be_marked_so_and_a_list_of_another_length_names_options() -> None:
    assert parsed({"question": Q, "options": WAYS, "correct": [1, 0, 1, 0]}).response == "A. left\nC. up"
    assert parsed({"question": Q, "options": WAYS, "correct": [0, 1]}).response == "A. left\nB. right"
    assert parsed({"question": Q, "options": ["0", "1"], "correct": ["1"]}).response == "B. 1"
    assert right_options.find(["0", "1"], [], ["1", "0"], 0, counts=False) == (0, 1)


@pytest.mark.parametrize("key", ["is_correct", "isCorrect", "Correct", "IS_RIGHT", "is answer", "正解"])
@pytest.mark.parametrize(("yes", "no"), [(True, False), (1, 0), ("true", "false"), ("1", "0"), ("TRUE", "FALSE")])
def test_options_that_say_of_themselves_whether_they_are_right_do_so_in_every_writing(
    key: str, yes: Any, no: Any
) -> None:
    options = [{"text": way, key: yes if way == "up" else no} for way in WAYS]
    assert parsed({"question": Q, "options": options}).response == "C. up"


@pytest.mark.parametrize(
    ("options", "right", "response"),
    [
        (["hen", "hen", "dog"], "B. hen", "B. hen"), (["hen", "egg", "dog"], "A. hen", "A. hen"),
        (["hen", "egg", "dog"], "b) egg", "B. egg"), (["hen", "egg", "dog"], "(c) dog", "C. dog"),
        (["A. hen", "B. egg"], "B) egg", "B. egg"), (["A. hen", "B. hen"], "B. hen", "B. hen"),
        (["hen", "hen"], "2. hen", "B. hen"), (["hen", "egg"], "1. hen", "A. hen"),
        (["hen", "egg"], "1. egg", "B. egg"),
        (["hen", "hen"], "イ. hen", "B. hen"), (["hen", "hen"], "② hen", "B. hen"),
        (["hen", "egg"], "F. egg", "B. egg"),
        (["2", "1", "3"], "B. 1", "B. 1"), (["hen", "B. hen"], "B. hen", "B. B. hen"),
    ],
)  # fmt: skip
def test_an_option_with_its_letter_is_the_one_that_both_say(options: list[str], right: str, response: str) -> None:
    assert parsed({"question": Q, "options": options, "answer": right}).response == response


@pytest.mark.parametrize(
    ("options", "right"),
    [
        (["hen", "egg", "dog"], "B. hen"), (["hen", "egg", "dog"], "a) egg"), (["A. hen", "B. egg"], "B. hen"),
        (["hen", "egg", "dog"], "ウ. hen"), (["hen", "egg", "dog"], "③ hen"), (["hen", "egg", "dog"], "3. hen"),
        (["B", "A", "C"], "A. A"),
    ],
)  # fmt: skip
def test_a_letter_and_a_text_that_name_different_options_teach_neither(options: list[str], right: str) -> None:
    assert reason({"question": Q, "options": options, "answer": right}) == drop_reasons.LETTER_OF_ANOTHER
    spread = dict(zip("ABC", options, strict=False))
    assert len(spread) < 3 or reason({"question": Q, **spread, "answer": right}) == drop_reasons.LETTER_OF_ANOTHER


def test_the_same_where_the_options_end_the_question() -> None:
    asked = f"{Q}\nA. hen\nB. egg\nC. dog"
    assert reason({"question": asked, "answer": "B. hen"}) == drop_reasons.LETTER_OF_ANOTHER
    assert parsed({"question": asked, "answer": "B. egg"}).response == "B. egg"
