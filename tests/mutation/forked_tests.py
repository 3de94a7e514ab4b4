"""Tests that are imported and collected once, run in forks of that process: a change costs what its tests cost."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from mutation.changes import PROJECT

TOOK_TOO_LONG, CANNOT = -1, 71


class Failures:
    """A plugin of pytest that remembers the first."""

    def __init__(self) -> None:
        self.first = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.first:
            self.first = f"{report.nodeid} - {str(report.longreprtext).splitlines()[-1:]}"


def run_items(items: Sequence[pytest.Item], failures: Failures) -> str:
    """The first that fails; empty where all pass."""
    for place, item in enumerate(items):
        following = items[place + 1] if place + 1 < len(items) else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if failures.first:
            return failures.first
    return ""


def forked(work: Callable[[], str], output: Path, seconds: float) -> tuple[int, str]:
    """(exit code, what `work` returns) in a child process; its whole group is killed after `seconds`: TOOK_TOO_LONG."""
    answer = output.with_name("answer")
    answer.unlink(missing_ok=True)
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
            answer.write_text(json.dumps(work()), encoding="utf-8")
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
            return TOOK_TOO_LONG, ""
        if ended:
            code = os.waitstatus_to_exitcode(status)
            return code, json.loads(answer.read_text(encoding="utf-8")) if code == 0 and answer.exists() else ""


class Cannot(Exception):
    """The change cannot be put into functions that are imported already."""


def main_anew(arguments: Iterable[str]) -> str:
    """pytest from its start, in a fork that has forgotten our modules; the first failure."""
    failures = Failures()
    code = int(pytest.main(["-xq", "-n0", "-p", "no:cacheprovider", "-s", *arguments], plugins=[failures]))
    if code in (0, int(pytest.ExitCode.NO_TESTS_COLLECTED)):
        return ""
    return failures.first or f"pytest ended with {code}"
