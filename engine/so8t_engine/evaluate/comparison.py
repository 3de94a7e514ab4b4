"""Sessions held against each other on what their tuned models answered: pair by pair where they were asked the same
questions, else by their shares of right answers, and why.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from so8t_engine import numerals
from so8t_engine.errors import EngineError
from so8t_engine.evaluate import report_verdicts, statistics
from so8t_engine.sentences import Sentence, sentence, to_json
from so8t_engine.session import catalog, display_name, manifest, report_figures, results, verification

SIGNIFICANT = 0.05
MOST_BYTES = 1 << 30
ENOUGH = 0.5  # of the smaller set: with fewer shared questions, paired tests would leave most of what was asked unused

ALSO = ("base_model", "data")  # compared as settings are

Item = Mapping[str, Any]
Pairs = list[tuple[Item, Item]]


@dataclass(frozen=True)
class Measured:
    """A finished session: its report.json, and its questions (answers.jsonl)."""

    name: str
    path: Path
    report: Mapping[str, Any]
    items: Sequence[Item]


def read(session: Path) -> Measured:
    """Raises EngineError report_missing, results_damaged, not_comparable where its report is of a version that kept no
    answers.
    """
    figures, answers = session / results.FIGURES, session / results.ANSWERS
    if not figures.is_file():
        raise verification.no_report(session)
    if not answers.is_file() and not _listed(answers):
        raise EngineError("not_comparable", sentence("compare.no_answers", session=session.name))
    try:
        body = report_figures.read(session)
        lines = manifest.sealed_data(answers, MOST_BYTES).decode("utf-8").split("\n")  # answers hold any other break
        items = {item["id"]: item for item in map(json.loads, filter(None, lines))}
        if not isinstance(body, dict) or not all(isinstance(item["right"], dict) for item in items.values()):
            raise TypeError(results.ANSWERS)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        plain = isinstance(error, (OSError, ValueError))
        why = verification.why(error) if plain else sentence("compare.no_report", file=results.ANSWERS)
        raise EngineError("results_damaged", sentence("compare.unreadable", session=session.name, error=why)) from error
    return Measured(session.name, session, body, list(items.values()))


def _listed(file: Path) -> bool:
    """Whether it was there once."""
    try:
        return file.name in manifest.read(file.parent)[0]
    except (OSError, ValueError):
        return False


def compare(sessions: Sequence[Measured]) -> dict[str, Any]:
    """The first against each other one, on their tuned models' answers; seeds, settings and data may differ.

    Each pair with its `outcome`, `verdict` and `asked`, for who shows them without the tests' libraries.
    """
    first, *others = sessions
    called = titles(sessions)
    pairs = [
        _pair(first, other) | {"titles": [called[0], title]} for other, title in zip(others, called[1:], strict=True)
    ]
    return {
        "sessions": [_about(measured) | {"title": title} for measured, title in zip(sessions, called, strict=True)],
        "pairs": [_with_words(pair) for pair in pairs],
    }


def _with_words(pair: Mapping[str, Any]) -> dict[str, Any]:
    about = asked(pair)
    words = {"verdict": to_json(verdict(pair)), "asked": None if about is None else to_json(about)}
    return {**pair, "outcome": outcome(pair), **words}


def titles(sessions: Sequence[Measured]) -> list[str]:
    """What people know them by: the names they gave, else those of their runs; with the id behind it where two have the
    same.
    """
    called = [display_name.of(measured.path) or catalog.title(measured.name) for measured in sessions]
    return [
        f"{title} ({measured.name})" if called.count(title) > 1 and title != measured.name else title
        for measured, title in zip(sessions, called, strict=True)
    ]


def outcome(pair: Mapping[str, Any]) -> str:
    """Of the second: better, worse, unclear, unchanged (answer by answer), or unknown."""
    figures = pair["all"]
    if not figures["graded"]:
        return "unknown"
    if pair["paired"] and report_verdicts.unchanged(figures):
        return "unchanged"
    difference = figures["difference"]["share"]
    if not difference or figures["p_value"] >= SIGNIFICANT:
        return "unclear"
    return "better" if difference > 0 else "worse"


def verdict(pair: Mapping[str, Any]) -> Sentence:
    """No more than the test allows, and by which test."""
    names, figures, came_out = _named(pair), pair["all"], outcome(pair)
    if came_out == "unknown":
        return sentence("compare.no_gold", **names)
    if came_out == "unchanged":
        return sentence("compare.unchanged", **names, graded=figures["graded"])
    low, high = (numerals.points(figures["difference"][key]) for key in ("low", "high"))
    share = numerals.points_between(figures["first"], figures["second"])
    told = names | {"share": share, "low": low, "high": high}
    if pair["paired"] and not report_verdicts.has_interval(figures["difference"]):
        changed = sentence("compare.changed_throughout", **names, gained=figures["gained"], lost=figures["lost"])
    elif pair["paired"]:
        changed = sentence("compare.changed", **told, gained=figures["gained"], lost=figures["lost"])
    else:
        changed = sentence("compare.changed_unpaired", **told)
    if not figures["difference"]["share"]:
        return sentence("compare.even", changed=changed)
    if came_out == "unclear":
        return sentence("compare.chance", changed=changed)
    better = names["second"] if came_out == "better" else names["first"]
    code = "compare.better" if pair["paired"] else "compare.better_unpaired"
    return sentence(code, changed=changed, session=better)


def asked(pair: Mapping[str, Any]) -> Sentence | None:
    """What was compared where it is not the same questions throughout; None where it is."""
    counts = {key: pair["questions"][key] for key in ("of_first", "of_second", "shared")}
    if pair["paired"] and counts["shared"] == counts["of_first"] == counts["of_second"]:
        return None
    code = "compare.shared_questions" if pair["paired"] else "compare.other_questions"
    return sentence(code, **_named(pair), **counts)


def _named(pair: Mapping[str, Any]) -> dict[str, str]:
    first, second = pair["titles"]
    return {"first": first, "second": second}


def paired(first: Measured, other: Measured) -> Pairs:
    """The questions that both were asked: by id and text, else by text and right answer, whatever they are called."""
    theirs, ours = list(other.items), list(first.items)
    pairs: Pairs = []
    for key in (_by_id, _by_text):
        waiting: dict[Any, list[Item]] = defaultdict(list)
        for item in theirs:
            waiting[key(item)].append(item)
        found = [(item, waiting[key(item)].pop(0)) for item in ours if waiting[key(item)]]
        pairs += found
        taken = {id(item) for pair in found for item in pair}
        ours, theirs = ([item for item in items if id(item) not in taken] for items in (ours, theirs))
    return pairs


def _by_id(item: Item) -> tuple[str, str, str]:
    return str(item.get("id")), *_by_text(item)


def _by_text(item: Item) -> tuple[str, str]:
    return str(item.get("prompt")), str(item.get("gold"))


def _about(measured: Measured) -> dict[str, Any]:
    graded = _graded(measured.items)
    report = measured.report
    return {
        "session": measured.name,
        "name": report.get("name", ""),
        "algorithm": report.get("algorithm", ""),
        "seed": report.get("seed"),
        "base": _base(graded),
        "tuned": statistics.share(sum(_right(item) for item in graded), len(graded)),
        "thinking": _thinking(report),
        "settings": [[str(key), str(value)] for key, value in _settings(report)],
    }


def _base(graded: Sequence[Item]) -> dict[str, Any]:
    return statistics.share(sum(item["right"].get("base") is True for item in graded), len(graded))


def _thinking(report: Mapping[str, Any]) -> float | None:
    """Sections that think, of an answer's six; None where the report has no such figure."""
    value: Any = report
    for key in ("heldout", "groups", "all", "tuned_sections", "thinking"):
        value = value.get(key) if isinstance(value, Mapping) else None
    return float(value) if isinstance(value, (int, float)) and abs(value) < 1e3 else None


