"""After a change of language nothing in sight speaks the one before."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabWidget,
    QWidget,
)

import so8t_resources
from helpers.application import FAILED, Application
from so8t_gui.preferences import settings_file

PAGES = ("run", "sessions", "new", "settings", "doctor", "welcome")
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
ITS_OWN_NAME = "日本語"


def texts(widget: QWidget) -> Iterator[str]:
    """Everything a widget says, aloud or in a tool tip."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.windowTitle())
    yield from (action.text() for action in widget.actions())
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    elif isinstance(widget, QTabWidget):
        yield from (widget.tabText(place) for place in range(widget.count()))
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QPlainTextEdit) and widget.accessibleName() and not widget.isReadOnly():
        yield widget.toPlainText()


def everything(application: Application) -> set[str]:
    window, tray = application.pages.window, application.controller.tray
    widgets = [window, *window.findChildren(QWidget)]
    said = {text for widget in widgets for text in texts(widget) if text}
    said |= {window._list.item(row).text() for row in range(window._list.count())}
    said |= {str(value) for place in range(8)
             if (value := application.pages.sessions._model.headerData(place, Qt.Orientation.Horizontal))}  # fmt: skip
    return said | {action.text() for action in tray._menu.actions() if action.text()} | {tray._icon.toolTip()}


def english() -> list[re.Pattern[str]]:
    """The window's own texts that are another in Japanese; what stands in for values may be anything."""
    catalogue = ElementTree.parse(so8t_resources.path("i18n", "so8t_ja.ts"))
    patterns = []
    for message in catalogue.iter("message"):
        source, translation = str(message.findtext("source")), message.findtext("translation")
        pieces = [re.escape(text or "") for text, *_ in string.Formatter().parse(source)]
        if translation != source and len("".join(pieces)) > 6:
            patterns.append(re.compile(".+".join(pieces)))
    return patterns


def change(application: Application, language: str) -> None:
    """By the box of the page Settings; then every page is looked at."""
    application.open("settings")
    box = application.pages.settings._language
    box.setCurrentIndex(box.findData(language))
    box.activated.emit(box.currentIndex())
    before = application.pages
    application.wait(lambda: application.pages is not before)
    application.wait(lambda: application.pages.settings._autostart_message.text != "")
    for page in PAGES:
        application.open(page)
        QApplication.processEvents()


def test_nothing_stays_in_the_language_before(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the sentence about the entry at logon, a failed session and settings that cannot be kept."""
    first = application.language.current
    other = {"en": "ja", "ja": "en"}[first]
    application.controller.preferences.switch_autostart(True)
    application.wait(lambda: application.controller.preferences.autostart is not None)
    application.show(FAILED)
    application.controller.offer.look(application.root)
    application.wait(lambda: application.controller.offer.newest is not None)
    path = application.controller.preferences.path
    monkeypatch.setattr(settings_file.json, "dump", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "no room")))
    change(application, other)
    assert application.controller.preferences.problem and str(path) in application.controller.preferences.problem
    said = everything(application) - {ITS_OWN_NAME, "English"}
    if other == "en":
        wrong = {text for text in said if JAPANESE.search(text)}
    else:
        patterns = english()
        wrong = {text for text in said if any(pattern.fullmatch(text) for pattern in patterns)}
    assert len(said) > 100 and not wrong
