"""The GGUF files of a session, and which of them to take: the one rule, for the report, for `so8t` and for the window.

The report's figures decide, as they were written; a session may have come from anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from so8t_engine.session import report_figures, results

FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}-(?P<kind>[A-Za-z0-9_]{1,12})\.gguf", re.ASCII)
SAME = 0.95  # the smallest file is taken whose final answers are the model's in this share of all


def best(figures: Mapping[str, Any]) -> str | None:
    """The type to take: the smallest that says the same as the model, as far as it was asked, else the closest.

    `figures`: `gguf` of report.json, by type. Files that could not be made or loaded are none. The same is said in
    `SAME` of the final answers; without answers, of the next tokens. Of files equally close the smallest. None without
    files.
    """
    made = {kind: about for kind, about in figures.items() if _made(about)}
    by_size = sorted(made, key=lambda kind: (made[kind]["bytes"], kind))
    close = (kind for kind in by_size if same(made[kind]) >= SAME)
    return next(close, max(by_size, key=lambda kind: same(made[kind]), default=None))


def same(about: Mapping[str, Any]) -> float:
    """The share of places where a file says the same as the model in transformers; 0 where nobody knows."""
    answers = about.get("same_answer")
    if isinstance(answers, Mapping) and (total := _number(answers.get("total"))):
        return _number(answers.get("right")) / total
    return _number(about.get("argmax_agreement"))


def of(session: Path) -> dict[str, Path]:
    """By type, those that lie there; no links, which could lead out of the session. Never raises."""
    folder = session / results.GGUF
    try:
        if folder.is_symlink() or not folder.is_dir():
            return {}
        plain = (path for path in sorted(folder.iterdir()) if FILE.fullmatch(path.name) and not path.is_symlink())
        return {kind_of(path): path for path in plain if path.is_file()}
    except OSError:
        return {}


def advised(session: Path) -> Path | None:
    """The file to take where nobody names another: of those that are there, the one that the report advises.

    The smallest where there is no report, or none of them is in it. None without files; never raises.
    """
    there = of(session)
    figures = reported(session) or {}
    kind = best({kind: figures[kind] for kind in there if kind in figures})
    return there[kind] if kind is not None else min(there.values(), key=size, default=None)


def reported(session: Path) -> Mapping[str, Any] | None:
    """What the report says of them, by type; None where there is no report, or none as it was written."""
    figures = report_figures.known(session)
    told = None if figures is None else figures.get("gguf", {})
    return told if figures is None or isinstance(told, Mapping) else {}


def kind_of(path: Path) -> str:
    found = FILE.fullmatch(path.name)
    return found["kind"].upper() if found else ""


def size(path: Path) -> int:
    """In bytes; 0 where it is gone."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _made(about: Any) -> bool:
    return isinstance(about, Mapping) and "error" not in about and _number(about.get("bytes")) > 0


def _number(value: Any) -> float:
    """0 where it is no positive number."""
    plain = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if plain and 0 < value < 1e18 else 0.0
