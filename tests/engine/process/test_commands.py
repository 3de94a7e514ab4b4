"""Commands have a way of their own: nobody reads standard input in a process that loads libraries."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from crash.toy import UNITS
from helpers.paths import TESTS, TOY
from helpers.toy_engine import (
    heard,
    log_of,
    named,
    new,
    session_in,
    start,
    told,
    until_struck,
    until_training,
)
from so8t_engine import child_pipes
from so8t_engine.errors import EXIT_PAUSED
from so8t_engine.process.command_pipe import CommandPipe
from so8t_engine.process.stop import Stop
from so8t_engine.protocol import MAX_LINE_BYTES, STEPS, Message, decode
from so8t_engine.sentences import sentence
from so8t_engine.session import lock, store

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="/proc")
PAUSE = '{"v":2,"name":"pause"}'
HEAVY = ("numpy", "torch", "pyarrow", "scipy")
UNSUPERVISED = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from crash import toy
from so8t_engine.__main__ import main
toy.install()
sys.exit(main())
"""


def stdin_of(pid: int) -> str:
    return str(Path(f"/proc/{pid}/fd/0").readlink())


def readers_of_stdin(pid: int) -> list[str]:
    """Threads that wait in read(0, ...): `syscall` holds the call's number, then its arguments."""
    calls = [(task / "syscall").read_text().split() for task in Path(f"/proc/{pid}/task").iterdir()]
    return [" ".join(call) for call in calls if call[:2] == ["0", "0x0"]]


def loaded_by(pid: int) -> set[str]:
    maps = Path(f"/proc/{pid}/maps").read_text()
    return {name for name in HEAVY if f"/{name}/" in maps}


def passed_on_by(pid: int) -> list[str]:
    """Pipes that its own children would get, beyond standard output and error."""
    found = []
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        flags = next(line for line in Path(f"/proc/{pid}/fdinfo/{descriptor.name}").read_text().splitlines()
                     if line.startswith("flags:"))  # fmt: skip
        if int(descriptor.name) > 2 and not int(flags.split()[1], 8) & os.O_CLOEXEC:
            found.append(str(descriptor.readlink()))
    return found


@LINUX
def test_that_standard_input_is_empty_and_unread_in_worker_and_supervisor(tmp_path: Path) -> None:
    """The supervisor alone hears the window, and loads no library whose start looks at the standard handles."""
    with new(tmp_path, "sleep@40", stuck_seconds=600) as engine:
        assert engine.stdin is not None
        until_struck(tmp_path)
        worker = lock.read_owner(session_in(tmp_path))["pid"]
        assert isinstance(worker, int) and worker != engine.pid
        seen = [(stdin_of(pid), readers_of_stdin(pid), passed_on_by(pid)) for pid in (engine.pid, worker)]
        heavy = loaded_by(engine.pid)
        engine.kill()

    assert seen == [("/dev/null", [], [])] * 2
    assert not heavy


@LINUX
def test_that_a_run_in_one_process_leaves_standard_input_empty_and_obeys(tmp_path: Path) -> None:
    command = [sys.executable, "-c", UNSUPERVISED, str(TESTS), "run", str(TOY), "--data-root", str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "SO8T_SUPERVISED": "0"}
    ) as engine:
        assert engine.stdin is not None
        until_training(engine)
        own, readers = stdin_of(engine.pid), readers_of_stdin(engine.pid)
        engine.stdin.write(PAUSE + "\n")
        engine.stdin.flush()
        events = list(heard(engine))

    assert (own, readers) == ("/dev/null", [])
    assert engine.returncode == EXIT_PAUSED and named(events, "paused")[0]["reason"]["code"] == "run.pause_by_window"
    assert store.read_state(session_in(tmp_path)).status == "paused"


def test_that_a_save_reaches_the_worker(tmp_path: Path) -> None:
    """By themselves saves are far apart here, but for the end of each step."""
    command = ("run", str(TOY), "--set", "checkpoint.interval_seconds=3600")
    with start(tmp_path, *command) as engine:
        assert engine.stdin is not None
        for first in heard(engine):
            if first["name"] == "step":
                engine.stdin.write('{"v":2,"name":"save"}\n')
                engine.stdin.flush()
                break
        others = list(heard(engine))

    steps = [(event["step"], event["index"], event["steps"]) for event in (first, *named(others, "step"))]
    assert list(dict.fromkeys(steps)) == [(step, number, len(STEPS)) for number, step in enumerate(STEPS, 1)]
    saved = named(others, "saved")
    assert [event for event in saved if 0 < event["unit"] < UNITS[event["step"]]]


def test_that_a_print_that_no_code_page_has_ends_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp932:strict"}.items():
        monkeypatch.setenv(name, value)
    events, code = told(new(tmp_path, "print@20"))

    assert code == 0 and not named(events, "restarting")
    assert "reward \U0001f389 \\udc80" in log_of(tmp_path)


def test_that_lines_come_whole_to_the_end() -> None:
    read, write = os.pipe()

    def speak() -> None:
        for piece in (b"one\ntw", b"o\n", b"\xff\n", b"x" * 70_000 + b"\n", b"last"):
            os.write(write, piece)
            time.sleep(0.01)
        os.close(write)

    speaker = threading.Thread(target=speak)
    speaker.start()
    heard_lines = list(child_pipes.lines(read))
    speaker.join()
    os.close(read)

    assert heard_lines == ["one", "two", "\ufffd", "x" * 70_000, "last"]


def test_that_a_line_without_end_is_skipped_and_the_next_is_heard() -> None:
    read, write = os.pipe()
    pipe = CommandPipe(write)
    pipe.send("y" * (3 * MAX_LINE_BYTES))
    pipe.send(PAUSE)
    pipe.close()
    commands = [decode(line) for line in child_pipes.lines(read)]
    os.close(read)

    assert [command for command in commands if command is not None] == [Message("pause")]


def test_that_whoever_sends_never_waits_for_a_worker_that_does_not_read() -> None:
    read, write = os.pipe()
    before = set(threading.enumerate())
    pipe = CommandPipe(write)
    assert all(thread.daemon for thread in set(threading.enumerate()) - before)  # nor does whoever leaves
    for _ in range(20_000):  # far more than a pipe holds
        pipe.send('{"v":2,"name":"save"}')
    pipe.pause(sentence("run.pause_by_window"))
    pipe.close()
    commands = [command for line in child_pipes.lines(read) if (command := decode(line)) is not None]
    os.close(read)

    assert len(commands) == 20_001 and commands[-1].name == "pause"
    assert commands[-1].data["reason"]["code"] == "run.pause_by_window"


def test_that_the_first_wish_counts_and_the_run_hears_it_once_however_late_it_comes() -> None:
    paused: list[str] = []
    relayed: list[str] = []
    stop = Stop()
    stop.forward_to(lambda reason: paused.append(reason.code), relayed.append)
    stop.obey(["garbage", '{"v":2,"name":"save"}', '{"v":9,"name":"pause"}', PAUSE, PAUSE])
    stop.forward_to(None)
    stop.obey(['{"v":2,"name":"save"}'])
    stop.forward_to(lambda reason: paused.append(f"next: {reason.code}"))

    assert paused == ["run.pause_by_window", "next: run.pause_by_window"]
    assert relayed == ['{"v":2,"name":"save"}', '{"v":9,"name":"pause"}']
