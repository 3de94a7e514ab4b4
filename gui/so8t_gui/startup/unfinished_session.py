"""What becomes of the newest unfinished session when the window starts; found without any engine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from so8t_engine.protocol import STEPS
from so8t_engine.sentences import verbatim
from so8t_engine.session import catalog
from so8t_gui.engine.events import Chosen
from so8t_gui.i18n.translate import say, tr
from so8t_gui.sessions.rows import share_of
from so8t_gui.view import messages

COUNTDOWN_SECONDS = 30

Action = Literal["nothing", "offer", "resume"]


@dataclass(frozen=True)
class Found:
    """A session that could go on. `problem`: why it cannot, in words, with the way out."""

    session: str
    title: str
    path: Path
    status: str
    words: str
    problem: str
    chosen: Chosen


def newest(root: Path) -> Found | None:
    """The newest unfinished session below `root`, or one at its place that cannot be used. Raises OSError."""
    entry = catalog.newest_open(root)
    return None if entry is None else found(entry)


def found(entry: catalog.Entry) -> Found:
    title, share = title_of(entry.session), share_of(entry)
    where = tr("step {n} of {all}", n=entry.step_number, all=len(STEPS))
    if share is not None:
        where = f"{where}, {messages.percent(share)}"
    words = tr('"{name}" ({where})', name=title, where=where)
    return Found(entry.session, title, entry.path, entry.status, words, problem(entry), chosen(entry))


def chosen(entry: catalog.Entry) -> Chosen:
    """For the view: this session is shown, nothing runs."""
    hindrance = problem(entry)
    detail = verbatim(hindrance) if hindrance else entry.detail
    status = "failed" if entry.status in ("newer", "damaged") else entry.status
    title = title_of(entry.session)
    share = share_of(entry) or 0.0
    return Chosen(entry.session, title, str(entry.path), status, entry.step, share, detail, entry.live)


def title_of(session: str) -> str:
    """An id is YYYYMMDD-HHMMSS-name."""
    parts = session.split("-", 2)
    return parts[2] if len(parts) == 3 else session


def problem(entry: catalog.Entry) -> str:
    match entry.status:
        case "running":
            return tr("Another program runs this session already. It can be paused there.")
        case "newer":
            return tr("This session was made by a newer version of SO8T. Install that version to go on with it.")
        case "damaged":
            return tr("This session cannot be read: {why} Verify it on the page of sessions.", why=say(entry.detail))
        case _:
            return ""


def action(rule: str, session: Found | None, after_crash: bool = False) -> Action:
    """By the user's rule (settings.on_logon). A window that crashed is no new logon: it asks at least."""
    if session is None or session.problem or (rule == "off" and not after_crash):
        return "nothing"
    return "resume" if rule == "auto" else "offer"
