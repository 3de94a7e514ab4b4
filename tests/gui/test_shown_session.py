"""The session that is shown is looked at while that is wanted, at a steady pace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from helpers import sample_sessions
from so8t_engine.sentences import Sentence
from so8t_engine.session import display_name
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui.engine.events import FolderRenamed
from so8t_gui.shown_session import ShownSession
from so8t_gui.view.state import Problem, View

NAME = "20260101-000000-x"


class Looked:
    """A session that is shown, and what was said of it."""

    def __init__(self, root: Path) -> None:
        self.folder = sample_sessions.make(root, NAME, PipelineState(NAME, "paused", Cursor("train", 4)))
        self.view = View(phase="paused", session=NAME, title="x", path=str(self.folder))
        self.parent = QObject()
        self.it = ShownSession(lambda: self.view, lambda: True, self.parent)
        self.named, self.renamed = list[tuple[str, str]](), list[FolderRenamed]()
        self.it.named.connect(lambda *said: self.named.append(said))
        self.it.renamed.connect(self.renamed.append)

    def look(self, qtbot: QtBot) -> list[tuple[str, str]]:
        """What is said of a name now."""
        self.named.clear()
        self.it.look()
        assert self.it._reading
        qtbot.waitUntil(lambda: not self.it._reading)
        return list(self.named)


@pytest.fixture
def looked(qtbot: QtBot, tmp_path: Path) -> Iterator[Looked]:
    yield Looked(tmp_path)


def test_a_name_is_told_when_it_is_given_and_when_it_is_taken_away_and_no_more_often(
    looked: Looked, qtbot: QtBot
) -> None:
    assert looked.look(qtbot) == [], "it was given none"
    looked.view = replace(looked.view, title="named by the run")
    assert looked.look(qtbot) == []
    display_name.give(looked.folder, "mine")
    assert looked.look(qtbot) == [(NAME, "mine")]
    looked.view = replace(looked.view, title="mine")
    assert looked.look(qtbot) == []
    display_name.give(looked.folder, "")
    assert looked.look(qtbot) == [(NAME, "x")]
    assert looked.look(qtbot) == []


def test_what_was_read_of_a_session_that_is_shown_no_longer_or_lies_there_no_longer_says_nothing(
    looked: Looked, qtbot: QtBot, tmp_path: Path
) -> None:
    display_name.give(looked.folder, "mine")
    looked.it.look()
    looked.it.look()  # while it is read: not a second time
    looked.view = replace(looked.view, path=str(tmp_path / "other"))
    qtbot.waitUntil(lambda: not looked.it._reading)
    assert not looked.named
    assert looked.look(qtbot) == [], "there is no such folder"
    looked.view = replace(looked.view, path="")
    looked.it.look()
    assert not looked.it._reading


def test_a_mistake_while_it_is_read_does_not_end_the_looking(
    looked: Looked, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(_: Path) -> str:
        raise ValueError

    monkeypatch.setattr(display_name, "of", mistaken)
    with qtbot.captureExceptions() as raised:
        looked.look(qtbot)
        qtbot.waitUntil(lambda: bool(raised))
    assert not looked.it._reading


@pytest.mark.parametrize(
    ("code", "told", "found"),
    [
        ("session_gone", "20270101-000000-y", True),
        ("session_gone", "elsewhere", False),
        ("session_unknown", "elsewhere", True),
        ("disk_full", "20270101-000000-y", False),
    ],
)
def test_a_folder_that_is_gone_is_looked_for_once_where_it_may_be_found(
    looked: Looked, qtbot: QtBot, tmp_path: Path, code: str, told: str, found: bool
) -> None:
    renamed = looked.folder.rename(tmp_path / "20270101-000000-y")
    said = Sentence("session.gone", {"path": str(tmp_path / told)})
    before, after = looked.view, replace(looked.view, phase="failed", problem=Problem(code, said))
    for unwanted in ((before, replace(after, session="")), (after, after), (before, before)):
        looked.it.follow(*unwanted, tmp_path)
        assert not looked.it._background._waiting
    looked.it.follow(before, after, tmp_path)
    qtbot.waitUntil(lambda: not looked.it._background._waiting)
    assert [(one.session, one.folder, one.path) for one in looked.renamed] == (
        [(NAME, renamed.name, str(renamed))] if found else []
    )
    assert all(one.what is not None for one in looked.renamed)


def test_it_is_looked_at_only_while_it_is_watched_and_whoever_asks_again_does_not_put_that_off(qtbot: QtBot) -> None:
    """Each turn of a run asks for it; a clock begun anew each time would never be due."""
    parent, watched = QObject(), [False]
    shown = ShownSession(View, lambda: watched[0], parent)
    shown.watch()
    assert not shown._clock.isActive()

    watched[0] = True
    shown.watch()
    begun = shown._clock.timerId()
    shown.watch()
    assert shown._clock.isActive() and shown._clock.timerId() == begun

    watched[0] = False
    shown.look()
    assert not shown._clock.isActive()
