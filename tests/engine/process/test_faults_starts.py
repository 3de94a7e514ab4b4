"""Clocks that jump, locks that are stale, two starts at once: order by number, and one engine per session."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crash.faults import ID, assert_goes_on_from, checkpoint, saved
from helpers.paths import TESTS
from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EXIT_LOCKED, EngineError
from so8t_engine.protocol import Message
from so8t_engine.run.context import Context
from so8t_engine.run.control import Control
from so8t_engine.sentences import verbatim
from so8t_engine.session import config_seal, durable, lock, manifest, recovery, store
from so8t_engine.session.state import Cursor, PipelineState

RACER = TESTS / "crash" / "racer.py"
CONFIG = RunConfig.model_validate(
    {"datasets": [{"name": "a", "source": "local", "path": "a.jsonl"}], "model": {"build": {}}}
)


def test_fault_22_the_newest_checkpoint_is_the_one_with_the_highest_number_whatever_the_clock_said(
    tmp_path: Path,
) -> None:
    session = saved(tmp_path)
    for number, stamp in ((2, 4_000_000_000), (3, 1)):
        for path in [checkpoint(session, number), *checkpoint(session, number).iterdir()]:
            os.utime(path, (stamp, stamp))

    assert_goes_on_from(session, 3)


def test_fault_22_a_wall_clock_that_jumps_back_changes_nothing_but_the_time_shown(tmp_path: Path) -> None:
    session = saved(tmp_path)
    times = iter(["2031-01-01T00:00:00Z", "1999-12-31T23:00:00Z", "1999-10-31T01:59:59Z"])
    context = Context(
        session, CONFIG, recovery.recover(session), lambda event: None, Control(), now=lambda: next(times)
    )
    for unit in (4, 5, 6):
        context.point(loss=0.5)
        context.state = context.state.changed(cursor=Cursor("collect", unit))
        context.commit(lambda: {"x": b"x"})

    assert recovery.recover(session).state.cursor.unit == 6
    assert recovery.recover(session).state.updated == "1999-10-31T01:59:59Z"


def test_fault_22_the_time_between_commits_is_measured_with_a_clock_that_cannot_jump() -> None:
    assert inspect.signature(Context).parameters["clock"].default is time.monotonic


def test_fault_22_a_clock_that_goes_back_all_the_same_never_makes_work_negative(tmp_path: Path) -> None:
    session, seconds, events = saved(tmp_path), [1000.0], list[Message]()
    context = Context(
        session, CONFIG, recovery.recover(session), events.append, Control(), clock=lambda: seconds[0], background=False
    )
    context.begin({"shard": 10})
    before = context.state.active_seconds
    for now in (1001.0, 5.0, 6.0):
        seconds[0] = now
        context.tick(Cursor("collect", context.state.cursor.unit + 1), "shard")
    told = [event.data for event in events if event.name == "progress"]

    assert context.state.active_seconds == before + 2
    assert all(body["eta_seconds"] is None or body["eta_seconds"] >= 0 for body in told)


@pytest.fixture
def racers() -> Iterator[list[subprocess.Popen[str]]]:
    environment = {**os.environ, "PYTHONPATH": str(RACER.parents[1])}
    started = [
        subprocess.Popen(
            [sys.executable, str(RACER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        for _ in range(4)
    ]
    yield started
    for racer in started:
        racer.communicate()


def ask(racers: list[subprocess.Popen[str]], line: str) -> list[str]:
    """The same line to all at once; their answers."""
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write(line + "\n")
        racer.stdin.flush()
    return [racer.stdout.readline().strip() for racer in racers if racer.stdout is not None]


def release(racers: list[subprocess.Popen[str]]) -> None:
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go on\n")
        racer.stdin.flush()


def test_fault_23_of_four_engines_started_at_once_exactly_one_runs_a_hundred_races(
    tmp_path: Path, racers: list[subprocess.Popen[str]]
) -> None:
    for race in range(25):
        session = tmp_path / f"s{race}"
        session.mkdir()
        answers = ask(racers, f"lock {session}")
        release(racers)

        assert sorted(answers) == ["locked", "locked", "locked", "runs"], f"race {race}: {answers}"


def test_fault_23_of_four_that_choose_one_name_at_once_one_makes_the_session_and_it_stays_whole(
    tmp_path: Path, racers: list[subprocess.Popen[str]]
) -> None:
    for race in range(25):
        answers = ask(racers, f"create {tmp_path} s{race}")

        assert sorted(answers) == [f"s{race}", "taken", "taken", "taken"], f"race {race}: {answers}"
        made = PipelineState(f"s{race}", created="now", updated="now", config=config_seal.of(b"name: s\n"))
        assert recovery.recover(tmp_path / f"s{race}").state == made
    assert not list(tmp_path.glob("*.part"))


def test_fault_23_the_second_start_leaves_with_its_own_exit_code_and_names_the_first(tmp_path: Path) -> None:
    session = saved(tmp_path)
    (session / store.CONFIG).write_text(CONFIG.model_dump_json())
    command = [sys.executable, "-m", "so8t_engine.cli", "resume", ID, "--data-root", str(tmp_path)]
    with lock.held(session, {"pid": 4711}):
        second = subprocess.run(command, capture_output=True, text=True)

    assert second.returncode == EXIT_LOCKED and "already runs in process 4711" in second.stdout
    assert "Traceback" not in second.stdout + second.stderr
    assert_goes_on_from(session, 3)


def test_fault_24_what_a_dead_engine_left_beside_the_lock_does_not_matter_even_if_its_pid_lives_again(
    tmp_path: Path,
) -> None:
    session = saved(tmp_path)
    for left in (f'{{"pid": {os.getpid()}}}', '{"pid": 1}', "", "\0\0\0", "[]"):
        (session / lock.OWNER).write_text(left)

        assert not lock.is_held(session)
        with lock.held(session, {"pid": 2}):
            assert lock.is_held(session) and lock.read_owner(session) == {"pid": 2}


def test_fault_24_a_killed_engine_frees_the_lock(tmp_path: Path, racers: list[subprocess.Popen[str]]) -> None:
    session = saved(tmp_path)
    assert ask(racers[:1], f"lock {session}") == ["runs"]
    racers[0].kill()
    racers[0].wait()

    with lock.held(session, {"pid": 2}):
        pass


def test_fault_25_a_second_start_is_refused_although_every_lock_file_was_deleted(
    tmp_path: Path, racers: list[subprocess.Popen[str]]
) -> None:
    session = saved(tmp_path)
    with lock.held(session, {"pid": 2}):
        for path in session.glob("engine.*"):
            path.unlink()

        assert ask(racers[:1], f"lock {session}") == ["locked"]
        release(racers[:1])


def test_a_look_at_the_list_of_sessions_does_not_keep_an_engine_from_starting(
    tmp_path: Path, racers: list[subprocess.Popen[str]]
) -> None:
    session = saved(tmp_path)
    for _ in range(20):
        for racer in racers[:1]:
            assert racer.stdin is not None
            racer.stdin.write(f"lock {session}\n")
            racer.stdin.flush()
        lock.is_held(session)
        assert racers[0].stdout is not None
        assert racers[0].stdout.readline().strip() == "runs"
        release(racers[:1])
        assert ask(racers[:1], f"create {tmp_path} {ID}") == ["taken"]


def test_a_failed_commit_gives_the_space_it_took_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = saved(tmp_path)
    state = recovery.recover(session).state

    def full(path: Path, data: bytes) -> None:
        raise EngineError("disk_full", verbatim("The disk is full."))

    monkeypatch.setattr(durable, "replace", full)
    for _ in range(3):
        with pytest.raises(EngineError):
            store.commit(session, state, {"x": bytes(1000)})

    assert [path.name for path in sorted((session / "checkpoints").iterdir())] == ["000002", "000003"]
    assert manifest.problems(checkpoint(session, 3)) == []
