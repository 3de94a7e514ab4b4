"""A server as the teacher: one that behaves, and one that is slow, broken, endless or greedy for the key."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from helpers import tls_server
from helpers.sessions import Session, refused
from helpers.teachers import ALIKE, LOGIC, NAMES, REPLY, sums
from so8t_engine.config.run_config import RunConfig
from so8t_engine.config.teaching import Teaching
from so8t_engine.run.context import Paused
from so8t_engine.sentences import verbatim
from so8t_engine.teacher import endpoint
from so8t_engine.teacher.replies import Reply

KEY = "sk-very-secret-0123"
Server = Any
Act = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


def say(handler: BaseHTTPRequestHandler, data: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def completion(text: object, finish: str = "stop") -> bytes:
    return json.dumps({"choices": [{"message": {"content": text}, "finish_reason": finish}]}).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    """`server.act(handler, body)` answers; `server.bodies` and `server.keys` are what it was sent."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            listening.bodies.append(body)
            listening.keys.append(self.headers["Authorization"])
            listening.act(self, body)

        def log_message(self, *_: Any) -> None:
            pass

    class Listening(ThreadingHTTPServer):
        daemon_threads = True
        bodies: list[dict[str, Any]]
        keys: list[str | None]
        act: Act

    listening = Listening(("127.0.0.1", 0), Handler)
    listening.bodies, listening.keys = [], []
    listening.act = lambda handler, body: say(handler, completion(REPLY))
    threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
    yield listening
    listening.shutdown()
    listening.server_close()


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "FIRST_PAUSE", 0.0)


def session(root: Path, server: Server, name: str = "s", url: str = "", **teaching: Any) -> Session:
    root.mkdir(exist_ok=True)
    settings = {"model": "tiny", "samples": 1, "batch_size": 4, **teaching}
    config = RunConfig.model_validate(
        {
            "datasets": [sums(root)],
            "integrate": ALIKE,
            "model": {"build": {}},
            "convert": {
                "missing_sections": "teacher",
                "teacher": url or f"http://127.0.0.1:{server.server_port}/v1",
                "teaching": settings,
                "final_only_share": 1.0,
            },
        }
    )
    return Session(root, config, name)


def counts(of: Session) -> dict[str, Any]:
    found: dict[str, Any] = of.notes("converted", "counts.json")["teacher"]
    return found


def test_that_a_server_is_asked_once_for_a_record_by_a_schema_and_never_again(tmp_path: Path, server: Server) -> None:
    first = session(tmp_path, server)
    first.run()

    assert (counts(first)["accepted"], counts(first)["rejected"]) == (8, {"wrong_answer": 1})
    assert len(server.bodies) == len(NAMES) and set(server.keys) == {None}
    body = server.bodies[0]
    assert (body["model"], body["temperature"], body["max_tokens"], body["stream"]) == ("tiny", 0, 512, False)
    schema = body["response_format"]["json_schema"]["schema"]
    assert schema["required"] == ["logic", "final"] and not schema["additionalProperties"]

    second = session(tmp_path, server, "second")
    second.run()
    assert len(server.bodies) == len(NAMES)
    assert second.digests() == first.digests()


def test_fault_44_the_key_goes_to_the_server_and_nowhere_else(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    server.act = lambda handler, body: say(handler, completion(f"Your key is {KEY}."))
    run = session(tmp_path, server, api_key_env="MY_KEY")
    run.run()

    assert set(server.keys) == {f"Bearer {KEY}"}
    assert counts(run)["rejected"] == {"form": 9}
    assert not [path for path in run.path.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    assert KEY not in str([event.data for event in run.events])

    server.act = lambda handler, body: say(handler, KEY.encode(), 302, Location=f"http://127.0.0.1:1/{KEY}")
    error = refused(session(tmp_path / "moved", server, api_key_env="MY_KEY", retries=0).run)
    assert (error.code, "302" in error.detail, KEY in error.detail) == ("teacher", True, False)
    assert "sends requests on to http://127.0.0.1:1/***" in error.detail
    monkeypatch.delenv("MY_KEY")
    error = refused(session(tmp_path / "without", server, api_key_env="MY_KEY").run)
    assert "MY_KEY" in error.detail


def test_that_a_server_which_cannot_be_spoken_with_as_it_is_named_is_asked_once(tmp_path: Path, server: Server) -> None:
    """Neither another scheme nor a certificate comes by waiting."""
    with tls_server.listening() as port:
        for scheme, words in (("http", "speaks https, not http"), ("https", "is not trusted on this machine")):
            run = session(tmp_path / scheme, server, url=f"{scheme}://127.0.0.1:{port}/v1")
            assert words in refused(run.run).detail
            assert "teacher_waits" not in str([event.data for event in run.events])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (completion('{"logic": '), "form"),
        (completion("No."), "form"),
        (completion(None), "form"),
        (completion([REPLY]), "form"),
        (completion(REPLY, finish="length"), "truncated"),
        (completion("a" * 100_000), "endless"),
        (b" " * (2 << 20), "endless"),
        (completion(json.dumps({"logic": LOGIC, "final": "8\ud800"})), "wrong_answer"),
    ],
)
def test_that_what_is_no_good_is_rejected_for_its_reason(
    tmp_path: Path, server: Server, data: bytes, reason: str
) -> None:
    server.act = lambda handler, body: say(handler, data)
    run = session(tmp_path, server)
    run.run()

    rejected = counts(run)["rejected"]
    assert (counts(run)["asked"], rejected.get(reason, 0) >= 8) == (9, True)


def test_that_text_without_end_is_cut_off(tmp_path: Path, server: Server) -> None:
    def endless(handler: BaseHTTPRequestHandler, _: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"na " * 10_000)
        except OSError:
            pass

    server.act = endless
    run = session(tmp_path, server)
    run.run()

    assert counts(run)["rejected"] == {"endless": 9}


