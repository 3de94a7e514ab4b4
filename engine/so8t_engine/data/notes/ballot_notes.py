"""What is said of several people's votes: how they are read, by number of rows; which are not; how one may decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.judged import ballots, user_labels
from so8t_engine.data.adapters.parsed_row import Fields, Index, listed
from so8t_engine.data.notes import label_notes
from so8t_engine.sentences import Sentence, sentence

READINGS = {
    "bad": "data.label_bad", "good": "data.label_good", "tied": "data.label_tied", "neither": "data.label_unclear",
}  # fmt: skip


def of_rows(rows: Sequence[Fields], where: Columns, index: Index, tool: str | None, named: bool) -> list[Sentence]:
    """`named`: whether the user has named the columns as `label`."""
    found: list[Sentence] = []
    for place, yes_is_good in ballots.heard(index):
        read = _read(rows, place, yes_is_good)
        code = "data.label_read" if named else "data.votes_read"
        found.append(sentence(code, column=_shown(place), readings=_readings(read)))
        praise = _open_words(rows, place) if yes_is_good else []
        if praise:
            line = _line(where, place, _turned(place), tool)
            found.append(sentence("data.label_may_be_turned", column=_shown(place), good=praise, line=line))
        if "," in place and (tied := read["tied"].total()):
            columns = place.split(", ")
            line = _line(where, place, columns[0], tool)
            bare = list(map(ballots.without_not, columns))
            found.append(sentence("data.votes_tied", columns=bare, count=tied, line=line))
    return [*found, *_untold(rows, where, index, tool)]


def _untold(rows: Sequence[Fields], where: Columns, index: Index, tool: str | None) -> Iterator[Sentence]:
    """Votes in yes and no of which most are no: nobody knows what was asked."""
    for place in listed(index, ballots.UNTOLD):
        read = _read(rows, place, yes_is_good=True)
        no, yes = _line(where, place, place, tool), _line(where, place, _turned(place), tool)
        count = read["bad"].total()
        yield sentence(
            "data.votes_untold", column=place, values=label_notes.first(read["bad"]), count=count, no=no, yes=yes
        )


def _read(rows: Sequence[Fields], place: str, yes_is_good: bool) -> dict[str, Counter[str]]:
    """The rows that are called so, each by what was said of it."""
    found = {reading: Counter[str]() for reading in READINGS}
    for row in rows:
        said = ballots.tally(row, place, yes_is_good)
        reading = "neither" if not (said.good or said.bad) else "tied" if said.is_tied else "good"
        votes = ballots.votes_in(row, place) or []
        shown = "/".join(_vote(value, count) for _, value, count in votes)
        found["bad" if said.bad > said.good else reading][shown] += 1
    return found


def _vote(value: object, count: int) -> str:
    return label_notes.shown(value) if count == 1 else f"{count} {label_notes.shown(value)}"


def _readings(read: dict[str, Counter[str]]) -> list[Sentence]:
    return [
        Sentence(READINGS[reading], {"count": values.total(), "values": label_notes.first(values)})
        for reading, values in read.items()
        if values
    ]


def _open_words(rows: Sequence[Fields], place: str) -> list[str]:
    """Words for yes, or for no where turned, that are taken for praise although nobody knows what was asked."""
    votes = (
        (name, value, ballots.is_turned(row, place))
        for row in rows
        for name, value, _ in ballots.votes_in(row, place) or []
    )
    good = Counter(
        label_notes.shown(value)
        for name, value, turned in votes
        if ballots.word(name, value, yes_is_good=False) is None
        and ballots.word(name, value, yes_is_good=True) is turned
    )
    return [word for word in label_notes.first(good) if word]


def _shown(place: str) -> str:
    return ", ".join(map(ballots.without_not, place.split(", ")))


def _turned(place: str) -> str:
    names = place.split(", ")
    return ", ".join(
        bare if (bare := ballots.without_not(name)) != name else f"{user_labels.NOT}{name}" for name in names
    )


def _line(where: Columns, place: str, instead: str, tool: str | None) -> str:
    """The mapping with `instead` in the place of these columns, beside what else judges."""
    names = [name.strip() for name in (where.label or "").split(",") if name.strip() not in ("", *place.split(", "))]
    label = ", ".join([instead, *names])
    return column_names.line(where.model_copy(update={"label": label}), tool)
