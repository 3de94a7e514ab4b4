"""Folders for a while: what a killed process leaves goes with the next, what somebody holds stays."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from so8t_engine.session import scratch

HOLDS = """
import sys, tempfile
tempfile.tempdir = sys.argv[1]
from so8t_engine.session import scratch
with scratch.folder("llama") as made:
    (made / "request.json").write_text("{}")
    print(made, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def made_old(path: Path) -> None:
    long_ago = time.time() - 60
    os.utime(path / scratch.HELD, (long_ago, long_ago))


def test_what_a_killed_process_left_goes_with_the_next_one(tmp_path: Path) -> None:
    """Those of llama.cpp in step 5 stayed for ever, 27 of them."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None and process.stdout is not None
    left = Path(process.stdout.readline().strip())
    made_old(left)
    with scratch.folder("chat") as made:
        assert sorted(tmp_path.iterdir()) == sorted([left, made]), "it is held"
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()
    with scratch.folder("eval") as made:
        assert list(tmp_path.iterdir()) == [made]
    assert not list(tmp_path.iterdir())


def test_what_is_nobodys_or_not_locked_yet_stays(tmp_path: Path) -> None:
    for name in ("so8t-llama-no_lock", "so8t-llama-young", "so8t-of_others", "xso8t-llama-x", "target"):
        (tmp_path / name).mkdir()
    for name in ("so8t-llama-young", "so8t-of_others", "xso8t-llama-x", "target"):
        (tmp_path / name / scratch.HELD).touch()
    for name in ("so8t-of_others", "xso8t-llama-x", "target"):
        made_old(tmp_path / name)
    (tmp_path / "so8t-llama-link").symlink_to(tmp_path / "target")
    (tmp_path / "so8t-llama-file").touch()
    before = sorted(path.name for path in tmp_path.rglob("*"))
    scratch.sweep()

    assert sorted(path.name for path in tmp_path.rglob("*")) == before
    made_old(tmp_path / "so8t-llama-young")
    scratch.sweep()
    assert not (tmp_path / "so8t-llama-young").exists()
