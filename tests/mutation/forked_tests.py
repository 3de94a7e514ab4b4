"""Tests that are imported and collected once, run in forks of that process: a change costs what its tests cost."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from mutation.changes import PROJECT

TOOK_TOO_LONG, CANNOT = -1, 71
DIARY = "SO8T_MUTATION_DIARY"  # where the diary of a fresh process lies
BEGAN, PASSED, FAILED = "began", "passed", "failed"


class Cannot(Exception):
    """The change cannot be put into functions that are imported already."""


@dataclass(frozen=True)
class Run:
    """What became of a list of tests: those that `passed` before the first that did not.

    `how` says what was wrong, empty where nothing was; `failed` is that test, empty where it is not known which.
    """

    passed: tuple[str, ...] = ()
    failed: str = ""
    how: str = ""

    @property
    def green(self) -> bool:
        return not self.how


class Diary:
    """A plugin of pytest: writes down what begins and how it ends, so that it can be read when the process is gone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.failed: set[str] = set()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._write(BEGAN, nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)
            self._write(FAILED, report.nodeid, str(str(report.longreprtext).splitlines()[-1:]))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._write(FAILED, "", f"collecting {report.nodeid}")

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        if nodeid not in self.failed:
            self._write(PASSED, nodeid)

    def _write(self, *words: str) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write("\t".join(word.replace("\t", " ").replace("\n", " ") for word in words) + "\n")


def read(diary: Path, code: int) -> Run:
    """The run that wrote this diary and ended with this exit code (or `TOOK_TOO_LONG`)."""
    lines = diary.read_text(encoding="utf-8").splitlines() if diary.exists() else []
    passed, running = list[str](), ""
    for line in lines:
        what, test, *text = line.split("\t")
        if what == FAILED:
            return Run(tuple(passed), test, text[0] or "failed")
        running = test if what == BEGAN else ""
        if what == PASSED:
            passed.append(test)
    if code == 0:
        return Run(tuple(passed))
    return Run(tuple(passed), running, "took too long" if code == TOOK_TOO_LONG else f"ended with {code}")


def run_items(items: Sequence[pytest.Item], diary: Diary) -> None:
    """Up to the first that fails."""
    for place, item in enumerate(items):
        following = items[place + 1] if place + 1 < len(items) else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if diary.failed:
            return


def forked(work: Callable[[], None], output: Path, seconds: float) -> int:
    """The exit code of `work` in a child process; its whole group is killed after `seconds`: TOOK_TOO_LONG."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.setsid()
            os.chdir(PROJECT)
            sys.dont_write_bytecode = True  # of a changed file it could be taken for the file's own afterwards
            handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            for descriptor in (1, 2):
                os.dup2(handle, descriptor)
            work()
            code = 0
        except Cannot:
            code = CANNOT
        finally:
            os._exit(code)
    ends = time.monotonic() + seconds
    while True:
        try:
            ended, status = os.waitpid(child, os.WNOHANG)
            late = not ended and time.monotonic() > ends
            if not ended and not late:
                time.sleep(0.02)
        except KeyboardInterrupt:
            os.killpg(child, signal.SIGKILL)
            raise
        if ended or late:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)  # what the tests have left behind, too
        if late:
            os.waitpid(child, 0)
            return TOOK_TOO_LONG
        if ended:
            return os.waitstatus_to_exitcode(status)


def exec_fresh(names: Iterable[str], diary: Path) -> None:
    """pytest in the place of this process, up to the first failure: nothing of Qt or of torch comes from a fork."""
    options = ["-xq", "-n0", "-p", "no:cacheprovider", "-s", "-p", "mutation.fresh_tests"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "tests"), DIARY: str(diary)}
    os.execve(sys.executable, [sys.executable, "-m", "pytest", *options, *names], environment)


def main_anew(arguments: Iterable[str], diary: Diary) -> None:
    """pytest from its start, in a fork that has forgotten our modules, up to the first failure.

    Raises RuntimeError where pytest itself ends badly.
    """
    code = int(pytest.main(["-xq", "-n0", "-p", "no:cacheprovider", "-s", *arguments], plugins=[diary]))
    if code not in (0, int(pytest.ExitCode.TESTS_FAILED), int(pytest.ExitCode.NO_TESTS_COLLECTED)):
        raise RuntimeError(f"pytest ended with {code}")
