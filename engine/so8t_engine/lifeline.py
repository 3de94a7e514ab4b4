"""Children that end with this process, whichever way it ends: killed, crashed, left by the system.

A child of ours holds one end of a pipe and leaves when the other end is gone (`leave_with_parent`): the same on every
system. A program that somebody else made knows no pipe, so a child of ours stands between (this module, run): it holds
the pipe, ends the program where that ends, and has its exit code. The kernel ties the program to that child besides
(Linux: parent death signal; Windows: a job), but not what the program starts itself: Ollama's server stays.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple

from so8t_engine import child_pipes, windows_job

LIFELINE, TROUBLE = "SO8T_LIFELINE", "SO8T_TROUBLE"
LEFT_TO_PARENT = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
PR_SET_PDEATHSIG = 1
MOMENT = 0.5  # seconds
WITHOUT_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # of Windows
NO_START = 127


class Returned(NamedTuple):
    """As subprocess.run has it: a signal that ended it is a negative code."""

    code: int
    stdout: bytes
    stderr: bytes


def call(command: Sequence[str]) -> Returned:
    """A program of somebody else's, to its end. Raises OSError where the system does not start it."""
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        guard = [sys.executable, "-m", __name__, *command]
        child = child_pipes.start(guard, os.environ, stdout, stderr, down=LIFELINE, up=TROUBLE)
        with os.fdopen(child.up, "rb") as up:
            try:
                code = waited(child.process)
            finally:
                os.close(child.down)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(10 * MOMENT)
                child.process.kill()
                child.process.wait()
            trouble = up.read()
        if trouble:
            number, why = json.loads(trouble)
            raise OSError(number, why, command[0])
        stdout.seek(0)
        stderr.seek(0)
        return Returned(code, stdout.read(), stderr.read())


def waited(process: subprocess.Popen[bytes]) -> int:
    """Its exit code. Looked at now and then: on Windows a wait without end hears no Ctrl+C."""
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(MOMENT)


def leave_with_parent() -> None:
    """Of a child that was given a pipe for that (LIFELINE): it ends when the other end does."""
    _at_the_end_of(child_pipes.to_read(LIFELINE), lambda: os._exit(1))


def die_with_parent() -> None:
    """Linux: the kernel kills this process with its parent, to be exact with the thread that started it."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


def _at_the_end_of(lifeline: int | None, leave: Callable[[], None]) -> None:
    def wait() -> None:
        child_pipes.read(end)
        leave()

    if lifeline is not None:
        end = lifeline
        threading.Thread(target=wait, daemon=True).start()


def _guard(command: Sequence[str]) -> int:
    """Of the child between: the program's exit code. Signals are left to the parent, whose end ends the program."""
    lifeline, trouble = child_pipes.to_read(LIFELINE), child_pipes.to_write(TROUBLE)
    if lifeline is None or trouble is None:
        raise SystemExit("This is a part of SO8T that it starts itself.")
    for name in LEFT_TO_PARENT:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    try:
        program = _started(command)
    except OSError as error:
        os.write(trouble, json.dumps([error.errno or 0, error.strerror or str(error)]).encode())
        return NO_START
    _at_the_end_of(lifeline, program.kill)
    return waited(program)


if sys.platform == "win32":

    def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
        program = subprocess.Popen(command, stdin=subprocess.DEVNULL, creationflags=WITHOUT_CONSOLE)
        with contextlib.suppress(OSError):  # the pipe is enough
            windows_job.take_along(program, children=False)
        return program

    def _leave(code: int) -> None:
        os._exit(code - (1 << 32) if code >= 1 << 31 else code)  # 0xC0000005 and the like

else:

    def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
        """No thread of this process runs yet."""
        tied = die_with_parent if sys.platform == "linux" else None
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=tied)

    def _leave(code: int) -> None:
        if code < 0:  # ended by a signal: so does this process
            with contextlib.suppress(OSError):  # of SIGKILL
                signal.signal(-code, signal.SIG_DFL)
            os.kill(os.getpid(), -code)
        os._exit(code)


if __name__ == "__main__":
    _leave(_guard(sys.argv[1:]))
