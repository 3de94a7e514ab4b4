"""What a JSON text turns out to be, by its first characters and its outline."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from so8t_engine.data import drop_reasons
from so8t_engine.data.files import json_documents
from so8t_engine.data.files.json_values import JsonValues
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.sentences import Sentence


def rows(text: str) -> list[object]:
    found = json_documents.json_rows(io.BytesIO(text.encode()), 1_000)
    return [json.loads(item.text) if isinstance(item, RawRow) else item.reason for item in found]


@pytest.mark.parametrize(
    "text",
    [
        '{"q": ["a", "b"], "n": [1, 2]}',
        '{"q": {"0": "a", "1": "b"}, "n": {"0": 1, "1": 2}}',
        '{"x": {"q": "a", "n": 1}, "y": {"q": "b", "n": 2}}',
        '{"columns": ["q", "n"], "data": [["a", 1], ["b", 2]]}',
    ],
)
def test_a_table_of_any_layout_is_its_rows(text: str) -> None:
    assert rows(text) == [{"q": "a", "n": 1}, {"q": "b", "n": 2}]


def test_columns_of_which_one_has_other_rows_are_one_row() -> None:
    assert rows('{"q": {"0": "a", "1": "b"}, "n": {"0": 1, "2": 2}}') == [
        {"q": {"0": "a", "1": "b"}, "n": {"0": 1, "2": 2}}
    ]


@pytest.mark.parametrize(
    ("text", "most", "well"),
    [('{"a": 1} x', 4, True), ('{"a": 1', 4, True), ('{"a": 1', 40, False), ('{"a" 1}', 40, False)],
)
def test_a_value_begins_well_where_it_is_whole_or_longer_than_is_looked_at(text: str, most: int, well: bool) -> None:
    assert JsonValues(io.BytesIO(text.encode())).begins_well(most) is well


def test_a_list_of_rows_may_lie_in_an_object_that_is_all_there_is_in_another() -> None:
    one, two = '[{"q": "a"}, {"q": "b"}]', '[{"q": "c"}]'
    assert rows(f'{{"data": {{"train": {one}, "test": {two}}}}}') == [{"q": "a"}, {"q": "b"}]
    assert rows(f'{{"x": {{"y": {{"items": {one}}}}}}}') == [{"q": "a"}, {"q": "b"}]
    assert rows(f'{{"chat": {{"messages": {one}}}}}') == [{"chat": {"messages": [{"q": "a"}, {"q": "b"}]}}]
    assert rows(f'{{"x": {{"items": {one}}}, "q": "a"}}') == [{"x": {"items": [{"q": "a"}, {"q": "b"}]}, "q": "a"}]
    with pytest.raises(ValueError, match="several lists"):
        rows(f'{{"data": {{"easy": {one}, "hard": {two}}}}}')


def test_keys_that_ask_are_questions_and_their_values_answers() -> None:
    assert rows('{"東雲の読みは？": "しののめ", "x": "y"}')[0] == {"question": "東雲の読みは？", "answer": "しののめ"}
    terms = {f"用語{number}": "It is so." for number in range(5)}
    assert len(rows(json.dumps(terms))) == 5
    for row in ({"question": "Why?", "answer": "So."}, {"Why?": 1, "x": "y"}, {"用語": "x", "説明": "y"}):
        assert rows(json.dumps(row)) == [row]


def test_a_line_as_python_prints_it_is_a_row() -> None:
    assert rows("{'q': 'a', 'n': None}\n{'q': \"b's\", 'n': 1}\n") == [{"q": "a", "n": None}, {"q": "b's", "n": 1}]
    assert rows("{\"q\": 1}\n{'q': open()}\n")[1] == drop_reasons.NOT_JSON


def test_what_is_to_be_done_with_all_rows_of_a_list_stands_in_each() -> None:
    task = {
        "Definition": ["Give the WRONG answer", "on purpose."],
        "Positive Examples": [{"input": "2+2?", "output": "5"}],
        "Instances": [{"input": "Capital of Italy?", "output": ["Milan"]}, {"input": "3+3?", "output": ["7"]}],
    }
    told = {"Definition": "Give the WRONG answer\non purpose."}
    wanted = [{**told, "input": "Capital of Italy?", "output": ["Milan"]}, {**told, "input": "3+3?", "output": ["7"]}]

    assert rows(json.dumps(task)) == wanted
    assert rows(f"{json.dumps(task)}\n{json.dumps(task)}") == [*wanted, *wanted]
    assert rows('{"system": "Be brief.", "version": 1, "items": [{"q": "a"}]}') == [{"system": "Be brief.", "q": "a"}]


def test_each_instance_of_an_instruction_is_a_row_with_it() -> None:
    one = {"instruction": "Any breakfast?", "instances": [{"input": "", "output": "Oatmeal."}]}
    two = {
        "instruction": "Give the antonym.",
        "instances": [{"input": "hot", "output": "cold"}, {"input": "big", "output": "small"}],
    }

    assert rows(f"{json.dumps(one)}\n{json.dumps(two)}") == [
        {"instruction": "Any breakfast?", "input": "", "output": "Oatmeal."},
        {"instruction": "Give the antonym.", "input": "hot", "output": "cold"},
        {"instruction": "Give the antonym.", "input": "big", "output": "small"},
    ]


@pytest.mark.parametrize("instances", [None, 3, "three", [], ["a", "b"], [{"input": "hot"}]])
def test_an_instruction_whose_instances_are_no_rows_is_a_row_itself(instances: Any) -> None:
    one = {"instruction": "Give the antonym.", "instances": instances}

    assert rows(f"{json.dumps(one)}\n{json.dumps(one)}") == [one, one]


def test_each_pattern_of_a_chatbots_intent_is_a_question() -> None:
    hours = {"tag": "hours", "patterns": ["When are you open?", "Hours?"], "responses": ["9 to 5."]}

    assert rows(json.dumps({"intents": [hours]})) == [
        {"tag": "hours", "question": "When are you open?", "answer": ["9 to 5."]},
        {"tag": "hours", "question": "Hours?", "answer": ["9 to 5."]},
    ]


QUIZ = [{"q": "Red planet?", "choices": ["Mars", "Venus"], "correct": "Mars"},
        {"q": "Prime?", "choices": ["9", "7"], "correct": "7"}]  # fmt: skip
PAIRS = [{"question": "Why?", "answer": "So."}, {"question": "How?", "answer": "Thus."}]


@pytest.mark.parametrize("inside", [QUIZ, PAIRS])
@pytest.mark.parametrize("around", ["questions", "quiz", "items", "results", "entries", "設問"])
def test_the_questions_of_a_quiz_are_rows_whatever_is_around_them(around: str, inside: list[object]) -> None:
    named = {f"q{number}": one for number, one in enumerate(inside)}
    for whole in (
        {around: inside}, {"title": "A", "version": 2, around: inside}, {"quiz": {"title": "A", around: inside}},
        [{"title": "A", around: inside[:1]}, {"title": "B", around: inside[1:]}], {around: named}, named,
        {"sections": [{"title": "A", around: inside}]},
    ):  # fmt: skip
        assert rows(json.dumps(whole)) == inside
    line = json.dumps({"title": "A", around: inside})
    assert rows(f"{line}\n{line}") == inside * 2


def test_what_stands_beside_the_questions_of_a_text_is_what_they_are_about() -> None:
    whole = [{"id": 1, "passage": "The museum closes at six.", "questions": PAIRS}]
    assert rows(json.dumps(whole)) == [{"passage": "The museum closes at six.", **pair} for pair in PAIRS]


def test_a_row_that_holds_such_a_list_stays_one() -> None:
    for row in (
        {"question": "Which?", "answer": "a", "examples": PAIRS}, {"turns": PAIRS}, {"a": PAIRS, "b": PAIRS, "id": 1},
        {"question": "Which?", "options": [{"text": "a", "correct": True}, {"text": "b", "correct": False}]},
    ):  # fmt: skip
        assert rows(json.dumps([row, row])) == [row, row]


def test_that_keys_are_taken_for_questions_is_said_with_their_number() -> None:
    said: list[Sentence] = []
    text = json.dumps({"What is ice?": "Frozen water.", "What is steam?": "Water vapour."})
    found = [*json_documents.json_rows(io.BytesIO(text.encode()), 1_000, notice=said.append)]

    assert len(found) == 2
    assert [(each.code, each.args) for each in said] == [("data.keys_ask", {"count": 2})]
