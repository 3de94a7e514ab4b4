"""What the clock says of a run, for the report: time, energy, and the timeline with every pause and cut.

It differs from run to run, so it stands on the page and in `report/run.json`, never in report.json.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from so8t_engine.errors import EngineError
from so8t_engine.sentences import from_json, named, to_json
from so8t_engine.session import incidents, share, store, timeline

WATT_SECONDS_PER_KWH = 3.6e6


def read(session: Path) -> dict[str, Any]:
    """Plain JSON. Seconds are of work, pauses left out; `joules` is None where no GPU counted any."""
    try:
        state = store.read_state(session)
    except (EngineError, OSError, ValueError):
        state = None
    lines = timeline.lines(session)
    return {
        "active_seconds": state.active_seconds if state is not None else None,
        "step_seconds": share.step_seconds(state) if state is not None else {},
        "created": state.created if state is not None else "",
        "joules": joules(lines),
        "timeline": sorted(rows(lines, incidents.read(session)), key=lambda row: str(row["when"])),
    }


def joules(lines: list[dict[str, Any]]) -> float | None:
    """What the GPU used between the first and the last reading of each run; its counter begins anew with the driver."""
    total, before, found = 0.0, None, False
    for line in lines:
        if line.get("event") == "began":
            before = None
        value = line.get("joules")
        if not isinstance(value, (int, float)):
            continue
        if before is not None and value >= before:
            total, found = total + value - before, True
        before = value
    return total if found else None


def rows(lines: list[dict[str, Any]], cuts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each with `when`, `kind` (began, paused, failed, cut), `step`, `unit`, `why` and `seconds`: what it cost.

    A rest costs the time until the next run begins, a cut the work that was lost, where that is known.
    """
    events = [line for line in lines if line.get("event") in ("began", "paused", "failed")]
    for place, event in enumerate(events):
        after = next((each for each in events[place + 1 :] if each["event"] == "began"), None)
        rests = event["event"] != "began"
        if not rests and place > 0:
            continue  # it goes on: the row before says for how long it did not
        yield _row(event, str(event["event"]), event.get("why"), _between(event, after) if rests and after else None)
    for cut in cuts:
        yield _row(cut, "cut", to_json(named("incident", str(cut.get("kind")))), cut.get("lost_seconds"))


def _row(about: Mapping[str, Any], kind: str, why: Any, seconds: Any) -> dict[str, Any]:
    known = isinstance(seconds, (int, float))
    return {
        "when": str(about.get("when", "")),
        "kind": kind,
        "step": str(about.get("step", "")),
        "unit": about.get("unit"),
        "lost_units": about.get("lost_units"),
        "why": to_json(from_json(why)) if why else None,
        "seconds": float(seconds) if known else None,
    }


def _between(event: Mapping[str, Any], after: Mapping[str, Any]) -> float | None:
    try:
        begin, end = (datetime.datetime.fromisoformat(str(each["when"])) for each in (event, after))
        return max(0.0, (end - begin).total_seconds())
    except (KeyError, ValueError, TypeError):
        return None
