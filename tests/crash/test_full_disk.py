"""A disk that fills at every write and every unit of a run: it waits, goes on, and ends with the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.soak
@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="needs the right to mount a small tmpfs")
@pytest.mark.parametrize("job", [["crash/toy.yaml", "--toy"], ["e2e/small.yaml"]], ids=["toy", "small"])
def test_fault_18_full_at_every_place_it_waits_and_ends_with_the_same_bytes(job: list[str]) -> None:
    command = [sys.executable, "-m", "crash.full_disk", *job]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, timeout=1_800)
    result = json.loads(done.stdout.splitlines()[-1])

    assert result["wrong"] == []
    assert all(result[way]["waits"] > 30 for way in ("nothing", "half", "files", "unit"))
    assert result["nothing"]["waits"] == result["nothing"]["places"]
    assert {"final_model 0", "report 0", "adapter 0"} <= set(result["nothing"]["waited_at"])
