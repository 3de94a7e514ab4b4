"""Values of a JSON text one after another, wherever the text is cut while it is read."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from so8t_engine.data.files import json_values
from so8t_engine.data.files.json_values import JsonValues
from so8t_engine.sentences import Sentence


@pytest.fixture(params=[1, 2, 7, 1 << 18])
def chunk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_values, "CHUNK", request.param)


def of(text: str | bytes) -> JsonValues:
    return JsonValues(io.BytesIO(text if isinstance(text, bytes) else text.encode()))


def refused(text: str | bytes) -> Sentence:
    with pytest.raises(ValueError) as error:
        of(text).value()
    [said] = error.value.args
    assert isinstance(said, Sentence)
    return said


VALUES: list[Any] = [
    1234567890123, -12.5e10, "a \"b\" \\u00e9 \\n é 日", True, None, [], {}, [1, [2, {"a": "]"}]],
    {"a": {"b": [1.5, "x"]}}, "",
]  # fmt: skip


@pytest.mark.usefixtures("chunk")
@pytest.mark.parametrize("ascii_only", [True, False])
def test_each_value_is_what_json_makes_of_it_however_it_is_laid_out(ascii_only: bool) -> None:
    for indent in (None, 2):
        texts = [json.dumps(value, indent=indent, ensure_ascii=ascii_only) for value in VALUES]
        values = of("\ufeff\n " + " \r\n".join(texts) + "\n")
        assert [values.value() for _ in VALUES] == VALUES
        assert values.peek() == ""


@pytest.mark.usefixtures("chunk")
@pytest.mark.parametrize("text", ["[1, 2]x", "[1, 2,]x", " [ 1 ,2 , ] x"])
def test_an_array_is_its_items_be_there_a_comma_behind_the_last_or_not(text: str) -> None:
    values = of(text)
    assert values.skip("[") and not values.skip("[")
    assert list(values.items()) == [1, 2]
    assert values.peek() == "x"


@pytest.mark.usefixtures("chunk")
def test_an_empty_array_has_no_items_and_one_that_is_not_closed_says_where() -> None:
    values = of("[ ]")
    values.expect("[")
    assert list(values.items()) == []
    values = of("[1\n\n 2]")
    values.expect("[")
    with pytest.raises(ValueError) as error:
        list(values.items())
    assert error.value.args[0].args == {"line": 3, "error": "Expecting ']'"}


@pytest.mark.usefixtures("chunk")
@pytest.mark.parametrize(
    ("text", "line"),
    [('{"a" 1}', 1), ('\n\n{"a": 1,\n "b" 2}', 4), ("\n[1, 2", 2), ("", 1), ("\n\n", 3), ('"a\nb"', 1)],
)
def test_what_is_no_json_is_told_by_its_line(text: str, line: int) -> None:
    said = refused(text)
    assert (said.code, said.args["line"]) == ("data.document_not_json", line)


@pytest.mark.usefixtures("chunk")
@pytest.mark.parametrize(("text", "byte"), [(b'"ab\xff"', 3), (b'"\xc3\xa9\xc3"', 3), (b'"a\xc3', 2)])
def test_what_is_no_utf8_is_told_by_its_byte(text: bytes, byte: int) -> None:
    said = refused(text)
    assert (said.code, said.args) == ("data.document_not_utf8", {"byte": byte})


def test_what_is_nested_too_deeply_is_said_and_does_not_begin_well() -> None:
    assert refused("[" * 100_000).code == "data.nested_too_deeply"
    assert not of("[" * 100_000).begins_well(10)
    assert not of("{'a': 1}" + " " * 50).begins_well(5)


@pytest.mark.usefixtures("chunk")
def test_looking_whether_a_value_begins_well_passes_over_nothing() -> None:
    values = of('  {"a": [1, 2]} 3')
    assert values.begins_well(5) and values.begins_well(500)
    assert values.value() == {"a": [1, 2]} and values.value() == 3
    assert not of("").begins_well(5)
    assert of('["' + "x" * 50).begins_well(20) and not of('["' + "x" * 50).begins_well(60)


def test_a_value_of_more_characters_than_allowed_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_values, "CHUNK", 4)
    monkeypatch.setattr(json_values, "MOST", 20)
    assert of('"' + "x" * 17 + '"').value() == "x" * 17
    assert refused('"' + "x" * 70 + '"').code == "data.document_not_json"
