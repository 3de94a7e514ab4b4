"""Which test runs which lines of our code in its own process: looked up once, kept as JSON."""

from __future__ import annotations

import functools
import inspect
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from mutation.changes import PROJECT, SOURCES

OURS = tuple(str(folder) for folder in SOURCES.values())
Rows = dict[str, dict[str, Any]]


def traced(items: Sequence[pytest.Item], failed: set[str], seconds: float) -> Rows:
    """By test: `seconds` it took, `passed`, and `lines` by file (numbers from 1). Bodies of modules do not count.

    What does not fit into `seconds` is left out. `failed` is filled by a plugin while they run.
    """
    rows: Rows = {}
    ends = time.monotonic() + seconds
    for place, item in enumerate(items):
        if time.monotonic() > ends:
            break
        codes: dict[CodeType, set[int]] = {}

        def call(frame: FrameType, event: str, argument: object, codes: dict[CodeType, set[int]] = codes) -> Any:
            code = frame.f_code
            if not code.co_filename.startswith(OURS) or not code.co_flags & inspect.CO_OPTIMIZED:  # no function
                return None
            lines, all_lines = codes.setdefault(code, set()), _lines(code)
            if lines and lines >= all_lines:  # a loop that is called often costs little once all of it is known
                return None

            def line(frame: FrameType, event: str, argument: object) -> Any:
                lines.add(frame.f_lineno)
                if lines >= all_lines:
                    frame.f_trace_lines = False
                return line

            return line

        began = time.monotonic()
        threading.settrace(call)
        sys.settrace(call)
        try:
            following = items[place + 1] if place + 1 < len(items) else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        finally:
            sys.settrace(None)
            threading.settrace(None)  # type: ignore[arg-type]
        lines: dict[str, set[int]] = {}
        for code, seen in codes.items():
            lines.setdefault(Path(code.co_filename).relative_to(PROJECT).as_posix(), set()).update(seen)
        rows[item.nodeid] = {
            "seconds": round(time.monotonic() - began, 3), "passed": item.nodeid not in failed,
            "lines": {path: sorted(seen) for path, seen in lines.items()},
        }  # fmt: skip
    return rows


@functools.cache
def _lines(code: CodeType) -> frozenset[int]:
    return frozenset(line for _, _, line in code.co_lines() if line) - {code.co_firstlineno}


class Failed:
    """A plugin of pytest: the names of all that fail."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.names.add(report.nodeid)
