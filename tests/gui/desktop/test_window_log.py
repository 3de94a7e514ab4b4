"""Mistakes of the window: in its log with the traceback, told in one sentence."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler

from so8t_gui.desktop import window_log


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    hook, root = sys.excepthook, logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    sys.excepthook = hook
    root.setLevel(level)
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    qInstallMessageHandler(None)


def test_an_unexpected_error_is_logged_and_told(tmp_path: Path) -> None:
    said: list[str] = []
    window_log.keep(tmp_path / "deep")
    window_log.catch(said.append, tmp_path / "deep")
    try:
        raise ValueError("no such thing")
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    log = (tmp_path / "deep" / window_log.NAME).read_text()
    assert "Traceback" in log and "no such thing" in log
    assert len(said) == 1 and "ValueError: no such thing" in said[0] and "Traceback" not in said[0]


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    window_log.keep(tmp_path / "file" / "deep")
