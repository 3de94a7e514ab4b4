"""Step 3: records become examples in the thinking format, with sections from the record itself or from a teacher.

What is too long for the model in its own tokens is left out here, before training (data/thought/token_limits.py), but
for a model that the session itself builds: its tokenizer is made of these very examples.

One unit is one integrated shard, or a small part of one where a teacher writes (it needs seconds per record). How many
records without thought are learnt follows from all of them, so the first unit looks at every record beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.parquet as pq

from so8t_engine import garbage
from so8t_engine.config.run_config import Convert, RunConfig
from so8t_engine.data import drop_examples, drop_reasons, shards, step_state
from so8t_engine.data.drop_examples import DropExamples, LeftOut
from so8t_engine.data.record import Record
from so8t_engine.data.step_state import ShardTally
from so8t_engine.data.thought import conversion, final_only, sections, thought_table, token_limits
from so8t_engine.data.thought.conversion import TOKENS, Measure
from so8t_engine.data.thought.final_only import Limit
from so8t_engine.data.thought.sections import Evidence
from so8t_engine.data.thought.thought_table import Counted, Fate
from so8t_engine.data.thought.token_limits import TokenLimits
from so8t_engine.errors import EngineError
from so8t_engine.run import workload
from so8t_engine.run.step_context import StepContext
from so8t_engine.sentences import sentence
from so8t_engine.session import manifest
from so8t_engine.session.state import Cursor

if TYPE_CHECKING:
    from so8t_engine.teacher.teacher import Teacher

TEACHER_RECORDS = 256
TAUGHT = "teacher"
NOTHING: Mapping[str, Any] = {
    "examples": 0, "split": {}, "sections": {}, "thought": {}, "final_only": None, "dropped": {},
}  # fmt: skip


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
        begun = {"final_only": limit.to_json()} | conversion.begin(context.config.integrate.weights)
        tally = ShardTally(tally.listed, tally.counts | begun)
    measure, tally = _measure(context, tally, cursor) if cursor.unit < len(units) else (None, tally)
    limits = _limits_of(tally.counts)
    context.begin({"shard": len(units)})
    for unit in range(cursor.unit, len(units)):
        path, start, stop = units[unit]
        counted, taught = _convert(shards.read_records(path)[start:stop], settings, teacher, tally.counts)
        made = conversion.of(counted, shards.read_numbers(path)[start:stop], limits, measure)
        repeated = conversion.REPEATED in tally.counts
        repeats = conversion.repeats(made.written, context.config.integrate.weights if repeated else {})
        schema = shards.converted_schema(measured=measure is not None, repeated=repeated)
        data = shards.arrow(conversion.table(made.written, repeats, schema))
        name = f"{unit:06d}.arrow"
        context.write(shards.folder(context.session, shards.CONVERTED) / name, data)
        counts = conversion.counted(tally.counts, made, limits, repeats) | taught
        tally = ShardTally(tally.listed | {name: manifest.digest(data)}, counts, _examples(tally, made.left_out))
        metrics = {"examples": len(made.written)}
        context.tick(Cursor(cursor.step, unit + 1), "shard", metrics, tally.payload)
    if teacher is not None:
        context.warn("teacher", teacher.summary(tally.counts[TAUGHT]))
    _check(context, tally.counts)
    context.expect(workload.of_heldout(context.config, tally.counts["split"].get("heldout", 0)))
    notes = {"counts.json": tally.counts} | ({"dropped.json": tally.examples} if "dropped" in tally.counts else {})
    shards.finish(context, shards.CONVERTED, tally.listed, notes)


def _teacher(context: StepContext) -> Teacher:
    from so8t_engine.teacher import teacher  # with sympy, and torch where the teacher is a model of this machine

    return teacher.load(context)


def _measure(context: StepContext, tally: ShardTally, cursor: Cursor) -> tuple[Measure | None, ShardTally]:
    """What counts an example's tokens, None where that is left to training; whether it is, is said in the counts.

    Raises EngineError model_missing, model_unfit, source_changed.
    """
    config = context.config
    wanted = config.convert.drop_too_long and config.model.build is None
    if not (wanted if cursor.unit == 0 else TOKENS in tally.counts):
        return None, tally
    from so8t_engine.model import base_model, pretrained, token_lengths  # with transformers, and so with torch

    tokenizer = context.fetch(lambda: base_model.tokenizer_of(context.session, config), pretrained.CACHE)
    system = config.convert.system_prompt
    digest = token_lengths.digest(tokenizer, system)
    context.check_source("tokenizer", digest, sentence("steps.the_tokenizer"))
    if cursor.unit == 0:
        tokens = token_limits.begin(TokenLimits.of(config), digest)
        tally = ShardTally(tally.listed, tally.counts | {TOKENS: tokens})
    return lambda examples: token_lengths.measured(tokenizer, examples, system), tally


def _limits_of(counts: Mapping[str, Any]) -> TokenLimits:
    """Those that the step began with."""
    tokens = counts.get(TOKENS, {})
    return TokenLimits(tokens.get("whole"), tokens.get("prompt"))


def _examples(tally: ShardTally, left_out: list[LeftOut]) -> DropExamples:
    """Of each rule; none where an older version began the step, as its counts say nothing of them either."""
    examples = tally.examples
    if "dropped" not in tally.counts:
        return examples
    for source in dict.fromkeys(item.record.source for item in left_out if item.record is not None):
        of_source = [item for item in left_out if item.record is not None and item.record.source == source]
        examples = drop_examples.added(examples, source, of_source)
    return examples


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


def _check(context: StepContext, counts: Mapping[str, Any]) -> None:
    """What is too long, what is not learnt for want of thought, and whether what is learnt holds enough.

    Raises EngineError dataset_empty.
    """
    for warning in token_limits.check(counts[TOKENS], context.config) if TOKENS in counts else ():
        context.warn("too_long", warning)
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
