"""Step 1: every source becomes Parquet shards of raw rows, with a note of its provenance.

One unit is one shard. Sources for evaluation come first, so that `integrate` knows their prompts before it sees
a training record. A restart reads the source again up to where the last shard ended.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from so8t_engine.config.run_config import Dataset
from so8t_engine.data import hub, local_files, provenance, shards, step_state
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.provenance import Provenance
from so8t_engine.data.row_readers import BadRow, RawRow
from so8t_engine.errors import EngineError
from so8t_engine.run.step_context import StepContext
from so8t_engine.sentences import sentence
from so8t_engine.session import manifest
from so8t_engine.session.state import Cursor

SHARD_BYTES = 64 << 20  # of JSON text: what a shard may hold in memory, whatever rows_per_shard says


@dataclass(frozen=True)
class Progress:
    """How far it is: `order` sources are done, of the next one `file` files, of the next file `number` rows.

    `part`: shards written of the next source; `listed`: all shards, name -> (bytes, sha256); `sources`: the provenance
    of every source begun so far.
    """

    order: int = 0
    file: int = 0
    number: int = 0
    part: int = 0
    listed: dict[str, shards.Digest] = field(default_factory=dict)
    sources: dict[str, Provenance] = field(default_factory=dict)

    def changed(self, **fields: Any) -> Progress:
        return dataclasses.replace(self, **fields)

    def payload(self) -> dict[str, bytes]:
        return step_state.files(dataclasses.asdict(self))


def run(context: StepContext, cursor: Cursor) -> None:
    """Afterwards `data/collected/` is complete. Raises EngineError dataset_*, disk_full, source_changed."""
    ordered = sorted(context.config.datasets, key=lambda dataset: dataset.use != "evaluation")
    progress = _read_progress(context)
    files = {item.name: _files(context, item, progress) for item in ordered[progress.order :] if item.source == "local"}
    guesses = {item.name: _guess(context, item, files.get(item.name, [])) for item in ordered[progress.order :]}

    def announce() -> None:
        ahead = sum(guesses[item.name] for item in ordered[progress.order :])
        context.begin({"shard": max(len(progress.listed) + 1, len(progress.listed) + ahead - progress.part)})

    announce()
    while progress.order < len(ordered):
        dataset = ordered[progress.order]
        started = _start(context, dataset, files.get(dataset.name, []), progress)
        for progress in _collect(context, dataset, files.get(dataset.name, []), started):
            unit = Cursor(cursor.step, len(progress.listed))
            context.tick(unit, "shard", {"source": dataset.name}, progress.payload)
            if progress.order > started.order or progress.part >= guesses[dataset.name]:
                guesses[dataset.name] = max(progress.part + 1, guesses[dataset.name])
                announce()
    context.begin({"shard": len(progress.listed)})
    notes = {name: dataclasses.asdict(source) for name, source in progress.sources.items()}
    shards.finish(context, shards.COLLECTED, progress.listed, {"provenance.json": notes})


def _files(context: StepContext, dataset: Dataset, progress: Progress) -> list[local_files.SourceFile]:
    """The files of a local source; those it was begun with, if it was, whatever this version would choose."""
    begun = progress.sources.get(dataset.name)
    chosen = local_files.choose(dataset, frozenset(begun.files) if begun is not None else frozenset())
    for note in chosen.notes:
        context.warn("files_left_out", note)
    return chosen.files


def _start(context: StepContext, dataset: Dataset, files: list[local_files.SourceFile], progress: Progress) -> Progress:
    """The source's own provenance: digests of its files or the pinned revision, the same as before after a restart."""
    source = progress.sources.get(dataset.name, provenance.begin(dataset))
    if dataset.source == "local":
        digests = local_files.digests(files)
        together = json.dumps(sorted(digests.items())).encode()
        named = sentence("steps.the_dataset", path=dataset.path)
        context.check_source(f"source:{dataset.name}", hashlib.sha256(together).hexdigest(), named)
        source = dataclasses.replace(source, files={name: list(digest) for name, digest in digests.items()})
    elif dataset.name not in progress.sources:
        pinned = hub.pin(dataset, context.config.collect.retries, context.wait)
        source = dataclasses.replace(source, revision=pinned.revision, licence=pinned.licence)
    return progress.changed(sources=progress.sources | {dataset.name: source})


