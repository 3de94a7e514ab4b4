"""Which test runs which lines of our code in its own process: looked up once, kept as JSON."""

from __future__ import annotations

import functools
import inspect
import sys
import threading
import time
from collections.abc import Generator, Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from mutation.changes import PROJECT, SOURCES

OURS = tuple(str(folder) for folder in SOURCES.values())
PACKAGES = ("so8t_engine", "so8t_gui")
Rows = dict[str, dict[str, Any]]
Found = dict[str, set[int]]


class _Lines:
    """A trace function that collects the lines of our functions, for one test or one fixture at a time."""

    def __init__(self) -> None:
        self._codes: dict[int, tuple[CodeType, set[int]]] = {}  # by identity: equal ones may stand in two files

    def call(self, frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        if not code.co_filename.startswith(OURS) or not code.co_flags & inspect.CO_OPTIMIZED:  # no function
            return None
        lines, all_lines = self._codes.setdefault(id(code), (code, set()))[1], _lines(code)
        if lines and lines >= all_lines:  # a loop that is called often costs little once all of it is known
            return None

        def line(frame: FrameType, event: str, argument: object) -> Any:
            lines.add(frame.f_lineno)
            if lines >= all_lines:
                frame.f_trace_lines = False
            return line

        return line

    def by_file(self) -> Found:
        found: Found = {}
        for code, seen in self._codes.values():
            found.setdefault(Path(code.co_filename).relative_to(PROJECT).as_posix(), set()).update(seen)
        return found


class SharedFixtures:
    """A plugin of pytest: what fixtures of more than one test run is run for each of these tests, not for the first."""

    def __init__(self) -> None:
        self._lines: dict[int, Found] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
        outer = sys.gettrace()
        if fixturedef.scope == "function" or outer is None:
            return (yield)
        own = _Lines()
        _trace(own.call)
        try:
            return (yield)
        finally:
            _trace(outer)
            self._lines[id(fixturedef)] = own.by_file()

    def of(self, item: pytest.Item) -> list[Found]:
        """What the shared fixtures of this test have run."""
        info = getattr(item, "_fixtureinfo", None)
        used = (
            [definition for definitions in info.name2fixturedefs.values() for definition in definitions] if info else []
        )
        return [self._lines[id(definition)] for definition in used if id(definition) in self._lines]


def traced(items: Sequence[pytest.Item], failed: set[str], fixtures: SharedFixtures, seconds: float) -> Rows:
    """By test: `seconds` it took, `passed`, and `lines` by file (numbers from 1). Bodies of modules do not count.

    What does not fit into `seconds` is left out. `failed` is filled by a plugin while they run, `fixtures` is one. What
    the code keeps (`functools.cache`) is forgotten before each test, or only the first would seem to run it.
    """
    rows: Rows = {}
    ends = time.monotonic() + seconds
    for place, item in enumerate(items):
        if time.monotonic() > ends:
            break
        for kept in caches():
            kept.cache_clear()
        lines, began = _Lines(), time.monotonic()
        _trace(lines.call)
        try:
            following = items[place + 1] if place + 1 < len(items) else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        finally:
            _trace(None)
        taken, found = time.monotonic() - began, lines.by_file()
        for shared in fixtures.of(item):
            for path, seen in shared.items():
                found.setdefault(path, set()).update(seen)
        rows[item.nodeid] = {
            "seconds": round(taken, 3), "passed": item.nodeid not in failed,
            "lines": {path: sorted(seen) for path, seen in found.items()},
        }  # fmt: skip
    return rows


def _trace(function: Any) -> None:
    threading.settrace(function)
    sys.settrace(function)


def caches() -> list[Any]:
    """What `functools.cache` has made of functions in our modules."""
    modules = [module for name, module in list(sys.modules.items()) if name.startswith(PACKAGES)]
    members = [value for module in modules for value in vars(module).values()]
    members += [value for member in members if isinstance(member, type) for value in vars(member).values()]
    return [value for value in members if isinstance(value, functools._lru_cache_wrapper)]


@functools.cache
def _lines(code: CodeType) -> frozenset[int]:
    return frozenset(line for _, _, line in code.co_lines() if line) - {code.co_firstlineno}
