"""A step says where it could restart; the context saves when it is due, and not otherwise."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EngineError
from so8t_engine.protocol import Message
from so8t_engine.run import context, hang_timeout, wait_for_space
from so8t_engine.run.context import Context, Paused
from so8t_engine.run.control import Control
from so8t_engine.sentences import sentence, verbatim
from so8t_engine.session import durable, history, live_progress, manifest, recovery, store
from so8t_engine.session.state import Cursor

CONFIG = RunConfig.model_validate(
    {
        "datasets": [{"name": "a", "path": "a.jsonl", "source": "local"}],
        "model": {"build": {}},
        "checkpoint": {"interval_seconds": 180, "save_total_limit": 2},
    }
)


class Run:
    """A session with a clock that moves when told; its saves are written at once (test_saves.py has the others)."""

    def __init__(self, tmp_path: Path, accept_changes: bool = False) -> None:
        self.session = tmp_path / "s"
        if not self.session.exists():
            store.create(tmp_path, "s", "", "")
        self.time = 0.0
        self.events: list[Message] = []
        self.control = Control()
        self.context = Context(
            self.session, CONFIG, recovery.recover(self.session), self.events.append, self.control,
            clock=lambda: self.time, now=lambda: "", accept_changes=accept_changes, background=False,
        )  # fmt: skip

    def tick(self, unit: int, seconds: float = 1.0, payload: Callable[[], dict[str, bytes]] = dict) -> None:
        self.time += seconds
        self.context.tick(Cursor("collect", unit), "shard", payload=payload)

    def said(self, name: str) -> list[dict[str, object]]:
        return [event.data for event in self.events if event.name == name]


@pytest.mark.parametrize(("unit", "at"), [(1, 179), (4, 176), (50, 150), (70, 140), (89, 178), (100, 100), (300, 300)])
def test_a_commit_comes_before_the_unit_with_which_three_minutes_would_be_over(
    tmp_path: Path, unit: float, at: float
) -> None:
    """A power cut costs at most them: one more unit was lost, and an update may take a minute."""
    run = Run(tmp_path)
    number = 0
    while not run.said("saved"):
        number += 1
        run.tick(number, unit)

    assert number * unit == at and run.said("saved")[0]["unit"] == number
    assert store.read_state(run.session).cursor == Cursor("collect", number)
    first = run.time
    while len(run.said("saved")) < 2:
        number += 1
        run.tick(number, unit)
    assert run.time - first == at


def test_where_no_new_file_can_be_written_the_progress_file_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise EngineError("disk_full", verbatim("full"))

    run = Run(tmp_path)
    progress = run.session / "progress.json"
    monkeypatch.setattr(durable, "replace", full)
    run.tick(1)
    assert not progress.exists()
    progress.write_text("x" * 9_999)
    run.tick(2, 60)

    assert json.loads(progress.read_text())["unit"] == 2


def test_the_payload_is_asked_for_only_when_a_commit_is_due(tmp_path: Path) -> None:
    run = Run(tmp_path)
    asked = []

    def payload() -> dict[str, bytes]:
        asked.append(1)
        return {"state.json": b"{}"}

    run.tick(1, 10, payload)
    run.tick(2, 200, payload)
    run.tick(3, 10, payload)

    assert len(asked) == 1


def test_a_pause_commits_first_and_the_next_run_finds_payload_and_history(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.context.point(loss=1.5)
    run.control.pause(verbatim("asked"))
    with pytest.raises(Paused) as stopped:
        run.tick(1, payload=lambda: {"state.json": b"hello"})
    assert stopped.value.reason == verbatim("asked")
    again = Run(tmp_path)

    folder = again.context.checkpoint()
    assert folder is not None and (folder / "state.json").read_bytes() == b"hello"
    assert [entry["loss"] for entry in history.read(run.session / history.NAME)] == [1.5]
    assert again.context.point(loss=1.0) == 2


def test_what_a_paused_run_shows_is_where_its_history_ends(tmp_path: Path) -> None:
    """Units quicker than the signs of life: the last sign is of the last unit all the same."""
    run = Run(tmp_path)
    for unit in range(1, 5):
        if unit == 4:
            run.control.pause(sentence("run.pause_by_window"))
        run.context.point(loss=1.0 / unit)
        with pytest.raises(Paused) if unit == 4 else contextlib.nullcontext():
            run.tick(unit, 0.05)

    state = store.read_state(run.session)
    shown, told = live_progress.of_run(run.session, state), run.said("progress")[-1]
    assert (state.cursor.unit, state.points) == (4, 4)
    assert (shown["unit"], shown["points"]) == (told["unit"], told["points"]) == (4, 4)
    assert len(list(history.read(run.session / history.NAME))) == 4


def test_a_run_that_goes_on_within_a_step_finds_its_checkpoint_whatever_lies_in_it(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.control.save()
    run.tick(1)
    folder = Run(tmp_path).context.checkpoint()

    assert folder is not None and [path.name for path in folder.iterdir()] == [manifest.NAME]


def test_progress_is_said_and_left_for_others_as_often_as_its_clocks_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "PROGRESS_SECONDS", 0.25)
    monkeypatch.setattr(context, "HEARTBEAT_SECONDS", 1.0)
    run, seen = Run(tmp_path), list[object]()
    for unit in range(1, 18):
        run.tick(unit, 0.125)
        seen.append(json.loads((run.session / context.PROGRESS).read_text())["unit"])

    assert [each["unit"] for each in run.said("progress")] == list(range(1, 18, 2))
    assert seen == [1] * 8 + [9] * 8 + [17]


def test_points_since_the_last_commit_are_gone_after_a_cut_and_numbered_again(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.context.point(loss=3.0)
    run.context.commit()
    run.context.point(loss=2.0)
    run.context.point(loss=1.0)
    again = Run(tmp_path)

    assert again.context.point(loss=2.0) == 2


def test_a_save_command_commits_and_goes_on(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.control.save()
    run.tick(1)
    run.tick(2)

    assert [event["unit"] for event in run.said("saved")] == [1]


def test_what_was_finished_is_kept_before_a_step_gives_up_and_once_is_enough(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.tick(1)
    for _ in range(2):
        run.context.commit_finished(lambda: {"state.json": b"{}"})

    assert [event["unit"] for event in run.said("saved")] == [1]


def test_the_next_step_begins_without_the_payload_of_the_last(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.control.save()
    run.tick(1, payload=lambda: {"state.json": b"x"})
    run.context.go_to(Cursor("integrate"))
    again = Run(tmp_path)

    assert again.context.state.cursor == Cursor("integrate", 0)
    assert again.context.checkpoint() is None


def test_how_much_each_step_has_to_do_is_kept_and_only_its_own_is_said_anew(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.context.begin({"shard": 4})
    run.time = 5.0
    run.context.go_to(Cursor("integrate"))
    run.time = 12.0
    run.context.begin({"record": 9, "pass": 1})
    run.time = 20.0
    run.context.begin({"record": 5})
    setup = run.context.state.work["integrate/setup"]
    assert (setup.count, setup.seconds) == (1, 7.0)

    collected, integrated = {"collect/shard": 4, "collect/setup": 1}, {"integrate/record": 5, "integrate/setup": 1}
    assert run.context.state.totals == collected | integrated


def test_a_save_says_the_share_it_holds(tmp_path: Path) -> None:
    """Also at the end of a step, where the last progress is held back: others read the share from the save."""
    run = Run(tmp_path)
    run.context.begin({"shard": 2})
    run.tick(1)
    run.tick(2, 100)
    run.context.go_to(Cursor("integrate"))
    assert run.said("saved")[-1]["share"] == store.read_state(run.session).share > 0


def test_a_failure_leaves_the_last_commit_not_the_cursor_in_memory(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.tick(1, 200)
    run.tick(2, 1)
    run.context.set_status("failed", error={"code": "training", "sentence": "x", "action": "y"})

    assert store.read_state(run.session).cursor == Cursor("collect", 1)
    assert recovery.recover(run.session).state.cursor == Cursor("collect", 1)


def test_fault_21_39_one_unwritable_checkpoint_is_skipped_two_in_a_row_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(tmp_path)

    def held_by_a_scanner(path: Path, data: bytes) -> None:
        raise EngineError("disk_permission", verbatim("held by another program"))

    monkeypatch.setattr(durable, "write", held_by_a_scanner)
    run.tick(1, 200)
    assert run.said("warning") and not run.said("saved")
    with pytest.raises(EngineError, match="held by another"):
        run.tick(2, 200)


def test_one_skipped_checkpoint_is_forgiven_by_the_next_good_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(
            durable, "write", lambda path, data: (_ for _ in ()).throw(EngineError("disk_permission", verbatim("held")))
        )
        run.tick(1, 200)
    run.tick(2, 200)
    with monkeypatch.context() as patch:
        patch.setattr(
            durable, "write", lambda path, data: (_ for _ in ()).throw(EngineError("disk_permission", verbatim("held")))
        )
        run.tick(3, 200)

    assert [event["unit"] for event in run.said("saved")] == [2]
    assert recovery.recover(run.session).state.cursor == Cursor("collect", 2)


def test_a_full_disk_is_waited_for_and_a_pause_ends_the_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(tmp_path)

    def full(path: Path, data: bytes) -> None:
        run.control.pause(verbatim("enough"))
        raise EngineError("disk_full", verbatim("No space left."))

    monkeypatch.setattr(durable, "write", full)
    with pytest.raises(EngineError, match="No space"):
        run.tick(1, 200)


def test_a_download_waits_while_the_disk_of_its_cache_is_full_and_a_pause_ends_the_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, answers = Run(tmp_path), [EngineError("disk_full", verbatim("no room")), "rows"]
    looked: list[Path] = []
    monkeypatch.setattr(wait_for_space, "_free", lambda folder: (looked.append(folder), (len(looked), 0))[1])
    monkeypatch.setattr(wait_for_space, "SPACE_SECONDS", 0.0)

    def read() -> str:
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, EngineError):
            raise answer
        return answer

    assert run.context.fetch(read, tmp_path / "not" / "there" / "yet") == "rows"
    assert set(looked) == {tmp_path} and len(run.said("waiting")) == 1
    answers[:] = [EngineError("disk_full", verbatim("no room"))]
    run.control.pause(verbatim("asked"))
    with pytest.raises(EngineError, match="no room"):
        run.context.fetch(read, tmp_path)
    answers[:] = [EngineError("dataset_missing", verbatim("none of that name"))]
    with pytest.raises(EngineError, match="none of that name"):
        run.context.fetch(read, tmp_path)


def test_fault_34_a_changed_source_is_refused_and_accepting_it_is_noted(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.context.check_source("base_model", "aaaa", sentence("model.the_base_model"))
    run.context.commit()
    with pytest.raises(EngineError, match="The base model has changed"):
        Run(tmp_path).context.check_source("base_model", "bbbb", sentence("model.the_base_model"))
    accepted = Run(tmp_path, accept_changes=True)
    accepted.context.check_source("base_model", "bbbb", sentence("model.the_base_model"))
    accepted.context.commit()

    marks = [entry for entry in history.read(run.session / history.NAME) if entry["kind"] == "mark"]
    assert [mark["mark"] for mark in marks] == ["exactness_break"]


def test_between_two_steps_the_watchdog_is_told_the_patience_of_loading_before_anything_else(tmp_path: Path) -> None:
    """The next step may load a model for long: the patience of the last unit would end it as hung."""
    run = Run(tmp_path)
    run.context.begin({"shard": 3})
    told: list[float] = []
    run.control.alive = told.append  # type: ignore[method-assign]
    for unit in (1, 2):
        run.tick(unit)
    last_unit = told[-1]
    run.context.go_to(Cursor("integrate"))

    assert told[-1] == hang_timeout.while_loading(CONFIG.runtime.stuck_seconds) == 12 * last_unit


def test_the_share_of_a_step_that_ends_is_counted_up_to_its_end(tmp_path: Path) -> None:
    """Else the last seconds of each step would be no part of it until the next one is a while on."""
    run = Run(tmp_path)
    run.context.begin({"shard": 4})
    run.tick(1, 10)
    run.time += 30
    run.context.go_to(Cursor("integrate"))
    state = store.read_state(run.session)

    assert state.share_seconds == state.active_seconds == 40
    assert state.share > 10 / 40


def test_a_library_that_makes_its_folders_itself_does_not_bring_a_session_back_that_was_moved_away(
    tmp_path: Path,
) -> None:
    """As `save_pretrained` does: the folder it was given, with all above it."""
    run = Run(tmp_path)

    def fill(part: Path) -> None:
        run.session.rename(tmp_path / "moved")
        part.mkdir(parents=True)
        (part / "model.safetensors").write_bytes(b"x")

    with pytest.raises(EngineError) as refused:
        run.context.publish(run.session / "adapter", fill, {})

    assert refused.value.code == "session_gone" and [path.name for path in tmp_path.iterdir()] == ["moved"]
    for write in (lambda: run.context.write(run.session / "data" / "a" / "x.json", b"{}"), run.context.commit):
        with pytest.raises(EngineError) as refused:
            write()
        assert refused.value.code == "session_gone" and [path.name for path in tmp_path.iterdir()] == ["moved"]


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no modes there")
def test_what_is_published_is_the_users_own_unless_others_are_to_read_it(tmp_path: Path) -> None:
    run = Run(tmp_path)

    def fill(part: Path) -> None:
        durable.write(part / "x", b"x")

    modes = {}
    for readable in ({}, {"readable": True}):
        run.context.publish(run.session / "adapter", fill, {}, **readable)
        paths = (run.session / "adapter", run.session / "adapter" / "x")
        modes[bool(readable)] = [bool(path.stat().st_mode & 0o044) for path in paths]
    assert modes == {False: [False, False], True: [True, True]}


def test_a_run_whose_folder_is_gone_waits_for_nothing_any_more_and_makes_none(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.session.rename(tmp_path / "moved")
    assert not run.control.leaving
    run.context.leave_word({"code": "x", "args": {}, "text": "why"}, {"code": "session_gone"})

    assert run.control.leaving and not run.session.exists()
