"""Whether what a judging column holds condemns an answer, and how that is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from so8t_engine.data.adapters.judged import opposites
from so8t_engine.data.adapters.judged.verdict_names import TELLING, Kind
from so8t_engine.data.adapters.judged.verdict_words import (
    BAD,
    GOOD,
    HARMFUL,
    HARMLESS,
    HIDDEN,
    NO,
    SHOWN,
    UNSETTLED,
    YES,
)

BY_SIGN = {
    **dict.fromkeys(("down", "downvote", "dislike", "disliked", "thumbs-down", "thumbsdown"), True),
    **dict.fromkeys(("up", "upvote", "like", "liked", "thumbs-up", "thumbsup"), False),
}
# Of a run.
FAILED = re.compile(
    r"fail(?:ed|ure)?|wrong[ _]\w+|(?:\w+[ _])?error|unsuccessful|low|(?:very )?poor|失敗|低"
    r"|niedrig|gering|faible|basse|baja|bassa|baixa|низкое|낮음|하|laag"  # of a quality
    r"|\w*(?:error|exception)(?::.*)?|timeout|timed out"
    r"|length|max_tokens|truncated"  # why an answer ended
)
CUT_OFF = re.compile(r"(?i)(?:model_)?length|max_(?:output_)?tokens|truncated|content_filter|recitation")
AT_ITS_END = re.compile(r"(?i).*(?:complete|truncated|(?:finish|stop)_?reasons?)")
NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
PART = re.compile(r"(\d{1,9})\s*(?:/|of|out of)\s*(\d{1,9})|(\d{1,3}(?:\.\d{1,9})?)\s*%")  # of the tests
THERE_IS = {"true", "1", "yes", "あり", "有", *(word for words in YES.values() for word in words)}
THERE_IS_NONE = {"false", "0", "no", "なし", "無", "", *(word for words in NO.values() for word in words)}
HARM, NO_HARM = HARMFUL | THERE_IS, HARMLESS | THERE_IS_NONE
TICKED = {  # in a column of what is wrong, where the others are empty
    "要修正", "要訂正", "要確認", "要見直し", "要対応", "修正要", "wrong", "incorrect", "bad", "ng", "誤り", "誤答",
    "○", "◯", "〇", "✓", "✔", "✅", "●", "レ", "x", "y",
}  # fmt: skip
CROSSES = {"x", "ｘ", "х"}  # or ticks, where no other sign says which answers are good
SIGNED = {"○", "◯", "〇", "✓", "✔", "✅", "●"}  # of harm these say that there is some
HARMFUL_TRICK = {"jailbreak", "attack", "malicious", "injection"} | SIGNED
HARMLESS_TRICK = {"benign", "normal", "×", "✕", "✗", "❌"}
# A word at the head of what is said: "NG：…", "Correct - …".
SIGNS = ":：、。,，;；(（!！"
HEAD = re.compile(rf"\s*([^\s{SIGNS}][^{SIGNS}]{{0,19}}?)\s*(?:[{SIGNS}]|\s[-–—―])\s*\S.*", re.DOTALL)
BETWEEN_WORDS = re.compile(r"\s*[,;|、，；/／]\s*")
VERY = re.compile(  # before a word for good or bad
    r"^(?:(?:very|extremely|completely|totally|sehr|très|muy|molto|muito) |とても|大変|たいへん|非常に|大いに)(?=\S)"
)
STARS = re.compile(r"(?=.*[★☆⭐🌟])[★⭐🌟\ufe0f]*[☆✩]*")
NOTHING_AGAINST = {
    "",
    "-",
    "ー",
    "―",
    "なし",
    "無し",
    "無",
    "特になし",
    "none",
    "no",
    "n/a",
    "na",
    "nothing",
    "ok",
    "nan",
    "null",
    "never",
    "nie",
    "0000-00-00",
    "0000-00-00 00:00:00",
}
CONDEMNS = re.compile(
    r"(?:\b(?:answer|response|solution|reasoning|conclusion|verdict) ?(?:is|was|:)|(?:^|[.!?]\s+)(?:it|this) is)\s*"
    r"(?:\w+ly |thus )?(?P<en>incorrect|wrong|not correct|harmful|unsafe|dangerous|unacceptable)\b"
    r"|(?:回答|解答|答え|結論|判定)(?:は|が|:|：)[^。\n]{0,12}?(?P<ja>誤り|間違|不正解|不正確|有害|危険|不適切)(?!では)",
    re.IGNORECASE,
)
ENDS_IN = re.compile(  # how a verifier closes what it has written
    r"(?:verdict|judge?ment|conclusion|decision|判定|結論|判断|结论|判断结果)\s*[:：]\s*[\"'*\[(\\]*"
    r"([^\s.:：。*\"')\]]{2,20}(?: [a-z]+)?)[\"'*\]).。!\s]*$",
    re.IGNORECASE,
)
ENDS_OF_CRITIQUE = 400  # characters at each end, where its verdict stands
BY_SHARE = ("answer", "checked", "safe", "run", "verdict")  # which a fraction tells as well as 0 and 1
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
    first = word.partition("\n")[0].strip()
    if first in BAD or first in GOOD or _of_word(first) is not None:
        word = first  # "unsafe", and on a line of its own why
    if kind == "against":
        return word.strip("。.") not in NOTHING_AGAINST
    if kind in ("harm", "request", "wrong"):
        bad, good = (TICKED, {"ok"}) if kind == "wrong" else (HARMFUL_TRICK, HARMLESS_TRICK)
        return True if word in HARM or word in bad else False if word in NO_HARM or word in good else None
    if kind == "seen" and word in HIDDEN | SHOWN:
        return word in HIDDEN
    if kind in ("stated", "rating", "remark", "seen"):
        return called(value) if kind == "remark" else stated(value)
    if kind in ("thumb", "vote", "critique") and word in BY_SIGN:
        return BY_SIGN[word]
    if kind in ("critique", "verdict"):
        known = (
            word in BAD
            or _of_word(word) is True
            or FAILED.fullmatch(word) is not None
            or CONDEMNS.search(word) is not None
        )
        return known or _begins(word) is True
    if kind == "checked" and (closing := closing_of(value)) is not None:
        return _of_word(closing.lower())
    if kind == "thumb" and CONDEMNS.search(word):
        return True
    if kind == "fault" and (word in THERE_IS or word in THERE_IS_NONE):
        return word in THERE_IS
    part = PART.fullmatch(word)
    if part is not None and kind == "rate":
        return float(part[3] or part[1]) == 0
    if part is not None and kind in ("run", "tests", "answer"):
        return float(part[3]) < 100 if part[3] else int(part[1]) < int(part[2])
    if word in BAD or _of_word(word) is True or (kind in TELLING and FAILED.fullmatch(word)):
        return True
    return (
        False
        if word in GOOD or _of_word(word) is False
        else _begins(word)
        if head_of(word)
        else False
        if kind in TELLING
        else None
    )


def of_harm(value: Any) -> bool | None:
    """Whether a word calls something harmful, the answer or what was asked; None where it says nothing of harm."""
    word = (word_of(value) or "").partition("\n")[0].strip()
    return True if word in HARMFUL else False if word in HARMLESS else None


def called(value: Any) -> bool | None:
    """Whether a word condemns that says of hardly anything else that it is bad, or harmful; None of any other value."""
    return of_harm(value) if stated(value) is None else stated(value)


def stated(value: Any) -> bool | None:
    """Whether a word condemns, wherever it stands; None of any other value."""
    word = word_of(value) if isinstance(value, str) else None
    return None if word is None else _of_word(word) if _of_word(word) is not None else _begins(word)


def _of_word(word: str) -> bool | None:
    parts = {opposites.said(part) for part in word.split(" / ")}
    return parts.pop() if len(parts) == 1 else None


def _begins(text: str) -> bool | None:
    """Whether the word at the head of a text condemns."""
    head = head_of(text)
    return None if head is None else _of_word(head.lower())


def head_of(text: str) -> str | None:
    """The word that a text begins with, where it is one for good or bad and more is said of it behind; of nothing but
    such words ("good, bad") one that condemns, if any does.
    """
    several = BETWEEN_WORDS.split(text.strip())
    if len(several) > 1 and all(_of_word(part.lower()) is not None for part in several):
        return next((part for part in several if _of_word(part.lower())), several[0])
    match = HEAD.fullmatch(text)
    return match[1] if match is not None and _of_word(match[1].lower()) is not None else None


def closing_of(value: Any) -> str | None:
    """The word for good or bad that a verifier's text ends in."""
    match = ENDS_IN.search(value[-ENDS_OF_CRITIQUE:]) if isinstance(value, str) else None
    return match[1] if match is not None and _of_word(match[1].lower()) is not None else None


