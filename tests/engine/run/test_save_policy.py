"""Saves in the background: what is saved is the moment of the tick, whatever happens while it is written."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.session_with_saves import LONG, Disk, Run, contents, losses, saving
from so8t_engine.errors import EngineError
from so8t_engine.run.checkpoint_writer import Writer
from so8t_engine.run.context import Paused
from so8t_engine.run.control import Control
from so8t_engine.sentences import verbatim
from so8t_engine.session import durable, recovery, store
from so8t_engine.session.place import Place
from so8t_engine.session.state import Cursor


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
    assert recovery.recover(run.session).state.points == 6


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
        durable.make_folder((killed / name).parent)
        (killed / name).write_bytes(data)
    recovered = recovery.recover(killed)

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
    monkeypatch.setattr("so8t_engine.run.context.PROGRESS_SECONDS", 0)
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
    asked = list[int]()
    unit = 2
    while not asked:
        unit += 1
        run.tick(unit, 1, lambda: asked.append(unit) or {})  # type: ignore[func-returns-value] # noqa: B023

    assert run.said("saved")[0]["seconds"] == 40
    assert run.time == 180 + 140 - 1, "a second before, as a unit takes one"


def test_a_pause_during_a_save_waits_for_it_and_then_saves_what_came_after(tmp_path: Path) -> None:
    run, disk = Run(tmp_path), Disk()
    run.tick(1, 200, disk)
    assert disk.reached.wait(LONG)
    run.control.pause(verbatim("asked"))
    threading.Timer(0.2, disk.open.set).start()
    with pytest.raises(Paused) as stopped:
        run.tick(2, payload=lambda: {"state.json": b"two"})
    assert stopped.value.reason == verbatim("asked")
    recovered = recovery.recover(run.session)

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


def failing(code: str) -> Callable[[], store.Files]:
    def chunks() -> Iterator[bytes]:
        raise EngineError(code, verbatim("It did not work."))
        yield b""

    return lambda: {"state.json": chunks}


def test_a_commit_makes_good_what_the_disk_refused_to_the_save_before(tmp_path: Path) -> None:
    """Everything that save held is written now; what anything else ended with is not passed over."""
    run = Run(tmp_path)
    for unit in (1, 2):
        run.tick(unit, 200, failing("disk_error"))
        run.settled()
    run.context.commit()

    assert recovery.recover(run.session).state.cursor == Cursor("collect", 2)
    assert losses(run.session) == [(1, 1.0), (2, 0.5)]
    run.tick(3, 200, failing("training"))
    run.settled()
    with pytest.raises(EngineError, match="It did not work") as refused:
        run.context.commit()
    assert refused.value.code == "training"
    assert recovery.recover(run.session).state.cursor == Cursor("collect", 2)


def test_how_long_the_run_stood_still_for_a_save_is_told(tmp_path: Path) -> None:
    """In the background only while it waited for the save before; in a commit for all of its own writing."""
    run, first = Run(tmp_path), Disk()
    run.tick(1, 200, first)
    assert first.reached.wait(LONG)

    def let_through() -> None:
        run.time += 7
        first.open.set()

    threading.Timer(0.2, let_through).start()
    run.tick(2, 200)
    run.settled()

    def five_seconds() -> Iterator[bytes]:
        run.time += 5
        yield b"x"

    run.context.commit(lambda: {"state.json": five_seconds})

    assert [event["blocked_seconds"] for event in run.said("saved")] == [0, 7, 5]
    assert [event["seconds"] for event in run.said("saved")][2] == 5


def test_what_became_of_a_save_is_said_when_the_run_leaves_and_of_old_ones_that_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(tmp_path)
    run.tick(1, 200, failing("training"))
    run.context.set_status("failed")
    assert [event["code"] for event in run.said("warning")] == ["training"]
    assert "save was given up" in run.said("warning")[0]["sentence"]["text"]

    def held(session: Path, keep: int) -> None:
        raise OSError(errno.EBUSY, "in use")

    monkeypatch.setattr(store, "retain", held)
    run.context.commit()
    assert [event["code"] for event in run.said("warning")][1:] == ["disk_error"] and run.said("saved")
    assert "in use" in run.said("warning")[1]["sentence"]["text"]


def test_a_unit_that_is_to_be_kept_is_on_the_disk_when_its_tick_returns(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.context.tick(Cursor("collect", 1), "shard", payload=lambda: {"state.json": b"x"}, keep=True)

    assert [event["unit"] for event in run.said("saved")] == [1] and not saving()
    assert recovery.recover(run.session).state.cursor == Cursor("collect", 1)


def test_whoever_waits_for_a_save_hears_its_last_trouble_once_more(tmp_path: Path) -> None:
    writer, told = Writer(Place(tmp_path), 2, Control(), lambda: 0.0), list[EngineError]()
    first, last = (EngineError("disk_full", verbatim(text)) for text in ("first", "last"))
    writer._met, writer._told, writer._thread = [first, last], 2, threading.current_thread()
    assert writer.troubles() == []
    threading.Timer(0.25, writer._over.set).start()
    writer.wait(told.append)
    assert told == [last]
