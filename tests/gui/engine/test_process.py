"""The engine's process: lines out of pieces, and how it is left at the end of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from helpers.fake_engine import command
from so8t_engine.protocol import Message
from so8t_gui.engine import process as process_module
from so8t_gui.engine.events import Silent
from so8t_gui.engine.process import EngineProcess, Lines, resume_arguments, resumed_folder

Start = Callable[[str], EngineProcess]
WAIT = 60_000  # ms


def test_lines_come_whole_out_of_pieces_and_empty_ones_do_not_come() -> None:
    lines = Lines()
    pieces = (b"on", b"e\n\n  \ntwo\nth", b"ree\n", b"\xff\n", b"rest")
    assert [lines.feed(piece) for piece in pieces] == [[], ["one", "two"], ["three"], ["\ufffd"], []]


def test_a_line_that_is_too_long_is_given_once_cut_and_skipped_to_its_end() -> None:
    lines = Lines(limit=300)
    assert lines.feed(b"x" * 300) == []
    assert lines.feed(b"yy") == ["x" * 200]
    assert lines.feed(b"z" * 400) == []
    assert lines.feed(b"end of it\nnext\n") == ["next"]


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[Start]:
    owner = QObject()
    made: list[EngineProcess] = []

    def begin(body: str) -> EngineProcess:
        process, heard = EngineProcess(owner, command(tmp_path, f"hello()\n{body}")), list[object]()
        process.happened.connect(heard.extend)
        made.append(process)
        process.start([])
        qtbot.waitUntil(lambda: any(isinstance(event, Message) for event in heard), timeout=WAIT)
        return process

    yield begin
    for process in made:
        process.kill()
        qtbot.waitUntil(lambda process=process: not process.running, timeout=WAIT)
    owner.deleteLater()


def test_an_engine_that_is_left_is_asked_to_pause_and_its_input_ends(start: Start, tmp_path: Path) -> None:
    path = str(tmp_path / "heard")
    process = start(f"heard = sys.stdin.readline() + repr(sys.stdin.read()); open({path!r}, 'w').write(heard)")
    assert process.leave(WAIT) is True
    heard = (tmp_path / "heard").read_text()
    assert '"pause"' in heard and '"logoff"' in heard and heard.endswith("''")


def test_an_engine_that_does_not_leave_is_killed(start: Start, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(process_module, "KILL_AFTER_MS", WAIT)
    process = start("import time\nwhile True: time.sleep(1)")
    assert process.leave(1) is False
    qtbot.waitUntil(lambda: not process.running, timeout=WAIT)


def test_silence_is_told_once_each_time_it_has_lasted_so_long(qtbot: QtBot) -> None:
    now = [100.0]
    process, heard = EngineProcess(silent_seconds=30.0, clock=lambda: now[0]), list[object]()
    process.happened.connect(heard.extend)
    process._add(Message("hello", {}))
    for moment in (129.9, 130.0, 140.0, 159.9, 161.0):
        now[0] = moment
        process._look()
    process._hand_on()
    assert [event.seconds for event in heard if isinstance(event, Silent)] == [30.0, 61.0]


def test_where_no_engine_runs_there_is_nothing_to_leave(qtbot: QtBot) -> None:
    assert EngineProcess().leave(1) is True


def test_of_other_commands_no_folder_is_known() -> None:
    assert resumed_folder(["run", "--preset", "demo"]) == ""
    assert resumed_folder([*resume_arguments(Path("/s/a")), "--allow-code"]) == str(Path("/s/a"))
