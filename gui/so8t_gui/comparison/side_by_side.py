"""Sessions beside each other as lines of a table: what came of them, and the keys in which they differ. No Qt here."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from so8t_engine import numerals
from so8t_engine.session.catalog import Entry
from so8t_gui.comparison import sources
from so8t_gui.comparison.against import Against
from so8t_gui.forms.schema_fields import about
from so8t_gui.i18n.translate import tr
from so8t_gui.plot.labels import phase_name
from so8t_gui.plot.series import UPDATES, Table
from so8t_gui.result import verdict
from so8t_gui.result.report_file import RightShare, RunResult
from so8t_gui.sessions.rows import state_word
from so8t_gui.view import messages

LAST = 20  # updates, of which the mean is the loss at the end
NOTHING = "\N{EM DASH}"
OWN = ("name", "description", "data_root")  # of a session, not of what it does


@dataclass(frozen=True)
class ComparedSession:
    """One session. `values`: its configuration; None: it is not known yet. `problem`: why it will not be. `result`: of
    a finished one, as its report has it.
    """

    name: str
    entry: Entry
    table: Table
    values: Mapping[str, Any] | None = None
    problem: str = ""
    result: RunResult | None = None

    @property
    def finished(self) -> bool:
        return self.entry.status == "finished"


@dataclass(frozen=True)
class ComparedLine:
    """A heading has no cells. `about`: for the tool tip of its label; `told`: of its cells, below what they say."""

    label: str
    cells: tuple[str, ...] = ()
    about: str = ""
    told: tuple[str, ...] = ()


def lines(
    sides: Sequence[ComparedSession], against: Mapping[str, Against | str] | None = None, reference: str = ""
) -> list[ComparedLine]:
    """What the sessions are against each other first, then the other results, the configuration, and its sources of
    data last. `against`: by the id of each finished session but the `reference`, or why it is not known; that is the
    first of them where none is given.
    """
    return [
        ComparedLine(tr("Results")),
        *_against(sides, against or {}, reference),
        *_results(sides),
        ComparedLine(tr("Configuration: keys that differ")),
        *_differing(sides),
    ]


def _results(sides: Sequence[ComparedSession]) -> Iterator[ComparedLine]:
    def line(label: str, told: Any, hint: str = "") -> ComparedLine:
        return ComparedLine(label, tuple(told(side) for side in sides), hint)

    yield line(tr("State"), lambda side: state_word(side.entry.status))
    right = tr("Share of right answers to held-out questions, its 95 % interval, and their number")
    yield line(tr("Right answers, base model"), lambda side: _right(side, "base"), right)
    yield line(tr("Right answers, tuned model"), lambda side: _right(side, "tuned"), right)
    yield line(
        tr("Against its base model"), _trained, tr("Difference in right answers, in points, with its 95 % interval")
    )
    formed = tr("Share of answers in the thinking format, its 95 % interval, and their number")
    yield line(tr("Well-formed, base model"), lambda side: _formed(side, "base"), formed)
    yield line(tr("Well-formed, tuned model"), lambda side: _formed(side, "tuned"), formed)
    hint = tr("Mean of the last {n} updates of this phase; the losses of two phases cannot be compared", n=LAST)
    for phase in _phases(sides):
        label = tr("Loss, {phase} (mean of the last {n})", phase=phase_name(phase), n=LAST)
        yield line(label, lambda side, phase=phase: loss_at_the_end(side.table, phase), hint)
    yield line(tr("Time worked"), lambda side: _time(side.entry), tr("Without pauses and interruptions"))


def _against(
    sides: Sequence[ComparedSession], against: Mapping[str, Against | str], reference: str
) -> Iterator[ComparedLine]:
    """The tuned models, where two or more are finished."""
    finished = [side for side in sides if side.finished]
    if len(finished) < 2:
        return
    first = next((side for side in finished if side.entry.session == reference), finished[0])
    cells, told = [], []
    for side in sides:
        found = against.get(side.entry.session, tr("reference") if side is first else "")
        if isinstance(found, str):
            cells.append(found or NOTHING)
            told.append("")
        else:
            cells.append(_with_number(found.in_short, found.n) if found.in_short else NOTHING)
            told.append(found.told)
    hint = tr(
        "Difference in right answers of the tuned models, in points, with its 95 % interval. The reference is chosen "
        "above this table."
    )
    yield ComparedLine(tr("Against {session}", session=first.name), tuple(cells), hint, tuple(told))


def _differing(sides: Sequence[ComparedSession]) -> Iterator[ComparedLine]:
    """Those keys whose values are not the same in all whose configuration is known."""
    if any(side.problem for side in sides):
        yield ComparedLine(tr("Cannot be read"), tuple(side.problem for side in sides))
    if any(side.values is None and not side.problem for side in sides):
        yield ComparedLine(tr("Asking the engine ..."), ("",) * len(sides))
        return
    data = [sources.by_name(side.values) if side.values is not None else None for side in sides]
    named = all(found is not None for side, found in zip(sides, data, strict=True) if side.values is not None)
    known = [_flat_but_data(side.values, named) if side.values is not None else None for side in sides]
    told = [values for values in known if values is not None]
    keys = dict.fromkeys(key for values in told for key in values)
    differing = [key for key in keys if len({values.get(key, NOTHING) for values in told}) > 1]
    for key in differing:
        cells = tuple(NOTHING if values is None else values.get(key, NOTHING) for values in known)
        yield ComparedLine(key, cells, about(tuple(key.split(".")), ""))
    other_data = list(_data(data)) if named and len(told) > 1 else []
    if len(told) > 1 and not differing and not other_data:
        yield ComparedLine(tr("None"), ("",) * len(sides))
    if other_data:
        yield ComparedLine(tr("Data: other sources"))
        yield from other_data


def _flat_but_data(values: Mapping[str, Any], without: bool) -> dict[str, str]:
    return flat({name: value for name, value in values.items() if not without or name != sources.KEY})


def _data(sides: Sequence[Mapping[str, sources.Source] | None]) -> Iterator[ComparedLine]:
    """Each source that not all have, or that is not the same in all that have it. None: not known."""
    known = [side for side in sides if side is not None]
    for name in sources.names(known):
        keys = sources.differing_keys(name, known)
        if keys or not all(name in side for side in known):
            yield ComparedLine(name, tuple(_source(side, name, keys) for side in sides))
    if sources.reordered(known):
        yield ComparedLine(tr("Order"), tuple(NOTHING if side is None else ", ".join(side) for side in sides))


def _source(side: Mapping[str, sources.Source] | None, name: str, keys: Sequence[str]) -> str:
    if side is None:
        return NOTHING
    if name not in side:
        return tr("not used")
    values = {key: value for key in keys for key, value in flat(side[name].get(key), key).items()}
    return ", ".join(f"{key}: {value}" for key, value in values.items()) or tr("used")


def flat(values: Any, path: str = "") -> dict[str, str]:
    """Every value of a configuration as text by its key; of a list of sections by its place, from 0."""
    if isinstance(values, Mapping) and values:
        parts = [(str(name), value) for name, value in values.items() if path or name not in OWN]
    elif isinstance(values, list) and any(isinstance(value, Mapping) for value in values):
        parts = [(str(place), value) for place, value in enumerate(values)]
    else:
        return {path: _text(values)}
    found: dict[str, str] = {}
    for name, value in parts:
        found |= flat(value, f"{path}.{name}" if path else name)
    return found


def _text(value: Any) -> str:
    if value is None or value in ([], {}):
        return tr("not set")
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _right(side: ComparedSession, column: str) -> str:
    result = side.result or RunResult()
    return _share(side, result.shares, column, result.graded, column)


def _formed(side: ComparedSession, column: str) -> str:
    result = side.result or RunResult()
    return _share(side, result.formed, column, result.records, f"{column}_format")


def _share(side: ComparedSession, shares: Sequence[RightShare], column: str, n: int, key: str) -> str:
    """By the report; else the share alone, as the session's state has it by `key`."""
    if not side.finished:
        return NOTHING
    for share in shares:
        if share.column == column:
            return _with_number(verdict.share_with_interval(share), n)
    value = side.entry.results.get(key)
    return numerals.percent(value) if isinstance(value, float) and 0 <= value <= 1 else NOTHING


