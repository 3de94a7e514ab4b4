"""Does the teacher's server answer, has it the model, does it take the key? Else step 3 would say so, hours later.

One `GET {endpoint}/models`, some seconds at most. Until it is needed the server may still be started or given the
model, so nothing is an error; one that has no such list is as good as any.
"""

from __future__ import annotations

import http.client
import json
import queue
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from so8t_engine import offline
from so8t_engine.config.run_config import RunConfig
from so8t_engine.config.teaching import Teaching, is_endpoint
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, first_line, sentence
from so8t_engine.teacher import server_access

CONNECT, WHOLE = 2.0, 4.0  # seconds: for a sign of life, for all
KEY_REFUSED = (401, 403)
MOST_NAMES, LONGEST_NAME = 5, 100
ONE_MODEL = "llamacpp"  # who owns the model of llama.cpp's server, which takes any name for it


@dataclass(frozen=True)
class _Models:
    """`any_name`: it answers with the one it has, whatever it is asked for."""

    names: tuple[str, ...]
    any_name: bool


def check(config: RunConfig) -> list[Finding]:
    """Nothing where no server is to be asked, or the user works offline, or its key is not there (teacher_plan)."""
    url, teaching = config.convert.teacher, config.convert.teaching
    if config.convert.missing_sections != "teacher" or url is None or not is_endpoint(url) or offline.asked_for():
        return []
    try:
        key = server_access.key(teaching.api_key_env)
    except EngineError:
        return []
    return _in_time(url.rstrip("/"), teaching, key)


def _in_time(url: str, teaching: Teaching, key: str) -> list[Finding]:
    """In a thread: no limit of a socket's holds for looking up a name, or for headers that come drop by drop."""
    found = queue.SimpleQueue[list[Finding]]()
    threading.Thread(target=lambda: found.put(_look(url, teaching, key)), daemon=True).start()
    try:
        return found.get(timeout=WHOLE)
    except queue.Empty:
        return [_absent(_silent(url, WHOLE))]


def _look(url: str, teaching: Teaching, key: str) -> list[Finding]:
    answer = _get(url, key)
    if isinstance(answer, Sentence):
        return [_absent(answer)]
    if answer in KEY_REFUSED:
        return [_no_entry(url, teaching.api_key_env, answer)]
    models = _read_list(answer, key)
    if models is not None:
        return [_judged(url, str(teaching.model), models)]
    below = f"{url}/v1"
    if not urlsplit(url).path and _read_list(_get(below, key), key) is not None:
        what = sentence("teacher.lacks_v1", url=url, below=below)
        return [Finding("warning", what, change=sentence("teacher.add_v1", below=below))]
    return []


def _get(url: str, key: str) -> bytes | int | Sentence:
    """The body of its list, the status of a refusal, or why nobody answers."""
    until = time.monotonic() + WHOLE
    request = urllib.request.Request(f"{url}/models", headers=server_access.bearer(key))
    try:
        with server_access.opener(url).open(request, timeout=CONNECT) as answer:
            body = server_access.read(answer, until)
            return body or b""  # a list that does not end is none
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            return _silent(url, CONNECT)
        return sentence("teacher.unreachable", url=url, error=server_access.hidden(first_line(str(reason)), key))


def _read_list(answer: bytes | int | Sentence, key: str) -> _Models | None:
    """None where it is no list, or the first page of one."""
    if not isinstance(answer, bytes):
        return None
    try:
        body = json.loads(answer)
        rows = [] if body["data"] is None else list(body["data"])  # Ollama without a model
        names = tuple(server_access.hidden(str(row["id"]), key)[:LONGEST_NAME] for row in rows)
        owners = {str(row.get("owned_by")) for row in rows}
        return None if body.get("has_more") else _Models(names, len(names) == 1 and owners == {ONE_MODEL})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _judged(url: str, model: str, models: _Models) -> Finding:
    if models.any_name or _has(models.names, model):
        return Finding("ok", sentence("teacher.is_there", url=url, model=model))
    get_it = sentence("teacher.get_model", model=model)
    if not models.names:
        return Finding("warning", sentence("teacher.no_models", url=url), change=get_it)
    alike = sorted(models.names, key=lambda name: -SequenceMatcher(None, name, model).ratio())
    more = len(alike) - MOST_NAMES
    named = [*alike[:MOST_NAMES], *([sentence("teacher.more_models", number=more)] if more > 0 else [])]
    what = sentence("teacher.no_such_model", url=url, model=model, names=named)
    return Finding("warning", what, change=sentence("teacher.name_one_of_them", model=model))


def _has(names: Sequence[str], model: str) -> bool:
    """As servers take names: Ollama adds `:latest`, Gemini lists `models/NAME`, routers take `NAME:PROVIDER`."""
    known = {name.casefold().removeprefix("models/") for name in names}
    wanted = model.casefold().removeprefix("models/")
    return not known.isdisjoint({wanted, f"{wanted}:latest", wanted.rpartition(":")[0]})


def _absent(why: Sentence) -> Finding:
    return Finding("warning", why, change=sentence("teacher.start_server"))


def _silent(url: str, seconds: float) -> Sentence:
    return sentence("teacher.no_answer_yet", url=url, seconds=seconds)


def _no_entry(url: str, variable: str | None, status: int) -> Finding:
    if variable is None:
        what, change = sentence("teacher.wants_key", url=url, status=status), sentence("teacher.name_key")
        return Finding("warning", what, change=change)
    what = sentence("teacher.key_refused", url=url, name=variable, status=status)
    return Finding("warning", what, change=sentence("teacher.correct_key", name=variable))
