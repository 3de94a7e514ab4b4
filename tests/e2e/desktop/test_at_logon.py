"""The start at logon: by the entry the program wrote itself, with an unfinished session waiting."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time

import pytest

from e2e.desktop.conftest import MakeDesk
from e2e.desktop.desk import WIDTH, Desk, wait
from helpers import program
from so8t_engine.session import incidents
from so8t_gui.startup import unfinished_session

BALLOON = (WIDTH - 210, 70)


def cut_off(desk: Desk) -> None:
    """A session that was killed in its training."""
    with program.engine("run", program.SMALL, "--data-root", str(desk.root), **desk.environment) as engine:
        assert engine.stdout is not None
        for line in engine.stdout:
            event = json.loads(line)
            if event["name"] == "saved" and event["step"] == "train" and event["unit"] > 0:
                break
        os.killpg(engine.pid, 9)
    wait("its end", lambda: desk.status() in ("cut", "paused", "failed"))


def log_on(desk: Desk) -> None:
    """What a desktop does: everything in the user's folder of autostart entries is started."""
    environment = {**desk.environment, "XDG_CONFIG_DIRS": str(desk.folder / "none")}  # not what this machine has
    subprocess.run(["dex", "-a", "-e", "OPENBOX"], env=environment, check=True, timeout=60)


@pytest.fixture
def desk(desk_of: MakeDesk) -> Desk:
    if shutil.which("dex") is None:
        pytest.skip("not installed: dex")
    made = desk_of(toy=True)
    command = ["-m", "so8t_gui.autostart", "on"]
    subprocess.run([sys.executable, *command], env=made.environment, check=True, timeout=60)
    cut_off(made)
    return made


def test_it_asks_and_one_entry_of_the_menu_trains_on_to_the_end(desk: Desk, toy_digests: dict[str, str]) -> None:
    desk.settings(on_logon="ask")
    log_on(desk)
    desk.pid("window")
    before = desk.region(BALLOON[0], BALLOON[1] - 20, 150, 40)

    def clicked() -> bool:
        """As long as the notification is there: on a busy machine it may be seen before it hears a click."""
        if desk.windows():
            return True
        if desk.region(BALLOON[0], BALLOON[1] - 20, 150, 40) != before:
            desk.click(*BALLOON)
        return False

    wait("the window", clicked)
    assert not desk.processes()["worker"]  # a click on a message starts nothing
    desk.tray_menu("r")
    wait("the engine", lambda: desk.processes()["worker"])
    desk.await_status("finished")
    assert program.digests(desk.session) == toy_digests
    assert len(incidents.read(desk.session)) == 1


@pytest.mark.soak
def test_by_the_rule_auto_it_counts_down_and_can_be_stopped(desk: Desk) -> None:
    """Waits for two countdowns of half a minute."""
    desk.settings(on_logon="auto")
    log_on(desk)
    desk.pid("window")
    time.sleep(10)
    desk.tray_menu("d")
    time.sleep(unfinished_session.COUNTDOWN_SECONDS + 5)
    assert not desk.processes()["worker"]
    desk.tray_menu("q")
    wait("the end", lambda: not any(desk.processes().values()))
    log_on(desk)
    wait("the countdown to end", lambda: desk.processes()["worker"])
    desk.await_status("running")
