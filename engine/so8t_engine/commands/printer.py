"""How a command answers: as JSON for programs, or as lines in the user's language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TextIO

from so8t_engine.errors import EXIT_FINISHED, EngineError, failed
from so8t_engine.plain_text import UNSEEN, plain
from so8t_engine.process import output
from so8t_engine.process.output import Channel
from so8t_engine.process.terminal_display import Display
from so8t_engine.protocol import Emit
from so8t_engine.sentences import ENGLISH, Sentence, say


@dataclass(frozen=True)
class Printer:
    """`out` is the program's own handle on standard output (output.take_over)."""

    out: TextIO
    json: bool = False
    language: str = ENGLISH

    def answer(self, value: Any, lines: Iterable[Sentence | str], code: int = EXIT_FINISHED) -> int:
        """`value` for programs, `lines` for people; returns the exit code."""
        if self.json:
            print(_as_json(value), file=self.out)
        else:
            for line in lines:
                print(self.say(line), file=self.out)
        return code

    def fail(self, error: EngineError) -> int:
        """Says why the command ends; returns the exit code."""
        output.emitter(self.channel())(failed(error))
        return error.exit_code

    def say(self, line: Sentence | str) -> str:
        """Safe to print, whoever wrote it."""
        return say(line, self.language) if isinstance(line, Sentence) else plain(line, most=None, lines=True)

    def channel(self) -> Channel:
        return Channel(self.out, json=self.json, language=self.language)

    @contextmanager
    def events(self) -> Iterator[Emit]:
        """For the events of a run. A terminal they were drawn on is left as it was."""
        if self.json:
            yield output.emitter(self.channel())
            return
        display = Display(self.out, self.language)
        try:
            yield display
        finally:
            display.close()


def _as_json(value: Any) -> str:
    """The same values; what a terminal would obey or not show is escaped, which JSON asks for only below U+0020."""
    return UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(value, ensure_ascii=False))
