"""One line per interruption: when it was noticed, what was lost, from where the run went on.

Kept beside the history, not in it: an incident depends on the clock, the history must not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from so8t_engine.errors import CODES, EXIT_RETRY
from so8t_engine.protocol import STEPS
from so8t_engine.sentences import Sentence, to_json
from so8t_engine.session import history, wary_read
from so8t_engine.session.state import PipelineState

NAME = "incidents.jsonl"
FAR = 1e15  # more seconds or units than any run has
DAMAGE = (
    "session.set_aside", "session.checkpoint_missing", "session.pointer_unreadable", "session.config_put_back",
    "session.history_flipped", "session.history_damaged", "session.history_altered",
)  # fmt: skip


UNKNOWN = "session.pointer_unreadable"  # then nobody knows how the last run ended


def read(session: Path) -> list[dict[str, Any]]:
    """All incidents up to the first torn line; none where they cannot be read."""
    try:
        return _recorded(session)
    except OSError:
        return []


def _recorded(session: Path) -> list[dict[str, Any]]:
    try:
        lines = wary_read.data(session / NAME, wary_read.LINES_BYTES).splitlines()
    except (FileNotFoundError, ValueError):
        return []
    incidents = []
    for raw in lines:
        try:
            incidents.append(history.entry_of(raw))
        except (ValueError, RecursionError):
            break
    return incidents


def record(session: Path, incident: dict[str, Any]) -> None:
    """Appends durably, once per run: a cut during recovery does not count twice."""
    recorded = _recorded(session)
    if any(item.get("run") == incident["run"] for item in recorded):
        return
    intact = sum(len(history.line(item)) for item in recorded)
    history.extend(session / NAME, history.Prefix(len(recorded), intact), [incident])


def cause(owner: Mapping[str, Any], boot_now: str) -> str:
    """`power` if the machine was started again since `owner` (lock.read_owner) held the session, else `killed`."""
    return "power" if owner.get("boot") not in (None, boot_now) else "killed"


def describe(
    state: PipelineState, notes: tuple[Sentence, ...], heartbeat: dict[str, Any], cause: str, now: str
) -> dict[str, Any] | None:
    """The incident between the last run and this one; None where the last one ended by itself and whole.

    `state` is as recovered, its status still the last run's; `heartbeat` the progress file's content. A run whose
    process had to be replaced was cut off too: its error says by what. `damage` is told as the cause only where there
    is no other: what a cut has left unfinished looks the same, and the notes say what was found.
    Losses are None where nobody knows.
    """
    codes = {note.code for note in notes}
    damaged = not codes.isdisjoint(DAMAGE)
    trouble = (state.error or {}).get("code", "")
    replaced = trouble in CODES and CODES[trouble] == EXIT_RETRY
    if state.status != "running" and not damaged and not replaced:
        return None
    seconds: float | None = None
    units: int | None = None
    if heartbeat.get("run") == state.run:
        beat, here = _order(heartbeat.get("step")), _order(state.cursor.step)
        before = state.cursor.unit if beat == here else 0
        worked, loaded = (_number(heartbeat.get(name)) for name in ("active_seconds", "loaded_seconds"))
        seconds = max(0.0, worked - state.active_seconds - loaded)
        units = 0 if beat < here else max(0, int(_number(heartbeat.get("unit"))) - before)
    return {
        "run": state.run,
        "kind": trouble if replaced else cause if state.status == "running" and UNKNOWN not in codes else "damage",
        "when": now,
        "lost_seconds": seconds,
        "lost_units": units,
        "resumed_from": state.checkpoint,
        "step": state.cursor.step,
        "unit": state.cursor.unit,
        "points": state.points,
        "notes": [to_json(note) for note in notes],
    }


def _number(value: object) -> float:
    """The heartbeat is never flushed and never checked: whatever it holds must not stop a start."""
    return float(value) if isinstance(value, (int, float)) and abs(value) < FAR and not math.isnan(value) else 0.0


def heartbeat(session: Path, name: str) -> dict[str, Any]:
    """The last sign of life, {} where there is none or it is torn."""
    return wary_read.json_object(session / name)


def _order(step: Any) -> int:
    """A heartbeat older than the last step's end lost nothing."""
    return STEPS.index(step) if isinstance(step, str) and step in STEPS else -1
