"""Sessions that are compared are read, and read again when one of them has changed; those of before are not shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject

from helpers import sample_sessions
from so8t_engine.session import display_name
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui.comparison.laid_over import LaidOver
from so8t_gui.desktop.background import Background


class Laid:
    """It, what waits for a thread, and what was put: the titles of the curves, the names in the table and `again`."""

    def __init__(self, parent: QObject, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.work, self.put, self.failures = list[tuple[Any, ...]](), list[Any](), list[bool]()
        monkeypatch.setattr(Background, "run", lambda _, *work: self.work.append(work))
        panel = SimpleNamespace(put=lambda lines: self.put.append([line.title for line in lines]))
        table = SimpleNamespace(put=lambda sides, again: self.put.append(([side.name for side in sides], again)))
        self.it = LaidOver(panel, table, parent)  # type: ignore[arg-type]
        self.it.failed.connect(lambda: self.failures.append(True))
        self.folders = [
            sample_sessions.make(root, f"20260101-00000{n}-{name}", PipelineState("", "paused", Cursor("train", 4)))
            for n, name in enumerate("abc")
        ]

    def answer(self, place: int = 0) -> None:
        work, then, _ = self.work.pop(place)
        then(work())


@pytest.fixture
def laid(qapp: QObject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Laid]:
    parent = QObject()
    yield Laid(parent, tmp_path, monkeypatch)
    parent.deleteLater()


def test_what_is_compared_is_read_at_once_and_again_only_where_it_has_changed(laid: Laid) -> None:
    laid.it.look()
    assert laid.work == [], "nothing is compared"
    laid.it.put(laid.folders[:2])
    laid.it.look()
    assert len(laid.work) == 1, "it is being read"
    laid.answer()
    assert laid.put == [["a", "b"], (["a", "b"], False)] and laid.it.folders == tuple(laid.folders[:2])
    laid.put.clear()
    for _ in range(2):
        laid.it.look()
        laid.it.look()
        assert len(laid.work) == 1, "one look at a time"
        laid.answer()
    assert laid.put == [] and laid.work == []
    display_name.give(laid.folders[0], "mine")
    laid.it.look()
    laid.answer()
    laid.answer()
    assert laid.put == [["mine", "b"], (["mine", "b"], True)]


def test_of_sessions_that_are_compared_no_longer_nothing_is_shown(laid: Laid) -> None:
    laid.it.put(laid.folders[:2])
    laid.it.put(laid.folders[1:])
    laid.answer(0)
    assert laid.put == []
    laid.work[0][2](OSError())
    laid.it.put(())
    laid.answer()
    assert laid.put == [] and laid.failures == [True] and laid.it.folders == ()
    laid.it.look()
    assert laid.work == []


def test_what_cannot_be_read_is_told_and_a_look_that_fails_is_made_again(laid: Laid) -> None:
    laid.it.put(laid.folders)
    _, _, failed = laid.work.pop()
    laid.it.put(laid.folders[:2])
    failed(OSError())
    assert laid.failures == [], "of those before"
    laid.answer()
    laid.it.look()
    laid.work.pop()[2](OSError())
    laid.it.look()
    assert len(laid.work) == 1
