"""Saves in the background: what is saved is the moment of the tick, whatever happens while it is written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from so8t_engine import control, files, history, store
from so8t_engine.config import RunConfig
from so8t_engine.context import Context, Paused
from so8t_engine.control import Control
from so8t_engine.errors import EngineError
from so8t_engine.protocol import Message
from so8t_engine.state import Cursor

CONFIG = RunConfig.model_validate(
    {
        "datasets": [{"name": "a", "path": "a.jsonl", "source": "local"}],
        "model": {"build": {}},
        "checkpoint": {"interval_seconds": 180, "save_total_limit": 2},
    }
)
LONG = 30.0


class Disk:
    """A payload whose content arrives only when it is let through: a disk as slow as the test wants."""

    def __init__(self, data: bytes = b"x") -> None:
        self.data = data
        self.reached, self.open = threading.Event(), threading.Event()

    def __call__(self) -> dict[str, store.Content]:
        return {"state.json": self.chunks}

    def chunks(self) -> Iterator[bytes]:
        self.reached.set()
        assert self.open.wait(LONG), "nobody let the save through"
        yield self.data


class Run:
    """A session, its saves in the background, with a clock that moves when told."""

    def __init__(self, root: Path, background: bool = True) -> None:
        self.session = root / "s"
        if not self.session.exists():
            store.create(root, "s", "", "")
        self.time = 0.0
        self.events: list[Message] = []
        self.heard: Callable[[Message], None] = lambda event: None
        self.control = Control()
        self.context = Context(
            self.session, CONFIG, store.recover(self.session), self.hear, self.control,
            clock=lambda: self.time, now=lambda: "", background=background,
        )  # fmt: skip

    def hear(self, event: Message) -> None:
        self.events.append(event)
        self.heard(event)

    def tick(self, unit: int, seconds: float = 1.0, payload: Callable[[], store.Files] = dict) -> None:
        self.time += seconds
        self.context.point(loss=1 / unit)
        self.context.tick(Cursor("collect", unit), "shard", payload=payload)

    def said(self, name: str) -> list[dict[str, Any]]:
        return [event.data for event in self.events if event.name == name]

    def settled(self) -> None:
        """Until no save is on its way."""
        for thread in saving():
            thread.join(LONG)
            assert not thread.is_alive()


def saving() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "save"]


def losses(session: Path) -> list[tuple[int, float]]:
    return [(entry["number"], entry["loss"]) for entry in history.read(session / history.NAME)]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def refusing(monkeypatch: pytest.MonkeyPatch, error: Exception, times: int = 99) -> list[int]:
    """The next `times` checkpoint files cannot be written; returns what counts the tries."""
    write, tries = files.write, list[int]()

    def refuse(path: Path, data: Any) -> None:
        if threading.current_thread().name == "save":
            tries.append(1)
            if len(tries) <= times:
                raise error
        write(path, data)

    monkeypatch.setattr(files, "write", refuse)
    return tries


def test_the_step_goes_on_while_a_save_is_written_and_hears_of_it_at_a_tick(tmp_path: Path) -> None:
    run, disk = Run(tmp_path), Disk()
    run.tick(1, 200, disk)
    assert disk.reached.wait(LONG)
    run.tick(2)
    run.tick(3)
    assert not run.said("saved") and store.read_state(run.session).checkpoint is None
    disk.open.set()
    run.settled()
    run.tick(4)

    assert [(event["unit"], event["bytes"]) for event in run.said("saved")] == [(1, 1)]
    assert run.context.acknowledged.cursor == Cursor("collect", 1)
    assert run.context.state.cursor == Cursor("collect", 4)


def test_what_is_saved_is_the_moment_of_the_tick_and_not_a_byte_else(tmp_path: Path) -> None:
    """Points, results, totals and work that come while it is written belong to the next save."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    behind, at_once = Run(tmp_path / "a"), Run(tmp_path / "b", background=False)
    for run in (behind, at_once):
        disk = Disk(b"hello")
        if run is at_once:
            disk.open.set()
        run.context.begin({"shard": 9})
        run.context.result("seen", 1)
        run.tick(1, 200, disk)
        run.context.result("seen", 2)
        run.context.begin({"shard": 11})
        run.tick(2)
        disk.open.set()
    behind.settled()

    assert contents(behind.session / "checkpoints") == contents(at_once.session / "checkpoints")
    timed = ("progress.json", "timeline.jsonl")
    kept = [{k: v for k, v in contents(run.session).items() if k not in timed} for run in (behind, at_once)]
    assert kept[0] == kept[1]


def test_points_made_during_a_save_are_neither_lost_nor_doubled(tmp_path: Path) -> None:
    run = Run(tmp_path)
    slow = [Disk() for _ in range(3)]
    unit = 0
    for disk in slow:
        unit += 1
        run.tick(unit, 200, disk)
        assert disk.reached.wait(LONG)
        unit += 1
        run.tick(unit)
        disk.open.set()
    run.context.go_to(Cursor("integrate"))

    assert losses(run.session) == [(number, 1 / number) for number in range(1, 7)]
    assert [event["unit"] for event in run.said("saved")] == [1, 3, 5, 0]
    assert [event["number"] for event in run.said("point")] == list(range(1, 7))
    assert store.recover(run.session).state.points == 6