def _settings(report: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    """Those that the report names, the base model and the data among them."""
    settings, base, data = (report.get(key) for key in ("settings", "base_model", "data"))
    for pair in settings if isinstance(settings, list) else []:
        if isinstance(pair, list) and len(pair) == 2:
            yield pair[0], pair[1]
    if isinstance(base, Mapping):
        yield ALSO[0], " ".join(str(base[key]) for key in ("name", "revision") if base.get(key))
    rows = [row for row in data if isinstance(row, Mapping)] if isinstance(data, list) else []
    if rows:
        yield ALSO[1], ", ".join(f"{row.get('name')} ({row.get('kept')})" for row in rows)


def _pair(first: Measured, other: Measured) -> dict[str, Any]:
    both = paired(first, other)
    smaller = min(len(first.items), len(other.items))
    told: dict[str, Any] = {
        "first": first.name,
        "second": other.name,
        "paired": bool(both) and len(both) >= ENOUGH * smaller,
        "questions": {"of_first": len(first.items), "of_second": len(other.items), "shared": len(both)},
    }
    if told["paired"]:
        sides = [pair[0] for pair in both], [pair[1] for pair in both]
        figures = _figures
    else:
        sides = list(first.items), list(other.items)
        figures = _figures_apart
    told["all"] = figures(*sides)
    for name, key in (("categories", "category"), ("languages", "language")):
        told[name] = _groups(key, sides, figures, bool(told["paired"]))
    every = [part for name in ("categories", "languages") for part in told[name].values()]
    for part, value in zip(every, statistics.holm([part["p_value"] for part in every]), strict=True):
        part["p_holm"] = value
    return told


def _groups(key: str, sides: tuple[list[Item], list[Item]], figures: Any, together: bool) -> dict[str, dict[str, Any]]:
    """By category or language; those in which both have an answer that can be checked."""
    names = sorted({str(item[key]) for side in sides for item in side if item.get(key) is not None})
    parts = {}
    for name in names:
        if together:
            chosen = [pair for pair in zip(*sides, strict=True) if str(pair[0].get(key)) == name]
            here = [one for one, _ in chosen], [two for _, two in chosen]
        else:
            ours, theirs = ([item for item in side if str(item.get(key)) == name] for side in sides)
            here = ours, theirs
        part = figures(*here)
        if part["graded"]:
            parts[name] = part
    return parts


def _graded(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if item["right"].get("tuned") is not None]


def _right(item: Item) -> bool:
    return bool(item["right"]["tuned"])


def _figures(ours: Sequence[Item], theirs: Sequence[Item]) -> dict[str, Any]:
    """Of the same questions, place by place."""
    verdicts = [(one["right"].get("tuned"), two["right"].get("tuned")) for one, two in zip(ours, theirs, strict=True)]
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


def _figures_apart(ours: Sequence[Item], theirs: Sequence[Item]) -> dict[str, Any]:
    """Of different questions; `graded` is the smaller number of the two."""
    counted = [(sum(map(_right, graded)), len(graded)) for graded in (_graded(ours), _graded(theirs))]
    shares = [right / max(1, total) for right, total in counted]
    low, high = statistics.newcombe(*counted)
    return {
        "graded": min(total for _, total in counted),
        "first": shares[0],
        "second": shares[1],
        "p_value": statistics.fisher(*counted),
        "effect": statistics.cohens_h(*shares),
        "difference": {"share": shares[1] - shares[0], "low": low, "high": high},
    }
