"""Kills and disk faults at every system call of a resume and two commits: nothing acknowledged is lost.

What must come out: killed, or finished (after waiting for space, or having written everything again), or a
sentence with a code; never a traceback, never a half-written file left by a process that could still clean up.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")


def series(fault: str, step: int) -> dict[str, Any]:
    """In a process of its own: it forks, which a test process with threads should not."""
    first = random.SystemRandom().randint(1, step)
    command = [sys.executable, "-m", "crash.inject", fault, "--step", str(step), "--first", str(first)]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True)
    assert done.stdout, done.stderr[-2000:]
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


@pytest.mark.parametrize(
    ("fault", "least", "ending"),
    [
        pytest.param("KILL", 60, "killed", id="fault_06_kill_at_each_call"),
        pytest.param("ENOSPC", 60, "finished after waiting", id="fault_18_disk_full_once_at_each_call"),
        pytest.param("FULL", 20, "disk_full after waiting", id="fault_18_disk_full_from_each_call_on"),
        pytest.param("EIO", 60, "finished", id="fault_19_disk_error_once_at_each_call"),
        pytest.param("DEAD", 20, "disk_error", id="fault_19_disk_error_from_each_call_on"),
        pytest.param("EROFS", 20, "disk_read_only", id="fault_20_read_only_from_each_call_on"),
    ],
)
@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.soak)])
def test_a_fault_at_every_system_call_loses_nothing(fault: str, least: int, ending: str, step: int) -> None:
    """In the gate at every third, drawn anew each time where it begins."""
    result = series(fault, step)

    assert result["bad"] == 0, result
    assert result["runs"] >= least // step and result["endings"][ending] > 1, result
