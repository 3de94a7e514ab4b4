"""What a run leaves for people looking on, what its state says when it ends, and what steps ask it for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.run.test_context import Run
from so8t_engine.errors import EngineError
from so8t_engine.protocol import Message
from so8t_engine.run import context
from so8t_engine.run.context import Paused
from so8t_engine.sentences import sentence, to_json, verbatim
from so8t_engine.session import store
from so8t_engine.session.state import Cursor


def left(run: Run) -> dict[str, Any]:
    body: dict[str, Any] = json.loads((run.session / context.PROGRESS).read_text(encoding="utf-8"))
    return body


def test_that_a_run_waits_is_left_for_others_until_it_goes_on_and_then_nothing_more(tmp_path: Path) -> None:
    run, said = Run(tmp_path), to_json(sentence("disk.full", path="/x", error="full"))
    run.tick(1)
    run.context._tell(Message("waiting", {"sentence": said}))
    assert left(run)["waiting"] == said
    run.context._tell(Message("another", {}))
    assert left(run)["waiting"] == said
    run.context._tell(Message("saved", {}))
    assert "waiting" not in left(run)
    (run.session / context.PROGRESS).unlink()
    run.context._tell(Message("saved", {}))

    assert not (run.session / context.PROGRESS).exists()
    assert [event.name for event in run.events if event.name in ("waiting", "another", "saved")] == [
        "waiting", "another", "saved", "saved",
    ]  # fmt: skip


def test_the_end_of_a_step_is_said_also_at_once_after_its_last_unit(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.tick(1)
    before = len(run.said("progress"))
    run.context.go_to(Cursor("integrate", 0))

    assert len(run.said("progress")) == before + 1 and run.context.cursor == Cursor("integrate", 0)


def test_what_became_of_a_run_lies_in_its_state_when_it_is_said(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.context.adjust({"divisor": 2.0})
    assert store.read_state(run.session).adjustments == {"divisor": 2.0}
    run.context.set_status("failed", error={"code": "x"})
    state = store.read_state(run.session)

    assert (state.status, state.error) == ("failed", {"code": "x"})
    assert run.context.session_id == state.session == "s" and run.context.results == {}


@pytest.mark.parametrize(("code", "tries"), [("disk_full", 2), ("disk_permission", 1)])
def test_a_state_that_a_full_disk_does_not_take_gets_the_room_of_what_is_for_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, tries: int
) -> None:
    run, written = Run(tmp_path), list[str]()
    (run.session / context.PROGRESS).write_text("{}")

    def full(session: Path, state: object) -> None:
        written.append("there" if (session / context.PROGRESS).exists() else "gone")
        if len(written) == 1:
            raise EngineError(code, sentence("disk.full", path="/x", error="full"))

    monkeypatch.setattr(context.store, "write_state", full)
    if tries == 1:
        with pytest.raises(EngineError):
            run.context.set_status("paused")
    else:
        run.context.set_status("paused")
        (run.session / context.PROGRESS).unlink(missing_ok=True)
        written.clear()
        run.context.set_status("paused")  # there is none to make room any more

    assert written == ["there"] if tries == 1 else written == ["gone", "gone"]


def test_a_step_writes_into_folders_that_are_not_there_yet(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.context.write(run.session / "data" / "deep" / "shard", b"bytes")

    assert (run.session / "data" / "deep" / "shard").read_bytes() == b"bytes"


def test_a_wait_for_something_outside_ends_in_a_pause_where_one_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, waited = Run(tmp_path), list[float]()
    monkeypatch.setattr(run.control._wake, "wait", waited.append)
    run.context.wait(7)
    run.control.pause(verbatim("by hand"))
    with pytest.raises(Paused) as paused:
        run.context.wait(8)

    assert waited == [7, 8] and str(paused.value.reason) == "by hand"


def test_what_is_said_within_a_unit_is_for_the_display_alone(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.time += 5
    run.context.say("cycle", {"update": 3})

    assert run.said("progress")[-1]["metrics"] == {"update": 3} and run.context.cursor.unit == 0