def is_known(kind: Kind, value: Any) -> bool:
    """Whether a value is one of which it is known what it says; not a word that only says of no failure."""
    found = finding(kind, value)
    if kind in TELLING and found is False and isinstance(value, str) and number_of(value) is None:
        word = word_of(value) or ""
        return word in GOOD or _of_word(word) is False or head_of(word) is not None or PART.fullmatch(word) is not None
    if kind == "verdict" and found is False and isinstance(value, str) and len(value) <= LONGEST:
        word = (word_of(value) or "").partition("\n")[0].strip()
        return word in GOOD or head_of(word) is not None or number_of(value) is not None
    return found is True if kind == "critique" else found is not None


def is_unsettled(value: Any) -> bool:
    """Whether a word tells that an answer has not been settled, which calls it neither good nor bad."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return False
    word = opposites.without_number(value).strip().lower()
    return word in UNSETTLED or (_of_word(word) is None and opposites.is_open(word))


def faults(value: Any, found: Any) -> Any:
    """Whether a list of what is wrong, as it was `found` in a value, holds anything; of any other value itself."""
    told = isinstance(found, list) and all(isinstance(one, (dict, str)) and called(one) is None for one in found)
    return bool(found) if told else value


def is_cross(value: Any) -> bool:
    """Whether a value is an x."""
    return isinstance(value, str) and value.strip().lower() in CROSSES


def cuts_off(place: str, said: str) -> bool:
    """Whether what condemns an answer says that it was not written to its end."""
    return AT_ITS_END.fullmatch(place) is not None and ("eason" not in place or CUT_OFF.fullmatch(said) is not None)


def told(kind: Kind, value: Any) -> str:
    """What condemns, as it stands in the file where that is one of few values."""
    if isinstance(value, list):
        return next((told(kind, one) for one in value if finding(kind, one)), "false")
    if kind == "against":
        return "…"
    in_words = isinstance(value, str) and kind in ("critique", "verdict", "thumb")
    if kind == "checked" and (closing := closing_of(value)) is not None:
        return closing
    if in_words and (match := CONDEMNS.search(word_of(value) or "")):
        return match["en"] or match["ja"]
    if isinstance(value, str) and finding(kind, value) and (head := head_of(value)) is not None:
        return head
    number = number_of(value)
    if number is not None and 0 < number < 1:
        by_share = kind in BY_SHARE and number < 0.5
        return "0..1" if kind == "tests" else "0..0.5" if by_share else "0.5..1"
    if isinstance(value, str):
        is_part = kind != "rate" and PART.fullmatch(value.strip()) is not None
        return "< 100 %" if is_part else value.strip().partition("\n")[0].rstrip()
    return str(value).lower() if isinstance(value, bool) else str(value)


def figure_of(value: Any) -> float | None:
    """How good a value says that something is: a number, a part ("4/5", "80 %"), stars; None of anything else."""
    number = number_of(value)
    text = value.strip() if isinstance(value, str) and number is None else ""
    if not text:
        return number
    if (part := PART.fullmatch(text)) is not None:
        return float(part[3]) if part[3] else int(part[1]) / max(1, int(part[2]))
    return float(sum(text.count(star) for star in "★⭐🌟")) if STARS.fullmatch(text) else None


def number_of(value: Any) -> float | None:
    """A number, also one that stands there as text, as everything does in CSV."""
    if isinstance(value, (int, float)):
        return None if isinstance(value, bool) else value
    return float(value) if isinstance(value, str) and NUMBER.fullmatch(value.strip()) else None


def whole_of(value: Any) -> int | None:
    """A whole number, also one that stands there as text."""
    number = number_of(value)
    return int(number) if number is not None and number == int(number) else None


def word_of(value: Any) -> str | None:
    """What a value says in small letters; of a long text its beginning and its end."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return None
    if len(value) <= LONGEST:
        return VERY.sub("", opposites.without_number(value).strip().lower().replace("\ufe0f", ""))
    return f"{value[:ENDS_OF_CRITIQUE]} {value[-ENDS_OF_CRITIQUE:]}".lower()


