"""The engine as a child of the window: commands to it, events from it, in batches.

The child watches over the process that does the work (so8t_engine/process/supervisor.py). When its stdin closes, for
whatever reason, it saves and leaves; when it is killed, the worker dies with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from so8t_engine.protocol import MAX_LINE_BYTES, PROTOCOL_VERSION, Message, decode, encode
from so8t_engine.sentences import sentence
from so8t_gui.engine.events import Event, Exited, Garbage, NotStarted, Pausing, Silent, Started
from so8t_gui.engine.interpreter import engine_environment, engine_python

BATCH_MS = 100  # events are handed on this often; the window redraws no faster
SILENT_SECONDS = 120.0  # the engine itself replaces a process that hangs; this only says so
ERROR_LINE = 400  # characters of the last line on standard error
KILL_AFTER_MS = 5_000


def program() -> tuple[str, ...]:
    return (engine_python(), "-m", "so8t_engine")


class Lines:
    """Splits what arrives into lines; one that is too long is given once, cut, and skipped to its end."""

    def __init__(self, limit: int = MAX_LINE_BYTES) -> None:
        self._limit, self._rest, self._skipping = limit, b"", False

    def feed(self, data: bytes) -> list[str]:
        *lines, rest = (self._rest + data).split(b"\n")
        if lines and self._skipping:
            lines, self._skipping = lines[1:], False
        if len(rest) > self._limit:
            if not self._skipping:
                lines.append(rest[:200])
            self._skipping, rest = True, b""
        self._rest = rest
        return [line.decode("utf-8", "replace") for line in lines if line.strip()]


class EngineProcess(QObject):
    """`happened` carries lists of events in their order; the last one of a process is Exited or NotStarted.

    An engine whose `hello` names another protocol is ended at once, and nothing else of it is handed on.
    """

    happened = Signal(list)

    def __init__(
        self,
        parent: QObject | None = None,
        command: Sequence[str] = (),
        silent_seconds: float = SILENT_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._command, self._clock, self._silent_after = tuple(command), clock, silent_seconds
        self._process: QProcess | None = None
        self._lines, self._errors = Lines(), b""
        self._pending: list[Event] = []
        self._heard, self._silence_told = 0.0, 0.0
        self._refused = False
        self._batch = QTimer(self, singleShot=True, interval=BATCH_MS)
        self._batch.timeout.connect(self._hand_on)
        self._watch = QTimer(self, interval=1_000)
        self._watch.timeout.connect(self._look)

    @property
    def running(self) -> bool:
        return self._process is not None

    def start(self, argv: Sequence[str], session: str = "", title: str = "", **environment: str) -> None:
        """`run ...` or `resume ...`, as `so8t-engine --help` lists them. Only when none is running."""
        if self._process is not None:
            return
        self._lines, self._errors, self._heard, self._silence_told = Lines(), b"", self._clock(), 0.0
        self._refused = False
        process = self._process = QProcess(self)
        process.setProcessEnvironment(engine_environment(environment))
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._trouble)
        self._add(Started(session, title, resumed_folder(argv) if session else ""))
        command = [*(self._command or program()), *argv]
        process.start(command[0], command[1:])
        self._watch.start()
        self._batch.stop()
        self._hand_on()  # what stood there before is not seen again meanwhile

    def pause(self, why: str = "") -> None:
        """The engine saves at its next restart point and leaves. `why`: `suspend`, `quit`; else by the user."""
        if self._process is not None:
            self._process.write(encode(Message("pause", {"why": why} if why else {})).encode())
            self._add(Pausing())

    def save(self) -> None:
        if self._process is not None:
            self._process.write(encode(Message("save")).encode())

    def kill(self) -> None:
        """What was not saved is lost, at most as much as a power cut would cost."""
        if self._process is not None:
            self._process.kill()

    def leave(self, wait_ms: int) -> bool:
        """At the end of the window: asks for a pause, waits, then kills. Whether the engine left in time."""
        process = self._process
        if process is None:
            return True
        process.write(encode(Message("pause", {"why": "logoff"})).encode())
        process.closeWriteChannel()
        if process.waitForFinished(wait_ms):
            return True
        process.kill()
        process.waitForFinished(KILL_AFTER_MS)
        return False

    def _read(self) -> None:
        if self._process is None:
            return
        data = self._process.readAllStandardOutput().data()
        for line in self._lines.feed(bytes(data)):
            if not self._refused:
                self._hear(decode(line) or Garbage(line))

    def _hear(self, event: Event) -> None:
        if isinstance(event, Message) and event.name == "hello":
            self._refused = event.data.get("protocol") != PROTOCOL_VERSION
            if self._refused:
                self.kill()
        self._add(event)

    def _read_errors(self) -> None:
        if self._process is not None:
            self._errors = (self._errors + bytes(self._process.readAllStandardError().data()))[-4_096:]

    def _add(self, event: Event) -> None:
        if isinstance(event, Message):
            self._heard = self._clock()
        self._pending.append(event)
        if not self._batch.isActive():
            self._batch.start()

    def _hand_on(self) -> None:
        events, self._pending = self._pending, []
        if events:
            self.happened.emit(events)

    def _look(self) -> None:
        silence = self._clock() - max(self._heard, self._silence_told)
        if silence >= self._silent_after:
            self._silence_told = self._clock()
            self._add(Silent(self._clock() - self._heard))

    def _finished(self, code: int, how: QProcess.ExitStatus) -> None:
        self._read()
        self._read_errors()
        lines = self._errors.decode("utf-8", "replace").strip().splitlines()
        error_line = lines[-1][-ERROR_LINE:] if lines else ""
        self._over(Exited(code, how == QProcess.ExitStatus.CrashExit, error_line))

    def _trouble(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            why = self._process.errorString()
            self._over(NotStarted(sentence("window.not_started", why=why)))

    def _over(self, event: Event) -> None:
        process, self._process = self._process, None
        self._watch.stop()
        self._add(event)
        self._batch.stop()
        self._hand_on()
        if process is not None:
            process.deleteLater()


def resume_arguments(session: Path) -> list[str]:
    """Of the engine, to go on with this session folder."""
    return ["resume", session.name, "--data-root", str(session.parent)]


def resumed_folder(argv: Sequence[str]) -> str:
    """The folder that was meant by `resume_arguments`; empty for all others."""
    match argv:
        case ["resume", name, "--data-root", root, *_]:
            return str(Path(root) / name)
        case _:
            return ""
