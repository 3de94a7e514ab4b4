"""What the rows of a source tell of the columns that judge its answers: which of them are no verdicts after all.

A column with numbers beyond -1 to 1 counts or grades; a status with other words than of success or failure, or with
success alone, tells of something else; what a run says of every row alike tells no answer from another.
And where most rejected answers refuse, what is preferred to them is what ought to be refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from so8t_engine.config import label_limits
from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import conclusions
from so8t_engine.data.adapters.judged import (
    pointers,
    samples,
    turn_ratings,
    user_labels,
    verdict_names,
    verdict_values,
    verdict_votes,
    verdicts,
)
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import talk
from so8t_engine.data.texts.refusals import refuses

NUMBERS_IN = 20_000  # rows that are looked at for a number beyond
LONGEST_COPY = 12  # characters of yes or no
FEWEST = 5  # rows that are alike by more than chance
OF_WORDS = ("stated", "rating", "seen")  # which count where no value of the source is anything else
OF_ANSWERS = ("answer", "checked", "critique", "wrong", "verdict", "against", "thumb")  # shown where they say something
OF_WHAT_IS_WRONG = ("wrong", "harm", "request", "fault", "against")  # where an x is one for yes
PAIRS = 500  # preference pairs that are looked at
PREFERS_HARM = "prefers what should be refused"


def look(rows: Iterator[Fields], where: Columns) -> dict[str, tuple[str, str]]:
    """Reads no further than it needs: mostly one row, or the first pairs."""
    pairs = list(islice(rows, PAIRS)) if where.chosen and where.rejected else []
    bad, good, beyond, stated, hiding = Counter[str](), Counter[str](), set[str](), set[str](), set[str]()
    unheard, heard, marks, crosses, votes = set[str](), set[str](), Marks(), Crosses(), None
    copies = Copies()
    number, numbers, rated = 0, pointers.Numbers(), turn_ratings.TurnRatings()
    for number, row in enumerate(chain(pairs, rows)):
        is_open = False
        votes = votes or verdict_votes.Look(tuple(row), where)
        votes.add(row)
        samples.look(row, where, numbers)
        if where.messages:
            rated.add(row, where)
        for place, kind, value in verdicts.said(row, where):
            if place in beyond:
                continue
            finding = verdict_values.finding(kind, value)
            marks.add(place, kind, value)
            crosses.add(place, kind, value)
            copies.add(place, value, row.get(str(where.response)))
            if verdict_values.is_known(kind, value) and value not in (None, ""):
                heard.add(place)
            elif kind in OF_ANSWERS:
                unheard.add(place)
            unheard_of = kind in OF_WORDS and finding is None and value not in (None, "", [], 0, "0")
            unheard_of = unheard_of and not (verdict_values.is_unsettled(value) or verdict_values.is_cross(value))
            if _is_beyond(kind, value) or unheard_of:
                beyond.add(place)
                continue
            if kind in OF_WORDS or kind == "remark":
                stated.add(place)
            hiding |= {place} if kind == "seen" else set()
            bad[place] += finding is True
            good[place] += finding is False
            is_number = verdict_values.number_of(value) is not None and kind not in ("low", "rate", "predicted")
            constant = kind in verdict_names.TELLING and not good[place]
            is_open = is_open or constant or (is_number and number < NUMBERS_IN)
        to_come = (
            numbers.is_open()
            or rated.is_open()
            or stated - beyond
            or unheard - heard
            or marks.are_open()
            or copies.are_open()
            or votes.is_open()
        )
        if not (is_open or (to_come and number < NUMBERS_IN)):
            break
    same = (place for place, count in bad.items() if count >= FEWEST and not good[place])
    alike = {place for place in same if verdict_names.kind_of(_name(place), where.response) in verdict_names.TELLING}
    alike |= {place for place, count in bad.items() if count and place in hiding and not good[place]}  # all are
    praised = {place for place in stated - crosses.seen() if not bad[place] and number < NUMBERS_IN}  # in all rows
    found = {place: ("", "") for place in sorted(beyond | alike | praised | (unheard - heard))}
    found |= marks.selected() | crosses.found() | copies.found()
    found |= votes.found() if votes is not None and not where.rejected else {}
    found |= numbers.found() | rated.found()
    return found | _of_pairs(pairs, str(where.chosen), str(where.rejected))


def marked(rows: Iterator[Fields], where: Columns) -> dict[str, tuple[str, str]]:
    """Of the columns that the user says judge: which of them only mark the answers that are to be used."""
    places = [place for place in verdicts.places(where) if label_limits.limit_of(place) is None]
    marks, crosses, votes = Marks(), Crosses(), verdict_votes.Look(places, where, named=True)
    for row in islice(rows, NUMBERS_IN):
        for place in places:
            if user_labels.turned(row, place) is not None:
                continue
            kind, value = user_labels.kind_of_label(row, place), verdicts.at(row, place)
            marks.add(place, kind, value)
            crosses.add(place, kind, value)
        votes.add(row)
        if not (marks.are_open() or crosses.are_open() or votes.is_open()):
            break
    return marks.selected() | crosses.found() | votes.found()


class Marks:
    """Columns that mark the answers which are to be used, and leave the others empty."""

    def __init__(self) -> None:
        self._marked, self._empty, self._no = set[str](), set[str](), set[str]()

    def add(self, place: str, kind: verdict_names.Kind, value: Any) -> None:
        by_x = verdict_names.is_ticked_by_x(_name(place))
        if kind not in ("answer", "checked") or not (by_x or verdict_names.selects(_name(place))):
            return
        if value in ("", None):
            self._empty.add(place)
        elif verdict_values.finding(kind, value) is False or (by_x and verdict_values.is_cross(value)):
            self._marked.add(place)
        else:
            self._no.add(place)

    def are_open(self) -> bool:
        """Whether a column that is empty somewhere may yet say in words what is bad."""
        return not (self._empty | self._marked) <= self._no

    def selected(self) -> dict[str, tuple[str, str]]:
        return {verdicts.SELECTED + place: ("", "") for place in sorted((self._marked & self._empty) - self._no)}


class Copies:
    """Columns that say yes or no as the answer itself does, in all rows: the gold answer, which judges none."""

    def __init__(self) -> None:
        self._said, self._apart = Counter[tuple[str, bool]](), set[str]()

    def add(self, place: str, value: Any, answer: Any) -> None:
        if place in self._apart or value in ("", None):
            return
        said = conclusions.plain(value) if isinstance(value, str) and len(value) <= LONGEST_COPY else None
        answered = conclusions.plain(answer) if isinstance(answer, str) and len(answer) <= LONGEST_COPY else None
        if isinstance(said, bool) and said is answered:
            self._said[place, said] += 1
        else:
            self._apart.add(place)

    def are_open(self) -> bool:
        """Whether one may yet turn out to be none."""
        return any(place not in self._apart for place, _ in self._said)

    def found(self) -> dict[str, tuple[str, str]]:
        places = sorted({place for place, _ in self._said} - self._apart)
        counts = {place: (self._said[place, True], self._said[place, False]) for place in places}
        return {place: ("", "") for place, count in counts.items() if all(count) and sum(count) >= FEWEST}


class Crosses:
    """Columns in which an x is a cross, as something else there calls answers good; else it may be a tick."""

    def __init__(self) -> None:
        self._with_x, self._with_good = set[str](), set[str]()

    def add(self, place: str, kind: verdict_names.Kind, value: Any) -> None:
        if verdict_values.is_cross(value):
            self._with_x.add(place)
        elif isinstance(value, str) and value and place not in self._with_good and kind not in OF_WHAT_IS_WRONG:
            self._with_good |= {place} if verdict_values.finding("answer", value) is False else set()

    def are_open(self) -> bool:
        return not self._with_x <= self._with_good

    def seen(self) -> set[str]:
        return self._with_x & self._with_good

    def found(self) -> dict[str, tuple[str, str]]:
        return {verdicts.CROSSED + place: ("", "") for place in sorted(self._with_good)}


def _name(place: str) -> str:
    return place.rpartition(".")[2]


def _is_beyond(kind: verdict_names.Kind, value: Any) -> bool:
    number = verdict_values.number_of(value)
    of_any = (
        "low",
        "rate",
        "predicted",
        "vote",
        "stated",
        "rating",
        "against",
        "seen",
    )  # a rate of 0 is bad on any scale
    return number is not None and abs(number) > 1 and kind not in of_any


def _of_pairs(rows: list[Fields], chosen: str, rejected: str) -> dict[str, tuple[str, str]]:
    """Whether most of these rows prefer an answer to a refusal."""
    pairs = [(_last(row.get(chosen)), _last(row.get(rejected))) for row in rows]
    refused = sum(refuses(worse) and not refuses(better) for better, worse in pairs)
    return {PREFERS_HARM: ("", "")} if refused > len(pairs) / 2 else {}


def _last(value: Any) -> str:
    """What a preferred or rejected answer says in the end, be it a text or a talk."""
    opened = talk.opened(value)
    if isinstance(opened, list) and opened:
        opened = opened[-1]
    if isinstance(opened, Mapping):
        opened = next((opened[key] for key in talk.WHAT if isinstance(opened.get(key), str)), "")
    return str(opened).rpartition("Assistant:")[2].strip() if isinstance(opened, str) else ""
