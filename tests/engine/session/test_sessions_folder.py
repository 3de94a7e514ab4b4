"""A folder for sessions whose name or place cannot hold any is told so, with what is wrong."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from helpers.sessions import refused
from so8t_engine.session import sessions_folder
from so8t_engine.session.sessions_folder import BELOW, problem

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names and paths are measured in another way there")


def test_a_folder_that_is_there_or_still_to_be_made_can_hold_sessions(tmp_path: Path) -> None:
    assert problem(tmp_path) is None and problem(tmp_path / "new" / "below") is None


def test_a_folder_that_may_not_be_read_is_no_free_place(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65_534)
    try:
        error = refused(lambda: sessions_folder.refuse_unusable(closed))
    finally:
        if is_root:
            os.seteuid(0)
    assert error.code == "disk_permission" and error.sentence.code == "session.root_not_read"
    assert error.sentence.args == {"root": str(closed), "error": os.strerror(errno.EACCES)}


@pytest.mark.parametrize(("name", "length"), [("a" * 256, 256), ("é" * 128, 256), ("あ" * 86, 258)])
def test_a_name_has_its_limit_in_bytes_wherever_it_stands_in_the_path(tmp_path: Path, name: str, length: int) -> None:
    for root in (tmp_path / name, tmp_path / name / "below"):
        said = problem(root)
        assert said is not None and said.code == "session.root_name_too_long"
        assert (said.args["length"], said.args["most"]) == (length, 255)
    assert problem(tmp_path / ("é" * 127)) is None


def test_a_path_leaves_room_for_what_lies_in_a_session(tmp_path: Path) -> None:
    most = os.pathconf(tmp_path, "PC_PATH_MAX") - BELOW
    fits = str(tmp_path)
    while len(fits) < most - 1:
        fits += "/" + "a" * min(100, most - 1 - len(fits))
    fits += "a" * (most - len(fits))
    assert problem(Path(fits)) is None
    said = problem(Path(f"{fits}a"))
    assert said is not None and said.code == "session.root_path_too_long"
    assert (said.args["length"], said.args["most"]) == (most + 1, most)
