"""Every durable write: old or new, never a mixture, nothing half-done left behind, a fault as a sentence."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from so8t_engine.errors import EngineError
from so8t_engine.session import durable as files


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_replace_gives_the_new_bytes_and_leaves_nothing_beside_them(tmp_path: Path) -> None:
    files.replace(tmp_path / "a", b"old")
    files.replace(tmp_path / "a", b"new")

    assert (tmp_path / "a").read_bytes() == b"new" and names(tmp_path) == ["a"]


@pytest.mark.parametrize("durable", [True, False])
def test_a_replace_that_fails_keeps_the_old_bytes_and_takes_the_half_written_ones_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, durable: bool
) -> None:
    files.replace(tmp_path / "a", b"old")

    def full(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(EngineError) as refused:
        files.replace(tmp_path / "a", b"new", durable)

    assert refused.value.code == "disk_full"
    assert (tmp_path / "a").read_bytes() == b"old" and names(tmp_path) == ["a"]


def test_write_makes_files_for_the_user_alone(tmp_path: Path) -> None:
    files.write(tmp_path / "a", b"x")
    files.make_folder(tmp_path / "b" / "c")

    assert (tmp_path / "a").stat().st_mode & 0o077 == 0
    assert (tmp_path / "b" / "c").stat().st_mode & 0o077 == 0


def test_append_cuts_off_what_lies_behind_the_place(tmp_path: Path) -> None:
    path = tmp_path / "h"
    files.append(path, b"onetwo", at=0)
    files.append(path, b"2", at=3)

    assert path.read_bytes() == b"one2"


def test_append_refuses_to_leave_a_hole(tmp_path: Path) -> None:
    files.append(tmp_path / "h", b"one", at=0)
    with pytest.raises(EngineError, match="lost its end: 3 bytes where 9"):
        files.append(tmp_path / "h", b"x", at=9)

    assert (tmp_path / "h").read_bytes() == b"one"


def test_short_writes_are_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:3]))
    files.write(tmp_path / "a", b"0123456789")

    assert (tmp_path / "a").read_bytes() == b"0123456789"


def test_publish_replaces_an_older_folder_whole(tmp_path: Path) -> None:
    for text in ("old", "new"):
        part = tmp_path / "out.part"
        files.make_folder(part / "deep")
        files.write(part / "deep" / text, b"x")
        files.publish(part, tmp_path / "out")

    assert names(tmp_path) == ["out"] and names(tmp_path / "out" / "deep") == ["new"]


def test_a_folder_whose_successor_did_not_arrive_gets_its_name_back(tmp_path: Path) -> None:
    for folder in ("out.old", "out.part", "done.old", "done"):
        files.make_folder(tmp_path / folder)
        files.write(tmp_path / folder / "x", folder.encode())
    files.sweep(tmp_path)

    assert names(tmp_path) == ["done", "out"]
    assert (tmp_path / "out" / "x").read_bytes() == b"out.old" and (tmp_path / "done" / "x").read_bytes() == b"done"


def test_publish_takes_nothing_away_where_that_was_not_asked_for(tmp_path: Path) -> None:
    for folder in ("out", "out.part"):
        files.make_folder(tmp_path / folder)
        files.write(tmp_path / folder / "whose", folder.encode())
    with pytest.raises(FileExistsError):
        files.publish(tmp_path / "out.part", tmp_path / "out", over=False)

    assert (tmp_path / "out" / "whose").read_bytes() == b"out"


def test_discard_finishes_what_an_earlier_discard_left(tmp_path: Path) -> None:
    for folder in ("a", "a.dead"):
        files.make_folder(tmp_path / folder / "deep")
        files.write(tmp_path / folder / "deep" / "x", b"x")
    files.discard(tmp_path / "a")

    assert names(tmp_path) == []


def test_sweep_takes_the_unfinished_and_the_dead_and_nothing_else(tmp_path: Path) -> None:
    for folder in ("000001", "000002.part", "000003.dead", "000004.part.dead", "000005.bad"):
        files.make_folder(tmp_path / folder)
    files.write(tmp_path / "x.json.part", b"x")

    assert files.sweep(tmp_path) == ["000002.part", "000003.dead", "000004.part.dead", "x.json.part"]
    assert names(tmp_path) == ["000001", "000005.bad"]


def test_a_link_is_removed_itself_and_not_what_it_points_to(tmp_path: Path) -> None:
    files.make_folder(tmp_path / "foreign")
    files.write(tmp_path / "foreign" / "x", b"x")
    (tmp_path / "link.part").symlink_to(tmp_path / "foreign")
    files.sweep(tmp_path)

    assert names(tmp_path) == ["foreign"] and names(tmp_path / "foreign") == ["x"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "disk_read_only"),
        (errno.EACCES, "disk_permission"),
        (errno.EPERM, "disk_permission"),
        (errno.ENOTDIR, "disk_permission"),
        (errno.EIO, "disk_error"),
    ],
)
def test_the_errors_of_a_disk_are_told_in_words(tmp_path: Path, number: int, code: str) -> None:
    with pytest.raises(EngineError) as told, files.translated(tmp_path):
        raise OSError(number, os.strerror(number))

    assert told.value.code == code and str(tmp_path) in told.value.detail


def test_an_error_that_is_not_the_disks_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), files.translated(tmp_path):
        raise FileNotFoundError(errno.ENOENT, "No such file")


def test_a_read_is_tried_twice_after_a_disk_error_and_once_otherwise() -> None:
    tries: list[int] = []

    def failing(number: int) -> None:
        tries.append(number)
        raise OSError(number, "x")

    for number in (errno.EIO, errno.EACCES):
        with pytest.raises(OSError):
            files.read_twice(lambda number=number: failing(number))  # type: ignore[misc]

    assert tries == [errno.EIO, errno.EIO, errno.EACCES]


def test_folders_are_not_flushed_on_windows_and_are_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    monkeypatch.setattr(files, "WINDOWS", False)
    files.flush_folder(tmp_path)
    monkeypatch.setattr(files, "WINDOWS", True)
    files.flush_folder(tmp_path)

    assert len(flushed) == 1
