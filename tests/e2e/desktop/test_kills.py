"""A few rounds of kills.py; the long run is in CONTRIBUTING.md."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from e2e.desktop.desk import TESTS, lacking


@pytest.mark.parametrize("rounds", [1, pytest.param(50, marks=pytest.mark.soak)])
@pytest.mark.timeout(1_800)
def test_nobody_is_left_behind_and_nothing_is_lost(rounds: int) -> None:
    if lacking():
        pytest.skip(f"not installed: {', '.join(lacking())}")
    command = [sys.executable, "-m", "e2e.desktop.kills", "--rounds", str(rounds)]
    done = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-2_000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["rounds"] == rounds and told["sessions_compared"] >= 1 and not told["wrong"]
