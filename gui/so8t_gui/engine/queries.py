"""Asks the engine's command line (`so8t ... --json`) beside the window's own thread, and hands back what it said.

The window loads nothing heavy: what needs pydantic, torch or YAML is asked for here. One `Question` is one process.
Stateful, because a process is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer

from so8t_gui.engine.interpreter import engine_python
from so8t_gui.i18n.engine_sentences import spoken
from so8t_gui.i18n.translate import tr

LIMIT_SECONDS = 120.0
MOST_BYTES = 64 << 20
LAST_WORDS = 300

Answer = Callable[[Any], None]
Sentence = Callable[[str], None]


def program() -> tuple[str, ...]:
    return (engine_python(), "-m", "so8t_engine.cli")


class Question(QObject):
    """Calls exactly one of `answered(parsed JSON)` and `failed(sentence)`, once; neither after `cancel`."""

    def __init__(
        self,
        words: Sequence[str],
        answered: Answer,
        failed: Sentence,
        limit_seconds: float = LIMIT_SECONDS,
        engine: Sequence[str] = (),
    ) -> None:
        super().__init__(QCoreApplication.instance())  # so that a page may go while its process is being ended
        self._answered, self._failed, self._over = answered, failed, False
        command = [*(engine or program()), *words, "--json"]
        limit = round(limit_seconds)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(lambda: self._end_with(tr("The engine gave no answer within {n} s.", n=limit)))
        self._process = QProcess(self)
        self._process.setStandardInputFile(QProcess.nullDevice())
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._trouble)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._quit)
        self._process.start(command[0], command[1:])
        self._limit.start(round(1000 * limit_seconds))

    @property
    def over(self) -> bool:
        return self._over

    def cancel(self) -> None:
        """Nobody wants the answer any more."""
        self._close()

    def _finished(self, code: int, _how: QProcess.ExitStatus) -> None:
        if self._over:
            self._leave()
            return
        said = bytes(self._process.readAllStandardOutput().data())
        noise = bytes(self._process.readAllStandardError().data())
        value, sentence = read_answer(said, noise, code)
        self._close()
        self._failed(sentence) if sentence else self._answered(value)
        self._leave()

    def _trouble(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end_with(tr("The engine could not be started: {why}.", why=self._process.errorString()))
            self._leave()

    def _end_with(self, sentence: str) -> None:
        if not self._over:
            self._close()
            self._failed(sentence)

    def _close(self) -> None:
        self._over = True
        self._limit.stop()
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()  # it only reads, or does one small thing as a whole

    def _quit(self) -> None:
        self._close()
        self._process.waitForFinished(2_000)

    def _leave(self) -> None:
        self.deleteLater()


def read_answer(said: bytes, noise: bytes, code: int) -> tuple[Any, str]:
    """(value, "") of what was printed, or (None, sentence): the engine's own words where it said why."""
    text = said[:MOST_BYTES].decode("utf-8", "replace").strip()
    try:
        value = json.loads(text) if text else None
    except (ValueError, RecursionError):
        value = _last_line(text)
    if isinstance(value, dict) and value.get("name") == "failed" and "sentence" in value:
        return None, spoken(" ".join(str(value[key]) for key in ("sentence", "action") if value.get(key)))
    if value is not None:
        return value, ""
    words = (noise.decode("utf-8", "replace").strip() or text)[-LAST_WORDS:]
    last = words.splitlines()[-1] if words else ""
    return None, tr("The engine ended with code {code} and gave no answer. {last}", code=code, last=last).rstrip()


def _last_line(text: str) -> Any:
    """A library may have printed something before the answer."""
    try:
        return json.loads(text.splitlines()[-1])
    except (ValueError, RecursionError):
        return None


class Desk(QObject):
    """Questions by name: a new one of a name takes the place of the one before, whose answer comes too late.

    All of them are given up when `owner`, the widget that asks, goes.
    """

    def __init__(self, owner: QObject, engine: Sequence[str] = ()) -> None:
        super().__init__(owner)
        self._engine = tuple(engine)
        self._open: dict[str, Question] = {}
        opened = self._open

        def give_up() -> None:
            for question in opened.values():
                question.cancel()

        owner.destroyed.connect(give_up)

    def ask(
        self, name: str, words: Sequence[str], answered: Answer, failed: Sentence, limit: float = LIMIT_SECONDS
    ) -> None:
        self.cancel(name)

        def first(then: Callable[[Any], None]) -> Callable[[Any], None]:
            def close(value: Any) -> None:
                self._open.pop(name, None)
                then(value)

            return close

        self._open[name] = Question(words, first(answered), first(failed), limit, self._engine)

    def asking(self, name: str) -> bool:
        return name in self._open

    def cancel(self, name: str) -> None:
        question = self._open.pop(name, None)
        if question is not None:
            question.cancel()
