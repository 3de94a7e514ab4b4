"""Sessions beside each other as lines of a table: what came of them, and the keys in which they differ. No Qt here."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from so8t_engine import numerals
from so8t_engine.session.catalog import Entry
from so8t_gui.forms.schema_fields import about
from so8t_gui.i18n.translate import tr
from so8t_gui.plot.labels import phase_name
from so8t_gui.plot.series import Table
from so8t_gui.sessions.rows import state_word
from so8t_gui.view import messages

LAST = 20  # updates, of which the mean is the loss at the end
NOTHING = "\N{EM DASH}"
OWN = ("name", "description", "data_root")  # of a session, not of what it does


@dataclass(frozen=True)
class ComparedSession:
    """One session. `values`: its configuration; None: it is not known yet. `problem`: why it will not be."""

    name: str
    entry: Entry
    table: Table
    values: Mapping[str, Any] | None = None
    problem: str = ""


@dataclass(frozen=True)
class ComparedLine:
    """A heading has no cells. `about`: for the tool tip of its label."""

    label: str
    cells: tuple[str, ...] = ()
    about: str = ""


def lines(sides: Sequence[ComparedSession]) -> list[ComparedLine]:
    """Results first, then the configuration."""
    return [
        ComparedLine(tr("Results")),
        *_results(sides),
        ComparedLine(tr("Configuration: keys that differ")),
        *_differing(sides),
    ]


def _results(sides: Sequence[ComparedSession]) -> Iterator[ComparedLine]:
    def line(label: str, told: Any, hint: str = "") -> ComparedLine:
        return ComparedLine(label, tuple(told(side) for side in sides), hint)

    yield line(tr("State"), lambda side: state_word(side.entry.status))
    yield line(
        tr("Right answers"), lambda side: _before_and_after(side.entry, "base", "tuned"),
        tr("Share of right answers to held-out questions: base model, tuned model"),
    )  # fmt: skip
    yield line(
        tr("Well-formed answers"), lambda side: _before_and_after(side.entry, "base_format", "tuned_format"),
        tr("Share of answers in the thinking format: base model, tuned model"),
    )  # fmt: skip
    yield line(
        tr("Loss (mean of the last {n})", n=LAST), lambda side: loss_at_the_end(side.table),
        tr("Mean of the last {n} updates of the last phase; those of two phases are not comparable", n=LAST),
    )  # fmt: skip
    yield line(tr("Time worked"), lambda side: _time(side.entry), tr("Without pauses and interruptions"))


def _differing(sides: Sequence[ComparedSession]) -> Iterator[ComparedLine]:
    """Those keys whose values are not the same in all whose configuration is known."""
    if any(side.problem for side in sides):
        yield ComparedLine(tr("Cannot be read"), tuple(side.problem for side in sides))
    if any(side.values is None and not side.problem for side in sides):
        yield ComparedLine(tr("Asking the engine ..."), ("",) * len(sides))
        return
    known = [flat(side.values) if side.values is not None else None for side in sides]
    told = [values for values in known if values is not None]
    keys = dict.fromkeys(key for values in told for key in values)
    differing = [key for key in keys if len({values.get(key, NOTHING) for values in told}) > 1]
    for key in differing:
        cells = tuple(NOTHING if values is None else values.get(key, NOTHING) for values in known)
        yield ComparedLine(key, cells, about(tuple(key.split(".")), ""))
    if len(told) > 1 and not differing:
        yield ComparedLine(tr("None"), ("",) * len(sides))


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


def _before_and_after(entry: Entry, before: str, after: str) -> str:
    if entry.status != "finished":
        return NOTHING
    shares = [entry.results.get(key) for key in (before, after)]
    said = [numerals.percent(share) if _is_share(share) else NOTHING for share in shares]
    return NOTHING if said == [NOTHING] * 2 else tr("{before}, then {after}", before=said[0], after=said[1])


def _is_share(value: Any) -> bool:
    return isinstance(value, float) and 0 <= value <= 1


def loss_at_the_end(table: Table) -> str:
    """With the phase it is of."""
    if not table.phases:
        return NOTHING
    first, phase = table.phases[-1]
    values = [float(value) for value in table.columns["loss"].values[first - 1 :] if math.isfinite(value)][-LAST:]
    if not values:
        return NOTHING
    return f"{messages.figure(math.fsum(values) / len(values))} ({phase_name(phase)})"


def _time(entry: Entry) -> str:
    seconds = sum(entry.step_seconds.values())
    return messages.duration(seconds) if seconds > 0 else NOTHING
