"""How long an answer, a reply and a file may be, what passes by itself, and who is asked how often."""

from __future__ import annotations

import email.message
import http.client
import io
import json
import os
import socket
import ssl
import time
import urllib.error
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from helpers.sessions import refused
from so8t_engine.config.teaching import Teaching
from so8t_engine.data.record import Record
from so8t_engine.data.thought.thinking import Sections
from so8t_engine.sentences import sentence
from so8t_engine.teacher import endpoint, questions, reply_cache, server_access, teacher
from so8t_engine.teacher.endpoint import Endpoint
from so8t_engine.teacher.questions import Question
from so8t_engine.teacher.replies import Reply
from so8t_engine.teacher.reply_cache import FOLDER, NAME, ReplyCache

RECORD = Record("07", "s", "1 + 1?", "2", "maths", "en", "train", answer="2", answer_kind="number")
URL = "http://a/v1/chat/completions"


def question(text: str = "1 + 1?") -> Question:
    return Question(RECORD, Sections("2", {}), ("logic",), solving=True, text=text)


def pieces(*sizes: int) -> Any:
    left = [b"x" * size for size in sizes] + [b""]
    return SimpleNamespace(read1=lambda most: left.pop(0))


def test_an_answer_has_an_end_and_comes_in_time() -> None:
    most, later = server_access.MOST_BYTES, time.monotonic() + 99
    assert server_access.read(pieces(3, 4), later) == b"x" * 7 and server_access.read(pieces(), 0) == b""
    assert len(server_access.read(pieces(most - 1, 1), later) or b"") == most == 1_048_576
    assert server_access.read(pieces(most, 1), later) is None
    with pytest.raises(TimeoutError):
        server_access.read(pieces(1, 1), time.monotonic() - 1)


@pytest.mark.parametrize(
    ("value", "code"),
    [(None, "teacher.no_key"), ("  ", "teacher.no_key"), ("käse", "teacher.bad_key"), ("a\tb", "teacher.bad_key")],
)
def test_a_key_is_in_the_environment_and_can_stand_in_a_header(
    monkeypatch: pytest.MonkeyPatch, value: str | None, code: str
) -> None:
    monkeypatch.delenv("THE_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("THE_KEY", value)
    error = refused(lambda: server_access.key("THE_KEY"))
    assert (error.code, error.sentence) == ("teacher", sentence(code, name="THE_KEY"))
    monkeypatch.setenv("THE_KEY", " sesame ")
    assert server_access.key("THE_KEY") == "sesame" and server_access.key(None) == ""
    assert server_access.hidden("say sesame", "sesame") == "say ***" and server_access.hidden("say", "") == "say"


def untrusted() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "x")
    error.verify_message = "self-signed"
    return error


