"""Keeps a session's engine running: starts it as a child, watches it, and replaces it where a new process can help.

Nothing heavy is imported here and nothing of the session is in this process's memory: all a new child needs is on the
disk. Memory that ran out, a failed GPU, a crash, a hang: the child ends, the next one resumes after a growing pause.
Three of them without progress, and the run stops with a sentence.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO, TextIO

from so8t_engine import lock, orphans, store
from so8t_engine.errors import CODES, EXIT_RETRY, EngineError
from so8t_engine.protocol import MAX_LINE_BYTES, Message, decode, encode
from so8t_engine.watchdog import Watchdog

DELAYS = (5.0, 30.0, 120.0)
DELAYS_VARIABLE = "SO8T_RETRY_SECONDS"  # `5,30,120`; tests do not wait that long
LOOK_SECONDS = 5.0
WINDOWS_CRASH = 0xC000_0000  # exit codes from here on are exceptions nobody handled

Emit = Callable[[Message], None]


@dataclass(frozen=True)
class Ending:
    """How a child ended: its exit code, and the watchdog's sentence where it had to be killed."""

    code: int
    stuck: str | None = None


@dataclass(frozen=True)
class Trouble:
    """Why a child has to be replaced: a code of errors.CODES and a sentence."""

    code: str
    sentence: str


def trouble_of(ending: Ending, error: dict[str, str] | None) -> Trouble | None:
    """None where the child ended as it wanted to; `error` is what it left in the session's state."""
    if ending.stuck is not None:
        return Trouble("stuck", f"{ending.stuck} The process was ended; its log shows where it stood.")
    if ending.code == EXIT_RETRY:
        known = error or {}
        return Trouble(known.get("code", "crashed"), known.get("sentence", "The engine asked to be replaced."))
    if ending.code < 0 or ending.code >= WINDOWS_CRASH:
        return Trouble("crashed", f"The engine's process died ({_died(ending.code)}).")
    return None


def next_delay(tries: int, delays: Sequence[float]) -> float | None:
    """Seconds before the next start after `tries` starts without progress; None where it is enough."""
    return delays[tries] if tries < len(delays) else None


def delays() -> tuple[float, ...]:
    given = os.environ.get(DELAYS_VARIABLE)
    return tuple(float(part) for part in given.split(",")) if given else DELAYS


