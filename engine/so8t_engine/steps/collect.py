"""Fetches every source into Parquet shards of raw rows, and notes where each came from and what was skipped.

One unit is one shard. Sources for evaluation come first, so that `integrate` knows their prompts before it sees
a training record. A restart reads the source again up to where the last shard ended.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from so8t_engine.config.run_config import Dataset
from so8t_engine.data import hub, local_files, provenance, shards
from so8t_engine.data.adapters import registry
from so8t_engine.data.provenance import Provenance
from so8t_engine.data.row_readers import Bad, Row
from so8t_engine.errors import EngineError
from so8t_engine.run.step_context import StepContext
from so8t_engine.session import manifest
from so8t_engine.session.state import Cursor

STATE = "state.json"
SHARD_BYTES = 64 << 20  # of JSON text: what a shard may hold in memory, whatever rows_per_shard says


@dataclass(frozen=True)
class Place:
    """How far collecting is: `order` sources are done; in the next one `file` files and `number` rows of another.

    `listed`: shard name -> (bytes, sha256); `sources`: what each source begun so far gave.
    """

    order: int = 0
    file: int = 0
    number: int = 0
    part: int = 0
    listed: dict[str, shards.Digest] = field(default_factory=dict)
    sources: dict[str, Provenance] = field(default_factory=dict)

    def changed(self, **fields: Any) -> Place:
        return dataclasses.replace(self, **fields)


def run(context: StepContext, cursor: Cursor) -> None:
    ordered = sorted(context.config.datasets, key=lambda dataset: dataset.use != "evaluation")
    place = _read_place(context)
    files = {item.name: local_files.find(item.path) for item in ordered[place.order :] if item.source == "local"}
    guesses = {item.name: _guess(context, item, files.get(item.name, [])) for item in ordered[place.order :]}

    def announce() -> None:
        ahead = sum(guesses[item.name] for item in ordered[place.order :])
        context.begin({"shard": max(len(place.listed) + 1, len(place.listed) + ahead - place.part)})

    announce()
    while place.order < len(ordered):
        dataset = ordered[place.order]
        started = _start(context, dataset, files.get(dataset.name, []), place)
        for place in _collect(context, dataset, files.get(dataset.name, []), started):
            unit = Cursor(cursor.step, len(place.listed))
            context.tick(unit, "shard", {"source": dataset.name}, functools.partial(_payload, place))
            if place.order > started.order or place.part >= guesses[dataset.name]:
                guesses[dataset.name] = max(place.part + 1, guesses[dataset.name])
                announce()
    context.begin({"shard": len(place.listed)})
    notes = {name: dataclasses.asdict(known) for name, known in place.sources.items()}
    shards.finish(context, shards.COLLECTED, place.listed, {"provenance.json": notes})


def _start(context: StepContext, dataset: Dataset, files: list[local_files.Found], place: Place) -> Place:
    """The source's own provenance: digests of its files or the pinned revision, the same as before after a restart."""
    known = place.sources.get(dataset.name, provenance.begin(dataset))
    if dataset.source == "local":
        digests = local_files.digests(files)
        together = json.dumps(sorted(digests.items())).encode()
        context.check_source(f"source:{dataset.name}", hashlib.sha256(together).hexdigest(), f"{dataset.path}")
        known = dataclasses.replace(known, files={name: list(digest) for name, digest in digests.items()})
    elif dataset.name not in place.sources:
        pinned = hub.pin(dataset, context.config.collect.retries, context.wait)
        known = dataclasses.replace(known, revision=pinned.revision, licence=pinned.licence)
    return place.changed(sources=place.sources | {dataset.name: known})


def _collect(context: StepContext, dataset: Dataset, files: list[local_files.Found], place: Place) -> Iterator[Place]:
    """Writes the rest of one source shard by shard; gives the place behind each. The last one is behind the source."""
    settings = context.config.collect
    known = place.sources[dataset.name]
    rows: list[dict[str, Any]] = []
    size = 0
    file, number = place.file, place.number

    def write() -> Place:
        here = place.changed(file=file, number=number, sources=place.sources | {dataset.name: known})
        return _write(context, dataset, here, rows)

    for in_file, name, item in _items(context, dataset, files, place, known):
        if isinstance(item, Bad):
            known = provenance.with_bad(known, name, item)
            provenance.check(known, settings.max_bad_fraction, at_end=False)
        else:
            if dataset.max_rows is not None and known.kept >= dataset.max_rows:
                break
            if len(rows) >= settings.rows_per_shard or size >= SHARD_BYTES:  # only now: the last shard is never empty
                place = write()
                yield place
                rows, size = [], 0
            known = provenance.with_row(known)
            rows.append({"source": dataset.name, "number": known.kept, "row": item.text})
            size += len(item.text)
        file, number = in_file, item.number
    provenance.check(known, settings.max_bad_fraction, at_end=True)
    if known.kept == 0:
        raise EngineError("dataset_empty", f"{dataset.path} holds no rows.")
    if known.skipped:
        context.warn("rows_skipped", provenance.summary(known))
    yield write().changed(order=place.order + 1, file=0, number=0, part=0)


def _items(
    context: StepContext, dataset: Dataset, files: list[local_files.Found], place: Place, known: Provenance
) -> Iterator[tuple[int, str, Row | Bad]]:
    """(file, its name, row) from the place on."""
    if dataset.source == "hub":
        columns = registry.columns_of(dataset)
        retries = context.config.collect.retries
        _, rows = hub.open_rows(dataset, known.revision, columns, retries, place.number, context.wait)
        for item in rows:
            yield 0, dataset.path, item
        return
    for index in range(place.file, len(files)):
        count = 0
        for item in local_files.read(
            files[index], context.config.collect.max_line_bytes, place.number if index == place.file else 0
        ):
            count += 1
            yield index, files[index].name, item
        if count == 0 and (index > place.file or place.number == 0) and len(files) > 1:
            context.warn("file_empty", f"{files[index].path} holds no rows.")


def _write(context: StepContext, dataset: Dataset, place: Place, rows: list[dict[str, Any]]) -> Place:
    name = f"{place.order:03d}-{dataset.name}-{place.part:05d}.parquet"
    data = shards.parquet(rows, shards.COLLECTED_SCHEMA)
    context.write(shards.folder(context.session, shards.COLLECTED) / name, data)
    return place.changed(part=place.part + 1, listed=place.listed | {name: manifest.digest(data)})


def _guess(context: StepContext, dataset: Dataset, files: list[local_files.Found]) -> int:
    rows = local_files.guess_rows(files) if dataset.source == "local" else dataset.max_rows or 1
    return -(-min(rows, dataset.max_rows or rows) // context.config.collect.rows_per_shard)


def _read_place(context: StepContext) -> Place:
    folder = context.checkpoint()
    if folder is None:
        return Place()
    body = json.loads((folder / STATE).read_bytes())
    body["sources"] = {name: Provenance(**known) for name, known in body["sources"].items()}
    body["listed"] = {name: (size, sha) for name, (size, sha) in body["listed"].items()}
    return Place(**body)


def _payload(place: Place) -> dict[str, bytes]:
    return {STATE: json.dumps(dataclasses.asdict(place), ensure_ascii=False, sort_keys=True).encode()}
