"""At the start, the newest unfinished session is offered, or resumed after a countdown, by the user's rule."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from so8t_engine.session import catalog
from so8t_gui.desktop.background import Background
from so8t_gui.engine.queries import QueryPool
from so8t_gui.i18n.translate import tr
from so8t_gui.sessions.rows import namesakes
from so8t_gui.startup import unfinished_session
from so8t_gui.startup.countdown import Countdown
from so8t_gui.startup.unfinished_session import UnfinishedSession
from so8t_gui.view import messages
from so8t_gui.view.notifications import Notice

RECENT = 8
NAMED = 2  # of the other unfinished sessions, in a notification


Action = Literal["nothing", "tell", "offer", "resume"]


def action(rule: str, session: UnfinishedSession | None, after_crash: bool) -> Action:
    """By the user's rule (settings.on_logon). After a crash of the window "off" is an offer.

    A session that failed by its own data or configuration is told of and nothing else: it would only fail again.
    """
    if session is None or session.problem or (rule == "off" and not after_crash):
        return "nothing"
    if session.needs_mending:
        return "tell"
    return "resume" if rule == "auto" else "offer"


@dataclass(frozen=True)
class FolderLook:
    """`begun`: when each session was that goes by the same name as another."""

    waiting: list[UnfinishedSession] = field(default_factory=list)
    recent: list[UnfinishedSession] = field(default_factory=list)
    begun: Mapping[str, float] = field(default_factory=dict)


class ResumeOffer(QObject):
    """Holds what is offered until the folder is read again.

    `looked(recent)`: the sessions that worked last, the last first (list of UnfinishedSession); `resume(session)`;
    `notice(Notice, session that a click resumes)`; `counted()`: the countdown moved on, or is over, or cannot begin.
    """

    looked = Signal(list)
    resume = Signal(str)
    notice = Signal(object)
    counted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.waiting: list[UnfinishedSession] = []
        self.begun: Mapping[str, float] = {}  # as in FolderLook
        self._background, self._desk = Background(self), QueryPool(self)
        self._looks, self._taken = itertools.count(1), 0  # the newest look whose answer is known
        self._countdown = Countdown(self)
        self._countdown.ticked.connect(lambda _: self.counted.emit())
        self._answer: tuple[UnfinishedSession, object] | None = None  # what this machine lacks to go on with it
        self._counted: UnfinishedSession | None = None  # what is resumed when the countdown is over; None: a new one

    @property
    def newest(self) -> UnfinishedSession | None:
        """The one that goes on where none is named."""
        return self.waiting[0] if self.waiting else None

    @property
    def others(self) -> list[tuple[str, str]]:
        """(id, text) of the unfinished sessions that could be chosen in its place."""
        return [(session.session, session.text) for session in self.waiting[1:] if not session.problem]

    def title_of(self, session: str) -> str:
        """What a session is known by, as the folder was last read."""
        return next((one.title for one in self.waiting if one.session == session), catalog.title(session))

    def running_besides(self, session: str) -> UnfinishedSession | None:
        """One that another program runs, as the folder was last read; not `session`."""
        return next((one for one in self.waiting if one.status == "running" and one.session != session), None)

    def runs(self, session: str) -> bool:
        """Whether another program runs this one, as the folder was last read."""
        return any(one.session == session and one.status == "running" for one in self.waiting)

    @property
    def counting(self) -> str:
        """The sentence that a session will be resumed in so many seconds; empty where none will."""
        left = self._countdown.left
        if left and self._counted is None:
            return tr("The new session is started again in {time}.", time=messages.duration(left))
        return countdown_text(left, self._as_read(self._counted).text if self._counted is not None else "")

    @property
    def hindrance(self) -> str:
        """Why the session that should have been offered or resumed was not: what this machine lacks. Else empty."""
        if self._answer is None:
            return ""
        session, answer = self._answer
        return f"{tr('{name} cannot be resumed yet', name=self._as_read(session).name)}\n{missing_text(answer)}"

    def _as_read(self, session: UnfinishedSession) -> UnfinishedSession:
        """As it was in the folder when that was last read: it may have another name by now."""
        return next((one for one in self.waiting if one.session == session.session), session)

    @property
    def offered(self) -> tuple[str, str] | None:
        """(id, text) of what one click would resume."""
        newest = self.newest
        return (newest.session, newest.text) if newest and not newest.problem else None

    def cancel(self) -> None:
        """Something else is done, or the user does not want it."""
        self._answer = None
        self._countdown.cancel()

    def look(self, root: Path, then: Callable[[], None] = lambda: None) -> None:
        """Reads the folder in a thread; `then` is called in any case. What a later look has found stays: a thread that
        began before may end behind it."""
        number = next(self._looks)

        def read() -> FolderLook:
            try:
                entries = catalog.sessions(root)
            except OSError:
                return FolderLook()  # the page of sessions says what is wrong with the folder
            begun = namesakes(entries)
            recent = [
                unfinished_session.of(entry, begun.get(entry.session)) for entry in catalog.latest_of(entries)[:RECENT]
            ]
            return FolderLook(unfinished_session.waiting(entries), recent, begun)

        def show(looked: FolderLook) -> None:
            if number > self._taken:
                self._taken = number
                self.waiting, self.begun = looked.waiting, looked.begun
                self.looked.emit(looked.recent)
            then()

        self._background.run(read, show, lambda _: show(FolderLook()))

    def begin(self, rule: str, after_crash: bool) -> None:
        """Offers or resumes the newest session, once the engine has said that this machine has what it needs."""
        newest = self.newest
        chosen_action = action(rule, newest, after_crash)
        if newest is not None and newest.problem and rule != "off":
            self.notice.emit(Notice(newest.text, newest.problem, "warning"))
        if newest is None or chosen_action == "nothing":
            return
        if chosen_action == "tell":
            self.notice.emit(Notice(tr("{name}: stopped", name=newest.name), newest.why, "warning"))
            return
        question = ["ready", newest.session, "--data-root", str(newest.path.parent)]
        self._desk.ask(
            "ready", question, lambda answer: self._ready(newest, chosen_action, answer),
            lambda _: self._ready(newest, chosen_action, None),
        )  # fmt: skip

    def _ready(self, session: UnfinishedSession, chosen_action: Action, answer: object) -> None:
        missing = missing_text(answer)
        if missing:
            self._answer = session, answer
            title = tr("{name} cannot be resumed yet", name=session.name)
            self.notice.emit(Notice(title, missing, "warning"))
            self.counted.emit()
        elif chosen_action == "resume":
            self.count_down(session, unfinished_session.COUNTDOWN_SECONDS, tr("An unfinished session"))
        else:
            hint = tr("Resume it in the window, or in the menu of the icon.")
            text = self._with_others(tr("{name} can go on.", name=session.text))
            self.notice.emit(Notice(tr("An unfinished session"), text, resume=session.session, hint=hint))

    def count_down(self, session: UnfinishedSession, seconds: int, title: str) -> None:
        """It is resumed when they are over, unless the user cancels that."""
        self._counted = session
        self._countdown.start(seconds, lambda: self.resume.emit(session.session))
        hint = tr("You can cancel this in the menu of the icon.")
        text, now = self._with_others(self.counting), lambda: self.counting
        self.notice.emit(Notice(title, text, resume=session.session, hint=hint, now=now))

    def count_down_anew(self, seconds: int, begin: Callable[[], None]) -> None:
        """A new run of which nothing is on the disk yet is begun again when they are over."""
        self._counted = None
        self._countdown.start(seconds, begin)
        hint = tr("You can cancel this in the menu of the icon.")
        title, now = tr("{name}: cut off", name=tr("New session")), lambda: self.counting
        self.notice.emit(Notice(title, self.counting, hint=hint, now=now))

    def _with_others(self, text: str) -> str:
        """What else could go on, so that nobody resumes the wrong one."""
        names = [name for _, name in self.others]
        if not names:
            return text
        shown = tr(", ").join(names[:NAMED])
        if len(names) > NAMED:
            also = tr("Also unfinished: {names} and {n} more.", names=shown, n=len(names) - NAMED)
        else:
            also = tr("Also unfinished: {names}.", names=shown)
        return f"{text}\n{also}"


def missing_text(answer: object) -> str:
    """The errors in the answer of `so8t ready --json` as one text; empty where the session can go on."""
    findings = answer.get("findings") if isinstance(answer, dict) else None
    errors = [finding for finding in findings or [] if isinstance(finding, dict) and finding.get("level") == "error"]
    return "\n".join(messages.whole(finding) for finding in errors)


def countdown_text(seconds: int, name: str) -> str:
    return tr("{name} will be resumed in {time}.", name=name, time=messages.duration(seconds)) if seconds else ""
