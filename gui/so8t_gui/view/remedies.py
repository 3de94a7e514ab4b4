"""What the user can agree to when it has stopped a run, so that it may start again: one button, one engine option."""

from __future__ import annotations

from so8t_gui.i18n.translate import tr


def remedy(code: str) -> tuple[str, str]:
    """(option of `run` and `resume`, label of the button) by a problem's code; both empty where there is none."""
    match code:
        case "code_not_allowed":
            return "--allow-code", tr("&Allow this code")
        case "source_changed":
            return "--accept-changes", tr("&Go on with the changes")
        case _:
            return "", ""
