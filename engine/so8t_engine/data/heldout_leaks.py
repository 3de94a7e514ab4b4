"""Training records that hold a question of the held-out part, which is known only once all records are there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from so8t_engine.data import duplicates, shards
from so8t_engine.data.decontamination import Asked, Questions, asked

COLUMNS = ["prompt", "response", "choices", "split"]


def questions(paths: Iterable[Path]) -> Questions:
    """What the held-out records of these integrated shards ask."""
    found = Questions(whole=True)
    for path in paths:
        rows = pq.read_table(path, columns=["prompt", "choices"], filters=pc.field("split") == "heldout").to_pylist()
        found.add(asked(row["prompt"], row["choices"]) for row in rows)
    return found


def split(path: Path, heldout: Questions) -> tuple[list[dict[str, Any]], list[tuple[dict[str, Any], str]]]:
    """(rows of the shard that stay, rows that hold a held-out question, with it); both empty where all of them stay."""
    columns = pq.read_table(path, columns=COLUMNS).to_pydict()
    pairs, questions_of = [], list[Asked]()
    for prompt, response, choices in zip(columns["prompt"], columns["response"], columns["choices"], strict=True):
        pairs.append((duplicates.plain(prompt), duplicates.plain(response)))
        questions_of.append(asked(prompt, choices, pairs[-1][0]))
    held = heldout.held_by(pairs, questions_of)
    leaks = {
        row: question
        for row, (question, side) in enumerate(zip(held, columns["split"], strict=True))
        if question is not None and side == "train"
    }
    if not leaks:
        return [], []
    rows = pq.read_table(path, schema=shards.INTEGRATED_SCHEMA).to_pylist()
    stay = [row for number, row in enumerate(rows) if number not in leaks]
    return stay, [(rows[number], question) for number, question in leaks.items()]
