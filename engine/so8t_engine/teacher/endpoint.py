"""A teacher behind an address: any server that speaks OpenAI's chat completions (Ollama, LM Studio, llama.cpp, vLLM).

Nothing it sends is trusted: size and time are bounded, redirects are not followed, and what it says is judged like any
reply. The key comes from the environment and goes into a header only. What passes (a busy or broken server) is tried
again; what does not ends the step with a sentence. Batches that were answered are kept; the one it ended in is not.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from so8t_engine.config.teaching import Teaching
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.teacher import questions, server_access
from so8t_engine.teacher.questions import Question
from so8t_engine.teacher.replies import Reply

MOST_CHARS = 64_000  # of a reply
PASSES = (408, 409, 425, 429, 500, 502, 503, 504, 529)  # statuses that another try may end
LASTING = ("teacher.untrusted", "teacher.other_scheme")  # what no other try would end
NO_SCHEMA = (400, 422)  # what a server says that knows no `response_format`
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds between tries, doubled each time
LOOK = 2.0  # seconds, for http where https finds nobody, and back


@dataclass(frozen=True)
class _Trouble:
    """`seconds`: how long the server asks to be left alone; `final`: no other try would help."""

    why: Sentence
    seconds: float = 0.0
    final: bool = False


class Endpoint:
    """State: whether the server knows JSON schemas."""

    def __init__(
        self, url: str, settings: Teaching, wait: Callable[[float], None], warn: Callable[[Sentence], None]
    ) -> None:
        """`wait` sleeps and may raise Paused. Raises EngineError teacher where the key is not in the environment."""
        self._url = url.rstrip("/") + "/chat/completions"
        self._model, self._key = str(settings.model), server_access.key(settings.api_key_env)
        self._wait, self._warn = wait, warn
        self._opener = server_access.opener(url)
        self._schemas = True

    memory = 0.0  # what it computes on nobody knows

    @property
    def identity(self) -> str:
        return f"{self._url}/{self._model}"

    def answer(self, asked: Sequence[Question], sample: int, settings: Teaching) -> list[Reply]:
        """Raises EngineError teacher when the server does not answer in as many tries as are allowed; Paused."""
        replies: dict[int, Reply] = {}
        pause = FIRST_PAUSE
        for tried in range(settings.retries + 1):
            left = [place for place in range(len(asked)) if place not in replies]
            troubles = self._round(asked, left, sample, settings, replies)
            if not troubles:
                break
            worst = next((each for each in troubles if each.final), troubles[0])
            if worst.final or tried == settings.retries:
                raise EngineError("teacher", worst.why)
            seconds = min(LONGEST_PAUSE, max(pause, *(each.seconds for each in troubles)))
            self._warn(sentence("teacher.tries_again", why=worst.why, seconds=seconds))
            self._wait(seconds)
            pause *= 2
        return [replies[place] for place in range(len(asked))]

    def _round(
        self, asked: Sequence[Question], left: Sequence[int], sample: int, settings: Teaching, replies: dict[int, Reply]
    ) -> list[_Trouble]:
        """Each of those that are left, once, several at a time. What is answered enters `replies`."""
        with ThreadPoolExecutor(settings.batch_size) as pool:
            found = list(pool.map(lambda place: self._once(asked[place], sample, settings), left))
        replies |= {place: each for place, each in zip(left, found, strict=True) if isinstance(each, Reply)}
        return [each for each in found if isinstance(each, _Trouble)]

    def _once(self, question: Question, sample: int, settings: Teaching) -> Reply | _Trouble:
        with_schema = self._schemas
        found = self._post(self._body(question, sample, settings, with_schema), settings.timeout_seconds)
        if with_schema and isinstance(found, int) and found in NO_SCHEMA:
            found = self._post(self._body(question, sample, settings, False), settings.timeout_seconds)
            if isinstance(found, bytes):
                self._schemas = False
        if isinstance(found, (Reply, _Trouble)):
            return found
        if isinstance(found, int):
            return _Trouble(sentence("teacher.refuses", url=self._url, status=found), final=True)
        return self._reply(found)

    def _body(self, question: Question, sample: int, settings: Teaching, with_schema: bool) -> bytes:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [{"role": "user", "content": question.text}],
            "max_tokens": settings.max_new_tokens,
            "temperature": settings.temperature if sample else 0,
            "seed": int(question.digest[:7], 16) + sample,
            "stream": False,
        }
        if with_schema:
            form = {"name": "sections", "strict": True, "schema": questions.schema(question)}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        return json.dumps(body).encode()

    def _post(self, body: bytes, timeout: float) -> bytes | int | Reply | _Trouble:
        """The answer's bytes, the status of a refusal, a reply that is none, or what may pass."""
        request = urllib.request.Request(
            self._url, body, {"Content-Type": "application/json", **server_access.bearer(self._key)}
        )
        until = time.monotonic() + timeout
        try:
            with self._opener.open(request, timeout=timeout) as answer:
                whole = server_access.read(answer, until)
                return Reply("", "endless") if whole is None else whole
        except urllib.error.HTTPError as error:
            with error:
                return self._refusal(error)
        except (OSError, http.client.HTTPException, ValueError) as error:
            why = server_access.why_not(self._url, error, self._key, LOOK)
            if why is None:
                return _Trouble(sentence("teacher.silent", url=self._url, seconds=timeout))
            return _Trouble(why, final=why.code in LASTING)

    def _refusal(self, error: urllib.error.HTTPError) -> int | _Trouble:
        if error.code in PASSES:
            why = sentence("teacher.is_busy", url=self._url, status=error.code)
            return _Trouble(why, _retry_after(error.headers.get("Retry-After")))
        elsewhere = server_access.redirected(self._url, error, self._key)
        return error.code if elsewhere is None else _Trouble(elsewhere, final=True)

    def _reply(self, data: bytes) -> Reply | _Trouble:
        """What the first choice says. A body of another shape is no answer of such a server."""
        try:
            choice = json.loads(data)["choices"][0]
            text, ended = choice["message"]["content"], choice.get("finish_reason") != "length"
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
            return _Trouble(sentence("teacher.no_completion", url=self._url))
        if not isinstance(text, str):
            return Reply("", "form")
        text = self._hidden(text.encode("utf-8", "replace").decode())
        if len(text) > MOST_CHARS:
            return Reply(text[:MOST_CHARS], "endless")
        return Reply(text, "" if ended else "truncated")

    def _hidden(self, text: str) -> str:
        return server_access.hidden(text, self._key)


def _retry_after(value: str | None) -> float:
    return float(value) if value is not None and value.isascii() and value.isdecimal() and len(value) < 6 else 0.0