def test_killed_between_the_moment_and_the_last_byte_it_resumes_from_the_save_before(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.tick(1, 200)
    run.settled()
    run.tick(2)
    disk = Disk()
    run.tick(3, 200, disk)
    assert disk.reached.wait(LONG)
    image = contents(run.session)
    disk.open.set()
    run.settled()
    killed = tmp_path / "killed" / "s"
    for name, data in image.items():
        files.make_folder((killed / name).parent)
        (killed / name).write_bytes(data)
    recovered = store.recover(killed)

    assert recovered.state.cursor == Cursor("collect", 1)
    assert losses(killed) == [(1, 1.0)]


def test_the_next_save_waits_for_the_one_before(tmp_path: Path) -> None:
    """At most one is on its way, so a slow disk costs at most one interval more."""
    run, first = Run(tmp_path), Disk()
    asked = []
    run.tick(1, 200, first)
    assert first.reached.wait(LONG)
    threading.Timer(0.3, first.open.set).start()

    def second() -> store.Files:
        asked.append((len(run.said("saved")), len(saving())))
        return {}

    run.tick(2, 200, second)
    run.settled()
    run.tick(3)

    assert asked == [(1, 0)], "the memory of the first may be used again: it is over before the second is asked for"
    assert [event["unit"] for event in run.said("saved")] == [1, 2]


def test_seconds_at_risk_count_from_the_moment_that_was_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("so8t_engine.context.PROGRESS_SECONDS", 0)
    run, disk = Run(tmp_path), Disk()
    run.tick(1, 200, disk)
    run.tick(2, 50)
    disk.open.set()
    run.settled()
    run.tick(3, 10)
    run.tick(4, 1)

    assert [event["unsaved_seconds"] for event in run.said("progress")] == [200, 250, 260, 61]


def test_a_save_begins_as_much_earlier_as_the_last_one_took(tmp_path: Path) -> None:
    run, disk = Run(tmp_path), Disk()
    run.tick(1, 180, disk)
    assert disk.reached.wait(LONG)
    run.time += 40
    disk.open.set()
    run.settled()
    run.tick(2)
    asked = []
    run.tick(3, 98, lambda: asked.append(3) or {})  # type: ignore[func-returns-value]
    run.tick(4, 1, lambda: asked.append(4) or {})  # type: ignore[func-returns-value]

    assert run.said("saved")[0]["seconds"] == 40 and run.time == 180 + 140
    assert asked == [4]


def test_a_pause_during_a_save_waits_for_it_and_then_saves_what_came_after(tmp_path: Path) -> None:
    run, disk = Run(tmp_path), Disk()
    run.tick(1, 200, disk)
    assert disk.reached.wait(LONG)
    run.control.pause("asked")
    threading.Timer(0.2, disk.open.set).start()
    with pytest.raises(Paused, match="asked"):
        run.tick(2, payload=lambda: {"state.json": b"two"})
    recovered = store.recover(run.session)

    assert [event["unit"] for event in run.said("saved")] == [1, 2] and not saving()
    assert recovered.state.cursor == Cursor("collect", 2) and recovered.folder is not None
    assert (recovered.folder / "state.json").read_bytes() == b"two"
    assert losses(run.session) == [(1, 1.0), (2, 0.5)]


def test_leaving_by_an_error_finishes_the_save_first(tmp_path: Path) -> None:
    run, disk = Run(tmp_path), Disk()
    run.tick(1, 200, disk)
    assert disk.reached.wait(LONG)
    threading.Timer(0.2, disk.open.set).start()
    run.context.set_status("failed", error={"code": "training", "sentence": "x", "action": "y"})
    state = store.read_state(run.session)

    assert (state.cursor, state.status, state.checkpoint) == (Cursor("collect", 1), "failed", "000001")
    assert [event["unit"] for event in run.said("saved")] == [1] and not saving()


def test_fault_39_a_save_that_fails_once_is_skipped_and_the_next_one_holds_its_points(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(tmp_path)
    refusing(monkeypatch, EngineError("disk_permission", "held by a scanner"), times=1)
    run.tick(1, 200)
    run.settled()
    run.tick(2)
    assert "skipped" in run.said("warning")[0]["detail"] and not run.said("saved")
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
    tries = refusing(monkeypatch, EngineError("disk_error", "the disk reported an error"))
    run.tick(3, 200)
    run.settled()
    run.tick(4, 200)
    run.settled()
    with pytest.raises(EngineError, match="reported an error") as stopped:
        run.tick(5)

    assert stopped.value.code == "disk_error" and len(run.said("warning")) == 1
    assert len(tries) == 4, "each save is written anew once"
    monkeypatch.undo()
    assert store.recover(run.session).state.cursor == Cursor("collect", 1)


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
    assert store.recover(run.session).state.cursor == Cursor("collect", 0)


def test_fault_39_an_unexpected_failure_while_leaving_is_told_and_the_status_is_written(tmp_path: Path) -> None:
    run = Run(tmp_path)

    def broken() -> Iterator[bytes]:
        raise ZeroDivisionError("by nought")
        yield b""

    run.tick(1, 200, lambda: {"weights.bin": broken})
    run.context.set_status("paused", reason="asked")

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
    run.tick(4, 100)
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
        files.make_folder((killed / name).parent)
        (killed / name).write_bytes(data)
    assert store.recover(killed).state.cursor == Cursor("collect", 1)


def full_until(free: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    write = files.write

    def refuse(path: Path, data: Any) -> None:
        if not free.is_set():
            raise EngineError("disk_full", "The disk is full.")
        write(path, data)

    monkeypatch.setattr(files, "write", refuse)
    monkeypatch.setattr(control, "SPACE_SECONDS", 0.02)


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
    run.control.pause("asked")
    with pytest.raises(EngineError, match="full"):
        run.tick(2)
    leaving = Run(tmp_path)
    leaving.tick(1, 200)
    with pytest.raises(EngineError, match="full"):
        leaving.context.set_status("failed")
    monkeypatch.undo()

    assert not saving()
    assert store.recover(run.session).state.cursor == Cursor("collect", 0)
