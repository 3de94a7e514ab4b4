"""Turns raw rows into records: one schema, clean text, no duplicates, and a held-out part that never leaks.

One unit is one collected shard. What was seen before (for duplicates, and the prompts of evaluation sources) is read
back from the shards already written, so that a restart needs nothing but the counts.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.data import normalise, shards
from so8t_engine.data.adapters import registry
from so8t_engine.data.adapters.parsed_row import Draft, Skip
from so8t_engine.data.record import Record
from so8t_engine.errors import EngineError
from so8t_engine.run.step_context import StepContext
from so8t_engine.session import manifest
from so8t_engine.session.state import Cursor

STATE = "state.json"
SHARD_NAME = re.compile(r"\d+-(.+)-\d+\.parquet")

OTHER_SHAPE = "another shape"
EMPTY = "an empty field"
DUPLICATE = "a duplicate"
EVALUATED = "its prompt is in an evaluation source"
MARKED = "holds tags of the thinking format or of a chat template"


@dataclass
class Seen:
    """Keys of all records kept so far. Has state: it only grows, by half a million keys in the real job."""

    keys: set[str] = field(default_factory=set)
    evaluated: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Kept:
    record: Record
    key: str
    prompt_key: str


def run(context: StepContext, cursor: Cursor) -> None:
    datasets = {dataset.name: dataset for dataset in context.config.datasets}
    collected = shards.listed(context.session, shards.COLLECTED)
    listed, counts = _read_state(context)
    seen = _seen_before(context, listed, datasets)
    indexes: dict[str, registry.Index] = {}
    context.begin({"shard": len(collected)})
    for unit in range(cursor.unit, len(collected)):
        path = collected[unit]
        dataset = datasets[_source_of(path)]
        if dataset.name not in indexes:
            indexes = {dataset.name: _index(dataset, [one for one in collected if _source_of(one) == dataset.name])}
        kept, dropped = _integrate(context.config, dataset, path, indexes[dataset.name], seen)
        counts = _count(counts, dataset.name, kept, dropped)
        rows = [dataclasses.asdict(one.record) | {"key": one.key, "prompt_key": one.prompt_key} for one in kept]
        data = shards.parquet(rows, shards.INTEGRATED_SCHEMA)
        context.write(shards.folder(context.session, shards.INTEGRATED) / path.name, data)
        listed = listed | {path.name: manifest.digest(data)}
        metrics = {"source": dataset.name, "kept": len(kept), "dropped": sum(dropped.values())}
        context.tick(Cursor(cursor.step, unit + 1), "shard", metrics, functools.partial(_payload, dict(listed), counts))
    _check(context, counts)
    shards.finish(context, shards.INTEGRATED, listed, {"counts.json": counts})


def _integrate(
    config: RunConfig, dataset: Dataset, path: Path, index: registry.Index, seen: Seen
) -> tuple[list[Kept], Counter[str]]:
    """The records of one collected shard and why the other rows were dropped. `seen` grows."""
    kept: list[Kept] = []
    dropped: Counter[str] = Counter()
    first: Mapping[str, Any] | None = None
    for source, _, row in shards.read_collected(path):
        first = row if first is None else first
        try:
            one = _record(config, dataset, source, _draft(dataset, row, index), seen)
        except Skip as skip:
            dropped[skip.reason] += 1
            continue
        seen.keys.add(one.key)
        if dataset.use == "evaluation":
            seen.evaluated.add(one.prompt_key)
        kept.append(one)
    if first is not None and dropped[OTHER_SHAPE] == sum(dropped.values()) and not kept:
        adapter = "No adapter fits" if dataset.adapter == "auto" else f"The adapter {dataset.adapter} does not fit"
        raise EngineError(
            "dataset_shape", f"{adapter} the rows of {dataset.path}; their columns are {', '.join(sorted(first))}."
        )
    return kept, dropped


def _draft(dataset: Dataset, row: Mapping[str, Any], index: registry.Index) -> Draft:
    adapter = registry.choose(dataset, row)
    if adapter is None:
        raise Skip(OTHER_SHAPE)
    try:
        return adapter.adapt(row, index)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise Skip(OTHER_SHAPE) from error


def _record(config: RunConfig, dataset: Dataset, source: str, draft: Draft, seen: Seen) -> Kept:
    """Raises Skip with the reason why it is not kept."""
    limits = config.integrate
    prompt, response = normalise.clean(draft.prompt), normalise.clean(draft.response)
    reasoning = normalise.clean(draft.reasoning or "") or None
    choices = [normalise.clean(option) for option in draft.choices]
    if not prompt or not response:
        raise Skip(EMPTY)
    if normalise.holds_marks("\n".join([prompt, response, reasoning or ""])):
        raise Skip(MARKED)
    if len(prompt) > limits.max_prompt_chars:
        raise Skip("its prompt is longer than integrate.max_prompt_chars")
    if len(response) + len(reasoning or "") > limits.max_response_chars:
        raise Skip("its response is longer than integrate.max_response_chars")
    language = normalise.language(f"{prompt}\n{response}", draft.language)
    if limits.languages is not None and language not in limits.languages:
        raise Skip("its language is not in integrate.languages")
    key, prompt_key = normalise.key(prompt, response), normalise.key(prompt)
    if dataset.use == "train" and prompt_key in seen.evaluated:
        raise Skip(EVALUATED)
    if key in seen.keys:
        raise Skip(DUPLICATE)
    heldout = dataset.use == "evaluation" or normalise.is_heldout(config.seed, prompt_key, limits.heldout_fraction)
    record = Record(
        id=normalise.key(source, key)[:16], source=source, prompt=prompt, response=response,
        category=dataset.category or draft.category, language=language,  # type: ignore[arg-type] # checked at the door
        split="heldout" if heldout else "train", answer=normalise.clean(draft.answer or "") or None,
        answer_kind=draft.answer_kind, reasoning=reasoning, choices=choices, safety=draft.safety,
    )  # fmt: skip
    return Kept(record, key, prompt_key)


def _index(dataset: Dataset, paths: list[Path]) -> registry.Index:
    """One look at a whole source, for the adapter that needs it (replies must find their questions)."""

    def rows() -> Iterator[Mapping[str, Any]]:
        return (row for path in paths for _, _, row in shards.read_collected(path))

    first = next(rows(), None)
    adapter = registry.choose(dataset, first) if first is not None else None
    if adapter is None or adapter.index is None:
        return {}
    wanted = set(adapter.columns)
    return adapter.index(row for row in rows() if wanted <= row.keys())


def _seen_before(context: StepContext, listed: Mapping[str, shards.Digest], datasets: Mapping[str, Dataset]) -> Seen:
    """After a restart: the keys of the shards this step has written. Raises EngineError session_damaged."""
    seen = Seen()
    where = shards.folder(context.session, shards.INTEGRATED)
    for name, digest in listed.items():
        if not (where / name).is_file() or manifest.digest_file(where / name) != digest:
            raise EngineError("session_damaged", f"The data of session {context.session.name} is not intact: {name}.")
        table = pq.read_table(where / name, columns=["key", "prompt_key"])
        seen.keys.update(table["key"].to_pylist())
        if datasets[_source_of(where / name)].use == "evaluation":
            seen.evaluated.update(table["prompt_key"].to_pylist())
    return seen


def _count(counts: dict[str, Any], source: str, kept: list[Kept], dropped: Counter[str]) -> dict[str, Any]:
    """New totals: records by split, language and category; rows kept and dropped by source and reason."""
    fields: dict[str, Callable[[Record], str]] = {
        "split": lambda record: record.split,
        "language": lambda record: record.language,
        "category": lambda record: record.category,
    }
    more = {name: Counter(of(one.record) for one in kept) for name, of in fields.items()}
    before = counts["sources"].get(source, {"kept": 0, "dropped": {}})
    now = {"kept": before["kept"] + len(kept), "dropped": dict(Counter(before["dropped"]) + dropped)}
    totals = {name: dict(Counter(counts[name]) + more[name]) for name in fields}
    return {"records": counts["records"] + len(kept), **totals, "sources": counts["sources"] | {source: now}}


def _check(context: StepContext, counts: Mapping[str, Any]) -> None:
    """One warning that sums up what was dropped. Raises EngineError dataset_empty."""
    said = []
    for source, one in counts["sources"].items():
        if one["dropped"]:
            reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(one["dropped"].items()))
            said.append(f"{source}: {one['kept']} kept, dropped {reasons}")
    if not counts["split"].get("train"):
        raise EngineError("dataset_empty", f"No training record is left ({'; '.join(said) or 'there were none'}).")
    if said:
        context.warn("records_dropped", "; ".join(said) + ".")
    if not counts["split"].get("heldout"):
        context.warn("no_heldout", "No record is held out: the evaluation will have nothing to measure with.")


def _source_of(path: Path) -> str:
    found = SHARD_NAME.fullmatch(path.name)
    if found is None:
        raise EngineError("session_damaged", f"{path.name} is no shard of this program.")
    return found[1]


def _read_state(context: StepContext) -> tuple[dict[str, shards.Digest], dict[str, Any]]:
    folder = context.checkpoint()
    if folder is None:
        return {}, {"records": 0, "split": {}, "language": {}, "category": {}, "sources": {}}
    body = json.loads((folder / STATE).read_bytes())
    return {name: (size, sha) for name, (size, sha) in body["listed"].items()}, body["counts"]


def _payload(listed: Mapping[str, shards.Digest], counts: Mapping[str, Any]) -> dict[str, bytes]:
    return {STATE: json.dumps({"listed": listed, "counts": counts}, ensure_ascii=False, sort_keys=True).encode()}
