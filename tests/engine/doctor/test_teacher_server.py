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

from helpers import tls_server
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
            if server.leads:
                self.send_header("Location", server.leads)
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
        leads: str

    server = Server(("127.0.0.1", 0), Handler)
    server.answers, server.asked, server.over, server.leads = {}, [], threading.Event(), ""
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def server(listening: Any) -> Any:
    listening.answers, listening.asked, listening.leads = {}, [], ""
    return listening


@pytest.fixture
def by_tls() -> Iterator[int]:
    with tls_server.listening() as port:
        yield port


def models(*names: str, **more: Any) -> tuple[int, bytes]:
    return 200, json.dumps({"object": "list", "data": [{"id": name} for name in names], **more}).encode()


def found(port: int, below: str = "/v1", scheme: str = "http", **teaching: Any) -> list[Finding]:
    convert = {
        "missing_sections": "teacher",
        "teacher": f"{scheme}://127.0.0.1:{port}{below}",
        "teaching": {"model": "qwen3:8b", **teaching},
    }
    return teacher_server.check(make_config(DATA, convert=convert))


def said(port: int, below: str = "/v1", **teaching: Any) -> tuple[str, str, str]:
    """Level, code and all the words of the one finding; in Japanese too there is something to say."""
    [finding] = found(port, below, **teaching)
    assert finding.level in ("ok", "note") or finding.change is not None
    assert "teacher" in say(finding.what, JAPANESE)
    return finding.level, finding.what.code, str(finding.whole)


@pytest.mark.parametrize(
    ("model", "names"),
    [
        ("qwen3:8b", ["Qwen3:8B", "qwen3:8b"]),
        ("gemini-2", ["models/gemini-2"]),
        ("models/gemini-2", ["gemini-2"]),
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
    ("model", "name", "level"),
    [
        ("qwen3", "qwen3:latest", "note"),  # Ollama's, which takes both
        ("Qwen3:8B", "qwen3:8b", "warning"),
        ("Qwen3", "qwen3:latest", "warning"),
        ("qwen3:latest", "qwen3", "warning"),
        ("qwen3-8b", "Qwen/Qwen3-8B", "warning"),
        ("Qwen3 8B", "qwen3:8b", "warning"),
    ],
)
def test_a_name_that_is_nearly_one_of_the_server_s_is_told_as_that(
    server: Any, model: str, name: str, level: str
) -> None:
    server.answers["/v1/models"] = models("other", "qwen3:4b", name)
    assert said(server.server_port, model=model)[:2] == (level, "teacher.other_name")
    text = said(server.server_port, model=model)[2]
    assert f"calls the model {name}, not {model}." in text
    assert text.endswith(f"Set convert.teaching.model to {name}.")


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        ((404, b"no such page"), "has_no_list", "there is no list of models there (status 404). Correct convert.teach"),
        ((501, b"GET?"), "has_no_list", "(status 501)"),
        ((400, b"what?"), "has_no_list", "(status 400)"),
        ((500, b"oh"), "is_busy", "is busy or broken (status 500). Look at what the server's own log says"),
        ((429, b"wait"), "is_busy", "(status 429)"),
        (
            (503, b'{"error": {"message": "Loading model"}}'),
            "is_loading",
            "not ready yet (status 503); mostly it still",
        ),
        (
            (200, b"\n <!DOCTYPE html><html>"),
            "is_web_page",
            "is a web page, not a server's list of models. Correct con",
        ),
        ((200, b""), "is_no_list", "no list of models as OpenAI's interface has it. Correct convert.teacher"),
        ((200, b"[1]"), "is_no_list", "no list"),
        ((200, b'{"data": [1]}'), "is_no_list", "no list"),
        ((200, b'{"error": "unexpected endpoint"}'), "is_no_list", "no list"),
    ],
)
def test_a_server_that_answers_with_something_else_is_told_by_what_it_says(
    server: Any, answer: tuple[int, bytes], code: str, words: str
) -> None:
    server.answers["/v1/models"] = answer
    level, told, text = said(server.server_port)
    assert (level, told) == ("warning", f"teacher.{code}") and words in text, text


