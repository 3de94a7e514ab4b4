"""llama.cpp in a process of its own, asked one question at a time; its answer comes as it is written."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from so8t_engine import child_pipes
from so8t_engine.chat import llama_worker
from so8t_engine.errors import EngineError
from so8t_engine.evaluate import llama_cpp
from so8t_engine.protocol import MAX_LINE_BYTES
from so8t_engine.sentences import from_json, sentence
from so8t_engine.session import scratch

TOO_LONG = "chat.too_long"
MOMENT = 0.1  # seconds; on Windows Ctrl+C is noticed between two waits
Said = Mapping[str, str]  # role and content


@dataclass(frozen=True)
class Ended:
    """`why`: `stop` (it had said everything), `length` (the limit cut it off), `stopped` (somebody did).

    `left_out`: messages at the beginning of the talk that its context did not hold any more.
    """

    why: str
    tokens: int
    tokens_per_second: float
    left_out: int = 0


class Llama:
    """A context: the process lives as long as that. Raises EngineError chat where llama.cpp cannot go
    on, chat_too_long where a question alone has more tokens than its context: another may follow.
    """

    def __init__(self, file: Path, context: int, threads: int) -> None:
        self._stopping, self._context = False, context
        self._folder = ExitStack()
        self._log = self._folder.enter_context(scratch.folder("chat")) / "output.txt"
        command = [sys.executable, "-m", llama_worker.__name__, str(file), str(context), str(threads)]
        with self._log.open("wb") as log:
            self._child = child_pipes.start(
                command, os.environ, log, log, down=llama_worker.COMMANDS, up=llama_worker.ANSWERS
            )
        self._heard: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def __enter__(self) -> Llama:
        try:
            self._next()  # "ready", or why not
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, messages: Sequence[Said], max_new_tokens: int) -> Iterator[str | Ended]:
        """Pieces of text, then Ended. The likeliest answer: the same question gets the same."""
        self._stopping = False
        self._tell(ask={"messages": list(map(dict, messages)), "max_tokens": max_new_tokens, "temperature": 0})
        while "done" not in (message := self._next()):
            yield str(message["text"])
        done = message["done"]
        tokens, rate = int(done.get("tokens", 0)), float(done.get("tokens_per_second", 0.0))
        yield Ended(done["ended"], tokens, rate, int(done.get("left_out", 0)))

    def stop(self) -> None:
        """The answer that is being written ends, as `stopped`. May be called by a signal."""
        self._stopping = True

    def close(self) -> None:
        self._child.process.kill()
        self._child.process.wait()
        os.close(self._child.down)
        self._reader.join()
        self._folder.close()

    def _listen(self) -> None:
        with os.fdopen(self._child.up, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                try:
                    self._heard.put(json.loads(line))
                except ValueError:
                    break  # it ended while it wrote this line
        self._heard.put(None)

    def _next(self) -> dict[str, Any]:
        while True:
            if self._stopping:
                self._stopping = False
                self._tell(stop=True)
            try:
                message = self._heard.get(timeout=MOMENT)
            except queue.Empty:
                continue
            if message is None:
                raise EngineError("chat", llama_cpp.ended(self._child.process.wait(), self._log))
            if "problem" in message:
                what = from_json(message["problem"])
                raise EngineError("chat_too_long" if what.code == TOO_LONG else "chat", what)
            return message

    def _tell(self, **command: Any) -> None:
        line = json.dumps(command).encode() + b"\n"
        if len(line) > MAX_LINE_BYTES:  # it would not be heard
            raise EngineError("chat_too_long", sentence(TOO_LONG, tokens=self._context))
        try:
            os.write(self._child.down, line)
        except OSError as error:
            raise EngineError("chat", sentence("evaluate.llama_failed", error=error.strerror)) from error
