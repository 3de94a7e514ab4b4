"""Asks the engine's command line (`so8t ... --json`) beside the window's own thread, and hands back its answer.

The window loads nothing heavy: what needs pydantic, torch or YAML is asked for here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer

from so8t_engine.sentences import Sentence, below, from_json, in_turn, sentence, verbatim
from so8t_gui.engine.child import child, program
from so8t_gui.i18n.translate import say

LIMIT_SECONDS = 120.0
MOST_BYTES = 64 << 20
LAST_LINE = 300  # characters of what a process without an answer printed last

Answered = Callable[[Any], None]
Failed = Callable[[str], None]


class EngineQuery(QObject):
    """One process. Calls exactly one of `answered(parsed JSON)` and `failed(text)`, once; neither after `cancel`.

    `failed` gets what went wrong and what to do, in the user's language.
    """

    def __init__(
        self,
        argv: Sequence[str],
        answered: Answered,
        failed: Failed,
        limit_seconds: float = LIMIT_SECONDS,
        engine: Sequence[str] = (),
    ) -> None:
        super().__init__(QCoreApplication.instance())  # so that a page may go while its process is being ended
        self._answered, self._failed, self._over = answered, failed, False
        command = [*(engine or program()), *argv, "--json"]
        too_late = sentence("window.no_answer_in_time", seconds=round(limit_seconds))
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(lambda: self._end_with(too_late))
        self._process = child(self, finished=self._finished, trouble=self._trouble, quitting=self._quit)
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
        stdout = bytes(self._process.readAllStandardOutput().data())
        stderr = bytes(self._process.readAllStandardError().data())
        value, failure = read_answer(stdout, stderr, code)
        self._close()
        self._answered(value) if failure is None else self._failed(say(failure))
        self._leave()

    def _trouble(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end_with(sentence("window.not_started", why=self._process.errorString()))
            self._leave()

    def _end_with(self, failure: Sentence) -> None:
        if not self._over:
            self._close()
            self._failed(say(failure))

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


def read_answer(stdout: bytes, stderr: bytes, code: int) -> tuple[Any, Sentence | None]:
    """(value, None) of what was printed, or (None, sentence): the engine's own where it said why."""
    text = stdout[:MOST_BYTES].decode("utf-8", "replace").strip()
    try:
        value = json.loads(text) if text else None
    except (ValueError, RecursionError):
        value = _last_line(text)
    if isinstance(value, dict) and value.get("name") == "failed" and "sentence" in value:
        return None, below(*(from_json(value[key]) for key in ("sentence", "action") if value.get(key)))
    if value is not None:
        return value, None
    end = (stderr.decode("utf-8", "replace").strip() or text)[-LAST_LINE:]
    last_line = [verbatim(end.splitlines()[-1])] if end else []
    return None, in_turn(sentence("window.no_answer", code=code), *last_line)


def _last_line(text: str) -> Any:
    """A library may have printed something before the answer."""
    try:
        return json.loads(text.splitlines()[-1])
    except (ValueError, RecursionError):
        return None


class QueryPool(QObject):
    """Queries by name: a new one cancels the one of its name, whose answer would be out of date.

    All of them are cancelled when `owner`, the widget that asks, is destroyed.
    """

    def __init__(self, owner: QObject, engine: Sequence[str] = ()) -> None:
        super().__init__(owner)
        self._engine = tuple(engine)
        self._open: dict[str, EngineQuery] = {}
        queries = self._open  # `self` may be gone before `destroyed` is heard

        def cancel_all() -> None:
            for query in queries.values():
                query.cancel()

        owner.destroyed.connect(cancel_all)

    def ask(
        self, name: str, argv: Sequence[str], answered: Answered, failed: Failed, limit: float = LIMIT_SECONDS
    ) -> None:
        self.cancel(name)

        def closing(then: Callable[[Any], None]) -> Callable[[Any], None]:
            def close(value: Any) -> None:
                self._open.pop(name, None)
                then(value)

            return close

        self._open[name] = EngineQuery(argv, closing(answered), closing(failed), limit, self._engine)

    def asking(self, name: str) -> bool:
        return name in self._open

    def cancel(self, name: str) -> None:
        query = self._open.pop(name, None)
        if query is not None:
            query.cancel()
