"""Step 3: records become examples in the thinking format, with sections from the record itself or from a teacher.

One unit is one integrated shard, or a small part of one where a teacher writes (it needs seconds per record). How many
records without thought are learnt follows from all of them, so the first unit looks at every record beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.parquet as pq

from so8t_engine.config.run_config import Convert, RunConfig
from so8t_engine.data import drop_reasons, final_only, garbage, sections, shards, step_state, thought_table
from so8t_engine.data.final_only import Limit
from so8t_engine.data.record import Example, Record
from so8t_engine.data.sections import Evidence
from so8t_engine.data.step_state import ShardTally
from so8t_engine.data.thought_table import Counted, Fate
from so8t_engine.errors import EngineError
from so8t_engine.run.step_context import StepContext
from so8t_engine.sentences import sentence
from so8t_engine.session import manifest
from so8t_engine.session.state import Cursor

if TYPE_CHECKING:
    from so8t_engine.teacher.teacher import Teacher

TEACHER_RECORDS = 256
TAUGHT = "teacher"
NOTHING: Mapping[str, Any] = {"examples": 0, "split": {}, "sections": {}, "thought": {}, "final_only": None}


@garbage.rarely_looked_for()
def run(context: StepContext, cursor: Cursor) -> None:
    """Afterwards `data/converted/` is complete. Raises EngineError session_damaged, teacher, dataset_empty."""
    settings = context.config.convert
    integrated = shards.listed(context.session, shards.INTEGRATED)
    shards.clear(context.session, shards.INTEGRATED)
    units = list(_units(context.config, integrated))
    teaching = settings.missing_sections == "teacher" and cursor.unit < len(units)
    teacher = _teacher(context) if teaching else None
    tally = step_state.read_tally(context, NOTHING)
    if cursor.unit == 0:
        limit = final_only.one_in(settings) if teaching else _limit(settings, integrated)
        tally = ShardTally(tally.listed, tally.counts | {"final_only": limit.to_json()})
    context.begin({"shard": len(units)})
    for unit in range(cursor.unit, len(units)):
        path, start, stop = units[unit]
        counted, taught = _convert(shards.read_records(path)[start:stop], settings, teacher, tally.counts)
        written = [
            sections.example(item.record, item.evidence.sections, taught=item.fate == "learnt")
            for item in counted
            if item.fate != "left_out"
        ]
        data = shards.arrow([vars(example) for example in written], shards.CONVERTED_SCHEMA)
        name = f"{unit:06d}.arrow"
        context.write(shards.folder(context.session, shards.CONVERTED) / name, data)
        counts = _count(tally.counts, counted, written) | taught
        tally = ShardTally(tally.listed | {name: manifest.digest(data)}, counts)
        metrics = {"examples": len(written)}
        context.tick(Cursor(cursor.step, unit + 1), "shard", metrics, tally.payload)
    if teacher is not None:
        context.warn("teacher", teacher.summary(tally.counts[TAUGHT]))
    _check(context, tally.counts)
    shards.finish(context, shards.CONVERTED, tally.listed, {"counts.json": tally.counts})


def _teacher(context: StepContext) -> Teacher:
    from so8t_engine.teacher import teacher  # with sympy, and torch where the teacher is a model of this machine

    return teacher.load(context)


def _limit(settings: Convert, paths: list[Path]) -> Limit:
    """From all records, as none knows how many of the others think."""
    if settings.final_only_share >= 1:
        return Limit()
    thinking, bare = 0, []
    for path in paths:
        reasoned, others = shards.read_reasoned(path)
        circular = [record.id for record in reasoned if not sections.of_record(record).thoughts]
        thinking += len(reasoned) - len(circular)
        bare.append(final_only.draws([*others, *circular]))
    return final_only.limit(thinking, np.concatenate(bare) if bare else final_only.draws([]), settings.final_only_share)


def _convert(
    records: list[Record], settings: Convert, teacher: Teacher | None, counts: Mapping[str, Any]
) -> tuple[list[Counted], dict[str, Any]]:
    """The records with their sections, and what the teacher's replies came to so far, where one writes."""
    found = [sections.evidence(record, settings.repeated_sections == "keep") for record in records]
    taught: dict[str, Any] = {}
    if teacher is not None:
        asked = [place for place, record in enumerate(records) if record.response]
        filled = teacher.fill([(records[place], found[place].sections) for place in asked], counts.get(TAUGHT))
        taught = {TAUGHT: filled.counts}
        for place, part in zip(asked, filled.sections, strict=True):
            circular = found[place].circular and not part.thoughts
            found[place] = Evidence(part, bool(part.thoughts), circular)
    limit = Limit.from_json(counts.get("final_only"))
    return [Counted(item, each, _fate(item, each, limit)) for item, each in zip(records, found, strict=True)], taught


def _fate(record: Record, evidence: Evidence, limit: Limit) -> Fate:
    if not record.response:
        return "prompts"
    if limit.learnt(record, evidence.sections):
        return "learnt"
    return "prompts" if final_only.checkable(record) else "left_out"


def _units(config: RunConfig, paths: list[Path]) -> Iterator[tuple[Path, int, int]]:
    """(shard, first record, end) of every unit, from the settings and the shards alone."""
    for path in paths:
        rows = pq.read_metadata(path).num_rows
        step = TEACHER_RECORDS if config.convert.missing_sections == "teacher" else max(rows, 1)
        yield from ((path, start, min(start + step, rows)) for start in range(0, max(rows, 1), step))


def _count(counts: Mapping[str, Any], counted: list[Counted], written: list[Example]) -> dict[str, Any]:
    """Without the table of thought where an older version had begun the step: it would tell of a part."""
    names = (name for item in counted if item.fate == "learnt" for name in item.evidence.sections.thoughts)
    return {
        **counts,
        "examples": counts["examples"] + len(written),
        "split": step_state.added(counts["split"], (example.split for example in written)),
        "sections": step_state.added(counts["sections"], names),
        **({"thought": thought_table.with_records(counts["thought"], counted)} if "thought" in counts else {}),
    }


def _check(context: StepContext, counts: Mapping[str, Any]) -> None:
    """What is not learnt for want of thought, and whether what is learnt holds enough.

    Raises EngineError dataset_empty.
    """
    table = counts.get("thought", {})
    learnt = thought_table.total(table, "learnt")
    out, asked = thought_table.total(table, "left_out"), thought_table.total(table, "prompts")
    share = context.config.convert.final_only_share
    if out + asked and not learnt and (context.config.warmup.max_steps or context.config.model.build):
        raise EngineError("dataset_empty", sentence("steps.no_thought_left", count=out + asked, share=share))
    if out:
        reason = sentence("data.reason_count", reason=drop_reasons.FINAL_ONLY, count=out)
        context.warn("records_dropped", sentence("steps.final_only", reason=reason, learnt=learnt, share=share))
    if asked:
        context.warn("prompts_only", sentence("steps.prompts_only", count=asked))
    thin = thought_table.thin(table)
    if thin is not None:
        lines = thought_table.lines(table)
        context.warn("thin_thought", sentence("steps.thin_thought", what=thin, sources=lines))
