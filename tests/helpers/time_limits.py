"""The time a test may take, watched by one thread for all of them: two started for each test, as pytest-timeout and
pytest's faulthandler do, took longer than most tests.

`tests/conftest.py` makes this a plugin; what is done when the time is over stays pytest-timeout's.
"""

from __future__ import annotations

import faulthandler
import functools
import math
import threading
import time
from collections.abc import Callable

import pytest
import pytest_timeout
from _pytest.faulthandler import fault_handler_stderr_fd_key

STACKS_AFTER = 600.0  # s; before `timeout` of pyproject.toml: what pytest-timeout prints, xdist swallows
ARMED_ANEW = 1.0  # s; whatever a test did to the faulthandler's clock, it goes again soon


class Deadline:
    """Does something when the time is over, unless `end` came before; its thread is there from the first one on."""

    def __init__(self) -> None:
        self._lock, self._sooner = threading.Lock(), threading.Event()
        self._due, self._looks_again = math.inf, math.inf
        self._act: Callable[[], None] = lambda: None
        self._thread: threading.Thread | None = None

    def begin(self, seconds: float, act: Callable[[], None]) -> None:
        with self._lock:
            self._due, self._act = time.monotonic() + seconds, act
            sooner = self._due < self._looks_again
        if self._thread is None or not self._thread.is_alive():  # not alive: in a fork
            self._thread = threading.Thread(target=self._watch, name="the time a test may take", daemon=True)
            self._thread.start()
        elif sooner:
            self._sooner.set()

    def end(self) -> None:
        with self._lock:
            self._due = math.inf

    def _watch(self) -> None:
        while True:
            self._sooner.clear()
            with self._lock:
                now = time.monotonic()
                if self._due <= now:
                    self._due = math.inf
                    self._act()  # within the lock: a test that ends just now waits for it
                self._looks_again = self._due
                wait = None if self._due == math.inf else self._due - now
            self._sooner.wait(wait)


_deadline = Deadline()
_armed = -math.inf


@pytest.hookimpl(optionalhook=True)
def pytest_timeout_set_timer(item: pytest.Item, settings: pytest_timeout.Settings) -> bool | None:
    """Instead of pytest-timeout's own thread for each test; its other method it keeps."""
    if settings.method != "thread":
        return None
    _deadline.begin(settings.timeout, functools.partial(pytest_timeout.timeout_timer, item, settings))
    item.cancel_timeout = _deadline.end  # type: ignore[attr-defined]  # called by pytest-timeout
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The stacks of a test that hangs are printed, also where it lets no other thread of Python run."""
    global _armed
    now = time.monotonic()
    if now - _armed >= ARMED_ANEW and item.config.pluginmanager.hasplugin("faulthandler"):
        faulthandler.dump_traceback_later(STACKS_AFTER, file=item.config.stash[fault_handler_stderr_fd_key])
        _armed = now


def pytest_exception_interact() -> None:
    """pytest's own plugin stops the clock here: the next test starts it."""
    global _armed
    _armed = -math.inf


def pytest_sessionfinish() -> None:
    """Who waits for the other processes hangs no more."""
    global _armed
    faulthandler.cancel_dump_traceback_later()
    _armed = -math.inf
