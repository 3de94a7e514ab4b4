"""All keys of a configuration, in the whole application: what each does is said in the user's language."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gui.application.test_new_session_page import settled
from helpers.application import Application
from so8t_engine.sentences import named
from so8t_gui.forms.schema_form import SchemaForm
from so8t_gui.i18n.translate import say, tr
from so8t_gui.widgets.panels import Card
from so8t_gui.widgets.tool_tip import tool_tip

ENGLISH = re.compile(r"(?<![\w.])(?:the|of|is|are|in|that|which|how|from)(?![\w.])", re.IGNORECASE)


def form_of(application: Application) -> SchemaForm:
    page = application.pages.new
    page._tabs.setCurrentWidget(page._advanced)
    assert page._form is not None
    return page._form


def all_is_said(form: SchemaForm, language: str) -> None:
    """In tool tip and accessible description of each row, and below the name of each section."""
    assert len(form.rows) > 170
    for key, row in form.rows.items():
        about = say(named("key", key))
        hint = row._editor.accessibleDescription()
        assert about in hint and row._editor.toolTip() == row._label.toolTip() == tool_tip(hint), key
        assert language == "en" or not ENGLISH.search(hint), key
    for card in form.findChildren(Card):
        title, *more = [label.text() for label in card.findChildren(QLabel)]
        if title != tr("General"):
            assert more[0] == say(named("key", title)), title


def test_every_key_and_section_says_what_it_does_in_the_language_of_the_window(application: Application) -> None:
    """The Japanese window had its sections described in English, and its keys not at all."""
    application.open("new")
    settled(application)
    before = application.controller.preferences.now.language
    all_is_said(form_of(application), before)
    other = "en" if before == "ja" else "ja"
    application.open("settings")
    application.pages.settings.changed.emit(replace(application.controller.preferences.now, language=other))
    pages = application.pages
    application.wait(lambda: application.pages is not pages)
    application.open("new")
    settled(application)
    all_is_said(form_of(application), other)


def test_a_key_is_found_by_what_it_does(application: Application) -> None:
    application.open("new")
    settled(application)
    form = form_of(application)
    form._search.insert("停電" if tr("en") == "ja" else "power cut")  # as an input method does
    found = [key for key, row in form.rows.items() if not row.isHidden()]
    assert found == ["collect.rows_per_shard", "checkpoint.interval_seconds"]
    application.qtbot.keyClick(form._search, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    application.qtbot.keyClick(form._search, Qt.Key.Key_Delete)
    assert not any(row.isHidden() for row in form.rows.values())
