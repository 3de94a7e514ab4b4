"""Settings in use and the entry at logon: what is said of them anew, and what stays where a mistake happens."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from so8t_gui import autostart
from so8t_gui.autostart import Status
from so8t_gui.preferences import Preferences

Known = list[tuple[Status, str]]


@pytest.fixture
def parent(qapp: QObject) -> Iterator[QObject]:
    yield QObject()


def made(parent: QObject, path: Path) -> tuple[Preferences, Known]:
    preferences, known = Preferences(parent, path), Known()
    preferences.autostart_known.connect(lambda status, said: known.append((status, said)))
    return preferences, known


def test_in_another_language_it_is_said_again_that_they_cannot_be_kept(parent: QObject, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    preferences, _ = made(parent, tmp_path / "file" / "settings.json")
    preferences.put(replace(preferences.now, theme="dark"))
    said, preferences.problem = preferences.problem, "in the language before"
    preferences.say_anew()
    assert preferences.problem == said and "could not be saved" in said


def test_what_needs_no_other_words_is_not_asked_for_and_nothing_is_saved(parent: QObject, tmp_path: Path) -> None:
    preferences, known = made(parent, tmp_path / "settings.json")
    preferences.say_anew()
    preferences.put(replace(preferences.now))
    assert preferences.problem == "" and not preferences.path.exists()
    assert not preferences._background._waiting and not known


def test_in_another_language_the_start_at_logon_is_looked_at_anew_and_not_switched(
    parent: QObject, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preferences, known = made(parent, tmp_path / "settings.json")
    preferences.autostart = Status(True, "in the language before")
    now = Status(True, "It starts at logon.")
    monkeypatch.setattr(autostart, "status", lambda: now)
    preferences.say_anew()
    assert preferences.autostart == Status(True, "")
    qtbot.waitUntil(lambda: bool(known))
    assert known == [(now, "")] and preferences.autostart == now


def test_what_is_known_of_the_start_at_logon_stays_where_a_mistake_keeps_it_from_being_read(
    parent: QObject, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken() -> Status:
        raise ValueError("odd")

    preferences, known = made(parent, tmp_path / "settings.json")
    monkeypatch.setattr(autostart, "disable", lambda: "")
    monkeypatch.setattr(autostart, "status", mistaken)
    on = Status(True, "It starts at logon.", way="xdg")
    for number, kept in enumerate((None, on), 1):
        preferences.autostart = kept
        with qtbot.captureExceptions() as raised:
            preferences.switch_autostart(False)
            qtbot.waitUntil(lambda number=number: len(known) == number)  # type: ignore[misc]
        assert len(raised) == 1
    sentence = "The entry at logon could not be read or changed: odd."
    assert known == [(Status(False, ""), sentence), (on, sentence)]


def test_switched_on_and_off_again_at_once_it_is_off_and_that_is_what_is_told(
    parent: QObject, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both ran at the same time: what the system ended with, and what was shown, was whichever came last."""
    preferences, known = made(parent, tmp_path / "settings.json")
    entry, off = [False], threading.Event()

    def switch(on: bool) -> str:
        if on:
            off.wait(0.2)  # a system that takes its time
        else:
            off.set()
        entry[0] = on
        return ""

    monkeypatch.setattr(autostart, "enable", lambda: switch(True))
    monkeypatch.setattr(autostart, "disable", lambda: switch(False))
    monkeypatch.setattr(autostart, "status", lambda: Status(entry[0], ""))
    preferences.switch_autostart(True)
    preferences.switch_autostart(False)
    qtbot.waitUntil(lambda: bool(known) and not preferences._background._waiting)
    assert known == [(Status(False, ""), "")] and preferences.autostart == Status(False, "")
