"""Runs the real programs, `so8t` and `so8t-engine`, as a user and a window would.

`started` and `started_engine` start Python; `so8t` and `engine` are forks of a process that has loaded their code.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from helpers import forks
from helpers.forks import FORKS, Forked
from helpers.paths import SMALL as SMALL
from so8t_engine import cli, language
from so8t_engine.commands.printer import Printer
from so8t_engine.process.stop import REASONS

ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}
STEPS = "so8t_engine.steps"
COMMANDS = (  # what most of them load, a run of the toy's steps too
    "so8t_engine.cli", "so8t_engine.__main__", "so8t_engine.process.worker", "so8t_engine.process.supervisor",
    "so8t_engine.run.pipeline", "so8t_engine.doctor.checkup", "so8t_engine.doctor.teacher_server",
)  # fmt: skip
TRAINING = (  # and what the five steps load
    *COMMANDS, f"{STEPS}.collect", f"{STEPS}.integrate", f"{STEPS}.convert", f"{STEPS}.train", f"{STEPS}.evaluate",
    "so8t_engine.export.fold", "so8t_engine.export.hf_tokenizer", "peft.utils.transformers_weight_conversion",
    "scipy.stats", "ruptures", "xllamacpp",
)  # fmt: skip
RESULTS = ("adapter", "final_model", "gguf")


def environment(**extra: str) -> dict[str, str]:
    return {**os.environ, **ONE_THREAD, **extra}


def started(*arguments: object, **extra: str) -> subprocess.CompletedProcess[str]:
    """The command line from its start to its end; standard output and error as text."""
    command = [sys.executable, "-m", "so8t_engine.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment(**extra), timeout=500, check=False)


def so8t(*arguments: object, loaded: Sequence[str] = COMMANDS, **extra: str) -> subprocess.CompletedProcess[str]:
    """The same by a process that has `loaded` its code: where the start is not the matter."""
    return forks.run(loaded, "so8t_engine.cli", *arguments, variables=environment(**extra))


def answered(*arguments: object, **extra: str) -> subprocess.CompletedProcess[str]:
    """The same command by the same code, in this process: where the answer is the matter. To start the program takes
    ten times as long.
    """
    command, out, err = [*map(str, arguments)], io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, extra), contextlib.redirect_stdout(err), contextlib.redirect_stderr(err),
        signals_as_they_were(),
    ):  # fmt: skip
        options = cli.parsed(command)
        code = cli.answered(options, Printer(out, options.json, language.chosen(options.lang)))
    return subprocess.CompletedProcess(command, code, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def signals_as_they_were() -> Iterator[None]:
    """A run listens to signals to its process's end, which is not that of the tests."""
    listened = [getattr(signal, name) for name in REASONS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in listened}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def events(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def named(found: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [event for event in found if event["name"] == name]


def engine(*arguments: object, loaded: Sequence[str] = COMMANDS, **extra: str) -> subprocess.Popen[str]:
    """`so8t-engine`, by a process that has `loaded` its code."""
    if FORKS:
        return Forked(loaded, "so8t_engine", [*map(str, arguments)], environment(**extra), new_session=True)
    return started_engine(*arguments, **extra)


def started_engine(*arguments: object, **extra: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "so8t_engine", *map(str, arguments)]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1,
        env=environment(**extra), start_new_session=True,
    )  # fmt: skip


def session_in(root: Path) -> Path:
    """The only session there; beside it lies what belongs to the folder of sessions itself."""
    [session] = [path for path in root.iterdir() if path.is_dir()]
    return session


def digests(session: Path) -> dict[str, str]:
    """sha256 of everything a finished session promises to be the same after any interruption.

    Manifests are left out: they follow from the files, and the adapter's names its session.
    """
    found = [path for folder in RESULTS for path in sorted((session / folder).rglob("*")) if path.is_file()]
    paths = [path for path in found if path.name != "manifest.json"]
    paths += [session / "history.jsonl", session / "report" / "report.json"]
    return {path.relative_to(session).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
