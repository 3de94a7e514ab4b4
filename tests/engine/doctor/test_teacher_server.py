"""The teacher's server is asked for its models before the run: real small servers, good and bad ones, on loopback."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from helpers.sessions import make_config
from so8t_engine.doctor import teacher_server
from so8t_engine.doctor.findings import Finding
from so8t_engine.sentences import JAPANESE, say

KEY = "sk-very-secret-0123"
DATA = [{"name": "none", "source": "local", "path": "none"}]
Answers = dict[str, tuple[int, bytes]]


@pytest.fixture(scope="module")
def listening() -> Iterator[Any]:
    """`listening.answers`: status and body by path; `listening.asked`: path and key, request by request."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append((self.path, self.headers["Authorization"]))
            if self.path == "/drop/models":
                with suppress(OSError):
                    while not server.over.wait(0.01):
                        self.wfile.write(b"H")
                return
            status, body = server.answers.get(self.path, (404, b"no"))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        answers: Answers
        asked: list[tuple[str, str | None]]
        over: threading.Event

    server = Server(("127.0.0.1", 0), Handler)
    server.answers, server.asked, server.over = {}, [], threading.Event()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def server(listening: Any) -> Any:
    listening.answers, listening.asked = {}, []
    return listening


def models(*names: str, **more: Any) -> tuple[int, bytes]:
    return 200, json.dumps({"object": "list", "data": [{"id": name} for name in names], **more}).encode()


def found(port: int, below: str = "/v1", **teaching: Any) -> list[Finding]:
    convert = {
        "missing_sections": "teacher",
        "teacher": f"http://127.0.0.1:{port}{below}",
        "teaching": {"model": "qwen3:8b", **teaching},
    }
    return teacher_server.check(make_config(DATA, convert=convert))


def said(port: int, below: str = "/v1", **teaching: Any) -> tuple[str, str, str]:
    """Level, code and all the words of the one finding; in Japanese too there is something to say."""
    [finding] = found(port, below, **teaching)
    assert finding.level == "ok" or finding.change is not None
    assert "teacher" in say(finding.what, JAPANESE)
    return finding.level, finding.what.code, str(finding.whole)


@pytest.mark.parametrize(
    ("model", "names"),
    [
        ("qwen3:8b", ["other", "qwen3:8b"]),
        ("qwen3", ["qwen3:latest"]),
        ("Qwen3:8b", ["qwen3:8B"]),
        ("gemini-2", ["models/gemini-2"]),
        ("org/name:fast", ["org/name"]),
    ],
)
def test_a_server_that_has_the_model_by_any_of_its_names_is_fine(server: Any, model: str, names: list[str]) -> None:
    server.answers["/v1/models"] = models(*names)
    level, code, text = said(server.server_port, model=model)

    assert (level, code) == ("ok", "teacher.is_there") and model in text


def test_a_model_that_is_not_there_is_told_with_the_five_names_most_like_it(server: Any) -> None:
    server.answers["/v1/models"] = models(*"uvwxyz", "qwen3:4b", "qwen3:latest")
    level, code, text = said(server.server_port)

    assert (level, code) == ("warning", "teacher.no_such_model")
    assert "no model qwen3:8b. It has: qwen3:4b, qwen3:latest, " in text and ", 3 more. Set convert.teaching" in text
    server.answers["/v1/models"] = models(*"vxyzt")
    assert "v, x, y, z, t. Set" in said(server.server_port)[2]


@pytest.mark.parametrize("body", [b'{"data": []}', b'{"object": "list", "data": null}'])
def test_a_server_without_any_model_is_told_what_to_fetch(server: Any, body: bytes) -> None:
    server.answers["/v1/models"] = 200, body
    level, code, text = said(server.server_port)

    assert (level, code) == ("warning", "teacher.no_models") and "ollama pull qwen3:8b" in text


@pytest.mark.parametrize(
    "answer",
    [
        (404, b"no such page"),
        (501, b"GET?"),
        (503, b"loading"),
        (302, b""),
        (200, b"<html>"),
        (200, b"[1]"),
        (200, b'{"data": [1]}'),
        (200, b'{"error": "unexpected endpoint"}'),
        (200, b" " * (2 << 20)),
        models("another", has_more=True),
    ],
)
def test_a_server_without_a_whole_list_is_no_fault(server: Any, answer: tuple[int, bytes]) -> None:
    server.answers["/v1/models"] = answer
    assert found(server.server_port) == []


def test_a_server_of_one_model_that_takes_any_name_for_it_is_fine(server: Any) -> None:
    """llama.cpp's; its list has the file's path."""
    rows = [{"id": "/models/a.gguf", "owned_by": "llamacpp"}]
    server.answers["/v1/models"] = 200, json.dumps({"data": rows}).encode()
    assert said(server.server_port)[1] == "teacher.is_there"
    server.answers["/v1/models"] = 200, json.dumps({"data": [*rows, {**rows[0], "id": "b"}]}).encode()
    assert said(server.server_port)[1] == "teacher.no_such_model"


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_refused_or_missing_is_told_and_never_said(
    server: Any, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", f" {KEY}\n")
    server.answers["/v1/models"] = status, f"{KEY} is wrong".encode()
    level, code, text = said(server.server_port, api_key_env="MY_KEY")

    assert (level, code) == ("warning", "teacher.key_refused") and "MY_KEY" in text and KEY not in text
    assert server.asked == [("/v1/models", f"Bearer {KEY}")]
    assert said(server.server_port)[1] == "teacher.wants_key" and server.asked[1:] == [("/v1/models", None)]
    server.answers["/v1/models"] = models(KEY)
    assert "It has: ***." in said(server.server_port, api_key_env="MY_KEY")[2]
    monkeypatch.delenv("MY_KEY")
    assert found(server.server_port, api_key_env="MY_KEY") == []  # the plan says so


def test_an_address_that_lacks_v1_is_told_the_whole_one(server: Any) -> None:
    assert found(server.server_port, "") == []
    server.answers["/v1/models"] = models("qwen3:8b")
    level, code, text = said(server.server_port, "/")

    assert (level, code) == ("warning", "teacher.lacks_v1")
    assert text.endswith(f"Set convert.teacher to http://127.0.0.1:{server.server_port}/v1.")
    assert found(server.server_port, "/api") == []


def test_nobody_there_is_a_warning_for_the_server_may_be_started_later() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        level, code, text = said(closed.getsockname()[1])

    assert (level, code) == ("warning", "teacher.unreachable") and "Ollama, LM Studio" in text


def test_a_server_that_is_silent_or_answers_by_drops_is_not_waited_for(
    server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teacher_server, "CONNECT", 0.05)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert said(silent.getsockname()[1])[1] == "teacher.no_answer_yet"
    monkeypatch.setattr(teacher_server, "CONNECT", 60.0)
    monkeypatch.setattr(teacher_server, "WHOLE", 0.05)
    assert said(server.server_port, "/drop")[1] == "teacher.no_answer_yet"


def test_nobody_is_asked_offline_and_where_no_server_is_to_be_asked(
    server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = f"http://127.0.0.1:{server.server_port}/v1"
    for convert in (
        {"teacher": here, "teaching": {"model": "m"}},
        {"missing_sections": "teacher", "teacher": "./here"},
    ):
        assert teacher_server.check(make_config(DATA, convert=convert)) == []
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert found(server.server_port) == [] and server.asked == []
