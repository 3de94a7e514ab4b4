"""The page Sessions: all sessions of the folder, how far each is, and everything that can be done with one.

The folder is read in a thread, every two seconds while the page is visible; on a slow disk less often.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from so8t_engine.session import catalog
from so8t_gui.desktop.background import Background
from so8t_gui.engine.queries import QueryPool
from so8t_gui.i18n.translate import tr
from so8t_gui.sessions import rows as session_rows
from so8t_gui.sessions.actions import SessionActions
from so8t_gui.sessions.list import SessionList
from so8t_gui.sessions.rows import SessionRow
from so8t_gui.sessions.table import SessionModel
from so8t_gui.widgets.ignored_wheel import ignore_wheel
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.panels import Banner, button, column, heading, quiet
from so8t_gui.widgets.scroll_place import scroll_back

RHYTHM_SECONDS = 2.0
STATUSES = ("running", "paused", "cut", "failed", "new", "finished", "copy", "renamed", "damaged", "newer")


Place = tuple[int, int]


@dataclass(frozen=True)
class Looked:
    """What one look at the folder found; `place` None where it is not there, `trouble` why it could not be read."""

    root: Path
    place: Place | None
    rows: tuple[SessionRow, ...]
    trouble: str
    seconds: float


def place_of(folder: Path) -> Place | None:
    """Which folder of which disk it is."""
    try:
        status = folder.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_dev, status.st_ino


@dataclass(frozen=True)
class ListPlace:
    """How a user has left the list, for the one that takes its place in another language."""

    selected: tuple[str, ...]
    filter: str
    status: str
    column: int
    order: Qt.SortOrder
    place: int


class SessionsPage(QWidget):
    """Signals are wishes. `resume_wanted`, `shown_wanted`, `duplicate_wanted` and `mend_wanted` (with the
    engine's option for it) carry a session's id (str), `overlay_wanted` the folders (list of Path) of those to compare;
    `renamed(session, title)`, `removed(session)` and `adopted(folder, session)` were done. `turned`: one has begun to
    run, or runs no longer.
    """

    resume_wanted = Signal(str)
    shown_wanted = Signal(str)
    duplicate_wanted = Signal(str)
    mend_wanted = Signal(str, str)
    renamed = Signal(str, str)
    removed = Signal(str)
    adopted = Signal(str, str)
    overlay_wanted = Signal(list)
    new_wanted = Signal()
    turned = Signal()

    def __init__(self, root: Path, engine: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._root = root
        self._desk = QueryPool(self, engine)
        self._background = Background(self)
        self._measuring: set[str] = set()
        self._queue: list[SessionRow] = []
        self._reading, self._read_once = False, False
        self._present: dict[str, str] = {}  # what each is known by
        self._place: Place | None = None
        self._away = False
        self._removed: set[str] = set()
        self._listed: tuple[SessionRow, ...] = ()
        self._to_select: tuple[str, ...] = ()  # at the first look
        self._picked: list[str] = []  # in which order what is selected was, of several at once the oldest first
        self._adopted = ""  # to be selected as soon as it is listed
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.refresh)
        self._build()

    @property
    def kept(self) -> ListPlace:
        header, selected = self._table.horizontalHeader(), tuple(row.session for row in self.selected)
        return ListPlace(
            selected or self._to_select, self._filter.text(), str(self._status.currentData() or ""),
            header.sortIndicatorSection(), header.sortIndicatorOrder(), self._table.verticalScrollBar().value(),
        )  # fmt: skip

    def take_up(self, kept: ListPlace) -> None:
        self._to_select = kept.selected
        self._filter.setText(kept.filter)
        self._status.setCurrentIndex(self._status.findData(kept.status))
        self._table.sortByColumn(kept.column, kept.order)
        scroll_back(self._table, kept.place)

    def set_root(self, root: Path) -> None:
        if root != self._root:
            self._root, self._present, self._read_once = root, {}, False
            self._place = None
            self.refresh()

    def refresh(self) -> None:
        """Reads the folder in a thread."""
        if self._reading:
            return
        self._reading = True
        root = self._root

        def look() -> Looked:
            began = time.monotonic()
            try:
                place = place_of(root)
                listed = session_rows.rows(catalog.sessions(root))
            except OSError as error:
                return Looked(root, None, (), str(error.strerror or error), time.monotonic() - began)
            return Looked(root, place, listed, "", time.monotonic() - began)

        def failed(error: Exception) -> None:
            self._reading, self._read_once = False, True
            self._look_later(0.0)
            self._show_empty(f"{type(error).__name__}: {error}")

        self._background.run(look, self._show_rows, failed)

    @property
    def selected(self) -> tuple[SessionRow, ...]:
        return self._table.selected

    def select(self, sessions: Sequence[str]) -> None:
        self._table.select(sessions)

    def adopt(self, folder: Path) -> None:
        self._actions.adopt(folder)

    def _follow_adopted(self, folder: str, session: str) -> None:
        """Its folder may have another name now; it is what the user has in hand."""
        self._removed.add(folder)
        self._adopted = session
        self.adopted.emit(folder, session)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
        if not event.spontaneous():  # another page is shown; minimised, it stays as it is
            self._actions.forget()

    def _build(self) -> None:
        self._model = SessionModel(self.palette, self._want_size)
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(tr("Filter by name, state or step"))
        self._filter.setAccessibleName(tr("Filter sessions"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._narrow)
        self._status = QComboBox()
        ignore_wheel(self._status)
        self._status.setAccessibleName(tr("Show sessions in this state"))
        self._status.addItem(tr("All states"), "")
        for status in STATUSES:
            self._status.addItem(session_rows.state_word(status), status)
        self._status.currentIndexChanged.connect(self._narrow)
        QShortcut(QKeySequence.StandardKey.Find, self, self._filter.setFocus)
        QShortcut(QKeySequence.StandardKey.Refresh, self, self.refresh)

        top = QHBoxLayout()
        top.addWidget(heading(tr("Sessions")))
        self._count = quiet()
        self._count.setWordWrap(False)
        top.addWidget(self._count)
        top.addStretch(1)
        top.addWidget(self._filter, 2)
        top.addWidget(self._status)
        self._message = Banner()
        self._actions = SessionActions(self._desk, self._message)
        self._actions.wished.connect(self._pass_on)
        self._actions.removed.connect(self._removed.add)
        self._actions.removed.connect(self.removed)
        self._actions.adopted.connect(self._follow_adopted)
        self._actions.changed.connect(self.refresh)
        self._actions.renamed.connect(self.renamed)
        self._actions.naming.connect(self._call)
        self._actions.mend_wanted.connect(self.mend_wanted)
        self._stack = QStackedLayout()
        self._table = SessionList(self._model)
        self._table.selectionModel().selectionChanged.connect(self._selection_changed)
        self._table.opened.connect(self.shown_wanted)
        self._table.removed.connect(self._actions.ask_trash)
        self._table.renaming.connect(self._actions.ask_name)
        self._table.menu_wanted.connect(self._actions.open_menu)
        self._table.setParent(self)  # a stack shows its first at once: without a parent as a window of its own
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._make_empty())
        self._detail = quiet()
        self._detail.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop)

        page = column(self)
        page.addLayout(top)
        page.addLayout(self._stack, 1)
        page.addWidget(self._message)  # below: come, it must not move another row, or a button, under the pointer
        page.addWidget(self._detail)
        page.addWidget(self._actions)
        self._selection_changed()

    def _make_empty(self) -> QWidget:
        empty = QWidget()
        layout = QVBoxLayout(empty)
        layout.addStretch(1)
        self._nothing = Label()
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._first = button(tr("&Make a new session"), self.new_wanted.emit, main=True)
        layout.addWidget(self._nothing)
        layout.addWidget(self._first, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        return empty

    def _look_later(self, seconds: float) -> None:
        """After a look that took so long."""
        if self.isVisible():
            self._clock.start(round(1000 * max(RHYTHM_SECONDS, 20 * seconds)))

    def _show_rows(self, looked: Looked) -> None:
        self._reading = False
        self._look_later(looked.seconds)
        if looked.root != self._root:
            self.refresh()
            return
        only = [row.session for row in looked.rows] if len(looked.rows) == 1 and not self._read_once else []
        selected = [row.session for row in self.selected] or self._to_select or only
        self._to_select = ()
        before, self._listed = _running(self._listed), looked.rows
        if before != _running(looked.rows):
            self.turned.emit()
        if self._model.put(looked.rows):
            self.select(selected)
        if self._model.place(self._adopted) is not None:
            self.select([self._adopted])
            self._adopted = ""
        if self._is_away(looked):
            self._tell_away()
        else:
            self._actions.follow(looked.rows)
            self._tell_vanished(looked.rows)
            self._place = looked.place
        self._read_once = True
        self._show_empty(looked.trouble)
        self._selection_changed()

    def _is_away(self, looked: Looked) -> bool:
        """Whether the folder itself is gone, not its sessions: unplugged, renamed; or its disk left a bare folder."""
        if looked.rows or not self._present:
            return False
        return looked.place is None or looked.place != self._place

    def _tell_away(self) -> None:
        if not self._away:
            self._away = True
            sentence = tr(
                "The folder {path} is not there: its disk may be unplugged, or the folder moved. Its sessions "
                "({n}) are shown again once it is back.", path=self._root, n=len(self._present),
            )  # fmt: skip
            self._message.say("warning", sentence, close=(tr("&OK"), self._message.quieten))

    def _tell_vanished(self, rows: Sequence[SessionRow]) -> None:
        if self._away:
            self._away = False
            self._message.quieten()
        before, self._present = self._present, {row.session: row.title for row in rows}
        gone = sorted(before.keys() - self._present.keys() - self._removed)
        self._removed.intersection_update(self._present)
        if len(gone) == 1:
            sentence = tr(
                "The session {name} is no longer there; its folder was moved or deleted.",
                name=tr('"{name}"', name=before[gone[0]]),
            )
            self._message.say("warning", sentence, close=(tr("&OK"), self._message.quieten))
        elif gone:
            sentence = tr("{n} sessions are no longer there; their folders were moved or deleted.", n=len(gone))
            self._message.say("warning", sentence, close=(tr("&OK"), self._message.quieten))

    def _show_empty(self, trouble: str) -> None:
        shown, present = len(self._model.shown), len(self._present)
        if self._away and not trouble:
            sentence = tr("The folder {path} is not there.", path=self._root)
        elif trouble:
            sentence = tr("The folder {path} cannot be read: {why}.", path=self._root, why=trouble)
        elif not present:
            sentence = tr("There are no sessions in {path} yet.", path=self._root)
        else:
            sentence = tr("No session matches the filter.")
        self._nothing.setText(sentence)
        self._first.setVisible(not present and not trouble)
        self._stack.setCurrentIndex(0 if shown or not self._read_once else 1)
        self._count.setText(
            tr("{shown} of {all}", shown=shown, all=present) if shown != present else str(present or "")
        )

    def _narrow(self) -> None:
        selected = [row.session for row in self.selected]
        if self._model.narrow(self._filter.text(), str(self._status.currentData() or "")):
            self.select(selected)
        self._show_empty("")

    def _call(self, session: str, title: str, readings: int) -> None:
        selected = [row.session for row in self.selected]
        if self._model.call(session, title, readings):
            self.select(selected)

    def _selection_changed(self) -> None:
        selected = self.selected
        if selected:  # it is empty for a moment where the list is put anew
            names = sorted(row.session for row in selected)
            before = [name for name in self._picked if name in names]
            self._picked = before + [name for name in names if name not in before]
        self._actions.put(selected, next((row for row in self._listed if not row.removable), None))
        if len(selected) == 1:
            told = (session_rows.state_sentence(selected[0]), self._actions.why_not)
            self._detail.setText("\n".join(part for part in told if part))
        elif selected:
            self._detail.setText(tr("{n} sessions selected.", n=len(selected)))
        elif not self._listed:
            self._detail.setText("")
        else:
            self._detail.setText(tr("Select a session; several with Ctrl or Shift to compare them."))

    def _pass_on(self, wish: str, session: str) -> None:
        match wish:
            case "resume":
                self.resume_wanted.emit(session)
            case "show":
                self.shown_wanted.emit(session)
            case "duplicate":
                self.duplicate_wanted.emit(session)
            case "compare":
                in_turn = sorted(self.selected, key=lambda row: self._picked.index(row.session))
                self.overlay_wanted.emit([row.path for row in in_turn])

    def _want_size(self, row: SessionRow) -> None:
        """Measures one folder after the other: several at once would only wait for each other on the disk."""
        if row.session in self._measuring:
            return
        self._measuring.add(row.session)
        self._queue.append(row)
        if len(self._queue) == 1:
            self._measure(row)

    def _measure(self, row: SessionRow) -> None:
        def then(size: int | None) -> None:
            self._measuring.discard(row.session)
            self._queue.pop(0)
            self._model.put_size(row.session, row.saved, -1 if size is None else size)
            if self._queue:
                self._measure(self._queue[0])

        self._background.run(lambda: session_rows.size_of(row.path), then, lambda _: then(None))


def _running(rows: Sequence[SessionRow]) -> set[str]:
    return {row.session for row in rows if not row.removable}
