"""What a short answer plainly says that is a sentence: yes or no where it begins so, and the numbers it ends with.

And whether a short working ends in a number that it leads to: "so it ends at 17:00", 240を8で割ると30になる。
"""

from __future__ import annotations

import re
from fractions import Fraction

from so8t_engine.data.adapters.answers import amounts, number_words
from so8t_engine.data.adapters.answers.amounts import Amount

LONGEST, LONGEST_WORKING = 60, 200  # characters: of a sentence that is a result, of a working that is a few steps
FIRST = re.compile(
    r"\s*[\"“「*]*(yes|no|はい|いいえ)\**(?:[,;!。、，！]|\s*[-–—]+\s|\.(?!\s*\d)(?=\s|$))", re.IGNORECASE
)
OTHER = {
    word: re.compile(other, re.IGNORECASE)
    for word, other in {"yes": r"\bno\b", "no": r"\byes\b", "はい": "いいえ|違", "いいえ": "はい"}.items()
}
TURNS = re.compile(
    r"(?i)\b(?:but|however|although|though|unless|except|depends|actually|wait|sometimes|only if|in a sense|technically"
    r"|strictly)\b"
    r"|ただ|しかし|ですが|ますが|場合|とは限|一概"
)
NEGATIVE = re.compile(r"(?i)\bnot\b|n['’]t\b|\bnever\b|ません|ない|違|ちが")
VAGUE = re.compile(
    r"(?i)\bnot\b|n['’]t\b|\b(?:more|less|fewer|about|around|nearly|almost|over|under|than|least|most|or|if|from|each|per"
    r" ?cent)\b|[~〜～?？]|ません|ない|約|ほど|ぐらい|くらい|ずつ|以上|以下|未満|より|から|または|パーセント|割"
)
NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)")
ENDS = re.compile(rf"\d[^\d{number_words.MENTIONED}]{{0,12}}$")
COMMAS = re.compile(r"(?<=\d),(?=\d{3})")
INSIDE = re.compile(r"\b(?:[A-Z]\w+|number|no\.?) \d+\W*$|[!?。！？\n](?=.)|\.(?=\s+\S)|[\\%/^=:：](?!\d\d)")
COUNTS_PARTS = re.compile(r"\d|ずつ|(?i:each)")
EACH = re.compile(r"(?<!\d)1(?=[日人個本枚回冊台袋箱]|時間)")  # 1日40ページ
UNIT = re.compile(r"(?<=\d)\s?([°º%€£¥$]|[A-Za-zµ]+|時間|分間?|[ぁ-んァ-ヶー一-龠㎞㎝㎏]+)")
SO = re.compile(  # a time of day, or a sum that is called so: "so 10 is next" and "so it grows by 10" are steps
    r"(?i)(?:^|[.!?,;]\s+)(?:and )?(?:so|thus|therefore|hence)\b,?([^,;!?\n]*?)[.!\s]*$"
)
IN_ALL = re.compile(
    r"(?i)\b(?:in all|in total|altogether|all together)[.!\s]*$|\b(?:the )?total (?:is|was) \S+( \w+)?[.!\s]*$"
)
SO_JA = re.compile(
    r"(?:ので|だから|ですから|つまり|よって|したがって|従って|して|ると|すと|くと|むと|うと|つと|いて|けて|えて|れば|せば)"
    r"[、,]?\s*[$¥€£]?[-+]?\d[\d,.]*[^\d。、]{0,6}?(?:です|である|だ|になる|になります|となる|となります)?[。.\s]*$"
)


def of(text: str, wanted: object) -> list[bool]:
    """Yes or no where a text begins so, and that is wanted."""
    return _yes_or_no(text) if isinstance(wanted, bool) else []


def _yes_or_no(text: str) -> list[bool]:
    """As in "No, it sinks."; not where it goes on to turn."""
    head = FIRST.match(text) if len(text) <= LONGEST_WORKING else None
    if head is None:
        return []
    word, rest = head[1].lower(), text[head.end() :]
    is_yes = word in ("yes", "はい")
    if TURNS.search(rest) or OTHER[word].search(rest) or (is_yes and NEGATIVE.search(rest)):  # "はい、飛べません。"
        return []
    return [is_yes]


def all_of(answer: str, reasoning: str) -> list[str]:
    """Yes or no, or the numbers of one short sentence that ends with one, each of them as text."""
    if yes := _yes_or_no(answer):
        return ["yes" if yes[0] else "no"]
    bare = COMMAS.sub("", number_words.in_figures(answer.strip()))
    if ENDS.search(bare) is None or INSIDE.search(bare) or VAGUE.search(bare) or not re.search(r"[^\W\d_]", bare):
        return []
    if times := amounts.clocks(bare):
        return [times[0][0]] if len(times) == 1 else []
    units = [unit for unit in UNIT.findall(bare) if amounts.is_converted(unit)]
    last = UNIT.findall(bare)[-1:]
    if len(units) > 1 or not all(_is_told_in(unit, reasoning) for unit in (units if units == last else [])):
        return []
    numbers = NUMBER.findall(bare)
    return numbers if len(numbers) == 1 or len(EACH.findall(bare)) == len(numbers) - 1 else []  # "2 packs of 5"


def number_of(amount: Amount, reasoning: str) -> Fraction | None:
    """The number of an answer with a unit, where a working without one means that unit: 1L=1000mLなので200。"""
    if (
        amount.unit == ":"
        or COUNTS_PARTS.search(amount.unit)
        or (amounts.is_converted(amount.unit) and not _is_told_in(amount.unit, reasoning))
    ):
        return None
    return amount.number


def may_be_by_unit(bare: str, last: Fraction, wanted: Fraction) -> bool:
    """Whether the number at the end of a text has a unit in which it may be the one wanted: 2 hours are 120."""
    unit = UNIT.match(bare, max(place.end() for place in NUMBER.finditer(bare)))
    if unit is None or not amounts.is_converted(unit[1]) or last == wanted:
        return False
    return amounts.may_be_one_by_unit(wanted, Amount(last, unit[1]))


def ends_in_number(reasoning: str) -> bool:
    """Whether a short working ends with the one number that it says to follow."""
    end = reasoning.strip()
    if len(end) > LONGEST_WORKING:
        return False
    end = number_words.in_figures(end)
    if ENDS.search(end) is None:
        return False
    if not end.isascii() and SO_JA.search(end) and not re.search(r"ない|ません", end[-12:]):
        return True
    clause = SO.search(end)
    if clause is None or VAGUE.search(clause[1]):
        return False
    if len(amounts.clocks(clause[1])) == 1:
        return True
    return IN_ALL.search(clause[1]) is not None and len(NUMBER.findall(COMMAS.sub("", clause[1]))) == 1


def _is_told_in(unit: str, reasoning: str) -> bool:
    """Whether it is the last unit in a working."""
    units = UNIT.findall(number_words.in_figures(reasoning[-LONGEST_WORKING:]))
    return bool(units) and (units[-1] == unit or (not unit.isascii() and units[-1].startswith(unit)))
