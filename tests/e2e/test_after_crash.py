"""Real processes, killed: the keeper, its window, the engine, its worker. The run that was wanted goes on by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from helpers.paths import TESTS, TOY
from helpers.program import ONE_THREAD
from so8t_engine.session import catalog, store
from so8t_engine.session.catalog import Entry
from so8t_gui.startup import wanted_run

NAME = "20260101-000000-toy"
PATIENCE = 90.0

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills by signals")


def wait(wanted: Callable[[], Any]) -> Any:
    ends = time.monotonic() + PATIENCE
    while not (found := wanted()):
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.05)
    return found


@dataclass
class Desk:
    keeper: psutil.Process
    root: Path
    config: Path

    @property
    def entry(self) -> Entry:
        return catalog.entry(self.root / NAME)

    def process(self, module: str) -> psutil.Process | None:
        """The keeper's descendant that runs this module."""
        try:
            found = self.keeper.children(recursive=True)
        except psutil.NoSuchProcess:
            return None
        for process in found:
            try:
                if module in process.cmdline():
                    return process
            except psutil.Error:
                continue
        return None

    def at_work(self) -> psutil.Process | None:
        """The worker, once it has done something that was saved."""
        entry = self.entry
        return self.process("so8t_engine.process.worker") if entry.status == "running" and entry.unit else None


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    root, config = tmp_path / "sessions", tmp_path / "config"
    store.create(root, NAME, TOY.read_text(encoding="utf-8"), "2026-01-01T00:00:00Z")
    config.mkdir()
    settings = {"on_logon": "off", "welcomed": True, "data_root": str(root), "language": "en"}
    (config / "settings.json").write_text(json.dumps(settings))
    paths = [str(TESTS / "e2e" / "after_crash"), os.environ.get("PYTHONPATH", "")]
    environment = {
        **os.environ, **ONE_THREAD, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(paths), "SO8T_CONFIG_HOME": str(config),
        "XDG_CONFIG_HOME": str(tmp_path / "xdg"), "DBUS_SESSION_BUS_ADDRESS": "",
    }  # fmt: skip
    command = [sys.executable, "-m", "so8t_gui.launcher", "--hidden", "resume", NAME]
    keeper = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    desk = Desk(psutil.Process(keeper.pid), root, config)
    wait(desk.at_work)
    yield desk
    left = desk.keeper.children(recursive=True) if keeper.poll() is None else []
    for process in [desk.keeper, *left]:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            pass
    keeper.wait()


@pytest.mark.parametrize(
    "killed",
    [
        pytest.param(("so8t_gui",), id="window", marks=pytest.mark.soak),
        pytest.param(("so8t_engine",), id="engine"),
        pytest.param(("so8t_gui", "so8t_engine"), id="both"),
    ],
)
def test_a_run_whose_window_or_engine_is_killed_goes_on_by_itself(desk: Desk, killed: tuple[str, ...]) -> None:
    before, victims = desk.entry, [desk.process(module) for module in killed]
    for victim in victims:
        assert victim is not None
        victim.kill()
    wait(lambda: desk.entry.started > before.started)
    wait(desk.at_work)

    assert all(victim is not None and not victim.is_running() for victim in victims)
    assert (desk.entry.share, desk.entry.step_number) >= (before.share, before.step_number)
    assert wanted_run.read(desk.config / wanted_run.NAME) is not None


@pytest.mark.parametrize("killed", ["so8t_engine", "so8t_gui"])
def test_a_run_that_is_killed_while_its_worker_is_replaced_goes_on_by_itself(desk: Desk, killed: str) -> None:
    """Its state then says `failed`, by trouble that may pass: what the engine would have tried again itself."""
    before, worker = desk.entry, desk.process("so8t_engine.process.worker")
    wait(lambda: wanted_run.read(desk.config / wanted_run.NAME))
    assert worker is not None
    worker.kill()
    wait(lambda: store.read_state(desk.root / NAME).status == "failed")
    victim = desk.process(killed)
    assert victim is not None
    victim.kill()
    wait(lambda: desk.entry.started > before.started and desk.process("so8t_engine") is not None)
    wait(desk.at_work)

    assert not victim.is_running()
    assert (desk.entry.share, desk.entry.step_number) >= (before.share, before.step_number)


def test_a_run_that_was_paused_by_hand_is_not_wanted(desk: Desk) -> None:
    before, window = desk.entry.started, desk.process("so8t_gui")
    wait(lambda: wanted_run.read(desk.config / wanted_run.NAME))
    worker = desk.process("so8t_engine.process.worker")
    assert window is not None and worker is not None
    worker.terminate()  # as `so8t` is told to pause, from outside
    wait(lambda: desk.entry.status == "paused")
    wait(lambda: not (desk.config / wanted_run.NAME).exists())
    window.kill()
    wait(lambda: (again := desk.process("so8t_gui")) is not None and again.pid != window.pid)
    time.sleep(3)

    assert desk.entry.status == "paused" and desk.entry.started == before