@pytest.mark.parametrize(
    ("url", "error", "other", "code", "looked"),
    [
        (URL, urllib.error.URLError(untrusted()), "x", "teacher.untrusted", False),
        (URL, urllib.error.URLError(ConnectionRefusedError("no sesame")), "https://a", "teacher.unreachable", False),
        (URL, socket.gaierror("nobody"), "https://a", "teacher.unreachable", False),
        (URL, TimeoutError(), "https://a", None, False),
        ("https://a/v1", TimeoutError(), None, None, True),
        ("https://a/v1", TimeoutError(), "http://a/v1", "teacher.other_scheme", True),
        (URL, http.client.BadStatusLine("?"), "https://a", "teacher.other_scheme", True),
        (URL, http.client.BadStatusLine("?"), None, "teacher.unreachable", True),
    ],
)
def test_why_nobody_answers(
    monkeypatch: pytest.MonkeyPatch, url: str, error: Exception, other: str | None, code: str | None, looked: bool
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(server_access, "other_scheme", lambda *given: asked.append(given) or other)
    said = server_access.why_not(url, error, "sesame", 7)

    assert (None if said is None else said.code) == code and asked == [(url, 7)] * looked
    if code == "teacher.other_scheme" and said is not None:
        given, spoken = url.partition(":")[0], str(other).partition(":")[0]
        assert said.args == {"url": url, "spoken": spoken, "given": given}
    if isinstance(getattr(error, "reason", None), ConnectionRefusedError) and said is not None:
        assert said.args["error"] == "no ***"


def refusal(status: int, **headers: str) -> urllib.error.HTTPError:
    told = email.message.Message()
    for name, value in headers.items():
        told[name.replace("_", "-")] = value
    return urllib.error.HTTPError(URL, status, "no", told, io.BytesIO())


@pytest.mark.parametrize(
    ("given", "raised", "found"),
    [
        ("http", None, True), ("https", None, True), ("http", refusal(400), True), ("https", refusal(400), False),
        ("https", refusal(404), True), ("https", OSError("gone"), False), ("http", untrusted(), True),
        ("http", urllib.error.URLError(untrusted()), True), ("http", http.client.HTTPException(), False),
    ],
)  # fmt: skip
def test_a_server_of_the_other_scheme_is_known_by_what_it_says(
    monkeypatch: pytest.MonkeyPatch, given: str, raised: Exception | None, found: bool
) -> None:
    other, opened = {"http": "https://a:1/v1", "https": "http://a:1/v1"}[given], list[Any]()

    def opening(url: str, timeout: float) -> Any:
        opened.append((url, timeout))
        if raised is not None:
            raise raised
        return io.BytesIO()

    monkeypatch.setattr(server_access, "opener", lambda url: SimpleNamespace(open=opening))
    assert server_access.other_scheme(f"{given}://a:1/v1", 3) == (other if found else None)
    assert opened == [(f"{other}/models", 3)]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [(None, 0), ("7", 7), ("99999", 99_999), ("100000", 0), ("-1", 0), ("1.5", 0), ("７", 0), ("soon", 0), ("", 0)],
)
def test_how_long_a_server_asks_to_be_left_alone(value: str | None, seconds: float) -> None:
    assert endpoint._retry_after(value) == seconds


def server(settings: Teaching | None = None, wait: Any = None, warn: Any = None) -> Endpoint:
    ignored = lambda *_: None  # noqa: E731
    return Endpoint("http://a/v1/", settings or Teaching(model="m"), wait or ignored, warn or ignored)


@pytest.mark.parametrize(
    ("status", "headers", "found"),
    [
        (404, {}, 404),
        (429, {"Retry_After": "9"}, (sentence("teacher.is_busy", url=URL, status=429), 9.0, False)),
        (503, {}, (sentence("teacher.is_busy", url=URL, status=503), 0.0, False)),
        (302, {"Location": "http://b/v1"},
         (sentence("teacher.sends_elsewhere", url=URL, target="http://b/v1", status=302), 0.0, True)),
    ],
)  # fmt: skip
def test_what_a_refusal_means(status: int, headers: dict[str, str], found: Any) -> None:
    trouble: Any = server()._refusal(refusal(status, **headers))
    assert (trouble if isinstance(trouble, int) else (trouble.why, trouble.seconds, trouble.final)) == found


def choice(content: Any, **more: Any) -> bytes:
    return json.dumps({"choices": [{"message": {"content": content}, **more}]}).encode()


@pytest.mark.parametrize(
    ("data", "reply"),
    [
        (choice("yes"), Reply("yes")),
        (choice("yes", finish_reason="stop"), Reply("yes")),
        (choice("yes", finish_reason="length"), Reply("yes", "truncated")),
        (choice(None), Reply("", "form")),
        (choice("x" * 64_000), Reply("x" * 64_000)),
        (choice("x" * 64_001), Reply("x" * 64_000, "endless")),
        (b"{}", None), (b'{"choices": []}', None), (b"[", None), (b'{"choices": [{"message": 1}]}', None),
    ],
)  # fmt: skip
def test_the_first_choice_is_the_reply(data: bytes, reply: Reply | None) -> None:
    found = server()._reply(data)
    assert found == (endpoint._Trouble(sentence("teacher.no_completion", url=URL)) if reply is None else reply)


