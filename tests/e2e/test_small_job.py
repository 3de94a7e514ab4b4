"""The five steps from datasets to a model, its GGUF and a report, by the real programs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from helpers import program
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


def test_a_second_run_of_the_same_configuration_gives_the_same_bytes_after_pauses_at_every_step(
    untouched: Path, tmp_path: Path
) -> None:
    with program.engine("run", program.SMALL, "--data-root", tmp_path) as engine:
        code = pause_at(engine, "integrate")
    assert code == 75
    for step in ("train", "evaluate"):
        with program.engine("resume", "--data-root", tmp_path) as engine:
            assert pause_at(engine, step) == 75
    last = program.so8t("resume", "--data-root", tmp_path)
    session = program.session_in(tmp_path)

    assert last.returncode == 0, last.stdout
    assert program.digests(session) == program.digests(untouched)
    assert not incidents.read(session)


def pause_at(engine: subprocess.Popen[str], step: str) -> int:
    """Sends `pause` (after some garbage) when the step begins; returns the exit code. The last line must be `bye`."""
    assert engine.stdin is not None and engine.stdout is not None
    name = ""
    for line in engine.stdout:
        event = json.loads(line)
        name = event["name"]
        if name == "step" and event["step"] == step and event["state"] == "running":
            engine.stdin.write('not json at all\n{"v":2,"name":"no such command"}\n{"v":2,"name":"pause"}\n')
            engine.stdin.flush()
    assert name == "bye"
    return engine.wait()


def test_fault_43_garbage_and_huge_lines_on_stdin_leave_the_engine_unharmed(tmp_path: Path) -> None:
    with program.engine("run", program.SMALL, "--data-root", tmp_path) as engine:
        assert engine.stdin is not None and engine.stdout is not None
        for line in engine.stdout:
            event = json.loads(line)
            if event["name"] == "step" and event["step"] == "train":
                engine.stdin.write("x" * 20_000_000 + "\n" + '{"v":2,"name":"' + "y" * 2_000_000 + '"}\n')
                engine.stdin.write('{"v":7,"name":"pause"}\n[]\n\x00\n{"v":2,"name":"pause"}\n')
                engine.stdin.flush()
        code = engine.wait()

    assert code == 75 and reason(tmp_path) == "run.pause_by_window"


@POSIX
def test_sigkill_in_the_middle_costs_nothing_that_was_saved(untouched: Path, tmp_path: Path) -> None:
    saved: list[tuple[str, int]] = []
    for kill_after in ("convert", "train", "train", "evaluate"):
        command = "resume" if saved else "run"
        arguments = [] if saved else [program.SMALL]
        with program.engine(command, *arguments, "--data-root", tmp_path) as engine:
            seen_step = False
            assert engine.stdout is not None
            for line in engine.stdout:
                event = json.loads(line)
                if event["name"] == "session" and saved:
                    assert (event["step"], event["unit"]) >= saved[-1] or event["step"] != saved[-1][0]
                if event["name"] == "saved":
                    saved.append((event["step"], event["unit"]))
                    if seen_step and event["unit"] > 0:
                        os.killpg(engine.pid, signal.SIGKILL)
                        break
                seen_step = seen_step or (event["name"] == "step" and event["step"] == kill_after)
            engine.wait()
    last = program.so8t("resume", "--data-root", tmp_path)
    session = program.session_in(tmp_path)

    assert last.returncode == 0, last.stdout
    assert program.digests(session) == program.digests(untouched)
    found = incidents.read(session)
    assert [incident["kind"] for incident in found] == ["killed"] * len(found) and len(found) >= 3


def test_the_end_of_stdin_is_a_pause(tmp_path: Path) -> None:
    with program.engine("run", program.SMALL, "--data-root", tmp_path) as engine:
        assert engine.stdin is not None and engine.stdout is not None
        engine.stdin.close()
        names = [json.loads(line)["name"] for line in engine.stdout]
        code = engine.wait()

    assert code == 75 and names[0] == "hello" and names[-2:] == ["paused", "bye"]


def test_a_session_moves_to_another_folder_and_goes_on(untouched: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "another place"
    with program.engine("run", program.SMALL, "--data-root", here) as engine:
        pause_at(engine, "train")
    here.rename(there)
    done = program.so8t("resume", "--data-root", there)

    assert done.returncode == 0, done.stdout
    assert program.digests(program.session_in(there)) == program.digests(untouched)


@POSIX
def test_ctrl_c_pauses_after_a_commit(tmp_path: Path) -> None:
    with program.engine("run", program.SMALL, "--data-root", tmp_path) as engine:
        assert engine.stdout is not None
        code = -1
        for line in engine.stdout:
            event = json.loads(line)
            if event["name"] == "step" and event["step"] == "train":
                os.kill(engine.pid, signal.SIGINT)
        code = engine.wait()

    assert code == 75
    assert reason(tmp_path) == "run.pause_ctrl_c"


def test_fault_44_a_secret_in_the_environment_is_written_nowhere(tmp_path: Path) -> None:
    canary = "hf_canary0123456789abcdef"
    done = program.so8t("run", program.SMALL, "--data-root", tmp_path, "--json", HF_TOKEN=canary)
    doctor = program.so8t("doctor", "--data-root", tmp_path, HF_TOKEN=canary)

    assert done.returncode == 0
    assert canary not in done.stdout + done.stderr + doctor.stdout + doctor.stderr
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and canary.encode() in path.read_bytes()]


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
    with program.engine("run", program.SMALL, "--data-root", tmp_path) as engine:
        assert engine.stdout is not None
        for line in engine.stdout:
            event = json.loads(line)
            if event["name"] == "step" and event["step"] == "train":
                os.kill(engine.pid, signal.SIGSTOP)
                time.sleep(3)
                os.kill(engine.pid, signal.SIGCONT)
        assert engine.wait() == 0


@pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody rename a folder with a file open in it")
def test_moved_while_it_trains_it_ends_with_a_sentence_and_put_back_with_the_same_bytes(
    untouched: Path, tmp_path: Path
) -> None:
    root, away = tmp_path / "root", tmp_path / "away"
    ending: dict[str, object] = {}
    with program.engine("run", program.SMALL, "--data-root", root) as engine:
        assert engine.stdout is not None
        for line in engine.stdout:
            event = json.loads(line)
            if event["name"] == "saved" and event["step"] == "train" and not away.exists():
                next(path for path in root.iterdir() if path.is_dir()).rename(away)
            ending = event if event["name"] == "failed" else ending
        code = engine.wait()

    assert (code, ending["code"]) == (9, "session_gone") and str(away) in str(ending["sentence"])
    assert not [path for path in root.iterdir() if path.is_dir()]
    session = away.rename(root / store.read_state(away).session)
    last = program.so8t("resume", "--data-root", root)
    assert last.returncode == 0, last.stdout
    assert program.digests(session) == program.digests(untouched)
