"""The state of a data step goes into a checkpoint and comes back the same."""

from __future__ import annotations

from pathlib import Path

from helpers.sessions import Session, local, make_config
from so8t_engine.data import step_state
from so8t_engine.data.step_state import ShardTally
from so8t_engine.session.state import Cursor


def test_a_step_finds_in_its_checkpoint_what_it_put_there_and_nothing_at_its_beginning(tmp_path: Path) -> None:
    session = Session(tmp_path, make_config([local("a", tmp_path / "a.jsonl")]))
    tally = ShardTally({"b": (2, "ff"), "a": (1, "00")}, {"examples": 3, "split": {"訓練": 3}})
    context = session.context()
    assert step_state.read(context) is None
    assert step_state.read_tally(context, {"examples": 0}) == ShardTally({}, {"examples": 0})
    context.tick(Cursor("collect", 1), "shard", {}, tally.payload)
    context.commit(tally.payload)

    assert step_state.read_tally(session.context(), {}) == tally


def test_the_same_state_gives_the_same_bytes_whatever_the_order() -> None:
    assert step_state.files({"b": 1, "a": "日"}) == step_state.files({"a": "日", "b": 1})
    assert step_state.files({"a": "日"}) == {"state.json": '{"a": "日"}'.encode()}


def test_counts_grow_by_one_for_every_name() -> None:
    assert step_state.added({"en": 2}, ["ja", "en", "ja"]) == {"en": 3, "ja": 2}
