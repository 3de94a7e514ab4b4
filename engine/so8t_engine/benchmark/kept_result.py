"""What lm-eval has said so far, as a file of the session beside its report, until the report has it.

Hours of work outlive a cut, a full disk, and a session that somebody else holds at their end. The file says which
report it was measured for, and what was asked: it goes into no other report, and only the same request goes on with it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from so8t_engine.benchmark import in_report
from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence
from so8t_engine.session import disk_errors, durable, lock, results, sealed_folder, wary_read

MOST_BYTES = 16 << 20
SECONDS = 5.0  # that somebody else may hold the session, to look at it
Request = Mapping[str, Any]


@contextmanager
def alone(session: Path) -> Iterator[None]:
    """Nobody else measures it meanwhile: both would write what they have into this file. Raises EngineError
    lm_eval_busy.
    """
    with lock.of_file(results.measuring(session)) as had:
        if not had:
            raise EngineError("lm_eval_busy", sentence("evaluate.lm_eval_busy", session=session.name))
        yield


def report_digest(session: Path) -> str:
    """Of the figures in the report, which the same models have; "" without a report."""
    try:
        return hashlib.sha256((session / in_report.REPORT / in_report.FIGURES).read_bytes()).hexdigest()
    except OSError:
        return ""


def keep(session: Path, report: str, request: Request, benchmark: Mapping[str, Any], whole: bool) -> None:
    """`report`: its digest before lm-eval was asked; `request`: what was asked, JSON values; `whole`: all of it was.

    Raises EngineError disk_*.
    """
    body = {"report": report, "request": dict(request), "whole": whole, "benchmark": dict(benchmark)}
    data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    durable.replace(results.waiting_benchmark(session), data)


def measured(session: Path, report: str, request: Request) -> dict[str, Any]:
    """What each model said before this request was cut off, by its name; {} where nothing was, or another was made."""
    body = _read(session)
    if body.get("request") != dict(request) or body.get("report") != report:
        return {}
    version = body["benchmark"].get("lm_eval")
    answered = {model: about for model, about in body["benchmark"]["models"].items() if "error" not in about}
    return {model: {**about, "lm_eval": version} for model, about in answered.items()}


def waiting(session: Path) -> dict[str, Any] | None:
    """The benchmark that waits for the report, whole; None where none does."""
    body = _read(session)
    return body["benchmark"] if body.get("whole") is True else None


def of_another_report(session: Path) -> bool:
    """Whether what lies there was measured before the session was evaluated anew."""
    return _read(session).get("report") != report_digest(session)


def into_report(session: Path, benchmark: dict[str, Any]) -> None:
    """Puts it there; what waited has been said.

    Raises EngineError locked, results_damaged, disk_*; then what waits stays.
    """
    with lock.briefly(session, SECONDS) as held:
        if not held:
            raise lock.locked(session)
        in_report.refuse_damaged(session)
        in_report.add(sealed_folder.publish, session, benchmark)
    forget(session)


def report_again(session: Path) -> None:
    """Its pages once more, under the name the session has now. Raises EngineError locked, session_damaged, disk_*."""
    with lock.briefly(session, SECONDS) as held:
        if not held:
            raise lock.locked(session)
        in_report.refuse_damaged(session)
        in_report.pages_again(sealed_folder.publish, session)


def forget(session: Path) -> None:
    with disk_errors.translated(session):
        results.waiting_benchmark(session).unlink(missing_ok=True)


def _read(session: Path) -> dict[str, Any]:
    """{} where there is none, or nothing that could have been written here."""
    body = wary_read.json_object(results.waiting_benchmark(session), MOST_BYTES)
    benchmark = body.get("benchmark")
    models = benchmark.get("models") if isinstance(benchmark, dict) else None
    sound = isinstance(models, dict) and all(isinstance(about, dict) for about in models.values())
    return body if sound else {}
