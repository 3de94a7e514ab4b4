"""Enter presses the button that has the focus, on every page; fields, lists and texts keep the key for themselves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QToolButton

from helpers.application import FAILED, PAUSED, Application, buttons_of, label_of, says
from so8t_engine.session import catalog

PAGES = ("run", "sessions", "new", "settings", "doctor", "welcome")


def button(application: Application, label: str) -> QAbstractButton:
    [found] = [one for one in buttons_of(application.pages.window) if says(one, label) and one.isVisible()]
    return found


def enter(application: Application, label: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    made = button(application, label)
    application.wait(application.pages.window.isActiveWindow)
    made.setFocus()
    application.wait(lambda: QApplication.focusWidget() is made)
    QTest.keyClick(made, key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_session_is_moved_to_the_trash_by_enter_alone(application: Application, key: Qt.Key) -> None:
    application.select(FAILED)
    enter(application, "Move to &trash", key)
    assert catalog.title(FAILED) in application.pages.sessions._message.text
    enter(application, "&Keep", key)
    assert application.pages.sessions._message.text == "" and (application.root / FAILED).is_dir()
    enter(application, "Move to &trash", key)
    enter(application, "Yes, &move", key)
    application.wait(lambda: not (application.root / FAILED).exists())


def test_every_button_of_every_page_takes_enter(application: Application) -> None:
    application.show(PAUSED)
    application.wait(application.pages.window.isActiveWindow)
    for page in PAGES:
        application.open(page)
        QApplication.processEvents()
        there = [one for one in buttons_of(application.pages.window) if one.isVisible() and one.isEnabled()]
        pushed = [one for one in there if isinstance(one, (QPushButton, QToolButton))]
        assert pushed
        for one in pushed:
            heard: list[str] = []
            one.blockSignals(True)  # what it does is the pages' tests' business
            one.setFocus()
            application.wait(lambda one=one: QApplication.focusWidget() is one)  # type: ignore[misc]
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(QPushButton, "click", lambda _self, heard=heard: heard.append("pressed"))
                patch.setattr(QToolButton, "click", lambda _self, heard=heard: heard.append("pressed"))
                QTest.keyClick(one, Qt.Key.Key_Return)
            one.blockSignals(False)
            assert heard == ["pressed"], f"{page}: {label_of(one)}"


def test_enter_in_a_field_is_the_fields(application: Application) -> None:
    application.open("new")
    page = application.pages.new
    application.wait(lambda: bool(page.draft.values))
    before = len(page.draft.datasets)
    button(application, "Add from &hub").setFocus()
    page._basics._data._hub.setFocus()
    QTest.keyClicks(page._basics._data._hub, "owner/name")
    QTest.keyClick(page._basics._data._hub, Qt.Key.Key_Return)
    assert len(page.draft.datasets) == before + 1
    application.select(PAUSED)
    application.pages.sessions._table.setFocus()
    QTest.keyClick(application.pages.sessions._table, Qt.Key.Key_Return)
    application.wait(lambda: application.page == "run")
