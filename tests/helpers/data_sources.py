"""Sources for sessions of the data steps: small files of every kind, and what came of them."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.sessions import Session, local, make_config, write_lines
from so8t_engine.data import shards
from so8t_engine.data.record import Record

SMALL = {"collect": {"rows_per_shard": 4}, "integrate": {"heldout_fraction": 0.3}}


EVERY_TICK = {"checkpoint": {"interval_seconds": 1e-9, "save_total_limit": 2}}


def pairs(count: int, start: int = 0) -> list[dict[str, str]]:
    return [
        {"prompt": f"What is item {number}?", "response": f"It is {number}."} for number in range(start, start + count)
    ]


def several_sources(folder: Path) -> list[dict[str, Any]]:
    """A source of each kind: several files, gzip, CSV, Parquet, with bad lines, doubles and evaluation."""
    folder.mkdir(exist_ok=True)
    many = folder / "many"
    many.mkdir(exist_ok=True)
    write_lines(many / "a.jsonl", [*pairs(5), b"{broken", *pairs(4, 5)])
    (many / "b.jsonl.gz").write_bytes(
        gzip.compress(b"".join(json.dumps(row).encode() + b"\n" for row in pairs(6, 7)), mtime=0)
    )
    with (folder / "c.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["question", "answer"])
        writer.writeheader()
        writer.writerows(
            {"question": f"How much is {n} + 1?", "answer": f"{n} + 1 = {n + 1}\n#### {n + 1}"} for n in range(9)
        )
    pq.write_table(pa.Table.from_pylist(pairs(9, 100)), folder / "d.parquet")
    write_lines(folder / "e.jsonl", pairs(5, 3))
    return [
        local("many", many),
        local("sums", folder / "c.csv"),
        local("table", folder / "d.parquet", max_rows=7),
        local("judge", folder / "e.jsonl", use="evaluation"),
    ]


def small(folder: Path, **more: Any) -> Any:
    settings = {**SMALL, **more}
    settings["collect"] = {**SMALL["collect"], "max_bad_fraction": 0.2, **more.get("collect", {})}
    return make_config(several_sources(folder), **settings)


def records(session: Session) -> list[Record]:
    paths = shards.listed(session.path, shards.INTEGRATED)
    return [record for path in paths for record in shards.read_records(path)]
