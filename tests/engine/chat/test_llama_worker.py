"""An answer that somebody ends, and a talk that became too long, against a real server on this machine."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NoReturn

import pytest

from so8t_engine.chat.llama_worker import AnswerPipe, Asking
from so8t_engine.evaluate.llama_cpp import TOO_LONG

TURNS = [{"role": role, "content": str(number)} for number, role in enumerate(["user", "assistant"] * 3 + ["user"])]

OTHERS = {"no page": b"<html>", "refused": b'{"error": {"type": "x", "message": "no such model"}}'}

COUNTED: list[dict[str, Any]] = [
    {"choices": [{"delta": {"role": "assistant"}}]},
    {"choices": [{"delta": {"content": "a"}}]},
    {"choices": [{"delta": {"content": "b"}, "finish_reason": "length"}]},
    {"choices": [], "usage": {"completion_tokens": 7}, "timings": {"predicted_per_second": 2.5}},
]


class Endless(BaseHTTPRequestHandler):
    """Writes one piece of an answer, and then nothing more until somebody leaves; refuses more than three turns."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if len(body["messages"]) > 3:
            problem = {"error": {"type": TOO_LONG, "message": "too long", "n_ctx": 8}}
            self._send(400, json.dumps(problem).encode())
            return
        said = ",".join(message["content"] for message in body["messages"])
        if said.endswith("end"):
            last = {"choices": [{"delta": {"content": said}, "finish_reason": "stop"}]}
            self._send(200, f"data: {json.dumps(last)}\n\ndata: [DONE]\n\n".encode())
            return
        if said.endswith("count"):
            self._send(200, b": a comment\n\n" + b"".join(f"data: {json.dumps(each)}\n\n".encode() for each in COUNTED))
            return
        if said.endswith("fail"):
            self._send(200, f"data: {json.dumps({'error': {'message': 'no memory'}})}\n\n".encode())
            return
        if said in OTHERS:
            self._send(500, OTHERS[said])
            return
        if said == "gone":
            return
        chunk = json.dumps({"choices": [{"delta": {"content": said}, "finish_reason": None}]})
        self._send(200, f"data: {chunk}\n\n".encode(), whole=False)
        self.rfile.read(1)

    def _send(self, status: int, body: bytes, whole: bool = True) -> None:
        self.send_response(status)
        if whole:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def asking(messages: list[dict[str, str]]) -> Iterator[tuple[Asking, Iterator[dict[str, Any]]]]:
    """With what it says, line by line."""
    heard, said = os.pipe()
    with ThreadingHTTPServer(("127.0.0.1", 0), Endless) as server, os.fdopen(heard) as lines:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        one = Asking(f"http://127.0.0.1:{server.server_port}", {"messages": messages}, AnswerPipe(said))

        def answer() -> None:
            one.answer()
            os.close(said)  # whoever waits for more sees the end

        thread = threading.Thread(target=answer)
        thread.start()
        yield one, map(json.loads, lines)
        thread.join()
        server.shutdown()


def test_that_an_answer_ends_when_it_is_stopped_although_nothing_more_comes() -> None:
    with asking(TURNS[-1:]) as (one, heard):
        first = next(heard)
        one.stop()
        last = next(heard)

    assert first == {"text": "6"}
    assert last["done"]["ended"] == "stopped"


def test_that_a_question_which_is_stopped_before_anything_was_said_was_stopped_and_has_not_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def cut(self: Asking) -> None:
        self.stop()
        raise ConnectionResetError

    monkeypatch.setattr(Asking, "_send", cut)
    with asking(TURNS[-1:]) as (_, heard):
        assert list(heard) == [{"done": {"ended": "stopped"}}]


def test_that_of_a_talk_which_is_too_long_the_oldest_turns_are_left_out() -> None:
    with asking([{"role": "system", "content": "s"}, *TURNS]) as (one, heard):
        first = next(heard)
        one.stop()

    assert first == {"text": "s,6"}


def test_that_it_tells_how_many_messages_were_left_out() -> None:
    with asking([{"role": "system", "content": "s"}, *TURNS[:-1], {"role": "user", "content": "end"}]) as (_, heard):
        first, last = next(heard), next(heard)

    assert first == {"text": "s,end"}
    assert (last["done"]["ended"], last["done"]["left_out"]) == ("stop", 6)


def test_that_an_error_in_the_middle_of_an_answer_is_told_and_nobody_is_said_to_have_stopped_it() -> None:
    with asking([{"role": "user", "content": "fail"}]) as (_, heard):
        problem = next(heard)["problem"]

    assert problem["code"] == "chat.llama_failed" and problem["args"] == {"error": "no memory"}


def test_that_a_question_which_alone_is_too_long_is_said_to_be() -> None:
    system = [{"role": "system", "content": "s"}] * 3
    with asking([*system, TURNS[-1]]) as (_, heard):
        problem = next(heard)["problem"]

    assert problem["code"] == "chat.too_long" and problem["args"] == {"tokens": 8}


def test_that_a_worker_whose_words_nobody_hears_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(code: int) -> NoReturn:
        raise SystemExit(code)

    heard, said = os.pipe()
    os.close(heard)
    monkeypatch.setattr(os, "_exit", ended)
    with pytest.raises(SystemExit) as left:
        AnswerPipe(said)(text="x")
    os.close(said)
    assert left.value.code == 0


@pytest.mark.parametrize(
    ("said", "error"),
    [("no page", "JSONDecodeError"), ("refused", "no such model"), ("gone", "RemoteDisconnected")],
)
def test_that_a_server_which_answers_with_no_answer_is_told(said: str, error: str) -> None:
    with asking([{"role": "user", "content": said}]) as (_, heard):
        problem = next(heard)["problem"]

    assert problem["code"] == "chat.llama_failed" and error in problem["args"]["error"]


def test_that_the_servers_own_count_of_tokens_is_told() -> None:
    with asking([{"role": "user", "content": "count"}]) as (_, heard):
        told = list(heard)

    done = {"ended": "length", "tokens": 7, "tokens_per_second": 2.5, "left_out": 0}
    assert told == [{"text": "a"}, {"text": "b"}, {"done": done}]


def test_that_without_a_count_the_pieces_are_counted() -> None:
    with asking([{"role": "user", "content": "end"}]) as (_, heard):
        _, last = next(heard), next(heard)

    assert last["done"] == {"ended": "stop", "tokens": 1, "tokens_per_second": 0.0, "left_out": 0}
