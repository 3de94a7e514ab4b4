"""Does the teacher's server answer, has it the model, does it take the key? Else step 3 would say so, hours later.

One `GET {endpoint}/models`, some seconds at most; where that is no list, a look at the addresses that were probably
meant. Until it is needed the server may still be started or given the model, so nothing is an error.
"""

from __future__ import annotations

import http.client
import json
import queue
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal
from urllib.parse import urlsplit

from so8t_engine import offline
from so8t_engine.config.run_config import RunConfig
from so8t_engine.config.teaching import Teaching, is_endpoint
from so8t_engine.doctor.findings import Finding
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.teacher import server_access

CONNECT, WHOLE = 2.0, 4.0  # seconds: for a sign of life, for all
KEY_REFUSED = (401, 403)
LOADING, TOO_MANY, BROKEN, NOT_MADE = 503, 429, 500, 501
MOST_NAMES, LONGEST_NAME = 5, 100
ONE_MODEL = "llamacpp"  # who owns the model of llama.cpp's server, which takes any name for it
LATEST = ":latest"  # what Ollama adds to a name without a tag
NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class _Models:
    """`any_name`: it answers with the one it has, whatever it is asked for. `whole`: there are no others."""

    names: tuple[str, ...]
    any_name: bool = False
    whole: bool = True


@dataclass(frozen=True)
class _Refusal:
    """`elsewhere`: of a redirect."""

    status: int
    elsewhere: Sentence | None = None


Answer = bytes | _Refusal | Finding


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
        return [_absent(url, _silent(url, WHOLE))]


def _look(url: str, teaching: Teaching, key: str) -> list[Finding]:
    answer, model = _get(url, key), str(teaching.model)
    if isinstance(answer, Finding):
        return [answer]
    if isinstance(answer, _Refusal) and answer.status in KEY_REFUSED:
        return [_no_entry(url, teaching.api_key_env, answer.status)]
    models = _read_list(answer, key)
    if models is not None:
        return [_judged(url, model, models)]
    for there in _other_addresses(url):
        if _read_list(_get(there, key), key) is not None:
            return [Finding("warning", sentence("teacher.lacks_v1", url=url, below=there), change=_set_to(there))]
    return [_refused(url, answer) if isinstance(answer, _Refusal) else _no_list(url, answer)]


def _get(url: str, key: str) -> Answer:
    """The body of its list, a refusal, or what to say of a server that does not answer."""
    until = time.monotonic() + WHOLE
    request = urllib.request.Request(f"{url}/models", headers=server_access.bearer(key))
    try:
        with server_access.opener(url).open(request, timeout=CONNECT) as answer:
            body = server_access.read(answer, until)
            return Finding("note", sentence("teacher.list_too_long", url=url)) if body is None else body
    except urllib.error.HTTPError as error:
        with error:
            if error.code == server_access.BAD_REQUEST and (other := server_access.other_scheme(url, CONNECT)):
                return _speaks_other(url, other)
            return _Refusal(error.code, server_access.redirected(url, error, key))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _absent(url, server_access.why_not(url, error, key, CONNECT) or _silent(url, CONNECT))


