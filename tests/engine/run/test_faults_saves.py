"""Saves that cannot be written: one is skipped, two stop the run, a full disk is waited for (faults 18 and 39)."""

from __future__ import annotations

import itertools
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.session_with_saves import LONG, Disk, Run, contents, losses, saving
from so8t_engine.errors import EngineError
from so8t_engine.run import wait_for_space
from so8t_engine.sentences import to_json, verbatim
from so8t_engine.session import durable, recovery, store
from so8t_engine.session.state import Cursor


def refusing(monkeypatch: pytest.MonkeyPatch, error: Exception, times: int = 99) -> list[int]:
    """The next `times` checkpoint files cannot be written; returns what counts the tries."""
    write, tries = durable.write, list[int]()

    def refuse(path: Path, data: Any) -> None:
        if threading.current_thread().name == "save":
            tries.append(1)
            if len(tries) <= times:
                raise error
        write(path, data)

    monkeypatch.setattr(durable, "write", refuse)
    return tries


def test_fault_39_a_save_that_fails_once_is_skipped_and_the_next_one_holds_its_points(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(tmp_path)
    refusing(monkeypatch, EngineError("disk_permission", verbatim("held by a scanner")), times=1)
    run.tick(1, 200)
    run.settled()
    run.tick(2)
    assert "skipped" in run.said("warning")[0]["sentence"]["text"] and not run.said("saved")
    run.tick(3, 200)
    run.settled()
    run.tick(4)

    assert [event["unit"] for event in run.said("saved")] == [3]
    assert losses(run.session) == [(1, 1.0), (2, 0.5), (3, 1 / 3)]


def test_fault_39_two_failures_in_a_row_stop_the_run_and_what_was_saved_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(tmp_path)
    run.tick(1, 200)
    run.settled()
    run.tick(2)
    tries = refusing(monkeypatch, EngineError("disk_error", verbatim("the disk reported an error")))
    run.tick(3, 200)
    run.settled()
    run.tick(4, 200)
    run.settled()
    with pytest.raises(EngineError, match="reported an error") as stopped:
        run.tick(5)

    assert stopped.value.code == "disk_error" and len(run.said("warning")) == 1
    assert len(tries) == 4, "each save is written anew once"
    monkeypatch.undo()
    assert recovery.recover(run.session).state.cursor == Cursor("collect", 1)


def test_fault_39_what_nobody_expected_reaches_the_step_at_the_next_tick(tmp_path: Path) -> None:
    run = Run(tmp_path)

    def broken() -> Iterator[bytes]:
        yield b"half of it"
        raise ZeroDivisionError("by nought")

    run.tick(1, 200, lambda: {"weights.bin": broken})
    run.settled()
    with pytest.raises(ZeroDivisionError, match="by nought"):
        run.tick(2)
    run.tick(3)

    assert not saving() and not list(run.session.rglob("*.part"))
    assert recovery.recover(run.session).state.cursor == Cursor("collect", 0)


def test_fault_39_an_unexpected_failure_while_leaving_is_told_and_the_status_is_written(tmp_path: Path) -> None:
    run = Run(tmp_path)

    def broken() -> Iterator[bytes]:
        raise ZeroDivisionError("by nought")
        yield b""

    run.tick(1, 200, lambda: {"weights.bin": broken})
    run.context.set_status("paused", reason=to_json(verbatim("asked")))

    assert [event["code"] for event in run.said("warning")] == ["unexpected"]
    assert store.read_state(run.session).status == "paused"


def test_fault_39_a_save_that_hangs_holds_training_at_the_next_one_and_a_kill_then_loses_one_interval(
    tmp_path: Path,
) -> None:
    """From outside that is a run without progress: the watchdog replaces the process."""
    run, disk = Run(tmp_path), Disk()
    run.tick(1, 200)
    run.settled()
    run.tick(2)
    run.tick(3, 200, disk)
    assert disk.reached.wait(LONG)
    run.tick(4, 50)
    stuck = threading.Thread(target=run.tick, args=(5, 100))
    stuck.start()
    stuck.join(0.5)
    alive, asleep = stuck.is_alive(), saving()
    image = contents(run.session)
    disk.open.set()
    stuck.join(LONG)
    run.settled()

    assert alive and len(asleep) == 1 and asleep[0].daemon, "it keeps no process from ending"
    killed = tmp_path / "killed" / "s"
    for name, data in image.items():
        durable.make_folder((killed / name).parent)
        (killed / name).write_bytes(data)
    assert recovery.recover(killed).state.cursor == Cursor("collect", 1)


def full_until(free: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    write = durable.write

    def refuse(path: Path, data: Any) -> None:
        if not free.is_set():
            raise EngineError("disk_full", verbatim("The disk is full."))
        write(path, data)

    monkeypatch.setattr(durable, "write", refuse)
    monkeypatch.setattr(wait_for_space, "SPACE_SECONDS", 0.02)


def test_fault_18_39_a_full_disk_is_told_at_once_and_waited_for_at_the_next_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, free = Run(tmp_path), threading.Event()
    full_until(free, monkeypatch)
    run.tick(1, 200)
    while not run.said("warning"):
        run.tick(2)
    assert run.said("warning")[0]["code"] == "disk_full" and not run.said("waiting")
    run.heard = lambda event: free.set() if event.name == "waiting" else None
    run.tick(3, 200)
    run.context.go_to(Cursor("integrate"))

    assert [event["code"] for event in run.said("waiting")][:1] == ["disk_full"]
    assert [event["unit"] for event in run.said("saved")] == [1, 3, 0]
    assert [number for number, _ in losses(run.session)] == list(range(1, run.context.state.points + 1))


def test_fault_18_39_a_pause_and_leaving_end_the_wait_for_space(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(tmp_path)
    full_until(threading.Event(), monkeypatch)
    run.tick(1, 200)
    run.control.pause(verbatim("asked"))
    with pytest.raises(EngineError, match="full"):
        run.tick(2)
    leaving = Run(tmp_path)
    leaving.tick(1, 200)
    with pytest.raises(EngineError, match="full"):
        leaving.context.set_status("failed")
    monkeypatch.undo()

    assert not saving()
    assert recovery.recover(run.session).state.cursor == Cursor("collect", 0)


@pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody rename a folder with a file open in it")
@pytest.mark.parametrize(
    ("left", "when"),
    [("nothing", "append before"), *itertools.product(
        ("nothing", "a copy"), ("append after", "make_folder after", "write before", "write after", "rename after",
                                "retain before"),
    )],
)  # fmt: skip
def test_a_save_in_the_background_writes_nothing_into_another_folder_put_in_the_sessions_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str, left: str
) -> None:
    """Renamed away and replaced while a save is at each of its places: by an empty folder, or by an older copy."""
    run = Run(tmp_path)
    for unit in (1, 2, 3):
        run.tick(unit, 200)
        run.settled()
    run.context.commit()
    shutil.copytree(run.session, tmp_path / "backup")
    (tmp_path / "backup" / "checkpoints" / "000001.dead").mkdir()
    before = contents(tmp_path / "backup") if left == "a copy" else {}
    name, _, place = when.partition(" ")
    module = store if name == "retain" else durable
    real, struck = getattr(module, name), list[int]()

    def replaced() -> None:
        if not struck and threading.current_thread().name == "save":
            struck.append(1)
            run.session.rename(tmp_path / "moved")
            (tmp_path / "backup").rename(run.session) if left == "a copy" else run.session.mkdir()

    def striking(*arguments: Any, **named: Any) -> Any:
        if place == "before":
            replaced()
        result = real(*arguments, **named)
        if place == "after" and (name != "make_folder" or arguments[0].suffix == ".part"):  # not for its parents
            replaced()
        return result

    monkeypatch.setattr(module, name, striking)
    run.tick(4, 200)
    run.settled()
    assert struck
    with pytest.raises(EngineError) as gone:
        run.tick(5)
    run.context._look_on({})

    assert gone.value.code == "session_gone" and contents(run.session) == before
    assert left == "a copy" or list(run.session.iterdir()) == []
    run.session.rename(tmp_path / "another")
    (tmp_path / "moved").rename(run.session)
    assert recovery.recover(run.session).state.cursor.unit in (3, 4)


@pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody rename a folder with a file open in it")
def test_a_save_is_not_noted_in_another_folder_put_in_the_sessions_place_when_all_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(tmp_path)
    run.tick(1)
    run.context.commit()
    shutil.copytree(run.session, tmp_path / "backup")
    before, retain = contents(tmp_path / "backup"), store.retain

    def replaced(*arguments: Any) -> None:
        retain(*arguments)
        run.session.rename(tmp_path / "moved")
        (tmp_path / "backup").rename(run.session)

    run.tick(2)
    monkeypatch.setattr(store, "retain", replaced)
    with pytest.raises(EngineError) as gone:
        run.context.commit()

    assert gone.value.code == "session_gone" and contents(run.session) == before
    run.session.rename(tmp_path / "another")
    (tmp_path / "moved").rename(run.session)
    assert recovery.recover(run.session).state.cursor.unit == 2
