"""The lock is the operating system's; the note beside it is for people."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from so8t_engine.errors import EngineError
from so8t_engine.session import lock


def test_a_held_session_is_refused_and_free_again_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    with lock.held(tmp_path, {"pid": 42}):
        assert lock.is_held(tmp_path)
        with pytest.raises(EngineError, match="already runs in process 42") as refused, lock.held(tmp_path, {}):
            pass

    assert refused.value.code == "locked" and sum(slept) < 1
    assert not lock.is_held(tmp_path)


def test_an_error_inside_frees_it(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), lock.held(tmp_path, {}):
        raise RuntimeError

    assert not lock.is_held(tmp_path)


def test_looking_does_not_take_it_and_writes_nothing(tmp_path: Path) -> None:
    assert not lock.is_held(tmp_path) and not lock.is_held(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[1]", "\0\0"])
def test_an_unreadable_note_is_no_note(tmp_path: Path, text: str) -> None:
    (tmp_path / lock.OWNER).write_text(text)

    assert lock.read_owner(tmp_path) == {}