@pytest.mark.parametrize("status", [429, 500, 503])
def test_that_a_busy_server_is_asked_again_and_named(tmp_path: Path, server: Server, status: int) -> None:
    def at_first_busy(handler: BaseHTTPRequestHandler, body: Any) -> None:
        busy = server.bodies.count(body) == 1
        say(handler, b"busy" if busy else completion(REPLY), status if busy else 200)

    server.act = at_first_busy
    run = session(tmp_path, server)
    run.run()

    assert counts(run)["accepted"] == 8 and len(server.bodies) == 2 * len(NAMES)
    said = [event["sentence"]["text"] for event in run.said("warning") if event["code"] == "teacher_waits"]
    assert said and str(status) in said[0]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda handler, body: say(handler, b"", 500), "500"),
        (lambda handler, body: say(handler, b"", 401), "401"),
        (lambda handler, body: say(handler, b"<html>Hello</html>"), "chat completion"),
        (lambda handler, body: say(handler, b"[" * 90_000), "chat completion"),
        (lambda handler, body: handler.connection.close(), "cannot be reached"),
    ],
)
def test_that_a_server_that_is_no_teacher_ends_the_step_in_a_sentence(
    tmp_path: Path, server: Server, act: Act, words: str
) -> None:
    server.act = act
    error = refused(session(tmp_path, server, retries=1).run)

    assert (error.code, words in error.detail) == ("teacher", True), error.detail
    assert f"127.0.0.1:{server.server_port}" in error.detail


@pytest.mark.parametrize("drip", [False, True], ids=["silent", "a byte now and then"])
def test_that_a_slow_server_is_left(tmp_path: Path, server: Server, drip: bool) -> None:
    gone = threading.Event()

    def slow(handler: BaseHTTPRequestHandler, _: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while not gone.wait(0.02):
                if drip:
                    handler.wfile.write(b" ")
                    handler.wfile.flush()
        except OSError:
            pass

    server.act = slow
    error = refused(session(tmp_path, server, retries=0, timeout_seconds=0.2, batch_size=9).run)
    gone.set()

    assert (error.code, "0.2" in error.detail) == ("teacher", True), error.detail


def test_that_what_was_answered_before_the_server_failed_is_not_asked_again(tmp_path: Path, server: Server) -> None:
    def fails_later(handler: BaseHTTPRequestHandler, _: Any) -> None:
        first = len(server.bodies) <= 4
        say(handler, completion(REPLY) if first else b"", 200 if first else 500)

    server.act = fails_later
    run = session(tmp_path, server, retries=0, batch_size=1)
    refused(run.run)
    server.act = lambda handler, body: say(handler, completion(REPLY))
    asked = len(server.bodies)
    run.run()

    assert len(server.bodies) == asked + len(NAMES) - 4
    assert counts(run)["accepted"] == 8


def test_that_a_server_without_schemas_is_asked_without(tmp_path: Path, server: Server) -> None:
    def no_schema(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        known = "response_format" not in body
        say(handler, completion(REPLY) if known else b"", 200 if known else 400)

    server.act = no_schema
    run = session(tmp_path, server, batch_size=1)
    run.run()

    assert counts(run)["accepted"] == 8
    assert sum("response_format" in body for body in server.bodies) == 1


def test_that_a_pause_ends_the_wait_for_a_busy_server(tmp_path: Path, server: Server) -> None:
    run = session(tmp_path, server)

    def busy(handler: BaseHTTPRequestHandler, _: Any) -> None:
        run.control.pause(verbatim("enough"))
        say(handler, b"", 429, Retry_After="3600")

    server.act = busy
    with pytest.raises(Paused):
        run.run()


def test_that_a_server_needs_a_model_and_no_secret_in_its_address() -> None:
    def config(teacher: str, **teaching: str) -> None:
        convert = {"missing_sections": "teacher", "teacher": teacher, "teaching": teaching}
        RunConfig.model_validate({"datasets": [{"name": "a", "path": "x"}], "model": {"build": {}}, "convert": convert})

    config("http://127.0.0.1:11434/v1", model="qwen3")
    for teacher, teaching in (("http://127.0.0.1/v1", {}), ("https://me:secret@host/v1", {"model": "m"})):
        with pytest.raises(ValueError, match=r"server|address"):
            config(teacher, **teaching)


def test_that_a_teacher_is_known_by_its_server_and_its_model() -> None:
    """Replies are kept under it: another model's are no answers of this one's."""
    one = endpoint.Endpoint("http://127.0.0.1:1/v1/", Teaching(model="tiny"), lambda _: None, lambda _: None)
    assert one.identity == "http://127.0.0.1:1/v1/chat/completions/tiny"


def test_that_one_question_alone_is_asked_again_after_the_longest_wait_that_is_due(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waited: list[float] = []
    one = endpoint.Endpoint("http://127.0.0.1:9/v1", Teaching(model="m", retries=2), waited.append, lambda why: None)
    said: list[Any] = [endpoint._Trouble(verbatim("busy"), 3.5), endpoint._Trouble(verbatim("busy")), Reply("yes")]
    monkeypatch.setattr(one, "_once", lambda *_: said.pop(0))

    assert one.answer([Any], 0, Teaching(model="m", retries=2)) == [Reply("yes")]  # type: ignore[list-item]
    assert waited == [max(3.5, endpoint.FIRST_PAUSE), 2 * endpoint.FIRST_PAUSE]
    said += [endpoint._Trouble(verbatim("still busy"))] * 3
    assert refused(lambda: one.answer([Any], 0, Teaching(model="m", retries=2))).detail == "still busy"  # type: ignore[list-item]
