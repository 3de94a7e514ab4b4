"""Talks about a passage: CoQA, QuAC, and other rows with a list of questions and one of answers about one text.

The first question stands below the passage; each later one is understood by what was said before it. A question that
the passage does not answer is no part of the talk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import mapped
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip

COLUMNS = ("questions", "answers")
PASSAGES = ("story", "context", "passage", "paragraph", "document", "article", "text", "文章", "本文")
AHEAD = ("background", "section_title")  # of QuAC
OF_ONE = "orig_answers"  # of QuAC: what the talk went on with; `answers` are several people's
OPTIONS = ("options", "choices")
TEXTS = ("input_text", "text", "texts", "question", "answer")
NUMBER = "turn_id"
NO_ANSWER = "CANNOTANSWER"  # of QuAC, at the end of each passage too
NONE = (NO_ANSWER.lower(), "unknown", "")
FEWEST = 2


def is_one(row: Fields) -> bool:
    """Whether a row holds a passage with as many answers as questions, none of them a letter of an option."""
    if not isinstance(row.get(_passage(row)), str) or any(name in row for name in OPTIONS):
        return False
    return len(_pairs(row)) >= FEWEST or (NUMBER in str(row["questions"]) and bool(_pairs(row)))


def read(row: Fields, index: Index) -> ParsedRow:
    """The talk. Raises Skip where nothing that is asked is answered."""
    said = [(asked, answer) for asked, answer in _pairs(row) if answer.strip().lower() not in NONE and asked.strip()]
    if not said:
        raise Skip(drop_reasons.NO_GOLD_ANSWER)
    told = [row[name] for name in (*AHEAD, _passage(row)) if isinstance(row.get(name), str)]
    passage = "\n\n".join(without_mark(text) for text in told if text.strip())
    (first, answer), *others = said
    turns = [(f"{passage}\n\n{first.strip()}", answer), *others]
    messages = [
        {"role": role, "content": text.strip()}
        for pair in turns
        for role, text in zip(("user", "assistant"), pair, strict=True)
    ]
    return mapped.read(Columns(messages="messages"), {"messages": messages}, index=index)


def of_articles(around: Mapping[str, Any], passage: Mapping[str, Any]) -> dict[str, Any] | None:
    """A paragraph of QuAC's own file as a row; None of SQuAD's, whose questions stand by themselves."""
    asks = passage.get("qas")
    if not isinstance(asks, list) or not all(isinstance(one, Mapping) and "followup" in one for one in asks):
        return None
    about = {name: around[name] for name in AHEAD if name in around}
    answers: list[Mapping[str, Any]] = [
        one.get("orig_answer") or next(iter(one.get("answers") or []), {}) for one in asks
    ]
    return {**about, "context": passage.get("context"), "questions": [one["question"] for one in asks],
            "answers": [one.get("text", "") for one in answers]}  # fmt: skip


def without_mark(passage: str) -> str:
    """Without the word that QuAC puts behind a passage for what it does not tell."""
    return passage.strip().removesuffix(NO_ANSWER).rstrip()


def _passage(row: Fields) -> str:
    return next((name for name in PASSAGES if name in row), "")


def _pairs(row: Fields) -> list[tuple[str, str]]:
    """Each question with its answer; none where they do not go together."""
    asked, answered = row["questions"], row.get(OF_ONE) or row["answers"]
    if _are_numbered(asked) and _are_numbered(answered):
        by_number = {one[NUMBER]: one for one in answered}
        if {one[NUMBER] for one in asked} != by_number.keys() or len(by_number) != len(asked):
            return []
        answered = [by_number[one[NUMBER]] for one in asked]
    questions, answers = _texts(asked), _texts(answered)
    return list(zip(questions, answers, strict=True)) if len(questions) == len(answers) else []


def _are_numbered(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) and NUMBER in one for one in value)


def _texts(value: Any) -> list[str]:
    """Of a list of texts or objects, or of an object with a list of them; none where one is anything else."""
    if isinstance(value, Mapping):
        value = next((value[name] for name in TEXTS if isinstance(value.get(name), list)), None)
    if not isinstance(value, list):
        return []
    texts = [_text(one) for one in value]
    return [text for text in texts if text is not None] if None not in texts else []


def _text(one: Any) -> str | None:
    if isinstance(one, Mapping):
        one = next((one[name] for name in TEXTS if name in one), None)
    return one if isinstance(one, str) else None