def test_a_list_that_is_not_whole_is_no_fault_and_is_told(server: Any) -> None:
    server.answers["/v1/models"] = models("another", has_more=True)
    assert said(server.server_port)[:2] == ("note", "teacher.list_goes_on")
    server.answers["/v1/models"] = models("another", "qwen3:8b", has_more=True)
    assert said(server.server_port)[1] == "teacher.is_there"
    server.answers["/v1/models"] = 200, b" " * (2 << 20)
    assert said(server.server_port)[:2] == ("note", "teacher.list_too_long")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_told_and_the_key_goes_nowhere_else(
    server: Any, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It leads to a second server, which nobody asks; what may be a secret in it is not said."""
    monkeypatch.setenv("MY_KEY", KEY)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        other.setblocking(False)
        there = f"127.0.0.1:{other.getsockname()[1]}/api/{KEY}"
        server.leads, server.answers["/v1/models"] = f"http://me:pass@{there}/models?key={KEY}", (status, b"")
        level, code, text = said(server.server_port, api_key_env="MY_KEY")
        with pytest.raises(BlockingIOError):
            other.accept()

    target = f"http://{there.replace(KEY, '***')}"
    assert (level, code) == ("warning", "teacher.sends_elsewhere")
    assert f"sends requests on to {target} (status {status}). " in text and KEY not in text
    assert text.endswith(f"If {target} is right, set convert.teacher to it.")
    server.leads = ""
    assert said(server.server_port)[1] == "teacher.has_no_list"
    server.leads = "/api/models"
    assert f"on to http://127.0.0.1:{server.server_port}/api (" in said(server.server_port)[2]


def test_http_where_tls_is_spoken_and_back_is_told_by_the_right_address(
    server: Any, by_tls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teacher_server, "CONNECT", 1.0)
    monkeypatch.setenv("MY_KEY", KEY)
    level, code, text = said(by_tls)
    assert (level, code) == ("warning", "teacher.other_scheme") and "speaks https, not http. Set" in text
    assert text.endswith(f"Set convert.teacher to https://127.0.0.1:{by_tls}/v1.")

    server.answers["/v1/models"] = models("qwen3:8b")
    level, code, text = said(server.server_port, scheme="https", api_key_env="MY_KEY")
    assert (level, code) == ("warning", "teacher.other_scheme") and "speaks http, not https. Set" in text
    assert text.endswith(f"Set convert.teacher to http://127.0.0.1:{server.server_port}/v1.")
    assert set(server.asked) == {("/v1/models", None)}  # the key does not go out in the clear


def test_servers_that_answer_the_wrong_scheme_with_a_status_are_told_too() -> None:
    """Ollama's kind of server behind TLS, and nginx, say 400 to who speaks plain HTTP."""
    with socket.socket() as front:
        front.bind(("127.0.0.1", 0))
        front.listen()

        def answer() -> None:
            for _ in range(2):
                one, _ = front.accept()
                with one:
                    if one.recv(1, socket.MSG_PEEK) == b"G":
                        one.recv(4096)
                        one.sendall(
                            b"HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"
                        )
                        continue
                    with suppress(OSError):
                        tls_server.context().wrap_socket(one, server_side=True).close()

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        assert said(front.getsockname()[1])[1] == "teacher.other_scheme"
        thread.join()


def test_a_certificate_that_nobody_trusts_here_is_told_with_what_to_do(
    by_tls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    level, code, text = said(by_tls, scheme="https")
    assert (level, code) == ("warning", "teacher.untrusted")
    assert "is not trusted on this machine: self-signed certificate. Add it" in text and "SSL_CERT_FILE" in text
    monkeypatch.setenv("SSL_CERT_FILE", str(tls_server.CERTIFICATE))
    assert said(by_tls, scheme="https")[1] == "teacher.has_no_list"


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


@pytest.mark.parametrize("below", ["", "/", "/api", "/v1/chat/completions", "/v1/models", "/v1/chat/completions/"])
def test_an_address_that_is_not_the_one_below_which_it_is_asked_is_told_that(server: Any, below: str) -> None:
    assert said(server.server_port, below)[1] == "teacher.has_no_list"
    server.answers["/v1/models"] = models("qwen3:8b")
    level, code, text = said(server.server_port, below)

    assert (level, code) == ("warning", "teacher.lacks_v1")
    assert text.endswith(f"Set convert.teacher to http://127.0.0.1:{server.server_port}/v1.")


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
    before = {thread for thread in threading.enumerate() if not thread.daemon}
    assert said(server.server_port, "/drop")[1] == "teacher.no_answer_yet"
    assert {
        thread for thread in threading.enumerate() if not thread.daemon
    } == before  # none keeps a program from its end


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


@pytest.mark.parametrize(
    ("url", "others"),
    [
        ("http://h:1/v1", []), ("http://h:1/v1/chat/completions", ["http://h:1/v1"]), ("http://h:1", ["http://h:1/v1"]),
        ("http://h:1/api", ["http://h:1/api/v1", "http://h:1/v1"]),
    ],
)  # fmt: skip
def test_other_addresses_of_the_same_server_are_tried_and_never_the_same_again(url: str, others: list[str]) -> None:
    assert list(teacher_server._other_addresses(url)) == others