class Supervisor:
    """One session, one child at a time. Has state because children come and go while wishes arrive from outside.

    `arguments` are the worker's; `words` is where it speaks (our own standard output), `commands` where a window's
    commands come from, None without a window.
    """

    def __init__(
        self,
        session: Path,
        arguments: Sequence[str],
        words: TextIO,
        emit: Emit,
        commands: IO[str] | None,
        stuck_seconds: float,
        from_start: bool = False,
    ) -> None:
        self._session, self._arguments, self._words = session, list(arguments), words
        self._emit, self._commands, self._stuck_seconds = emit, commands, stuck_seconds
        self._from_start = from_start
        self._child: subprocess.Popen[bytes] | None = None
        self._leaving: str | None = None
        self._woken = threading.Event()
        self._gate = threading.Lock()

    def run(self) -> int:
        """Until the session is finished, paused or failed; returns the exit code to end with."""
        for number in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
            if hasattr(signal, number):
                signal.signal(getattr(signal, number), self._asked)
        if self._commands is not None:
            threading.Thread(target=self._relay, args=(self._commands,), daemon=True).start()
        tries, place, cause = 0, self._place(), None
        while True:
            ending = self._watch(cause)
            trouble = trouble_of(ending, self._error())
            if trouble is None:
                return ending.code
            here = self._place()
            tries = tries if here == place else 0
            delay = next_delay(tries, delays())
            if delay is None or self._leaving is not None:
                return self._give_up(trouble, tries)
            tries, place = tries + 1, here
            cause = trouble.code if trouble.code in ("stuck", "crashed") else None
            about = {"code": trouble.code, "sentence": trouble.sentence, "attempt": tries, "in_seconds": delay}
            self._emit(Message("restarting", about))
            self._woken.wait(delay)
            if self._leaving is not None:
                return self._give_up(trouble, tries)

    def _watch(self, cause: str | None) -> Ending:
        """One child, from its start to its end."""
        command = [sys.executable, "-m", "so8t_engine.worker", str(self._session), *self._arguments]
        command += ["--parent", str(os.getpid()), "--stuck-seconds", str(self._stuck_seconds)]
        command += ["--cause", cause] if cause else []
        command += ["--from-start"] if self._from_start else []
        self._from_start = False
        self._words.flush()
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=self._words)
        kept = orphans.contain(child)
        ended = threading.Event()
        threading.Thread(target=_wait, args=(child, ended), daemon=True).start()
        with self._gate:
            self._child = child
        if self._leaving is not None:  # said before there was anyone to hear it
            self._ask(self._leaving)
        watchdog, sentence = Watchdog(self._session, child.pid, self._stuck_seconds), None
        look = min(LOOK_SECONDS, self._stuck_seconds / 5)
        while not ended.wait(look):
            sentence = watchdog.stuck()
            if sentence is not None:
                child.kill()  # a stopped process too
                ended.wait()
        with self._gate:
            self._child = None
        del kept
        return Ending(child.returncode, sentence)

    def _asked(self, number: int, _frame: FrameType | None) -> None:
        """Ctrl+C reaches only this process's handler: the child ignores it and is asked to pause, once."""
        if self._leaving is not None and number == signal.SIGINT:
            if self._child is not None:
                self._child.kill()
            os._exit(130)
        reason = "Ctrl+C" if number == signal.SIGINT else "the system asked to stop"
        threading.Thread(target=self._leave, args=(reason,), daemon=True).start()  # a handler must take no lock
        self._leaving = self._leaving or reason

    def _relay(self, commands: IO[str]) -> None:
        """What the window says goes to the child; the end of it means: save and leave."""
        while line := commands.readline(MAX_LINE_BYTES + 1):
            command = decode(line)
            if command is not None and command.name == "pause":
                self._leave("asked by the window")  # also while no child is there to hear it
            else:
                self._tell(line)
        self._leave("the window closed")

    def _leave(self, reason: str) -> None:
        self._leaving = self._leaving or reason
        self._woken.set()
        self._ask(reason)

    def _ask(self, reason: str) -> None:
        self._tell(encode(Message("pause", {"reason": reason})))

    def _tell(self, line: str) -> None:
        with self._gate:
            if self._child is None or self._child.stdin is None:
                return
            try:
                self._child.stdin.write(line.encode())
                self._child.stdin.flush()
            except OSError:
                pass  # it is ending by itself

    def _give_up(self, trouble: Trouble, tries: int) -> int:
        """The session stays usable: only its status changes."""
        sentence = trouble.sentence
        if self._leaving is None:
            sentence += f" It was started again {tries} times without getting further."
        kind = CODES[trouble.code]
        about = {"code": trouble.code, "sentence": sentence, "action": kind.action}
        try:
            with lock.held(self._session, {"pid": os.getpid()}):
                state = store.read_state(self._session)
                store.write_state(self._session, state.changed(status="failed", error=about))
        except (EngineError, OSError):
            pass  # the sentence is said all the same
        self._emit(Message("failed", about))
        return kind.exit_code

    def _place(self) -> tuple[object, ...]:
        """Changes with progress: the saved cursor, and what was changed to get on."""
        try:
            state = store.read_state(self._session)
        except (EngineError, OSError):
            return ()
        return state.cursor.step, state.cursor.unit, *sorted(state.adjustments.items())

    def _error(self) -> dict[str, str] | None:
        try:
            return store.read_state(self._session).error
        except (EngineError, OSError):
            return None


def _wait(child: subprocess.Popen[bytes], ended: threading.Event) -> None:
    child.wait()
    ended.set()


def _died(code: int) -> str:
    if code >= 0:
        return f"exit code {code:#x}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
