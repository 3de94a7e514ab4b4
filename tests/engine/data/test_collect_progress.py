"""How far collecting is: what is open, where each source goes on, and what becomes of one that fails."""

from __future__ import annotations

import json
from pathlib import Path

from helpers.sessions import Session, make_config
from so8t_engine.data import collect_progress
from so8t_engine.data.collect_progress import Progress, SourcePlace
from so8t_engine.data.provenance import Provenance
from so8t_engine.sentences import sentence
from so8t_engine.session.state import Cursor


def of(name: str, kept: int = 0) -> Provenance:
    return Provenance(name, "local", f"{name}.jsonl", "train", kept=kept, skipped={"not JSON": 1}, examples=["x"])


# Sources a, b, c: a is done in two shards, of b one shard is written.
BEGUN = Progress(
    order=1, file=2, number=30, part=1, decisions=4,
    listed={"000-a-000000": (1, "aa"), "000-a-000001": (2, "ab"), "001-b-000000": (3, "ba")},
    sources={"a": of("a", 7), "b": of("b", 3)},
)  # fmt: skip
WHY = sentence("data.gated", dataset="x")


def test_before_the_first_shard_every_source_is_at_its_beginning() -> None:
    assert told(Progress())[:2] == (0, SourcePlace()) and Progress().place(0, "a") == SourcePlace(0, 0, 0)


def told(progress: Progress) -> tuple[int, SourcePlace, list[str], list[str], dict[str, list[int]], int]:
    place = SourcePlace(progress.file, progress.number, progress.part)
    return (
        progress.order, place, sorted(progress.listed), sorted(progress.sources), progress.waiting, progress.units,
    )  # fmt: skip


def test_units_are_shards_and_decisions() -> None:
    assert (Progress().units, BEGUN.units) == (0, 7)


def test_what_was_gone_through_is_open_only_where_it_waits() -> None:
    failed = BEGUN.failed(1, "b", keep=True)

    assert [BEGUN.is_open(index, name) for index, name in enumerate("abc")] == [False, True, True]
    assert [failed.is_open(index, name) for index, name in enumerate("abc")] == [False, True, True]
    assert [failed.done(1, "b").is_open(index, name) for index, name in enumerate("abc")] == [False, False, True]
    assert [BEGUN.place(index, name) for index, name in enumerate("abc")][1:] == [SourcePlace(2, 30, 1), SourcePlace()]


def test_a_shard_moves_the_place_of_its_source_be_it_the_next_or_one_that_waited() -> None:
    shard = ("001-b-000001", (4, "bb"))
    after = BEGUN.with_shard(1, SourcePlace(3, 0, 2), shard, of("b", 9))
    assert told(after) == (1, SourcePlace(3, 0, 2), sorted([*BEGUN.listed, shard[0]]), ["a", "b"], {}, 8)
    assert (after.sources["b"].kept, after.sources["a"].kept, after.listed[shard[0]]) == (9, 7, (4, "bb"))

    waiting = BEGUN.failed(1, "b", keep=True).with_shard(1, SourcePlace(3, 0, 2), shard, of("b", 9))
    assert (waiting.order, waiting.waiting) == (2, {"b": [3, 0, 2]})
    assert waiting.place(1, "b") == SourcePlace(3, 0, 2)
    assert SourcePlace(waiting.file, waiting.number, waiting.part) == SourcePlace()


def test_one_that_is_done_is_behind_and_waits_no_longer() -> None:
    assert told(BEGUN.done(1, "b")) == (2, SourcePlace(), sorted(BEGUN.listed), ["a", "b"], {}, 7)
    late = BEGUN.failed(1, "b", keep=True).with_shard(2, SourcePlace(0, 5, 1), ("002-c-000000", (5, "ca")), of("c"))
    done = late.done(1, "b")
    assert (done.order, done.waiting, done.number) == (2, {}, 5), "c goes on where it was"


def test_one_that_fails_waits_where_it_is_or_at_its_beginning_without_its_shards() -> None:
    assert told(BEGUN.failed(1, "b", keep=True)) == (
        2, SourcePlace(), sorted(BEGUN.listed), ["a", "b"], {"b": [2, 30, 1]}, 8,
    )  # fmt: skip
    assert told(BEGUN.failed(1, "b", keep=False)) == (
        2, SourcePlace(), ["000-a-000000", "000-a-000001"], ["a"], {"b": [0, 0, 0]}, 8,
    ), "a shard that is given up counts as a decision: units never become fewer"  # fmt: skip


def test_one_that_is_begun_again_has_none_of_its_rows_and_is_read_from_the_same_place() -> None:
    again = BEGUN.begun_again(1, "b")
    assert told(again) == (1, SourcePlace(), ["000-a-000000", "000-a-000001"], ["a", "b"], {}, 7)
    assert again.sources["b"] == Provenance("b", "local", "b.jsonl", "train")

    late = BEGUN.failed(1, "b", keep=True).begun_again(1, "b")
    assert (late.order, late.waiting) == (2, {"b": [0, 0, 0]})


def test_the_run_goes_on_without_one_and_asks_it_again_where_nothing_else_is_left() -> None:
    without = BEGUN.without(1, "b", WHY)
    assert told(without) == (2, SourcePlace(), ["000-a-000000", "000-a-000001"], ["a"], {}, 8)
    assert without.why_left_out() == {"b": WHY}
    assert not without.is_open(1, "b")
    assert BEGUN.failed(1, "b", keep=True).without(1, "b", WHY).waiting == {}

    again = without.reconsidered()
    assert (again.waiting, again.left_out, again.units) == ({"b": [0, 0, 0]}, {}, 9)
    assert again.is_open(1, "b")


def test_a_checkpoint_holds_what_came_later_only_where_it_says_something(tmp_path: Path) -> None:
    first = {"order", "file", "number", "part", "listed", "sources"}
    assert set(json.loads(Progress().payload()["state.json"])) == first
    assert set(json.loads(BEGUN.payload()["state.json"])) == first | {"decisions"}

    session = Session(tmp_path, make_config([{"name": "a", "path": "owner/a"}]))
    context = session.context()
    assert collect_progress.read(context) == Progress()
    progress = BEGUN.failed(1, "b", keep=True).without(2, "c", WHY)
    context.tick(Cursor("collect", 1), "shard", {}, progress.payload)
    context.commit(progress.payload)
    assert collect_progress.read(session.context()) == progress
