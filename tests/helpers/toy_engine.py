"""The real engine and its supervisor over the toy steps: five steps in a second, without torch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from helpers import program
from helpers.forks import FORKS, Forked
from helpers.paths import TESTS, TOY
from so8t_engine.session import store

IN_WORKER = str(TESTS / "helpers" / "in_worker")
ENDS_IN_TRAINING = {"SO8T_TROUBLE": "kill@60/always", "SO8T_BACK_OFF": "0,0,0"}  # with exit code 76


def toys() -> dict[str, str]:
    """The environment in which a worker's steps are the toy's; a test may have set a PYTHONPATH of its own.

    An empty entry in the path would mean the current folder.
    """
    return {"PYTHONPATH": os.pathsep.join(filter(None, [IN_WORKER, os.environ.get("PYTHONPATH")]))}


def start(
    root: Path, *arguments: str, trouble: str = "", pause: float = 0.1, forks: bool = FORKS
) -> subprocess.Popen[str]:
    """`so8t-engine ARGUMENTS`; stdin stays open until its end. `trouble`: process_troubles.py; `pause`: before a new
    process, seconds; `forks`: its processes are forks of one that has loaded their code.
    """
    environment = {**os.environ, **toys(), "SO8T_TROUBLE": trouble, "SO8T_BACK_OFF": ",".join([str(pause)] * 3)}
    words = [*arguments, "--data-root", str(root)]
    if forks:
        return Forked(program.COMMANDS, "so8t_engine", words, environment, new_session=True, given=(None, None, 2))
    command = [sys.executable, "-m", "so8t_engine", *words]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, start_new_session=True
    )


def heard(engine: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    assert engine.stdout is not None
    for line in engine.stdout:
        if line.strip():
            yield json.loads(line)


def told(engine: subprocess.Popen[str]) -> tuple[list[dict[str, Any]], int]:
    """All it says, and its exit code."""
    with engine:
        return list(heard(engine)), engine.wait()


def run(root: Path, trouble: str = "", forks: bool = FORKS) -> tuple[list[dict[str, Any]], int]:
    """A new session to its end."""
    return told(start(root, "run", str(TOY), trouble=trouble, forks=forks))


def resume(root: Path, *arguments: str, trouble: str = "") -> tuple[list[dict[str, Any]], int]:
    return told(start(root, "resume", *arguments, trouble=trouble))


def pause_in(step: str, engine: subprocess.Popen[str], after: str = "") -> int:
    """Asks for a pause at the first save inside this step (behind an event named `after`); returns the exit code."""
    with engine:
        seen, asked = not after, False
        for event in heard(engine):
            seen = seen or event["name"] == after
            inside = event["name"] == "saved" and (event["step"], event["unit"] > 0) == (step, True)
            if seen and inside and not asked:  # once: of two the second may come behind its end
                assert engine.stdin is not None
                asked = True
                engine.stdin.write('{"v":2,"name":"pause"}\n')
                engine.stdin.flush()
        return engine.wait()


def session_in(root: Path) -> Path:
    return program.session_in(root)


def named(events: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [event for event in events if event["name"] == name]


def broken_off(root: Path) -> Path:
    """A session whose process was killed in the middle of training, and the one that followed it, until it paused."""
    given_up_soon = {**toys(), **ENDS_IN_TRAINING, "SO8T_BACK_OFF": "0"}
    assert program.so8t("run", TOY, "--data-root", root, **given_up_soon).returncode == 76
    return session_in(root)


def broken_off_beside(others: Path, made_in: Path) -> Path:
    """The same, moved among other sessions."""
    session = broken_off(made_in)
    return session.rename(others / session.name)


def reason_of(root: Path) -> str:
    """The code of why the session paused."""
    reason = store.read_state(session_in(root)).reason
    assert isinstance(reason, dict)
    return str(reason["code"])


def until_struck(root: Path) -> None:
    """Events are read later: a process that hangs may have said its last one already."""
    while not (root / "struck").exists():
        time.sleep(0.02)


def gone(pid: int) -> bool:
    """Whether a process runs no more; its orphaned remains may wait for whoever adopts them."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def new(
    root: Path, trouble: str = "", stuck_seconds: float = 30, pause: float = 0.1, forks: bool = FORKS
) -> subprocess.Popen[str]:
    setting = f"runtime.stuck_seconds={stuck_seconds}"
    return start(root, "run", str(TOY), "--set", setting, trouble=trouble, pause=pause, forks=forks)


def log_of(root: Path) -> str:
    return (session_in(root) / "logs" / "engine.log").read_text(encoding="utf-8")


def until_training(engine: subprocess.Popen[str]) -> None:
    for event in heard(engine):
        if event["name"] == "saved" and event["step"] == "train" and event["unit"] > 0:
            return
    raise AssertionError("it ended before it trained")