def _collect(
    context: StepContext, dataset: Dataset, files: list[local_files.SourceFile], progress: Progress
) -> Iterator[Progress]:
    """Writes the rest of one source shard by shard and yields the progress after each; the last one ends the source."""
    settings = context.config.collect
    source = progress.sources[dataset.name]
    rows: list[dict[str, Any]] = []
    size = 0
    file, number = progress.file, progress.number

    def write() -> Progress:
        behind = progress.changed(file=file, number=number, sources=progress.sources | {dataset.name: source})
        return _write(context, dataset, behind, rows)

    for in_file, name, item in _items(context, dataset, files, progress, source):
        if isinstance(item, BadRow):
            source = provenance.with_bad(source, name, item)
            provenance.check(source, settings.max_bad_fraction, at_end=False)
        else:
            if dataset.max_rows is not None and source.kept >= dataset.max_rows:
                break
            if len(rows) >= settings.rows_per_shard or size >= SHARD_BYTES:  # only now: the last shard is never empty
                progress = write()
                yield progress
                rows, size = [], 0
            source = provenance.with_row(source)
            place = {"file": name, "place": item.number}
            rows.append({"source": dataset.name, "number": source.kept, "row": item.text, **place})
            size += len(item.text)
        file, number = in_file, item.number
    provenance.check(source, settings.max_bad_fraction, at_end=True)
    if source.kept == 0:
        raise EngineError("dataset_empty", sentence("steps.no_rows", path=dataset.path))
    if source.skipped:
        context.warn("rows_skipped", provenance.summary(source))
    yield write().changed(order=progress.order + 1, file=0, number=0, part=0)


def _items(
    context: StepContext, dataset: Dataset, files: list[local_files.SourceFile], progress: Progress, source: Provenance
) -> Iterator[tuple[int, str, RawRow | BadRow]]:
    """(number of the file, its name, row), from where `progress` stands."""
    if dataset.source == "hub":
        columns = choose_adapter.columns_of(dataset)
        retries = context.config.collect.retries
        _, rows = context.fetch(
            lambda: hub.open_rows(dataset, source.revision, columns, retries, progress.number, context.wait),
            hub.cache(),
        )
        for item in rows:
            yield 0, dataset.path, item
        return
    for index in range(progress.file, len(files)):
        count = 0
        skip = progress.number if index == progress.file else 0
        for item in local_files.read(
            files[index],
            context.config.collect.max_line_bytes,
            skip,
            reading=local_files.Reading.of(dataset),
            notice=lambda said: context.warn("file_read_as", said),
        ):
            count += 1
            yield index, files[index].name, item
        if count == 0 and (index > progress.file or progress.number == 0) and len(files) > 1:
            context.warn("file_empty", sentence("steps.no_rows", path=files[index].path))


def _write(context: StepContext, dataset: Dataset, progress: Progress, rows: list[dict[str, Any]]) -> Progress:
    name = f"{progress.order:03d}-{dataset.name}-{progress.part:05d}.parquet"
    data = shards.parquet(rows, shards.COLLECTED_SCHEMA)
    context.write(shards.folder(context.session, shards.COLLECTED) / name, data)
    return progress.changed(part=progress.part + 1, listed=progress.listed | {name: manifest.digest(data)})


def _guess(context: StepContext, dataset: Dataset, files: list[local_files.SourceFile]) -> int:
    rows = local_files.guess_rows(files) if dataset.source == "local" else dataset.max_rows or 1
    return -(-min(rows, dataset.max_rows or rows) // context.config.collect.rows_per_shard)


def _read_progress(context: StepContext) -> Progress:
    state = step_state.read(context)
    if state is None:
        return Progress()
    sources = {name: Provenance(**source) for name, source in state["sources"].items()}
    return Progress(**state | {"sources": sources, "listed": step_state.digests(state["listed"])})
