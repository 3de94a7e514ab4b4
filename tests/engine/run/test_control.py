"""What a run is asked for from outside, and what it tells its watchdog meanwhile."""

from __future__ import annotations

from typing import Any

from so8t_engine.run.control import Control
from so8t_engine.sentences import verbatim


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
