"""What happened to a session, as it recorded it itself: the same for the window that saw it and for every later one.

What an older SO8T has left has interruptions, beginnings, rests and the end alone. No Qt here. Times are seconds of the
epoch; None where the file says none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from so8t_engine.sentences import from_json
from so8t_engine.session import catalog, incidents, timeline, told
from so8t_gui.view import messages
from so8t_gui.view.reduce import reduce
from so8t_gui.view.state import Note, View

Past = tuple[float | None, Note]
ENDS = ("paused", "failed", "finished")
AT_ONCE = 60.0  # what a window has seen lies in the file with a time that differs by less


class Diary:
    """Of one session; read again and again, what is new alone. By one thread at a time."""

    def __init__(self, session: Path) -> None:
        self._session = session
        self._begin()

    def _begin(self) -> None:
        self._view = View(phase="starting")
        self._end = 0
        self._marks: set[tuple[str, str]] = set()
        self._before: tuple[Past, ...] = ()
        self._told: tuple[Past, ...] = ()
        self._rest: tuple[Past, ...] = ()
        self._all: tuple[Past, ...] = ()

    def read(self) -> tuple[Past, ...]:
        """Oldest first, the same value where nothing is new. What cannot be read is left out. Raises OSError."""
        stretch = told.read(self._session, self._end)
        if stretch.end < self._end:  # another file has taken its place
            self._begin()
            return self.read()
        first, new = not self._told, tuple(self._retold(stretch.lines))
        self._end, self._told = stretch.end, self._told + new
        before = _unrecorded(self._session, self._told[0][0] if self._told else None) if first else self._before
        rest = self._how_it_ended()
        if rest and before and not self._told and before[-1][1].kind in ENDS:
            before = before[:-1]  # the state has more to say of it
        if new or len(before) != len(self._before) or not _are_same(rest, self._rest):
            self._before, self._rest = before, rest
            self._all = before + self._told + rest
        return self._all

    def _retold(self, lines: Iterable[told.Told]) -> Iterable[Past]:
        """As a window that saw each of them would have noted it."""
        for line in lines:
            at = _moment(line.when)
            begins = line.event.name == "session"
            event = replace(line.event, data={"path": str(self._session), **line.event.data})
            phase = "starting" if begins and self._view.phase != "restarting" else self._view.phase
            last = self._view.notes[-1:]
            self._view = reduce(replace(self._view, notes=last, phase=phase), event, at or 0.0)
            if begins and self._view.share == 0:
                self._marks.clear()
            for note in self._view.notes:
                if note not in last and note.kind != "process" and not self._is_known(note):
                    yield at, note

    def _is_known(self, note: Note) -> bool:
        """A mark of the history is made anew by work that is done again: it is told once."""
        mark = str(note.data.get("mark")), str(note.data.get("number"))
        known = note.kind == "mark" and mark in self._marks
        if note.kind == "mark":
            self._marks.add(mark)
        return known

    def _how_it_ended(self) -> tuple[Past, ...]:
        """By its state, where it could not say so any more."""
        entry = catalog.entry(self._session)
        if entry.status not in ENDS or self._view.phase in ENDS:
            return ()
        if self._told and self._told[-1][1].data.get("sentence") == entry.detail is not None:
            return ()
        at = _moment(entry.updated)
        data: Mapping[str, Any] = {"sentence": entry.detail, "reason": entry.detail}
        return ((at, Note(entry.status, data, at or 0.0)),)


def read(session: Path) -> tuple[Past, ...]:
    """All of it. Raises OSError."""
    return Diary(session).read()


def with_seen(past: Sequence[Past], notes: Sequence[Note], wall: float) -> list[Past]:
    """And what a window has seen which is not recorded (yet), where its time puts it, no line twice.

    `wall`: what is to be added to the notes' times for the epoch's.
    """
    whole = list(past)
    if not notes:
        return whole
    since = wall + min(note.at for note in notes) - AT_ONCE
    recorded: dict[tuple[str, str], list[float]] = {}
    for at, note in reversed(whole):
        if at is not None and at < since:
            break
        recorded.setdefault(_key(note), []).append(at or 0.0)
    for note in notes:
        at = wall + note.at
        times = recorded.get(_key(note), [])
        nearest = min(times, key=lambda time, at=at: abs(time - at), default=None)  # type: ignore[misc]
        if nearest is not None and abs(nearest - at) < AT_ONCE:
            times.remove(nearest)
            continue
        place = len(whole)
        while place and (whole[place - 1][0] or 0.0) > at:
            place -= 1
        whole.insert(place, (at, note))
    return whole


def _key(note: Note) -> tuple[str, str]:
    """By which two tellings of one thing are known."""
    match note.kind:
        case "step":
            return note.kind, str(note.data.get("step"))
        case "incident":
            return note.kind, str(note.data.get("run"))
        case "resumed":
            return note.kind, ""
        case _:
            return note.kind, messages.note(note)


def _are_same(rest: tuple[Past, ...], before: tuple[Past, ...]) -> bool:
    return [(at, note.kind, note.data) for at, note in rest] == [(at, note.kind, note.data) for at, note in before]


def _unrecorded(session: Path, until: float | None) -> tuple[Past, ...]:
    """What happened under a version that recorded less."""
    past: list[Past] = []
    for cut in incidents.read(session):
        at = _moment(cut.get("when"))
        lost = cut.get("lost_seconds")
        known = {"kind": str(cut.get("kind")), "step": str(cut.get("step")), "unit": cut.get("unit")}
        lost_seconds = lost if isinstance(lost, (int, float)) and abs(lost) < 1e9 else None
        past.append((at, Note("incident", {**cut, **known, "lost_seconds": lost_seconds}, at or 0.0)))
        notes = cut.get("notes")
        for note in notes if isinstance(notes, list) else []:
            past.append((at, Note("warning", {"sentence": from_json(note)}, at or 0.0)))
    for line in timeline.lines(session):
        at, kind = _moment(line.get("when")), line.get("event")
        if kind in ENDS and at is not None:
            why = from_json(line["why"]) if line.get("why") else None
            past.append((at, Note(str(kind), {"sentence": why, "reason": why}, at)))
    earlier = [one for one in past if until is None or (one[0] or 0.0) < until]
    return tuple(sorted(earlier, key=lambda one: one[0] or 0.0))


def _moment(text: object) -> float | None:
    try:
        return datetime.fromisoformat(str(text)).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
