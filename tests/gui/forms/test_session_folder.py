"""Whether sessions can lie in a folder that was typed."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from so8t_gui.forms.session_folder import problem


def test_no_folder_means_the_usual_one_and_one_that_is_still_to_be_made_is_taken(tmp_path: Path) -> None:
    assert problem("") == problem(str(tmp_path)) == problem(str(tmp_path / "new" / "er")) == ""


def test_a_folder_in_which_nothing_can_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[tuple[Path, int]]()
    monkeypatch.setattr(os, "access", lambda path, how: asked.append((path, how)))
    said = f"Nothing can be written in {tmp_path}. Choose another folder."
    assert problem(str(tmp_path / "new" / "er")) == said
    assert asked == [(tmp_path, os.W_OK | os.X_OK)]


def test_a_name_that_no_disk_takes_is_told_with_the_reason(tmp_path: Path) -> None:
    typed = str(tmp_path / ("x" * 300))
    assert problem(typed) == f"{typed} cannot be read: {os.strerror(errno.ENAMETOOLONG)}."


def test_a_part_of_a_path_and_a_file_are_no_folder_for_sessions(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert problem("somewhere") == f"Give the whole path of the folder, such as {Path.home() / 'so8t'}."
    for typed in (tmp_path / "file", tmp_path / "file" / "in" / "it"):
        assert problem(str(typed)) == f"{tmp_path / 'file'} is a file. Choose a folder."
    assert problem("~") == ""
