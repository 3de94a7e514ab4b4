"""Our programs as forks of one process that has loaded their code: what a test starts is a process as any other, with
its own number, signals, pipes and end, but without the seconds in which Python and its libraries are loaded.

The process that forks is shared by all tests that want the same modules, in whatever process these run; it goes with
the last of them. A program that it became forks in its turn for the ones it starts itself: a supervisor's worker,
llama.cpp's process. What is about the start itself has the real one (program.py), which is also what stands here where
processes do not fork (Windows) or libraries do not bear it (macOS).
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import hashlib
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, TextIO

from helpers.paths import TESTS

FORKS = sys.platform == "linux"
LONGEST = 1 << 17  # bytes of a request
STREAMS = 3


class Forked(subprocess.Popen[str]):
    """`python -m MODULE ARGUMENTS`. What waits for a process asks the one that has forked it."""

    def __init__(
        self, loaded: Sequence[str], module: str, arguments: Sequence[str], environment: Mapping[str, str],
        *, new_session: bool = False, given: Sequence[int | None] = (None, None, None),
    ) -> None:  # fmt: skip
        """`given`: descriptors for standard input, output and error; a pipe where there is none."""
        self.args, self.returncode, self._child_created = [sys.executable, "-m", module, *arguments], None, False
        pipes = [os.pipe() if end is None else (end, end) for end in given]
        ours = [pipes[0][1], pipes[1][0], pipes[2][0]]
        theirs = [pipes[0][0], pipes[1][1], pipes[2][1]]
        self._asked = _connected(loaded)
        request = [module, list(arguments), dict(environment), str(Path.cwd()), new_session]
        socket.send_fds(self._asked, [json.dumps(request).encode()], theirs)
        streams: list[TextIO | None] = [None] * STREAMS
        for number, end in enumerate(given):
            if end is None:
                os.close(theirs[number])
                streams[number] = os.fdopen(ours[number], "r" if number else "w", 1, "utf-8")
        self.stdin, self.stdout, self.stderr = streams
        self.pid = int(self._asked.recv(LONGEST))
        self._child_created, self._communication_started, self._input, self.text_mode = True, False, None, True
        self._asking, self._sigint_wait_secs = threading.Lock(), 0.25

    def _wait(self, timeout: float | None) -> int | None:
        with self._asking:
            if self.returncode is None:
                self._asked.settimeout(timeout)
                try:
                    self.returncode = int(self._asked.recv(LONGEST))
                except (TimeoutError, BlockingIOError):
                    raise subprocess.TimeoutExpired(self.args, timeout or 0) from None
                self._asked.close()
        return self.returncode

    def _internal_poll(self, *_: Any, **__: Any) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._wait(0)
        return self.returncode


_held: dict[tuple[str, ...], socket.socket] = {}  # as long as one is open, the process that forks stays


def _connected(loaded: Sequence[str]) -> socket.socket:
    """To the process that has loaded these modules; starts it where there is none."""
    key = tuple(loaded)
    if key not in _held:
        _held[key] = _first(key)
    try:
        return _opened(key)
    except OSError:  # it has gone in the meantime
        _held[key] = _first(key)
        return _opened(key)


def _first(key: tuple[str, ...]) -> socket.socket:
    while True:
        try:
            return _opened(key)
        except ConnectionRefusedError:
            serving = [sys.executable, "-m", "helpers.forks", _address(key), *key]
            started = subprocess.Popen(
                serving, cwd=TESTS, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=_of_the_loader(), start_new_session=True,
            )  # fmt: skip
            assert started.stdout is not None
            with started.stdout:
                started.stdout.read()  # it listens, or another one does
            started.returncode = 0  # it is nobody's to wait for


def _of_the_loader() -> dict[str, str]:
    """What libraries look at while they are loaded, as a worker has it."""
    from so8t_engine.process.in_this_process import SETTINGS

    return {**os.environ, **SETTINGS, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}


def _opened(key: tuple[str, ...]) -> socket.socket:
    opened = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        opened.connect("\0" + _address(key))
    except OSError:
        opened.close()
        raise
    return opened


def _address(key: tuple[str, ...]) -> str:
    """In Linux's name space without files, of this run of the tests."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    return f"so8t-forks-{run}-{hashlib.sha256(' '.join(key).encode()).hexdigest()[:16]}"


class Forking(subprocess.Popen[Any]):
    """In a program that was forked: one of ours is forked again, any other starts as always."""

    def __init__(
        self, command: Sequence[str], *, env: Mapping[str, str] | None = None, pass_fds: Sequence[int] = (), **more: Any
    ) -> None:
        if [*command[:2]] == [sys.executable, "-m"] and command[2].startswith("so8t_engine."):
            variables = os.environ if env is None else env
            more["preexec_fn"] = partial(_become, *command[2:3], command[3:], variables, pass_fds)
        super().__init__(command, env=env, pass_fds=pass_fds, **more)


