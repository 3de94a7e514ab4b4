"""The page Run: head, five steps, plot, hardware, log of a run that goes on, or of a session at rest.

Of a finished one it is the result page: what was found, and what can be done with it, stay in sight as long as it is
the session of this page; steps, curves and log are beside them, under a tab of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabBar, QWidget

from so8t_engine.protocol import Message
from so8t_engine.session import lock
from so8t_gui.comparison.laid_over import LaidOver
from so8t_gui.comparison.table import ComparisonTable
from so8t_gui.desktop.background import Background
from so8t_gui.engine.events import Event
from so8t_gui.i18n.translate import tr
from so8t_gui.pages.run_place import RunPlace
from so8t_gui.plot.chart_panel import ChartPanel
from so8t_gui.plot.growing_history import GrowingHistory
from so8t_gui.result import report_file
from so8t_gui.result.actions import ResultActions
from so8t_gui.result.panel import ResultPanel
from so8t_gui.result.report_file import RunResult
from so8t_gui.result.try_it import TryIt
from so8t_gui.view import messages
from so8t_gui.view.remedies import EVALUATE_AGAIN
from so8t_gui.view.state import View
from so8t_gui.widgets.hardware_strip import HardwareStrip
from so8t_gui.widgets.log_view import LogView
from so8t_gui.widgets.opener import Opener
from so8t_gui.widgets.panels import Banner, column
from so8t_gui.widgets.problem_message import ProblemMessage
from so8t_gui.widgets.run_head import RunHead
from so8t_gui.widgets.scroll_place import scroll_back
from so8t_gui.widgets.step_list import StepList
from so8t_gui.widgets.visible_timer import VisibleTimer

GROWING = ("point", "mark", "progress", "incident")
RESULT, TRY, CURVES = range(3)  # the tabs of a finished session


class RunPage(QWidget):
    """Signals are wishes; `resume_wanted` carries a session's id, `cancel_wanted` is about the countdown.

    `remedy_wanted`: to start again with this option of the engine, by which the user agrees to what stopped it.

    `stale`: another program works on the session that is shown, or may have ended. `seen`: somebody looks at the page
    anew, or still at the sentence that another session runs, which `shown_wanted` would show. `back_wanted`: to the run
    of this window, in whose place another session is shown.

    Between `overlay` and `end_overlay` the plot shows the curves of other sessions, as many as are `compared`; what
    belongs to the run itself goes on behind it. `arranged`: one of the two has come.
    """

    resume_wanted = Signal(str)
    remedy_wanted = Signal(str)
    pause_wanted = Signal()
    save_wanted = Signal()
    new_wanted = Signal()
    demo_wanted = Signal()
    cancel_wanted = Signal()
    stale = Signal()
    seen = Signal()
    shown_wanted = Signal(str)
    back_wanted = Signal()
    sleep_read = Signal()
    arranged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._session, self._path = "", ""
        self._own, self._aside = GrowingHistory(self), GrowingHistory(self)
        self.curves = self._own  # whichever of them is shown
        for curves in (self._own, self._aside):
            curves.replaced.connect(lambda curves=curves: self._replaced(curves))
            curves.stale.connect(self.stale)
        self._own.grown.connect(self._grown)
        self._hindered, self._said_behind, self._said_goes_on = "", "", ""
        self._alive, self._elsewhere = False, False
        self._kept: RunPlace | None = None
        self._finished = ""  # the folder whose result is shown
        self._background = Background(self)
        self._head, self._steps = RunHead(), StepList()
        self._message, self._counting, self._opening = Banner(), Banner(), Banner()
        self._sleep, self._hindrance, self._other, self._behind = Banner(), Banner(), Banner(), Banner()
        self._opener = Opener(self._opening, self)
        self._problem = ProblemMessage(self._message, self)
        self.panel, self._strip, self._log = ChartPanel(), HardwareStrip(), LogView()
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.panel)
        self.comparison = ComparisonTable()
        self._laid = LaidOver(self.panel, self.comparison, self)
        self._laid.failed.connect(self.end_overlay)
        self._compared = QWidget()
        beside = column(self._compared, margins=0, spacing=6)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.comparison.choice)
        beside.addWidget(self.comparison, 1)
        split.addWidget(self._compared)
        split.addWidget(self._log)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 3)
        split.setStretchFactor(2, 1)
        split.setChildrenCollapsible(False)
        self._handing_over = Banner()
        self._actions, self.result = ResultActions(self._handing_over), ResultPanel()
        self._tabs = QTabBar()
        self.trial = TryIt()
        self._tabs.setAccessibleName(tr("Result, try it, or curves and log"))
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        for title in (tr("Result"), tr("Try it"), tr("Curves and log")):
            self._tabs.addTab(title)
        self._views = QStackedWidget()
        for view in (self.result, self.trial, split):
            self._views.addWidget(view)
        page = column(self, margins=16, spacing=10)
        said = (self._behind, self._message, self._counting, self._hindrance, self._other, self._sleep, self._opening)
        for part in (
            self._head,
            self._actions,
            self._tabs,
            *said,  # below the buttons: come or gone, a message must not move another one under the pointer
            self._handing_over,
            self._steps,
        ):
            page.addWidget(part)
        page.addWidget(self._views, 1)
        page.addWidget(self._strip)
        self._head.resume_wanted.connect(lambda: self.resume_wanted.emit(self._session))
        self._problem.agreed.connect(self.remedy_wanted)
        self._head.another_wanted.connect(self.resume_wanted)
        self._head.pause_wanted.connect(self.pause_wanted)
        self._head.save_wanted.connect(self.save_wanted)
        self._head.new_wanted.connect(self.new_wanted)
        self._head.demo_wanted.connect(self.demo_wanted)
        self._head.open_wanted.connect(lambda: self._open("folder"))
        self._actions.open_wanted.connect(self._open)
        self._actions.try_wanted.connect(self._try)
        self._actions.again_wanted.connect(lambda: self.remedy_wanted.emit(EVALUATE_AGAIN))
        self._tabs.currentChanged.connect(self._arrange)
        self._arrange()
        self._clock = VisibleTimer(self, self.look_again)
        self._clock.hurry(False)

    @property
    def texts(self) -> list[str]:
        """Everything this page says, from its head to the countdown."""
        said = (self._behind, self._message, self._counting, self._hindrance, self._other, self._opening)
        result = self.result.texts if self._finished else []
        banners = [banner.text for banner in (*said, self._handing_over)]
        return [*self._head.texts, *self._steps.sentences, *result, *banners]

    @property
    def kept(self) -> RunPlace:
        return RunPlace(
            self._finished, self._tabs.currentIndex(), self.trial.kept, self._overlay, self.panel.chart.options,
            self.panel.as_text, self._log.kept,
            (self.result.verticalScrollBar().value(), self.trial.verticalScrollBar().value()), self._own.history,
            self.result.all_seen, self.comparison.reference,
        )  # fmt: skip

    def take_up(self, kept: RunPlace) -> None:
        self._kept = kept
        self._own.take_up(kept.history)
        self.trial.take_up(kept.asked)
        self.panel.take_up(kept.options, kept.as_text)
        self._log.take_up(kept.log)
        scroll_back(self.result, kept.places[0])
        scroll_back(self.trial, kept.places[1])
        self.comparison.reference = kept.reference
        if kept.overlay:
            self.overlay(kept.overlay)

    def follow(self, run: View) -> None:
        """The run of this window, whatever is shown."""
        self._own.follow(run)

    def render_view(self, run: View, now: float, aside: View | None = None, mends: bool = False) -> None:
        """`run`: of this window; `aside`: another session, which is shown in its place while it goes on. `mends`: what
        has stopped it may be over in a moment; nothing is said of it yet.
        """
        self._own.follow(run)
        self._aside.follow(aside or View())
        self.curves = self._aside if aside else self._own
        self._said_behind = messages.behind(run) if aside else ""
        self._said_goes_on = messages.goes_on(run)
        self._tell_behind()
        self._render_shown(aside or run, now, mends and not aside)

    def _tell_behind(self) -> None:
        """What is shown in the place of the run, and the way back."""
        said, back = self._said_behind, self.back_wanted.emit
        if self._overlay:
            compared = tr("{n} sessions beside each other.", n=len(self._overlay))
            said, back = f"{compared} {self._said_goes_on}".strip(), self.end_overlay
        if said:
            self._behind.say("note", said, back=(tr("Back to the run"), back))
        else:
            self._behind.quieten()

    def _render_shown(self, view: View, now: float, mends: bool) -> None:
        if self._alive != view.alive:
            self._laid.look()
        self._alive, self._elsewhere = view.alive, view.phase == "elsewhere"
        self._clock.hurry(self._elsewhere or view.resumable)
        self._show_session(view)
        self._show_result(view)
        self._head.render_view(view, now)
        self._steps.render_view(view, now)
        self._log.render_view(view, now)
        self._strip.hurry(view.alive)
        if view.problem is not None and not mends:
            self._problem.put(view.problem.code, messages.problem(view))
            return
        self._problem.forget()
        if view.phase == "waiting":
            self._message.say("warning", messages.status(view, now))
        elif self._message.text:
            self._message.quieten()

    def take(self, events: Sequence[Event]) -> None:
        """What the run that goes on makes; also while another one is shown."""
        self._own.add([event for event in events if isinstance(event, Message) and event.name in GROWING])

    def count_down(self, sentence: str) -> None:
        """Says when a session will be resumed without a click; empty: none will."""
        if sentence:
            self._counting.say("note", sentence, cancel=(tr("&Cancel"), self.cancel_wanted.emit))
        else:
            self._counting.quieten()

    def put_others(self, sessions: list[tuple[str, str]]) -> None:
        """(id, text) of the unfinished sessions, one of which may be resumed in place of the one that is shown."""
        self._head.put_others(sessions)

    def tell_sleep(self, sentence: str) -> None:
        """Says that the machine could not be kept awake while it runs; empty: it is, need not be, or that is known."""
        if sentence != self._sleep.text:
            self._sleep.say("warning", sentence, close=(tr("&OK"), self.sleep_read.emit))

    def tell_hindrance(self, sentence: str) -> None:
        """Says why the session that should have gone on by itself does not; empty: nothing is in its way. What was read
        is not said again by another name."""
        read = bool(self._hindered) and not self._hindrance.text
        if sentence != self._hindered and not (sentence and read):
            self._hindrance.say("warning", sentence, close=(tr("&OK"), self._hindrance.quieten))
        self._hindered = sentence

    def tell_elsewhere(self, sentence: str, session: str) -> None:
        """Says that another program runs this session; empty: none does, or it is the one that is shown."""
        if sentence:
            self._other.say("note", sentence, show=(tr("Show &it"), lambda: self.shown_wanted.emit(session)))
        else:
            self._other.quieten()

    def put_hindrance(self, why: str) -> None:
        """Why nothing is resumed now; empty: nothing is in the way."""
        self._head.put_hindrance(why)

    def put_busy(self, why: str) -> None:
        """Why no model answers now; empty: nothing else needs the machine."""
        self.trial.put_hindrance(why)

    def changeEvent(self, event: QEvent) -> None:
        """Back from another window, such as a terminal: has something begun there?"""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and self.isActiveWindow():
            self.seen.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen.emit()

    def overlay(self, sessions: Sequence[Path]) -> None:
        """The curves of these session folders over each other, until `end_overlay` or another session is shown."""
        self.panel.forget()
        self._laid.put(sessions)
        self._arrange()
        self.arranged.emit()

    @property
    def compared(self) -> int:
        return len(self._overlay)

    @property
    def _overlay(self) -> tuple[Path, ...]:
        return self._laid.folders

    def picked(self, page: str) -> None:
        """By its name the user comes back to the run, from curves laid over each other and from another session."""
        if page == "run":
            self.end_overlay()
            if self._said_behind:
                self.back_wanted.emit()

    def end_overlay(self) -> None:
        """Back to the curves of the session of this page."""
        if self._overlay:
            self._laid.put(())
            self.panel.forget()
            self._arrange()
            self.panel.put(self.curves.curves)
            self.arranged.emit()

    def _show_result(self, view: View) -> None:
        """What a finished session has found, read once in a thread; of another one there is none."""
        folder = view.path if view.phase == "finished" else ""
        seconds = [step.seconds for step in view.steps if step.seconds is not None]
        self.result.took(sum(seconds) if len(seconds) == len(view.steps) else None)
        if folder == self._finished:
            return
        self._finished = folder
        for part in (self._actions, self.trial):
            part.put(Path(folder) if folder else None)
        kept = self._kept if self._kept and self._kept.finished == folder else None
        self._tabs.setCurrentIndex(kept.tab if kept else RESULT)
        self.result.put(RunResult(problem=tr("Reading the report ...")))
        self._arrange()

        def show(result: RunResult) -> None:
            if folder == self._finished:
                self.result.put(result, every=kept is not None and kept.every)
                self.trial.put_files(result.files)
                self._actions.complete(result.complete)

        if folder:
            self._background.run(lambda: report_file.read(Path(folder)), show)

    def _arrange(self) -> None:
        """Which of its parts are seen. Curves laid over each other are always in sight."""
        finished = bool(self._finished) and not self._overlay
        curves = not finished or self._tabs.currentIndex() == CURVES
        self._head.setVisible(not self._overlay)  # of one session, which need not be among the compared ones
        self._actions.setVisible(finished)
        self._tabs.setVisible(finished)
        for part in (self._steps, self._strip):
            part.setVisible(curves and not self._overlay)
        self._compared.setVisible(bool(self._overlay))
        self._log.setVisible(not self._overlay)
        self._tell_behind()
        self._views.setCurrentIndex(CURVES if curves else self._tabs.currentIndex())

    def _try(self) -> None:
        self._tabs.setCurrentIndex(TRY)
        self.trial.question.setFocus()

    def _show_session(self, view: View) -> None:
        if (view.session, view.path) == (self._session, self._path):
            return
        if self._session not in ("", view.session):
            self.end_overlay()
            self._opener.forget()
        if self._session != view.session:
            self.panel.forget()
        self._session, self._path = view.session, view.path
        self._log.put_session(Path(view.path) if view.path else None)
        if not self._overlay:
            self.panel.put(self.curves.curves)

    def look_again(self) -> None:
        """Whether another program works on the session that is shown, or has written to it."""
        if self._elsewhere:
            self.stale.emit()
        elif self._other.text:
            self.seen.emit()
        elif self._path and not self._alive:
            folder = Path(self._path)
            self._background.run(lambda: lock.is_held(folder), self._look_if_held)
        self.curves.look_again()
        self._laid.look()

    def _look_if_held(self, held: bool) -> None:
        """Another program has begun to run what is shown at rest."""
        if held and not self._alive and not self._elsewhere:
            self.seen.emit()

    def _replaced(self, curves: GrowingHistory) -> None:
        if curves is self.curves and not self._overlay:
            self.panel.put(curves.curves)

    def _grown(self) -> None:
        if self.curves is self._own and not self._overlay:
            self.panel.changed()

    def _open(self, what: str) -> None:
        if what == "report":
            self._opener.open_report(Path(self._path))
        else:
            self._opener.open(Path(self._path))
