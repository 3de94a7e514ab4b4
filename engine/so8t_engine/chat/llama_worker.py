"""The process in which llama.cpp answers: `python -m so8t_engine.chat.llama_worker`, started by llama_process.py.

JSON lines come by one pipe, {"ask": body of a chat request} and {"stop": true}; JSON lines go by another: "ready" or
"problem", "text" as it is written, "done". It ends when its parent does. llama.cpp's server is asked by its address on
this machine, as its answers can be ended there: by closing the connection.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from so8t_engine import child_pipes
from so8t_engine.evaluate import llama_cpp
from so8t_engine.sentences import Sentence, sentence, to_json

COMMANDS, ANSWERS = "SO8T_CHAT_COMMANDS", "SO8T_CHAT_ANSWERS"  # the pipes, in the environment
DATA = b"data: "


def main(file: Path, context: int, threads: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches parent and child alike; the parent says what it means
    commands, answers = child_pipes.to_read(COMMANDS), child_pipes.to_write(ANSWERS)
    if commands is None or answers is None:
        sys.exit(2)
    say = AnswerPipe(answers)
    server = llama_cpp.load(file, context, threads)
    if isinstance(server, Sentence):
        say(problem=to_json(server))
        os._exit(0)
    say(ready=True)
    asking: Asking | None = None
    for line in child_pipes.lines(commands):
        command = json.loads(line)
        if "ask" in command:
            asking = Asking(server.listening_address, command["ask"], say)
            threading.Thread(target=asking.answer, daemon=True).start()
        elif "stop" in command and asking is not None:
            asking.stop()
    os._exit(0)  # the parent is gone; neither the server's threads nor an answer are waited for


@dataclass(frozen=True)
class AnswerPipe:
    end: int
    _gate: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, **message: Any) -> None:
        data = json.dumps(message).encode() + b"\n"
        with self._gate:
            try:
                while data:
                    data = data[os.write(self.end, data) :]
            except OSError:
                os._exit(0)  # nobody hears it


class Asking:
    """One question. Where the talk has become too long for the context, its oldest turns are left out."""

    def __init__(self, address: str, body: dict[str, Any], say: AnswerPipe) -> None:
        place = urlsplit(address)
        self._connection = http.client.HTTPConnection(place.hostname or "127.0.0.1", place.port, timeout=None)
        self._body, self._say = body, say
        self._stopped = threading.Event()
        self._socket: socket.socket | None = None
        self._left_out = 0  # messages

    def stop(self) -> None:
        self._stopped.set()
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it is over already

    def answer(self) -> None:
        try:
            self._answer()
        except Exception as error:  # noqa: BLE001  what the server and the connection may meet
            if self._stopped.is_set():
                self._say(done={"ended": "stopped"})
            else:
                self._say(problem=to_json(sentence("chat.llama_failed", error=f"{type(error).__name__}: {error}")))

    def _answer(self) -> None:
        while not self._stopped.is_set():
            response = self._send()
            if response.status == http.HTTPStatus.OK:
                return self._pass_on(response)
            problem = json.loads(response.read()).get("error", {})
            if problem.get("type") != llama_cpp.TOO_LONG:
                return self._say(problem=to_json(sentence("chat.llama_failed", error=problem.get("message", ""))))
            if not self._shorten():
                return self._say(problem=to_json(sentence("chat.too_long", tokens=problem.get("n_ctx"))))
        return self._say(done={"ended": "stopped"})

    def _send(self) -> http.client.HTTPResponse:
        self._connection.close()
        self._connection.connect()
        self._socket = self._connection.sock
        body = {"stream": True, "stream_options": {"include_usage": True}, "reasoning_format": "none", **self._body}
        headers = {"Content-Type": "application/json"}
        self._connection.request("POST", "/v1/chat/completions", json.dumps(body).encode(), headers)
        return self._connection.getresponse()

    def _shorten(self) -> bool:
        """Leaves out the oldest question and its answer; whether there was one besides the last."""
        messages = self._body["messages"]
        start = next(at for at, message in enumerate(messages) if message["role"] == "user")
        if start + 1 >= len(messages):
            return False
        self._body = self._body | {"messages": [*messages[:start], *messages[start + 2 :]]}
        self._left_out += 2
        return True

    def _pass_on(self, response: http.client.HTTPResponse) -> None:
        ended, tokens, speed = "stopped", 0, 0.0
        for line in response:
            if self._stopped.is_set():
                break
            if not line.startswith(DATA) or line.startswith(DATA + b"[DONE]"):
                continue
            chunk = json.loads(line[len(DATA) :])
            if "error" in chunk:
                self._connection.close()
                why = chunk["error"].get("message", "") if isinstance(chunk["error"], dict) else chunk["error"]
                return self._say(problem=to_json(sentence("chat.llama_failed", error=why)))
            for choice in chunk.get("choices", ()):
                if choice["delta"].get("content"):
                    tokens += 1
                    self._say(text=choice["delta"]["content"])
                ended = choice.get("finish_reason") or ended
            if chunk.get("usage"):
                tokens = chunk["usage"]["completion_tokens"]
                speed = chunk.get("timings", {}).get("predicted_per_second", 0.0)
        self._connection.close()
        self._say(done={"ended": ended, "tokens": tokens, "tokens_per_second": speed, "left_out": self._left_out})


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
