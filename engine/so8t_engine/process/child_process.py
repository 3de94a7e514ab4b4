"""The supervisor and its worker: what the worker inherits, and that it never outlives the supervisor, by platform.

Linux: the kernel kills a child whose parent has died. Windows: both are in a job that ends with its last handle.
Elsewhere: the pipe of commands ends, which means pause. Signals of a terminal (Ctrl+C, its end) reach both, and are
the supervisor's to obey: it sends a command.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TextIO

from so8t_engine import child_pipes, lifeline, windows_job
from so8t_engine.errors import EngineError
from so8t_engine.process import windows_console
from so8t_engine.sentences import Sentence, sentence

SIGNS, COMMANDS, PARENT = "SO8T_SIGNS", "SO8T_COMMANDS", "SO8T_PARENT"
LEFT_TO_PARENT = ("SIGINT", "SIGHUP", "SIGBREAK")


def signs_pipe() -> int | None:
    """In the worker: where its signs of life go; None where nobody watches."""
    return child_pipes.to_write(SIGNS)


def commands_pipe() -> int | None:
    """In the worker: where commands come from; None where nobody commands."""
    return child_pipes.to_read(COMMANDS)


def _started(command: Sequence[str], stdout: TextIO, environment: Mapping[str, str]) -> child_pipes.Child:
    inherited = {**environment, PARENT: str(os.getpid())}
    return child_pipes.start(command, inherited, stdout, down=COMMANDS, up=SIGNS)


if sys.platform == "win32":

    def start(command: Sequence[str], stdout: TextIO, environment: Mapping[str, str]) -> child_pipes.Child:
        """Raises OSError where there is no process, EngineError where it could not be tied to this one."""
        child = _started(command, stdout, environment)
        try:
            windows_job.take_along(child.process)
        except OSError as error:
            end(child.process)
            os.close(child.down)
            os.close(child.up)
            raise EngineError("unexpected", sentence("process.not_tied", error=error)) from error
        return child

    def stay_with_parent() -> None:
        os.environ.pop(PARENT, None)  # the job does it

    def end(process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()

    def hear_signals(pause: Callable[[Sentence], None]) -> object:
        """In the worker. Keep what it returns."""
        for name in LEFT_TO_PARENT:
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.SIG_IGN)
        return windows_console.hold(lambda: None)  # the supervisor hears it too, and asks for a save

else:
    BLOCKED = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}

    def start(command: Sequence[str], stdout: TextIO, environment: Mapping[str, str]) -> child_pipes.Child:
        """Only from the main thread: Linux ties the child to the thread. Raises OSError where there is no process.

        Signals that ask for an end wait until the child hears them (`hear_signals`); none is lost, none kills it.
        """
        before = signal.pthread_sigmask(signal.SIG_BLOCK, BLOCKED)
        try:
            return _started(command, stdout, environment)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def stay_with_parent() -> None:
        """From here on this process ends with its parent; at once where that is gone already."""
        parent = os.environ.pop(PARENT, None)
        lifeline.die_with_parent()
        if parent is not None and os.getppid() != int(parent):
            os._exit(1)

    def end(process: subprocess.Popen[bytes]) -> None:
        """Safe in a signal handler, where Popen.wait may be holding its own lock."""
        process.kill()
        try:
            os.waitpid(process.pid, 0)
        except ChildProcessError:
            pass  # it had ended by itself

    def hear_signals(pause: Callable[[Sentence], None]) -> object:
        """In the worker. Keep what it returns."""
        signal.signal(signal.SIGTERM, lambda _number, _frame: pause(sentence("run.pause_by_system")))
        for name in LEFT_TO_PARENT:
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, BLOCKED)
        return None
