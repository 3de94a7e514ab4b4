"""Which session goes on where none is named: one rule for tray, window, logon, `so8t status` and `so8t resume`.

What was interrupted against anybody's will comes first, what nobody can expect to work comes last. Within a class the
session that worked last wins, by the number of its start (start_counter.py): clocks are set back, names are chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol, TypeVar

from so8t_engine.errors import CODES, EXIT_RETRY

StandsBy = Literal["running", "cut", "by_itself", "by_user", "passing", "own_fault"]

# From the first to the last to go on.
ORDER: tuple[StandsBy, ...] = (
    "running",  # an engine works on it right now: there is nothing to choose
    "cut",  # its engine died: a power cut, a kill, a crash
    "by_itself",  # paused by SO8T or the system (disk, shutdown, window gone), or never begun
    "by_user",  # paused by hand
    "passing",  # ended by trouble that may be gone: network, memory, GPU, a hang
    "own_fault",  # ended by its data, its configuration, its reward: somebody has to mend that first
)
BY_HAND = ("run.pause_by_window", "run.pause_ctrl_c", "run.pause_quit")
OLDER = "plain.verbatim"  # a reason in plain words, of an older version: most pauses are by hand
PASSING = (
    "session_gone",
    "disk_full",
    "disk_read_only",
    "disk_permission",
    "disk_error",
    "dataset_network",
    "environment",
    "device_missing",
    "locked",
)


class Candidate(Protocol):
    """What the rule looks at; catalog.Entry is one."""

    @property
    def session(self) -> str: ...
    @property
    def updated(self) -> str: ...
    @property
    def started(self) -> int: ...
    @property
    def stands_by(self) -> StandsBy: ...


C = TypeVar("C", bound=Candidate)


def stands_by(status: str, reason: str, error: str) -> StandsBy:
    """Why it stands still. `reason`: the code of the sentence it was paused with; `error`: a code of errors.CODES."""
    match status:
        case "running" | "cut":
            return status
        case "paused" if error and not passes(error):
            return "own_fault"  # a reward that raised, for example: it was paused, but not so that it could go on
        case "paused":
            return "by_user" if reason in BY_HAND or (reason == OLDER and not error) else "by_itself"
        case "failed":
            return "passing" if passes(error) else "own_fault"
        case _:
            return "by_itself"


def passes(error: str) -> bool:
    """Whether trouble of this code may be over by the next start although nobody has changed the session."""
    return error in PASSING or CODES.get(error) == EXIT_RETRY


def may_go_on_by_itself(candidate: Candidate) -> bool:
    """Without anybody asking for it now. One that failed by its own data would only fail again at every logon."""
    return candidate.stands_by != "own_fault"


def in_order(candidates: Iterable[C]) -> list[C]:
    """The one that goes on first."""
    return sorted(latest_first(candidates), key=lambda one: ORDER.index(one.stands_by))


def latest_first(candidates: Iterable[C]) -> list[C]:
    """The one that worked last first.

    Sessions of an older version have no number: below those that have, by the time of their last save.
    """
    return sorted(candidates, key=lambda one: (max(0, one.started), one.updated, one.session), reverse=True)
