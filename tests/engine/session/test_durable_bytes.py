"""Bytes that are flushed before they have a name, and bytes that are nobody else's."""

from __future__ import annotations

import os
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
