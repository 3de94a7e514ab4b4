"""A write on a full disk waits for room and is asked again; on a disk error it is tried once anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from helpers.sessions import refused
from so8t_engine.errors import EngineError
from so8t_engine.run import wait_for_space
from so8t_engine.sentences import verbatim


class Looks:
    """Of a `Control` what is asked here, and a disk with so much room at each look; a pause at look number `ends`."""

    def __init__(self, room: Sequence[tuple[int, int]] = (), ends: int | None = None) -> None:
        self.room, self.ends, self.waits = iter(room), ends, list[float]()

    @property
    def ending(self) -> bool:
        return self.ends is not None and len(self.waits) >= self.ends

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)

    def free(self, folder: Path) -> tuple[int, int]:
        return next(self.room, (5, 5))


def written(looks: Looks, monkeypatch: pytest.MonkeyPatch, *codes: str) -> list[str]:
    """What was said of waits, for a write that fails with each of these in turn."""
    trouble: Iterator[str] = iter(codes)
    said = list[str]()

    def action() -> None:
        code = next(trouble, None)
        if code:
            raise EngineError(code, verbatim("no"))

    monkeypatch.setattr(wait_for_space, "_free", looks.free)
    wait_for_space.patiently(action, Path(), looks, lambda error: said.append(error.code))  # type: ignore[arg-type]
    return said


@pytest.mark.parametrize(
    ("room", "waits"),
    [
        ([(5, 5), (6, 5)], 1),  # more bytes
        ([(5, 5), (5, 6)], 1),  # more files
        ([(5, 5), (5, 5), (4, 5), (6, 5)], 3),
        ([(5, 5)], 12),  # a minute of looks, then the write itself is asked
    ],
)
def test_that_it_waits_five_seconds_at_a_time_until_there_is_more_of_either(
    monkeypatch: pytest.MonkeyPatch, room: list[tuple[int, int]], waits: int
) -> None:
    looks = Looks(room)

    assert written(looks, monkeypatch, "disk_full") == ["disk_full"] and looks.waits == [5.0] * waits


def test_that_each_wait_is_said_and_a_pause_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(Looks([(5, 5), (6, 5)] * 2), monkeypatch, "disk_full", "disk_full") == ["disk_full"] * 2
    looks = Looks(ends=3)

    assert refused(lambda: written(looks, monkeypatch, *["disk_full"] * 9)).code == "disk_full"
    assert len(looks.waits) == 3


def test_that_a_disk_error_is_tried_once_anew_and_no_other_trouble_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(Looks(), monkeypatch, "disk_error") == []
    assert refused(lambda: written(Looks(), monkeypatch, "disk_error", "disk_error")).code == "disk_error"
    assert refused(lambda: written(Looks(), monkeypatch, "disk_permission")).code == "disk_permission"
