"""Widgets that only hold each other are destroyed in the window's thread, whatever another one allocates."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from so8t_gui.desktop.background import Background
from so8t_gui.desktop.collect_in_main_thread import Collector, stay_in_this_thread


class Ring:
    """Holds itself and something of Qt's."""

    def __init__(self) -> None:
        self.me, self.timer = self, QTimer()


def allocate() -> int:
    """Enough for every generation of the collector to be due many times."""
    return len([[number] for number in range(400_000)])


def test_garbage_waits_for_the_windows_thread(qtbot: QtBot) -> None:
    died: list[int] = []
    ring = Ring()
    weakref.finalize(ring, lambda: died.append(threading.get_ident()))
    found: list[int] = []
    background = Background()
    background.run(allocate, found.append)
    del ring  # while the other thread allocates
    qtbot.waitUntil(lambda: bool(found), timeout=60_000)
    gc.collect()

    assert died == [threading.get_ident()]


def test_the_collector_takes_what_python_would_have_taken(qtbot: QtBot) -> None:
    gc.collect()
    ring = Ring()
    gone = weakref.ref(ring)
    gc.disable()
    del ring
    keep = [[number] for number in range(2 * gc.get_threshold()[0])]
    parent = Background()
    collector = Collector(parent)
    collector.collect()

    assert keep and gone() is None and collector._clock.isActive(), "and it goes on to look"


def test_what_is_not_due_is_left_and_of_what_is_due_the_oldest_is_taken(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = list[int]()
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
    monkeypatch.setattr(gc, "collect", taken.append)
    parent = Background()
    collector = Collector(parent)
    for counts in ((700, 10, 10), (701, 10, 10), (0, 11, 0), (701, 11, 11)):
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        collector.collect()
    assert taken == [0, 1, 2]


def test_the_window_has_one_collector_and_python_none(qapp: QApplication) -> None:
    before, on = qapp.findChildren(Collector), gc.isenabled()
    gc.enable()
    try:
        for _ in range(2):
            stay_in_this_thread()
            assert not gc.isenabled() and len(qapp.findChildren(Collector)) == 1
    finally:
        for one in set(qapp.findChildren(Collector)) - set(before):
            shiboken6.delete(one)
        if on:
            gc.enable()
