"""The disk of the session is looked at while a run is on, and warned of once for each time it becomes full."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject

from so8t_gui import low_disk_warning
from so8t_gui.low_disk_warning import LOW_BYTES, LowDiskWarning
from so8t_gui.view.notifications import Notice


def test_it_looks_every_minute_while_a_run_is_on(qapp: QObject) -> None:
    parent = QObject()
    warning = LowDiskWarning(lambda: "", parent)
    for running in (True, False):
        warning.watch(running)
        assert warning._clock.isActive() is running and warning._clock.interval() == 60_000


def test_the_disk_of_the_session_is_warned_of_once_for_each_run(qapp: QObject, monkeypatch: pytest.MonkeyPatch) -> None:
    parent, told, looked, free = QObject(), list[Notice](), list[Path](), [LOW_BYTES - 1]
    session = ["/s/a"]

    def usage(path: Path) -> SimpleNamespace:
        looked.append(path)
        if free[0] < 0:
            raise OSError("gone")
        return SimpleNamespace(free=free[0])

    monkeypatch.setattr(low_disk_warning.shutil, "disk_usage", usage)
    warning = LowDiskWarning(lambda: session[0], parent)
    warning.notice.connect(told.append)
    for _ in range(2):
        warning._clock.timeout.emit()
    text = "3.0 GiB are left on the disk that holds the session."
    assert told == [Notice("The disk is almost full", text, "warning", about="disk")]
    free[0] = -1
    warning.look()
    free[0] = LOW_BYTES - 1
    warning.look()
    assert len(told) == 1, "that it could not be looked at is no room"
    warning.forget()
    session[0] = ""
    warning.look()
    assert len(told) == 2 and looked[0] == Path("/s/a") and looked[-1] == Path()