def test_the_likeliest_reply_first_and_then_others_each_its_own() -> None:
    asked, settings = question(), Teaching(model="m", temperature=0.75, max_new_tokens=9)
    bodies = [json.loads(server()._body(asked, sample, settings, bool(sample))) for sample in (0, 1, 2)]
    seed = int(asked.digest[:7], 16)

    assert [(body["temperature"], body["seed"]) for body in bodies] == [(0, seed), (0.75, seed + 1), (0.75, seed + 2)]
    assert bodies[0] == {
        "model": "m", "messages": [{"role": "user", "content": "1 + 1?"}], "max_tokens": 9, "temperature": 0,
        "seed": seed, "stream": False,
    }  # fmt: skip
    form = bodies[1]["response_format"]["json_schema"]
    assert bodies[1]["response_format"]["type"] == "json_schema" and form["strict"] is True
    assert form["schema"] == questions.schema(asked) and form["name"] == "sections"


@pytest.mark.parametrize(("statuses", "posts", "knows"), [
    ([b"{}"], [True], True), ([404], [True], True), ([400, b"{}"], [True, False], False),
    ([422, 422], [True, False], True),
])  # fmt: skip
def test_a_server_that_knows_no_schema_is_asked_without_from_then_on(
    monkeypatch: pytest.MonkeyPatch, statuses: list[Any], posts: list[bool], knows: bool
) -> None:
    own, sent = server(), list[bool]()

    def post(body: bytes, timeout: float) -> Any:
        sent.append("response_format" in json.loads(body))
        assert timeout == 5
        return statuses[len(sent) - 1]

    monkeypatch.setattr(own, "_post", post)
    found = own._once(question(), 0, Teaching(model="m", timeout_seconds=5))
    assert (sent, own._schemas) == (posts, knows)
    if isinstance(statuses[-1], int):
        assert found == endpoint._Trouble(sentence("teacher.refuses", url=URL, status=statuses[-1]), final=True)


def test_tries_come_further_and_further_apart_until_they_are_used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    waits, told, rounds = list[float](), list[Any](), list[list[int]]()
    own, why = server(wait=waits.append, warn=told.append), sentence("teacher.is_busy", url=URL, status=503)

    def failing(asked: Any, left: list[int], sample: int, settings: Teaching, replies: dict[int, Reply]) -> Any:
        rounds.append(left)
        if len(rounds) == 1:
            replies[0] = Reply("first")
        return [endpoint._Trouble(why, 3.0 if len(rounds) == 2 else 0.0)]

    monkeypatch.setattr(own, "_round", failing)
    error = refused(lambda: own.answer([question(), question("2?")], 0, Teaching(model="m", retries=8)))

    assert (error.code, error.sentence) == ("teacher", why) and rounds == [[0, 1], *[[1]] * 8]
    assert waits == [1.0, 3.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]
    assert told == [sentence("teacher.tries_again", why=why, seconds=seconds) for seconds in waits]


def test_what_was_answered_in_the_first_try_is_not_asked_again_and_all_come_back_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own, said = server(), iter([Reply("one"), endpoint._Trouble(sentence("teacher.silent", url=URL, seconds=1))])
    monkeypatch.setattr(own, "_once", lambda asked, sample, settings: next(said, Reply(asked.text)))
    settings = Teaching(model="m", retries=1, batch_size=1)
    assert own.answer([question(text) for text in ("a", "b", "c")], 0, settings) == [
        Reply("one"), Reply("b"), Reply("c"),
    ]  # fmt: skip
    for found in (Reply("", "endless"), endpoint._Trouble(sentence("teacher.silent", url=URL, seconds=1))):
        other = server()
        monkeypatch.setattr(other, "_post", lambda body, timeout, found=found: found)
        assert other._once(question(), 0, settings) == found


KEYS = [character * reply_cache.KEY_CHARS for character in "abc"]


def kept(session: Path) -> ReplyCache:
    session.mkdir(exist_ok=True)
    return ReplyCache(session, "t", lambda write: write())


