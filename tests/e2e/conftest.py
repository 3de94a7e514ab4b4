"""One untouched run of the small job, shared by the tests that compare with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import program


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The session folder of the small job after a run that nothing interrupted."""
    root = tmp_path_factory.mktemp("untouched")
    done = program.so8t("run", program.SMALL, "--data-root", root, "--json")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return next(path for path in root.iterdir() if path.is_dir())
