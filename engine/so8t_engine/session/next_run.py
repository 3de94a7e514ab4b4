"""What to do in the next run, by what a report has measured: the one rule, for the report and for the window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from so8t_engine import numerals
from so8t_engine.sentences import Sentence, named, sentence

SIGNIFICANT = 0.05
MANY = 0.2  # of all answers: worth a sentence
HALF = 0.5  # of the answers: with fewer in the thinking format it was not learnt yet


def troubles(figures: Mapping[str, Any]) -> list[Sentence]:
    """What is wrong with the tuned model's answers whatever they say: cut off, empty, or thought alone."""
    codes = {"cut": "report.many_cut", "empty": "report.many_empty", "no_final": "report.many_no_final"}
    counted = {code: _many(figures, name) for name, code in codes.items()}
    return [sentence(code, count=many["right"], total=many["total"]) for code, many in counted.items() if many]


def _many(figures: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    counted = figures.get(f"tuned_{name}")  # not of every earlier version
    return counted if counted is not None and counted["total"] and counted["share"] >= MANY else None


def advice(everything: Mapping[str, Any], algorithm: str, *, demo: bool, unasked: bool, learnt: bool) -> list[Sentence]:
    """`everything`: the figures of all questions. `unasked`: none was of the user's own data; `learnt`: there was
    reinforcement learning to tell apart. Empty where the run showed what it was to show. Raises KeyError, TypeError.
    """
    cut, sure = _many(everything, "cut") is not None, everything["p_value"] < SIGNIFICANT
    found = [sentence("report.next_uncut")] if cut else []  # what half answers show says nothing of more training
    even = everything["gained"] == everything["lost"]
    if not everything.get("records", everything["graded"]):
        found.append(sentence("report.next_heldout"))
    elif everything["graded"] and not even:
        if sure and everything["gained"] < everything["lost"]:
            found.append(_worse(everything))
        elif not sure and not cut:
            found.append(sentence("report.next_longer"))
    if unasked:
        found.append(sentence("report.next_own"))
    added = everything.get("by_learning")
    if learnt and added and not cut and everything["graded"] and added["p_value"] >= SIGNIFICANT:
        code = "report.next_learning_demo" if demo else "report.next_learning"
        found.append(sentence(code, phase=named("phase", algorithm)))
    return found


def _worse(everything: Mapping[str, Any]) -> Sentence:
    """Why it may be, as far as the figures show."""
    formed = (everything.get("tuned_format") or {}).get("share")
    if formed is not None and formed < HALF:
        return sentence("report.next_worse_unformed", share=numerals.percent(formed))
    return sentence("report.next_worse")
