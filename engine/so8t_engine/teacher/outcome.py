"""What a teacher's replies came to, counted as the step's checkpoints and `counts.json` hold it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from so8t_engine.sentences import Sentence, named, sentence
from so8t_engine.teacher.questions import Question
from so8t_engine.teacher.replies import Reply
from so8t_engine.teacher.verdicts import REASONS, Judgement

EXAMPLES, EXAMPLE_CHARS = 10, 300

Judged = tuple[Question, Reply, Judgement]


def added(counts: Mapping[str, Any] | None, asked: int, judged: Iterable[Judged]) -> dict[str, Any]:
    """New totals. `asked`: records; of their replies, in the order they were judged: accepted, solved (accepted
    without having seen the answer), rejected by reason, with the first examples of each.
    """
    before = counts or {"asked": 0, "accepted": 0, "solved": 0, "rejected": {}, "examples": {}}
    accepted = solved = 0
    rejected: Counter[str] = Counter(before["rejected"])
    examples = {reason: list(kept) for reason, kept in before["examples"].items()}
    for question, reply, judgement in judged:
        if judgement.sections is not None:
            accepted += 1
            solved += question.solving
            continue
        rejected[judgement.reason] += 1
        kept = examples.setdefault(judgement.reason, [])
        if len(kept) < EXAMPLES:
            kept.append({"id": question.record.id, "reply": reply.text[:EXAMPLE_CHARS]})
    return {
        "asked": before["asked"] + asked,
        "accepted": before["accepted"] + accepted,
        "solved": before["solved"] + solved,
        "rejected": dict(rejected),
        "examples": examples,
    }


def summary(counts: Mapping[str, Any]) -> Sentence:
    asked, accepted, solved = counts["asked"], counts["accepted"], counts["solved"]
    if not counts["rejected"]:
        return sentence("teacher.all_accepted", asked=asked, accepted=accepted, solved=solved)
    return sentence(
        "teacher.accepted", asked=asked, accepted=accepted, solved=solved, reasons=reasons(counts["rejected"])
    )


def reasons(rejected: Mapping[str, int]) -> list[Sentence]:
    """The most frequent first."""
    ordered = sorted((name for name in REASONS if rejected.get(name)), key=lambda name: -rejected[name])
    return [sentence("data.reason_count", reason=named("rejected", name), count=rejected[name]) for name in ordered]
