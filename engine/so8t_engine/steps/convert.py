"""Writes each record in the thinking format: sections from what the record holds, or, by setting, from a teacher.

One unit is one integrated shard, or a small part of one where a teacher writes (it needs seconds for each record).
"""

from __future__ import annotations

import dataclasses
import functools
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from so8t_engine.config.run_config import RunConfig
from so8t_engine.data import sections, shards, thinking
from so8t_engine.data.record import Example, Record
from so8t_engine.model.teacher import Teacher
from so8t_engine.run.step_context import StepContext
from so8t_engine.session import manifest
from so8t_engine.session.state import Cursor

STATE = "state.json"
TEACHER_RECORDS = 256


def run(context: StepContext, cursor: Cursor) -> None:
    integrated = shards.listed(context.session, shards.INTEGRATED)
    units = list(_units(context.config, integrated))
    wanted = context.config.convert.missing_sections == "teacher" and cursor.unit < len(units)
    teacher = Teacher.load(context.config) if wanted else None
    listed, counts = _read_state(context)
    context.begin({"shard": len(units)})
    for unit in range(cursor.unit, len(units)):
        path, start, stop = units[unit]
        records = shards.read_records(path)[start:stop]
        written = _convert(records, teacher)
        data = shards.arrow([dataclasses.asdict(example) for example, _ in written], shards.CONVERTED_SCHEMA)
        name = f"{unit:06d}.arrow"
        context.write(shards.folder(context.session, shards.CONVERTED) / name, data)
        listed = listed | {name: manifest.digest(data)}
        counts = _count(counts, written)
        metrics = {"examples": len(written)}
        context.tick(Cursor(cursor.step, unit + 1), "shard", metrics, functools.partial(_payload, dict(listed), counts))
    shards.finish(context, shards.CONVERTED, listed, {"counts.json": counts})


def _convert(records: list[Record], teacher: Teacher | None) -> list[tuple[Example, thinking.Sections]]:
    parts = [sections.of_record(record) for record in records]
    if teacher is not None:
        parts = teacher.fill(list(zip(records, parts, strict=True)))
    return [(sections.example(record, part), part) for record, part in zip(records, parts, strict=True)]


def _units(config: RunConfig, paths: list[Path]) -> Iterator[tuple[Path, int, int]]:
    """(shard, first record, end) of every unit, from the settings and the shards alone."""
    for path in paths:
        rows = pq.read_metadata(path).num_rows
        step = TEACHER_RECORDS if config.convert.missing_sections == "teacher" else max(rows, 1)
        yield from ((path, start, min(start + step, rows)) for start in range(0, max(rows, 1), step))


def _count(counts: Mapping[str, Any], written: list[tuple[Example, thinking.Sections]]) -> dict[str, Any]:
    splits = Counter(example.split for example, _ in written)
    used = Counter(name for _, part in written for name in part.thoughts)
    return {
        "examples": counts["examples"] + len(written),
        "split": dict(Counter(counts["split"]) + splits),
        "sections": dict(Counter(counts["sections"]) + used),
    }


def _read_state(context: StepContext) -> tuple[dict[str, shards.Digest], dict[str, Any]]:
    folder = context.checkpoint()
    if folder is None:
        return {}, {"examples": 0, "split": {}, "sections": {}}
    body = json.loads((folder / STATE).read_bytes())
    return {name: (size, sha) for name, (size, sha) in body["listed"].items()}, body["counts"]


def _payload(listed: Mapping[str, shards.Digest], counts: Mapping[str, Any]) -> dict[str, bytes]:
    return {STATE: json.dumps({"listed": listed, "counts": counts}, ensure_ascii=False, sort_keys=True).encode()}
