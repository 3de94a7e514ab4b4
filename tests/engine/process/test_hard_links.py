"""A backup by hard links (`cp -al`, rsnapshot, `rsync --link-dest`) stays as it was, whichever of the two goes on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from crash.soak import digests
from helpers import toy_engine
from helpers.paths import TOY
from helpers.session_with_saves import contents
from so8t_engine.session import durable, history

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pauses by a pipe, links by another name")


def linked(session: Path, root: Path) -> Path:
    """As `cp -al` does: folders anew, every file by another name of the same."""
    return shutil.copytree(session, root / session.name, copy_function=os.link)


@pytest.fixture(scope="module")
def paused(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session paused in training, after an interruption, so that all its files are there."""
    root = tmp_path_factory.mktemp("paused")
    engine = toy_engine.start(root, "run", str(TOY), trouble="kill@5")
    assert toy_engine.pause_in("train", engine, after="restarting") == 75
    session = toy_engine.session_in(root)
    assert (session / history.NAME).stat().st_size and (session / "incidents.jsonl").stat().st_size
    return session


def test_fault_40_a_hard_linked_copy_that_is_resumed_leaves_the_original_as_it_was_and_the_reverse(
    tmp_path: Path, paused: Path
) -> None:
    copy, other = linked(paused, tmp_path / "one"), linked(paused, tmp_path / "two")
    before = contents(paused)
    assert (copy / history.NAME).stat().st_nlink == 3
    _, code = toy_engine.resume(copy.parent)

    assert code == 0 and contents(paused) == contents(other) == before
    finished = contents(copy)
    _, code = toy_engine.resume(other.parent)
    assert code == 0 and contents(copy) == finished and contents(paused) == before
    assert digests(copy) == digests(other)


def test_a_file_of_many_names_gets_bytes_of_its_own_and_keeps_them_and_one_of_one_name_is_left_alone(
    tmp_path: Path,
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"history" * 500_000)
    os.link(one, two)
    durable.unshare(one)

    assert one.read_bytes() == two.read_bytes() == b"history" * 500_000
    assert one.stat().st_ino != two.stat().st_ino and sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]
    before = one.stat().st_ino
    durable.unshare(one)
    durable.unshare(tmp_path / "none")
    assert one.stat().st_ino == before
