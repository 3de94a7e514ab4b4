"""A program that somebody else made ends with the process that called it, whichever way that ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from helpers.sessions import refused
from so8t_engine import lifeline
from so8t_engine.export import other_program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
PATIENCE = 60
CALLER = "import sys; from so8t_engine import lifeline; sys.exit(lifeline.call(sys.argv[1:]).code and 1)"


def program(folder: Path, lines: str) -> Path:
    path = folder / "llama-quantize"
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def ended(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.status() == psutil.STATUS_ZOMBIE
    return True


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], psutil.Process]]:
    """A process that has called a program which would write for ever; and that program."""
    told = tmp_path / "pid"
    path = program(
        tmp_path, f"trap '' TERM INT HUP; echo $$ > {told}.new; mv {told}.new {told}; while :; do sleep 0.1; done"
    )
    caller = subprocess.Popen([sys.executable, "-c", CALLER, str(path)])
    deadline = time.monotonic() + PATIENCE
    while not told.is_file() and time.monotonic() < deadline:
        time.sleep(0.02)
    called = psutil.Process(int(told.read_text()))
    yield caller, called
    for process in (caller, called):
        with contextlib.suppress(ProcessLookupError, psutil.NoSuchProcess):
            process.kill()
    caller.wait()


@pytest.mark.parametrize("killed", ["caller", "guard", "both"])
def test_that_a_program_does_not_outlive_the_process_that_called_it(
    writing: tuple[subprocess.Popen[bytes], psutil.Process], killed: str
) -> None:
    caller, called = writing
    if killed != "caller" and sys.platform != "linux":
        pytest.skip("here the pipe alone ties a program")
    guard = called.parent()
    assert guard is not None and guard.ppid() == caller.pid
    struck = {"caller": [caller.pid], "guard": [guard.pid], "both": [caller.pid, guard.pid]}[killed]
    for pid in struck:
        os.kill(pid, signal.SIGKILL)

    deadline = time.monotonic() + PATIENCE
    while not ended(called) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert ended(called)
    assert caller.wait(PATIENCE) in ((1,) if killed == "guard" else (-signal.SIGKILL,))


def test_that_its_exit_code_and_its_words_are_heard(tmp_path: Path) -> None:
    said = lifeline.call([str(program(tmp_path, "read x || echo none; echo out; echo err >&2; exit 3"))])
    assert said == (3, b"none\nout\n", b"err\n")
    assert lifeline.call([str(program(tmp_path, "kill -SEGV $$"))]).code == -signal.SIGSEGV
    unreadable = program(tmp_path, "")
    unreadable.write_bytes(b"\x7fELF no more")
    failed = refused(lambda: other_program.call(unreadable, []))
    assert failed.code == "other_program" and "could not be started" in failed.detail


def test_where_the_other_end_of_a_pipe_is_gone_a_process_leaves_and_without_one_it_never_does() -> None:
    left, (end, others) = threading.Event(), os.pipe()
    lifeline._at_the_end_of(None, left.set)
    threads = set(threading.enumerate())
    lifeline._at_the_end_of(end, left.set)
    [waiting] = set(threading.enumerate()) - threads
    assert waiting.daemon and not left.is_set()
    os.close(others)

    assert left.wait(PATIENCE)
    waiting.join()
    os.close(end)
