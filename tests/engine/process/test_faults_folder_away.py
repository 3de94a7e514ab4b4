"""A session's folder is renamed, trashed, deleted or unplugged while it runs: one sentence, and none is made anew."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from crash.soak import digests
from helpers import toy_engine
from so8t_engine.errors import EXIT_GONE
from so8t_engine.session import adoption, incidents, recovery, store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody rename a folder with a file open in it")


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = tmp_path_factory.mktemp("untouched")
    assert toy_engine.run(root, forks=False)[1] == 0
    return digests(toy_engine.session_in(root))


def folders(root: Path) -> list[Path]:
    return [path for path in root.iterdir() if path.is_dir()]


def ended(root: Path, trouble: str, resumed: bool = False) -> str:
    """What it said when it ended, in the one way it may."""
    start = toy_engine.resume if resumed else toy_engine.run
    events, code = start(root, trouble=f"away:{trouble}")
    (failed,) = toy_engine.named(events, "failed")

    assert code == EXIT_GONE and failed["code"] == "session_gone", failed
    assert not toy_engine.named(events, "restarting") and not toy_engine.named(events, "finished")
    assert "cable" not in failed["action"]["text"] and "so8t resume" in failed["action"]["text"]
    return str(failed["sentence"]["text"])


def test_renamed_in_every_step_it_says_where_it_is_and_put_back_or_adopted_ends_with_the_same_bytes(
    tmp_path: Path, untouched: dict[str, str]
) -> None:
    """At a restart point, in the middle of a write, of a save in the background, while a result is published."""
    root, first = tmp_path / "root", ""
    for where in (
        "collect:3:tick", "data/integrate/004:0:write", "convert:5:tick", "checkpoints:0:save", "train:70:tick",
        "adapter:0:fill", "evaluate:4:tick",
    ):  # fmt: skip
        said = ended(root, f"rename:{where}", resumed=bool(first))
        (renamed,) = folders(root)
        first = first or said.split()[4]

        assert said == f"The folder of session {first} was moved or renamed while it ran; it lies in {renamed} now."
        assert store.read_state(renamed).status == "paused"
        if where != "evaluate:4:tick":
            renamed.rename(root / first)
    adoption.adopt(renamed)
    assert toy_engine.resume(root)[1] == 0
    assert digests(renamed) == untouched and not incidents.read(renamed)


def test_in_the_trash_it_stays_whole_and_put_back_it_goes_on(tmp_path: Path, untouched: dict[str, str]) -> None:
    root, trash = tmp_path / "root", tmp_path / "Trash" / "files"
    said = ended(root, "trash:convert:3:tick")
    (trashed,) = trash.iterdir()

    assert said.endswith(f"it lies in {trashed} now.") and folders(root) == []
    trashed.rename(root / trashed.name)
    assert toy_engine.resume(root)[1] == 0
    assert digests(root / trashed.name) == untouched


def test_the_whole_data_folder_renamed_is_no_other_case(tmp_path: Path) -> None:
    said = ended(tmp_path / "root", "moveroot:train:30:tick")
    elsewhere = toy_engine.session_in(tmp_path / "elsewhere")

    assert said.endswith(f"it lies in {elsewhere} now.") and not (tmp_path / "root").exists()
    assert recovery.recover(elsewhere).state.cursor.step == "train"


def test_another_folder_in_its_place_is_not_taken_for_it(tmp_path: Path) -> None:
    root = tmp_path / "root"
    said = ended(root, "replace:train:30:tick")

    assert "20270101-000000-renamed now." in said
    assert [list(path.iterdir()) for path in folders(root) if "renamed" not in path.name] == [[]]


def test_deleted_it_is_not_made_anew(tmp_path: Path) -> None:
    root = tmp_path / "root"

    assert ended(root, "delete:integrate:2:tick").endswith("was deleted while it ran.")
    assert folders(root) == []


@pytest.mark.parametrize("where", ["train:30:tick", "adapter:0:fill"])
def test_deleted_by_half_when_it_looks_it_is_told_as_deleted(tmp_path: Path, where: str) -> None:
    assert ended(tmp_path / "root", f"halfway:{where}").endswith("was deleted while it ran.")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(folder)], capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small tmpfs")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


def test_an_unplugged_disk_is_told_as_such_and_nothing_is_made_where_it_was_mounted(disk: Path) -> None:
    root = disk / "root"
    root.mkdir()
    said = ended(root, "unmount:train:60:tick")

    assert f"is no longer in {root}: " in said and said.endswith("or its disk was unplugged.")
    assert list(disk.iterdir()) == []
