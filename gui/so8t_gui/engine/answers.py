"""A model that answers one question: `so8t chat --prompt` as a child, its pieces handed on as they come."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QProcess

from so8t_engine.sentences import Sentence, below, from_json, sentence
from so8t_gui.engine.child import child, program
from so8t_gui.engine.process import Lines
from so8t_gui.engine.queries import read_answer
from so8t_gui.i18n.translate import say

LONGEST_QUESTION = 8_000  # characters; it travels on a command line, which Windows ends at 32,767


@dataclass(frozen=True)
class Heard:
    """What is done with it: `answering(file)`, `text(section or "", piece)`, `notice(text)`, `answered(event)` with the
    whole of it; then `over()`, or instead `failed(text)`, when the process and its model are gone. None after `cancel`.
    """

    answering: Callable[[str], None]
    text: Callable[[str, str], None]
    notice: Callable[[str], None]
    answered: Callable[[Mapping[str, Any]], None]
    over: Callable[[], None]
    failed: Callable[[str], None]


class AnswerProcess(QObject):
    """One question to the tuned model of a session, or to its base; `kind`: by which of its GGUF files."""

    def __init__(
        self,
        session: Path,
        question: str,
        heard: Heard,
        *,
        base: bool = False,
        kind: str | None = None,
        engine: Sequence[str] = (),
    ) -> None:
        super().__init__(QCoreApplication.instance())
        self._heard, self._over = heard, False
        self._lines, self._errors = Lines(), b""
        self._answered = False
        self._failure: bytes = b""
        words = ["chat", session.name, "--data-root", str(session.parent), "--json"]
        words += [*(["--quant", kind] if kind else []), *(["--base"] if base else [])]
        command = [*(engine or program()), *words, f"--prompt={question}"]
        self._process = child(self, finished=self._finished, trouble=self._trouble, quitting=self._quit)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_errors)
        self._process.start(command[0], command[1:])

    @property
    def over(self) -> bool:
        return self._over

    def cancel(self) -> None:
        """Nobody wants the rest; llama.cpp, a child of the child, leaves with it."""
        self._over = True
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()

    def _read(self) -> None:
        for line in self._lines.feed(bytes(self._process.readAllStandardOutput().data())):
            if not self._over:
                self._hear(line)

    def _hear(self, line: str) -> None:
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            return  # a library's own words
        if not isinstance(event, dict):
            return
        match event.get("event"):
            case "answering":
                self._heard.answering(str(event.get("file") or ""))
            case "text":
                self._heard.text(str(event.get("section") or ""), str(event.get("text") or ""))
            case "notice":
                self._heard.notice(say(_sentence(event.get("sentence"))))
            case "answer":
                self._answered = True
                self._heard.answered(event)
            case None if event.get("name") == "failed":
                self._failure = line.encode()

    def _read_errors(self) -> None:
        self._errors = (self._errors + bytes(self._process.readAllStandardError().data()))[-4_096:]

    def _finished(self, code: int, _how: QProcess.ExitStatus) -> None:
        self._read()
        self._read_errors()
        if not self._over:
            self._over = True
            if self._answered:
                self._heard.over()
            else:
                _, failure = read_answer(self._failure, self._errors, code)
                self._heard.failed(say(failure))
        self.deleteLater()

    def _trouble(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and not self._over:
            self._over = True
            self._heard.failed(say(below(sentence("window.not_started", why=self._process.errorString()))))
            self.deleteLater()

    def _quit(self) -> None:
        self.cancel()
        self._process.waitForFinished(2_000)


def _sentence(value: Any) -> Sentence | None:
    return from_json(value) if value else None