def test_a_file_of_replies_is_as_long_as_it_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(name: str, **limits: int) -> tuple[list[Reply | None], int]:
        """Which of two replies, written by two starts, a third one finds; how long the file is."""
        with monkeypatch.context() as patch:
            for limit, most in limits.items():
                patch.setattr(reply_cache, limit, most)
            for key in KEYS[:2]:
                kept(tmp_path / name).add({key: Reply(key[0])})
            own = kept(tmp_path / name)
            return [own.get(key) for key in KEYS[:2]], (tmp_path / name / "data" / FOLDER / NAME).stat().st_size

    both, size = found("without limits")
    assert both == [Reply("a"), Reply("b")]
    assert found("as many", MOST_BYTES=size) == (both, size)
    [first, second], shorter = found("one less", MOST_BYTES=size - 1)
    assert (first, second) == (Reply("a"), None) and shorter < size
    line = max(shorter, size - shorter)
    assert found("long lines", MOST_LINE=line)[0] == both
    assert found("longer lines", MOST_LINE=line - 1)[0] != both
    with monkeypatch.context() as patch:
        patch.setattr(reply_cache, "MOST_BYTES", size - 1)
        assert kept(tmp_path / "as many").get(KEYS[1]) is None, "nor is more read than would be written"


def test_the_sessions_that_answered_last_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reply_cache, "MOST_SESSIONS", 2)
    for number, key in enumerate(KEYS):
        kept(tmp_path / f"s{number}").add({key: Reply(key[0])})
        file = tmp_path / f"s{number}" / "data" / FOLDER / NAME
        os.utime(file, (1_000 - number, 1_000 - number))
    own = kept(tmp_path / "own")

    assert [own.get_elsewhere(key) for key in KEYS] == [Reply("a"), Reply("b"), None]
    assert [own.get(key) for key in KEYS] == [None] * 3
    assert kept(tmp_path / "s0").get_elsewhere(KEYS[0]) is None, "its own are no other's"


class Asked:
    """Answers every question by its text; `calls`: which were asked together."""

    identity, memory = "one", 0.0

    def __init__(self) -> None:
        self.calls: list[tuple[list[str], int]] = []

    def answer(self, asked: Sequence[Question], sample: int, settings: Teaching) -> list[Reply]:
        self.calls.append(([each.text for each in asked], sample))
        return [Reply(f"{each.text} {sample}") for each in asked]


def test_questions_are_asked_in_rounds_each_once_and_none_that_is_known(tmp_path: Path) -> None:
    asked, heard = Asked(), list[tuple[int, int]]()
    own = teacher.Teacher(asked, Teaching(batch_size=1), kept(tmp_path / "s"), lambda *each: heard.append(each))
    texts = ["a", "b", "a", "c", "d", "e"]
    replies = own._replies([question(text) for text in texts], 0)

    assert teacher.ROUNDS == 4 and asked.calls == [(["a", "b", "c"], 0), (["d", "e"], 0)]
    assert [reply.text for reply in replies] == [f"{text} 0" for text in texts] and heard == [(4, 6), (6, 6)]
    own._replies([question("a"), question("f")], 0)
    own._replies([question("a")], 1)
    assert asked.calls[2:] == [(["f"], 0), (["a"], 1)]
    other = teacher.Teacher(asked, Teaching(batch_size=1), kept(tmp_path / "t"), lambda *_: None)
    assert other._replies([question("a"), question("g")], 0) == [Reply("a 0"), Reply("g 0")]
    assert asked.calls[4:] == [(["g"], 0)] and kept(tmp_path / "t").get(own._key(question("a"), 0)) == Reply("a 0")


@pytest.mark.parametrize(("unit", "warned"), [(0, 1), (1, 0)])
def test_what_a_teacher_costs_is_said_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unit: int, warned: int
) -> None:
    told: list[Any] = []
    (tmp_path / "s").mkdir()
    monkeypatch.setattr(teacher, "_asked", lambda context: Asked())
    monkeypatch.setattr(teacher, "_cost", lambda context, memory: ("cost", memory))
    context: Any = SimpleNamespace(
        config=SimpleNamespace(convert=SimpleNamespace(teaching=Teaching())), session=tmp_path / "s",
        cursor=SimpleNamespace(unit=unit), warn=lambda *each: told.append(each),
        fetch=lambda write, folder: (told.append(folder), write()),
        say=lambda *each: told.append(each), wait=lambda seconds: told.append(seconds),
    )  # fmt: skip
    own = teacher.load(context)
    assert told == [("teacher_cost", ("cost", 0.0))] * warned
    told.clear()
    own._replies([question()], 0)
    assert told == [tmp_path / "s", ("shard", {"asked": 1, "answered": 1}), 0]
