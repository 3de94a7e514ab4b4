"""Who hears that the machine sleeps: Linux says it by a call, Windows by messages."""

from __future__ import annotations

import ctypes

import pytest
from pytestqt.qtbot import QtBot

from so8t_gui.desktop.suspend_events import PowerMessages, SuspendEvents

POWER, CLOSE = 0x218, 0x10  # WM_POWERBROADCAST, WM_CLOSE
SUSPEND, RESUME = 0x4, 0x12


@pytest.fixture
def heard(qtbot: QtBot) -> tuple[SuspendEvents, list[str]]:
    events, heard = SuspendEvents(), list[str]()
    events.going.connect(lambda: heard.append("going"))
    events.back.connect(lambda: heard.append("back"))
    return events, heard


@pytest.mark.parametrize(
    ("kind", "number", "what", "expected"),
    [
        (b"windows_generic_MSG", POWER, SUSPEND, ["going"]),
        (b"windows_generic_MSG", POWER, RESUME, ["back"]),
        (b"windows_generic_MSG", POWER, 0xA, []),
        (b"windows_generic_MSG", CLOSE, SUSPEND, []),
        (b"windows_generic_MSG", CLOSE, RESUME, []),
        (b"xcb_generic_event_t", POWER, SUSPEND, []),
    ],
)
def test_of_the_messages_of_windows_those_of_power_are_heard_and_none_is_taken_away(
    heard: tuple[SuspendEvents, list[str]], kind: bytes, number: int, what: int, expected: list[str]
) -> None:
    message = (ctypes.c_size_t * 3)(77, number, what)
    taken = PowerMessages(heard[0]).nativeEventFilter(kind, ctypes.addressof(message))

    assert heard[1] == expected and taken == (False, 0)


def test_logind_says_before_and_after(heard: tuple[SuspendEvents, list[str]]) -> None:
    heard[0].prepare(True)
    heard[0].prepare(False)

    assert heard[1] == ["going", "back"]
