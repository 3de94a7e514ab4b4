"""Limits that a `label` sets for scores, and what a score comes to: `rating >= 4`, `Schulnote <= 3`, `grade = A|B`.

Of an object of several scores each must hold, of what several people say most. What is no score says nothing.
"""

from __future__ import annotations

import math
import operator
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from so8t_engine.config import label_limits
from so8t_engine.config.label_limits import LabelLimit
from so8t_engine.data.adapters.judged import days, scale_ends, verdict_values
from so8t_engine.data.adapters.talks import talk

ORDERS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}
OTHERWISE = {">=": "<", "<=": ">", ">": "<=", "<": ">="}
FIGURE = re.compile(
    r"(?<![A-Za-z\d.,])(?<!\d-)(?:(?<!\S)-)?\d{1,9}(?:[.,]\d{1,9})?(?![\d.,]|_[^\W\d_]|\s*[-–~〜～]\s*\d)"
)
ONE = r"\d{1,4}(?:\.\d{1,4})?"
CHOICE = re.compile(r"\s*(\d{1,2})\s*[.．:：)）、]\s*[^\W\d]")  # 1.とても満足: by its words unless a limit is set
SEVERAL = re.compile(rf"\s*{ONE}(?:(?:\s*[;|、；\n]\s*|,\s+){ONE})+\s*")  # of several people in one cell
FIGURES = re.compile(ONE)
OF_SO_MANY = re.compile(r"\s*(?:/|of|out of|sur|von|de|su|点?満点中|段階中|点中|中)\s*", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
OF_SCHOOL = re.compile(r"(?i)(?:^|schul|gesamt|teil|end)noten?\b|zensur")  # 1 is the best one
WORST_GRADE = 6
OF_FAULTS = re.compile(r"(?i)down|dislike|unhelpful|(?:^|[_\W])(?:no|against)(?:$|[_\W])|反対|低評価|よくない")
OF_VOTES = re.compile(
    r"(?i)(?:\w+[_ ])?(?:up[_ ]?)?votes?(?:[_ ]?count)?|(?:\w+[_ ])?likes?(?:[_ ]?count)?|ups|いいね数?|高評価数?"
)
EMPTY, LISTED = "[]", "…"  # a list in which nothing stands, and what one says in which something does
HIGH = 0.7  # of the highest score
HALF = "0.5"  # from where on a share of 1 is good
TOPS = (1, 3, 5, 10, 20, 100)  # of scales
LONGEST = 40  # characters of what holds one score


def of(row: Mapping[str, Any], place: str) -> LabelLimit | None:
    """The limit that a part of `label` sets; None where it is a column."""
    return None if place in row else label_limits.limit_of(place)


def holds(limit: LabelLimit, value: Any) -> bool | None:
    """Whether one score is good; None where it is none."""
    if limit.sign == "=":
        said = _plain(value)
        return None if not said else said in {_plain(word) for word in limit.bound.split("|")}
    if DAY.fullmatch(limit.bound):
        return _holds_by_day(limit, value)
    figure = figure_of(value)
    if figure is None and isinstance(value, str) and len(value) <= LONGEST and (chosen := CHOICE.match(value)):
        figure = _number(chosen[1])
    return None if figure is None else ORDERS[limit.sign](figure, float(limit.bound))


def _holds_by_day(limit: LabelLimit, value: Any) -> bool | None:
    """None where nobody knows which day is meant, and it matters."""
    told, bound = days.of(value), days.of(limit.bound)
    if told is None or bound is None:
        return None
    found = {ORDERS[limit.sign](day, bound.first) for day in told}
    return found.pop() if len(found) == 1 else None


def against(limit: LabelLimit, value: Any) -> tuple[str, str] | None:
    """(place, what it says) of what does not hold; None where all does, or nothing is a score."""
    value = _opened(value)
    if (empty := _is_empty(limit, value)) is not None:
        return None if empty else (limit.place, LISTED)
    if isinstance(value, Mapping):
        inside = (
            against(limit._replace(place=f"{limit.place}.{name}"), one)
            for name, one in value.items()
            if not (limit.sign == "=" and isinstance(one, (Mapping, list)))
        )
        return next((found for found in inside if found is not None), None)
    if isinstance(value, list):
        held = [(said, good) for one in value if (good := holds(limit, said := score_in(one))) is not None]
        bad = [shown(said) for said, good in held if not good]
        return (limit.place, bad[0]) if bad and 2 * len(bad) >= len(held) else None
    if holds(limit, value) is not False:
        return None
    if (limit.sign, limit.bound) == (">=", HALF) and 0 < (figure_of(value) or 0) < 1:
        return limit.place, f"0..{HALF}"  # of shares there are as many as rows
    by_day = DAY.fullmatch(limit.bound) is not None  # as there are of days
    return limit.place, f"{OTHERWISE[limit.sign]} {limit.bound}" if by_day else shown(value)


def is_scored(limit: LabelLimit, value: Any) -> bool:
    """Whether there is anything that the limit can be held against."""
    value = _opened(value)
    if _is_empty(limit, value) is not None:
        return True
    ones: Sequence[Any] = [*value.values()] if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return any(is_scored(limit, score_in(one)) for one in ones) if ones else holds(limit, value) is not None


def _is_empty(limit: LabelLimit, value: Any) -> bool | None:
    """Whether a list (of errors) is empty, where the limit asks for that: `mqm_errors = []`; None of any other."""
    if limit.sign != "=" or limit.bound.strip() != EMPTY or not (isinstance(value, list) or value == EMPTY):
        return None
    return value in ([], EMPTY)


def scores_in(value: Any) -> Iterator[Any]:
    """Each of the scores in a value: of an object those of all its keys, of a list what each says."""
    value = _opened(value)
    if isinstance(value, (Mapping, list)):
        for one in value.values() if isinstance(value, Mapping) else map(score_in, value):
            yield from scores_in(one)
    else:
        yield value


def _opened(value: Any) -> Any:
    """What stands there as JSON; several figures in one cell as a list of them."""
    value = talk.opened(value)
    return FIGURES.findall(value) if isinstance(value, str) and SEVERAL.fullmatch(value) else value


def score_in(one: Any) -> Any:
    """What somebody says, where it stands beside who does: `{"value": 4, "user_id": "u1"}`."""
    told = [one[name] for name in ("value", "rating", "score") if name in one] if isinstance(one, Mapping) else []
    return told[0] if len(told) == 1 else one


def figure_of(value: Any) -> float | None:
    """The figure that a score comes to: 4, "4/5", "4 (good)", "4点", "★★★★☆"; None of anything else."""
    number = verdict_values.number_of(value)
    if number is not None or not isinstance(value, str) or len(value) > LONGEST:
        return number
    text = unicodedata.normalize("NFKC", value).strip().replace("\ufe0f", "")
    if verdict_values.STARS.fullmatch(text):
        return float(sum(text.count(star) for star in "★⭐🌟"))
    figures = [*FIGURE.finditer(text)]
    if len(figures) == 2 and (between := OF_SO_MANY.fullmatch(text[figures[0].end() : figures[1].start()])):
        return _number(figures["中" in between[0]][0])
    return _number(figures[0][0]) if len(figures) == 1 else None


def proposed(place: str, figures: Sequence[float]) -> str:
    """The limit to begin with, where only the user knows: the upper third; of grades the better half, of votes any."""
    least, most = min(figures), max(figures)
    if OF_SCHOOL.search(place) and least >= 1 and most <= WORST_GRADE:
        return f"{place} <= 3"
    if (told := scale_ends.of(place)) is not None and told.falls:
        first, last = told.best or least, told.worst or next((top for top in TOPS[1:] if most <= top), most)
        return f"{place} <= {max(math.floor(first + (1 - HIGH) * (last - first)), math.ceil(first)):g}"
    if OF_FAULTS.search(place):
        return f"{place} <= 0"
    if least < 0:
        return f"{place} >= 0"
    if least == 0 and most > 1 and OF_VOTES.fullmatch(place.rpartition(".")[2]):
        return f"{place} >= 1"  # which have no scale: that anybody is for it
    if least == most:
        return f"{place} >= {most + 1:g}"
    top = next((top for top in TOPS if most <= top), most)
    bound = 0.5 if top == 1 and {*figures} != {0, 1} else math.ceil(HIGH * top)
    return f"{place} >= {bound}"


def shown(value: Any) -> str:
    """A score as it stands in the file."""
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _plain(value: Any) -> str:
    number = verdict_values.number_of(value)
    if number is not None:
        return f"{number:g}"
    return unicodedata.normalize("NFKC", shown(value)).casefold() if isinstance(value, (str, bool)) else ""
