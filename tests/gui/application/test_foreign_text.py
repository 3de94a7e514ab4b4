"""A session that someone else wrote, through the whole application: all its text is words, nothing of it is obeyed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QLocale, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QTableWidget,
    QToolTip,
    QWidget,
)

from helpers import hostile_session
from helpers.application import Application
from helpers.hostile_session import CONTROLS, EVIL, MARKUP, NAME, SEEN, harm
from so8t_gui.desktop import theme
from so8t_gui.widgets.tool_tip import tool_tip

ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
PAGES = ("run", "sessions", "new", "settings", "doctor", "welcome")


def every_text(application: Application) -> Iterator[tuple[str, str]]:
    """(what shows it, text) of everything that is on all pages, in the tray and in the title."""
    window, tray = application.pages.window, application.controller.tray
    yield "title", window.windowTitle()
    yield "tray's tip", tray._icon.toolTip()
    for action in [*tray._menu.actions(), *tray._recent.actions()]:
        yield "tray's menu", action.text()
    for widget in [window, *window.findChildren(QWidget)]:
        name = f"{type(widget).__name__} {widget.objectName()}"
        yield f"{name}: tip", widget.toolTip()
        yield f"{name}: name", widget.accessibleName()
        yield f"{name}: description", widget.accessibleDescription()
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield name, widget.text()
        elif isinstance(widget, QPlainTextEdit):
            yield name, widget.toPlainText()
        elif isinstance(widget, QAbstractItemView) and not isinstance(widget, (QTableWidget, QHeaderView)):  # an editor
            yield from ((name, text) for text in cells(widget.model()))
    for item in application.pages.run.panel.chart._graphics.scene().items():
        yield f"{type(item).__name__}: tip", item.toolTip()
        if hasattr(item, "toPlainText"):
            yield type(item).__name__, item.toPlainText()


def cells(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount(QModelIndex())):
        for column in range(model.columnCount(QModelIndex()) if isinstance(model, QAbstractTableModel) else 1):
            yield from (str(model.index(row, column).data(role) or "") for role in ROLES)


def test_nothing_of_a_foreign_session_is_obeyed_anywhere(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = application.folder / "picture.png"
    os.mkfifo(opened)  # whoever opened it as a picture would hang here for ever
    monkeypatch.setattr(hostile_session, "EVIL", EVIL.replace("/nowhere/picture.png", str(opened)))
    seen = SEEN.replace("/nowhere/picture.png", str(opened))
    folder = hostile_session.make(application.root)
    paused = hostile_session.make(application.root, "20261125-000001-paused", "paused")
    looked = application.controller.offer
    with application.qtbot.waitSignal(looked.looked):
        application.controller.tray.menu_opens.emit()
    problems = {}
    for session in (folder.name, paused.name):
        application.show(session)
        application.pages.run.panel._as_text.setChecked(True)
        application.select(session)
        application.controller.navigation.duplicate(session)
        file = str(application.root / session / "config.yaml")
        application.wait(lambda file=file: application.pages.new.draft.file == file)  # type: ignore[misc]
        table = application.pages.new.findChild(QTableWidget)
        assert isinstance(table, QTableWidget) and CONTROLS in table.item(0, 1).text()
        assert not harm(table.itemDelegate().displayText(table.item(0, 1).text(), QLocale()))
        for page in PAGES:
            application.open(page)
            QApplication.processEvents()
            texts = list(every_text(application))
            problems |= {(page, where): text for where, text in texts if harm(text)}
            if page == "run":
                everything = "\n".join(text for _, text in texts)
                assert seen in everything and application.controller.runner.view.session == session
            if page == "sessions":
                assert seen in application.pages.sessions._detail.text()
        rich = [label.text() for label in application.pages.window.findChildren(QLabel)
                if label.textFormat() != Qt.TextFormat.PlainText and Qt.mightBeRichText(label.text())]  # fmt: skip
        assert rich == []
    application.controller.navigation.compare([folder, paused])
    application.wait(lambda: len(application.pages.run.panel.chart.lines) == 2)
    assert problems == {}
    assert stat.S_ISFIFO(opened.stat().st_mode)


def test_letters_of_foreign_names_in_the_menu_are_not_keys(application: Application) -> None:
    tray = application.controller.tray
    tray.show_recent([("a", "R&D <b>[*] " + EVIL)])
    tray.render_view(application.controller.runner.view, 0.0, ("a", "R&D " + EVIL))
    entries: list[QAction] = [tray._recent.actions()[0], tray._resume]

    assert all("R&&D" in entry.text() and not harm(entry.text()) for entry in entries)
    assert all(len(entry.text()) < 160 for entry in entries)


def test_the_tip_of_the_icon_is_no_markup_for_any_desktop(application: Application) -> None:
    hostile_session.make(application.root)
    application.show(NAME)
    tip = application.controller.tray._icon.toolTip()

    assert "‹b›bold‹/b›" in tip and "<" not in tip and ">" not in tip and not harm(tip)


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    theme.apply(qapp, "light")
    yield qapp


def test_the_labels_that_qt_makes_itself_show_text(themed: QApplication, qtbot: Any, tmp_path: Path) -> None:
    box = QMessageBox()
    box.setText(MARKUP)
    qtbot.addWidget(box)
    box.show()
    QToolTip.showText(QPoint(10, 10), tool_tip(MARKUP))
    tips = [one for one in themed.topLevelWidgets() if one.inherits("QTipLabel")]
    labels = [*(one for one in tips if isinstance(one, QLabel)), *box.findChildren(QLabel)]
    texts = [label for label in labels if "bold" in label.text()]

    assert len(texts) >= 2 and all(label.textFormat() == Qt.TextFormat.PlainText for label in texts)
    QToolTip.hideText()


def test_a_tip_has_lines_that_fit(themed: QApplication) -> None:
    lines = tool_tip("word " * 900 + EVIL).split("\n")

    assert max(map(len, lines)) <= 100 and sum(map(len, lines)) <= 1_300
    assert max(map(len, tool_tip("言葉" * 300).split("\n"))) == 50
    assert tool_tip("a\nb") == "a\nb" and tool_tip("") == ""
