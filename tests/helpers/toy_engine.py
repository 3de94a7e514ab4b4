"""The real engine and its supervisor over the toy steps: five steps in a second, without torch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.paths import TESTS, TOY


def start(root: Path, *arguments: str, trouble: str = "") -> subprocess.Popen[str]:
    """`so8t-engine ARGUMENTS`; stdin stays open until its end. `trouble`: process_troubles.py."""
    paths = os.pathsep.join([str(TESTS / "helpers" / "in_worker"), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": paths, "SO8T_TROUBLE": trouble, "SO8T_BACK_OFF": "0.1,0.1,0.1"}
    command = [sys.executable, "-m", "so8t_engine", *arguments, "--data-root", str(root)]
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


def run(root: Path, trouble: str = "") -> tuple[list[dict[str, Any]], int]:
    """A new session to its end."""
    return told(start(root, "run", str(TOY), trouble=trouble))


def resume(root: Path, *arguments: str, trouble: str = "") -> tuple[list[dict[str, Any]], int]:
    return told(start(root, "resume", *arguments, trouble=trouble))


def pause_in(step: str, engine: subprocess.Popen[str]) -> int:
    """Asks for a pause at the first save inside this step; returns the exit code."""
    with engine:
        for event in heard(engine):
            if event["name"] == "saved" and (event["step"], event["unit"] > 0) == (step, True):
                assert engine.stdin is not None
                engine.stdin.write('{"v":2,"name":"pause"}\n')
                engine.stdin.flush()
        return engine.wait()


def session_in(root: Path) -> Path:
    return next(path for path in root.iterdir() if (path / "config.yaml").exists())


def named(events: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [event for event in events if event["name"] == name]


def broken_off(root: Path) -> Path:
    """A session whose process was killed in the middle of training, again and again, until it paused."""
    for _ in run(root, "kill@60/always")[0]:
        pass
    return session_in(root)


def broken_off_beside(others: Path, made_in: Path) -> Path:
    """The same, moved among other sessions."""
    session = broken_off(made_in)
    return session.rename(others / session.name)
