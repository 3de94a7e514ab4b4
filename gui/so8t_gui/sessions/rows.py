"""The list of sessions as rows: their order, texts and shares, made of the engine's catalog. Pure, no Qt here."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from so8t_engine import numerals
from so8t_engine.protocol import STEPS
from so8t_engine.sentences import Sentence
from so8t_engine.session.catalog import Entry
from so8t_gui.i18n.translate import say, tr
from so8t_gui.view.messages import pause_reason, step_name

COLUMNS = ("name", "state", "step", "progress", "result", "started", "saved", "size")
NO_RESULT = "\N{EM DASH}"
ORDER = ("running", "failed", "cut", "paused", "new", "renamed", "copy", "damaged", "newer", "finished")


@dataclass(frozen=True)
class SessionRow:
    """One session. `share` of the whole run, None where it is not known; times are seconds of the epoch, or None.

    `detail`: why it stands still; `action`: what to do about that. `base`, `tuned`: shares of right answers, None
    where none were measured.
    """

    session: str
    path: Path
    title: str
    status: str
    step: str
    step_number: int
    share: float | None
    started: float | None
    saved: float | None
    detail: Sentence | None
    action: Sentence | None = None
    base: float | None = None
    tuned: float | None = None

    @property
    def resumable(self) -> bool:
        return self.status in ("new", "paused", "failed", "cut")

    @property
    def adoptable(self) -> bool:
        return self.status in ("copy", "renamed")

    @property
    def removable(self) -> bool:
        return self.status != "running"


def namesakes(entries: Sequence[Entry]) -> dict[str, float]:
    """When each session was begun that goes by the same name as another: what tells them apart."""
    times = Counter(entry.title for entry in entries)
    begun = ((entry.session, _moment(entry.created)) for entry in entries if times[entry.title] > 1)
    return {session: moment for session, moment in begun if moment is not None}


def rows(entries: Sequence[Entry]) -> tuple[SessionRow, ...]:
    return tuple(map(_row, entries))


def _row(entry: Entry) -> SessionRow:
    return SessionRow(
        session=entry.session,
        path=entry.path,
        title=entry.title,
        status=entry.status,
        step=entry.step,
        step_number=entry.step_number,
        share=share_of(entry),
        started=_moment(entry.created),
        saved=_moment(entry.updated),
        detail=entry.detail,
        action=entry.action,
        base=_measured(entry, "base"),
        tuned=_measured(entry, "tuned"),
    )


def _measured(entry: Entry, column: str) -> float | None:
    """Of a run that is over: one that began again from its start still has the figures of the time before."""
    share = entry.results.get(column) if entry.status == "finished" else None
    return share if isinstance(share, float) and 0 <= share <= 1 else None


def result_text(row: SessionRow) -> str:
    """Right answers of the base model and of the tuned one."""
    if row.tuned is None:
        return NO_RESULT
    if row.base is None:
        return numerals.percent(row.tuned)
    return f"{numerals.percent(row.base)} → {numerals.percent(row.tuned)}"


def result_sentence(row: SessionRow) -> str:
    """The same in words; empty where there is none."""
    if row.base is None or row.tuned is None:
        return ""
    before, after = (numerals.percent(share) for share in (row.base, row.tuned))
    return tr("Right held-out answers: {before} before, {after} after.", before=before, after=after)


def state_word(status: str) -> str:
    names = {
        "new": tr("Not started"),
        "running": tr("Running"),
        "paused": tr("Paused"),
        "failed": tr("Failed"),
        "finished": tr("Finished"),
        "cut": tr("Cut off"),
        "newer": tr("Newer version"),
        "damaged": tr("Damaged"),
        "copy": tr("Copy"),
        "renamed": tr("Renamed"),
    }
    return names.get(status, status)


def state_sentence(row: SessionRow) -> str:
    """What the state means and what can be done about it."""
    meanings = {
        "new": tr("It was made, and has done nothing yet. Resume starts it."),
        "running": tr("It is running now."),
        "paused": tr("Resume goes on where it was."),
        "failed": tr("It stopped because of a problem. Resume goes on from the last save once that is solved."),
        "finished": tr("It is done; the report tells how it went."),
        "cut": tr("It was cut off, by a power cut for example. Resume goes on from the last save."),
        "newer": tr("A newer version of SO8T wrote it; this one leaves it untouched. Update SO8T."),
        "damaged": tr("Its files cannot be read. Verify names the bad ones; nothing was deleted."),
        "copy": tr("A copy is left alone. Adopt makes it a session of its own, which goes on from where it stands."),
        "renamed": tr("Adopt lets it go on under the name its folder has now."),
    }
    meaning = meanings.get(row.status, "")
    if row.status == "paused":
        reason = pause_reason(row.detail)
        return f"{tr('Paused ({reason}).', reason=reason)} {meaning}" if reason else meaning
    told = () if row.status in ("finished", "running") else (say(row.detail), say(row.action))
    return "\n".join(part for part in (meaning, *told) if part)


def step_text(row: SessionRow) -> str:
    if row.status == "finished":
        return tr("all {n}", n=len(STEPS))
    if not row.step:
        return ""
    return tr("{n} of {all}: {step}", n=row.step_number, all=len(STEPS), step=step_name(row.step))


def columns() -> dict[str, str]:
    return {
        "name": tr("Name"),
        "state": tr("State"),
        "step": tr("Step"),
        "progress": tr("Progress"),
        "result": tr("Result"),
        "started": tr("Started"),
        "saved": tr("Last saved"),
        "size": tr("Size"),
    }


def sort_key(column: str, sizes: Callable[[SessionRow], int | None]) -> Callable[[SessionRow], tuple[object, ...]]:
    """Rows without the value come first, equal ones by their session's id. `sizes(row)`: bytes, or None."""

    def number(value: float | None) -> float:
        return -1.0 if value is None else float(value)

    keys: dict[str, Callable[[SessionRow], object]] = {
        "name": lambda row: row.title.casefold(),
        "state": lambda row: ORDER.index(row.status) if row.status in ORDER else len(ORDER),
        "step": lambda row: len(STEPS) + 1 if row.status == "finished" else row.step_number,
        "progress": lambda row: number(row.share),
        "result": lambda row: (number(row.tuned), number(row.base)),
        "started": lambda row: number(row.started),
        "saved": lambda row: number(row.saved),
        "size": lambda row: number(sizes(row)),
    }
    key = keys[column]
    return lambda row: (key(row), row.session)


def matches(row: SessionRow, text: str, status: str = "") -> bool:
    """Whether every word of `text` occurs in what is shown of the row; `status` empty for any."""
    if status and row.status != status:
        return False
    shown = f"{row.title} {row.session} {state_word(row.status)} {step_text(row)}".casefold()
    return all(word in shown for word in text.casefold().split())


def size_of(folder: Path) -> int | None:
    """Bytes of all files below; None where the folder is gone. What vanishes meanwhile is left out."""
    total, open_folders = 0, [os.fspath(folder)]
    if not folder.is_dir():
        return None
    while open_folders:
        try:
            with os.scandir(open_folders.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        open_folders.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue
    return total


def share_of(entry: Entry) -> float | None:
    """Of the whole run; None where its state cannot be read."""
    if not entry.step_number:
        return None
    return entry.share


def _moment(stamp: str) -> float | None:
    try:
        return datetime.fromisoformat(stamp).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
