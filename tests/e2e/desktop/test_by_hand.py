"""The program as a person uses it: real mouse and keys, a real tray, the real engine; and what is done to it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from e2e.desktop.conftest import MakeDesk
from e2e.desktop.desk import Desk, wait
from helpers import program
from so8t_engine.session import incidents

PLOT = (420, 360, 700, 200)  # within the page Run of a window in the middle of the screen


def begin_small(desk: Desk) -> None:
    """A configuration file given to a later start; the page of a new session opens with it; Start."""
    desk.await_first()
    assert desk.run(str(program.SMALL)).returncode == 0
    wait("the page of a new session", lambda: desk.windows())

    def started() -> bool:
        desk.keys("alt+s")
        return desk.status() != ""

    wait("the session", started)


def leave(desk: Desk) -> None:
    """Quit in the menu: everything goes, nothing is started again."""
    desk.tray_menu("q")
    wait("the end of all processes", lambda: not any(desk.processes().values()))


def test_from_the_welcome_page_to_the_end_with_a_pause(desk_of: MakeDesk, untouched: Path) -> None:
    desk = desk_of()
    keeper = desk.start()
    wait("the welcome page", lambda: "SO8T" in desk.windows())
    assert not (desk.config / "settings.json").exists()
    begin_small(desk)
    desk.await_step("train")
    before = desk.region(*PLOT)
    wait("the plot to move", lambda: desk.region(*PLOT) != before)
    desk.tray_menu("p")
    desk.await_status("paused")
    wait("the engine to leave", lambda: not desk.processes()["engine"])
    desk.tray_menu("r")
    desk.await_status("finished")
    assert program.digests(desk.session) == program.digests(untouched)
    assert not incidents.read(desk.session)
    leave(desk)
    assert keeper.wait(100) == 0


@pytest.mark.soak  # test_kills strikes the same processes at random instants in every run of the gate
def test_killed_here_and_there_it_ends_as_if_nothing_had_been(desk_of: MakeDesk, toy_digests: dict[str, str]) -> None:
    """The steps are the toy's, slow enough to be hit; window, engine and worker are real."""
    desk = desk_of(toy=True)
    desk.environment["SO8T_TOY_SECONDS"] = "0.1"
    desk.settings()
    desk.start("--hidden")
    begin_small(desk)
    desk.await_step("train")

    first, address = desk.pid("window"), desk.await_first()
    desk.kill("window")  # the engine saves and leaves, the keeper starts another window, which offers the session
    desk.await_status("paused")
    wait("no engine", lambda: not desk.processes()["engine"] and not desk.processes()["worker"])
    desk.await_first(after=address)
    assert desk.pid("window") != first
    assert desk.run("resume").returncode == 0
    desk.await_status("running")

    worker = desk.pid("worker")
    desk.kill("worker")  # its supervisor takes another
    assert wait("another worker", lambda: [one for one in desk.processes()["worker"] if one.pid != worker])

    desk.await_status("running")
    desk.kill("engine")  # the worker goes with it; the window says so, and resumes with a click
    wait("no worker", lambda: not desk.processes()["worker"])
    desk.await_status("cut", "paused", "failed")
    desk.tray_menu("r")
    desk.await_status("running")

    desk.kill("keeper", "window", "engine")  # as in a power cut
    wait("nobody", lambda: not any(desk.processes().values()))
    desk.start("resume")
    desk.await_status("finished")
    assert program.digests(desk.session) == toy_digests


def test_a_later_start_raises_the_first_window_and_can_end_it(desk_of: MakeDesk) -> None:
    desk = desk_of(toy=True)
    desk.settings()
    keeper = desk.start("--hidden")
    first = desk.pid("window")
    desk.await_first()
    assert desk.windows() == []
    assert desk.run().returncode == 0
    wait("the window", lambda: desk.windows())
    assert [one.pid for one in desk.processes()["window"]] == [first]
    assert desk.run("--quit").returncode == 0
    assert keeper.wait(60) == 0


def test_sigterm_saves_pauses_and_leaves(desk_of: MakeDesk) -> None:
    desk = desk_of(toy=True)
    desk.settings()
    keeper = desk.start()
    begin_small(desk)
    desk.await_step("train")
    os.kill(keeper.pid, signal.SIGTERM)
    desk.await_status("paused")
    wait("the end of all processes", lambda: not any(desk.processes().values()))
    assert not incidents.read(desk.session)


@pytest.mark.parametrize("lacks", ["bus", "settings"])
def test_what_a_desktop_lacks_is_no_obstacle(desk_of: MakeDesk, lacks: str) -> None:
    desk = desk_of(toy=True, bus=lacks != "bus")
    if lacks == "settings":
        desk.environment["SO8T_CONFIG_HOME"] = "/proc/nowhere"
    else:
        desk.settings()
    desk.start(kept=True)
    wait("the window", lambda: desk.windows())


def test_without_a_display_there_is_a_sentence(desk_of: MakeDesk) -> None:
    desk = desk_of(toy=True)
    desk.environment["DISPLAY"] = ":98765"
    done = desk.run()
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1 and "no window can be shown" in done.stderr
