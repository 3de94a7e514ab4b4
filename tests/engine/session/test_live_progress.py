"""progress.json, for which nobody vouches: shown where it is of this run and step, and only what it may hold."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import pytest

from so8t_engine.session import durable, live_progress
from so8t_engine.session.state import FAR, Cursor, PipelineState

STATE = PipelineState("s", cursor=Cursor("train", 3), run=2)
HERE: dict[str, Any] = {"run": 2, "step": "train"}


def left(session: Path, body: object) -> Path:
    (session / live_progress.NAME).write_text(json.dumps(body), encoding="utf-8")
    return session


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("unit", 7, True),
        ("unsaved_seconds", 0.5, True),
        ("unit", True, False),
        ("unit", "7", False),
        ("unit", None, False),
        ("unit", FAR, False),
        ("unit", -FAR, False),
        ("points", float("nan"), False),
        ("kind", "update", True),
        ("kind", None, False),
        ("kind", 1, False),
        ("kind", "x" * 200, True),
        ("kind", "x" * 201, False),
        ("metrics", {"loss": 0.5, "note": "x", "none": None}, True),
        ("metrics", {"loss": [1]}, False),
        ("metrics", {"loss": True}, False),
        ("metrics", {"loss": 0.5, "reward": [1]}, False),
        ("metrics", [1], False),
        ("waiting", {"code": "disk.full", "args": {"path": [1]}}, True),
        ("waiting", "for the disk", False),
        ("of a later version", None, True),
        ("of a later version", "text", True),
        ("of a later version", {"deep": 1}, False),
    ],
)  # fmt: skip
def test_that_a_value_is_shown_where_a_sign_of_life_may_hold_it(
    tmp_path: Path, name: str, value: object, shown: bool
) -> None:
    session = left(tmp_path, {**HERE, name: value})

    assert live_progress.of_run(session, STATE) == HERE | ({name: value} if shown else {})


def test_that_one_of_another_run_or_step_is_none(tmp_path: Path) -> None:
    for other in ({"run": 1}, {"step": "convert"}):
        assert live_progress.of_run(left(tmp_path, HERE | other), STATE) == {}


@pytest.mark.parametrize(
    ("body", "run"),
    [
        ({"run": 3}, 3), ({"run": 1}, 1),
        ({"run": 0}, 0), ({"run": -1}, 0), ({"run": True}, 0), ({"run": 2.5}, 0), ({"run": 10**18}, 0),
        ([], 0),
    ],
)  # fmt: skip
def test_that_the_run_that_left_it_is_a_number_or_0(tmp_path: Path, body: object, run: int) -> None:
    found = live_progress.run_of(left(tmp_path, body))

    assert found == run and type(found) is int


def test_that_none_is_left_where_there_is_no_file(tmp_path: Path) -> None:
    assert live_progress.of_run(tmp_path, STATE) == {} and live_progress.run_of(tmp_path) == 0


@pytest.mark.parametrize(
    ("rate", "low", "high", "left"),
    [
        (0.5, 60.0, 720.0, (60.0, 720.0)),
        (0.5, 60.0, 720.5, None),
        (0.5, 0.5, 10.5, (0.5, 10.5)),
        (0.5, 0.5, 10.6, None),
        (0.5, 0.0, 0.0, (0.0, 0.0)),
        (2, 60.0, 90.0, (60.0, 90.0)),
        (0.0, 60.0, 90.0, (60.0, 90.0)),
        (None, 60.0, 90.0, (60.0, 90.0)),
        (True, 60.0, 90.0, (60.0, 90.0)),
        (None, 60.0, 720.5, None),
        (None, 0.0, 0.0, None),
        (None, 0.0, 8.0, None),
        (0.5, None, 90.0, None),
        (0.5, 60.0, None, None),
        (0.5, 60.0, "90", None),
    ],
)  # fmt: skip
def test_the_time_left_is_what_was_measured_and_not_too_uncertain(
    rate: object, low: object, high: object, left: tuple[float, float] | None
) -> None:
    """An end twelve times the other is still said; what lies ten seconds apart is one time, however small.

    A kind of unit that has just begun has no rate: what is left beside it was measured, or its ends are far apart.
    """
    live = {"rate": rate, "eta_total_seconds": 75.0, "eta_low_seconds": low, "eta_high_seconds": high}

    assert live_progress.time_left(live) == left
    assert live_progress.time_left({key: live[key] for key in live if key != "eta_total_seconds"}) is None


def test_what_was_told_once_is_told_however_uncertain_it_has_become() -> None:
    live = {"rate": None, "eta_total_seconds": 75.0, "eta_low_seconds": 7.5, "eta_high_seconds": 750.0}
    assert live_progress.time_left(live) is None and live_progress.time_left(live, told=True) == (7.5, 750.0)
    assert live_progress.time_left(live | {"eta_low_seconds": "x"}, told=True) is None


def test_an_older_version_has_left_one_time_without_a_range() -> None:
    assert live_progress.time_left({"rate": 0.1, "eta_total_seconds": 75.0}) == (75.0, 75.0)
    assert live_progress.time_left({"rate": None, "eta_total_seconds": 75.0}, told=True) is None
    assert live_progress.time_left({"rate": 0.1, "eta_total_seconds": "75"}) is None
    assert live_progress.measured(0.5) and not live_progress.measured(0) and not live_progress.measured(-1.0)


@pytest.mark.parametrize(
    ("low", "high", "answer"),
    [
        (0, 10, True), (0, 10.1, False), (100, 110, True), (970.0, 1030.0, True), (970.0, 1031.0, False),
        (9_700.0, 10_300.0, True), (9_600.0, 10_400.0, False), (5.0, 5.0, True),
    ],
)  # fmt: skip
def test_two_ends_are_one_time_ten_seconds_apart_or_six_percent_of_their_middle(
    low: float, high: float, answer: bool
) -> None:
    assert live_progress.is_one_time(low, high) is answer


def test_units_are_said_by_their_kind_where_these_are_counted() -> None:
    both = {"kind": "update", "unit": 79, "total": 460, "of_kind": 9, "kind_total": 60}
    assert str(live_progress.units(both)) == "update 9/60"
    assert str(live_progress.units(both | {"kind_total": 0})) == "update 79/460"
    assert live_progress.units(both).args["kind"].code == "unit.update"


def test_seconds_below_one_are_a_time_too() -> None:
    live = {"eta_total_seconds": 0.9, "eta_low_seconds": 0.5, "eta_high_seconds": 0.9}
    assert live_progress.time_left(live) == (0.5, 0.9)
    assert live_progress.time_left({**live, "eta_low_seconds": 0.0, "eta_high_seconds": 0.0}) is None


def test_a_sign_is_left_by_another_file_or_on_a_full_disk_over_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / live_progress.NAME
    live_progress.leave(tmp_path, b'{"run": 1, "unit": 1000}')
    first = file.stat().st_ino
    live_progress.leave(tmp_path, b'{"run": 2, "unit": 1000}')
    assert live_progress.run_of(tmp_path) == 2 and file.stat().st_ino != first

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(durable, "replace", full)
    live_progress.leave(tmp_path, b'{"run": 3}')
    assert file.read_bytes() == b'{"run": 3}'
    file.unlink()
    live_progress.leave(tmp_path, b'{"run": 4}')
    assert not file.exists()
