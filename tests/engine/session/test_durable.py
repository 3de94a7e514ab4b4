"""Every durable write: old or new, never a mixture, nothing half-done left behind, a fault as a sentence."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from so8t_engine.errors import EngineError
from so8t_engine.session import durable as files


def anything(name: str) -> bool:
    return True


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


@pytest.mark.skipif(os.name != "posix", reason="Windows has no bits of permission")
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
    with pytest.raises(EngineError, match="is truncated: 3 bytes where 9"):
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
    files.sweep(tmp_path, anything)

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

    assert files.sweep(tmp_path, anything) == ["000002.part", "000003.dead", "000004.part.dead", "x.json.part"]
    assert names(tmp_path) == ["000001", "000005.bad"]


def test_a_link_is_removed_itself_and_not_what_it_points_to(tmp_path: Path) -> None:
    files.make_folder(tmp_path / "foreign")
    files.write(tmp_path / "foreign" / "x", b"x")
    (tmp_path / "link.part").symlink_to(tmp_path / "foreign")
    files.sweep(tmp_path, anything)

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


@pytest.mark.skipif(os.name != "posix", reason="Windows cannot open a folder")
def test_folders_are_not_flushed_on_windows_and_are_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    monkeypatch.setattr(files, "WINDOWS", False)
    files.flush_folder(tmp_path)
    monkeypatch.setattr(files, "WINDOWS", True)
    files.flush_folder(tmp_path)

    assert len(flushed) == 1


def test_a_folder_that_another_engine_makes_at_the_same_instant_is_as_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    looked: list[Path] = []
    real = Path.is_dir

    def is_dir(path: Path) -> bool:
        looked.append(path)
        return real(path) and len(looked) > 1

    monkeypatch.setattr(Path, "is_dir", is_dir)
    files.make_folder(tmp_path / "a")

    assert names(tmp_path) == ["a"]


def test_a_folder_that_cannot_be_flushed_is_an_error_and_keeps_no_handle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    before = len(list(Path("/proc/self/fd").iterdir()))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        for _ in range(20):
            with pytest.raises(OSError, match="Input/output error"):
                files.flush_folder(tmp_path)
    for _ in range(20):
        files.flush_folder(tmp_path)

    assert len(list(Path("/proc/self/fd").iterdir())) == before


def busy(winerror: int, number: int = errno.EACCES) -> OSError:
    error = OSError(number, "held")
    error.winerror = winerror  # type: ignore[attr-defined]
    return error


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """As if on Windows; pauses are noted, not made."""
    pauses: list[float] = []
    monkeypatch.setattr(files, "WINDOWS", True)
    monkeypatch.setattr(time, "sleep", pauses.append)
    return pauses


def failing_first(times: int, error: OSError, real: Callable[..., object]) -> Callable[..., object]:
    left = [times]

    def action(*arguments: object, **named: object) -> object:
        if left[0]:
            left[0] -= 1
            raise error
        return real(*arguments, **named)

    return action


@pytest.mark.parametrize("error", [busy(32), busy(5), busy(33), busy(145, errno.ENOTEMPTY)])
def test_fault_21_what_a_scanner_holds_for_a_moment_is_removed_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slept: list[float], error: OSError
) -> None:
    files.make_folder(tmp_path / "a")
    files.write(tmp_path / "b", b"x")
    monkeypatch.setattr(shutil, "rmtree", failing_first(4, error, shutil.rmtree))
    monkeypatch.setattr(Path, "unlink", failing_first(4, error, Path.unlink))

    assert files.discard(tmp_path / "a") and files.discard(tmp_path / "b")
    assert names(tmp_path) == [] and slept


def test_fault_21_what_is_held_for_good_stays_dead_and_nothing_else_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slept: list[float]
) -> None:
    for text in ("one", "two", "three"):
        files.make_folder(tmp_path / "out.part")
        files.write(tmp_path / "out.part" / text, b"x")
        with monkeypatch.context() as patch:
            patch.setattr(shutil, "rmtree", failing_first(10_000, busy(32), shutil.rmtree))
            files.publish(tmp_path / "out.part", tmp_path / "out")

    assert names(tmp_path) == ["out", "out.old.1.dead", "out.old.dead"] and names(tmp_path / "out") == ["three"]
    assert files.sweep(tmp_path, anything) == ["out.old.1.dead", "out.old.dead"] and names(tmp_path) == ["out"]


def test_fault_21_a_folder_whose_very_name_is_held_does_not_stop_a_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slept: list[float]
) -> None:
    for folder in ("a.part", "b.part"):
        files.make_folder(tmp_path / folder)
    real = Path.rename

    def rename(source: Path, target: Path) -> Path:
        if source.name == "a.part":
            raise busy(32)
        return real(source, target)

    monkeypatch.setattr(Path, "rename", rename)

    assert files.sweep(tmp_path, anything) == ["b.part"] and names(tmp_path) == ["a.part"]


def test_what_is_read_only_is_removed_and_what_a_link_leads_to_keeps_its_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses to remove a read-only file, whoever asks."""
    outside = tmp_path / "outside"
    outside.write_bytes(b"x")
    outside.chmod(0o400)
    files.make_folder(tmp_path / "a")
    (tmp_path / "a" / "x").write_bytes(b"x")
    (tmp_path / "a" / "x").chmod(0o400)
    (tmp_path / "a" / "link").symlink_to(outside)
    real = shutil.rmtree

    def rmtree(folder: Path) -> None:
        if not (folder / "x").stat().st_mode & stat.S_IWUSR:
            raise PermissionError(errno.EACCES, "Access is denied")
        real(folder)

    monkeypatch.setattr(shutil, "rmtree", rmtree)

    assert files.discard(tmp_path / "a")
    assert names(tmp_path) == ["outside"] and stat.S_IMODE(outside.stat().st_mode) == 0o400


