"""The words between engine and window: one JSON line each, garbage skipped, capped."""

from __future__ import annotations

import json
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from so8t_engine import protocol
from so8t_engine.protocol import Message, decode, encode

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FIELDS = st.dictionaries(st.text().filter(lambda key: key not in ("v", "name")), JSON)


@given(st.text(), FIELDS)
def test_what_is_encoded_is_decoded_again(name: str, data: dict[str, object]) -> None:
    line = encode(Message(name, data))

    assert line.endswith("\n") and "\n" not in line[:-1]
    assert decode(line) == Message(name, data)


@given(st.text())
def test_garbage_is_skipped_and_never_raises(line: str) -> None:
    message = decode(line)

    assert message is None or isinstance(message, Message)


def test_a_line_of_a_gigabyte_is_not_parsed() -> None:
    assert decode('{"v":1,"name":"pause","x":"' + "a" * protocol.MAX_LINE_BYTES + '"}') is None


def test_deep_nesting_is_skipped() -> None:
    assert decode("[" * 100_000) is None


def test_another_protocol_version_is_skipped() -> None:
    assert decode('{"v":1,"name":"pause"}') is None


def test_a_hello_of_any_version_is_read() -> None:
    assert decode('{"v":1,"name":"hello","protocol":1}') == Message("hello", {"protocol": 1})


def test_a_number_json_does_not_have_becomes_null() -> None:
    line = encode(Message("point", {"loss": float("nan"), "kl": [float("inf"), 1.0]}))

    assert json.loads(line) == {"v": 2, "name": "point", "loss": None, "kl": [None, 1.0]}


def test_the_table_of_words_in_the_design_is_complete() -> None:
    design = Path(protocol.__file__).parents[1].joinpath("DESIGN.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `(\w+)` \|", design, flags=re.MULTILINE))

    assert set(protocol.EVENTS) | set(protocol.COMMANDS) <= rows
