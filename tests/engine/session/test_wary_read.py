"""Files that nobody vouches for neither block nor fill the memory, whatever lies in their place."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from so8t_engine.sentences import Sentence
from so8t_engine.session import wary_read


def said(error: ValueError) -> str:
    [what] = error.args
    assert isinstance(what, Sentence)
    return what.code


@pytest.mark.parametrize(("size", "read"), [(0, True), (9, True), (10, True), (11, False)])
def test_a_file_is_read_whole_up_to_its_limit(tmp_path: Path, size: int, read: bool) -> None:
    (tmp_path / "f").write_bytes(b"x" * size)
    if read:
        assert wary_read.data(tmp_path / "f", 10) == b"x" * size
    else:
        with pytest.raises(ValueError) as refused:
            wary_read.data(tmp_path / "f", 10)
        assert said(refused.value) == "session.too_large" and refused.value.args[0].args == {"bytes": size}


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders there")
def test_what_is_no_plain_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        for call in (
            wary_read.opened,
            lambda path: wary_read.data(path, 10),
            lambda path: wary_read.json_value(path, 10),
        ):
            with pytest.raises(ValueError) as refused:
                call(tmp_path / name)
            assert said(refused.value) == "session.no_plain_file"
        assert wary_read.json_object(tmp_path / name) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders there")
def test_a_pipe_that_takes_a_files_place_meanwhile_is_noticed_and_its_handle_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "f").write_bytes(b"x")
    os.mkfifo(tmp_path / "pipe")
    opened, handles = os.open, list[int]()

    def other(path: Path, flags: int) -> int:
        handles.append(opened(tmp_path / "pipe", flags))
        return handles[-1]

    monkeypatch.setattr(os, "open", other)
    with pytest.raises(ValueError) as refused:
        wary_read.opened(tmp_path / "f")
    assert said(refused.value) == "session.no_plain_file"
    with pytest.raises(OSError):
        os.fstat(handles[0])


def test_json_is_an_object_or_nothing_where_it_is_only_a_hint(tmp_path: Path) -> None:
    for text, value in (('{"a": 1}', {"a": 1}), ("[1]", {}), ("{", {}), ("", {}), ('"x"', {})):
        (tmp_path / "f").write_text(text, encoding="utf-8")
        assert wary_read.json_object(tmp_path / "f") == value
    assert wary_read.json_object(tmp_path / "none") == {}
    (tmp_path / "f").write_text('{"a": 1}', encoding="utf-8")
    assert wary_read.json_object(tmp_path / "f", 7) == {} and wary_read.json_object(tmp_path / "f", 8) == {"a": 1}


def test_what_is_nested_deeper_than_it_can_be_read_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("[" * 200_000, encoding="utf-8")
    with pytest.raises(ValueError) as refused:
        wary_read.json_value(tmp_path / "f", wary_read.STATE_BYTES)

    assert said(refused.value) == "session.too_deep" and wary_read.json_object(tmp_path / "f") == {}
