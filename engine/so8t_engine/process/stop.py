"""The wish to end, wherever it comes from: the window, a signal, a console that closes, an output nobody reads."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable

from so8t_engine.errors import EXIT_INTERRUPTED
from so8t_engine.process import windows_console
from so8t_engine.protocol import Message, decode
from so8t_engine.run.control import pause_reason
from so8t_engine.sentences import Sentence, from_json, sentence

LOOK_SECONDS = 0.2


class Stop:
    """The first reason to end, passed on to the run; and the window's other commands, on their way to it.

    May be told by any thread and by a signal handler, so it holds no lock.
    """

    def __init__(self) -> None:
        self.reason: Sentence | None = None
        self._pause: Callable[[Sentence], None] | None = None
        self._relay: Callable[[str], None] | None = None
        self._end: Callable[[], None] | None = None
        self._console: object = None
        self.says: Callable[[Sentence], None] | None = None  # to somebody at a terminal, who may wait for seconds

    def listen(self) -> Stop:
        """To signals. The end of a terminal that we were told not to heed (nohup) is not heeded."""
        for name in REASONS:
            number = getattr(signal, name, None)
            if number is not None and not (name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN):
                signal.signal(number, self._asked)
        if sys.platform == "win32":
            self._console = windows_console.hold(lambda: self.wish(sentence("run.pause_terminal_closed")))
        return self

    def forward_to(
        self,
        pause: Callable[[Sentence], None] | None,
        relay: Callable[[str], None] | None = None,
        end: Callable[[], None] | None = None,
    ) -> None:
        """The run that is to hear it; None while there is none. `end` is called before we leave at once."""
        self._pause, self._relay, self._end = pause, relay, end
        if pause is not None and self.reason is not None:
            pause(self.reason)

    def wish(self, reason: Sentence) -> None:
        """Only the first one counts."""
        if self.reason is None:
            self.reason = reason
            if self._pause is not None:
                self._pause(reason)

    def told(self, message: Message) -> None:
        """By the run itself, which may have a reason of its own to pause."""
        if message.name == "pause":
            self.wish(from_json(message.data["reason"]))

    def obey(self, lines: Iterable[str]) -> None:
        """The window's commands, until it is gone. Between two processes only a pause means anything."""
        for line in lines:
            command = decode(line)
            if command is not None and command.name == "pause":
                self.wish(pause_reason(command))
            elif command is not None and self._relay is not None:
                self._relay(line)
        self.wish(sentence("run.pause_window_closed"))

    def wait(self, seconds: float) -> None:
        """Sleeps until there is a reason to stop."""
        until = time.monotonic() + seconds
        while self.reason is None and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, LOOK_SECONDS))

    def _asked(self, number: int, _frame: object) -> None:
        if self.reason is not None and number == signal.SIGINT:
            self._say("commands.ended_at_once")
            if self._end is not None:
                self._end()
            os._exit(EXIT_INTERRUPTED)
        self.wish(REASONS[signal.Signals(number).name])  # before it is said: who reads that may press again at once
        if number == signal.SIGINT:
            self._say("commands.pausing")

    def _say(self, code: str) -> None:
        if self.says is not None:
            self.says(Sentence(code))


REASONS = {
    "SIGINT": sentence("run.pause_ctrl_c"),
    "SIGTERM": sentence("run.pause_by_system"),
    "SIGHUP": sentence("run.pause_terminal_closed"),
    "SIGBREAK": sentence("run.pause_ctrl_c"),
}


def listen_in_thread(stop: Stop, lines: Iterable[str]) -> None:
    threading.Thread(target=stop.obey, args=(lines,), daemon=True).start()
