"""What the rows of a JSON text are, by the look of it: of one object, of a list, of one value a line."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from so8t_engine.data import drop_reasons
from so8t_engine.data.files.json_documents import json_rows
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.sentences import Sentence

P = [{"question": "Why?", "answer": "So."}, {"question": "How?", "answer": "Thus."}]
ONE, R = P[:1], [{"x": 1}]
TALK = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
DO = {"definition": "Do it."}
WORDS = {f"the word {n}": "x" for n in range(5)}
NONE = drop_reasons.NOT_OBJECT


def read(text: str, limit: int = 1_000, **more: Any) -> tuple[Any, list[tuple[str, Any]]]:
    """(rows, or the reason of a bad one, or the refusal; what was said)."""
    said: list[tuple[str, Any]] = []

    def heard(note: Sentence) -> None:
        said.append(
            (note.code, note.args["count"] if "count" in note.args else (note.args["split"], note.args["keys"]))
        )

    try:
        items = [*json_rows(io.BytesIO(text.encode()), limit, notice=heard, **more)]
    except ValueError as error:
        return (error.args[0].code, error.args[0].args.get("keys")), said
    return [json.loads(item.text) if isinstance(item, RawRow) else item.reason for item in items], said


def asked(first: str, rows: list[dict[str, str]] = P) -> list[dict[str, Any]]:
    return [{**row, "question": f"{first}\n\n{row['question']}"} for row in rows]


@pytest.mark.parametrize(
    ("document", "split", "rows"),
    [
        ({"columns": ["q", "a"], "data": [["x", "y"], ["z"], "w", ["1", 2]]}, "train",
         [{"q": "x", "a": "y"}, NONE, NONE, {"q": "1", "a": 2}]),
        ({"columns": "q", "data": [["x", "y"]]}, "train", [NONE]), ({"columns": ["q"], "data": []}, "train", []),
        ({"columns": [1, 2], "data": [["x", "y"]]}, "train", [{"1": "x", "2": "y"}]),
        ({"internal": [["a", "b"], ["<|BEGIN-VISIBLE-CHAT|>", "c"], ["", "d"], "x", ["e"]], "visible": []}, "train",
         [{"messages": [{"role": role, "content": text} for role, text in
                        [("user", "a"), *zip(["assistant"] * 3, "bcd", strict=True), ("user", "e")]]}]),
        ({"internal": 3, "visible": []}, "train", [{"messages": []}]), ({"data": []}, "train", []),
        ({"data": [1, 2]}, "train", [NONE, NONE]), ({"data": P, "more": ONE}, "train", P),
        ({"rows": [{"row": P[0]}, {"row": 3}, P[1]]}, "train", [P[0], {"row": 3}, P[1]]),
        ({"rows": P, "other": P}, "train", P),
        ({"train": P, "test": ONE, "x": 1}, "dev", ("data.several_lists", ["train", "test"])),
        ({"test": P}, "train", P), ({"test": P}, "test", P), ({"test": P}, "dev", ("data.no_such_list", ["test"])),
        ({"zork": P}, "dev", P), ({"zork": P, "blim": P}, "train", ("data.several_lists", ["zork", "blim"])),
        ({**DO, "instances": P}, "train", asked("Do it.")), ({**DO, "zork": P}, "train", asked("Do it.")),
        ({"definition": ["Do it.", "Now."], "zork": P}, "train", asked("Do it.\nNow.")),
        ({"definition": {"x": 1}, "zork": P}, "train", P), ({"x": "Do it.", "zork": P}, "train", P),
        ({**DO, "zork": P, "blim": P}, "train", ("data.several_lists", ["zork", "blim"])),
        ({"messages": P}, "train", [{"messages": P}]), ({"a": 3}, "train", [{"a": 3}]),
        ({"a": {}}, "train", [{"a": {}}]),
        ({}, "train", [{}]), ({"a": "b", "c": "d"}, "train", [{"a": "b", "c": "d"}]),
        # keys that ask
        ({"What is ice?": "Water", "x": 1}, "train", [{"What is ice?": "Water", "x": 1}]),
        ({"What is ice?": "Water"}, "train", [{"What is ice?": "Water"}]),
        ({**WORDS, "id": "3"}, "train", [{**WORDS, "id": "3"}]),
        ({"質問": "a", "回答": "b"}, "train", [{"質問": "a", "回答": "b"}]),
        (dict([*WORDS.items()][:4]), "train", [dict([*WORDS.items()][:4])]),
        # lists and rows in the only object
        ({"a": {"train": P}}, "train", P), ({"a": {"b": {"zork": P}}}, "dev", P),
        ({"a": {"b": {"dev": P, "test": ONE}}}, "train", ("data.several_lists", ["dev", "test"])),
        ({"a": {"test": P}}, "train", P), ({"a": {"test": P}}, "test", P),
        ({"a": {"test": P}}, "dev", ("data.no_such_list", ["test"])),
        ({"a": {"messages": P}}, "train", [{"a": {"messages": P}}]),
        ({"a": {"messages": P, "zork": P}}, "train", [{"a": {"messages": P, "zork": P}}]),
        ({"a": {"zork": [], "blim": [1]}}, "train", [{"a": {"zork": [], "blim": [1]}}]),
        ({"a": {"q1": P[0], "q2": P[1]}}, "train", P), ({"a": [1, 2]}, "train", [{"a": [1, 2]}]),
        ({"a": {"q1": {"x": 1}, "q2": {"x": 2}}}, "train", [{"a": {"q1": {"x": 1}, "q2": {"x": 2}}}]),
        # columns
        ({"q": ["a", "b"], "r": ["x", "y"]}, "train", [{"q": "a", "r": "x"}, {"q": "b", "r": "y"}]),
        ({"q": ["a", "b"], "r": ["x"]}, "train", [{"q": ["a", "b"], "r": ["x"]}]),
        ({"q": {"0": "a", "1": "b"}, "r": {"0": "x", "1": "y"}}, "train", [{"q": "a", "r": "x"}, {"q": "b", "r": "y"}]),
        ({"x": {"a": 1}, "y": {"a": 2}}, "train", [{"a": 1}, {"a": 2}]),
        ({"q": {"a": 1}, "r": {"b": 2}}, "train", [{"q": {"a": 1}, "r": {"b": 2}}]),
        ({"q": {"0": 1}, "r": {"x": 2}}, "train", [{"q": {"0": 1}, "r": {"x": 2}}]),
    ],
)  # fmt: skip
def test_the_rows_of_one_object(document: dict[str, Any], split: str, rows: Any) -> None:
    assert read(json.dumps(document), split=split) == (rows, [])
    if isinstance(rows, list):
        assert read(json.dumps(document, indent=1), split=split, skip=1) == (rows[1:], [])


@pytest.mark.parametrize(
    ("document", "split", "rows", "said"),
    [
        ({"train": P, "test": ONE, "x": 1}, "train", P, ("data.other_lists", ("train", ["test"]))),
        ({"train": P, "test": ONE}, "test", ONE, ("data.other_lists", ("test", ["train"]))),
        ({**DO, "Instances": P, "zork": ONE}, "train", asked("Do it."), ("data.other_lists", ("Instances", ["zork"]))),
        ({"a": {"b": {"train": P, "test": ONE}}}, "train", P, ("data.other_lists", ("train", ["test"]))),
        ({"What is ice?": "Water", "x": "y"}, "train",
         [{"question": "What is ice?", "answer": "Water"}, {"question": "x", "answer": "y"}], ("data.keys_ask", 2)),
        (WORDS, "train", [{"question": key, "answer": "x"} for key in WORDS], ("data.keys_ask", 5)),
        ({"氷とは？": "水", "x": "y"}, "train",
         [{"question": "氷とは？", "answer": "水"}, {"question": "x", "answer": "y"}],
         ("data.keys_ask", 2)),
    ],
)  # fmt: skip
def test_what_is_not_read_or_taken_for_questions_is_said(
    document: dict[str, Any], split: str, rows: Any, said: tuple[str, Any]
) -> None:
    assert read(json.dumps(document), split=split) == (rows, [said])


@pytest.mark.parametrize(
    ("document", "rows"),
    [
        ({"zork": R, "x": 1}, [{"zork": R, "x": 1}]), ({"zork": R}, R), ({**DO, "zork": R}, [{**DO, "zork": R}]),
        ({**DO, "instances": P}, asked("Do it.")), ({"a": {"train": P}}, [{"a": {"train": P}}]),
        ({"What is ice?": "Water", "x": "y"}, [{"What is ice?": "Water", "x": "y"}]),
        ({"q": ["a", "b"], "r": ["x", "y"]}, [{"q": ["a", "b"], "r": ["x", "y"]}]),
    ],
)  # fmt: skip
def test_one_object_in_a_file_of_lines_is_a_row_where_it_may_be_one(document: dict[str, Any], rows: list[Any]) -> None:
    assert read(json.dumps(document), lines=True) == (rows, [])


TAVERN = '{"user_name":"U","character_name":"C"}\n{"name":"U","mes":"a"}\n'
LONG = "x" * 1_001


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("[]", []), ("[1,2]", [NONE]), ("[[1,2],[3,4]]", [{"column1": 1, "column2": 2}, {"column1": 3, "column2": 4}]),
        ("data = [1]", ("data.document_not_json", None)), ("3", ("data.no_array", None)),
        ('"x"', ("data.no_array", None)), ("", []), ("\n\n", []),
        (json.dumps(TALK), [{"messages": TALK}]), (json.dumps(TALK[:1]), TALK[:1]),
        (json.dumps([*TALK, {"x": 1}]), [*TALK, {"x": 1}]), (json.dumps([TALK, TALK]), [{"messages": TALK}] * 2),
        (json.dumps([{**TALK[0], "x": 1}, TALK[1]]), [{**TALK[0], "x": 1}, TALK[1]]),
        (json.dumps(["a"] * 50), [NONE]), (json.dumps(["a"] * 51), [NONE] * 51),
        (json.dumps(["a", [1]]), [NONE, NONE]), (json.dumps(["a", P[0]]), [NONE, P[0]]),
        (f"{json.dumps(P)}\n{json.dumps(P)}", P * 2), ('[{"a":1},{"a":2}],[{"a":3}]', [{"a": 1}, {"a": 2}, {"a": 3}]),
        ('{"a":\n1},\n{"a":2},', [{"a": 1}, {"a": 2}]), ('{"a":1}\n{"a":2}', [{"a": 1}, {"a": 2}]),
        ("x\n" * 4 + '{"a":1}\n{"a":2}', [*[drop_reasons.NOT_JSON] * 4, {"a": 1}, {"a": 2}]),
        (f'{{"a":"{LONG}"}}\n{{"a":1}}\n{{"a":2}}', [drop_reasons.TOO_LONG, {"a": 1}, {"a": 2}]),
        (f"{json.dumps(TALK)}\n{json.dumps(TALK)}", [{"messages": TALK}] * 2),
        ('{"user_name":"U"}\n{"a":1}\n', [{"user_name": "U"}, {"a": 1}]),
        (TAVERN, [{"messages": [{"name": "U", "mes": "a"}]}]),
        (TAVERN + '{"name":"C","mes":"b"}', [{"messages": [{"name": "U", "mes": "a"}, {"name": "C", "mes": "b"}]}]),
        (TAVERN + '{"name":"C"', [drop_reasons.NOT_JSON]), (TAVERN * 100, [drop_reasons.TOO_LONG]),
    ],
)  # fmt: skip
def test_the_rows_of_other_texts(text: str, rows: Any) -> None:
    assert read(text) == (rows, [])
    if isinstance(rows, list) and drop_reasons.NOT_JSON not in rows:
        assert read(text, skip=1) == (rows[1:], [])


@pytest.mark.parametrize(
    ("text", "lines", "rows"),
    [
        ("x\ny", True, [drop_reasons.NOT_JSON] * 2), ("[1\n,2]", True, [NONE]), ("\n\n", True, []),
        (" [1]\n[2]", True, [NONE] * 2),
        ("x\n" * 5 + '{"a":1}', True, [*[drop_reasons.NOT_JSON] * 5, {"a": 1}]),
        ('{"a": 1', True, [drop_reasons.NOT_JSON]),
    ],
)  # fmt: skip
def test_what_looks_like_nothing_is_what_its_name_says(text: str, lines: bool, rows: list[Any]) -> None:
    assert read(text, lines=lines)[0] == rows


def test_a_talk_has_so_many_turns_at_most() -> None:
    turn = {"role": "user", "content": "a"}
    assert read(json.dumps([turn] * 2_000))[0] == [{"messages": [turn] * 2_000}]
    assert len(read(json.dumps([turn] * 2_001))[0]) == 2_001
