"""What is known, shown: tray and pages are drawn from the run, the offer and what is in the way of a start."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer

from so8t_gui.desktop.tray import Tray
from so8t_gui.engine.events import Event
from so8t_gui.i18n.translate import tr
from so8t_gui.navigation import Navigation
from so8t_gui.runner import Runner
from so8t_gui.shown_session import ShownSession
from so8t_gui.startup import unfinished_session
from so8t_gui.startup.after_crash import AfterCrash
from so8t_gui.startup.offer_resume import ResumeOffer
from so8t_gui.startup.unfinished_session import UnfinishedSession
from so8t_gui.view import messages
from so8t_gui.view.state import View


class Drawing(QObject):
    """Draws when something has changed, and once a second while something runs or is seen."""

    def __init__(
        self, parent: QObject, *, runner: Runner, offer: ResumeOffer, navigation: Navigation, tray: Tray,
        after_crash: AfterCrash, shown: ShownSession,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._runner, self._offer, self._navigation, self._tray = runner, offer, navigation, tray
        self._after_crash, self._shown = after_crash, shown
        self.clock = QTimer(self, interval=1_000)
        self.clock.timeout.connect(self.render)

    def take(self, before: View, events: list[Event]) -> None:
        """What has happened to the run since it was like `before`."""
        after, pages = self._runner.view, self._navigation.made
        if pages is not None and (pages.is_made("run") or before.alive or after.alive):  # it collects what is not saved
            pages.run.follow(after)
            pages.run.take(events)
        if before.alive != after.alive or (after.alive and before.session != after.session):
            self.clock.start()
        turned = before.title != after.title or before.phase != after.phase or before.session != after.session
        if turned:
            self.show_elsewhere()
        if turned or self._navigation.visible:
            self.render()

    def render(self) -> None:
        view, now, counting, pages = self._runner.view, time.monotonic(), self._offer.counting, self._navigation.made
        self._shown.watch()
        other = self._elsewhere("")
        self._tray.render_view(
            view, now, self._offer.offered, counting, unfinished_session.runs_elsewhere(other) if other else ""
        )
        if pages is not None:
            if self._navigation.visible and pages.is_made("run"):
                mends = self._after_crash.looking or bool(counting)
                pages.run.render_view(view, now, self._navigation.aside, mends)
                pages.run.count_down(counting)
                pages.run.tell_hindrance(self._offer.hindrance or self._after_crash.hindrance)
                asleep = "" if self._navigation.aside else self._runner.sleep_problem
                pages.run.tell_sleep(asleep)
                self._runner.sleep_seen = self._runner.sleep_seen or bool(asleep)
            pages.window.render_view(view, self._navigation.title)  # not what the page itself says
        if not view.alive:
            self.clock.stop()  # nothing moves

    def show_folder(self, recent: list[UnfinishedSession]) -> None:
        """What lies in the folder of the sessions, the newest of which are `recent`."""
        self._tray.show_recent([(session.session, session.text) for session in recent])
        self._tray.show_others(self._offer.others)
        self.fill()
        self.render()

    def fill(self) -> None:
        """What was known before the pages were there."""
        self._show_others()
        self.show_elsewhere()

    def show_elsewhere(self) -> None:
        """That another program runs another session than the one that is shown; and what is in the way of a start."""
        pages = self._navigation.made
        if pages is not None:
            if pages.is_made("run"):
                seen = self._navigation.seen.session
                other = self._elsewhere(seen)
                text = unfinished_session.runs_elsewhere(other) if other else ""
                pages.run.tell_elsewhere(text, other.session if other else "")
                pages.run.put_hindrance(self._in_the_way(seen))
                pages.run.put_busy(self._busy())
            if pages.is_made("new"):
                pages.new.put_hindrance(self._in_the_way(""))

    def _elsewhere(self, besides: str) -> UnfinishedSession | None:
        """What another program runs besides this session, as long as this window runs nothing."""
        return None if self._runner.view.alive else self._offer.running_besides(besides)

    def _in_the_way(self, session: str) -> str:
        """Why this session is not resumed now, or, without one, nothing is started; empty: nothing else runs."""
        view, other = self._runner.view, self._elsewhere(session)
        if view.alive:
            return messages.one_at_a_time(messages.name(view) or tr("New session"))
        return unfinished_session.why_not_beside(other) if other else ""

    def _busy(self) -> str:
        """Why no model is asked anything: a run goes on, here or elsewhere. Empty: none does."""
        view, other = self._runner.view, self._elsewhere("")
        if view.alive:
            return messages.one_model_at_a_time(messages.name(view) or tr("New session"))
        return messages.one_model_at_a_time(other.name) if other else ""

    def _show_others(self) -> None:
        pages = self._navigation.made
        if pages is not None and pages.is_made("run"):
            pages.run.put_others([
                (session.session, session.text) for session in self._offer.waiting if not session.problem
            ])  # fmt: skip