def _read_list(answer: Answer, key: str) -> _Models | None:
    if not isinstance(answer, bytes):
        return None
    try:
        body = json.loads(answer)
        rows = [] if body["data"] is None else list(body["data"])  # Ollama without a model
        names = tuple(server_access.hidden(str(row["id"]), key)[:LONGEST_NAME] for row in rows)
        owners = {str(row.get("owned_by")) for row in rows}
        return _Models(names, len(names) == 1 and owners == {ONE_MODEL}, not body.get("has_more"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _other_addresses(url: str) -> Iterator[str]:
    """Of the same server, which people mean by `url`."""
    parts, bare = urlsplit(url), server_access.without_ending(url)
    likely = [bare, f"{bare}/v1", f"{parts.scheme}://{parts.netloc}/v1"]
    return (there for there in dict.fromkeys(likely) if there != url and not there.endswith("/v1/v1"))


def _refused(url: str, refusal: _Refusal) -> Finding:
    status = refusal.status
    if refusal.elsewhere is not None:
        change = sentence("teacher.follow", target=refusal.elsewhere.args["target"])
        return Finding("warning", refusal.elsewhere, change=change)
    if status == LOADING:
        return Finding(
            "warning", sentence("teacher.is_loading", url=url, status=status), change=sentence("teacher.let_it_load")
        )
    if status == TOO_MANY or (status >= BROKEN and status != NOT_MADE):
        what = sentence("teacher.is_busy", url=url, status=status)
        return Finding("warning", what, change=sentence("teacher.look_at_its_log"))
    what = sentence("teacher.has_no_list", url=url, status=status)
    return Finding("warning", what, change=sentence("teacher.look_at_address"))


def _no_list(url: str, body: bytes) -> Finding:
    page = body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    what = sentence("teacher.is_web_page" if page else "teacher.is_no_list", url=url)
    return Finding("warning", what, change=sentence("teacher.look_at_address"))


def _judged(url: str, model: str, models: _Models) -> Finding:
    if models.any_name or _has(models.names, model):
        return Finding("ok", sentence("teacher.is_there", url=url, model=model))
    get_it = sentence("teacher.get_model", model=model)
    if not models.names:
        return Finding("warning", sentence("teacher.no_models", url=url), change=get_it)
    near = next((name for name in models.names if _bare(name) == _bare(model)), None)
    if near is not None:
        what = sentence("teacher.other_name", url=url, model=model, name=near)
        level: Literal["note", "warning"] = "note" if near == f"{model}{LATEST}" else "warning"  # Ollama takes both
        return Finding(level, what, change=sentence("teacher.take_name", name=near))
    if not models.whole:
        return Finding("note", sentence("teacher.list_goes_on", url=url, model=model))
    alike = sorted(models.names, key=lambda name: -SequenceMatcher(None, name.casefold(), model.casefold()).ratio())
    more = len(alike) - MOST_NAMES
    named = [*alike[:MOST_NAMES], *([sentence("teacher.more_models", number=more)] if more > 0 else [])]
    what = sentence("teacher.no_such_model", url=url, model=model, names=named)
    return Finding("warning", what, change=sentence("teacher.name_one_of_them", model=model))


def _has(names: Sequence[str], model: str) -> bool:
    """Gemini lists `models/NAME`, routers take `OWNER/NAME:PROVIDER`."""
    known, wanted = {name.removeprefix("models/") for name in names}, model.removeprefix("models/")
    return wanted in known or ("/" in wanted and wanted.rpartition(":")[0] in known)


def _bare(name: str) -> str:
    """What two names of one model have in common: `Qwen/Qwen3-8B`, `qwen3:8b`; `qwen3:latest`, `qwen3`."""
    return NO_LETTERS.sub("", name.rpartition("/")[2].casefold().removesuffix(LATEST))


def _absent(url: str, why: Sentence) -> Finding:
    if why.code == "teacher.other_scheme":
        return _speaks_other(url, f"{why.args['spoken']}{url.removeprefix(str(why.args['given']))}")
    untrusted = why.code == "teacher.untrusted"
    return Finding("warning", why, change=sentence("teacher.trust_it" if untrusted else "teacher.start_server"))


def _speaks_other(url: str, other: str) -> Finding:
    given, spoken = (urlsplit(each).scheme for each in (url, other))
    return Finding(
        "warning", sentence("teacher.other_scheme", url=url, spoken=spoken, given=given), change=_set_to(other)
    )


def _set_to(address: str) -> Sentence:
    return sentence("teacher.add_v1", below=address)


def _silent(url: str, seconds: float) -> Sentence:
    return sentence("teacher.no_answer_yet", url=url, seconds=seconds)


def _no_entry(url: str, variable: str | None, status: int) -> Finding:
    if variable is None:
        what, change = sentence("teacher.wants_key", url=url, status=status), sentence("teacher.name_key")
        return Finding("warning", what, change=change)
    what = sentence("teacher.key_refused", url=url, name=variable, status=status)
    return Finding("warning", what, change=sentence("teacher.correct_key", name=variable))
