"""The five steps from datasets to a model, its GGUF and a report, by the real programs."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from e2e.conftest import CANARY, SAID
from helpers import program
from so8t_engine.config import file as config_file
from so8t_engine.run import workload
from so8t_engine.session import history, incidents, store, verification

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals")


def reason(root: Path) -> str:
    """The code of why the session paused."""
    value = store.read_state(program.session_in(root)).reason
    assert isinstance(value, dict)
    return str(value["code"])


def test_one_command_gives_a_model_its_gguf_and_a_report(untouched: Path) -> None:
    assert store.read_state(untouched).status == "finished"
    assert (untouched / "final_model" / "model.safetensors").exists()
    assert sorted(path.suffix for path in (untouched / "gguf").glob("*.gguf")) == [".gguf", ".gguf"]
    assert (untouched / "report" / "report.html").read_text(encoding="utf-8").startswith("<!")
    assert not verification.problems(untouched)


def test_every_kind_of_unit_was_guessed_and_those_of_the_last_step_counted_before_it_began(
    untouched: Path,
) -> None:
    """All but the answers counted for nothing until they were done: the run stood at 99 % for a third of its time."""
    config = config_file.parse((untouched / "config.yaml").read_text(encoding="utf-8"), "config.yaml")
    guess, state = workload.first_guess(config), store.read_state(untouched)
    counts = json.loads((untouched / "data" / "converted" / "counts.json").read_text(encoding="utf-8"))
    expected = workload.of_heldout(config, counts["split"]["heldout"])
    worked = {key for key in state.work if not key.endswith("/setup")}
    assert {key for key in worked if key.startswith("evaluate/")} >= {"evaluate/answers", "evaluate/gguf_answers"}
    assert worked <= guess.seconds.keys() == guess.kin.keys()
    assert {key: state.totals[key] for key in expected} == expected


def test_the_history_is_numbered_from_one_without_gap(untouched: Path) -> None:
    numbers = [entry["number"] for entry in history.read(untouched / history.NAME)]

    assert numbers == list(range(1, len(numbers) + 1)) and numbers


def test_nothing_absolute_lies_in_a_session(untouched: Path) -> None:
    found = [
        path
        for path in untouched.rglob("*")
        if path.is_file() and path.parent.name != "logs" and str(untouched.parent).encode() in path.read_bytes()
    ]

    assert not found


def test_cut_between_its_last_checkpoint_and_the_word_that_all_is_done_it_only_ends(
    untouched: Path, tmp_path: Path
) -> None:
    """The last checkpoint has no payload, as nothing is left to do; step 5 asked for its own, at every resume."""
    session = Path(shutil.copytree(untouched, tmp_path / untouched.name))
    _, before = verification.complete(session / verification.CHECKPOINTS)
    running, _ = verification.payload(session, before)
    assert running is not None and running.status == "running"
    store.write_state(session, running)

    ended = program.so8t("resume", "--data-root", tmp_path, "--json", loaded=program.TRAINING)

    assert ended.returncode == 0, ended.stdout[-2000:]
    assert '"name":"finished"' in ended.stdout and '"name":"step"' not in ended.stdout
    assert program.digests(session) == program.digests(untouched) and not verification.problems(session)
    assert program.so8t("resume", "--data-root", tmp_path).returncode == 4


@POSIX
def test_fault_07_25_43_paused_killed_and_moved_in_every_step_it_ends_with_the_same_bytes(
    untouched: Path, tmp_path: Path
) -> None:
    """One session meets all of it, in turn.

    Paused by the window, behind garbage and lines of megabytes; killed in convert and train; its folder moved away
    while it trains and put back; the folder of all sessions renamed between two starts; paused by Ctrl+C in evaluate,
    where test_evaluated_again kills it.
    """
    here, root, away = tmp_path / "here", tmp_path / "another place", tmp_path / "away"
    garbage = "x" * 20_000_000 + "\n" + '{"v":2,"name":"' + "y" * 2_000_000 + '"}\n{"v":7,"name":"pause"}\n[]\n\x00\n'
    with program.engine("run", program.SMALL, "--data-root", here, loaded=program.TRAINING) as engine:
        assert pause_at(engine, "collect", garbage) == 75  # before convert, however long the garbage takes to read
    assert reason(here) == "run.pause_by_window"
    here.rename(root)
    assert struck(resumed(root), "convert")[0] == -9
    code, events = struck(resumed(root), "train", away)
    assert (code, events[-2]["name"], events[-2]["code"]) == (9, "failed", "session_gone")
    assert str(away) in str(events[-2]["sentence"])
    assert not [path for path in root.iterdir() if path.is_dir()]
    away.rename(root / store.read_state(away).session)
    saved = store.read_state(program.session_in(root)).cursor
    code, events = struck(resumed(root), "train")
    [opened] = program.named(events, "session")
    assert code == -9 and opened["step"] == saved.step == "train" and opened["unit"] >= saved.unit
    with resumed(root) as engine:
        assert pause_at(engine, "evaluate", signal.SIGINT) == 75
    assert reason(root) == "run.pause_ctrl_c"
    last = program.so8t("resume", "--data-root", root, loaded=program.TRAINING)
    session = program.session_in(root)

    assert last.returncode == 0, last.stdout
    assert program.digests(session) == program.digests(untouched)
    found = incidents.read(session)
    assert [incident["kind"] for incident in found] == ["killed"] * 2


def resumed(root: Path) -> subprocess.Popen[str]:
    return program.engine("resume", "--data-root", root, loaded=program.TRAINING)


def pause_at(engine: subprocess.Popen[str], step: str, before: str | signal.Signals = "") -> int:
    """Asks for a pause when the step begins, behind what stands `before` it, or by a signal; returns the exit code.

    The last line must be `bye`.
    """
    assert engine.stdin is not None and engine.stdout is not None
    name = ""
    for line in engine.stdout:
        event = json.loads(line)
        name = event["name"]
        if name == "step" and event["step"] == step and event["state"] == "running":
            if isinstance(before, signal.Signals):
                os.kill(engine.pid, before)
                continue
            engine.stdin.write(
                'not json at all\n{"v":2,"name":"no such command"}\n' + before + '{"v":2,"name":"pause"}\n'
            )
            engine.stdin.flush()
    assert name == "bye"
    return engine.wait()


def struck(engine: subprocess.Popen[str], step: str, away: Path | None = None) -> tuple[int, list[dict[str, Any]]]:
    """At its first save in this step, or its end: killed, or its session moved `away`.

    Returns the exit code and what it said.
    """
    with engine:
        assert engine.stdout is not None
        events: list[dict[str, Any]] = []
        for line in engine.stdout:
            event = json.loads(line)
            events.append(event)
            saved = event["name"] == "saved" and event["step"] == step and event["unit"] > 0
            if not saved and (event["name"], event.get("step"), event.get("state")) != ("step", step, "done"):
                continue  # where a disk is quick, a step of the data may be over before a save is due
            if away is None:
                os.killpg(engine.pid, signal.SIGKILL)
                break
            if not away.exists():
                session = Path(next(event for event in events if event["name"] == "session")["path"])
                session.rename(away)
        return engine.wait(), events


def test_the_end_of_stdin_is_a_pause(tmp_path: Path) -> None:
    with program.engine("run", program.SMALL, "--data-root", tmp_path, loaded=program.TRAINING) as engine:
        assert engine.stdin is not None and engine.stdout is not None
        engine.stdin.close()
        names = [json.loads(line)["name"] for line in engine.stdout]
        code = engine.wait()

    assert code == 75 and names[0] == "hello" and names[-2:] == ["paused", "bye"]


def test_fault_44_a_secret_in_the_environment_is_written_nowhere(untouched: Path) -> None:
    """The shared run had it in its environment."""
    doctor = program.so8t("doctor", "--data-root", untouched.parent, HF_TOKEN=CANARY)
    files = [path for path in untouched.parent.rglob("*") if path.is_file()]

    assert CANARY not in doctor.stdout + doctor.stderr
    assert any(path.name == SAID for path in files)
    assert not [path for path in files if CANARY.encode() in path.read_bytes()]


def test_status_and_sessions_tell_where_a_run_stands(untouched: Path) -> None:
    listed = program.so8t("sessions", "--data-root", untouched.parent, "--json")
    status = program.so8t("status", "--data-root", untouched.parent)
    verified = program.so8t("verify", untouched.name, "--data-root", untouched.parent)
    again = program.so8t("resume", untouched.name, "--data-root", untouched.parent)

    assert json.loads(listed.stdout)[0]["status"] == "finished"
    assert "finished" in status.stdout and status.returncode == 0
    assert verified.returncode == 0, verified.stdout
    assert again.returncode == 4 and "is finished" in again.stdout


@pytest.mark.soak
@POSIX
def test_a_stopped_engine_goes_on_where_it_stood(tmp_path: Path) -> None:
    with program.engine("run", program.SMALL, "--data-root", tmp_path, loaded=program.TRAINING) as engine:
        assert engine.stdout is not None
        for line in engine.stdout:
            event = json.loads(line)
            if event["name"] == "step" and event["step"] == "train":
                os.kill(engine.pid, signal.SIGSTOP)
                time.sleep(3)
                os.kill(engine.pid, signal.SIGCONT)
        assert engine.wait() == 0
