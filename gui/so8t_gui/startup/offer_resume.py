"""What becomes of the newest unfinished session: found without an engine, offered or resumed by the user's rule.

Has state because what was found is offered until something else is found.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from so8t_engine.session import catalog
from so8t_gui.desktop.background import Background
from so8t_gui.engine.queries import QueryPool
from so8t_gui.i18n.translate import tr
from so8t_gui.runner import counting_words, missing_words
from so8t_gui.startup import unfinished_session
from so8t_gui.startup.countdown import Countdown
from so8t_gui.startup.unfinished_session import Found
from so8t_gui.view.notifications import Notice

RECENT = 8


class StartUp(QObject):
    """`looked(recent)`: the newest sessions, as Found; `resume(session)`; `notice(Notice, session to resume)`.

    `counted()`: the countdown moved on, or is over.
    """

    looked = Signal(list)
    resume = Signal(str)
    notice = Signal(object, str)
    counted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.newest: Found | None = None
        self._background, self._desk = Background(self), QueryPool(self)
        self._countdown = Countdown(self)
        self._countdown.ticked.connect(lambda _: self.counted.emit())

    @property
    def counting(self) -> str:
        """That a session is resumed soon, in words; empty where none is."""
        return counting_words(self._countdown.left, self.newest.words if self.newest else "")

    @property
    def offered(self) -> tuple[str, str] | None:
        """(id, words) of what one click would resume."""
        found = self.newest
        return (found.session, found.words) if found and not found.problem else None

    def cancel(self) -> None:
        self._countdown.cancel()

    def look(self, root: Path, then: Callable[[], None] = lambda: None) -> None:
        """Reads the folder beside the window's thread."""

        def read() -> tuple[Found | None, list[Found]]:
            try:
                return unfinished_session.newest(root), [
                    unfinished_session.found(entry) for entry in catalog.newest(root, RECENT)
                ]
            except OSError:
                return None, []  # the page of sessions says what is wrong with the folder

        def show(found: tuple[Found | None, list[Found]]) -> None:
            self.newest, recent = found
            self.looked.emit(recent)
            then()

        self._background.run(read, show)

    def begin(self, rule: str, after_crash: bool) -> None:
        """What was found is offered or resumed, once it is known that this machine has what it needs."""
        found = self.newest
        wish = unfinished_session.action(rule, found, after_crash)
        if found is not None and found.problem and rule != "off":
            self.notice.emit(Notice(found.words, found.problem, "warning"), "")
        if found is None or wish == "nothing":
            return
        ask = ["ready", found.session, "--data-root", str(found.path.parent)]
        self._desk.ask(
            "ready", ask, lambda answer: self._ready(found, wish, missing_words(answer)),
            lambda _: self._ready(found, wish, ""),
        )  # fmt: skip

    def _ready(self, found: Found, wish: str, missing: str) -> None:
        if missing:
            title = tr("{name} cannot go on yet", name=found.title)
            self.notice.emit(Notice(title, missing, "warning"), "")
        elif wish == "resume":
            self._countdown.start(unfinished_session.COUNTDOWN_SECONDS, lambda: self.resume.emit(found.session))
            text = tr("{words} The menu cancels it.", words=self.counting)
            self.notice.emit(Notice(tr("An unfinished session"), text), "")
        else:
            text = tr("{name}: click here to resume it, or use the menu.", name=found.words)
            self.notice.emit(Notice(tr("An unfinished session"), text), found.session)
