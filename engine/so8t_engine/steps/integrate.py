"""Step 2: rows become records of one schema, with clean text, no duplicates and a held-out part that never leaks.

One unit is one collected shard. What was seen before (for duplicates, and the prompts of evaluation sources) is read
back from the shards already written, so that a restart needs nothing but the counts.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.data import admission, drop_reasons, shards, step_state
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.parsed_row import Fields, Index, Skip
from so8t_engine.data.admission import KeptRecord, Seen
from so8t_engine.data.record import Record
from so8t_engine.data.step_state import ShardTally
from so8t_engine.errors import EngineError
from so8t_engine.run.step_context import StepContext
from so8t_engine.sentences import sentence
from so8t_engine.session import manifest
from so8t_engine.session.state import Cursor

SHARD_NAME = re.compile(r"\d+-(.+)-\d+\.parquet")
NOTHING: Mapping[str, Any] = {"records": 0, "split": {}, "language": {}, "category": {}, "sources": {}}


def run(context: StepContext, cursor: Cursor) -> None:
    """Afterwards `data/integrated/` is complete. Raises EngineError dataset_shape, dataset_empty, session_damaged."""
    datasets = {dataset.name: dataset for dataset in context.config.datasets}
    collected = shards.listed(context.session, shards.COLLECTED)
    tally = step_state.read_tally(context, NOTHING)
    seen = _seen_before(context, tally.listed, datasets)
    indexes: dict[str, Index] = {}
    context.begin({"shard": len(collected)})
    for unit in range(cursor.unit, len(collected)):
        path = collected[unit]
        dataset = datasets[_source_of(path)]
        if dataset.name not in indexes:
            whole_source = [shard for shard in collected if _source_of(shard) == dataset.name]
            indexes = {dataset.name: _index(dataset, whole_source)}
        kept, dropped = _integrate(context.config, dataset, path, indexes[dataset.name], seen)
        rows = [dataclasses.asdict(item.record) | {"key": item.key, "prompt_key": item.prompt_key} for item in kept]
        data = shards.parquet(rows, shards.INTEGRATED_SCHEMA)
        context.write(shards.folder(context.session, shards.INTEGRATED) / path.name, data)
        listed = tally.listed | {path.name: manifest.digest(data)}
        tally = ShardTally(listed, _count(tally.counts, dataset.name, kept, dropped))
        metrics = {"source": dataset.name, "kept": len(kept), "dropped": sum(dropped.values())}
        context.tick(Cursor(cursor.step, unit + 1), "shard", metrics, tally.payload)
    _check(context, tally.counts)
    shards.finish(context, shards.INTEGRATED, tally.listed, {"counts.json": tally.counts})


def _integrate(
    config: RunConfig, dataset: Dataset, path: Path, index: Index, seen: Seen
) -> tuple[list[KeptRecord], Counter[str]]:
    """The records of one collected shard, and how many rows were dropped by reason (in English). `seen` grows."""
    kept: list[KeptRecord] = []
    dropped: Counter[str] = Counter()
    first: Fields | None = None
    for source, _, row in shards.read_collected(path):
        first = row if first is None else first
        try:
            item = admission.kept(config, dataset, source=source, row=row, index=index, seen=seen)
        except Skip as skip:
            dropped[str(skip.reason)] += 1
            continue
        seen.add(item, dataset)
        kept.append(item)
    other_shape = dropped[str(drop_reasons.OTHER_SHAPE)]
    if first is not None and other_shape == sum(dropped.values()) and not kept:
        raise EngineError("dataset_shape", admission.unfit(dataset, first))
    return kept, dropped


def _index(dataset: Dataset, paths: list[Path]) -> Index:
    """One look at a whole source, for the adapter that needs it (replies must find their questions)."""

    def rows() -> Iterator[Fields]:
        return (row for path in paths for _, _, row in shards.read_collected(path))

    return choose_adapter.index_of(dataset, rows)


def _seen_before(context: StepContext, listed: Mapping[str, shards.Digest], datasets: Mapping[str, Dataset]) -> Seen:
    """After a restart: the keys of the shards this step has written. Raises EngineError session_damaged."""
    seen = Seen()
    folder = shards.folder(context.session, shards.INTEGRATED)
    for name, digest in listed.items():
        if not (folder / name).is_file() or manifest.digest_file(folder / name) != digest:
            what = sentence("steps.shard_changed", session=context.session.name, shard=name)
            raise EngineError("session_damaged", what)
        table = pq.read_table(folder / name, columns=["key", "prompt_key"])
        seen.keys.update(table["key"].to_pylist())
        if datasets[_source_of(folder / name)].use == "evaluation":
            seen.evaluated.update(table["prompt_key"].to_pylist())
    return seen


def _count(counts: Mapping[str, Any], source: str, kept: list[KeptRecord], dropped: Counter[str]) -> dict[str, Any]:
    """New totals: records by split, language and category; rows kept and dropped by source and reason."""
    fields: dict[str, Callable[[Record], str]] = {
        "split": lambda record: record.split,
        "language": lambda record: record.language,
        "category": lambda record: record.category,
    }
    totals = {name: step_state.added(counts[name], (of(item.record) for item in kept)) for name, of in fields.items()}
    before = counts["sources"].get(source, {"kept": 0, "dropped": {}})
    now = {"kept": before["kept"] + len(kept), "dropped": dict(Counter(before["dropped"]) + dropped)}
    return {"records": counts["records"] + len(kept), **totals, "sources": counts["sources"] | {source: now}}


def _check(context: StepContext, counts: Mapping[str, Any]) -> None:
    """One warning that sums up what was dropped. Raises EngineError dataset_empty."""
    sources = [
        sentence(
            "steps.rows_of_source",
            source=source,
            kept=rows["kept"],
            reasons=drop_reasons.with_counts(rows["dropped"]),
        )
        for source, rows in counts["sources"].items()
        if rows["dropped"]
    ]
    uses = {dataset.name: dataset.use for dataset in context.config.datasets}
    heldout = sum(rows["kept"] for name, rows in counts["sources"].items() if uses.get(name) == "train")
    if heldout and not counts["split"].get("train"):
        share = context.config.integrate.heldout_fraction
        raise EngineError("dataset_empty", sentence("steps.all_held_out", count=heldout, share=share))
    if not counts["split"].get("train"):
        raise EngineError(
            "dataset_empty",
            sentence("steps.nothing_left", sources=sources) if sources else sentence("steps.no_rows_at_all"),
        )
    if sources:
        context.warn("records_dropped", sentence("steps.records_dropped", sources=sources))
    if not counts["split"].get("heldout"):
        context.warn("no_heldout", sentence("steps.no_heldout"))


def _source_of(path: Path) -> str:
    name = SHARD_NAME.fullmatch(path.name)
    if name is None:
        raise EngineError("session_damaged", sentence("steps.foreign_shard", shard=path.name))
    return name[1]
