"""Step 3: records become examples in the thinking format, with sections from the record itself or from a teacher.

One unit is one integrated shard, or a small part of one where a teacher writes (it needs seconds per record).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from so8t_engine.config.run_config import RunConfig
from so8t_engine.data import sections, shards, step_state, thinking
from so8t_engine.data.record import Example, Record
from so8t_engine.data.step_state import ShardTally
from so8t_engine.run.step_context import StepContext
from so8t_engine.session import manifest
from so8t_engine.session.state import Cursor

if TYPE_CHECKING:
    from so8t_engine.teacher.teacher import Teacher

TEACHER_RECORDS = 256
TAUGHT = "teacher"
NOTHING: Mapping[str, Any] = {"examples": 0, "split": {}, "sections": {}}


def run(context: StepContext, cursor: Cursor) -> None:
    """Afterwards `data/converted/` is complete. Raises EngineError session_damaged, teacher."""
    integrated = shards.listed(context.session, shards.INTEGRATED)
    units = list(_units(context.config, integrated))
    teaching = context.config.convert.missing_sections == "teacher" and cursor.unit < len(units)
    teacher = _teacher(context) if teaching else None
    tally = step_state.read_tally(context, NOTHING)
    context.begin({"shard": len(units)})
    for unit in range(cursor.unit, len(units)):
        path, start, stop = units[unit]
        records = shards.read_records(path)[start:stop]
        written, taught = _convert(records, teacher, tally.counts)
        data = shards.arrow([dataclasses.asdict(example) for example, _ in written], shards.CONVERTED_SCHEMA)
        name = f"{unit:06d}.arrow"
        context.write(shards.folder(context.session, shards.CONVERTED) / name, data)
        tally = ShardTally(tally.listed | {name: manifest.digest(data)}, _count(tally.counts, written) | taught)
        metrics = {"examples": len(written)}
        context.tick(Cursor(cursor.step, unit + 1), "shard", metrics, tally.payload)
    if teacher is not None:
        context.warn("teacher", teacher.summary(tally.counts[TAUGHT]))
    shards.finish(context, shards.CONVERTED, tally.listed, {"counts.json": tally.counts})


def _teacher(context: StepContext) -> Teacher:
    from so8t_engine.teacher import teacher  # with sympy, and torch where the teacher is a model of this machine

    return teacher.load(context)


def _convert(
    records: list[Record], teacher: Teacher | None, counts: Mapping[str, Any]
) -> tuple[list[tuple[Example, thinking.Sections]], dict[str, Any]]:
    """The examples, and what the teacher's replies came to so far, where one writes."""
    parts = [sections.of_record(record) for record in records]
    taught: dict[str, Any] = {}
    if teacher is not None:
        filled = teacher.fill(list(zip(records, parts, strict=True)), counts.get(TAUGHT))
        parts, taught = filled.sections, {TAUGHT: filled.counts}
    return [(sections.example(record, part), part) for record, part in zip(records, parts, strict=True)], taught


def _units(config: RunConfig, paths: list[Path]) -> Iterator[tuple[Path, int, int]]:
    """(shard, first record, end) of every unit, from the settings and the shards alone."""
    for path in paths:
        rows = pq.read_metadata(path).num_rows
        step = TEACHER_RECORDS if config.convert.missing_sections == "teacher" else max(rows, 1)
        yield from ((path, start, min(start + step, rows)) for start in range(0, max(rows, 1), step))


def _count(counts: Mapping[str, Any], written: list[tuple[Example, thinking.Sections]]) -> dict[str, Any]:
    return {
        "examples": counts["examples"] + len(written),
        "split": step_state.added(counts["split"], (example.split for example, _ in written)),
        "sections": step_state.added(counts["sections"], (name for _, part in written for name in part.thoughts)),
    }
