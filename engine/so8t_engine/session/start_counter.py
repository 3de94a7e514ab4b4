"""Numbers every start of a session in a data folder, so that which one worked last depends on no clock and no name.

`starts.json` beside the sessions holds the last number. The number lies in the session too (`PipelineState.started`),
and the next one is above both: a counter that was lost or damaged, and a session that was brought from elsewhere, do
not put them out of order.
"""

from __future__ import annotations

import json
from pathlib import Path

from so8t_engine.errors import EngineError
from so8t_engine.session import durable, lock, wary_read
from so8t_engine.session.verification import STATE

NAME = "starts.json"
LARGEST = 2**53  # what any reader of JSON can hold; a number above it is damage
WAIT_SECONDS = 10.0  # for others who take a number at this instant


def next_number(root: Path) -> int:
    """A number that nobody had, and that no later start gets.

    Never raises: where the counter cannot be locked or written, the number still is above those of all sessions.
    """
    try:
        durable.make_folder(root)
    except (EngineError, OSError):
        pass  # whoever makes the session there says what is wrong
    with lock.briefly(root, WAIT_SECONDS):
        number = 1 + max(_number(root / NAME, "last"), _highest(root))
        try:
            durable.replace(root / NAME, (json.dumps({"last": number}) + "\n").encode())
        except (EngineError, OSError):
            pass
    return number


def _highest(root: Path) -> int:
    try:
        folders = [path for path in root.iterdir() if "." not in path.name]
    except OSError:
        return 0
    return max((_number(folder / STATE, "started") for folder in folders), default=0)


def _number(path: Path, key: str) -> int:
    """0 where it is not there, or is none."""
    try:
        value = wary_read.json_object(path)[key]
    except KeyError:
        return 0
    return value if type(value) is int and 0 < value < LARGEST else 0
