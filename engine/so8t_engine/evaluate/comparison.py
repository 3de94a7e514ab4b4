"""Sessions held against each other: the same held-out questions, answered by what each of them made."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from so8t_engine.errors import EngineError
from so8t_engine.evaluate import statistics
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.session import results, wary_read

MOST = 6  # sessions at once: so many lines can be told apart
SIGNIFICANT = 0.05
MOST_BYTES = 1 << 30


@dataclass(frozen=True)
class Measured:
    """A finished session: its report.json, and its questions by id (answers.jsonl)."""

    name: str
    path: Path
    report: Mapping[str, Any]
    items: Mapping[str, Mapping[str, Any]]


def read(session: Path) -> Measured:
    """Raises EngineError report_missing, not_comparable where its report is of a version that kept no answers."""
    figures, answers = session / results.FIGURES, session / results.ANSWERS
    if not figures.is_file():
        raise EngineError("report_missing", sentence("session.no_report", session=session.name))
    if not answers.is_file():
        raise EngineError("not_comparable", sentence("compare.no_answers", session=session.name))
    try:
        body = json.loads(figures.read_text(encoding="utf-8"))
        lines = wary_read.data(answers, MOST_BYTES).decode("utf-8").split("\n")  # answers hold any other line break
        items = {item["id"]: item for item in map(json.loads, filter(None, lines))}
        if not isinstance(body, dict) or not all(isinstance(item["right"], dict) for item in items.values()):
            raise ValueError(results.ANSWERS)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        what = sentence("compare.unreadable", session=session.name, error=f"{type(error).__name__}: {error}")
        raise EngineError("not_comparable", what) from error
    return Measured(session.name, session, body, items)


def compare(sessions: Sequence[Measured]) -> dict[str, Any]:
    """The first against each other one, on their tuned models' answers. Raises EngineError not_comparable.

    All questions must be the same ones, by id and text.
    """
    first, *others = sessions
    for other in others:
        _refuse_other_questions(first, other)
    return {
        "sessions": [_about(measured) for measured in sessions],
        "pairs": [_pair(first, other) for other in others],
    }


def verdict(pair: Mapping[str, Any]) -> Sentence:
    """No more than the paired test allows."""
    names = {"first": pair["first"], "second": pair["second"]}
    share, low, high = (f"{100 * pair['all']['difference'][key]:+.1f}" for key in ("share", "low", "high"))
    changed = sentence("compare.changed", **names, gained=pair["all"]["gained"], lost=pair["all"]["lost"],
                       share=share, low=low, high=high)  # fmt: skip
    if not pair["all"]["graded"]:
        return sentence("compare.no_gold", **names)
    if pair["all"]["p_value"] >= SIGNIFICANT:
        return sentence("compare.chance", changed=changed)
    better = pair["all"]["gained"] > pair["all"]["lost"]
    return sentence("compare.better", changed=changed, session=pair["second"] if better else pair["first"])


def _refuse_other_questions(first: Measured, other: Measured) -> None:
    def asked(measured: Measured) -> set[tuple[str, str]]:
        return {(name, str(item.get("prompt"))) for name, item in measured.items.items()}

    shared = asked(first) & asked(other)
    if len(shared) != max(len(first.items), len(other.items)) or not shared:
        counts = {"of_first": len(first.items), "of_second": len(other.items), "shared": len(shared)}
        what = sentence("compare.other_questions", first=first.name, second=other.name, **counts)
        raise EngineError("not_comparable", what)


def _about(measured: Measured) -> dict[str, Any]:
    graded = [item for item in measured.items.values() if item["right"].get("tuned") is not None]
    right = sum(bool(item["right"]["tuned"]) for item in graded)
    low, high = statistics.wilson(right, len(graded))
    share = right / len(graded) if graded else None
    return {
        "session": measured.name,
        "name": measured.report.get("name", ""),
        "algorithm": measured.report.get("algorithm", ""),
        "seed": measured.report.get("seed"),
        "tuned": {"right": right, "total": len(graded), "share": share, "low": low, "high": high},
        "settings": measured.report.get("settings", []),
    }


def _pair(first: Measured, other: Measured) -> dict[str, Any]:
    both = [(first.items[name], other.items[name]) for name in first.items]
    categories = sorted({str(item.get("category")) for item, _ in both})
    parts = {name: [pair for pair in both if str(pair[0].get("category")) == name] for name in categories}
    groups = {name: figures for name, figures in ((n, _figures(p)) for n, p in parts.items()) if figures["graded"]}
    adjusted = statistics.holm([figures["p_value"] for figures in groups.values()])
    for figures, value in zip(groups.values(), adjusted, strict=True):
        figures["p_holm"] = value
    return {"first": first.name, "second": other.name, "all": _figures(both), "categories": groups}


def _figures(both: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> dict[str, Any]:
    verdicts = [(one["right"].get("tuned"), two["right"].get("tuned")) for one, two in both]
    graded = [(bool(one), bool(two)) for one, two in verdicts if one is not None and two is not None]
    gained = sum(two and not one for one, two in graded)
    lost = sum(one and not two for one, two in graded)
    low, high = statistics.paired_interval(lost, gained, len(graded))
    shares = [sum(pair[side] for pair in graded) / max(1, len(graded)) for side in (0, 1)]
    return {
        "graded": len(graded),
        "first": shares[0],
        "second": shares[1],
        "gained": gained,
        "lost": lost,
        "p_value": statistics.mcnemar(lost, gained),
        "effect": statistics.cohens_h(*shares),
        "difference": {"share": (gained - lost) / max(1, len(graded)), "low": low, "high": high},
    }
