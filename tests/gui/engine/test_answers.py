"""A question to a model: what its process says is handed on piece by piece, and a program that is not there."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from so8t_engine.errors import EngineError, failed
from so8t_engine.protocol import encode
from so8t_engine.sentences import sentence, to_json
from so8t_gui.engine.answers import AnswerProcess, Heard

ANSWER = {"event": "answer", "final": "15", "tokens": 3}
NOTICE = sentence("disk.full", path="/x", error="28")


class Told:
    """All that was heard, in its order."""

    def __init__(self) -> None:
        self.all: list[tuple[Any, ...]] = []
        self.heard = Heard(**{name: self._taking(name) for name in Heard.__dataclass_fields__})

    def _taking(self, name: str) -> Any:
        return lambda *what: self.all.append((name, *what))

    @property
    def ended(self) -> bool:
        return bool(self.all) and self.all[-1][0] in ("over", "failed")


def prints(*lines: str, code: int = 0) -> list[str]:
    return [sys.executable, "-c", f"import sys; [print(line) for line in {lines!r}]; sys.exit({code})"]


def asked(qtbot: QtBot, engine: list[str]) -> tuple[Told, AnswerProcess]:
    told = Told()
    process = AnswerProcess(Path("/s/a"), "7 + 8?", told.heard, engine=engine)
    qtbot.waitUntil(lambda: told.ended)
    return told, process


def test_a_program_that_does_not_start_is_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    told, process = asked(qtbot, [str(tmp_path / "none")])
    ((name, said),) = told.all
    assert name == "failed" and "could not be started" in said and process.over


def test_an_answer_comes_in_pieces_and_then_whole(qtbot: QtBot) -> None:
    events: list[Any] = [{"event": "answering", "file": "m.gguf"}, {"event": "answering"}]
    events += [{"event": "notice", "sentence": to_json(NOTICE)}, {"event": "notice"}]
    events += [{"event": "text", "section": "task", "text": "7 "}, {"event": "text"}, {"event": "news"}, [1], ANSWER]
    told, process = asked(qtbot, prints("a library's own words", *map(json.dumps, events)))
    assert told.all == [
        ("answering", "m.gguf"), ("answering", ""), ("notice", "The disk is full. /x: 28"), ("notice", ""),
        ("text", "task", "7 "), ("text", "", ""), ("answered", ANSWER), ("over",),
    ]  # fmt: skip
    assert process.over


@pytest.mark.parametrize(
    ("line", "part"),
    [(encode(failed(EngineError("session_finished", NOTICE))), "The disk is full."), ("only words", "code 3")],
)
def test_an_engine_that_gives_no_answer_says_why(qtbot: QtBot, line: str, part: str) -> None:
    told, _ = asked(qtbot, prints(line, code=3))
    ((name, said),) = told.all
    assert name == "failed" and part in said


@pytest.mark.parametrize("base", [False, True])
@pytest.mark.parametrize("kind", [None, "Q4_K_M"])
def test_which_model_answers_stands_in_the_question(qtbot: QtBot, base: bool, kind: str | None) -> None:
    code = "import sys, json; print(json.dumps({'event': 'text', 'text': ' '.join(sys.argv[1:])}))"
    told = Told()
    AnswerProcess(Path("/s/a"), "-7?", told.heard, base=base, kind=kind, engine=[sys.executable, "-c", code])
    qtbot.waitUntil(lambda: told.ended)
    options = [*(["--quant", kind] if kind else []), *(["--base"] if base else [])]
    assert told.all[0][2] == " ".join(["chat", "a", "--data-root", "/s", "--json", *options, "--prompt=-7?"])


def test_at_the_end_of_the_program_no_process_is_left_and_nothing_more_is_said(qtbot: QtBot) -> None:
    told = Told()
    process = AnswerProcess(Path("/s/a"), "?", told.heard, engine=[sys.executable, "-c", "while True: pass"])
    assert process._process.waitForStarted()
    process._quit()
    assert process.over and process._process.state() == QProcess.ProcessState.NotRunning
    qtbot.wait(20)
    assert not told.all
