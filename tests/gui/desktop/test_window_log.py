"""The window's own log, in a process of its own: Qt's handler of messages is one for all of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SAYS = """
import logging, sys
from pathlib import Path
from PySide6.QtCore import qDebug, qInfo, qWarning, qCritical
from so8t_gui.desktop import window_log
window_log.keep(Path(sys.argv[1]))
qDebug("too fine"); qInfo("by the way"); qWarning("no such font"); qCritical("no surface")
logging.getLogger("so8t").error("of our own")
"""


def said(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", SAYS, str(folder)], capture_output=True, text=True, check=True)


def lines(text: str) -> list[str]:
    return [line.split(" ", 2)[2] for line in text.splitlines()]


WANTED = ["INFO by the way", "WARNING no such font", "ERROR no surface", "ERROR of our own"]


def test_what_qt_and_our_code_report_stands_in_it_by_how_bad_it_is(tmp_path: Path) -> None:
    assert said(tmp_path / "new" / "folder").stderr == ""
    assert lines((tmp_path / "new" / "folder" / "window.log").read_text(encoding="utf-8")) == WANTED


def test_where_it_cannot_be_written_it_goes_to_standard_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    if sys.platform == "win32":
        pytest.skip("other errors")
    assert lines(said(tmp_path / "file").stderr) == WANTED
