"""The folder of a session is held while it runs, and let go."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence
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


@pytest.mark.skipif(sys.platform != "linux", reason="only some systems tell where a folder lies now")
def test_a_folder_that_is_not_where_it_was_is_told_as_what_became_of_it(tmp_path: Path) -> None:
    session, elsewhere = tmp_path / "s", tmp_path / "elsewhere"
    session.mkdir()
    (session / "kept").touch()

    def told() -> str:
        with pytest.raises(EngineError) as gone:
            held.check()
        assert gone.value.code == "session_gone" and not held.is_there() and not held.is_surely_there()
        return gone.value.sentence.code

    with place.held(session) as held:
        held.holds("kept")
        held.check()
        session.rename(elsewhere)
        assert (told(), held.now()) == ("session.was_moved", elsewhere)
        session.mkdir()  # another one in its place
        assert (told(), held.now()) == ("session.was_moved", elsewhere)
        session.rmdir()
        elsewhere.rename(session)
        held.check()
        (session / "kept").unlink()  # somebody is deleting it
        assert (told(), held.now()) == ("session.was_deleted", None)
        session.rmdir()
        assert (told(), held.now()) == ("session.was_deleted", None)

    session.mkdir()
    held = place.Place(session)  # as on a system that does not tell
    session.rmdir()
    assert (told(), held.now()) == ("session.is_away", None)


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that is open cannot be moved there")
def test_nothing_is_begun_in_a_folder_that_is_gone_already(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    begun = False
    with place.held(tmp_path / "s") as held:
        (tmp_path / "s").rename(tmp_path / "t")
        with pytest.raises(EngineError) as gone, held.kept():
            begun = True
    assert gone.value.code == "session_gone" and not begun


def test_what_goes_wrong_in_a_folder_that_is_there_stays_what_it_is(tmp_path: Path) -> None:
    with place.held(tmp_path) as held:
        for error in (ValueError("odd"), EngineError("disk_full", sentence("session.file_changed"))):
            with pytest.raises(type(error)) as raised, held.kept():
                raise error
            assert raised.value is error and held.told(error) is error
