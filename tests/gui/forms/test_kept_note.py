"""What is said of a form that is here again, or was put aside."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from so8t_gui.forms.kept_note import KeptNote
from so8t_gui.forms.session_draft import SessionDraft

DRAFT = SessionDraft(preset="demo", changes={("seed",): 7})
OTHER = SessionDraft(file="/c.yaml", changes={("seed",): 8})


class Note:
    """The note, and what its buttons did."""

    def __init__(self, qtbot: QtBot) -> None:
        self.done = list[str]()
        self.it = KeptNote(lambda: self.done.append("back"), lambda: self.done.append("forgotten"))
        qtbot.addWidget(self.it)

    def press(self, words: str) -> None:
        seen = [one for one in self.it.findChildren(QPushButton) if not one.isHidden()]
        next(one for one in seen if one.text() == words).click()


@pytest.fixture
def note(qtbot: QtBot) -> Note:
    return Note(qtbot)


def test_what_is_here_again_is_said_until_it_was_read_or_changed(note: Note) -> None:
    assert note.it.text == ""
    note.it.here_again(DRAFT, lambda: note.done.append("undone"))
    assert note.it.text == "What you had changed and not started is here again."
    note.press("Throw it away")
    note.it.put(DRAFT, None)
    assert note.it.text and note.done == ["undone"]
    note.press("OK")
    assert note.it.text == ""
    note.it.put(DRAFT, None)
    assert note.it.text == ""
    note.it.here_again(DRAFT, lambda: None)
    note.it.put(OTHER, None)
    assert note.it.text == ""


def test_what_was_put_aside_can_be_taken_back_or_thrown_away(note: Note) -> None:
    for aside, source in ((DRAFT, "demo"), (OTHER, "c.yaml")):
        note.it.put(SessionDraft(), aside)
        assert note.it.text == f"What you had changed of {source} was put aside."
        note.press("Take it back")
        note.press("Throw it away")
    assert note.done == ["back", "forgotten"] * 2
    note.it.here_again(DRAFT, lambda: None)
    assert "here again" in note.it.text
    note.press("OK")
    assert "put aside" in note.it.text
    note.it.put(SessionDraft(), None)
    assert note.it.text == ""
