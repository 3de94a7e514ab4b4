"""The folder of a session is held while it runs, and let go."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from so8t_engine.errors import EngineError
from so8t_engine.session import place


@pytest.mark.skipif(psutil.WINDOWS, reason="Windows counts other handles; there the folder is not held")
def test_it_leaves_no_handle_open_whether_it_was_there_or_not(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    before = psutil.Process().num_fds()
    for _ in range(20):
        with place.held(tmp_path / "s") as held:
            assert held.is_there() and held.is_surely_there() and psutil.Process().num_fds() == before + 1
        with pytest.raises(EngineError) as gone, place.held(tmp_path / "none"):
            pass
    assert gone.value.code == "session_gone" and psutil.Process().num_fds() == before


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
