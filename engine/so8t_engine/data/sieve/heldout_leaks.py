"""Training records that hold a question of the held-out part, which is known only once all records are there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from so8t_engine.data import drop_reasons, shards
from so8t_engine.data.drop_examples import LeftOut
from so8t_engine.data.record import Record
from so8t_engine.data.sieve import duplicates
from so8t_engine.data.sieve.decontamination import Asked, Questions, asked

Leaks = Sequence[tuple[int, str]]
COLUMNS = ["prompt", "response", "choices", "split"]


def questions(paths: Iterable[Path]) -> Questions:
    """What the held-out records of these integrated shards ask."""
    found = Questions(whole=True)
    for path in paths:
        rows = pq.read_table(path, columns=["prompt", "choices"], filters=pc.field("split") == "heldout").to_pylist()
        found.add(asked(row["prompt"], row["choices"]) for row in rows)
    return found


def leaks(path: Path, heldout: Questions) -> Leaks:
    """(row, question) of the training records of an integrated shard that hold a held-out question."""
    columns = {name: shards.values(column) for name, column in _columns(path).items()}
    pairs, questions_of = [], list[Asked]()
    for prompt, response, choices in zip(columns["prompt"], columns["response"], columns["choices"], strict=True):
        pairs.append((duplicates.plain(prompt), duplicates.plain(response)))
        questions_of.append(asked(prompt, choices, pairs[-1][0]))
    held = heldout.held_by(pairs, questions_of)
    return [
        (row, question)
        for row, (question, side) in enumerate(zip(held, columns["split"], strict=True))
        if question is not None and side == "train"
    ]


def without(path: Path, leaking: Leaks) -> tuple[pa.Table, list[LeftOut]]:
    """The other records of the shard, and these."""
    table = pq.read_table(path, schema=shards.INTEGRATED_SCHEMA)
    stays = np.ones(table.num_rows, bool)
    stays[[row for row, _ in leaking]] = False
    left_out = [
        LeftOut(
            row["number"],
            drop_reasons.HOLDS_EVALUATED,
            record=Record(**{name: row[name] for name in shards.RECORD_FIELDS}),
            like=(question, ""),
        )
        for row, (_, question) in zip(table.filter(pa.array(~stays)).to_pylist(), leaking, strict=True)
    ]
    return table.filter(pa.array(stays)), left_out


def _columns(path: Path) -> dict[str, pa.ChunkedArray]:
    table = pq.read_table(path, columns=COLUMNS)
    return {name: table[name] for name in COLUMNS}
