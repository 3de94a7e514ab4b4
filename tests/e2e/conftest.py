"""One untouched run of the small job, shared by the tests that compare with it, in whatever process they run."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from helpers import program

CANARY = "hf_canary0123456789abcdef"  # a secret in the environment of the shared run
SAID = "said.txt"  # what it printed


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The session folder of the small job after a run that nothing interrupted. Nobody may write to it."""
    own = tmp_path_factory.getbasetemp()
    root = (own if worker_id == "master" else own.parent) / "untouched"
    with FileLock(root.with_suffix(".lock")):  # the first process makes it, the others wait
        if not (root / "done").exists():
            done = program.started("run", program.SMALL, "--data-root", root, "--json", HF_TOKEN=CANARY)
            (root / SAID).write_text(done.stdout + done.stderr, encoding="utf-8")
            assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
            (root / "done").touch()
    return next(path for path in root.iterdir() if path.is_dir())
