"""Lines, lists and objects of which a file may consist, each a few words long: the rows that come of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

from so8t_engine.data.files import (
    alternating_rows,
    json_lists,
    labelled_thoughts,
    merged_cells,
    pairs_in_rows,
    row_readers,
    rows_inside,
    table_head,
)
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.data.files.table_records import TableRecord
from so8t_engine.sentences import Sentence


def told(rows: Iterable[Any]) -> list[Any]:
    """Rows as their number and text, bad ones as their number, where they stand, and why."""
    return [
        (one.number, one.text) if isinstance(one, RawRow) else (one.number, f"{one.unit} {one.at}", one.reason.code)
        for one in rows
    ]


def lines(text: bytes, limit: int = 10_000, skip: int = 0) -> list[Any]:
    return told(row_readers.json_lines(io.BytesIO(text), limit, skip))


def of_lists(*items: Any) -> tuple[list[Any], list[str]]:
    notices: list[Sentence] = []
    return list(json_lists.as_rows(iter(items), notices.append)), [said.code for said in notices]


def inside(item: Any) -> list[Any]:
    return list(rows_inside.questions(item))


def thought(line: str, asked: Sequence[str] = ("What is it?",), answered: list[str] | None = None) -> str | None:
    return labelled_thoughts.said(line, asked, answered)


def paired(*records: list[str]) -> list[tuple[list[str], int]]:
    """Of records of which the first field marks who speaks."""
    turns = alternating_rows.Turns(0, 1, frozenset(("q",)), False, ("Q", "A"))
    found = alternating_rows.pairs((TableRecord(record, at) for at, record in enumerate(records, 1)), turns)
    return [(one.fields, one.at) for one in found]


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (lines, (b'{"a": 1}\n\n{"a": 2}\n',), [(1, '{"a":1}'), (3, '{"a":2}')]),
    (lines, (b'\xef\xbb\xbf{"a": 1}\n{"a": 2}\n', 10_000, 1), [(2, '{"a":2}')]),
    (lines, (b'{"a": 1},\n{"a": 2}\n',), [(1, '{"a":1}'), (2, '{"a":2}')]),
    (lines, (b"{'a': None}\n",), [(1, '{"a":null}')]),
    (
        lines,
        (b"[1, 2]\nx\n\xff\n",),
        [(1, "line 1", "data.not_object"), (2, "line 2", "data.not_json"), (3, "line 3", "data.not_utf8")],
    ),
    (
        lines,
        (b'[{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]\n',),
        [(1, '{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}')],
    ),
    (lines, (b'[{"role": "user", "content": "a"}]\n',), [(1, "line 1", "data.not_object")]),
    (lines, (b'{"a": NaN, "b": [Infinity, 1.5]}\n',), [(1, '{"a":null,"b":[null,1.5]}')]),
    (lines, (b'{"a": "\\ud800"}\n',), [(1, "line 1", "data.not_unicode")]),
    (lines, (b'{"a": "' + b"y" * 30 + b'"}\n{"a": 1}\n', 20), [(1, "line 1", "data.too_long"), (2, '{"a":1}')]),
    (lines, (b'{"a": "' + b"y" * 11 + b'"}\n', 20), [(1, '{"a":"yyyyyyyyyyy"}')]),
    (lines, (b'{"a": "' + b"y" * 12 + b'"}\n', 20), [(1, "line 1", "data.too_long")]),
    (lines, (b'{"a": "' + b"y" * 12 + b'"}', 20), [(1, "line 1", "data.too_long")]),
    (lines, (b'{"a": "' + b"y" * 11 + b'"}\r\n', 20), [(1, '{"a":"yyyyyyyyyyy"}')]),
    (row_readers.lone_object, (b'{"a": 1},',), {"a": 1}),
    (row_readers.lone_object, (b"{'a': True}",), {"a": True}),
    (row_readers.lone_object, (b"[1]",), None),
    (row_readers.lone_object, (b"{'a': x}",), None),
    (row_readers.lone_talk, (b'[{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}],',), True),
    (row_readers.lone_talk, (b'[{"value": "a"}, {"value": "b"}]',), False),
    (row_readers.lone_talk, (b"[",), False),
    (row_readers.lone_talk, (b"{}",), False),
    (
        of_lists,
        (["Who?", "Me"], ["Why?", "So"]),
        ([{"question": "Who?", "answer": "Me"}, {"question": "Why?", "answer": "So"}], ["data.pairs_ask"]),
    ),
    (of_lists, (["question", "answer"], ["Why?", "So"]), ([{"question": "Why?", "answer": "So"}], ["data.pairs_ask"])),
    (
        of_lists,
        (["Who?", "Me", 1], ["Why?", "So", 2]),
        ([{"column1": "Who?", "column2": "Me", "column3": 1}, {"column1": "Why?", "column2": "So", "column3": 2}], []),
    ),
    (of_lists, (["Who?", "Me"],), ([["Who?", "Me"]], [])),
    (of_lists, (["Who?", "Me"], ["Why?"]), ([["Who?", "Me"], ["Why?"]], [])),
    (
        of_lists,
        (["Who?", "Me"], ["Who?", "You"], ["Who?", "All"]),
        (
            [
                {"column1": "Who?", "column2": "Me"},
                {"column1": "Who?", "column2": "You"},
                {"column1": "Who?", "column2": "All"},
            ],
            [],
        ),
    ),
    (of_lists, ({"a": 1}, ["Who?", "Me"]), ([{"a": 1}, ["Who?", "Me"]], [])),
    (of_lists, (["Who?", ["Me"]], ["Why?", ["So"]]), ([["Who?", ["Me"]], ["Why?", ["So"]]], [])),
    (
        of_lists,
        (["Who?", 3], ["Why?", 4]),
        ([{"column1": "Who?", "column2": 3}, {"column1": "Why?", "column2": 4}], []),
    ),
    (of_lists, (), ([], [])),
    (json_lists.is_list, (["a"],), False),
    (json_lists.is_list, (["a", "b"],), True),
    (json_lists.is_list, (["a", {}],), False),
    (inside, (7,), [7]),
    (inside, ({"a": 1},), [{"a": 1}]),
    (inside, ({"conversations": [{"responses": 1}]},), [{"responses": 1}]),
    (
        inside,
        (
            {
                "title": "T",
                "paragraphs": [
                    {"context": "C", "qas": [{"question": "q"}, 7]},
                    {"context": "D", "qas": {"question": "r"}},
                ],
            },
        ),
        [{"title": "T", "context": "C", "question": "q"}, 7, {"title": "T", "context": "D", "question": "r"}],
    ),
    (inside, ({"results": {"results": [{"vars": 1, "prompt": 2}]}},), [{"vars": 1, "prompt": 2}]),
    (inside, ({"results": {"results": [{"vars": 1}]}},), [{"results": {"results": [{"vars": 1}]}}]),
    (inside, ({"chats": {"list": [{"messages": [], "a": 1}]}},), [{"messages": [], "a": 1}]),
    (
        inside,
        ({"instruction": ["Do", "it"], "instances": [{"input": "a", "output": "b"}]},),
        [{"instruction": "Do\nit", "input": "a", "output": "b"}],
    ),
    (inside, ({"instances": [{"input": "a", "output": "b"}]},), [{"input": "a", "output": "b"}]),
    (
        inside,
        ({"context": "C", "quiz": [{"question": "q", "answer": "a"}]},),
        [{"context": "C", "question": "q", "answer": "a"}],
    ),
    (
        inside,
        ({"context": "C", "quiz": [{"question": "q", "answer": "a"}], "more": {}},),
        [{"context": "C", "quiz": [{"question": "q", "answer": "a"}], "more": {}}],
    ),
    (
        inside,
        ({"question": "Q", "answer": "A", "quiz": [{"question": "q", "answer": "a"}]},),
        [{"question": "Q", "answer": "A", "quiz": [{"question": "q", "answer": "a"}]}],
    ),
    (
        inside,
        ({"tag": "hi", "patterns": ["Hi", "Hey"], "responses": ["Hello"]},),
        [{"tag": "hi", "question": "Hi", "answer": ["Hello"]}, {"tag": "hi", "question": "Hey", "answer": ["Hello"]}],
    ),
    (
        inside,
        ({"tag": "hi", "patterns": ["Hi", 7], "responses": ["Hello"]},),
        [{"tag": "hi", "patterns": ["Hi", 7], "responses": ["Hello"]}],
    ),
    (rows_inside.are_in_lines, ({"tag": "hi", "patterns": ["Hi"], "responses": ["Hello"]},), True),
    (rows_inside.are_in_lines, ({"a": 1},), False),
    (rows_inside.are_pairs, ([{"question": "q", "answer": "a"}],), True),
    (rows_inside.are_pairs, ([{"question": "q", "answer": "a"}, {"colour": "c"}],), False),
    (rows_inside.are_pairs, ([{"question": "q", "answer": "a"}, 7],), False),
    (rows_inside.are_pairs, ([],), False),
    (
        pairs_in_rows.look,
        (("question1", "answer1", "question2", "answer2"),),
        pairs_in_rows.Pairs(
            ((("question1", "question"), ("answer1", "answer")), (("question2", "question"), ("answer2", "answer"))), ()
        ),
    ),
    (pairs_in_rows.look, (("question1", "answer1", "question3", "answer3"),), None),
    (
        lambda names: pairs_in_rows.note(pairs_in_rows.look(names)).args,
        (("question1", "answer1", "question2", "answer2"),),
        {"count": 2, "names": ["question1", "answer1"]},
    ),
    (pairs_in_rows.look, (("question1", "answer1", "question2"),), None),
    (
        pairs_in_rows.look,
        (("question1", "answer1", "question2", "answer2", "topic"),),
        pairs_in_rows.Pairs(
            ((("question1", "question"), ("answer1", "answer")), (("question2", "question"), ("answer2", "answer"))),
            ("topic",),
        ),
    ),
    (
        pairs_in_rows.look,
        (("質問①", "回答①", "質問②", "回答②"),),
        pairs_in_rows.Pairs(((("質問①", "質問"), ("回答①", "回答")), (("質問②", "質問"), ("回答②", "回答"))), ()),
    ),
    (
        pairs_in_rows.look,
        (("質問１", "回答１", "質問２", "回答２"),),
        pairs_in_rows.Pairs(((("質問１", "質問"), ("回答１", "回答")), (("質問２", "質問"), ("回答２", "回答"))), ()),
    ),
    (pairs_in_rows.look, (("question", "answer1", "answer2"),), None),
    (pairs_in_rows.look, (("question1", "answer1", "question2", "answer2"), ("question1", None)), None),
    (
        pairs_in_rows.look,
        (("question1", "answer1", "question2", "answer2"), ("question", None)),
        pairs_in_rows.Pairs(
            ((("question1", "question"), ("answer1", "answer")), (("question2", "question"), ("answer2", "answer"))), ()
        ),
    ),
    (pairs_in_rows.look, (("width1", "height1", "width2", "height2"),), None),
    (thought, ("Solution: I count.",), "I count."),
    (thought, ("**Solution:** I count.",), "I count."),
    (thought, ("**Solution: I count.**",), "I count."),
    (thought, ("【解説】数えます。",), "数えます。"),
    (thought, ("Solution: I count.", [" "]), None),
    (thought, ("Solution: I count.", ["Is this solution right?"]), None),
    (thought, ("Solution: I count.", ["What is it?"], ["34 euros"]), "I count."),
    (thought, ("Solution: I count.", ["What is it?"], ["A long text that answers 34 times"]), None),
    (thought, ("Explanation: I count.", ["What is it?"], ["A long text that answers"]), "I count."),
    (thought, ("Explanation: I count.", ["What is it?"], [" "]), None),
    (thought, ("Hint: count.",), None),
    (thought, ("Solution: I count.", ["What is it?"], ["B"]), "I count."),
    (thought, ("Solution: I count.", ["What is it?"], ["Be"]), None),
    (thought, ("Solution: I count.", ["What is it?"], ["y" * 23 + "1"]), "I count."),
    (thought, ("Solution: I count.", ["What is it?"], ["y" * 24 + "1"]), None),
    (alternating_rows.look, ([["Q", "Who?"], ["Q", "Why?"], ["A", "Me"], ["A", "So"]],), None),
    (
        alternating_rows.look,
        ([["Q", "Who?"], ["A", "Me"], ["Q", "Why?"], ["A", "So"]],),
        alternating_rows.Turns(0, 1, frozenset(("q", "ques", "question")), False, ("Q", "A")),
    ),
    (alternating_rows.look, ([["Q", "Who?"], ["A", "Me"], ["Q", "Why?"]],), None),
    (
        alternating_rows.look,
        ([["Q", "Who?"], ["A", "Me"], ["Q", "Why?"], ["A", "So"], ["Q", "When?"]],),
        alternating_rows.Turns(0, 1, frozenset(("q", "ques", "question")), False, ("Q", "A")),
    ),
    (
        alternating_rows.look,
        ([["Q", "Who?"], ["A", "Me"], ["Q", "Why?"], ["Q", "So?"], ["A", "So"], ["Q", "When?"]],),
        None,
    ),
    (alternating_rows.look, ([["Q", "Who?"], ["A", "Me"]],), None),
    (
        alternating_rows.look,
        ([["x", "Who?", "Q"], ["x", "Me", "A"], ["x", "Why?", "Q"], ["x", "So", "A"]],),
        alternating_rows.Turns(2, 1, frozenset(("q", "ques", "question")), False, ("Q", "A")),
    ),
    (alternating_rows.look, ([["Q"], ["A"], ["Q"], ["A"]],), None),
    (alternating_rows.look, ([],), None),
    (alternating_rows.look, ([["Q", "Who?"], ["A", "Me", "x"], ["Q", "Why?"], ["A", "So"]],), None),
    (table_head.name, (" a ",), "a"),
    (table_head.name, ("Answer 1 - max 75 characters",), "Answer 1"),
    (table_head.ask_and_answer, (["question", "answer"],), True),
    (table_head.ask_and_answer, (["question", "colour"],), False),
    (table_head.title, ([["My cards", ""], ["question", "answer"], ["Who?", "Me"]],), [["My cards", ""]]),
    (table_head.title, ([["question", "answer"], ["Who?", "Me"]],), []),
    (table_head.title, ([["My cards", ""], ["question", "answer"]],), []),
    (
        table_head.title,
        ([["My cards", ""]] * 10 + [["question", "answer"], ["Who?", "Me"]],),
        [
            ["My cards", ""],
            ["My cards", ""],
            ["My cards", ""],
            ["My cards", ""],
            ["My cards", ""],
            ["My cards", ""],
            ["My cards", ""],
            ["My cards", ""],
            ["My cards", ""],
            ["My cards", ""],
        ],
    ),
    (table_head.title, ([["My cards", ""]] * 11 + [["question", "answer"], ["Who?", "Me"]],), []),
    (table_head.groups, ([["a", "b"]],), [["a", "b"]]),
    (table_head.groups, ([["a", ""]],), []),
    (table_head.below_groups, ([["", "English", ""]], ["question", "answer", "note"]), ["question", "answer", "note"]),
    (
        merged_cells.look,
        (["question", "answer"], [["Who?", "Me"], ["", "You"], ["", "All"]], None),
        merged_cells.QuestionCells(0, 1, True, Sentence(code="data.merged_cells", args={"column": "question"})),
    ),
    (
        merged_cells.look,
        (["question", "answer"], [["", "Me"], ["Who?", "You"], ["", "All"]], None),
        merged_cells.QuestionCells(
            0, 1, False, Sentence(code="data.questions_missing", args={"count": 2, "rows": 3, "column": "question"})
        ),
    ),
    (
        merged_cells.look,
        (["question", "answer"], [["Who?", "Me"], ["", "2. You"], ["", "3. All"]], None),
        merged_cells.QuestionCells(
            0, 1, False, Sentence(code="data.questions_missing", args={"count": 2, "rows": 3, "column": "question"})
        ),
    ),
    (
        merged_cells.look,
        (["question", "answer"], [["Who?", "Me,"], ["", "You"], ["", "All"]], None),
        merged_cells.QuestionCells(
            0, 1, False, Sentence(code="data.questions_missing", args={"count": 2, "rows": 3, "column": "question"})
        ),
    ),
    (
        merged_cells.look,
        (["question", "answer"], [["Who?", "Me"], ["", "you"], ["", "all"]], None),
        merged_cells.QuestionCells(
            0, 1, False, Sentence(code="data.questions_missing", args={"count": 2, "rows": 3, "column": "question"})
        ),
    ),
    (
        merged_cells.look,
        (["question", "answer"], [["Who?", "me"], ["", "you"], ["", "all"]], None),
        merged_cells.QuestionCells(0, 1, True, Sentence(code="data.merged_cells", args={"column": "question"})),
    ),
    (
        merged_cells.look,
        (["question", "answer"], [["Who?", ""], ["", "You"], ["", "All"]], None),
        merged_cells.QuestionCells(
            0, 1, False, Sentence(code="data.questions_missing", args={"count": 2, "rows": 3, "column": "question"})
        ),
    ),
    (
        merged_cells.look,
        (["n", "question", "answer"], [["1", "Who?", "Me"], ["2", "", "You"], ["3", "", "All"]], None),
        merged_cells.QuestionCells(
            1, 2, False, Sentence(code="data.questions_missing", args={"count": 2, "rows": 3, "column": "question"})
        ),
    ),
    (
        merged_cells.look,
        (["question", "answer"], [["Who?", "Me"], ["Why?", "So"], ["When?", "Now"], ["", "You"], ["", "All"]], None),
        merged_cells.QuestionCells(
            0, 1, False, Sentence(code="data.questions_missing", args={"count": 2, "rows": 5, "column": "question"})
        ),
    ),
    (merged_cells.look, (["colour", "size"], [["red", "1"]], None), None),
    (
        merged_cells.look,
        (["colour", "size"], [["red", "1"]], ("colour", "size")),
        merged_cells.QuestionCells(0, 1, False, None),
    ),
    (merged_cells.goes_on, ([["Who?", "Me,"], ["", "you"]], 0, 1), True),
    (merged_cells.goes_on, ([["Who?", "Me"], ["", "You"]], 0, 1), False),
    (merged_cells.goes_on, ([["", "Me,"], ["Who?", "you"]], 0, 1), False),
    (paired, (["Q", "Who?"], ["A", "Me"], ["Q", "Why?"], ["A", "So"]), [(["Who?", "Me"], 1), (["Why?", "So"], 3)]),
    (paired, (["Q", "Who?"], ["A"], ["A", "Me"], []), [(["Who?", "Me"], 1)]),
    (
        paired,
        (["A", "Me"], ["Q", "Who?"], ["", "else?"], ["A", "Me"], ["", "too"], ["A", ""]),
        [(["Who?\nelse?", "Me\ntoo"], 2)],
    ),
    (paired, (["Q", "Who?"], ["Q", "Why?"], ["A", "So"]), [(["Who?", ""], 1), (["Why?", "So"], 2)]),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_comes_of_a_few_lines(function: Callable[..., Any], given: tuple[Any, ...], value: object) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
