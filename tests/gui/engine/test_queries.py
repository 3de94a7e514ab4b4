"""Queries of the engine's command line: exactly one answer or one sentence, whatever the process does."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from so8t_engine.errors import EngineError, failed
from so8t_engine.protocol import encode
from so8t_engine.sentences import sentence
from so8t_gui.engine.queries import EngineQuery, QueryPool, read_answer

PRINTS_ONE = (sys.executable, "-c", "print(1)")
FAILED = encode(failed(EngineError("session_finished", sentence("session.finished", session="a"))))


class Heard:
    """What came back."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.sentences: list[str] = []

    @property
    def anything(self) -> bool:
        return bool(self.values or self.sentences)


def ask(qtbot: QtBot, code: str, limit: float = 30.0) -> Heard:
    heard = Heard()
    EngineQuery([], heard.values.append, heard.sentences.append, limit, (sys.executable, "-c", code))
    qtbot.waitUntil(lambda: heard.anything, timeout=30_000)
    qtbot.wait(50)
    assert len(heard.values) + len(heard.sentences) == 1
    return heard


def test_json_comes_back_parsed(qtbot: QtBot) -> None:
    assert ask(qtbot, 'print(\'[1, {"a": "あ"}]\')').values == [[1, {"a": "あ"}]]


def test_nothing_is_left_of_a_query_that_was_answered_or_that_nobody_waits_for(qtbot: QtBot) -> None:
    for cancelled in (False, True):
        query = EngineQuery([], lambda _: None, lambda _: None, 30.0, PRINTS_ONE)
        with qtbot.waitSignal(query.destroyed, timeout=30_000):
            if cancelled:
                query.cancel()


def test_a_library_that_prints_first_does_no_harm(qtbot: QtBot) -> None:
    assert ask(qtbot, "print('hello'); print('{\"ok\": true}')").values == [{"ok": True}]


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("raise SystemExit('no such thing')", "no such thing"),
        ("print('garbage')", "garbage"),
        ("import os; os.kill(os.getpid(), 9)", "code"),
        (f"print({FAILED!r})", "Session a is finished.\nOpen report shows its report"),
        ('print(\'{"v":2,"name":"failed","code":"x","sentence":"The disk.","action":null}\')', "The disk."),
    ],
)
def test_everything_else_is_one_sentence(qtbot: QtBot, code: str, word: str) -> None:
    heard = ask(qtbot, code)

    assert word in heard.sentences[0]
    assert "Traceback" not in heard.sentences[0]


def test_a_process_that_never_ends_is_ended(qtbot: QtBot) -> None:
    assert "1 s" in ask(qtbot, "import time; time.sleep(600)", limit=1.0).sentences[0]


def test_whoever_takes_the_answer_may_take_his_time(qtbot: QtBot) -> None:
    """A question put to the user, say: no limit runs out meanwhile."""
    limits = list[bool]()
    query = EngineQuery([], lambda _: limits.append(query._limit.isActive()), limits.append, 60.0, PRINTS_ONE)
    qtbot.waitUntil(lambda: bool(limits), timeout=30_000)

    assert limits == [False] and query.over


def test_a_missing_interpreter_is_a_sentence(qtbot: QtBot) -> None:
    heard = Heard()
    EngineQuery([], heard.values.append, heard.sentences.append, engine=("/nowhere/python",))
    qtbot.waitUntil(lambda: heard.anything)
    qtbot.wait(50)
    assert len(heard.sentences) == 1


def test_a_cancelled_query_says_nothing(qtbot: QtBot) -> None:
    heard = Heard()
    query = EngineQuery([], heard.values.append, heard.sentences.append, engine=PRINTS_ONE)
    query.cancel()
    qtbot.wait(300)
    assert not heard.anything


def test_a_newer_query_of_a_name_replaces_the_older_and_a_widget_may_go(qtbot: QtBot) -> None:
    heard = Heard()
    owner = QWidget()
    pool = QueryPool(owner, (sys.executable, "-c", "import sys, time; time.sleep(0.2); print(sys.argv[1])"))
    pool.ask("size", ["1"], heard.values.append, heard.sentences.append)
    pool.ask("size", ["2"], heard.values.append, heard.sentences.append)
    qtbot.waitUntil(lambda: heard.anything, timeout=30_000)
    assert heard.values == [2] and not pool.asking("size")

    pool.ask("size", ["3"], heard.values.append, heard.sentences.append)
    owner.deleteLater()
    qtbot.wait(600)
    assert heard.values == [2]


def test_deep_nesting_is_no_crash() -> None:
    value, failure = read_answer(b"[" * 200_000, b"", 0)

    assert value is None and failure is not None and failure.code == "plain.in_turn"


def test_at_the_end_of_the_program_no_process_is_left(qtbot: QtBot) -> None:
    heard = Heard()
    query = EngineQuery([], heard.values.append, heard.sentences.append, 60.0, (sys.executable, "-c", "input()"))
    assert query._process.waitForStarted()
    query._quit()
    assert query.over and query._process.state() == QProcess.ProcessState.NotRunning
    qtbot.wait(20)
    assert not heard.anything


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        (b'{"a": 1}\n', {"a": 1}), (b"words\n[3]\n", [3]), (b"0", 0), (b"false", False),
        (b'{"name": "failed"}', {"name": "failed"}), (b'{"sentence": "x"}', {"sentence": "x"}),
        (b'["failed", "sentence"]', ["failed", "sentence"]),
    ],
)  # fmt: skip
def test_what_was_printed_is_the_answer_wherever_it_begins(printed: bytes, value: object) -> None:
    assert read_answer(printed, b"words of no weight", 0) == (value, None)


@pytest.mark.parametrize(
    ("stdout", "stderr", "told"),
    [
        (b'{"name": "failed", "sentence": "It is full.", "action": "Free some."}', b"x", "It is full.\nFree some."),
        (b'{"name": "failed", "sentence": "It is full.", "action": null}', b"", "It is full."),
        (b"", b"first\nlast word\n", "last word"), (b"not json", b"", "not json"), (b"out", b" \n", "out"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_the_engines_own_sentence_or_its_last_line(
    stdout: bytes, stderr: bytes, told: str
) -> None:
    value, why = read_answer(stdout, stderr, 3)
    assert value is None and why is not None
    assert str(why) == told if stdout[:1] == b"{" else str(why).endswith(told) and "3" in str(why)
    _, silent = read_answer(b"", b"", 3)
    assert silent is not None and "3" in str(silent)


def test_nobody_who_asks_in_vain_leaves_a_process(qtbot: QtBot) -> None:
    for end in (EngineQuery.cancel, lambda query: query._limit.timeout.emit()):
        heard = Heard()
        engine = (sys.executable, "-S", "-c", "import time; time.sleep(600)")
        query = EngineQuery([], heard.values.append, heard.sentences.append, engine=engine)
        process = query._process
        assert process.waitForStarted()
        end(query)
        assert process.waitForFinished(20_000)
