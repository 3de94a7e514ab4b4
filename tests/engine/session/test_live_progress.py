"""progress.json, for which nobody vouches: shown where it is of this run and step, and only what it may hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from so8t_engine.session import live_progress
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
        ({"run": 3}, 3), ({"run": 0}, 0), ({"run": -1}, 0), ({"run": True}, 0), ({"run": 2.5}, 0), ({"run": 10**18}, 0),
        ([], 0),
    ],
)  # fmt: skip
def test_that_the_run_that_left_it_is_a_number_or_0(tmp_path: Path, body: object, run: int) -> None:
    found = live_progress.run_of(left(tmp_path, body))

    assert found == run and type(found) is int


def test_that_none_is_left_where_there_is_no_file(tmp_path: Path) -> None:
    assert live_progress.of_run(tmp_path, STATE) == {} and live_progress.run_of(tmp_path) == 0
