"""What each write has on the disk when it returns: the bytes, and the names in their folders. No handle stays open."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from so8t_engine.session import durable

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="handles are looked up in /proc")


def opened() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208


def filled(root: Path) -> None:
    """Before each: a file, two folders, and a folder on its way to its name."""
    for name in ("there", "one/two/inner", "x.part/deep/file"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"bytes")


@pytest.mark.parametrize(
    ("act", "flushed"),
    [
        (lambda root: durable.replace(root / "new", b"x"), ["new.part", "."]),
        (lambda root: durable.replace(root / "new", b"x", durable=False), []),
        (lambda root: durable.write(root / "new", [b"x", b"y"]), ["new"]),
        (lambda root: durable.append(root / "new", b"x", at=0), ["new", "."]),
        (lambda root: durable.append(root / "there", b"x", at=5), ["there"]),
        (lambda root: durable.append(root / "there", b"", at=2), ["there"]),
        (lambda root: durable.make_folder(root / "a" / "b"), [".", "a"]),
        (lambda root: durable.make_folder(root / "one"), []),
        (lambda root: durable.rename(root / "there", root / "here"), ["."]),
        (lambda root: durable.rename(root / "there", root / "one" / "there"), ["one", "."]),
        (lambda root: durable.discard(root / "there"), ["."]),
        (
            lambda root: durable.publish(root / "x.part", root / "x"),
            ["x.part", "x.part/deep/file", "x.part/deep", "."],
        ),
        (
            lambda root: durable.publish(root / "x.part", root / "x", over=False),
            ["x.part", "x.part/deep/file", "x.part/deep", "."],
        ),
    ],
)  # fmt: skip
def test_bytes_come_to_the_disk_before_the_name_that_stands_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Path], object], flushed: list[str]
) -> None:
    filled(tmp_path)
    seen: list[str] = []
    monkeypatch.setattr(
        os, "fsync", lambda handle: seen.append(os.path.relpath(Path(f"/proc/self/fd/{handle}").readlink(), tmp_path))
    )
    before = opened()
    act(tmp_path)

    assert seen == flushed and opened() == before


@pytest.mark.parametrize(("names", "own"), [(1, True), (2, False), (3, False)])
def test_a_file_that_other_names_share_gets_bytes_of_its_own_and_the_others_keep_theirs(
    tmp_path: Path, names: int, own: bool
) -> None:
    file = tmp_path / "history"
    file.write_bytes(b"old")
    others = [tmp_path / f"backup-{number}" for number in range(1, names)]
    for other in others:
        os.link(file, other)
    before = file.stat().st_ino
    durable.unshare(file)

    assert (file.stat().st_ino == before, file.stat().st_nlink, file.read_bytes()) == (own, 1, b"old")
    durable.append(file, b"er", at=3)
    assert [other.read_bytes() for other in others] == [b"old"] * len(others)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["history", *(other.name for other in others)])


def test_a_link_and_what_is_not_there_are_left_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to("file")
    durable.unshare(tmp_path / "link")
    durable.unshare(tmp_path / "none")

    assert (tmp_path / "link").is_symlink() and sorted(path.name for path in tmp_path.iterdir()) == ["file", "link"]


@pytest.mark.parametrize(
    ("windows", "winerror", "tries"), [(True, 32, 2), (True, 2, 1), (True, None, 1), (False, 32, 1), (False, None, 1)]
)
def test_only_what_windows_says_is_held_is_tried_again(windows: bool, winerror: int | None, tries: int) -> None:
    slept: list[float] = []
    tried: list[int] = []

    def act() -> None:
        tried.append(1)
        if len(tried) == 1:
            error = OSError(13, "held")
            if winerror is not None:
                error.winerror = winerror  # type: ignore[attr-defined, unused-ignore]
            raise error

    try:
        durable.retry_busy(act, slept.append, windows=windows)
    except OSError:
        pass

    assert (len(tried), len(slept)) == (tries, tries - 1)
