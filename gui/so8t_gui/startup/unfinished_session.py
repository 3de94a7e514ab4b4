"""The newest unfinished session, read from the disk without an engine, and what the user's rule says about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from so8t_engine.protocol import STEPS
from so8t_engine.sentences import verbatim
from so8t_engine.session import catalog, selection
from so8t_gui.engine.events import Chosen
from so8t_gui.i18n.translate import say, tr
from so8t_gui.sessions.rows import namesakes, share_of
from so8t_gui.view import messages

COUNTDOWN_SECONDS = 30
CODES = {"newer": "session_newer", "copy": "session_foreign", "renamed": "session_foreign"}  # as the engine would say


@dataclass(frozen=True)
class UnfinishedSession:
    """A session to resume. `name`: its title, with the time it was begun where others have the same (`begun`); `text`:
    its name and how far it is (`where`); `problem`: why it cannot be resumed, and what to do.

    `needs_mending`: it failed by its own data or configuration; `why`: what happened, and what to do about it;
    `updated`: the time of its last save, as the state has it.
    """

    session: str
    title: str
    path: Path
    status: str
    where: str
    problem: str
    chosen: Chosen
    needs_mending: bool = False
    why: str = ""
    updated: str = ""
    begun: float | None = None

    @property
    def name(self) -> str:
        return messages.told_apart(self.title, self.begun)

    @property
    def text(self) -> str:
        return tr('"{name}" ({where})', name=self.name, where=self.where)


def waiting(entries: Sequence[catalog.Entry]) -> list[UnfinishedSession]:
    """The unfinished sessions of these, which come newest first; in front the one that goes on (session/selection.py).

    Where there is none, the newest that cannot be used, to be told of.
    """
    unfinished = selection.in_order(entry for entry in entries if entry.unfinished)
    unusable = [entry for entry in entries if entry.status not in ("finished", "copy")]
    begun = namesakes(entries)
    return [of(entry, begun.get(entry.session)) for entry in unfinished or unusable[:1]]


def to_show(newest: UnfinishedSession | None, recent: Sequence[UnfinishedSession]) -> UnfinishedSession | None:
    """What stands on the page Run when the window starts: `newest` to go on, else the first of all, `recent`.

    `recent`: catalog.latest, the one that worked last first. A result that is younger than a session which somebody
    paused stays in sight; one that was cut off or failed comes first.
    """
    last = next((session for session in recent if session.status == "finished"), None)
    if newest is None:
        return next(iter(recent), None)
    younger = last is not None and last.updated > newest.updated and newest.status == "paused"
    return last if younger else newest


def of(entry: catalog.Entry, begun: float | None = None) -> UnfinishedSession:
    title, share = entry.title, share_of(entry)
    where = tr("step {n} of {all}", n=entry.step_number, all=len(STEPS))
    if share is not None:
        where = f"{where}, {messages.percent(share)}"
    why = "\n".join(say(part) for part in (entry.detail, entry.action) if part is not None)
    return UnfinishedSession(
        session=entry.session, title=title, path=entry.path, status=entry.status, where=where, problem=problem(entry),
        chosen=chosen(entry), needs_mending=not selection.may_go_on_by_itself(entry), why=why, updated=entry.updated,
        begun=begun,
    )  # fmt: skip


def chosen(entry: catalog.Entry) -> Chosen:
    """The event by which the view shows this session at rest."""
    code, detail, action = CODES.get(entry.status, "stored"), entry.detail, entry.action
    if code == "stored" and problem(entry):
        detail, action = verbatim(problem(entry)), None
    status = "failed" if entry.status in ("newer", "damaged", "copy", "renamed") else entry.status
    share = share_of(entry) or 0.0
    return Chosen(
        session=entry.session, title=entry.title, path=str(entry.path), status=status, step=entry.step, share=share,
        detail=detail, action=action, code=code, live=entry.live, results=entry.results,
        step_seconds=entry.step_seconds, unit=entry.unit,
    )  # fmt: skip


def runs_elsewhere(session: UnfinishedSession) -> str:
    return tr('"{name}" is running, started by another program, such as a command line.', name=session.name)


def why_not_beside(session: UnfinishedSession) -> str:
    """Why nothing is started while that one runs."""
    return messages.two_at_once(runs_elsewhere(session))


def problem(entry: catalog.Entry) -> str:
    match entry.status:
        case "running":
            return messages.run_by_another()
        case "newer":
            return tr("This session was made by a newer version of SO8T. Install that version to resume it.")
        case "damaged":
            return tr("This session cannot be read: {why} Verify it on the Sessions page.", why=say(entry.detail))
        case "copy" | "renamed":
            return tr("{why} Adopt it on the Sessions page.", why=say(entry.detail))
        case _:
            return ""