def run(
    loaded: Sequence[str], module: str, *arguments: object, variables: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """To its end, with what it printed; without a standard input of its own."""
    words = [*map(str, arguments)]
    if not FORKS:
        command = [sys.executable, "-m", module, *words]
        return subprocess.run(command, capture_output=True, text=True, env=variables, timeout=500, check=False)
    with Forked(loaded, module, words, variables, given=(0, None, None)) as made:
        try:
            out, err = made.communicate(timeout=500)
        except BaseException:
            made.kill()
            raise
    return subprocess.CompletedProcess(made.args, made.returncode, out, err)


def serve(address: str, modules: Sequence[str]) -> None:
    """Until nobody holds a connection any more."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with contextlib.suppress(OSError):  # another was first: so it is gone again
        listener.bind("\0" + address)
        listener.listen(1000)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whoever started it goes on; it waits for its own answer
        for name in modules:
            getattr(import_module(name), "install", lambda: None)()
        sys.path.remove(str(TESTS))
        subprocess.Popen = Forking  # type: ignore[misc]
        gc.collect()
        gc.freeze()
        _forks(listener)


def _forks(listener: socket.socket) -> None:
    with selectors.DefaultSelector() as waiting:
        waiting.register(listener, selectors.EVENT_READ)
        asking, children = 0, dict[int, tuple[int, socket.socket]]()
        while True:
            for key, _ in waiting.select():
                if key.fileobj is listener:
                    asked, _ = listener.accept()
                    waiting.register(asked, selectors.EVENT_READ)
                    asking += 1
                elif isinstance(key.fileobj, socket.socket):
                    body, streams, *_ = socket.recv_fds(key.fileobj, LONGEST, STREAMS)
                    if not body:
                        waiting.unregister(key.fileobj)
                        key.fileobj.close()
                        asking -= 1
                        if not asking:
                            return
                        continue
                    pid = _forked(json.loads(body), streams)
                    for end in streams:
                        os.close(end)
                    with contextlib.suppress(OSError):
                        key.fileobj.send(str(pid).encode())
                    ended = os.pidfd_open(pid)
                    children[ended] = pid, key.fileobj
                    waiting.register(ended, selectors.EVENT_READ)
                else:
                    ended = key.fd
                    pid, asker = children.pop(ended)
                    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                    waiting.unregister(ended)
                    os.close(ended)
                    with contextlib.suppress(OSError):  # the asker may be gone
                        asker.send(str(code).encode())


def _forked(request: list[Any], streams: Sequence[int]) -> int:
    module, arguments, variables, folder, new_session = request
    pid = os.fork()
    if pid == 0:
        os.chdir(folder)
        if new_session:
            os.setsid()
        for number, end in enumerate(streams):
            os.dup2(end, number)
        _become(module, arguments, variables)
    return pid


def _become(module: str, arguments: Sequence[str], variables: Mapping[str, str], kept: Sequence[int] = ()) -> None:
    """This process is `python -m MODULE ARGUMENTS` from here to its end, with no other descriptor than these."""
    code: object = 0
    try:
        gc.freeze()  # what was open before is not closed again: its number may be another's
        gc.enable()  # it is off while Popen forks
        _as_started(module, arguments, dict(variables), kept)
        sys.modules.pop(f"{module}.__main__" if f"{module}.__main__" in sys.modules else module, None)
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as error:
        code = error.code
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
        code = 1
    finally:
        _end(code)


def _as_started(module: str, arguments: Sequence[str], variables: dict[str, str], kept: Sequence[int]) -> None:
    opened = sorted({0, 1, 2, *kept})
    for before, after in pairwise([*opened, os.sysconf("SC_OPEN_MAX")]):
        os.closerange(before + 1, after)
    signal.set_wakeup_fd(-1)
    for number in signal.valid_signals():
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_IGN)
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(variables)
    time.tzset()
    _, _, printed = variables.get("PYTHONIOENCODING", "").partition(":")
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        errors = "backslashreplace" if number == 2 else printed or "strict"
        stream = os.fdopen(number, "w" if number else "r", 1 if number == 2 else -1, "utf-8", errors, closefd=False)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    sys.argv = [module, *arguments]
    sys.orig_argv[:] = [sys.executable, "-m", module, *arguments]
    sys.path[:0] = filter(None, variables.get("PYTHONPATH", "").split(os.pathsep))
    if variables.get("PYTHONPATH"):
        sys.modules.pop("sitecustomize", None)
        with contextlib.suppress(ImportError):
            import_module("sitecustomize")


def _end(code: object) -> None:
    """As Python's own end: threads, what was registered for it, streams."""
    try:
        if code is not None and not isinstance(code, int):
            print(code, file=sys.stderr)
            code = 1
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    finally:
        os._exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2:])
