"""Widgets are tested without a display. A warning of Qt fails a test (qt_log_level_fail in pyproject.toml), and so does
an exception in any thread.
"""

from __future__ import annotations

import functools
import gc
import os
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from helpers.loaded_answers import LoadedAnswers
from so8t_gui.desktop import background
from so8t_gui.engine.child import program

LONG = 60_000  # ms

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@functools.cache
def is_here(path: Path) -> bool:
    return path.is_relative_to(Path(__file__).parent)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if is_here(item.path):
            item.add_marker(pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning"))


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sequence[str]]:
    """The engine's command line for what pages ask; loaded once, where processes fork and libraries bear it."""
    if sys.platform != "linux":
        yield program()
        return
    with LoadedAnswers(str(tmp_path_factory.mktemp("engine"))) as loaded:
        yield loaded.command


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """A wait ends as soon as what is waited for is there; pytest-qt gives up after 5 s, which a busy machine needs."""
    for name in ("waitUntil", "waitSignal", "waitSignals"):
        setattr(qtbot, name, functools.partial(getattr(qtbot, name), timeout=LONG))
    return qtbot


@pytest.fixture(autouse=True)
def qt_is_answered_as_it_asks() -> Iterator[None]:
    """PySide warns where a method that Qt calls returns another kind of thing, and goes on with a zero of the right."""
    with warnings.catch_warnings(record=True) as told:
        yield
    for one in told:
        assert not str(one.message).startswith("Invalid return value in function"), one.message
        warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)


@pytest.fixture(autouse=True, scope="module")
def garbage_of_the_window_is_collected_here() -> Iterator[None]:
    """Not by whatever thread comes by: widgets destroyed in another than Qt's own take the process with them later."""
    gc.collect()
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def no_thread_outlives_its_test() -> Iterator[None]:
    """As in the application (collect_in_main_thread.py), garbage waits: see above."""
    yield
    for thread in threading.enumerate():
        if thread.name == background.NAME:
            thread.join(60)
    gc.disable()