def test_on_windows_a_files_new_name_is_flushed_before_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slept: list[float]
) -> None:
    """Folders cannot be flushed there: the state file's own rename would reach the disk with the next save's flush."""
    log: list[str] = []
    flush, real = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        log.append(f"flush {Path(f'/proc/self/fd/{handle}').readlink().name}")
        flush(handle)

    def replace(source: Path, target: Path) -> Path:
        log.append("rename")
        return real(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    files.replace(tmp_path / "state.json", b"new")

    assert log == ["flush state.json.part", "rename", "flush state.json"]


@pytest.mark.parametrize(
    "error", [busy(183, errno.EEXIST), busy(0, errno.ENOTEMPTY), busy(5)], ids=["exists", "not empty", "denied"]
)
def test_of_two_that_publish_one_name_the_slower_is_told_so_on_windows_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slept: list[float], error: OSError
) -> None:
    files.make_folder(tmp_path / "out.part")

    def rename(source: Path, target: Path) -> Path:
        target.mkdir(exist_ok=True)  # the other one's, an instant ago
        raise error

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(FileExistsError):
        files.publish(tmp_path / "out.part", tmp_path / "out", over=False)


def test_a_folder_whose_successor_cannot_take_its_name_has_it_back_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("out", "out.part"):
        files.make_folder(tmp_path / folder)
        files.write(tmp_path / folder / "whose", folder.encode())
    real = Path.rename

    def rename(source: Path, target: Path) -> Path:
        if source.name == "out.part":
            raise OSError(errno.EIO, "Input/output error")
        return real(source, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(EngineError, match="disk reported an error"):
        files.publish(tmp_path / "out.part", tmp_path / "out")

    assert (tmp_path / "out" / "whose").read_bytes() == b"out"


def test_a_part_of_ones_own_takes_away_what_the_dead_have_left_of_the_same_file_and_nothing_else(
    tmp_path: Path,
) -> None:
    dead, alive = 2**31 - 1, os.getppid()
    others = ["b.gguf", f"b.gguf.{alive}.part", f"other.gguf.{dead}.part", "b.gguf.part", f"b.gguf.{dead}.part.txt",
              f"b.gguf.{dead}x.part"]  # fmt: skip
    for name in [*others, f"b.gguf.{dead}.part"]:
        (tmp_path / name).touch()
    part = files.own_part(tmp_path / "b.gguf")

    assert part == tmp_path / f"b.gguf.{os.getpid()}.part" and not part.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(others)
