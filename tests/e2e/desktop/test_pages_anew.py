"""What an X server with a window manager sees while all pages are made anew, in another language."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from e2e.desktop.conftest import MakeDesk
from e2e.desktop.desk import WIDTH, Desk, wait

IN_NAMES = 172  # from the window's left: within the names of the pages, right of the words


@contextmanager
def watched(desk: Desk, log: Path) -> Iterator[None]:
    """Writes down every window that is made or shown on the screen meanwhile."""
    with log.open("wb") as file:
        watch = subprocess.Popen(
            ["stdbuf", "-oL", "xev", "-root", "-event", "substructure"], env=desk.environment, stdout=file
        )
        try:
            wait("xev", lambda: "xev" in Path(f"/proc/{watch.pid}/cmdline").read_text())
            yield
        finally:
            watch.terminate()
            watch.wait(60)


def made(log: Path) -> list[str]:
    """Windows that are none of menus and lists, which the window manager puts into frames."""
    said = log.read_text().split("\n\n")
    return [block for block in said if block.startswith(("CreateNotify", "MapRequest")) and "override NO" in block]


def language(desk: Desk) -> str:
    return str(json.loads((desk.config / "settings.json").read_text())["language"])


def blue_rows(desk: Desk, x: int) -> list[int]:
    """Where the name of the page in front stands: white on blue."""
    column = desk.region(x, 90, 1, 300)
    pixels = [column[place : place + 3] for place in range(0, len(column), 4)]
    return [90 + row for row, (blue, _, red) in enumerate(pixels) if blue > 200 and red < 80]


def name_in_front(desk: Desk, x: int) -> int:
    rows = blue_rows(desk, x)
    return rows[len(rows) // 2] if rows else 0


def test_no_stray_window_comes_the_keys_stay_and_a_click_meanwhile_counts(desk_of: MakeDesk) -> None:
    """Empty windows stood over this one for seconds, it was another afterwards, without the keys, and a click at the
    names of the pages was lost."""
    desk = desk_of(toy=True)
    if shutil.which("xev") is None:
        pytest.skip("not installed: xev")
    desk.settings()
    desk.start(kept=True)
    (window,) = wait("the window", lambda: desk.xdotool("search", "--onlyvisible", "--name", "SO8T").split())
    where = dict(line.split("=") for line in desk.xdotool("getwindowgeometry", "--shell", window).splitlines())
    x = int(where["X"]) + IN_NAMES

    def chosen(page: str) -> int:
        before = name_in_front(desk, x)

        def moved() -> int:
            desk.keys(page)
            return name_in_front(desk, x) if name_in_front(desk, x) not in (0, before) else 0

        return int(wait(page, moved))

    sessions = chosen("ctrl+2")
    settings = chosen("ctrl+4")
    log = desk.folder / "windows"
    with watched(desk, log):
        desk.keys("Tab", "Tab", "alt+Down", "Down", "Return")  # by the list of the box
        wait("Japanese", lambda: language(desk) == "ja")
        desk.keys("Up")  # the box has the keys
        wait("English again", lambda: language(desk) == "en")
        desk.xdotool("mousemove", x, sessions, "key", "Down", "click", 1)  # before any of it can be drawn
        wait("Japanese", lambda: language(desk) == "ja")
        wait("the page Sessions", lambda: abs(name_in_front(desk, x) - sessions) < abs(settings - sessions) // 2)
        menus = log.read_text().count("override YES")
        assert menus, "the list of the box was seen"
        desk.click(WIDTH - 12, 12, 3)
        wait("the tray's menu, which comes after all of them", lambda: log.read_text().count("override YES") > menus)
    assert made(log) == []
    assert desk.xdotool("search", "--onlyvisible", "--name", "SO8T").split() == [window]
