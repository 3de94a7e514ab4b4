"""Memory that a pass has given back is kept for the next; what the user has set stays."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PASSES = """
import resource
import torch
from so8t_engine.model import kept_memory

def one_pass():
    tensors = [torch.ones(1 << 20) for _ in range(64)]  # 4 MB each
    before.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)

before = []
done = kept_memory.keep()
for _ in range(4):
    one_pass()
print(int(done), before[-1] - before[1])
"""


def passes(**environment: str) -> tuple[bool, int]:
    """(whether memory is kept, pages that two more passes over 256 MB asked the system for), in a new process."""
    ran = subprocess.run(
        [sys.executable, "-c", PASSES], capture_output=True, text=True, check=True, env=os.environ | environment
    )
    done, pages = ran.stdout.split()
    return done == "1", int(pages)


@pytest.mark.skipif(sys.platform != "linux", reason="it is glibc that gives memory back at once")
def test_a_pass_gets_the_memory_of_the_one_before_unless_the_user_has_set_it_otherwise() -> None:
    kept, few = passes()
    left, many = passes(MALLOC_TRIM_THRESHOLD_="131072")

    assert kept and not left
    assert few < many / 20
    assert many > 1_000
