"""What a finished session holds, and the event that says so."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from so8t_engine.protocol import Message

FIGURES, ANSWERS = "report/report.json", "report/answers.jsonl"
REPORT, FINAL_MODEL, GGUF = "report/report.html", "final_model", "gguf"  # below the session's folder
BENCHMARK = "lm_eval.json"  # in the report; in the session's folder itself until it is there


def waiting_benchmark(session: Path) -> Path:
    """What lm-eval has said and no report has yet (benchmark/kept_result.py)."""
    return session / BENCHMARK


def measuring(session: Path) -> Path:
    """Held by the one `so8t eval` that measures it."""
    return session / "lm_eval.lock"


def finished(session: Path, results: Mapping[str, Any]) -> Message:
    """The event a run ends with. `results`: small figures the steps left in the state (base, tuned, ...)."""
    places = {"report": REPORT, "final_model": FINAL_MODEL, "gguf": GGUF}
    return Message("finished", places | {"path": str(session), "results": dict(results)})
