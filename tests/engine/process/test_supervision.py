"""Real processes: the supervisor, the toy's process, and what may happen to either."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from crash.soak import digests
from helpers.paths import TESTS, TOY
from helpers.toy_engine import (
    gone,
    heard,
    log_of,
    named,
    new,
    reason_of,
    session_in,
    start,
    told,
    until_struck,
    until_training,
)  # fmt: skip
from so8t_engine.errors import EXIT_PAUSED, EXIT_RETRY
from so8t_engine.protocol import PROTOCOL_VERSION
from so8t_engine.session import catalog, incidents, lock, store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = tmp_path_factory.mktemp("untouched")
    _, code = told(new(root, forks=False))
    assert code == 0
    return digests(session_in(root))


@pytest.mark.parametrize(
    ("trouble", "code", "stuck_seconds"),
    [("stop", "stuck", 1), ("spin", "stuck", 1), pytest.param("sleep", "stuck", 1, marks=pytest.mark.soak),
     ("gpu", "device_error", 30), ("kill", "crashed", 30), pytest.param("exit", "crashed", 30, marks=pytest.mark.soak)],
)  # fmt: skip
def test_faults_29_30_a_process_in_trouble_is_replaced_and_the_bytes_are_those_of_an_untouched_run(
    tmp_path: Path, untouched: dict[str, str], trouble: str, code: str, stuck_seconds: float
) -> None:
    events, ended = told(new(tmp_path, f"{trouble}@60", stuck_seconds))

    assert ended == 0
    assert [event["name"] for event in events if event["name"] in ("hello", "bye")] == ["hello", "bye"]
    assert events[0]["name"] == "hello" and events[-1] == {"v": PROTOCOL_VERSION, "name": "bye", "exit_code": 0}
    assert [(event["code"], event["attempt"]) for event in named(events, "restarting")] == [(code, 1)]
    assert not named(events, "failed") and len(named(events, "session")) == 2
    assert [incident["kind"] for incident in incidents.read(session_in(tmp_path))] == [code]
    assert digests(session_in(tmp_path)) == untouched
    assert f"so8t.supervise: {code}: " in log_of(tmp_path)


def test_a_session_whose_process_is_replaced_is_running_all_the_while(tmp_path: Path) -> None:
    """From the trouble until the new process had it, the list of sessions said that it had failed."""
    seen, opened = list[catalog.Entry](), threading.Event()

    def look() -> None:
        while not opened.is_set():
            seen.append(catalog.entry(session_in(tmp_path)))

    with new(tmp_path, "kill@60", pause=0.5) as engine:
        next(event for event in heard(engine) if event["name"] == "restarting")
        looking = threading.Thread(target=look)
        looking.start()
        next(event for event in heard(engine) if event["name"] == "session")
        opened.set()
        looking.join()
        told(engine)

    assert {entry.status for entry in seen} == {"running"} and engine.returncode == 0
    assert "SIGKILL" in str(seen[0].detail) and seen[0].action is None


def test_fault_29_the_log_says_where_it_hung(tmp_path: Path) -> None:
    told(new(tmp_path, "spin@20", stuck_seconds=1))
    log = log_of(tmp_path)

    assert "in spinning_at_the_mill" in log
    assert log.index("in spinning_at_the_mill") < log.rindex("no sign of life for")  # a slow start is one too


def test_fault_30_three_new_processes_without_progress_are_enough(tmp_path: Path) -> None:
    events, ended = told(new(tmp_path, "gpu@1/always"))
    state = store.read_state(session_in(tmp_path))

    assert ended == EXIT_RETRY
    assert [event["attempt"] for event in named(events, "restarting")] == [1, 2, 3]
    (failed,) = named(events, "failed")
    assert failed["sentence"]["text"].endswith("3 new processes got no further.")
    assert "CUDA error" in failed["sentence"]["text"]
    assert failed["action"] and state.status == "failed" and state.error is not None
    assert (state.error["code"], state.cursor.step) == ("device_error", "train")


def test_a_plain_resume_goes_on_after_it_was_given_up(tmp_path: Path, untouched: dict[str, str]) -> None:
    """It crashed in native code: where that was is in the log."""
    told(new(tmp_path, "abort@1/always"))
    log = log_of(tmp_path)
    _, ended = told(start(tmp_path, "resume"))

    assert ended == 0 and digests(session_in(tmp_path)) == untouched
    assert "Fatal Python error: Aborted" in log and "crash_in_native_code" in log


def test_fault_31_memory_that_runs_out_again_and_again_is_met_with_smaller_batches_until_none_is_left(
    tmp_path: Path,
) -> None:
    events, ended = told(new(tmp_path, "memory@1/always"))
    adjustments = store.read_state(session_in(tmp_path)).adjustments

    assert ended == 8 and named(events, "failed")[0]["code"] == "memory"
    assert len(named(events, "restarting")) > 3, "each halving is a change, and counts anew"
    assert {event["attempt"] for event in named(events, "restarting")} == {1}
    assert adjustments["micro_batch_divisor"] >= 8


def test_a_killed_supervisor_takes_its_child_along_and_the_lock_is_free_at_once(
    tmp_path: Path, untouched: dict[str, str]
) -> None:
    with new(tmp_path) as engine:
        until_training(engine)
        child = lock.read_owner(session_in(tmp_path))["pid"]
        os.kill(engine.pid, signal.SIGKILL)
        engine.wait()
    _, ended = told(start(tmp_path, "resume"))

    assert child != engine.pid and gone(child)
    assert ended == 0 and digests(session_in(tmp_path)) == untouched
    assert [incident["kind"] for incident in incidents.read(session_in(tmp_path))] == ["killed"]


def test_the_end_of_stdin_is_a_pause_and_nobody_is_left(tmp_path: Path) -> None:
    with new(tmp_path) as engine:
        until_training(engine)
        child = lock.read_owner(session_in(tmp_path))["pid"]
        assert engine.stdin is not None
        engine.stdin.close()
        events = list(heard(engine))

    assert engine.returncode == EXIT_PAUSED and [event["name"] for event in events[-2:]] == ["paused", "bye"]
    assert gone(child)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("SIGTERM", "run.pause_by_system"),
        pytest.param("SIGINT", "run.pause_ctrl_c", marks=pytest.mark.soak),
        ("SIGHUP", "run.pause_terminal_closed"),
    ],
)
def test_a_signal_to_the_supervisor_alone_pauses(tmp_path: Path, name: str, reason: str) -> None:
    with new(tmp_path) as engine:
        until_training(engine)
        os.kill(engine.pid, signal.Signals[name])
        list(heard(engine))

    assert engine.returncode == EXIT_PAUSED
    assert reason_of(tmp_path) == reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [("SIGINT", "run.pause_ctrl_c"), pytest.param("SIGHUP", "run.pause_terminal_closed", marks=pytest.mark.soak)],
)
def test_what_a_terminal_sends_reaches_both_and_is_one_wish(tmp_path: Path, name: str, reason: str) -> None:
    with new(tmp_path) as engine:
        until_training(engine)
        os.killpg(engine.pid, signal.Signals[name])
        list(heard(engine))

    assert engine.returncode == EXIT_PAUSED
    assert reason_of(tmp_path) == reason


def test_a_second_ctrl_c_leaves_at_once_and_nobody_is_left(tmp_path: Path) -> None:
    with new(tmp_path, "sleep@40", stuck_seconds=600) as engine:
        until_struck(tmp_path)
        child = lock.read_owner(session_in(tmp_path))["pid"]
        for _ in range(600):  # two signals that arrive before the first is taken are one, however long that takes
            os.kill(engine.pid, signal.SIGINT)
            try:
                engine.wait(0.3)
                break
            except subprocess.TimeoutExpired:
                continue
        list(heard(engine))

    assert engine.returncode == 130 and gone(child)
    assert not lock.is_held(session_in(tmp_path))


def test_a_pause_asked_of_a_process_that_hangs_is_kept_when_it_is_ended(tmp_path: Path) -> None:
    with new(tmp_path, "sleep@40", stuck_seconds=2) as engine:
        assert engine.stdin is not None
        until_struck(tmp_path)
        engine.stdin.write('{"v":2,"name":"pause"}\n')
        engine.stdin.flush()
        events = list(heard(engine))

    assert engine.returncode == EXIT_PAUSED and not named(events, "restarting")
    assert named(events, "paused")[0]["reason"]["code"] == "run.pause_by_window"


@pytest.mark.parametrize(
    ("last_words", "reason"), [("", "run.pause_window_closed"), ('{"v":2,"name":"pause"}\n', "run.pause_by_window")]
)
def test_a_window_is_heard_between_two_processes(tmp_path: Path, last_words: str, reason: str) -> None:
    with new(tmp_path, "kill@40", pause=600) as engine:
        assert engine.stdin is not None
        for event in heard(engine):
            if event["name"] == "restarting":
                engine.stdin.write(last_words)
                engine.stdin.flush()
                if not last_words:
                    engine.stdin.close()
                break
        events = list(heard(engine))

    assert engine.returncode == EXIT_PAUSED and named(events, "paused")[0]["reason"]["code"] == reason
    assert store.read_state(session_in(tmp_path)).status == "paused"


def test_a_file_in_the_current_folder_never_runs_in_the_place_of_a_library(tmp_path: Path) -> None:
    """As where somebody starts a downloaded configuration from its own folder."""
    for library in ("yaml", "numpy", "pydantic", "psutil"):
        (tmp_path / f"{library}.py").write_text("raise SystemExit(99)\n")
    in_worker = str(TESTS / "helpers" / "in_worker")  # an empty entry in this path would mean the current folder
    command = [sys.executable, "-P", "-m", "so8t_engine.cli", "run", str(TOY), "--data-root", str(tmp_path / "root")]
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": in_worker, "SO8T_BACK_OFF": "0.1"}, capture_output=True
    )

    assert done.returncode == 0, done.stderr
