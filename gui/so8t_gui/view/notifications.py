"""Which change of the view is worth a notification, and its text. Pure; desktop/notifications.py shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from so8t_gui.i18n.translate import say, tr
from so8t_gui.view import messages
from so8t_gui.view.state import View


@dataclass(frozen=True)
class Notice:
    """A notification; `kind` picks its icon. `resume`: the session it offers to resume, by buttons where those exist;

    where they cannot, `hint` says in words what can be done. Of what it is `about` the desktop shows the newest alone.
    `now`: the text as it is at any later time, where it counts; empty when it is over.
    """

    title: str
    text: str
    kind: Literal["information", "warning", "critical"] = "information"
    resume: str = ""
    hint: str = ""
    about: Literal["run", "disk", "window"] = "run"
    now: Callable[[], str] | None = field(default=None, compare=False)


def by_its_name(told: str, before: str, now: str) -> str:
    """What was told of a session, by its present name: where it stands in quotes, or in front of what happened."""
    told = told.replace(tr('"{name}"', name=before), tr('"{name}"', name=now))
    return now + told[len(before) :] if told.startswith(f"{before}:") else told


def between(before: View, after: View) -> Notice | None:
    """What the user should hear of although the window may be hidden; None for most changes."""
    name = messages.name(after) or "SO8T"
    if after.phase != before.phase:
        if after.phase == "finished" and before.phase == "elsewhere" and before.share == 1:
            return None  # it was finished already; a program had it in hand for a moment, to rename it for example
        if after.phase == "finished":
            return Notice(tr("{name}: finished", name=name), messages.results(after) or tr("The report is ready."))
        if after.phase == "failed" and after.problem is not None:
            return Notice(tr("{name}: stopped", name=name), messages.problem(after), "critical")
        if after.phase == "paused" and after.paused_by_itself and before.alive:
            reason = messages.pause_reason(after.reason)
            return Notice(tr("{name}: paused by itself", name=name), tr("Reason: {why}.", why=reason), "warning")
        if after.phase == "waiting":
            return Notice(tr("{name}: waiting", name=name), say(after.waiting), "warning")
    if after.incident is not None and after.incident is not before.incident:
        return Notice(tr("{name}: resumed", name=name), messages.cut_off(after.incident))
    return None
