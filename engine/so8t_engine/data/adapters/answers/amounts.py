"""Numbers with a unit: 16 cm³, 60 km/h, 13,50 €, 17:30. Of units that nobody knows to differ it is not said."""

from __future__ import annotations

import functools
import re
from fractions import Fraction
from typing import NamedTuple

from so8t_engine.data.adapters.answers import number_words

NUMBER = r"[-+]?(?:\d+(?:[.,]\d+)?|\.\d+)"
LATIN = r"[°º]?[A-Za-zµΩ]{1,12}(?:[1-4](?!\d))?"
BEHIND = re.compile(rf"({NUMBER})(%|[°º€£¥]|{LATIN}(?:[/·]{LATIN})*|[ぁ-んァ-ヶー一-龠㎞㎝㎏]{{1,4}})")
BEFORE = re.compile(rf"([€£¥])({NUMBER})")
CLOCK = re.compile(r"([01]?\d|2[0-3])(?::([0-5]\d))?([ap])\.?m\.?|([01]?\d|2[0-3]):([0-5]\d)", re.IGNORECASE)
CLOCK_JA = re.compile(r"(午前|午後)?([01]?\d|2[0-3])時(?:([0-5]?\d)分|(半))?")
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
# What one says in another unit: so far apart may two numbers be of which one has no unit.
TIMES = {Fraction(n) for n in (7, 12, 24, 30, 52, 60, 365, 1440, 3600, 86400)}
CONVERTED = re.compile(
    r"(?i)(?:[kmcdµ]?(?:m|g|l)[1-4]?|s|ms|min|h|hrs?|t|(?:hour|minute|min|second|sec|day|week|month|year)s?"
    r"|(?:kilo|centi|milli)?(?:met(?:er|re)|gram|lit(?:er|re))s?|kilos?|ton(?:ne)?s?|miles?|mi|mph|feet|foot|ft"
    r"|inch(?:es)?|yards?|yd|pounds?|lbs?|ounces?|oz|gallons?|gal|acres?|degrees?|deg|rad(?:ian)?s?|per ?cent"
    r"|percentage|dozens?|pairs?|cents?|dollars?|euros?|pence|[°º].*|[%€£¥$]|.*/.*"
    r"|時間?|分間?|秒間?|日間?|週間?|[かヶ]月間?|メートル|セ?ンチ.*|ミリ.*|キロ.*|グラム|リットル|トン|割|ドル|セント"
    r"|パーセント|ダース|組|[㎞㎝㎏])"
)
NEVER_ALONE = re.compile(  # of which nobody knows what a bare number beside them means
    r"(?i)[°º].*|[%€£¥$]|.*[/\d].*|and|or|to|x|each|.*ずつ|miles?|mi|mph|feet|foot|ft|inch(?:es)?|in|yards?|yd|pounds?|lbs?|ounces?|oz|gallons?"
    r"|gal|acres?|degrees?|deg|rad(?:ian)?s?|per ?cent|percentage|dozens?|pairs?|割|パーセント|ダース|組"
)
ENDLESS = 12  # decimals
IN_TEXT, IN_JAPANESE = (
    re.compile(
        r"(?i)(?<![\d:.])(?:(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])(?:\s?[ap]\.?m\b)?|(?:1[0-2]|[1-9])\s?[ap]\.?m\b)"
    ),
    re.compile(r"(?:午前|午後)[01]?\d時(?:半|[0-5]?\d分)?|(?<!\d)(?:[01]?\d|2[0-3])時(?:半|[0-5]?\d分)(?!間|かかる)"),
)


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
    """The number that an English word stands for, or 2.5 million."""
    word = text.strip().rstrip(".").casefold()
    if (value := number_words.VALUES.get(word)) is not None:
        return Fraction(value)
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


@functools.lru_cache(maxsize=1024)
def is_converted(unit: str) -> bool:
    """Whether an amount in such a unit may be said in another one."""
    return CONVERTED.fullmatch(unit) is not None or unit.startswith(("分", "時間", "秒", "メートル", "リットル"))


def may_be_one_by_unit(bare: Fraction, amount: Amount) -> bool:
    """Whether a number without a unit may be an amount in another one: 90, where 1.5 hours are meant."""
    if NEVER_ALONE.fullmatch(amount.unit) or amount.unit == ":" or not bare or not amount.number:
        return True
    apart = max(bare / amount.number, amount.number / bare)
    if apart in TIMES and CONVERTED.fullmatch(amount.unit):
        return True
    return str(apart).rstrip("0") == "1"


def clocks(text: str) -> list[tuple[str, int]]:
    """The times of day in a text, each as it stands there, in minutes since midnight."""
    if ":" not in text and "時" not in text and not re.search(r"\d ?[ap]\.?m", text, re.IGNORECASE):
        return []
    found = [match[0] for pattern in (IN_TEXT, IN_JAPANESE) for match in pattern.finditer(text)]
    minutes = ((said, _minutes(re.sub(r"\s", "", said))) for said in found)
    return [(said, number) for said, number in minutes if number is not None]


def are_one_on_a_dial(one: str, other: str) -> bool:
    """Whether two texts are one time of day but for the half of the day, which not both of them say."""
    first, second = clocks(number_words.in_figures(one)), clocks(number_words.in_figures(other))
    if len(first) != 1 or len(second) != 1:
        return False
    if all(re.search(r"(?i)[ap]\.?m|午", said) for said in (one, other)):  # both say which half of the day
        return False
    return (first[0][1] - second[0][1]) % 720 == 0


def are_one(one: object, other: object) -> bool:
    """Whether two amounts are the same, also in another unit of the kind: 3 km and 3000 m."""
    first = _scaled(one)
    return first is not None and first == _scaled(other)


def are_different(one: Amount, other: Amount) -> bool:
    """Whether they are plainly not the same: of one unit, or of units of one kind."""
    if one.unit == other.unit:
        return not are_rounded(one.number, other.number)
    first, second = _scaled(one), _scaled(other)
    return first is not None and second is not None and first.unit == second.unit and first != second


def are_rounded(one: Fraction, other: Fraction) -> bool:
    """Whether two numbers are the same, or one is the other to two decimals or more: 0.33 and 1/3, 5.67 and 5.6667."""
    decimals = min(_decimals(one), _decimals(other))
    return one == other or (decimals > 1 and 2 * abs(one - other) <= Fraction(1, 10**decimals))


def _decimals(number: Fraction) -> int:
    """How many a number has, of those that are looked at."""
    return next((n for n in range(ENDLESS) if (number * 10**n).denominator == 1), ENDLESS)


def number_of(value: Fraction | Amount) -> Fraction:
    return value.number if isinstance(value, Amount) else value


def share_of(value: Fraction | Amount) -> Fraction:
    """25 % is 0.25."""
    return value.number / 100 if isinstance(value, Amount) and value.unit == "%" else number_of(value)


def _scaled(amount: object) -> Amount | None:
    if not isinstance(amount, Amount) or amount.unit not in SCALES:
        return None
    kind, scale = SCALES[amount.unit]
    return Amount(amount.number * scale, kind)