def _with_number(said: str, n: int) -> str:
    return tr("{said}, of {n} questions", said=said, n=n)


def _trained(side: ComparedSession) -> str:
    change = side.result.change if side.finished and side.result is not None else None
    return NOTHING if change is None else verdict.in_short(verdict.outcome(change), change)


def _phases(sides: Sequence[ComparedSession]) -> list[str]:
    """That any of them has updates of, in the order of training."""
    had = dict.fromkeys(phase for side in sides for _, phase in side.table.phases)
    return sorted(had, key=lambda phase: UPDATES.index(phase) if phase in UPDATES else len(UPDATES))


def loss_at_the_end(table: Table, phase: str) -> str:
    """Of this phase, as far as it has come."""
    losses = table.columns["loss"].values
    values = [
        float(value)
        for (first, name), (behind, _) in pairwise([*table.phases, (len(table) + 1, "")])
        if name == phase
        for value in losses[first - 1 : behind - 1]
        if math.isfinite(value)
    ][-LAST:]
    if not values:
        return NOTHING
    figure = messages.figure(math.fsum(values) / len(values))
    return figure if len(values) == LAST else tr("{figure} (only {n} updates)", figure=figure, n=len(values))


def _time(entry: Entry) -> str:
    seconds = sum(entry.step_seconds.values())
    return messages.duration(seconds) if seconds > 0 else NOTHING
