"""The short form: what is typed stays as it was typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from so8t_gui.forms import basics, session_draft
from so8t_gui.forms.session_draft import SessionDraft


def test_a_folder_with_a_blank_can_be_typed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every letter makes a new draft, without the blank at its end; what has the keys keeps what was typed."""
    form = basics.Basics()
    qtbot.addWidget(form)
    parts = {name: part for name, part in vars(form).items() if isinstance(part, QWidget)}
    assert "_model" in parts and [name for name, part in parts.items() if not form.isAncestorOf(part)] == []
    drafts: list[SessionDraft] = []
    form.draft_changed.connect(drafts.append)
    form.draft_changed.connect(form.put)
    form.put(SessionDraft(values={"model": {"model_name_or_path": "own/model"}}), anew=True)
    assert form._model.text() == "own/model"
    form.put(SessionDraft(), anew=True)
    assert form._model.text() == str(SessionDraft().value(session_draft.MODEL) or "")
    monkeypatch.setattr(form._root, "hasFocus", lambda: True)  # no window is active without a display
    qtbot.keyClicks(form._root, "/two words ")
    assert (form._root.text(), drafts[-1].data_root) == ("/two words ", "/two words")

    form.put(replace(drafts[-1], data_root="/another"), anew=True)
    assert form._root.text() == "/another", "another configuration brings its own"
    monkeypatch.setattr(form._root, "hasFocus", lambda: False)
    form.put(replace(drafts[-1], data_root="/third"))
    assert form._root.text() == "/third"


def test_a_configuration_from_a_file_is_called_by_it(qtbot: QtBot) -> None:
    form = basics.Basics()
    qtbot.addWidget(form)
    form.put(SessionDraft(file="/home/a/mine.yaml"), anew=True)

    assert (form._source.currentIndex(), form._source.placeholderText()) == (-1, "mine.yaml")
    assert form._about.text().splitlines()[0] == "/home/a/mine.yaml", "its path is said once"
    form.put(SessionDraft(preset="demo"), anew=True)
    assert form._source.placeholderText() == ""
