"""Figures and marks that judge an answer by what all of their column are; what several people say (ballots.py), ranks
(ranked_rows.py), scores of which the lowest is bad (lowest_marks.py), or the lower part of a scale (scales.py).

A figure below 0 condemns where all of its column are -1, 0 and 1, or counts of votes; so do more votes against an
answer than for it. What is called the right answer (正解) is a mark for whether this one is, where nothing but marks
stands there. All rows must bear it out (`Look`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.config import label_limits
from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import ballots, lowest_marks, ranked_rows, scales, verdict_names, verdict_values
from so8t_engine.data.adapters.parsed_row import listed

BELOW_0, COUNTED = "below 0 is bad", "bad where the second is more"  # in what rows tell
MARKED = "says whether the answer is right, not which one is"
SIGNED = re.compile(
    r"(?:(?:user|human|answer|response|model|annotator|rater|community|vote|net|total)_)?(?:score|rating|votes)"
    r"|up_?votes|ups|karma|points|(?:(?:user|human)_)?feedback|評価|評価点|評点|得点|点数|スコア"
)
COUNTS = re.compile(r"rating|(?:user|human|model|answer|response)_rating|(?:\w+_)?feedback|評価|評価点|評点|得点|点数")
FOR_AND_AGAINST = (
    ("upvotes", "downvotes"), ("up_votes", "down_votes"), ("ups", "downs"), ("likes", "dislikes"),
    ("thumbs_up", "thumbs_down"), ("votes_up", "votes_down"), ("votes_good", "votes_bad"), ("good_votes", "bad_votes"),
    ("votes_for", "votes_against"), ("helpful_votes", "unhelpful_votes"), ("helpful_votes", "not_helpful_votes"),
    ("helpful", "not_helpful"), ("helpful", "unhelpful"), ("helpful_count", "not_helpful_count"),
    ("helpful_count", "unhelpful_count"), ("いいね", "よくないね"), ("高評価", "低評価"), ("賛成", "反対"),
    ("賛成数", "反対数"), ("参考になった", "参考にならなかった"), ("役に立った", "役に立たなかった"),
)  # fmt: skip
RIGHT = re.compile(r"正解|正答|정답|正确答案|正確答案|(?:right|correct)_answer")
MARKS = {"○", "◯", "〇", "⭕", "×", "✕", "✗", "❌", "✓", "✔", "✅", "true", "false", "0", "1", "x", "o"}
SCORES_OF_PAIRS = re.compile(r"(?i)score|rating|reward")
LEAST, MOST = -1, 1  # of a thumb that is a figure


class Look:
    """What rows tell of such columns, beside question and answer. `named`: the user says that they judge."""

    def __init__(self, names: Sequence[str], where: Columns, named: bool = False) -> None:
        self._named = named
        given = where.model_dump(exclude={"label"} if named else {"label", "answer"}).values()
        taken = {part.strip() for place in given if place for part in (place, *label_limits.parts(place))}
        self._answers = [name for name in (where.response, where.prompt) if name is not None]
        free = [name for name in names if name not in taken and not set(",\n") & set(name)]
        self._ranks = ranked_rows.RankedRows(() if named else free, where)
        self._lowest = lowest_marks.LowestMarks(() if named else free, names, where)
        self._scales = scales.ScaleLook(() if named else free, () if named else names, where)
        self._people = ballots.BallotLook(free, names, where.response, named)
        self._figures = {name: set[int]() for name in free if SIGNED.fullmatch(verdict_names.plain(name))}
        self._marks = {name: set[str]() for name in free if RIGHT.fullmatch(verdict_names.plain(name))}
        by_name = {verdict_names.plain(name): name for name in free}
        pairs = ((by_name.get(up), by_name.get(down)) for up, down in FOR_AND_AGAINST)
        self._pairs = [(up, down) for up, down in pairs if up is not None and down is not None]

    def add(self, row: Mapping[str, Any]) -> None:
        self._people.add(row)
        self._ranks.add(row)
        self._lowest.add(row)
        self._scales.add(row)
        for name in [*self._figures]:
            number = verdict_values.whole_of(row.get(name))
            if number is not None:
                self._figures[name].add(number)
            elif row.get(name) not in (None, ""):
                del self._figures[name]
        for name in [*self._marks]:
            self._marks[name].add(_mark(row.get(name)))
            is_gold = any(_mark(row[other]) in MARKS for other in self._answers if other in row)
            if is_gold or self._marks[name] - MARKS:
                del self._marks[name]
        self._pairs = [pair for pair in self._pairs if all(_is_count(row.get(name)) for name in pair)]

    def is_open(self) -> bool:
        """Whether more rows may tell more."""
        looks = (self._people, self._ranks, self._lowest, self._scales)
        return any(look.is_open() for look in looks) or bool(self._figures or self._pairs or self._marks)

    def found(self) -> dict[str, tuple[str, str]]:
        counted = [", ".join(pair) for pair in self._pairs]
        beside = {name for pair in self._pairs for name in pair}
        below = [name for name, numbers in self._figures.items() if name not in beside and _is_signed(name, numbers)]
        marked = [name for name, said in self._marks.items() if len(said) > 1]
        told = {BELOW_0: below, COUNTED: counted, MARKED: marked}
        return (
            self._people.found()
            | self._ranks.found()
            | self._lowest.found()
            | self._scales.found()
            | {key: ("\n".join(those), "") for key, those in told.items() if those}
        )


def of(row: Mapping[str, Any], index: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """What condemns the answer of a row: the columns, and what they say; an empty text where as many praise it."""
    for look in (ballots, ranked_rows, lowest_marks, scales):
        if (voted := look.of(row, index)) is not None:
            return voted
    for name in listed(index, BELOW_0):
        number = verdict_values.number_of(row.get(name))
        if number is not None and number < 0:
            return name, str(row[name])
    for place in listed(index, COUNTED):
        up, down = (verdict_values.number_of(row.get(name)) or 0 for name in place.split(", "))
        if down > up:
            return place, "<"
    for name in listed(index, MARKED):
        if verdict_values.finding("answer", row.get(name)) or verdict_values.is_cross(row.get(name)):
            return name, str(row[name])
    return None


def places(index: Mapping[str, tuple[str, str]]) -> list[str]:
    """The columns that judge in this way."""
    figures = (place for key in (BELOW_0, COUNTED, MARKED) for place in listed(index, key))
    people = (place for place, _ in ballots.heard(index))
    scored = (limit.place for limit in scales.limits(index))
    others = (*ranked_rows.places(index), *listed(index, lowest_marks.LOWEST), *scored)
    return [name for place in (*people, *figures, *others) for name in place.split(", ")]


def as_label(place: str, index: Mapping[str, tuple[str, str]]) -> str:
    """A place that judges in this way, as a user's `label` says it."""
    of_scales = {limit.place: str(limit) for limit in scales.limits(index)}
    return of_scales.get(place, f"{place} > 0" if place in listed(index, lowest_marks.LOWEST) else place)


