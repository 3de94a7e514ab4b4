"""Folders and second names: who may read them, what a disk knows of them, and what is left where two were at it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from so8t_engine.errors import EngineError
from so8t_engine.session import durable as files


def test_results_are_there_for_everybody_to_read(tmp_path: Path) -> None:
    inner = tmp_path / "report" / "inner"
    inner.mkdir(parents=True)
    (inner / "page.html").write_bytes(b"x")
    places = [inner / "page.html", inner, tmp_path / "report"]
    for path in places:
        path.chmod(0o700)
    files.let_everybody_read(tmp_path / "report")

    assert [stat.S_IMODE(path.stat().st_mode) for path in places] == [0o644, 0o755, 0o755]


def test_an_empty_folder_is_taken_away_and_one_with_anything_in_it_stays(tmp_path: Path) -> None:
    for name in ("empty", "full"):
        (tmp_path / name).mkdir()
    (tmp_path / "full" / "x").write_bytes(b"")
    for name in ("empty", "full", "none"):
        files.remove_empty(tmp_path / name)

    assert [path.name for path in tmp_path.iterdir()] == ["full"]


@pytest.mark.parametrize(
    ("number", "knows"),
    [(None, True), (errno.EPERM, False), (errno.EOPNOTSUPP, False), (errno.ENOSPC, True), (errno.EDQUOT, True)],
)
def test_a_disk_is_asked_whether_a_file_can_have_a_second_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int | None, knows: bool
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x")
    files.own_part(file).write_bytes(b"left by an earlier question")
    if number is not None:

        def refuses(source: Path, target: Path) -> None:
            raise OSError(number, "no")

        monkeypatch.setattr(os, "link", refuses)

    assert files.knows_links(file) is knows
    assert [path.name for path in tmp_path.iterdir()] == ["file"] and file.stat().st_nlink == 1


@pytest.mark.parametrize(
    ("number", "there", "raised"),
    [
        (errno.ENOTEMPTY, True, FileExistsError), (errno.EEXIST, True, FileExistsError),
        (errno.EIO, True, EngineError), (errno.EIO, False, EngineError),
    ],
)  # fmt: skip
def test_of_two_that_publish_one_name_the_slower_is_told_so_and_a_disks_trouble_is_none_of_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, there: bool, raised: type[Exception]
) -> None:
    part, final = tmp_path / "x.part", tmp_path / "x"
    part.mkdir()

    def too_late(self: Path, target: Path) -> Path:
        if there:
            target.mkdir()
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "rename", too_late)
    with pytest.raises(raised):
        files.publish(part, final, over=False)


def test_a_sweep_tells_of_what_has_its_name_back_and_a_thing_that_is_gone_already_is_removed(tmp_path: Path) -> None:
    (tmp_path / "x.old").mkdir()
    (tmp_path / "y.part").mkdir()
    files._remove(tmp_path / "z.dead")

    assert files.sweep(tmp_path, lambda name: True) == ["x.old", "y.part"]
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
