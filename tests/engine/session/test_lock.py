"""The lock is the operating system's; the note beside it is for people."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from so8t_engine.errors import EngineError
from so8t_engine.session import lock


def test_a_held_session_is_refused_and_free_again_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    with lock.held(tmp_path, {"pid": 42}):
        assert lock.is_held(tmp_path)
        with pytest.raises(EngineError, match="already runs in process 42") as refused, lock.held(tmp_path, {}):
            pass

    assert refused.value.code == "locked" and sum(slept) < 1
    assert not lock.is_held(tmp_path)


def test_who_waits_a_moment_for_it_sleeps_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    with lock.briefly(tmp_path, 0.0) as held:
        assert held and slept == []
        with lock.briefly(tmp_path, 0.01) as other:
            assert not other and slept and set(slept) == {0.01}


def test_an_error_inside_frees_it(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), lock.held(tmp_path, {}):
        raise RuntimeError

    assert not lock.is_held(tmp_path)


def test_looking_does_not_take_it_and_writes_nothing(tmp_path: Path) -> None:
    assert not lock.is_held(tmp_path) and not lock.is_held(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[1]", "\0\0"])
def test_an_unreadable_note_is_no_note(tmp_path: Path, text: str) -> None:
    (tmp_path / lock.OWNER).write_text(text)

    assert lock.read_owner(tmp_path) == {}


@contextmanager
def another_engine(session: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the session until its stdin ends; it says a word once it does."""
    code = (
        "import sys; from pathlib import Path; from so8t_engine.session import lock\n"
        "with lock.held(Path(sys.argv[1]), {}): print('holds', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(session)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "holds\n"
        yield process
        assert process.stdin is not None
        process.stdin.close()


def test_who_lists_the_sessions_for_an_instant_does_not_refuse_an_engine_that_starts_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock is let go while `held` waits for the second time: only one that looks again sees it."""
    waits: list[float] = []
    with another_engine(tmp_path) as other:

        def sleep(seconds: float) -> None:
            waits.append(seconds)
            if len(waits) == 2:
                other.communicate()

        monkeypatch.setattr(time, "sleep", sleep)
        with lock.held(tmp_path, {"pid": 1}):
            assert lock.read_owner(tmp_path) == {"pid": 1}

    assert len(waits) == 2 and all(seconds > 0 for seconds in waits)


@pytest.mark.skipif(os.name != "posix", reason="Windows ends the engine with its supervisor")
def test_an_engine_whose_supervisor_was_killed_is_waited_for_as_it_is_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    waits: list[float] = []
    with another_engine(tmp_path) as other:

        def sleep(seconds: float) -> None:
            waits.append(seconds)
            if len(waits) == 20:
                other.communicate()

        (tmp_path / lock.OWNER).write_text(json.dumps({"pid": other.pid, "parent": dead.pid}))
        monkeypatch.setattr(time, "sleep", sleep)
        with lock.held(tmp_path, {}):
            pass

    assert len(waits) == 20, "five looks are for those whose supervisor lives"


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_the_look_whether_a_supervisor_lives_sends_it_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    heard: list[int] = []
    known = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2)
    before = {number: signal.signal(number, lambda number, frame: heard.append(number)) for number in known}
    try:
        with another_engine(tmp_path):
            (tmp_path / lock.OWNER).write_text(json.dumps({"parent": os.getpid()}))
            with pytest.raises(EngineError), lock.held(tmp_path, {}):
                pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

    assert heard == []


def test_two_hundred_looks_at_a_held_and_at_a_free_session_leave_no_handle_open(tmp_path: Path) -> None:
    def handles() -> int:
        me = psutil.Process()
        return me.num_handles() if sys.platform == "win32" else me.num_fds()

    with another_engine(tmp_path):
        before = handles()
        assert all(lock.is_held(tmp_path) for _ in range(200))
        assert handles() == before
    assert not any(lock.is_held(tmp_path) for _ in range(200))
    assert handles() <= before


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no shared lock of a byte here")
def test_two_who_look_at_once_do_not_take_each_other_for_engines(tmp_path: Path) -> None:
    handle = lock._take(tmp_path, looking=True)
    assert handle is not None
    assert not lock.is_held(tmp_path)
    os.close(handle)


def test_a_look_makes_no_lock_file_on_windows_and_needs_no_right_to_write() -> None:
    looking, holding = lock.file_flags(looking=True), lock.file_flags(looking=False)

    assert not looking & os.O_CREAT and not looking & (os.O_RDWR | os.O_WRONLY)
    assert holding & os.O_CREAT and holding & os.O_RDWR


def test_a_file_is_held_by_one_at_a_time_and_where_none_can_be_made_nobody_is_kept_out(tmp_path: Path) -> None:
    with lock.of_file(tmp_path / "x.lock") as first, lock.of_file(tmp_path / "x.lock") as second:
        assert first and not second
    with lock.of_file(tmp_path / "x.lock") as again:
        assert again
    with lock.of_file(tmp_path / "missing" / "x.lock") as nowhere:
        assert nowhere


def test_a_look_in_the_very_instant_of_a_start_does_not_keep_the_supervisor_from_its_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It went on without: between two of its processes the session seemed to be run by nobody."""
    file = tmp_path / lock.SUPERVISOR
    file.touch()
    looking = [lock._look_at(file)]
    monkeypatch.setattr(time, "sleep", lambda seconds: os.close(looking.pop()) if seconds and looking else None)
    with lock.of_file(file, looked_at=True) as had:
        assert had and not looking and lock.is_held(tmp_path)
        slept: list[float] = []
        monkeypatch.setattr(time, "sleep", slept.append)
        with lock.of_file(file, looked_at=True) as second:
            assert not second and 0 < sum(slept) < 1
        slept.clear()
        with lock.of_file(file) as third:
            assert not third and slept == []
    assert not lock.is_held(tmp_path)


@pytest.mark.parametrize("said", [{}, {"parent": "1"}, {"parent": 1}, {"parent": -1}])
def test_a_supervisor_counts_as_alive_unless_it_is_known_to_be_gone(said: dict[str, object]) -> None:
    assert lock._parent_lives(said) is True
    assert lock._parent_lives({"parent": os.getpid()}) is True


@pytest.mark.skipif(sys.platform == "win32", reason="the parent is not asked there")
def test_a_parent_is_gone_only_where_the_system_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    lives = {None: True, "x": True, 1: True, 0: True, -5: True, os.getpid(): True, gone.pid: False, 2**80: True}
    assert {parent: lock._parent_lives({"parent": parent}) for parent in lives} == lives
    assert lock._parent_lives({})

    def forbidden(pid: int, number: int) -> None:
        raise PermissionError(1, "not yours")

    monkeypatch.setattr(os, "kill", forbidden)
    assert lock._parent_lives({"parent": 4_242})


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is not asked")
def test_a_parent_that_is_gone_is_known_by_its_number() -> None:
    said = [(os.getpid(), True), (1, True), (None, True), ("7", True), (1 << 30, False), (1 << 70, True)]
    assert [(parent, lock._parent_lives({"parent": parent})) for parent, _ in said] == said
