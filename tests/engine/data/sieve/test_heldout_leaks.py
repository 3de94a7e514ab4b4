"""A training record that holds a question of the held-out part is found, one that only shares a phrase stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from so8t_engine.data import drop_reasons, shards
from so8t_engine.data.record import Record
from so8t_engine.data.sieve import heldout_leaks

PASSAGE = "The river that runs through the old town was once crossed by a bridge of seven stone arches"
QUESTION = f"{PASSAGE}. Who built it, in which year, and for how much money was it sold to the merchants of the north?"


def row(number: int, prompt: str, split: Any) -> dict[str, Any]:
    record = Record(f"{number:016x}", "a", prompt, "Nobody knows.", "general", "en", split)
    return {**record._asdict(), "key": str(number), "prompt_key": str(number), "number": number}


def test_a_short_question_is_a_leak_whatever_stands_between_its_letters(tmp_path: Path) -> None:
    path = tmp_path / "shard.parquet"
    prompts = [("Who built it?", "heldout"), ("Who built it!", "train"), ("Who built it, when?", "train")]
    rows = [row(number, prompt, split) for number, (prompt, split) in enumerate(prompts, 1)]
    pq.write_table(pa.Table.from_pylist(rows, schema=shards.INTEGRATED_SCHEMA), path)

    assert list(heldout_leaks.leaks(path, heldout_leaks.questions([path]))) == [(1, "who built it!")]


def test_a_shared_passage_is_no_leak_and_the_whole_question_is(tmp_path: Path) -> None:
    path = tmp_path / "shard.parquet"
    prompts = [
        (QUESTION, "heldout"),
        (f"{PASSAGE}. How many arches had it?", "train"),
        (f"Please say. {QUESTION}", "train"),
    ]
    rows = [row(number, prompt, split) for number, (prompt, split) in enumerate(prompts, 1)]
    pq.write_table(pa.Table.from_pylist(rows, schema=shards.INTEGRATED_SCHEMA), path)
    leaks = heldout_leaks.leaks(path, heldout_leaks.questions([path]))
    table, [left_out] = heldout_leaks.without(path, leaks)

    assert [place for place, _ in leaks] == [2]
    assert table["number"].to_pylist() == [1, 2]
    assert (left_out.number, left_out.reason) == (3, drop_reasons.HOLDS_EVALUATED)
    assert left_out.record is not None and left_out.record.prompt == prompts[2][0]
