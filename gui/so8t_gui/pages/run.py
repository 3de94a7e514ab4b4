"""The page of the run: head, five steps, plot, hardware, log. Shows a run that goes on, or a session at rest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QSplitter, QWidget

from so8t_engine.protocol import Message
from so8t_gui.desktop.background import Background
from so8t_gui.engine.events import Event
from so8t_gui.i18n.translate import tr
from so8t_gui.plot import session_history
from so8t_gui.plot.chart import Line
from so8t_gui.plot.chart_panel import ChartPanel
from so8t_gui.plot.session_history import Past
from so8t_gui.view import messages
from so8t_gui.view.state import View
from so8t_gui.widgets.hardware_strip import HardwareStrip
from so8t_gui.widgets.log_view import LogView
from so8t_gui.widgets.panels import Sentence, button, column
from so8t_gui.widgets.run_head import RunHead
from so8t_gui.widgets.step_list import StepList
from so8t_gui.widgets.visible_timer import WhileSeen

POINTS = ("point", "mark")


class RunPage(QWidget):
    """Signals are wishes; `resume_wanted` carries a session's id, `cancel_wanted` is about the countdown.

    `stale`: another program works on the session that is shown, or may have ended.
    """

    resume_wanted = Signal(str)
    pause_wanted = Signal()
    save_wanted = Signal()
    new_wanted = Signal()
    cancel_wanted = Signal()
    stale = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._session, self._path = "", ""
        self._past: Past | None = None
        self._waiting: list[Message] = []
        self._overlay, self._sleepless = False, ""
        self._alive, self._elsewhere, self._reading = False, False, False
        self._background = Background(self)
        self._head, self._steps = RunHead(), StepList()
        self._said, self._counting, self._sleep = Sentence(), Sentence(), Sentence()
        self.panel, self._strip, self._log = ChartPanel(), HardwareStrip(), LogView()
        self._back = button(tr("Back to the run"), self._end_overlay)
        self._back.hide()
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.panel)
        split.addWidget(self._log)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        page = column(self, margins=16, spacing=10)
        for one in (self._counting, self._said, self._sleep, self._head, self._steps, self._back):
            page.addWidget(one)
        page.addWidget(split, 1)
        page.addWidget(self._strip)
        self._head.resume_wanted.connect(lambda: self.resume_wanted.emit(self._session))
        self._head.pause_wanted.connect(self.pause_wanted)
        self._head.save_wanted.connect(self.save_wanted)
        self._head.new_wanted.connect(self.new_wanted)
        self._head.open_wanted.connect(self._open)
        self._clock = WhileSeen(self, self.look_again)
        self._clock.hurry(False)

    @property
    def words(self) -> list[str]:
        """What is said on this page, from its head to the banner."""
        return [*self._head.words, *self._steps.sentences, self._said.text, self._counting.text]

    def render_view(self, view: View, now: float) -> None:
        self._alive, self._elsewhere = view.alive, view.phase == "elsewhere"
        self._clock.hurry(self._elsewhere)
        self._show_session(view)
        self._head.render_view(view, now)
        self._steps.render_view(view, now)
        self._log.render_view(view, now)
        self._strip.hurry(view.alive)
        if view.problem is not None:
            self._said.say("error", messages.problem(view))
        elif view.phase == "waiting":
            self._said.say("warning", messages.status(view, now))
        elif self._said.text:
            self._said.quieten()

    def take(self, events: Sequence[Event], active: float) -> None:
        """Points and marks of the run that goes on, after so many active seconds."""
        fresh = [event for event in events if isinstance(event, Message) and event.name in POINTS]
        if self._past is None:
            self._waiting += fresh
            return
        for event in fresh:
            self._past.table.add(event.data)
        if fresh:
            if active > (self._past.timeline[-1][1] if self._past.timeline else 0.0):
                self._past.timeline.append((self._past.table.newest, active))
            self.panel.changed()

    def count_down(self, words: str) -> None:
        """Until a session is resumed by itself; empty: no more."""
        if words:
            self._counting.say("note", words, cancel=(tr("&Cancel"), self.cancel_wanted.emit))
        else:
            self._counting.quieten()

    def tell_sleep(self, sentence: str) -> None:
        """That the machine could not be kept awake; empty: it is, or need not be."""
        if sentence != self._sleepless:
            self._sleepless = sentence
            self._sleep.say("warning", sentence, close=(tr("&OK"), self._sleep.quieten))

    def overlay(self, sessions: Sequence[Path]) -> None:
        """The curves of several sessions over each other, until the user goes back."""
        self._overlay = True
        self._back.show()

        def read() -> list[Past]:
            return [session_history.read(session) for session in sessions]

        def show(found: list[Past]) -> None:
            if self._overlay:
                self.panel.put([Line(one.path.name, one.table, one.timeline) for one in found])

        self._background.run(read, show)

    def _end_overlay(self) -> None:
        self._overlay = False
        self._back.hide()
        self._put_past()

    def _show_session(self, view: View) -> None:
        """Another session, or one whose folder is known now: its past is read in a thread."""
        if (view.session, view.path) == (self._session, self._path):
            return
        self._session, self._path = view.session, view.path
        self._past, self._waiting = None, []
        self._log.put_session(Path(view.path) if view.path else None)
        self.panel.put([])
        if not view.path:
            return
        path = Path(view.path)

        def show(found: Past) -> None:
            if str(found.path) != self._path:
                return
            self._past = found
            waiting, self._waiting = self._waiting, []
            for event in waiting:
                found.table.add(event.data)
            if not self._overlay:
                self._put_past()

        self._background.run(lambda: session_history.read(path), show)

    def look_again(self) -> None:
        """At what another program may have done with the session."""
        known = self._past
        if self._elsewhere:
            self.stale.emit()
        if known is None or self._alive or self._reading or session_history.size_of(known.path) <= known.size:
            return
        self._reading = True

        def show(found: Past) -> None:
            self._reading = False
            if self._past is known and not self._alive and not found.problem:
                self._past = found
                if not self._overlay:
                    self._put_past()
                if not self._elsewhere:
                    self.stale.emit()

        self._background.run(lambda: session_history.read(known.path), show)

    def _put_past(self) -> None:
        found = self._past
        self.panel.put([] if found is None else [Line(found.path.name, found.table, found.timeline)])

    def _open(self, what: str) -> None:
        target = Path(self._path) / ("report/report.html" if what == "report" else "")
        if not target.exists():
            self._said.say("warning", tr("There is no {path} any more.", path=target))
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))):
            self._said.say("warning", tr("No program could be found to open {path}.", path=target))
