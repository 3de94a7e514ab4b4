"""Days as people write them: 2024-06-30, 2024/6/30, 30.06.2024, 2024年6月30日, 30 June 2024, Jun 30, 2024."""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from typing import Any, NamedTuple

BY_YEAR = re.compile(r"(\d{4})[-/.年] ?(\d{1,2})(?:[-/.月] ?(\d{1,2})日?)?月?(?:[T ].*)?")
BY_DAY = re.compile(r"(\d{1,2})([./-]) ?(\d{1,2})\2 ?(\d{4})(?:[T ].*)?")
WITH_WORDS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d. %B %Y", "%d-%b-%Y")
LONGEST = 40  # characters


class Days(NamedTuple):
    """The days that a text may mean: 5/6/2024 is one of two, 2024-06 any of its month."""

    first: datetime.date
    last: datetime.date


def of(value: Any) -> Days | None:
    """None of what is no day."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    text = unicodedata.normalize("NFKC", value).strip()
    try:
        if (match := BY_YEAR.fullmatch(text)) is not None:
            return _of_year(int(match[1]), int(match[2]), match[3] and int(match[3]))
        if (match := BY_DAY.fullmatch(text)) is not None:
            return _of_day(int(match[1]), int(match[3]), int(match[4]), is_dotted=match[2] == ".")
    except ValueError:
        return None
    return next((Days(day, day) for form in WITH_WORDS if (day := _in_words(text, form)) is not None), None)


def _of_year(year: int, month: int, day: int | str | None) -> Days:
    if day:
        told = datetime.date(year, month, int(day))
        return Days(told, told)
    return Days(datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1]))


def _of_day(one: int, other: int, year: int, *, is_dotted: bool) -> Days:
    """The day comes first where points part them, or a number is no month's; else nobody knows."""
    orders = [(one, other)] if is_dotted or one > 12 else [(other, one)] if other > 12 else [(one, other), (other, one)]
    told = sorted(datetime.date(year, month, day) for day, month in orders)
    return Days(told[0], told[-1])


def _in_words(text: str, form: str) -> datetime.date | None:
    try:
        return datetime.datetime.strptime(text, form).date()
    except ValueError:
        return None
