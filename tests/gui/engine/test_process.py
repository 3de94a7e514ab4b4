"""The engine's process: lines out of pieces, and how it is left at the end of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QObject, QProcess
from pytestqt.qtbot import QtBot

from helpers.fake_engine import command
from so8t_engine.protocol import PROTOCOL_VERSION, Message, decode, encode
from so8t_gui.engine import process as process_module
from so8t_gui.engine.events import Exited, Garbage, NotStarted, Pausing, Silent
from so8t_gui.engine.process import ERROR_LINE, EngineProcess, Lines, resume_arguments, resumed_folder

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


class Child:
    """In the place of the process: what was written to it, and what it has printed."""

    def __init__(self, printed: bytes = b"", errors: bytes = b"") -> None:
        self.written, self.killed = list[bytes](), 0
        self.printed, self.errors = [printed], [errors]

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def kill(self) -> None:
        self.killed += 1

    def readAllStandardOutput(self) -> QByteArray:
        return QByteArray(self.printed.pop() if self.printed else b"")

    def readAllStandardError(self) -> QByteArray:
        return QByteArray(self.errors.pop() if self.errors else b"")

    def errorString(self) -> str:
        return "no such file"

    def deleteLater(self) -> None: ...


def beside(child: Child) -> tuple[EngineProcess, list[object]]:
    process, heard = EngineProcess(), list[object]()
    process._process = child  # type: ignore[assignment]
    process.happened.connect(heard.extend)
    return process, heard


def test_what_is_asked_of_an_engine_is_written_to_it_and_a_pause_is_told_at_once(qtbot: QtBot) -> None:
    child = Child()
    process, heard = beside(child)
    for why in ("", "suspend"):
        process.pause(why)
    process.save()
    process.kill()
    process._hand_on()
    messages = [decode(line.decode()) for line in child.written]
    assert messages == [Message("pause", {}), Message("pause", {"why": "suspend"}), Message("save", {})]
    assert heard == [Pausing(), Pausing()] and child.killed == 1
    process._hand_on()
    assert len(heard) == 2, "each once"
    nobody = EngineProcess()
    nobody.pause()
    nobody.save()
    nobody.kill()
    assert nobody._pending == []


def test_of_an_engine_of_another_protocol_nothing_but_its_hello_is_heard(qtbot: QtBot) -> None:
    for protocol, heard_of in ((PROTOCOL_VERSION, ["hello", "saved"]), (PROTOCOL_VERSION + 1, ["hello"])):
        lines = [encode(Message("hello", {"protocol": protocol})), encode(Message("saved", {}))]
        child = Child("".join(lines).encode())
        process, heard = beside(child)
        process._read()
        process._hand_on()
        assert [event.name for event in heard if isinstance(event, Message)] == heard_of
        assert child.killed == (0 if len(heard_of) == 2 else 1)
    process, heard = beside(Child(b"words\n"))
    process._read()
    process._hand_on()
    assert heard == [Garbage("words")]


@pytest.mark.parametrize(
    ("errors", "line"),
    [(b"", ""), (b" \n", ""), (b"first\nlast\n", "last"), (b"x" * 5_000, "x" * ERROR_LINE),
     (b"old\n" + b"y" * 4_095, "y" * ERROR_LINE)],
)  # fmt: skip
def test_the_end_of_an_engine_is_told_with_the_last_line_of_its_errors(qtbot: QtBot, errors: bytes, line: str) -> None:
    process, heard = beside(Child(errors=errors))
    process._watch.start()
    process._finished(7, QProcess.ExitStatus.CrashExit)
    assert heard == [Exited(7, True, line)] and not process.running and not process._watch.isActive()
    process, heard = beside(Child())
    process._finished(0, QProcess.ExitStatus.NormalExit)
    assert heard == [Exited(0, False, "")]


def test_only_a_program_that_does_not_start_ends_by_its_trouble(qtbot: QtBot) -> None:
    process, heard = beside(Child())
    process._trouble(QProcess.ProcessError.Crashed)
    assert process.running and heard == []
    process._trouble(QProcess.ProcessError.FailedToStart)
    (event,) = heard
    assert isinstance(event, NotStarted) and "no such file" in str(event.reason) and not process.running
    process._trouble(QProcess.ProcessError.FailedToStart)
    assert len(heard) == 1
