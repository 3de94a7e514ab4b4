"""Notifications over a real bus: what the desktop's service gets, what its buttons do, and what happens without one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from helpers import session_bus
from helpers.hostile_session import EVIL, harm
from helpers.notification_daemon import NotificationDaemon
from so8t_gui.desktop import notification_bus
from so8t_gui.desktop.notifications import Notifications
from so8t_gui.desktop.tray import Tray
from so8t_gui.view.notifications import Notice

pytestmark = [
    pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="they have no session bus"),
    pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True),
]
OFFER = Notice("An unfinished session", '"demo" (62 %)\ncan go on.', resume="20260101-000000-demo", hint="In the menu.")


class Desktop:
    """A tray whose icon lies at `place`; what was wanted, and which balloons were shown."""

    def __init__(self, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, platform: str = "linux") -> None:
        self.wanted: list[tuple[str, ...]] = []
        self.balloons: list[tuple[str, str]] = []
        self.place = QRect()
        monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _, *said: self.balloons.append((said[0], said[1])))
        monkeypatch.setattr(QSystemTrayIcon, "geometry", lambda _: self.place)
        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
        self.tray = Tray()
        self.notifications = Notifications(self.tray, platform=platform)
        self.notifications.open_wanted.connect(lambda: self.wanted.append(("open",)))
        self.notifications.resume_wanted.connect(lambda session: self.wanted.append(("resume", session)))
        self.notifications.declined.connect(lambda: self.wanted.append(("declined",)))
        self.notifications.unseen.connect(lambda notice: self.wanted.append(("unseen", notice.title)))


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("needs dbus-daemon")
    command = session_bus.command(tmp_path_factory.mktemp("bus"))
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert daemon.stdout is not None
    yield daemon.stdout.readline().decode().strip()
    daemon.kill()
    daemon.wait()


@pytest.fixture
def desktop(qapp: QApplication, bus: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
    made = Desktop(qapp, monkeypatch)
    yield made
    if made.notifications._bus is not None:
        made.notifications._bus._lost()


def shown(desktop: Desktop, qtbot: QtBot, daemon: NotificationDaemon, notice: Notice) -> Any:
    before = len(daemon.calls)
    desktop.notifications.show(notice)
    qtbot.waitUntil(lambda: len(daemon.calls) == before + 1, timeout=20_000)
    numbers = desktop.notifications._bus
    assert numbers is not None
    qtbot.waitUntil(lambda: not numbers._waiting, timeout=20_000)
    return daemon.calls[-1]


def test_an_offer_has_buttons_and_only_resume_resumes(desktop: Desktop, qtbot: QtBot, bus: str) -> None:
    with NotificationDaemon(bus) as daemon:
        for key, wanted in (
            ("resume", [("resume", OFFER.resume), ("open",)]),
            ("not-now", [("declined",)]),
            ("default", [("open",)]),
        ):
            call = shown(desktop, qtbot, daemon, OFFER)
            assert call.buttons == {"default": "Open", "resume": "Resume", "not-now": "Not now"}
            assert (call.title, call.body) == (OFFER.title, OFFER.text)
            daemon.press(call.number, key)
            qtbot.waitUntil(lambda wanted=wanted: desktop.wanted == wanted, timeout=20_000)
            daemon.press(call.number, key)  # a second time is none
            desktop.wanted.clear()
        call = shown(desktop, qtbot, daemon, Notice("SO8T", "It is done.", "critical"))
        assert (call.buttons, call.urgency) == ({"default": "Open"}, 2)
        daemon.press(call.number, "resume")
        qtbot.waitUntil(lambda: desktop.wanted == [("open",)], timeout=20_000)
    assert desktop.balloons == []


def test_of_one_thing_the_newest_is_shown_alone_and_taken_away_when_it_is_no_longer_true(
    desktop: Desktop, qtbot: QtBot, bus: str
) -> None:
    """A red message that a run has stopped stood there for hours after the run had gone on by itself."""
    with NotificationDaemon(bus) as daemon:
        stopped = shown(desktop, qtbot, daemon, Notice("demo: stopped", "It was killed.", "critical"))
        disk = shown(desktop, qtbot, daemon, Notice("The disk is almost full", "1 GiB", "warning", about="disk"))
        assert (stopped.replaces, disk.replaces) == (0, 0) and stopped.number != disk.number
        counting = shown(desktop, qtbot, daemon, OFFER)
        assert counting.replaces == stopped.number
        daemon.press(counting.number, "resume")
        qtbot.waitUntil(lambda: desktop.wanted == [("resume", OFFER.resume), ("open",)], timeout=20_000)

        desktop.notifications.withdraw("run")
        desktop.notifications.withdraw("run")
        qtbot.waitUntil(lambda: daemon.withdrawn == [stopped.number], timeout=20_000)
        bus_side = desktop.notifications._bus
        assert bus_side is not None
        for again in (True, False):  # the user closes it
            daemon.press(disk.number, "gone", member="NotificationClosed")
            qtbot.waitUntil(lambda disk=disk: disk.number not in [key[1] for key in bus_side._shown], timeout=20_000)
            if again:
                disk = shown(desktop, qtbot, daemon, Notice("The disk is almost full", "1 GiB", about="disk"))
                assert disk.replaces == 0
        desktop.notifications.withdraw("disk")
        assert shown(desktop, qtbot, daemon, Notice("The disk is almost full", "0 GiB", about="disk")).replaces == 0
        assert daemon.withdrawn == [stopped.number]
    with NotificationDaemon(bus) as another:
        for notice in (OFFER, Notice("The disk is almost full", "0 GiB", about="disk")):
            assert shown(desktop, qtbot, another, notice).replaces == 0, "another service has other numbers"


def test_markup_is_escaped_where_the_service_reads_it_and_nowhere_else(
    desktop: Desktop, qtbot: QtBot, bus: str
) -> None:
    notice = Notice(f"title {EVIL}", f"R&D {EVIL}", hint="Do it in the menu.", resume="x")
    with NotificationDaemon(bus) as daemon:
        body = shown(desktop, qtbot, daemon, notice).body
        assert body.startswith("R&amp;D &lt;img src=") and "<" not in body and "menu" not in body and not harm(body)
    with NotificationDaemon(bus, able=("body",)) as daemon:
        call = shown(desktop, qtbot, daemon, notice)
        assert call.body.startswith("R&D <img src=") and call.body.endswith("\nDo it in the menu.")
        assert call.buttons == {} and len(call.title) <= 100 and not harm(call.title + call.body)


def test_nobody_but_the_service_presses_its_buttons(desktop: Desktop, qtbot: QtBot, bus: str) -> None:
    with NotificationDaemon(bus) as daemon, NotificationDaemon(bus, name="org.example.Other") as other:
        call = shown(desktop, qtbot, daemon, OFFER)
        other.press(call.number, "resume")
        daemon.press(call.number + 7, "resume")
        daemon.press(call.number, "", member="NotificationClosed")
        daemon.press(call.number, "resume")  # closed: it is no more
        shown(desktop, qtbot, daemon, Notice("a", "b"))  # by then all of them have come
    assert desktop.wanted == []


@pytest.mark.parametrize("trouble", ["no bus", "no service", "refused", "silent"])
def test_a_desktop_that_shows_none_gets_the_balloon(
    desktop: Desktop, qtbot: QtBot, bus: str, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    def balloon() -> None:
        desktop.notifications.show(OFFER)
        qtbot.waitUntil(lambda: bool(desktop.balloons), timeout=20_000)

    match trouble:
        case "no bus":
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
            balloon()
        case "no service":
            balloon()
        case "refused":
            monkeypatch.setattr(notification_bus, "PATIENCE_MS", 60_000)  # an error is not waited for
            with NotificationDaemon(bus, broken=True):
                balloon()
        case _:
            monkeypatch.setattr(notification_bus, "PATIENCE_MS", 300)
            silent = NotificationDaemon(bus)  # has the name and never answers
            balloon()
            silent._connection.close()
    assert desktop.balloons == [(OFFER.title, f"{OFFER.text}\n{OFFER.hint}")]


def test_a_bus_that_comes_back_is_used_again(
    desktop: Desktop, qtbot: QtBot, bus: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with NotificationDaemon(bus) as daemon:
        shown(desktop, qtbot, daemon, OFFER)
        connection = desktop.notifications._bus._connection  # type: ignore[union-attr]
        assert connection is not None
        connection.sock.shutdown(2)
        qtbot.waitUntil(lambda: desktop.notifications._bus._connection is None, timeout=20_000)  # type: ignore[union-attr]
        assert connection.sock.fileno() == -1
        shown(desktop, qtbot, daemon, OFFER)


def test_without_any_way_the_window_is_told(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    desktop.notifications.show(OFFER)

    assert desktop.wanted == [("unseen", OFFER.title)] and desktop.balloons == []


def test_a_press_on_the_icon_is_no_click_on_the_balloon(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trays of the old kind: Qt says `messageClicked` for any button on the icon while its balloon is seen."""
    desktop = Desktop(qapp, monkeypatch, "win32")
    desktop.notifications.show(OFFER)
    desktop.place = QRect(100, 100, 24, 24)
    pointer: list[QPoint] = [QPoint(110, 110)]
    monkeypatch.setattr(QCursor, "pos", lambda: pointer[0])
    desktop.tray._icon.messageClicked.emit()
    assert desktop.wanted == []
    pointer[0] = QPoint(300, 200)
    desktop.tray._icon.messageClicked.emit()
    assert desktop.wanted == [("open",)] and len(desktop.balloons) == 1


def test_macos_gets_the_text_as_an_argument_and_never_as_a_script(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Any, qtbot: QtBot
) -> None:
    said = tmp_path / "said"
    script = tmp_path / "osascript"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n--\\n" "$@" > {said}.part && mv {said}.part {said}\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    desktop = Desktop(qapp, monkeypatch, "darwin")
    desktop.notifications.show(Notice('a" & (do shell script "x") & "', "text\nof two lines"))
    exists: Callable[[], bool] = said.exists
    qtbot.waitUntil(exists, timeout=20_000)
    words = said.read_text().split("\n--\n")

    assert words[0] == "-e" and "argv" in words[1] and "shell" not in words[1]
    assert words[2:4] == ['a" & (do shell script "x") & "', "text\nof two lines"] and desktop.balloons == []

    script.write_text("#!/no/such/program\n")  # there, but it does not start
    desktop.notifications.show(Notice("does not start", "text"))
    script.unlink()
    desktop.notifications.show(Notice("is not there", "text"))
    assert [title for title, _ in desktop.balloons] == ["does not start", "is not there"]
