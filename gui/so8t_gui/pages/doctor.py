"""The page About and diagnostics: versions, licences, and a text to copy into a report, without secrets in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QFontDatabase, QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QPlainTextEdit, QWidget

from so8t_engine import paths
from so8t_engine.protocol import PROTOCOL_VERSION
from so8t_gui.desktop import diagnostics
from so8t_gui.engine.queries import QueryPool
from so8t_gui.i18n.translate import tr
from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.opener import Opener
from so8t_gui.widgets.panels import Banner, Card, button, column, heading, quiet

LETTERS = 80  # the page is at least as wide where the licences stand in two columns


class DoctorPage(QWidget):
    """`logs`: the folder of the window's own log, if it keeps one. Asks the engine when it is first shown."""

    def __init__(
        self, root: Path, engine: Sequence[str] = (), logs: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._root = root
        self._desk = QueryPool(self, engine)
        self._asked = False
        self._message = Banner()
        self._opener = Opener(self._message, self)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setAccessibleName(tr("Diagnostics"))
        self._copy = button(tr("&Copy"), self._copy_text, main=True)
        row = FlowLayout()
        row.add(self._copy)
        row.add(button(tr("Check &again"), self.ask))
        row.add(button(tr("Open the &sessions' folder"), lambda: self._open(self._root)), right=True)
        if logs is not None:
            row.add(button(tr("Open the &logs"), lambda: self._open(logs)), right=True)
        card = Card(
            tr("Diagnostics"), tr("For a bug report. It contains no names, keys or paths below your home folder.")
        )
        card.body.addWidget(self._text, 1)
        card.body.addWidget(self._message)
        card.body.addLayout(row)
        page = column(self)
        page.addWidget(heading(tr("About SO8T")))
        page.addWidget(self._about_card())
        page.addWidget(card, 1)

    @property
    def text(self) -> str:
        return self._text.toPlainText()

    def set_root(self, root: Path) -> None:
        self._root = root
        if self._asked:
            self.ask()

    def ask(self) -> None:
        """Asks the engine what this machine has."""
        self._asked = True
        lines = diagnostics.window_lines(self._root)
        self._text.setPlainText("\n".join([*lines, tr("Asking the engine ...")]))

        def told(answer: Any) -> None:
            self._text.setPlainText("\n".join(diagnostics.together(lines, diagnostics.engine_lines(answer))))

        def refused(sentence: str) -> None:
            self._text.setPlainText("\n".join([*lines, paths.homely(sentence)]))

        self._desk.ask("doctor", ["doctor", "--data-root", str(self._root)], told, refused)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._asked:
            self.ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The licences stand in two columns, or in one where these would be too narrow."""
        super().resizeEvent(event)
        beside = event.size().width() >= LETTERS * self.fontMetrics().averageCharWidth()
        way = QBoxLayout.Direction
        self._licences.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._licences.setSpacing(24 if beside else 6)

    def _about_card(self) -> Card:
        card = Card()
        about = Label(tr("Turns Phi-3.5 into a model that thinks before it answers, on one gaming PC."))
        about.setWordWrap(True)
        card.body.addWidget(about)
        version, protocol = diagnostics.version("so8t"), PROTOCOL_VERSION
        card.body.addWidget(quiet(tr("Version {version}, protocol {protocol}", version=version, protocol=protocol)))
        self._licences = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._licences.setSpacing(24)
        for first in range(2):
            self._licences.addLayout(_table(diagnostics.LICENCES[first::2]), 1)
        card.body.addLayout(self._licences)
        return card

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self._message.say(
            "ok", tr("The diagnostics were copied to the clipboard."), close=(tr("&OK"), self._message.quieten)
        )

    def _open(self, folder: Path) -> None:
        self._opener.open(folder)


def _table(licences: Sequence[tuple[str, str]]) -> QGridLayout:
    """Names, and beside each its licence."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    for place, share in enumerate((3, 2)):  # the same for both tables, which may stand one below the other
        grid.setColumnStretch(place, share)
    for row, (name, licence) in enumerate(licences):
        called = Label(name)
        called.setWordWrap(True)
        grid.addWidget(called, row, 0)
        grid.addWidget(quiet(licence), row, 1)
    return grid
