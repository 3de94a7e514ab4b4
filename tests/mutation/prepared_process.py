"""A process that has the large libraries and none of our code, forked for each run of tests: no import twice."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mutation.changes import PROJECT

LARGE = (
    "pydantic.fields", "pydantic.root_model", "yaml", "torch", "transformers", "transformers.models.phi3.modeling_phi3",
    "peft", "trl", "datasets", "pyarrow.parquet", "scipy.stats", "sympy", "math_verify", "safetensors.torch", "gguf",
    "ruptures", "hypothesis", "xdist", "psutil", "jeepney",
)  # fmt: skip # not PySide6: its import hook reads what is imported after it, and pydantic does not stand that
TOOK_TOO_LONG = -1


def prepare() -> None:
    os.environ.update(QT_QPA_PLATFORM="offscreen", OMP_NUM_THREADS="1", PYTHONDONTWRITEBYTECODE="1", SO8T_LANG="en")
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    for name in LARGE:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    ours = [name for name in sys.modules if name.partition(".")[0] in ("so8t_engine", "so8t_gui", "helpers")]
    if ours:
        raise SystemExit(f"Imported before the change: {ours}")


def forked(work: Callable[[], int], output: Path, seconds: float) -> int:
    """What `work` returns in a child process; its whole group is killed after `seconds`: TOOK_TOO_LONG."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.setsid()
            os.chdir(PROJECT)
            handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            for descriptor in (1, 2):
                os.dup2(handle, descriptor)
            code = work()
            sys.stdout.flush()
        finally:
            os._exit(code)
    ends = time.monotonic() + seconds
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        late = not ended and time.monotonic() > ends
        if ended or late:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)  # what the tests have left behind, too
        if late:
            os.waitpid(child, 0)
            return TOOK_TOO_LONG
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)


def first_failure(tests: list[str], output: Path, seconds: float, one_test: float) -> str:
    """The first of `tests` (files or node ids) that fails; empty where all pass, or as many as fit into the time."""
    arguments = ["-xq", "-n0", "-p", "no:cacheprovider", "--no-header", f"--timeout={one_test:.0f}", *tests]
    code = forked(lambda: int(pytest.main(arguments)), output, seconds)
    if code in (0, TOOK_TOO_LONG, int(pytest.ExitCode.NO_TESTS_COLLECTED)):
        return ""
    lines = output.read_text(encoding="utf-8", errors="replace").splitlines()
    failures = [line for line in lines if line.startswith(("FAILED", "ERROR"))]
    return (failures or ["a test did not end, or Python did not start"])[0]
