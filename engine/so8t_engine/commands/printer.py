"""How a command answers: as JSON for programs, or as lines in the user's language."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO

from so8t_engine.errors import EXIT_FINISHED, EXIT_UNEXPECTED, EngineError, failed
from so8t_engine.plain_text import UNSEEN, plain
from so8t_engine.process import output
from so8t_engine.process.output import Channel
from so8t_engine.protocol import Emit
from so8t_engine.sentences import ENGLISH, Sentence, say, sentence
from so8t_engine.typed import AS_THEY_ARE, Typed


@dataclass(frozen=True)
class Printer:
    """`out` is the program's own handle on standard output (output.take_over); `typed`: how its commands are typed."""

    out: TextIO
    json: bool = False
    language: str = ENGLISH
    typed: Typed = AS_THEY_ARE

    def about(self, session: Path) -> Printer:
        """Of this session: the commands that it names reach it."""
        return replace(self, typed=self.typed.reaching(session))

    def answer(self, value: Any, lines: Iterable[Sentence | str], code: int = EXIT_FINISHED) -> int:
        """`value` for programs, `lines` for people; returns the exit code."""
        if self.json:
            print(as_json(value), file=self.out)
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
        if isinstance(line, Sentence):
            return say(line, self.language, typed=self.typed)
        return plain(line, most=None, lines=True)

    def channel(self) -> Channel:
        return Channel(self.out, json=self.json, language=self.language, typed=self.typed)

    @contextmanager
    def events(self, lost: Callable[[Sentence], None]) -> Iterator[Emit]:
        """For the events of a run; `lost` as in output.emitter. A terminal they were drawn on is left as it was."""
        if self.json:
            yield output.emitter(self.channel(), lost)
            return
        from so8t_engine.process.terminal_display import Display  # a window needs no `rich`

        display = Display(self.out, self.language, self.typed)
        try:
            yield output.heard(display, self.out, lost)
        finally:
            display.close()

    def ended(self, code: int) -> int:
        """The exit code after a command: one whose answer could not be written has failed, whatever it did.

        Where a reader had enough (`| head`) it has not.
        """
        self.out.flush()
        error = output.trouble(self.out)
        if error is None or isinstance(error, output.NOBODY_READS) or code != EXIT_FINISHED:
            return code
        self.on_stderr(sentence("commands.answer_lost", error=error.strerror))
        return EXIT_UNEXPECTED

    def unheard(self, reason: Sentence | None) -> None:
        """Says of a run that pauses because nothing can be said why it does: where that can still be read."""
        if reason is not None and reason.code in output.UNHEARD:
            self.on_stderr(sentence("commands.paused_unheard", reason=reason))

    def on_stderr(self, what: Sentence) -> None:
        try:
            os.write(2, f"{self.say(what)}\n".encode(errors="replace"))
        except OSError:
            pass  # gone as well: the exit code says it


def as_json(value: Any) -> str:
    """The same values; what a terminal would obey or not show is escaped, which JSON asks for only below U+0020."""
    return UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(value, ensure_ascii=False))
