"""Nothing in a session is written, renamed or removed past durable.py; the trace of the system calls says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crash.watch import changes, watch

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")


def test_creating_committing_and_retaining_go_through_files_alone(tmp_path: Path) -> None:
    root = tmp_path.resolve() / "sessions"
    root.mkdir()
    watched = watch(root, tmp_path / "trace", ["workload", str(root)])

    assert watched.past == [] and watched.code == 0
    assert watched.made > 40


def test_a_write_past_files_is_seen(tmp_path: Path) -> None:
    root = tmp_path.resolve() / "sessions"
    root.mkdir()
    watched = watch(root, tmp_path / "trace", ["workload", str(root), "and cheat"])

    assert watched.past == ["openat /20260101-000000-s/notes.txt"]


def test_a_half_built_folder_is_free_until_it_is_published() -> None:
    trace = [
        '1  openat(AT_FDCWD</>, "/r/s/gguf.part/model.gguf", O_WRONLY|O_CREAT, 0666) = 3</r/s/gguf.part/model.gguf>',
        '1  rename("/r/s/gguf.part", "/r/s/gguf") = 0',
        '2  openat(AT_FDCWD</r/s>, "adapter/x", O_RDWR|O_CREAT <unfinished ...>',
        '1  openat(AT_FDCWD</>, "/r/s/logs/engine.log", O_WRONLY|O_CREAT|O_APPEND, 0600) = 4</r/s/logs/engine.log>',
        "2  <... openat resumed>, 0666) = 5</r/s/adapter/x>",
    ]
    past, made = changes(trace, "/r")

    assert past == ["rename /s/gguf.part", "rename /s/gguf", "openat /s/adapter/x"] and made == 3


@pytest.mark.soak
def test_the_whole_job_with_its_real_steps_writes_through_files_alone(tmp_path: Path) -> None:
    """Five steps with torch, transformers, datasets and the GGUF writer: what those write lies in `.part` folders."""
    root = tmp_path.resolve() / "sessions"
    root.mkdir()
    config = Path(__file__).parents[1] / "e2e" / "small.yaml"
    watched = watch(root, tmp_path / "trace", ["run", str(config), "--data-root", str(root), "--json"])

    assert watched.code == 0
    assert watched.past == [] and watched.made > 150
