"""What happened, in sentences, and the last lines of the engine's log; a field searches both."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTabWidget, QVBoxLayout, QWidget

from so8t_engine.plain_text import plain
from so8t_gui.desktop.background import Background
from so8t_gui.i18n.moment import to_the_second
from so8t_gui.i18n.translate import tr
from so8t_gui.view import diary, messages
from so8t_gui.view.state import Note, View
from so8t_gui.widgets.log_pane import LogPane
from so8t_gui.widgets.visible_timer import VisibleTimer

LOG = Path("logs") / "engine.log"
TAIL_BYTES = 96 << 10
LONGEST_LINE = 4_000
KEPT_LINES = 20_000
JITTER_SECONDS = 5.0  # a clock that was set differs by more, or shifts the times by no more than this


@dataclass(frozen=True)
class LogPlace:
    """What was searched, which tab was in front; where both are scrolled to (LogPane.place)."""

    search: str
    tab: int
    happened: int | None
    log: int | None


class LogView(QWidget):
    """Shows the notes of a view and the log of its session, which is read in a thread and only while it is visible."""

    def __init__(self) -> None:
        super().__init__()
        self._session: Path | None = None
        self._happened: list[str] = []
        self._past: tuple[diary.Past, ...] = ()
        self._diary: diary.Diary | None = None
        self._drawn: tuple[object, ...] = ()
        self._log: list[str] = []
        self._reading = False
        self._view: tuple[View, float] | None = None  # and what is to be added to its notes' times for the epoch's
        self._background = Background(self)
        self._find = QLineEdit()
        self._find.setPlaceholderText(tr("Search"))
        self._find.setAccessibleName(tr("Search the log"))
        self._find.setClearButtonEnabled(True)
        self._find.setMaximumWidth(260)
        self._find.textChanged.connect(self._render)
        QShortcut(QKeySequence.StandardKey.Find, self, self._find.setFocus)
        self._sentences, self._lines = LogPane(tr("What happened")), LogPane(tr("The engine's log"))
        self._lines.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self._sentences, tr("What &happened"))
        self._tabs.addTab(self._lines, tr("&Engine's log"))
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, 0, 4)
        row.addWidget(self._find)
        self._tabs.setCornerWidget(corner, Qt.Corner.TopRightCorner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._tabs)
        self.setMinimumHeight(6 * self.fontMetrics().lineSpacing())
        self._clock = VisibleTimer(self, self._look)
        self._render()

    def put_session(self, session: Path | None) -> None:
        if session != self._session:
            for pane in (self._sentences, self._lines) if self._session else ():
                pane.take_up(None)
            self._session, self._log, self._past = session, [], ()
            self._diary = None if session is None else diary.Diary(session)
            self._look()
            self._render()

    def render_view(self, view: View, now: float) -> None:
        self._clock.hurry(view.alive)
        wall = time.time() - now
        if self._view is not None and abs(wall - self._view[1]) < JITTER_SECONDS:
            wall = self._view[1]  # `now` is older on a busy machine: what was said at a time stays there
        self._list(view, wall)

    def _list(self, view: View, wall: float) -> None:
        self._view = view, wall
        if self._drawn != (self._past, view.notes, wall):
            self._drawn = self._past, view.notes, wall
            happened = lines(diary.with_seen(self._past, view.notes, wall))
            if happened != self._happened:
                self._happened = happened
                self._render()

    @property
    def kept(self) -> LogPlace:
        return LogPlace(self._find.text(), self._tabs.currentIndex(), self._sentences.place, self._lines.place)

    def take_up(self, kept: LogPlace) -> None:
        """As the one of another language was left."""
        self._find.setText(kept.search)
        self._tabs.setCurrentIndex(kept.tab)
        self._sentences.take_up(kept.happened)
        self._lines.take_up(kept.log)

    @property
    def sentences(self) -> str:
        return self._sentences.toPlainText()

    def _look(self) -> None:
        session, diary_of_it = self._session, self._diary
        if session is None or diary_of_it is None or self._reading or not self.isVisible():
            return
        self._reading = True
        self._background.run(lambda: (session, last_lines(session), past_of(diary_of_it)), self._show, self._failed)

    def _failed(self, _error: Exception) -> None:
        self._reading = False

    def _show(self, result: tuple[Path, str, tuple[diary.Past, ...]]) -> None:
        self._reading = False
        session, text, past = result
        if session != self._session:  # another was put while this one was read: its own look was refused
            self._look()
            return
        self._past = past  # drawn with the next view
        if self._view is not None:
            self._list(*self._view)
        lines = [plain(line, most=LONGEST_LINE) for line in text.splitlines()]
        if lines != self._log:
            self._log = lines
            self._render()

    def _render(self, *_: object) -> None:
        wanted = self._find.text().casefold()
        for pane, all_of_it in ((self._sentences, self._happened), (self._lines, self._log)):
            pane.put([line for line in all_of_it if wanted in line.casefold()])
            pane.setPlaceholderText(tr("No line has this.") if all_of_it else tr("Nothing is written here yet."))


def past_of(session: diary.Diary) -> tuple[diary.Past, ...]:
    try:
        past = session.read()
    except OSError:
        return ()
    lines(past)  # made here, in the thread: thousands of them take their time
    return past


def lines(past: Sequence[diary.Past]) -> list[str]:
    """With day and time, where they are known."""
    language = tr("en")
    return [_line(at, note, language) for at, note in past]


@lru_cache(maxsize=KEPT_LINES)
def _line(at: float | None, note: Note, _language: str) -> str:
    when = "" if at is None else f"{to_the_second(at)}  "
    return when + plain(messages.note(note), most=LONGEST_LINE)


def last_lines(session: Path) -> str:
    """The last TAIL_BYTES of the engine's log, from a whole line on; empty where there is none."""
    try:
        with (session / LOG).open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - TAIL_BYTES))
            data = file.read()
    except OSError:
        return ""
    text = data.decode("utf-8", "replace")
    return text.partition("\n")[2] if size > TAIL_BYTES else text
