"""Parent and child processes: what a child inherits, and that it never outlives its parent; platform by platform.

Linux: the kernel kills a child whose parent has died. Windows: both are in a job that ends with its last handle.
Elsewhere: a pipe only the parent holds; its end means pause.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TextIO

from so8t_engine.sentences import Sentence, sentence

PIPE, PARENT, LIFELINE = "SO8T_SIGNS", "SO8T_PARENT", "SO8T_LIFELINE"
PR_SET_PDEATHSIG = 1

if sys.platform == "win32":
    import msvcrt

    from so8t_engine.process import windows_job

    def start(
        command: Sequence[str], stdout: TextIO, environment: Mapping[str, str]
    ) -> tuple[subprocess.Popen[bytes], TextIO]:
        read, write = os.pipe()
        handle = msvcrt.get_osfhandle(write)
        os.set_handle_inheritable(handle, True)
        about = subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]})
        inherited = {**environment, PIPE: str(handle), PARENT: str(os.getpid())}
        process = subprocess.Popen(command, stdout=stdout.fileno(), env=inherited, startupinfo=about, close_fds=True)
        os.close(write)
        windows_job.take_along(process)
        return process, os.fdopen(read, encoding="utf-8", errors="replace")

    def signs_pipe() -> int | None:
        handle = os.environ.pop(PIPE, None)
        return None if handle is None else msvcrt.open_osfhandle(int(handle), os.O_WRONLY)

    def stay_with_parent(pause: Callable[[Sentence], None]) -> None:
        os.environ.pop(PARENT, None)  # the job does it

    def ask(process: subprocess.Popen[bytes], interrupted: bool) -> None:
        """Nothing to do: Ctrl+C reaches every process of a console, and there is no other signal."""

    def end(process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()

    def hear_signals(pause: Callable[[Sentence], None]) -> None:
        def asked(number: int, _frame: object) -> None:
            pause(sentence("run.pause_ctrl_c"))

        signal.signal(signal.SIGINT, asked)

else:
    ASKING = {signal.SIGUSR1: sentence("run.pause_ctrl_c"), signal.SIGTERM: sentence("run.pause_by_system")}
    BLOCKED = {*ASKING, signal.SIGINT}

    def start(
        command: Sequence[str], stdout: TextIO, environment: Mapping[str, str]
    ) -> tuple[subprocess.Popen[bytes], TextIO]:
        """The child and what it says of itself. Only from the main thread: Linux ties the child to the thread.

        Signals that ask for a pause wait until the child hears them (`hear_signals`); none is lost, none kills it.
        """
        read, write = os.pipe()
        inherited = {**environment, PIPE: str(write), PARENT: str(os.getpid())}
        passed = [write]
        if sys.platform != "linux":
            end, _held = os.pipe()  # the other end stays open as long as this process lives
            inherited[LIFELINE] = str(end)
            passed.append(end)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, BLOCKED)
        try:
            process = subprocess.Popen(command, stdout=stdout.fileno(), env=inherited, pass_fds=passed)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            for end in passed:
                os.close(end)
        return process, os.fdopen(read, encoding="utf-8", errors="replace")

    def signs_pipe() -> int | None:
        """The child's end, which its own children do not get; None where nobody watches."""
        number = os.environ.pop(PIPE, None)
        if number is None:
            return None
        os.set_inheritable(int(number), False)
        return int(number)

    def stay_with_parent(pause: Callable[[Sentence], None]) -> None:
        """From here on this process ends with its parent; at once where that is gone already."""
        parent = os.environ.pop(PARENT, None)
        lifeline = os.environ.pop(LIFELINE, None)
        if sys.platform == "linux":
            ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        elif lifeline is not None:
            os.set_inheritable(int(lifeline), False)
            threading.Thread(target=_until_end, args=(int(lifeline), pause), daemon=True).start()
        if parent is not None and os.getppid() != int(parent):
            os._exit(1)

    def _until_end(lifeline: int, pause: Callable[[Sentence], None]) -> None:
        os.read(lifeline, 1)
        pause(sentence("run.pause_supervisor_gone"))

    def ask(process: subprocess.Popen[bytes], interrupted: bool) -> None:
        """Passes a wish to pause on. Ctrl+C in a terminal reaches the child too, which leaves it to its parent."""
        process.send_signal(signal.SIGUSR1 if interrupted else signal.SIGTERM)

    def end(process: subprocess.Popen[bytes]) -> None:
        """Safe in a signal handler, where Popen.wait may be holding its own lock."""
        process.kill()
        try:
            os.waitpid(process.pid, 0)
        except ChildProcessError:
            pass  # it had ended by itself

    def hear_signals(pause: Callable[[Sentence], None]) -> None:
        """In the child."""
        for number, reason in ASKING.items():
            signal.signal(number, lambda _number, _frame, reason=reason: pause(reason))  # type: ignore[misc]
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, BLOCKED)
