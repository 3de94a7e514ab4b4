"""Numbers with a unit: 16 cm³, 60 km/h, 13,50 €, 17:30. Of units that nobody knows to differ it is not said."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

NUMBER = r"[-+]?(?:\d+(?:[.,]\d+)?|\.\d+)"
LATIN = r"[°º]?[A-Za-zµΩ]{1,12}(?:[1-4](?!\d))?"
BEHIND = re.compile(rf"({NUMBER})(%|[°º€£¥]|{LATIN}(?:[/·]{LATIN})*|[ぁ-んァ-ヶー一-龠㎞㎝㎏]{{1,4}})")
BEFORE = re.compile(rf"([€£¥])({NUMBER})")
CLOCK = re.compile(r"([01]?\d|2[0-3])(?::([0-5]\d))?([ap])\.?m\.?|([01]?\d|2[0-3]):([0-5]\d)", re.IGNORECASE)
CLOCK_JA = re.compile(r"(午前|午後)?([01]?\d|2[0-3])時(?:([0-5]?\d)分|(半))?")
WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
SCALED = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*(thousand|million|billion)", re.IGNORECASE)
SCALES_IN_WORDS = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
POWERS = str.maketrans({"²": "2", "³": "3", "⁴": "4", "μ": "µ", "^": "", "{": "", "}": ""})
SCALES = {  # units of one kind, in the first of them
    unit: (kind[0][0], Fraction(scale))
    for kind in (
        (("m", "1"), ("mm", "1/1000"), ("cm", "1/100"), ("dm", "1/10"), ("km", "1000")),
        (("g", "1"), ("mg", "1/1000"), ("kg", "1000"), ("t", "1000000")),
        (("s", "1"), ("ms", "1/1000"), ("min", "60"), ("h", "3600")),
        (("m2", "1"), ("cm2", "1/10000"), ("km2", "1000000")),
        (("m3", "1"), ("cm3", "1/1000000")),
    )
    for unit, scale in kind
}


class Amount(NamedTuple):
    number: Fraction
    unit: str


def of(bare: str) -> Amount | None:
    """An amount in a text without spaces; None where it is none. `13,50` with a unit has a decimal comma."""
    if (minutes := _minutes(bare)) is not None:
        return Amount(Fraction(minutes), ":")
    text = bare.translate(POWERS)
    if (found := BEHIND.fullmatch(text)) is not None:
        return Amount(Fraction(found[1].replace(",", ".")), found[2])
    if (found := BEFORE.fullmatch(text)) is not None:
        return Amount(Fraction(found[2].replace(",", ".")), found[1])
    return None


def in_words(text: str) -> Fraction | None:
    """The number that an English word stands for up to twenty, or 2.5 million."""
    word = text.strip().rstrip(".").casefold()
    if word in WORDS:
        return Fraction(WORDS.index(word))
    scaled = SCALED.fullmatch(word)
    return None if scaled is None else Fraction(scaled[1]) * SCALES_IN_WORDS[scaled[2]]


def _minutes(bare: str) -> int | None:
    """Since midnight; half past five in the afternoon is 5:30 pm, 17:30 and 午後5時半."""
    if (clock := CLOCK.fullmatch(bare)) is not None:
        if clock[3] is None:
            return 60 * int(clock[4]) + int(clock[5])
        return 60 * (int(clock[1]) % 12 + 12 * (clock[3].lower() == "p")) + int(clock[2] or 0)
    if (clock := CLOCK_JA.fullmatch(bare)) is not None and (clock[1] or clock[3] or clock[4]):  # 5時 alone may be hours
        hour = int(clock[2]) % 12 + 12 * (clock[1] == "午後") if clock[1] else int(clock[2])
        return 60 * hour + (30 if clock[4] else int(clock[3] or 0))
    return None


def are_one(one: object, other: object) -> bool:
    """Whether two amounts are the same, also in another unit of the kind: 3 km and 3000 m."""
    if not isinstance(one, Amount) or not isinstance(other, Amount):
        return False
    first, second = _scaled(one), _scaled(other)
    return first is not None and first == second


def are_different(one: Amount, other: Amount) -> bool:
    """Whether they are plainly not the same: of one unit, or of units of one kind."""
    if one.unit == other.unit:
        return one.number != other.number
    first, second = _scaled(one), _scaled(other)
    return first is not None and second is not None and first.unit == second.unit and first != second


def number_of(value: Fraction | Amount) -> Fraction:
    return value.number if isinstance(value, Amount) else value


def share_of(value: Fraction | Amount) -> Fraction:
    """25 % is 0.25."""
    return value.number / 100 if isinstance(value, Amount) and value.unit == "%" else number_of(value)


def _scaled(amount: Amount) -> Amount | None:
    kind, scale = SCALES.get(amount.unit, ("", Fraction(0)))
    return Amount(amount.number * scale, kind) if kind else None