def without_marks(where: Columns, index: Mapping[str, tuple[str, str]]) -> Columns:
    """A mapping without a gold answer that is none."""
    return where.model_copy(update={"answer": None}) if where.answer in listed(index, MARKED) else where


def rejected_scores_more(row: Mapping[str, Any]) -> tuple[str, str] | None:
    """The score by which the preferred answer is the worse one: (its column, what it says)."""
    for name in row:
        other = name.replace("chosen", "rejected")
        if other == name or other not in row or not SCORES_OF_PAIRS.search(name):
            continue
        better, worse = verdict_values.number_of(row[name]), verdict_values.number_of(row[other])
        if better is not None and worse is not None and better < worse:
            return name, f"< {other}"
    return None


def _mark(value: Any) -> str:
    return str(value).strip().lower().replace("\ufe0f", "")


def _is_count(value: Any) -> bool:
    number = verdict_values.whole_of(value)
    return value in (None, "") or (number is not None and number >= 0)


def _is_signed(name: str, numbers: set[int]) -> bool:
    """Whether figures are thumbs, or votes for and against."""
    if not numbers or min(numbers) >= 0 or max(numbers) <= 0:
        return False
    are_thumbs = min(numbers) == LEAST and max(numbers) == MOST
    return are_thumbs or COUNTS.fullmatch(verdict_names.plain(name)) is None
