"""Whether a reply is good enough to learn from: it parses, in the record's language, says more than prompt and answer,
keeps to its length, and its final answer is the gold answer, or, where there is none, agrees with the given one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from so8t_engine.data.record import Record
from so8t_engine.data.texts import detect_language, refusals
from so8t_engine.data.texts.normalise import holds_marks
from so8t_engine.data.thought.thinking import Sections
from so8t_engine.rewards import answer_matching
from so8t_engine.teacher import questions, replies
from so8t_engine.teacher.questions import Question
from so8t_engine.teacher.repetition import repeats
from so8t_engine.teacher.replies import Reply

# Why a reply is rejected; `rejected.NAME` says it. A session's counts hold these names: never change one.
REASONS = (
    "truncated", "endless", "prompt_too_long", "form", "marks", "too_long", "language", "repeats", "wrong_answer",
    "other_answer",
)  # fmt: skip
MOST_CHARS = {"logic": 4_000}
MOST_CHARS_ELSE = 800
SHARED = 0.5  # of the words of a reply's final answer stand in the given one
LATIN_WORD = re.compile(r"[A-Za-z]{3,}")


class Judgement(NamedTuple):
    """`sections`: what the record is learnt with; None where the reply was rejected, for `reason`."""

    sections: Sections | None
    reason: str = ""


def of(question: Question, reply: Reply) -> Judgement:
    if reply.fault:
        return Judgement(None, reply.fault)
    said = replies.read(reply.text)
    if said is None:
        return Judgement(None, "form")
    record, known = question.record, question.known
    thoughts = {name: said.thoughts[name] for name in question.sections if name in said.thoughts}
    if not thoughts or (question.solving and "logic" not in thoughts):
        return Judgement(None, "form")
    if any(holds_marks(text) for text in thoughts.values()):
        return Judgement(None, "marks")
    if any(len(text) > MOST_CHARS.get(name, MOST_CHARS_ELSE) for name, text in thoughts.items()):
        return Judgement(None, "too_long")
    if not in_language(" ".join(thoughts.values()), record.language):
        return Judgement(None, "language")
    if questions.gold(record) is not None:
        if not right(record, said.final):
            return Judgement(None, "wrong_answer")
    elif not agrees(said.final, known.final):
        return Judgement(None, "other_answer")
    new = {name: text for name, text in thoughts.items() if not repeats(text, record.prompt, known.final)}
    if not new or (question.solving and "logic" not in new):
        return Judgement(None, "repeats")
    return Judgement(Sections(known.final, {**known.thoughts, **new}))


def in_language(text: str, language: str) -> bool:
    """Formulas have no language; a language that is neither English nor Japanese is not judged."""
    if language not in ("en", "ja"):
        return True
    found = detect_language.detect_language(text, language)
    return found == language or (found == "en" and not LATIN_WORD.search(text))


def right(record: Record, final: str) -> bool:
    answer, kind = record.answer, record.answer_kind
    assert answer is not None and kind is not None
    return answer_matching.credit(final, answer, kind) == 1.0


def agrees(final: str, given: str) -> bool:
    """A reply sums the given answer up: most of its words stand there, and neither refuses what the other does not."""
    if refusals.refuses(final) != refusals.refuses(given):
        return False
    ours, theirs = answer_matching.words(final), set(answer_matching.words(given))
    return bool(ours) and sum(word in theirs for word in ours) >= SHARED * len(ours)
