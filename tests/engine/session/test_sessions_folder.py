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


def test_a_file_in_its_place_or_above_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for root in (tmp_path / "file", tmp_path / "file" / "below" / "deep"):
        said = problem(root)
        assert said is not None and said.code == "session.root_is_a_file"
        assert said.args == {"root": str(root), "path": str(tmp_path / "file")}
    error = refused(lambda: sessions_folder.refuse_unusable(tmp_path / "file"))
    assert error.code == "data_root"
    assert sessions_folder.refuse_unusable(tmp_path / "new") == tmp_path / "new"


def test_a_name_of_the_longest_kind_is_no_trouble(tmp_path: Path) -> None:
    assert problem(tmp_path / ("a" * 255)) is None and problem(Path("a")) is None


def test_a_character_that_is_in_no_name_is_told_in_the_systems_words(tmp_path: Path) -> None:
    said = problem(tmp_path / "a\0b")
    assert said is not None and said.code == "session.root_no_name"
    assert said.args["error"] == "embedded null byte"


def test_what_the_system_calls_an_error_is_said_else_the_errors_own_words() -> None:
    for error, words in (
        (OSError(errno.ELOOP, "Too many links"), "Too many links"), (OSError("odd"), "odd"),
        (ValueError("null"), "null"),
    ):  # fmt: skip
        assert sessions_folder._words(error) == words


def test_limits_that_no_folder_tells_are_the_usual_ones(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def untold(folder: Path, name: str) -> int:
        raise OSError(errno.EINVAL, "not here")

    assert sessions_folder._limits(tmp_path / "new") == (255, os.pathconf(tmp_path, "PC_PATH_MAX"))
    monkeypatch.setattr(os, "pathconf", untold)
    assert sessions_folder._limits(tmp_path) == (255, 4096)
