"""What step 2 has written is what it reads again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.sessions import Session, local, make_config, refused
from so8t_engine.data import drop_reasons, provenance, shards
from so8t_engine.data.record import Record
from so8t_engine.data.sieve import heldout_leaks
from so8t_engine.data.step_state import ShardTally
from so8t_engine.sentences import in_turn, sentence
from so8t_engine.session import manifest
from so8t_engine.steps import integrate


def test_a_shard_that_is_gone_or_another_now_is_named(tmp_path: Path) -> None:
    session = Session(tmp_path, make_config([local("a", "a.jsonl")]))
    folder = shards.folder(session.path, shards.INTEGRATED)
    folder.mkdir(parents=True)
    context, shard = session.context(), folder / "a.parquet"
    listed = {shard.name: manifest.digest(b"as written")}
    for data in (None, b"another..."):
        if data is not None:
            shard.write_bytes(data)
        error = refused(lambda: integrate._check_written(context, listed))
        assert error.code == "session_damaged" and shard.name in error.detail
    shard.write_bytes(b"as written")
    integrate._check_written(context, listed)


def row(number: int, prompt: str, split: Any) -> dict[str, Any]:
    record = Record(f"{number:016x}", "a", prompt, "Nobody knows.", "chat", "en", split)
    return {**record._asdict(), "key": str(number), "prompt_key": str(number), "number": number}


def test_training_records_that_hold_a_heldout_question_give_way_to_a_shard_without_them(tmp_path: Path) -> None:
    """Those of sources for evaluation are not looked at, and a shard without one stays as it is."""
    session = Session(tmp_path, make_config([local("a", "a.jsonl"), {**local("b", "b.jsonl"), "use": "evaluation"}]))
    folder = shards.folder(session.path, shards.INTEGRATED)
    folder.mkdir(parents=True)
    rows = {
        "0-a-00000.parquet": [row(1, "Who built it?", "heldout"), row(2, "Who built it!", "train")],
        "0-a-00001.parquet": [row(3, "How?", "train")],
        "1-b-00000.parquet": [row(4, "Who built it?", "heldout"), row(5, "Who built it!", "train")],
    }
    for name, each in rows.items():
        pq.write_table(pa.Table.from_pylist(each, schema=shards.INTEGRATED_SCHEMA), folder / name)
    counts = {
        "records": 5, "split": {"heldout": 2, "train": 3}, "language": {"en": 5}, "category": {"chat": 5},
        "sources": {"a": {"kept": 3, "dropped": {"x": 1}}, "b": {"kept": 2, "dropped": {}}},
    }  # fmt: skip
    tally = ShardTally({name: manifest.digest((folder / name).read_bytes()) for name in rows}, counts)
    asked: list[list[str]] = []

    def leaks(paths: list[Path]) -> list[Any]:
        asked.append([path.name for path in paths])
        return [list(heldout_leaks.leaks(path, heldout_leaks.questions(paths))) for path in paths]

    found = integrate._without_leaks(session.context(), tally, SimpleNamespace(leaks=leaks))  # type: ignore[arg-type]
    swept = "0-a-00000-swept.parquet"

    assert asked == [["0-a-00000.parquet", "0-a-00001.parquet"]]
    assert set(found.listed) == {swept, "0-a-00001.parquet", "1-b-00000.parquet"}
    assert found.listed[swept] == manifest.digest((folder / swept).read_bytes())
    assert pq.read_table(folder / swept)["number"].to_pylist() == [1]
    assert (found.counts["records"], found.counts["split"]) == (4, {"heldout": 2, "train": 2})
    reason = str(drop_reasons.HOLDS_EVALUATED)
    assert found.counts["sources"] == {
        "a": {"kept": 2, "dropped": {"x": 1, reason: 1}}, "b": {"kept": 2, "dropped": {}},
    }  # fmt: skip


TRAINS, ASKS = {"kept": 4, "dropped": {}}, {"kept": 2, "dropped": {}}
SPLIT = {"train": 3, "heldout": 3}


@pytest.mark.parametrize(
    ("sources", "split", "told", "codes"),
    [
        ({"a": TRAINS, "b": ASKS}, SPLIT, None, []),
        ({"a": TRAINS, "b": ASKS}, {"train": 4}, None, ["no_heldout"]),
        ({"a": {"kept": 4, "dropped": {"odd": 2}}, "b": ASKS}, SPLIT, None, ["records_dropped"]),
        ({"a": TRAINS, "b": ASKS}, {"heldout": 6}, "steps.all_held_out", []),
        ({"a": {"kept": 0, "dropped": {"odd": 2}}, "b": ASKS}, {"heldout": 2}, "steps.nothing_left", []),
        ({"b": ASKS}, {"heldout": 2}, "steps.no_rows_at_all", []),
    ],
)
def test_what_was_dropped_is_summed_up_and_too_little_refused(
    tmp_path: Path, sources: dict[str, Any], split: dict[str, int], told: str | None, codes: list[str]
) -> None:
    datasets = [local("a", "a.jsonl"), {**local("b", "b.jsonl"), "use": "evaluation"}]
    config = make_config(datasets, integrate={"heldout_fraction": 0.25})
    said: list[tuple[str, Any]] = []
    context: Any = SimpleNamespace(config=config, session=tmp_path, warn=lambda *given: said.append(given))
    counts = {"sources": sources, "split": split}
    reasons = drop_reasons.with_counts({"odd": 2})
    rows = [sentence("steps.rows_of_source", source="a", kept=sources.get("a", TRAINS)["kept"], reasons=reasons)]
    if told is None:
        integrate._check(context, counts)
        assert [code for code, _ in said] == codes
        whole = {"records_dropped": sentence("steps.records_dropped", sources=rows),
                 "no_heldout": sentence("steps.no_heldout")}  # fmt: skip
        assert said == [(code, whole[code]) for code in codes]
        return
    error = refused(lambda: integrate._check(context, counts))
    args = {"steps.all_held_out": {"count": 4, "share": 0.25}, "steps.nothing_left": {"sources": rows}}
    assert (error.code, error.sentence) == ("dataset_empty", sentence(told, **args.get(told, {}))) and said == []


def test_that_a_verdict_of_the_data_left_rows_out_is_said_with_what_to_do(tmp_path: Path) -> None:
    said: list[Any] = []
    config = make_config([local("a", "a.jsonl")])
    context: Any = SimpleNamespace(config=config, session=tmp_path, warn=lambda _, what: said.append(what))
    reason = str(drop_reasons.labelled_bad("good", "no"))
    integrate._check(context, {"sources": {"a": {"kept": 4, "dropped": {reason: 1}}}, "split": SPLIT})

    assert said[0].args["sources"][1:] == [sentence("steps.labelled_bad_kept")]


@pytest.mark.parametrize(
    ("kept", "dropped", "use", "others", "refused_with"),
    [
        (50, {"odd": 50}, "train", [], None),  # as many as are allowed
        (49, {"odd": 51}, "train", [], 51), (49, {"odd": 51}, "train", ["b"], 51),
        (48, {"odd": 51}, "train", [], None),  # too few rows to mean something
        (49, {"odd": 51}, "evaluation", [], None),
        (40, {"odd": 45, str(drop_reasons.LABELLED_BAD): 15}, "train", [], None),  # as was to be expected
        (30, {"odd": 55, str(drop_reasons.LABELLED_BAD): 15}, "train", [], 55),
    ],
)  # fmt: skip
def test_a_source_most_of_whose_rows_are_left_out_is_refused(
    monkeypatch: pytest.MonkeyPatch,
    kept: int,
    dropped: dict[str, int],
    use: str,
    others: list[str],
    refused_with: int | None,
) -> None:
    monkeypatch.setattr(provenance, "same_data", lambda folder, source: others)
    rows = {"a": {"kept": kept, "dropped": dropped}}

    def check() -> None:
        integrate._check_sources(0.5, rows, {"a": use}, Path("collected"))

    if refused_with is None:
        check()
        return
    error, reasons = refused(check), drop_reasons.with_counts({"odd": refused_with})
    told = {"source": "a", "dropped": refused_with, "rows": 100, "limit": 0.5, "reasons": reasons}
    what = sentence("steps.most_dropped", **told)
    twice = in_turn(what, sentence("steps.same_data", source="a", others=others))
    assert (error.code, error.sentence) == ("dataset_dropped", twice if others else what)


def test_shards_are_counted_together_by_source_reason_and_change() -> None:
    def kept(*changed: list[str]) -> pa.Table:
        return pa.table({
            "split": ["train"] * len(changed), "language": ["en"] * len(changed), "category": ["chat"] * len(changed),
            "changed": pa.array([list(each) for each in changed], pa.list_(pa.string())),
        })  # fmt: skip

    once = integrate._count(integrate.NOTHING, "a", kept(["x"], ["x", "y"]), Counter(odd=2))
    twice = integrate._count(once, "a", kept(["y"]), Counter(odd=1, even=4))
    other = integrate._count(twice, "b", kept([]), Counter())
    assert once["sources"] == {"a": {"kept": 2, "dropped": {"odd": 2}, "changed": {"x": 2, "y": 1}}}
    assert twice["sources"] == {"a": {"kept": 3, "dropped": {"odd": 3, "even": 4}, "changed": {"x": 2, "y": 2}}}
    assert other["sources"]["b"] == {"kept": 1, "dropped": {}} and other["records"] == 4
    assert (other["split"], other["language"]) == ({"train": 4}, {"en": 4})


def test_a_file_that_is_no_shard_is_named() -> None:
    assert integrate._source_of(Path("012-my-data-00003.parquet")) == "my-data"
    assert integrate._source_of(Path("012-my-data-00003-swept.parquet")) == "my-data"
    error = refused(lambda: integrate._source_of(Path("notes.parquet")))
    assert (error.code, error.sentence) == ("session_damaged", sentence("steps.foreign_shard", shard="notes.parquet"))
