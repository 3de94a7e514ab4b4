"""SIGKILL again and again: the bytes at the end are those of a run that nothing interrupted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from helpers import forks
from helpers.paths import TESTS
from helpers.program import COMMANDS, TRAINING

HERE = Path(__file__).parent
TOY = (str(HERE / "toy.yaml"), "--toy")


def soak(*arguments: str, program: str = "crash.soak") -> dict[str, Any]:
    """In a process of its own: the toy forks, which a test process with threads should not."""
    loaded = COMMANDS if "--toy" in arguments else TRAINING
    done = forks.run(loaded, program, *arguments, variables=os.environ | {"PYTHONPATH": str(TESTS)})
    assert done.stdout.count("\n") > 1, done.stdout + done.stderr[-2000:]
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


@pytest.mark.parametrize("kills", [6, pytest.param(300, marks=pytest.mark.soak)])
def test_fault_07_08_killed_anywhere_around_saves_and_while_resuming_the_result_is_the_same(kills: int) -> None:
    """The real command line, pipeline, context and store; toy steps without torch. Seed drawn, printed on failure."""
    result = soak(*TOY, "--kills", str(kills))

    assert result["kills"] == kills and set(result["mixes"]) == {"anywhere", "around a save", "while resuming"}
    assert result["mismatches"] == 0, result


@pytest.mark.soak
@pytest.mark.parametrize("kills", [3, 100])
def test_fault_07_08_the_real_five_steps_killed_give_the_same_weights_history_and_gguf(kills: int) -> None:
    """At random instants; at chosen ones e2e/test_small_job kills them in every run of the gate."""
    result = soak("--kills", str(kills))

    assert result["kills"] == kills
    assert result["mismatches"] == 0, result


@pytest.mark.soak
def test_fault_07_08_the_data_steps_killed_while_they_fetch_and_ask_give_the_same_files() -> None:
    """A hub and a teacher on loopback, both slow."""
    result = soak("--kills", "20", program="crash.data_steps")

    assert (result["kills"], result["mismatches"]) == (20, 0), result


@pytest.mark.parametrize("kills", [3, pytest.param(200, marks=pytest.mark.soak)])
def test_fault_07_08_killed_inside_every_part_of_training_the_weights_and_history_are_the_same(kills: int) -> None:
    """LoRA and full fine-tuning, one thread and two; within a token, a backward pass, an optimizer step, a save."""
    result = soak("--kills", str(kills), program="crash.points")

    assert result["kills"] == kills
    assert result["mismatches"] == 0, result


def test_a_step_that_does_not_save_its_random_numbers_is_noticed(tmp_path: Path) -> None:
    """The loop can fail: a toy trainer that forgets one thing ends with other weights."""
    code = (
        "import sys; from crash import toy, soak, subject\n"
        "toy.random.Random.setstate = lambda self, state: None\n"
        "sys.argv = ['soak', *sys.argv[1:]]; sys.exit(soak.main())\n"
    )
    command = [sys.executable, "-c", code, *TOY, "--kills", "10"]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True)

    assert done.returncode == 1, done.stdout + done.stderr
    assert "differs from the untouched one" in done.stdout
