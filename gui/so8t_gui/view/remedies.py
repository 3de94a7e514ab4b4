"""What the user can agree to when it has stopped a run, so that it starts again: a button, an option of the engine."""

from __future__ import annotations

from dataclasses import dataclass

from so8t_gui.i18n.translate import tr

ADOPT = "adopt"  # no option: the session is made one of its own, and nothing is started
EVALUATE_AGAIN = "--evaluate-again"  # of `resume`: step 5 once more, from what was trained


@dataclass(frozen=True)
class Remedy:
    """`option` of `run` and `resume`, or several with spaces between; `label` of its button.

    `question`: to be answered first, where it costs work.
    """

    option: str
    label: str
    question: str = ""


def remedies(code: str) -> tuple[Remedy, ...]:
    """By a problem's code, the gentlest first."""
    match code:
        case "code_not_allowed":
            return (Remedy("--allow-code", tr("&Allow this code")),)
        case "source_changed" | "config_changed":
            return (Remedy("--accept-changes", tr("&Go on with the changes")),)
        case "training_config_changed":
            return (Remedy(f"{EVALUATE_AGAIN} --accept-changes", tr("&Go on with the changes")),)
        case "history_damaged":
            return (Remedy("--accept-changes", tr("&Go on without the damaged entries")), _start_over())
        case "session_foreign":
            return (Remedy(ADOPT, tr("A&dopt")),)
        case "results_damaged":
            return (Remedy(EVALUATE_AGAIN, tr("Make &its results again")),)
        case "session_damaged":
            return (_start_over(),)
        case _:
            return ()


def _start_over() -> Remedy:
    question = tr("Begin this session again from its first step? Its checkpoints and results are kept in set-aside.")
    return Remedy("--from-start", tr("Start &over ..."), question)
