"""Runs the first step of a session in a process of its own, which dies of SIGKILL at one row of a workbook's sheet."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers import forks
from helpers.paths import TESTS
from helpers.sessions import Session
from so8t_engine.config.run_config import RunConfig
from so8t_engine.data.files.open_document import OpenDocument
from so8t_engine.data.files.workbook import Workbook

LOADED = ("helpers.killed_in_rows", "so8t_engine.steps.collect")


def run(root: Path, config: RunConfig, sheet: str, row: int) -> int:
    """The exit code. The session is `root`/s; row 0 is none: it ends by itself."""
    (root / "config.json").write_text(config.model_dump_json(), encoding="utf-8")
    return forks.run(LOADED, LOADED[0], root, sheet, row, variables=os.environ | {"PYTHONPATH": str(TESTS)}).returncode


def _die_at(kind: Any, sheet: str, row: int) -> None:
    whole = kind.rows

    def rows(self: Any, of: Any, limit: int) -> Iterator[Any]:
        for one in whole(self, of, limit):
            if (of.name, one.number) == (sheet, row):
                os.kill(os.getpid(), signal.SIGKILL)
            yield one

    kind.rows = rows


def main(root: Path, sheet: str, row: int) -> None:
    for kind in (Workbook, OpenDocument):
        _die_at(kind, sheet, row)
    config = RunConfig.model_validate_json((root / "config.json").read_text(encoding="utf-8"))
    Session(root, config).run("collect")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
