"""What the report says in sentences: no more than the paired tests allow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from so8t_engine import numerals
from so8t_engine.sentences import Sentence, in_turn, named, sentence
from so8t_engine.session import gguf_files

SIGNIFICANT = 0.05


def verdict(figures: Mapping[str, Any]) -> Sentence:
    """What the comparison of base and tuned model allows to say. `figures`: of the group "all" (heldout.compare)."""
    if not figures.get("records", figures["graded"]):
        return sentence("report.not_measured")
    if not figures["graded"]:
        return sentence("report.no_gold")
    if unchanged(figures):
        return sentence("report.unchanged", graded=figures["graded"])
    changed = _changed(figures, figures, ("base", "tuned"))
    if even(figures):
        return sentence("report.even", changed=changed)
    if figures["p_value"] >= SIGNIFICANT:
        return sentence("report.chance", changed=changed)
    if figures["gained"] > figures["lost"]:
        return sentence("report.better", changed=changed)
    return sentence("report.worse", changed=changed)


def share_of_learning(result: Mapping[str, Any]) -> Sentence | None:
    """What reinforcement learning added to the warm-up, with its interval; None where there was none to tell apart.

    Sessions of an earlier version have the column too where it was left out: then nothing is said of it.
    """
    figures = result["heldout"]["groups"]["all"]
    added, course = figures.get("by_learning"), result["training"].get(result["algorithm"])
    if added is None or not figures["graded"] or course is None:
        return None
    name = named("phase", result["algorithm"])
    changed = _changed(added, figures, ("warmed", "tuned"))
    parts = [_learnt(name, added, changed, figures["graded"])]
    first, last = course.get("reward", (None, None))
    if first is not None and last is not None and last < first:
        parts.append(
            sentence("report.reward_fell", first=numerals.formatted(first, ".3f"), last=numerals.formatted(last, ".3f"))
        )
    return in_turn(*parts)


def unchanged(figures: Mapping[str, Any]) -> bool:
    return not figures["gained"] and not figures["lost"]


def even(figures: Mapping[str, Any]) -> bool:
    """Whether the shares are the same: there is no difference that could be told from chance."""
    return bool(figures["gained"] == figures["lost"])


def has_interval(difference: Mapping[str, Any]) -> bool:
    """Where every question came out alike a bootstrap gives one point, which says nothing of other questions."""
    return bool(difference["low"] < difference["high"])


def _learnt(name: Sentence, added: Mapping[str, Any], changed: Sentence, graded: int) -> Sentence:
    if unchanged(added):
        return sentence("report.learning_unchanged", phase=name, graded=graded)
    if even(added):
        return sentence("report.learning_even", phase=name, changed=changed)
    if added["p_value"] >= SIGNIFICANT:
        return sentence("report.learning_chance", phase=name, changed=changed)
    if added["gained"] > added["lost"]:
        return sentence("report.learning_helped", phase=name, changed=changed)
    return sentence("report.learning_harmed", phase=name, changed=changed)


def _changed(figures: Mapping[str, Any], everything: Mapping[str, Any], columns: tuple[str, str]) -> Sentence:
    """From one column to the other. Sessions of an earlier version had no interval of the difference."""
    counts = {"gained": figures["gained"], "lost": figures["lost"]}
    if "difference" not in figures or not has_interval(figures["difference"]):
        return sentence("report.changed", **counts)
    low, high = (numerals.points(figures["difference"][key]) for key in ("low", "high"))
    share = numerals.points_between(*(everything[column]["share"] for column in columns))
    return sentence("report.changed_by", **counts, share=share, low=low, high=high)


def advice(gguf: Mapping[str, Mapping[str, Any]], worse: bool = False) -> Sentence | None:
    """Which file to take and why; None where there is none. `worse`: the model answers worse than its base."""
    kind = gguf_files.best(gguf)
    if kind is None:
        return None
    advised = _advised(kind, gguf[kind])
    return in_turn(sentence("report.take_none"), advised) if worse else advised


def _advised(kind: str, about: Mapping[str, Any]) -> Sentence:
    close, asked = gguf_files.same(about) >= gguf_files.SAME, about.get("same_answer")
    if asked and asked["total"]:
        code = "report.take" if close else "report.take_closest"
        return sentence(code, type=kind, same=asked["right"], total=asked["total"])
    code = "report.take_by_token" if close else "report.take_closest_by_token"
    return sentence(code, type=kind, same=numerals.share_text(gguf_files.same(about), 0))
