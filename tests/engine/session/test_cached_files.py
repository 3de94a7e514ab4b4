"""What the cache holds for later is swept by its last use, but never what is used right now."""

from __future__ import annotations

import errno
import functools
import os
import sys
import time
from pathlib import Path

import pytest

from helpers.sessions import refused
from so8t_engine.errors import EXIT_DISK
from so8t_engine.sentences import say
from so8t_engine.session import cached_files


def put(folder: Path, name: str, size: int, days: float) -> Path:
    file = folder / name
    file.write_bytes(b"x" * size)
    os.utime(file, (time.time() - 86_400 * days,) * 2)
    return file


def base(number: int) -> str:
    return f"base-{number:016x}-Q4_K_M.gguf"


def test_that_what_was_not_used_for_long_goes_and_what_is_used_stays(tmp_path: Path) -> None:
    old, fresh, used = (put(tmp_path, base(n), 5, days) for n, days in enumerate((31, 29, 400)))
    part = put(tmp_path, f"{base(9)}.{os.getpid()}.part", 5, 400)
    (tmp_path / base(10)).mkdir()
    cached_files.used(used)

    assert not old.exists() and fresh.exists() and used.exists() and part.exists() and (tmp_path / base(10)).is_dir()
    assert time.time() - used.stat().st_mtime < 3_600
    assert cached_files.total(tmp_path) == (2, 10)


def test_that_of_too_much_the_files_stay_that_were_used_last(tmp_path: Path) -> None:
    first, second, third = (put(tmp_path, base(days), 10, days) for days in (1, 2, 3))

    assert cached_files.sweep(tmp_path, third, most_bytes=25) == [second]
    assert first.exists() and third.exists() and cached_files.sweep(tmp_path, most_bytes=20) == []
    assert cached_files.sweep(tmp_path / "none") == [] and cached_files.total(tmp_path / "none") == (0, 0)


def test_that_nothing_goes_whose_name_is_not_one_of_ours(tmp_path: Path) -> None:
    names = [
        "my-model-Q8_0.gguf",
        "base-llama-Q8_0.gguf",
        "thesis.html",
        "notes",
        f"{base(1)}.bak",
        f"{base(1)}.1x.part",
    ]
    theirs = [put(tmp_path, name, 10, 400) for name in names]
    page = put(tmp_path, "0123456789ab.html", 10, 31)

    assert cached_files.sweep(tmp_path, most_bytes=0) == [page]
    assert all(file.exists() for file in theirs) and cached_files.total(tmp_path) == (0, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="making a symbolic link needs a privilege there")
def test_that_a_link_is_none_of_ours_whatever_its_name(tmp_path: Path) -> None:
    theirs = put(tmp_path, "theirs", 10, 400)
    link = tmp_path / base(1)
    link.symlink_to(theirs)

    assert cached_files.sweep(tmp_path, most_bytes=0) == [] and cached_files.total(tmp_path) == (0, 0)
    assert link.is_symlink() and theirs.exists()


def test_that_what_a_killed_process_left_half_made_goes_a_day_later(tmp_path: Path) -> None:
    dead = 2**31 - 1
    left = [put(tmp_path, f"{base(1)}.{dead}.part{more}", 10, 2) for more in ("", ".whole")]
    young = put(tmp_path, f"{base(2)}.{dead}.part", 10, 0.5)
    at_work = put(tmp_path, f"{base(3)}.{os.getppid()}.part.whole", 10, 2)

    assert sorted(cached_files.sweep(tmp_path, most_bytes=0)) == left and young.exists() and at_work.exists()


def test_a_cache_that_cannot_be_written_is_no_sessions_trouble_whatever_the_systems_number(tmp_path: Path) -> None:
    def fill(place: Path, error: OSError | None = None) -> None:
        with cached_files.filling(place):
            if error is not None:
                raise error

    in_the_way = tmp_path / "a file"
    in_the_way.touch()
    for place, error in (
        (in_the_way / "x", None),
        (Path("/proc/nobody makes a folder here"), None),
        (tmp_path / "full", OSError(errno.ENOSPC, "No space left on device")),
    ):
        if place.is_relative_to("/proc") and sys.platform != "linux":
            continue
        met = refused(functools.partial(fill, place, error))
        assert (met.code, met.exit_code) == ("cache_disk", EXIT_DISK) and str(place) in met.detail
        assert "so8t resume" not in say(met.action) and "SO8T_CACHE_HOME" in say(met.action)
    with pytest.raises(FileNotFoundError):  # of what is read, not of the cache
        fill(tmp_path / "full", FileNotFoundError(errno.ENOENT, "model.safetensors"))
    assert (tmp_path / "full").is_dir()


def test_a_folder_of_the_cache_is_made_with_those_above_it_where_it_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SO8T_CACHE_HOME", str(tmp_path / "cache"))
    place = cached_files.folder(cached_files.PAGES)
    for _ in range(2):
        with cached_files.filling(place):
            assert place.is_dir()

    assert place == tmp_path / "cache" / "compared"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_to_a_file_is_not_counted_with_it(tmp_path: Path) -> None:
    (tmp_path / "aaaaaaaaaaaa.html").write_bytes(b"x" * 7)
    (tmp_path / "bbbbbbbbbbbb.html").symlink_to(tmp_path / "aaaaaaaaaaaa.html")

    assert cached_files.total(tmp_path) == (1, 7)
