"""What the title of the window says: what is shown, and what runs where that is something else."""

from __future__ import annotations

from so8t_gui.i18n.translate import tr
from so8t_gui.view import messages
from so8t_gui.view.state import View


def window_title(run: View, aside: View | None = None, compared: int = 0) -> str:
    """`run`: of this window; `aside`: a session that is shown in its place; `compared`: how many are beside each other.
    Empty where there is none."""
    running = messages.name(run) or (tr("New session") if run.alive else "")
    if not compared and aside is None:
        return running
    shown = tr("{n} sessions compared", n=compared) if compared else messages.name(aside or run)
    return tr('{shown} ("{name}" is running)', shown=shown, name=running) if run.alive else shown
