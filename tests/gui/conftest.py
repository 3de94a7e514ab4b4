"""Widgets are tested without a display; a warning of Qt fails a test (qt_log_level_fail in pyproject.toml)."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator

import pytest

from so8t_gui.desktop import background

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def no_thread_outlives_its_test() -> Iterator[None]:
    """The window collects garbage in its own thread only (collect_in_main_thread.py), other tests as Python does."""
    yield
    for thread in threading.enumerate():
        if thread.name == background.NAME:
            thread.join(60)
    gc.enable()
