"""How a sheet shows a number: days, hours, percent, decimals, leading zeros; whatever else as the number itself."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

Show = Callable[[str], str]
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((32, 33, 34, 35), "h:mm"), 55: "yyyy-mm", 56: 'm"月"d"日"',
}  # fmt: skip
LITERALS = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
BRACKETS = re.compile(r"\[(?:\$([^\]-]*)(?:-[^\]]*)?|[^\]hmsHMS][^\]]*)\]")  # colours, conditions, [$¥-411]
ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
DIGITS = re.compile(r"^([^0#?.,%]*)([#?0,]*)(?:\.([#?0]*))?(%?)([^0#?.,%]*)$")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PLACEHOLDER = "\ue000"  # for a character that stands for itself


@functools.lru_cache(maxsize=1024)
def shown(code: str, since_1904: bool) -> Show:
    """What makes the text of a number, as the file writes it, under this format."""
    section = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)[0]
    section = BRACKETS.sub(lambda found: _quoted(found[1] or ""), section)
    bare = LITERALS.sub("", section)
    if ELAPSED.search(bare):
        return lambda number: _elapsed(number, bare)
    if re.search(r"[ymdhs年月日時分]|gge|ggge", re.sub(r"General|AM/PM|A/P|Red|@", "", bare, flags=re.I), re.I):
        return lambda number: _moment(number, bare, section, since_1904)
    literal: list[str] = []
    plain = LITERALS.sub(lambda found: _kept(found, literal), section)
    parts = DIGITS.match(plain)
    if parts is None or not parts[2] or parts[2].endswith(","):
        return general
    return lambda number: _digits(number, parts, literal)


def general(number: str) -> str:
    """3.0 is 3; what a computer adds to 0.1 in the seventeenth place is left out; no powers of ten."""
    value = None if number.isdecimal() else _decimal(number)
    if value is None:
        return number
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal(number: str) -> Decimal | None:
    """As far as a computer's number is exact; None where it is none, or of a size that no sheet writes out."""
    try:
        value = Decimal(f"{float(number):.15g}")
    except (ValueError, InvalidOperation):
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= 20 else None


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""


def _kept(found: re.Match[str], literal: list[str]) -> str:
    """A place for what stands for itself, so that its digits are none of the format."""
    text = found[1] if found[1] is not None else (found[2] or "")
    literal.append(text)
    return PLACEHOLDER if text else ""


def _digits(number: str, parts: re.Match[str], literal: list[str]) -> str:
    before, whole, decimals, percent, behind = parts.groups()
    value = _decimal(number)
    if value is None:
        return number
    value = value * 100 if percent else value
    places = len(decimals or "")
    value = value.quantize(Decimal(f"1e-{places}"), rounding=ROUND_HALF_UP)
    text = format(abs(value), ",f" if "," in whole else "f")
    head, _, tail = text.partition(".")
    fixed = len((decimals or "").rstrip("#?"))
    tail = tail[:fixed] + tail[fixed:].rstrip("0")
    head = head.rjust(whole.count("0"), "0")
    texts = iter([text for text in literal if text])
    around = [re.sub(PLACEHOLDER, lambda _: next(texts, ""), side) for side in (before, behind)]
    sign = "-" if value < 0 else ""
    return f"{sign}{around[0]}{head}{'.' + tail if tail else ''}{percent}{around[1]}".strip()


def moment(number: float, since_1904: bool) -> datetime.datetime:
    """Raises ValueError, OverflowError."""
    if since_1904:
        number += 1462
    elif number < 60:
        number += 1  # Excel has a 29 February 1900
    return datetime.datetime(1899, 12, 30) + datetime.timedelta(seconds=round(number * 86_400))


def _moment(number: str, bare: str, section: str, since_1904: bool) -> str:
    """A day as ISO writes it, hours behind it; of a format without a year or day what it shows."""
    try:
        when = moment(float(number), since_1904)
    except (ValueError, OverflowError):
        return general(number)
    code = bare.lower().replace("am/pm", "").replace("a/p", "")
    with_year = "y" in code or "e" in code
    with_day = "d" in code
    with_hours = "h" in code or "s" in code
    hours = f"{when:%H:%M:%S}" if "s" in code or (with_day and when.second) else f"{when:%H:%M}"
    if with_year and with_day:
        return f"{when:%Y-%m-%d} {hours}" if with_hours else f"{when:%Y-%m-%d}"
    if with_day and "m" in code:
        named = f"{when.day}-{MONTHS[when.month - 1]}" if "mmm" in code else f"{when.month}/{when.day}"
        named = f"{when.month}月{when.day}日" if "月" in section else named
        return f"{named} {hours}" if with_hours else named
    if with_year:
        return (
            f"{MONTHS[when.month - 1]}-{when:%y}" if "mmm" in code else f"{when:%Y-%m}" if "m" in code else f"{when:%Y}"
        )
    return hours if with_hours else f"{when:%Y-%m-%d}"


def _elapsed(number: str, bare: str) -> str:
    try:
        seconds = round(float(number) * 86_400)
    except (ValueError, OverflowError):
        return general(number)
    minutes, rest = divmod(abs(seconds), 60)
    sign = "-" if seconds < 0 else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02d}" + (f":{rest:02d}" if rest or "ss" in bare else "")
