"""When points were made: read back, with work done twice counted once, whatever a cut has left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from so8t_engine.session import durable, timeline


def made(session: Path, *lines: tuple[int, float]) -> Path:
    for points, seconds in lines:
        timeline.add(session, points, seconds)
    return session


def test_what_was_added_is_read(tmp_path: Path) -> None:
    assert timeline.read(made(tmp_path, (3, 1.5), (9, 4.0))) == [(3, 1.5), (9, 4.0)]


def test_no_disk_is_flushed_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line with each save, which has flushes enough of its own."""
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    durable.replace(tmp_path / "kept", b"x")
    assert flushed
    flushed.clear()
    made(tmp_path, (3, 1.5))
    assert flushed == []


def test_of_work_done_twice_the_last_time_counts(tmp_path: Path) -> None:
    found = timeline.read(made(tmp_path, (3, 1.0), (9, 4.0), (12, 6.0), (9, 5.0), (14, 8.0)))
    assert found == [(3, 1.0), (9, 5.0), (14, 8.0)]


def test_a_torn_line_is_skipped(tmp_path: Path) -> None:
    session = made(tmp_path, (3, 1.0))
    with (session / timeline.NAME).open("ab") as file:
        file.write(b'{"points": 5, "act\n\0\0\0\n[1]\n')
    timeline.add(session, 7, 2.0)
    assert timeline.read(session) == [(3, 1.0), (7, 2.0)]


def test_no_folder_is_no_error(tmp_path: Path) -> None:
    timeline.add(tmp_path / "gone", 1, 1.0)
    assert timeline.read(tmp_path / "gone") == []


def test_beginnings_and_rests_stand_between_the_saves_and_disturb_no_plot(tmp_path: Path) -> None:
    timeline.mark(tmp_path, "began", {"when": "2026-11-26T10:00:00Z", "active_seconds": 0.0, "step": "collect"})
    timeline.add(tmp_path, 3, 1.5, joules=20.0)
    timeline.mark(tmp_path, "paused", {"when": "2026-11-26T10:00:09Z", "active_seconds": 2.0, "step": "train"})

    assert timeline.read(tmp_path) == [(3, 1.5)]
    assert [line.get("event", line.get("joules")) for line in timeline.lines(tmp_path)] == ["began", 20.0, "paused"]


def test_moments_that_lie_apart_are_all_kept() -> None:
    kept: list[tuple[int, float]] = []
    for number in range(5):
        timeline.note(kept, 10 * number, 1_000.0 * number)
    assert kept == [(10 * number, 1_000.0 * number) for number in range(5)]
