"""What the cache holds for later is swept by its last use, but never what is used right now."""

from __future__ import annotations

import os
import time
from pathlib import Path

from so8t_engine.session import cached_files


def put(folder: Path, name: str, size: int, days: float) -> Path:
    file = folder / name
    file.write_bytes(b"x" * size)
    os.utime(file, (time.time() - 86_400 * days,) * 2)
    return file


def test_that_what_was_not_used_for_long_goes_and_what_is_used_stays(tmp_path: Path) -> None:
    old, fresh, used = (put(tmp_path, name, 5, days) for name, days in (("old", 31), ("fresh", 29), ("used", 400)))
    part = put(tmp_path, "x.gguf.1.part", 5, 400)
    (tmp_path / "folder").mkdir()
    cached_files.used(used)

    assert not old.exists() and fresh.exists() and used.exists() and part.exists() and (tmp_path / "folder").is_dir()
    assert time.time() - used.stat().st_mtime < 3_600
    assert cached_files.total(tmp_path) == (2, 10)


def test_that_of_too_much_the_files_stay_that_were_used_last(tmp_path: Path) -> None:
    first, second, third = (put(tmp_path, str(days), 10, days) for days in (1, 2, 3))

    assert cached_files.sweep(tmp_path, third, most_bytes=25) == [second]
    assert first.exists() and third.exists() and cached_files.sweep(tmp_path, most_bytes=25) == []
    assert cached_files.sweep(tmp_path / "none") == [] and cached_files.total(tmp_path / "none") == (0, 0)
