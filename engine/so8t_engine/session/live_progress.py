"""progress.json, the last sign of life of a run: never flushed, never trusted, for people looking on."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, named, sentence
from so8t_engine.session import durable, wary_read
from so8t_engine.session.state import FAR, PipelineState

NAME = "progress.json"
COUNTS = ("unit", "total", "of_kind", "kind_total", "points", "active_seconds", "unsaved_seconds")
LONGEST_WORD = 200
SETUP = "setup"  # the kind of unit that is the loading of what a step needs
WIDEST = 12.0  # times the least: what is less certain is not said
ROUGH = ((60, 5), (3_600, 60), (86_400, 600), (math.inf, 3_600))  # seconds below the first are told by the second
NARROW_SECONDS, NARROW = 10.0, 0.06  # so far apart, or this share, two ends of a range are one time


def leave(session: Path, data: bytes) -> None:
    """Writes it. Nothing depends on whether that works; a commit speaks up about the disk.

    On a full disk it is written over in place, which takes no room: there it says that the run waits.
    """
    try:
        durable.replace(session / NAME, data, durable=False)
    except (EngineError, OSError):
        try:
            with (session / NAME).open("r+b") as file:
                file.write(data)
                file.truncate()
        except OSError:
            pass


def of_run(session: Path, state: PipelineState) -> dict[str, Any]:
    """As far as it is of this run and step and holds what such a sign holds; else {}."""
    live = wary_read.json_object(session / NAME)
    if (live.get("run"), live.get("step")) != (state.run, state.cursor.step):
        return {}
    return {name: value for name, value in live.items() if _fits(name, value)}


def units(live: Mapping[str, Any]) -> Sentence:
    """How far it is in its kind of unit: a step may have several. Older versions counted those of the step alone.

    While a step loads what it needs, how far that step is, as far as that is known.
    """
    if live.get("kind") == SETUP:
        done, total = live.get("unit"), live.get("total")
        return sentence("terminal.loading_at", unit=done, total=total) if total else sentence("terminal.loading")
    done, total = ("of_kind", "kind_total") if live.get("kind_total") else ("unit", "total")
    kind = named("unit", str(live.get("kind")))
    return sentence("terminal.units", kind=kind, unit=live.get(done), total=live.get(total))


def measured(rate: Any) -> bool:
    """Whether the time left follows from what units take here: before the first of a step it is a guess for any PC."""
    return _is_number(rate) and rate > 0


def time_left(live: Mapping[str, Any], told: bool = False) -> tuple[float, float] | None:
    """Seconds of the whole run, at least and at most; None while that is too uncertain to be said.

    `told`: it has been said of this run, and does not vanish any more, however wide it has become: nothing may be
    measured yet of what is left. Of a kind of unit that has just begun there is no rate; its range says how much that
    matters, as long as anything was measured at all: else its ends lie further apart than WIDEST.
    """
    total, counted = live.get("eta_total_seconds"), measured(live.get("rate"))
    if not _is_number(total) or not (counted or "eta_low_seconds" in live):
        return None
    low, high = live.get("eta_low_seconds", total), live.get("eta_high_seconds", total)  # older versions have none
    if not (_is_number(low) and _is_number(high)):
        return None
    known = 0 < high <= WIDEST * low or (counted and is_one_time(low, high))
    return (low, high) if known or told else None


def not_yet(live: Mapping[str, Any]) -> Sentence:
    """Said where `time_left` knows nothing yet: the guess, by whatever was measured so far."""
    total = live.get("eta_total_seconds")
    if not isinstance(total, (int, float)) or not _is_number(total) or total <= 0:
        return sentence("terminal.measuring")
    return sentence("terminal.guessed", seconds=max(ROUGH[0][1], rough(total)))


def rough(seconds: float, rounded: Callable[[float], int] = round) -> int:
    """In one or two figures, as what is not known to the second."""
    step = next(step for most, step in ROUGH if seconds < most)
    return step * rounded(seconds / step)


def is_one_time(low: float, high: float) -> bool:
    """Whether both ends are as good as the same."""
    return high - low <= max(NARROW_SECONDS, NARROW * (low + high) / 2)


def run_of(session: Path) -> int:
    """The number of the run that left it; 0 where none can be read."""
    run = wary_read.json_object(session / NAME).get("run")
    return max(0, run) if isinstance(run, int) and _is_number(run) else 0


def _fits(name: str, value: Any) -> bool:
    if name == "metrics":
        return isinstance(value, dict) and all(map(_is_plain, value.values()))
    if name == "waiting":
        return isinstance(value, dict)  # a sentence: what else it may be, `sentences.from_json` bears
    if name == "kind":
        return isinstance(value, str) and _is_plain(value)
    return _is_number(value) if name in COUNTS else _is_plain(value)


def _is_plain(value: Any) -> bool:
    return value is None or _is_number(value) or (isinstance(value, str) and len(value) <= LONGEST_WORD)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < FAR  # NaN: False
