"""Whether what a judging column holds condemns an answer, and how that is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from so8t_engine.data.adapters.verdict_names import OF_RUNS, Kind

BAD = {
    "false", "0", "-1", "bad", "undesirable", "rejected", "unsafe", "no", "negative", "thumbs_down", "incorrect",
    "wrong", "ng", "有害", "危険", "不正解", "誤り", "誤", "不合格", "悪い", "不良", "不適切", "却下",
    "不承認", "不可", "否", "不採用", "×", "✕", "✗", "n", "f", "incorrect answer",
    "wrong answer", "bad answer", "incorrect response", "bad response",
    "❌", "👎", "👎🏻", "reject", "disapproved", "declined",
}  # fmt: skip
GOOD = {
    "true", "1", "good", "desirable", "chosen", "safe", "yes", "positive", "thumbs_up", "correct", "ok", "無害", "安全",
    "正解", "正", "合格", "良い", "良好", "適切", "承認", "可", "採用",
    "✅", "👍", "👍🏻", "accept", "accepted", "approved", "y", "t", "○", "◯", "〇", "✓", "",
}  # fmt: skip
# Of a run.
FAILED = re.compile(
    r"fail(?:ed|ure)?|wrong[ _]\w+|(?:\w+[ _])?error|unsuccessful|low|(?:very )?poor|失敗|低"
    r"|\w*(?:error|exception)(?::.*)?|timeout|timed out"
    r"|length|max_tokens|truncated"  # why an answer ended
)
NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
PART = re.compile(r"(\d{1,9})\s*(?:/|of|out of)\s*(\d{1,9})|(\d{1,3}(?:\.\d{1,9})?)\s*%")  # of the tests
HARMFUL = {"true", "1", "yes", "harmful", "unsafe", "toxic", "有害", "危険"}
HARMLESS = {"false", "0", "no", "unharmful", "harmless", "safe", "無害", "安全", ""}
CONDEMNS = re.compile(
    r"(?:\b(?:answer|response|solution|reasoning|conclusion|verdict) ?(?:is|was|:)|(?:^|[.!?]\s+)(?:it|this) is)\s*"
    r"(?:\w+ly |thus )?(?P<en>incorrect|wrong|not correct|harmful|unsafe|dangerous|unacceptable)\b"
    r"|(?:回答|解答|答え|結論|判定)(?:は|が|:|：)[^。\n]{0,12}?(?P<ja>誤り|間違|不正解|不正確|有害|危険|不適切)(?!では)",
    re.IGNORECASE,
)
ENDS_OF_CRITIQUE = 400  # characters at each end, where its verdict stands
LOW = 1  # of HelpSteer's scales, 0 to 4
LONGEST = 40  # characters of a word


def finding(kind: Kind, value: Any) -> bool | None:
    """Whether a value of this kind condemns; None where it says nothing."""
    if isinstance(value, list):
        return _of_list(kind, value)
    number = number_of(value)
    if number is not None:
        return _of_number(kind, number)
    word = word_of(value)
    if word is None or kind == "predicted":
        return None
    if kind in ("harm", "request", "wrong"):
        return True if word in HARMFUL else False if word in HARMLESS else None
    if kind == "critique":
        return word in BAD or FAILED.fullmatch(word) is not None or CONDEMNS.search(word) is not None
    if kind == "safe":
        word = word.partition("\n")[0]  # "unsafe", and on a line of its own why
    if kind in ("run", "tests", "answer") and (part := PART.fullmatch(word)) is not None:
        return float(part[3]) < 100 if part[3] else int(part[1]) < int(part[2])
    if word in BAD or (kind in OF_RUNS and FAILED.fullmatch(word)):
        return True
    return False if word in GOOD or kind in OF_RUNS else None


def told(kind: Kind, value: Any) -> str:
    """What condemns, as it stands in the file where that is one of few values."""
    if kind == "critique":
        match = CONDEMNS.search(word := word_of(value) or "")
        return (match["en"] or match["ja"]) if match else word
    if isinstance(value, list):
        return "false"
    number = number_of(value)
    if number is not None and 0 < number < 1:
        return "0..1" if kind == "tests" else "0.5..1"
    if isinstance(value, str):
        return "< 100 %" if PART.fullmatch(value.strip()) else value.strip().partition("\n")[0]
    return str(value).lower() if isinstance(value, bool) else str(value)


def number_of(value: Any) -> float | None:
    """A number, also one that stands there as text, as everything does in CSV."""
    if isinstance(value, (int, float)):
        return None if isinstance(value, bool) else value
    return float(value) if isinstance(value, str) and NUMBER.fullmatch(value.strip()) else None


def word_of(value: Any) -> str | None:
    """What a value says in small letters; of a long text its beginning and its end."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return None
    if len(value) <= LONGEST:
        return value.strip().lower()
    return f"{value[:ENDS_OF_CRITIQUE]} {value[-ENDS_OF_CRITIQUE:]}".lower()


def _of_number(kind: Kind, number: float) -> bool | None:
    if kind == "low":
        return number <= LOW
    if kind in ("harm", "request", "wrong"):
        return number >= 0.5 if 0 <= number <= 1 else None
    if kind in ("word", "critique", "predicted") or (kind == "rate" and number < 0):  # -1: nobody knows the rate
        return None
    if kind == "tests" and 0 < number < 1:
        return True
    return True if number in (0, -1) else False if number > 0 else None


def _of_list(kind: Kind, values: Sequence[Any]) -> bool | None:
    """Of several tests each must be passed; several judges must all condemn."""
    found = [finding(kind, value) for value in values if not isinstance(value, list)]
    known = [one for one in found if one is not None]
    if not known:
        return None
    return any(known) if kind in ("run", "tests") else all(known)
