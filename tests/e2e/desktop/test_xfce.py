"""The second kind of desktop: a real xfce4-session, whose panel shows icons by StatusNotifierItem."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from e2e.desktop.desk import WIDTH, Desk, lacking, wait
from e2e.desktop.test_at_logon import cut_off
from helpers import program

NAMES = ["xfce4-session", "xfce4-panel", "xfwm4", "gdbus"]
WATCHER = ["--session", "--dest", "org.kde.StatusNotifierWatcher", "--object-path", "/StatusNotifierWatcher"]
ASK = ["--method", "org.freedesktop.DBus.Properties.Get", "org.kde.StatusNotifierWatcher"]


def items(desk: Desk) -> str:
    """What the panel's icon area knows of; empty while there is none."""
    command = ["gdbus", "call", *WATCHER, *ASK, "RegisteredStatusNotifierItems"]
    done = subprocess.run(command, env=desk.environment, capture_output=True, text=True, check=False)
    return done.stdout


@pytest.mark.soak
def test_a_whole_desktop_starts_it_and_one_click_goes_on(tmp_path: Path, untouched: Path) -> None:
    missing = [*lacking(), *(name for name in NAMES if shutil.which(name) is None)]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    desk = Desk(tmp_path / "desk", desktop="xfce4-session")
    command = [sys.executable, "-m", "so8t_gui.autostart", "on"]
    subprocess.run(command, env=desk.environment, check=True, timeout=60)
    desk.settings(on_logon="ask")
    cut_off(desk)
    with desk:
        desk.pid("window")
        icon = wait("its icon in the panel", lambda: place_of_icon(desk))
        assert not desk.windows()
        desk.click(*icon)
        wait("the window", lambda: desk.windows())

        def resumed() -> bool:
            desk.keys("alt+r")
            return bool(desk.processes()["worker"])

        wait("the engine", resumed)
        desk.await_status("finished")
        desk.save_picture(tmp_path / "xfce.png")
        assert program.digests(desk.session) == program.digests(untouched)
        desk.run("--quit")
        wait("the end", lambda: not any(desk.processes().values()))
        desk.start("--hidden")  # the panel is there before it this time: no embedded window, but an item on the bus
        wait("an item on the bus", lambda: "StatusNotifierItem" in items(desk))


def place_of_icon(desk: Desk) -> tuple[int, int] | None:
    """Where in the panel the amber of a paused session is."""
    for x in range(WIDTH - 200, WIDTH):
        if b"\x08\xa0\xe3" in desk.region(x, 0, 1, 26):
            return x + 2, 13
    return None
