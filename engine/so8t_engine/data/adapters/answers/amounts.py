"""Numbers with a unit: 16 cm³, 60 km/h, 13,50 €, 17:30. Of units that nobody knows to differ it is not said."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

NUMBER = r"[-+]?(?:\d+(?:[.,]\d+)?|\.\d+)"
LATIN = r"[°º]?[A-Za-zµΩ]{1,12}(?:[1-4](?!\d))?"
BEHIND = re.compile(rf"({NUMBER})(%|[°º€£¥]|{LATIN}(?:[/·]{LATIN})*|[ぁ-んァ-ヶー一-龠㎞㎝㎏]{{1,4}})")
BEFORE = re.compile(rf"([€£¥])({NUMBER})")
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
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
    if (clock := CLOCK.fullmatch(bare)) is not None:
        return Amount(Fraction(60 * int(clock[1]) + int(clock[2])), ":")
    text = bare.translate(POWERS)
    if (found := BEHIND.fullmatch(text)) is not None:
        return Amount(Fraction(found[1].replace(",", ".")), found[2])
    if (found := BEFORE.fullmatch(text)) is not None:
        return Amount(Fraction(found[2].replace(",", ".")), found[1])
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


def _scaled(amount: Amount) -> Amount | None:
    kind, scale = SCALES.get(amount.unit, ("", Fraction(0)))
    return Amount(amount.number * scale, kind) if kind else None
