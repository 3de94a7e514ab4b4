"""A talk with one model: what was said so far, and the answer to the next question as it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from so8t_engine.chat.answerer import Answerer
from so8t_engine.chat.llama_process import Ended, Llama
from so8t_engine.chat.thinking_stream import Piece, ThinkingStream


@dataclass
class Conversation:
    """Of earlier answers the model sees the final section alone: thoughts are written anew for each question, as in
    training, and would soon fill its context.
    """

    llama: Llama
    answerer: Answerer
    said: list[dict[str, str]] = field(default_factory=list)
    last: ThinkingStream = field(default_factory=ThinkingStream)

    def ask(self, question: str) -> Iterator[Piece | Ended]:
        """Pieces of the answer, then Ended. `last` is that answer afterwards.

        Raises EngineError chat, chat_too_long.
        """
        self.last = stream = ThinkingStream()
        turn = {"role": "user", "content": question}
        system = [{"role": "system", "content": self.answerer.system}] if self.answerer.system else []
        for heard in self.llama.ask([*system, *self.said, turn], self.answerer.max_new_tokens):
            if isinstance(heard, str):
                yield from stream.feed(heard)
                continue
            yield from stream.end()
            del self.said[: heard.left_out]  # else a long talk would be sent whole again with each question
            if stream.final:
                self.said += [turn, {"role": "assistant", "content": stream.final}]
            yield heard
