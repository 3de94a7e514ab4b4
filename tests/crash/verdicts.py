"""Judges what is left after a cut, knowing only what was promised; it shares no code with the engine's recovery."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from crash import states, workload
from so8t_engine.errors import EngineError
from so8t_engine.session import catalog, recovery, store

OK = "ok"


@dataclass(frozen=True)
class Found:
    """What the next start goes on with. unit 0: from the beginning."""

    unit: int
    payload: dict[str, bytes]
    losses: list[float]


def engine_finds(root: Path) -> Found | None:
    """The real recovery, read back. None: there is no session."""
    session = root / workload.SESSION
    if not session.exists():
        return None
    recovered = recovery.recover(session)
    if (session / store.CONFIG).read_text() != workload.CONFIG or recovered.state.created != workload.CREATED:
        raise AssertionError("not the session that was created")
    payload = {}
    if recovered.folder is not None:
        payload = {path.name: path.read_bytes() for path in recovered.folder.iterdir() if path.name != "manifest.json"}
    path = session / "history.jsonl"
    lines = path.read_bytes().splitlines() if path.exists() else []
    entries = [json.loads(line.rpartition(b"\t")[0]) for line in lines]
    if [entry["number"] for entry in entries] != list(range(1, len(entries) + 1)):
        raise AssertionError("history entries are not 1..k")
    left = [path.name for path in session.rglob("*") if path.suffix in (".part", ".dead", ".old")]
    if left or len(entries) != recovered.state.points:
        raise AssertionError(f"left behind: {left}, {len(entries)} entries")
    shown = catalog.entry(session).status
    if shown in ("damaged", "newer"):
        raise AssertionError(f"the list of sessions shows {shown}")
    return Found(recovered.state.cursor.unit, payload, [entry["loss"] for entry in entries])


def verdict(found: Found | None, acknowledged: int | None, newest: int) -> str:
    """`newest`: the last unit that was begun when the cut came."""
    if found is None:
        return OK if acknowledged is None else "lost: the whole session"
    if found.unit and found.payload != workload.payload(found.unit):
        return "corrupt: weights that were never written together"
    if found.losses != workload.points(found.unit):
        return "corrupt: another history"
    if found.unit < (acknowledged or 0):
        return "lost: older than what was acknowledged"
    return OK if found.unit <= newest else "corrupt: newer than anything begun"


def judge_engine(
    root: Path, acknowledged: int | None, newest: int, twice: bool = True, settled: set[bytes] | None = None
) -> str:
    """Recovers (twice: the second time must change nothing) and judges.

    `settled`: what recovery left and a second one left as it is, by fingerprint. Many cuts end in the same few.
    """
    try:
        found = engine_finds(root)
        told = verdict(found, acknowledged, newest)
        left = states.fingerprint(states.read_image(root)) if twice and settled is not None else None
        if told == OK and twice and found is not None and (settled is None or left not in settled):
            recovered = recovery.recover(root / workload.SESSION)
            again = [note for note in recovered.notes if store.STATE not in str(note)]  # a run writes it
            if again or engine_finds(root) != found:
                return f"unstable: a second recovery differs {again}"
            if settled is not None and left is not None:
                settled.add(left)
        return told
    except EngineError as error:
        return f"stuck: {error.code}"
    except (AssertionError, OSError, ValueError, KeyError) as error:
        return f"stuck: {type(error).__name__} {error}"[:100]
