"""What a session goes on with: its work from the newest checkpoint, all else from the state beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from so8t_engine.session import recovery, store
from so8t_engine.session.state import Cursor, PipelineState


def session(root: Path, **saved: float) -> Path:
    """With one checkpoint, of training's seventh unit."""
    folder = store.create(root, "20260101-000000-x", "name: x\n", "then", started=3)
    state = store.read_state(folder).changed(cursor=Cursor("train", 7), active_seconds=90.0, **saved)
    store.write_state(folder, store.commit(folder, state, {"a": b"payload"}))
    return folder


@pytest.mark.parametrize(
    ("saved", "shown", "share"),
    [
        ((0.3, 30.0), (0.5, 50.0), (0.5, 50.0)),
        ((0.3, 30.0), (0.1, 10.0), (0.3, 30.0)),
        ((0.3, 30.0), (0.1, 50.0), (0.3, 50.0)),
    ],
)
def test_the_largest_share_that_was_ever_shown_stands(
    tmp_path: Path, saved: tuple[float, float], shown: tuple[float, float], share: tuple[float, float]
) -> None:
    folder = session(tmp_path, share=saved[0], share_seconds=saved[1])
    store.write_state(folder, store.read_state(folder).changed(share=shown[0], share_seconds=shown[1]))
    found = recovery.recover(folder).state

    assert (found.share, found.share_seconds) == share


def test_how_a_run_ended_is_the_states_to_say_and_how_far_it_was_the_checkpoints(tmp_path: Path) -> None:
    folder = session(tmp_path)
    beside = {
        "run": 4, "status": "failed", "reason": {"code": "x", "args": {}}, "error": {"code": "stuck"}, "created": "c",
        "updated": "u", "adjustments": {"reseed": 1.0}, "started": 9,
    }  # fmt: skip
    pointer = store.read_state(folder)
    store.write_state(folder, pointer.changed(cursor=Cursor("evaluate", 1), active_seconds=5.0, **beside))
    recovered = recovery.recover(folder)

    assert {name: getattr(recovered.state, name) for name in beside} == beside
    assert (recovered.state.cursor, recovered.state.active_seconds) == (Cursor("train", 7), 90.0)
    assert recovered.folder == folder / "checkpoints" / str(pointer.checkpoint) and not recovered.ended
    assert (recovered.notes, recovered.marks) == ((), ())


def test_without_its_state_the_checkpoint_says_as_much_as_it_knows(tmp_path: Path) -> None:
    folder = session(tmp_path, share=0.3)
    (folder / store.STATE).unlink()
    recovered = recovery.recover(folder)

    assert (recovered.state.cursor, recovered.state.share, recovered.state.run) == (Cursor("train", 7), 0.3, 0)
    assert [note.code for note in recovered.notes] == ["session.pointer_missing"]


def test_a_session_that_has_saved_nothing_begins_at_its_beginning(tmp_path: Path) -> None:
    folder = store.create(tmp_path, "20260101-000000-x", "name: x\n", "then", started=3)
    recovered = recovery.recover(folder)

    assert (recovered.folder, recovered.state.cursor, recovered.state.started) == (None, PipelineState("x").cursor, 3)
    assert recovery.refusal(folder) is None and recovery.outlook(folder) == recovery.Outlook(None)


def test_a_checkpoint_that_is_gone_or_not_whole_is_told_before_the_start_with_the_one_before(tmp_path: Path) -> None:
    folder = session(tmp_path)
    first = str(store.read_state(folder).checkpoint)
    state = store.read_state(folder).changed(cursor=Cursor("train", 9))
    store.write_state(folder, store.commit(folder, state, {"a": b"other"}))
    second = folder / "checkpoints" / str(store.read_state(folder).checkpoint)
    whole = (second / "a").read_bytes()
    (second / "a").write_bytes(b"OTHER")
    assert recovery.outlook(folder, most=0) == recovery.Outlook(None), "names and sizes are as they were"
    damaged = recovery.outlook(folder)
    assert damaged.refused is None and damaged.wrong is not None
    assert (damaged.wrong.code, damaged.wrong.args["before"]) == ("session.newest_not_whole", first)
    (second / "a").write_bytes(whole)
    second.rename(folder / "elsewhere")
    missing = recovery.outlook(folder)
    assert missing.wrong is not None and missing.wrong.code == "session.newest_missing"
    assert (missing.wrong.args["checkpoint"], missing.wrong.args["before"]) == (second.name, first)


def test_where_no_checkpoint_is_whole_it_is_refused_and_begun_again_from_the_start(tmp_path: Path) -> None:
    folder = session(tmp_path)
    [checkpoint] = (folder / "checkpoints").iterdir()
    (checkpoint / "a").write_bytes(b"PAYLOAD")
    refused = recovery.refusal(folder)
    assert refused is not None and refused.code == "session_damaged"
    store.write_state(folder, store.read_state(folder).changed(run=6, created="c", started=3))
    recovery.start_over(folder)
    state = store.read_state(folder)

    assert (state.run, state.created, state.updated, state.started, state.checkpoint) == (7, "c", "c", 3, None)
    assert list((folder / "checkpoints").iterdir()) == [] and recovery.recover(folder).folder is None
    assert len(list((folder / "set-aside").iterdir())) == 1
