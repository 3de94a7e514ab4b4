"""Whether the gate's type check refuses a change: what it refuses needs no test
(`return None` for a number, `*` for `/` between paths).
"""

from __future__ import annotations

import functools
import subprocess
import sys
from pathlib import Path

from mutation.changes import PROJECT, Change
from mutation.written_change import written

REFUSED = 1  # mypy's code for what is of a wrong type; what stops it otherwise says nothing of the change


def refused(change: Change, project: Path = PROJECT) -> str:
    """The first thing that mypy finds with the change and not without it; empty where it finds nothing."""
    if not holds_without(project):
        return ""
    with written(change):
        code, said = _checked(project)
    return said.partition("\n")[0] if code == REFUSED else ""


@functools.cache
def holds_without(project: Path) -> bool:
    """Whether there is nothing to find as the code is: asked once."""
    return _checked(project)[0] == 0


def _checked(project: Path) -> tuple[int, str]:
    """By what its `pyproject.toml` says, with the cache of the gate: only what changed is looked at again."""
    command = [sys.executable, "-m", "mypy", "--no-error-summary"]
    run = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout
