"""The folder of a session is held while it runs, and let go."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from so8t_engine.errors import EngineError
from so8t_engine.session import place


def handles_of(folder: Path) -> int:
    """How many this process has open on it."""
    count = 0
    for link in Path("/proc/self/fd").iterdir():
        try:
            count += link.readlink() == folder
        except OSError:
            continue  # closed by another thread meanwhile
    return count


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_leaves_no_handle_open_whether_it_was_there_or_not(tmp_path: Path) -> None:
    session = tmp_path / "s"
    session.mkdir()
    for _ in range(20):
        with place.held(session) as held:
            assert held.is_there() and held.is_surely_there() and handles_of(session) == 1
        with pytest.raises(EngineError) as gone, place.held(tmp_path / "none"):
            pass
    assert gone.value.code == "session_gone" and handles_of(session) == 0


def test_a_disk_that_does_not_say_is_no_folder_that_is_gone_nor_one_that_is_surely_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place.held(tmp_path) as held:

        def fails(_: Path) -> None:
            raise PermissionError(13, "not allowed")

        monkeypatch.setattr(Path, "stat", fails)
        with pytest.raises(PermissionError):
            held.is_there()
        assert not held.is_surely_there()
        error = OSError(5, "read error")
        assert held.told(error) is error
        monkeypatch.undo()
        assert held.is_surely_there()
