"""How a chat is shown: pieces of an answer as they come, for people or as JSON lines for programs.

What is said about the chat itself (which file answers, that an answer was cut off) goes to standard error, so that
standard output is the answer alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from so8t_engine.chat.answerer import Answerer
from so8t_engine.chat.conversation import Conversation
from so8t_engine.chat.llama_process import Ended
from so8t_engine.chat.thinking_stream import Piece, ThinkingStream
from so8t_engine.commands.printer import Printer, as_json
from so8t_engine.data.texts import fragments
from so8t_engine.data.thought.thinking import FINAL
from so8t_engine.plain_text import plain
from so8t_engine.sentences import Sentence, named, sentence, to_json


@dataclass
class Voice:
    """`_section`: which part of the answer is being shown; `_begun`: whether anything of it was."""

    printer: Printer
    thinking: bool
    _section: str | None = None
    _begun: bool = False
    _thought: bool = False

    def notice(self, what: Sentence) -> None:
        if self.printer.json:
            self._event("notice", sentence=to_json(what))
        else:
            self.printer.on_stderr(what)

    def begins(self, answerer: Answerer, leave: bool) -> None:
        """`leave`: how a chat is left is worth saying."""
        if self.printer.json:
            about = {"session": answerer.session.name, "model": answerer.model, "path": str(answerer.file)}
            self._event("answering", file=answerer.file.name, **about)
            return
        code = "chat.answers_base" if answerer.model == "base" else "chat.answers_tuned"
        self.notice(sentence(code, file=answerer.file.name, session=answerer.session.name))
        if leave:
            self.notice(sentence("chat.how_to_leave"))

    def heard(self, heard: Piece | Ended, talk: Conversation) -> None:
        if isinstance(heard, Piece):
            self._piece(heard)
        else:
            self._ended(heard, talk.last, talk.answerer)

    def _piece(self, piece: Piece) -> None:
        if self.printer.json:
            self._event("text", text=piece.text, section=piece.section)
            return
        text = plain(piece.text, most=None, lines=True)
        if piece.section not in (None, FINAL):
            self._thinks(str(piece.section), text)
            return
        if not self._begun:
            text = text.lstrip()
            if not text:
                return
            if self._thought:
                self._write("\n\n" if self.thinking else "\n")
        self._begun, self._section = True, piece.section
        self._write(text)

    def _thinks(self, section: str, text: str) -> None:
        if section != self._section or not self._thought:
            name = self.printer.say(named("section", section))
            if self.thinking:
                self._write(("\n\n" if self._thought else "") + f"[{name}] ")
            else:
                self._write(f" · {name}" if self._thought else self.printer.say(sentence("chat.thinks", section=name)))
        self._section, self._thought = section, True
        if self.thinking:
            self._write(text)

    def _ended(self, ended: Ended, answer: ThinkingStream, answerer: Answerer) -> None:
        if self.printer.json:
            self._event(
                "answer",
                sections=answer.sections,
                final=answer.final,
                fragment=fragments.is_fragment(answer.final),
                file=answerer.file.name,
                model=answerer.model,
                tokens=ended.tokens,
                tokens_per_second=round(ended.tokens_per_second, 2),
                ended=ended.why,
            )
        else:
            self._write("\n")  # also after nothing: answers to questions from a pipe stay apart
            if not answer.final and ended.why == "stop":
                self.notice(sentence("chat.said_nothing"))
            elif fragments.is_fragment(answer.final) and ended.why == "stop":
                self.notice(sentence("chat.said_fragment"))
            elif ended.why == "length":
                code = "chat.cut" if answer.final else "chat.cut_before_answer"
                self.notice(sentence(code, tokens=answerer.max_new_tokens))
        self._section, self._begun, self._thought = None, False, False

    def _write(self, text: str) -> None:
        self.printer.out.write(text)
        self.printer.out.flush()

    def _event(self, name: str, **values: Any) -> None:
        self._write(as_json({"event": name, **values}) + "\n")
