"""The state of a session: what is written is read again, and what is no state is refused with the field that is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.session.config_seal import of
from so8t_engine.session.state import FORMAT_VERSION, Cursor, PipelineState, Work, dump, from_json, to_json, wall_clock

STATE = PipelineState(
    "s", status="paused", cursor=Cursor("train", 7), checkpoint="000003", points=4, history_bytes=90, history_crc=5,
    active_seconds=1.5, work={"train/warmup": Work(2, 3.5)}, totals={"train/warmup": 9}, run=2, created="a",
    updated="b", reason={"code": "run.pause_ctrl_c"}, error=None, results={"tuned": 0.5}, adjustments={"reseed": 1.0},
    noted={"reseed": 1.0}, started=3, share=0.25, share_seconds=1.5, step_seconds={"train": 1.5}, identity="first",
    config=of(b"seed: 1\n"),
)  # fmt: skip


def test_that_what_was_written_is_read_and_what_a_later_version_adds_is_passed_over() -> None:
    body = json.loads(dump(STATE))

    assert from_json(body, "x") == from_json({**body, "of a later version": 1}, "x") == STATE
    assert FORMAT_VERSION == body["format_version"] == 1
    assert dump(STATE) == dump(from_json(body, "x")) and dump(STATE).endswith(b"}\n")


def test_that_a_session_made_before_it_had_them_lacks_only_what_was_not_counted() -> None:
    body = to_json(PipelineState("s"))
    for name in ("adjustments", "noted", "started", "share", "share_seconds", "step_seconds", "identity", "config"):
        del body[name]

    assert from_json(json.loads(json.dumps(body)), "x") == PipelineState("s")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("session", None), ("status", 1), ("checkpoint", 3), ("points", -1), ("points", 1.5), ("points", True),
        ("points", 10**18), ("active_seconds", "1"), ("active_seconds", float("nan")), ("active_seconds", True),
        ("active_seconds", 1e18), ("totals", [1]), ("totals", {"a": -1}), ("totals", {"a": "1"}), ("results", []),
        ("work", {"a": {"count": -1, "seconds": 1.0}}), ("work", {"a": {"count": 1, "seconds": "1"}}),
        ("adjustments", {"a": None}), ("adjustments", "a"), ("error", "text"), ("reason", 1),
        ("cursor", {"step": 1, "unit": 0}), ("cursor", {"step": "train", "unit": -1}),
        ("config", {"sha256": 1, "text": ""}), ("config", {"sha256": "", "text": None}),
    ],
)  # fmt: skip
def test_that_a_field_of_another_kind_is_named(field: str, value: Any) -> None:
    with pytest.raises(ValueError, match="") as caught:
        from_json({**json.loads(dump(STATE)), field: value}, "the file")

    assert caught.value.args[0].args == {"what": "the file", "field": field}


@pytest.mark.parametrize(
    "body", [None, [], {}, {"format_version": "1"}, {"format_version": None}, {"format_version": 1}]
)
def test_that_what_is_no_state_is_refused(body: Any) -> None:
    with pytest.raises(ValueError, match="") as caught:
        from_json(body, "the file")

    assert caught.value.args[0].code in ("session.no_state_in", "session.state_shape")


def test_that_a_newer_format_and_an_unknown_status_say_which() -> None:
    body = json.loads(dump(STATE))
    newer = refused(lambda: from_json({**body, "format_version": 2}, "x"))

    assert (newer.code, newer.sentence.args) == ("session_newer", {"what": "x", "format": 2, "newest": 1})
    with pytest.raises(ValueError, match="") as caught:
        from_json({**body, "status": "asleep"}, "x")
    assert caught.value.args[0].args == {"what": "x", "status": "asleep"}


def test_that_checkpoints_are_bound_to_the_first_name_a_session_had() -> None:
    assert (STATE.bound_to, STATE.changed(identity="").bound_to) == ("first", "s")


def test_that_one_more_unit_adds_to_the_work() -> None:
    assert Work().plus(2.0).plus(0.5) == Work(2, 2.5)


def test_that_the_clock_is_written_in_utc_to_the_second() -> None:
    date, _, clock = wall_clock().partition("T")

    assert [len(part) for part in date.split("-")] == [4, 2, 2]
    assert clock.endswith("Z") and [len(part) for part in clock[:-1].split(":")] == [2, 2, 2]


def test_that_the_file_can_be_read_by_people() -> None:
    assert '"reason": "電源が切れました"'.encode() in dump(STATE.changed(reason="電源が切れました"))
