"""Bytes that are flushed before they have a name, and bytes that are nobody else's."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from so8t_engine.session import durable as files


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_file_of_a_folder_is_on_the_disk_before_the_folder_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part, flushed = tmp_path / "out.part", list[str]()
    files.make_folder(part / "deep")
    (part / "a").write_bytes(b"x")
    (part / "deep" / "b").write_bytes(b"x")

    def flush(path: Path) -> None:
        assert not (tmp_path / "out").exists()
        flushed.append(path.name)

    monkeypatch.setattr(files, "flush_file", flush)
    files.publish(part, tmp_path / "out")

    assert sorted(flushed) == ["a", "b"] and names(tmp_path / "out") == ["a", "deep"]


def test_a_file_that_shares_its_bytes_with_a_backup_gets_its_own(tmp_path: Path) -> None:
    own, backup = tmp_path / "own", tmp_path / "backup"
    own.write_bytes(b"before")
    os.link(own, backup)
    files.unshare(own)

    assert own.stat().st_nlink == 1 and own.read_bytes() == b"before" and names(tmp_path) == ["backup", "own"]
    same = own.stat().st_ino
    files.unshare(own)
    files.unshare(tmp_path / "none")
    assert own.stat().st_ino == same and names(tmp_path) == ["backup", "own"]


def moved(folder: Path) -> None:
    files.rename(folder / "a" / "file", folder / "b" / "file")


def published(folder: Path, over: bool) -> None:
    (folder / "out.part").mkdir()
    files.publish(folder / "out.part", folder / "out", over=over)


@pytest.mark.parametrize(
    ("act", "flushed"),
    [
        (lambda folder: files.make_folder(folder / "new"), ["."]),
        (lambda folder: files.make_folder(folder / "a"), []),  # it was there
        (lambda folder: files.replace(folder / "a" / "file", b"y"), ["a"]),
        (lambda folder: files.replace(folder / "a" / "file", b"y", durable=False), []),
        (lambda folder: files.append(folder / "a" / "file", b"y", 1), []),  # its name is safe already
        (lambda folder: files.append(folder / "a" / "new", b"y", 0), ["a"]),
        (lambda folder: files.rename(folder / "a" / "file", folder / "a" / "other"), ["a"]),
        (moved, ["b", "a"]),
        (lambda folder: files.unshare(folder / "a" / "file"), []),  # nobody else's
        (lambda folder: files.unshare(folder / "a" / "linked"), ["a"]),
        (lambda folder: files.discard(folder / "a" / "file"), ["a"]),
        (lambda folder: published(folder, over=True), ["out.part", "."]),
        (lambda folder: published(folder, over=False), ["out.part", "."]),
    ],
)
def test_a_name_is_on_the_disk_once_what_gave_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Path], object], flushed: list[str]
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_bytes(b"x")
    os.link(tmp_path / "b" / "file", tmp_path / "a" / "linked")
    (tmp_path / "b" / "file").unlink()
    os.link(tmp_path / "a" / "linked", tmp_path / "linked too")
    seen: list[str] = []
    monkeypatch.setattr(files, "flush_folder", lambda folder: seen.append(folder.relative_to(tmp_path).as_posix()))
    act(tmp_path)

    assert seen == flushed
