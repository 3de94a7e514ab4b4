"""Which run this window wants to go on, in a file beside the settings while it runs: a crash of the window leaves it.

A run that was paused by hand, has finished or has failed, as its engine says, is not wanted. (No Qt here.)
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path

from so8t_engine.protocol import STEPS
from so8t_engine.session import catalog, wary_read
from so8t_gui import settings_file

NAME = "wanted_run.json"
MOST_TRIES = 3  # in a row without getting further; then a person has to look


@dataclass(frozen=True)
class WantedRun:
    """`path`: the session's folder. `tries`: how often it went on by itself since it was at (`step`, `unit`).

    `opened`: its engine has come so far that what the folder says is of this run, no longer of the one before.
    """

    path: str
    tries: int = 0
    step: int = 0
    unit: int = 0
    opened: bool = True


def goes_on(wanted: WantedRun, entry: catalog.Entry) -> bool:
    """Whether nobody has paused it, and it has neither ended nor failed by what another try would not change.

    `passing` is how an engine leaves it that dies while it replaces its worker. Before it is opened the folder tells of
    the run before: paused by hand perhaps, and then resumed by hand.
    """
    return entry.unfinished and (not wanted.opened or entry.stands_by in ("cut", "by_itself", "passing"))


def next_try(wanted: WantedRun, entry: catalog.Entry) -> WantedRun | None:
    """With one more try. None where the last ones have got it no further, so that another one would not either."""
    here = (STEPS.index(entry.step) if entry.step in STEPS else 0, entry.unit)
    tries = 0 if here > (wanted.step, wanted.unit) else wanted.tries
    return None if tries >= MOST_TRIES else replace(wanted, tries=tries + 1, step=here[0], unit=here[1])


def read(file: Path) -> WantedRun | None:
    body = wary_read.json_object(file)
    path, counts = body.get("path"), [body.get(name, 0) for name in ("tries", "step", "unit")]
    if not isinstance(path, str) or not path or not all(type(count) is int and count >= 0 for count in counts):
        return None
    tries, step, unit = counts
    return WantedRun(path, tries, step, unit, opened=body.get("opened") is not False)


def keep(file: Path, wanted: WantedRun | None) -> None:
    """Durably, or not at all: where it cannot be written, a crash is followed by an offer, as before."""
    try:
        if wanted is None:
            file.unlink(missing_ok=True)
        else:
            settings_file.write(file, asdict(wanted))
    except OSError:
        pass