def _of_number(kind: Kind, number: float) -> bool | None:
    if kind == "low":
        return number <= LOW
    if kind in ("harm", "request", "wrong"):
        return number >= 0.5 if 0 <= number <= 1 else None
    if kind == "vote":
        return True if number < 0 else False if number else None
    if kind == "rating":  # -1 is a thumb down on any scale that has it
        return True if number == -1 else False if number > 0 else None
    if kind == "fault":
        return number == 1 if number in (0, 1) else None
    if kind == "against":  # the number of a reason, or of what takes its place
        return True if number > 0 else None
    if kind in ("word", "critique", "predicted", "stated", "remark", "seen"):
        return None
    if kind == "rate" and number < 0:  # nobody knows the rate
        return None
    if kind == "tests" and 0 < number < 1:
        return True
    if kind in BY_SHARE and 0 < number < 1:  # of 0 and 1 the nearer one; nearly right is no praise
        return True if number < 0.5 else None
    return number <= 0 if number >= 0 or number == -1 else None


def _of_list(kind: Kind, values: Sequence[Any]) -> bool | None:
    """Of several tests each must be passed; several judges must all condemn, of people more than half."""
    found = [finding(kind, value) for value in values if not isinstance(value, list)]
    known = [one for one in found if one is not None]
    if not known:
        return None
    if kind in ("stated", "rating", "thumb", "vote", "verdict", "remark"):
        return known.count(True) > known.count(False)
    return any(known) if kind in ("run", "tests") else all(known)
