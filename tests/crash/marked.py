"""Runs `so8t ARGUMENTS` (or this folder's workload) with every function of durable.py leaving marks in a trace.

A mark is a look at a path that does not exist; watch.py finds it among the system calls.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from so8t_engine.session import durable

ENTER, LEAVE = "/so8t-mark/enter", "/so8t-mark/leave"
FUNCTIONS = (
    *("make_folder", "write", "replace", "append", "unshare", "publish", "rename", "discard", "sweep"),
    *("own_part", "knows_links"),
)


def marked(action: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(action)
    def between_marks(*arguments: Any, **named: Any) -> Any:
        os.access(ENTER, os.F_OK)
        try:
            return action(*arguments, **named)
        finally:
            os.access(LEAVE, os.F_OK)

    return between_marks


def main(argv: list[str]) -> int:
    for name in FUNCTIONS:
        setattr(durable, name, marked(getattr(durable, name)))
    if argv[0] == "workload":
        from crash import workload

        workload.run(Path(argv[1]), 3)
        if argv[2:] == ["and cheat"]:
            (Path(argv[1]) / workload.SESSION / "notes.txt").write_text("past durable.py")
        return 0
    from so8t_engine import cli

    os.environ["SO8T_SUPERVISED"] = "0"  # the work is done here, where the marks are left
    return cli.main(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
