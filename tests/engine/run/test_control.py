"""What a run is asked for from outside, and what it tells its watchdog meanwhile."""

from __future__ import annotations

import json
from typing import Any

import pytest

from so8t_engine.protocol import PROTOCOL_VERSION, Message, encode
from so8t_engine.run.control import Control, listen, pause_reason
from so8t_engine.sentences import to_json, verbatim


def heard(said: list[tuple[str, Any]]) -> Control:
    return Control(lambda message: said.append((message.name, message.data.get("seconds"))))


def test_while_it_waits_its_patience_is_longer_by_the_time_it_waits() -> None:
    said: list[tuple[str, Any]] = []
    control = heard(said)
    control.alive(300)
    control._wake.set()  # nothing to wait for
    control.wait(45)
    control.alive(60)
    control.wait(5)

    assert said == [("alive", 300), ("alive", 345), ("alive", 60), ("alive", 65)]


def test_the_first_reason_to_pause_counts_and_no_wait_outlasts_it() -> None:
    said: list[tuple[str, Any]] = []
    control = heard(said)
    assert not control.ending
    control.pause(verbatim("first"))
    control.pause(verbatim("second"))
    control.wait(3600)

    assert control.ending and str(control.pause_reason) == "first" and [name for name, _ in said][:2] == ["pause"] * 2


def test_who_leaves_waits_for_nothing() -> None:
    control = Control()
    control.leave()
    control.wait(3600)

    assert control.ending and control.pause_reason is None


@pytest.mark.parametrize(
    ("why", "code"),
    [
        ("suspend", "run.pause_suspend"), ("logoff", "run.pause_logoff"), ("quit", "run.pause_quit"),
        (None, "run.pause_by_window"), ("lunch", "run.pause_by_window"), (["suspend"], "run.pause_by_window"),
    ],
)  # fmt: skip
def test_why_the_window_pauses_is_said(why: object, code: str) -> None:
    assert pause_reason(Message("pause", {} if why is None else {"why": why})).code == code


def test_commands_are_obeyed_until_they_end_which_means_pause() -> None:
    said: list[Message] = []
    control = Control()
    foreign = json.dumps({"v": PROTOCOL_VERSION + 1, "name": "save"})
    listen(["nonsense", "{}", foreign], control, said.append)
    assert not control.save_wanted and str(control.pause_reason) == "the supervising process is gone"
    assert [(message.name, message.data["code"]) for message in said] == [("warning", "protocol")]
    assert "`save` was ignored: it is of protocol version 3, this engine speaks version 2" in str(said[0].data)

    control = Control()
    listen([encode(Message("save", {}))], control, said.append)
    assert control.save_wanted
    control = Control()
    listen([encode(Message("pause", {"reason": to_json(verbatim("mine"))}))], control, said.append)
    assert not control.save_wanted and str(control.pause_reason) == "mine"


def test_a_wait_lasts_as_long_as_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    control, waited = heard([]), list[float]()
    monkeypatch.setattr(control._wake, "wait", waited.append)
    control.wait(45)

    assert waited == [45]
