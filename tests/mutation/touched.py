"""Which test runs which lines of our code, in its own process and in those it starts: looked up once, kept as JSON.

`run_tests` is called in a process forked for some test files (prepared_process.py). The processes that a test starts
tell through `so8t_mutation.pth`, which `children_tell` puts into the environment's site-packages for a while: they name
each function of ours when it is first called, as most are killed and could not tell at their end.
"""

from __future__ import annotations

import inspect
import json
import os
import sys
import sysconfig
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]
OURS = (str(PROJECT / "engine" / "so8t_engine"), str(PROJECT / "gui" / "so8t_gui"))
TOLD_IN = "SO8T_MUTATION_TOLD"
PTH = f'import os; os.environ.get("{TOLD_IN}") and exec(open(os.environ["{TOLD_IN}_BY"]).read(), {{}})\n'


@dataclass
class Touched:
    """Of one test: how long it took, whether it passed, and by file the lines it ran (numbers from 1)."""

    seconds: float = 0.0
    passed: bool = True
    lines: dict[str, set[int]] = field(default_factory=dict)


class Tracer:
    """A plugin of pytest. Lines of a module's body do not count: who imports a module first is chance."""

    def __init__(self, told: Path) -> None:
        self.told = told
        self.of_test: dict[str, Touched] = {}
        self._codes: dict[CodeType, set[int]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._codes = {}
        began = time.monotonic()
        threading.settrace(self._call)
        sys.settrace(self._call)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)  # type: ignore[arg-type]
            touched = self.of_test.setdefault(item.nodeid, Touched())
            touched.seconds = time.monotonic() - began
            for code, lines in self._codes.items():
                touched.lines.setdefault(_inside(code.co_filename), set()).update(lines)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.of_test.setdefault(report.nodeid, Touched()).passed = False

    def _call(self, frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        if not code.co_filename.startswith(OURS) or not code.co_flags & inspect.CO_OPTIMIZED:  # no function
            return None
        lines = self._codes.setdefault(code, set())

        def line(frame: FrameType, event: str, argument: object) -> Any:
            lines.add(frame.f_lineno)
            return line

        return line

    def told_by_children(self) -> None:
        for file in self.told.iterdir():
            for row in file.read_text(encoding="utf-8").splitlines():
                test, path, lines = json.loads(row)
                touched = self.of_test.get(test.rpartition(" (")[0])
                if touched is not None:
                    touched.lines.setdefault(_inside(path), set()).update(lines)


def run_tests(files: Sequence[Path], answer: Path, told: Path) -> int:
    """Runs files of tests, writes what they touched; pytest's exit code."""
    told.mkdir(parents=True)
    os.environ[TOLD_IN] = str(told)
    os.environ[f"{TOLD_IN}_BY"] = str(Path(__file__).with_name("child.py"))
    tracer = Tracer(told)
    code = pytest.main(["-q", "-n0", "-p", "no:cacheprovider", "--timeout=120", *map(str, files)], plugins=[tracer])
    tracer.told_by_children()
    rows = {
        test: {"seconds": round(touched.seconds, 3), "passed": touched.passed,
               "lines": {path: sorted(lines) for path, lines in touched.lines.items()}}
        for test, touched in tracer.of_test.items()
    }  # fmt: skip
    answer.write_text(json.dumps(rows), encoding="utf-8")
    return int(code)


@contextmanager
def children_tell() -> Iterator[None]:
    """While this lasts, every Python of this environment tells, if the variable asks it to."""
    pth = Path(sysconfig.get_path("purelib")) / "so8t_mutation.pth"
    pth.write_text(PTH, encoding="utf-8")
    try:
        yield
    finally:
        pth.unlink(missing_ok=True)


def _inside(path: str) -> str:
    return Path(path).relative_to(PROJECT).as_posix()
