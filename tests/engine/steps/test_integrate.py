"""What step 2 has written is what it reads again."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.sessions import Session, local, make_config, refused
from so8t_engine.data import drop_reasons, shards
from so8t_engine.data.record import Record
from so8t_engine.data.sieve import heldout_leaks
from so8t_engine.data.step_state import ShardTally
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
