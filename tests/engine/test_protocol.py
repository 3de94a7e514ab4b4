"""The words between engine and window: one JSON line each, garbage skipped, capped."""

from __future__ import annotations

import io
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from so8t_engine import protocol
from so8t_engine.protocol import PROTOCOL_VERSION, Message, decode, encode
from so8t_engine.run.control import Control, listen

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
    assert decode('{"v":2,"name":"pause","x":"' + "a" * protocol.MAX_LINE_BYTES + '"}') is None


def test_a_line_may_be_as_long_as_the_limit_and_no_longer() -> None:
    text = "a" * (protocol.MAX_LINE_BYTES - len('{"v":2,"name":"x","t":""}'))
    assert decode(f'{{"v":2,"name":"x","t":"{text}"}}') == Message("x", {"t": text})
    assert decode(f'{{"v":2,"name":"x","t":"{text}a"}}') is None


def test_deep_nesting_is_skipped() -> None:
    assert decode("[" * 100_000) is None


def test_a_message_of_another_version_is_not_read_but_heard_of() -> None:
    assert decode('{"v":1,"name":"pause"}') == Message(protocol.FOREIGN, {"protocol": 1, "name": "pause"})
    assert decode('{"v":"2","name":"pause"}') is None and decode('{"name":"pause"}') is None


def test_the_first_line_of_any_version_is_read_since_it_says_which() -> None:
    hello = decode('{"v":1,"name":"hello","protocol":1,"version":"0.1.0","pid":7}')

    assert hello == Message("hello", {"protocol": 1, "version": "0.1.0", "pid": 7})


def test_a_number_json_does_not_have_becomes_null() -> None:
    line = encode(Message("point", {"loss": float("nan"), "kl": [float("inf"), 1.0]}))

    assert json.loads(line) == {"v": PROTOCOL_VERSION, "name": "point", "loss": None, "kl": [None, 1.0]}


def test_a_command_of_another_version_is_refused_with_a_sentence_and_those_of_this_one_are_obeyed() -> None:
    events: list[Message] = []
    control = Control()
    lines = ['{"v":1,"name":"pause"}', "garbage", encode(Message("dance")).rstrip(), encode(Message("save")).rstrip()]

    listen(io.StringIO("\n".join(lines) + "\n"), control, events.append)

    assert control.save_wanted
    assert control.pause_reason is not None and control.pause_reason.code == "run.pause_supervisor_gone"
    [refusal] = events
    assert refusal.data["sentence"]["code"] == "run.foreign_command"
    assert refusal.data["sentence"]["args"] == {"command": "pause", "version": 1, "own": PROTOCOL_VERSION}


def test_the_tables_in_the_design_are_those_of_the_program() -> None:
    design = Path(protocol.__file__).parents[1].joinpath("DESIGN.md").read_text(encoding="utf-8")

    assert protocol.tables() in design, "python -m so8t_engine.protocol prints them"
    assert f"## Protocol, version {PROTOCOL_VERSION}" in design


def test_letters_are_sent_as_they_are() -> None:
    assert "質問" in encode(Message("point", {"what": "質問"}))
