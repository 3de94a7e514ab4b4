"""Step 1: every source becomes Parquet shards of raw rows, with a note of its provenance.

One unit is one shard. Sources for evaluation come first, so that `integrate` knows their prompts before it sees
a training record. A restart reads the source again up to where the last shard ended. A source that fails does not stop
the others: the step fails when all that can be collected is there, and a restart asks only those that failed. One that
is not `required` is left out instead, for good.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from so8t_engine import garbage
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import collect_progress, provenance, reading_rules, shards
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.collect_progress import Progress, SourcePlace
from so8t_engine.data.files import local_files
from so8t_engine.data.files.local_files import Reading, SourceFile
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.data.hub import hub, hub_download, hub_files
from so8t_engine.data.hub.hub_download import Fetched
from so8t_engine.data.hub.hub_files import HubFile, Pinned
from so8t_engine.data.hub.hub_problems import Patience
from so8t_engine.data.provenance import Provenance
from so8t_engine.errors import EngineError
from so8t_engine.run.step_context import StepContext
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.session import manifest
from so8t_engine.session.state import Cursor

SHARD_BYTES = 64 << 20  # of JSON text: what a shard may hold in memory, whatever rows_per_shard says
OF_A_SOURCE = ("dataset_missing", "dataset_kind", "dataset_no_rows", "dataset_gated", "dataset_network", "dataset_bad",
               "dataset_file", "dataset_shape", "dataset_empty")  # fmt: skip

Files = list[SourceFile]


@garbage.rarely_looked_for()
def run(context: StepContext, cursor: Cursor) -> None:
    """Afterwards `data/collected/` is complete. Raises EngineError dataset_*, disk_full, source_changed."""
    ordered = sorted(context.config.datasets, key=lambda dataset: dataset.use != "evaluation")
    progress = _read_alike(context, cursor, ordered, collect_progress.read(context))
    ahead = [(index, item) for index, item in enumerate(ordered) if progress.is_open(index, item.name)]
    files, troubles = _local_files(context, [item for _, item in ahead], progress)
    guesses = {item.name: _guess(context, item, files.get(item.name, [])) for _, item in ahead}

    def announce() -> None:
        left = sum(
            max(0, guesses[item.name] - progress.place(index, item.name).part)
            for index, item in ahead
            if progress.is_open(index, item.name) and not (item.name in progress.waiting and item.name in troubles)
        )
        context.begin({"shard": max(progress.units + 1, progress.units + left)})

    announce()
    for position, (index, dataset) in enumerate(ahead):
        place = progress.place(index, dataset.name)
        try:
            if dataset.name in troubles:
                raise troubles[dataset.name]
            opened, source = _open(context, dataset, files.get(dataset.name, []), progress, place)
            if opened is not None and not place.part:
                guesses[dataset.name] = max(guesses[dataset.name], _guess(context, dataset, opened))
                announce()
            for further in _collect(context, index, dataset, opened, source, progress):
                progress = further
                context.tick(Cursor(cursor.step, progress.units), "shard", {"source": dataset.name}, progress.payload)
                part = progress.place(index, dataset.name).part
                if not progress.is_open(index, dataset.name) or part >= guesses[dataset.name]:
                    guesses[dataset.name] = max(part + 1, guesses[dataset.name])
                    announce()
        except EngineError as error:
            if error.code not in OF_A_SOURCE:
                raise
            if dataset.required:
                if dataset.name not in troubles and position + 1 < len(ahead):
                    context.warn(
                        "source_failed", sentence("steps.source_waits", source=dataset.name, why=error.sentence)
                    )
                troubles[dataset.name] = error
            else:
                troubles.pop(dataset.name, None)
                context.warn(
                    "source_left_out", sentence("steps.source_left_out", source=dataset.name, why=error.sentence)
                )
            progress = _without(context, index, dataset, error, progress)
            nothing = {"source": dataset.name, "fetched": 0, "to_fetch": 0}  # what was shown of a download is over
            context.tick(Cursor(cursor.step, progress.units), "shard", nothing, progress.payload, keep=True)
    _check(context, cursor, ordered, progress, troubles)
    context.begin({"shard": progress.units})
    notes = {name: dataclasses.asdict(source) for name, source in progress.sources.items()}
    for dataset in ordered:
        if dataset.name in progress.left_out:
            why = {"left_out": progress.left_out[dataset.name]}
            notes[dataset.name] = dataclasses.asdict(provenance.begin(dataset)) | why
    shards.finish(context, shards.COLLECTED, progress.listed, {"provenance.json": notes})


def _read_alike(context: StepContext, cursor: Cursor, ordered: Sequence[Dataset], progress: Progress) -> Progress:
    """No source half read by another version's rules: what such a one had begun and not finished begins again."""
    if cursor.unit == 0:
        reading_rules.take(context, "rows")
    elif reading_rules.changed(context, "files"):
        places = [(index, dataset.name) for index, dataset in enumerate(ordered)]
        begun = [(index, name) for index, name in places
                 if progress.is_open(index, name) and progress.place(index, name).part]  # fmt: skip
        for index, name in begun:
            progress = progress.begun_again(index, name)
        if begun:
            reading_rules.say(context, sentence("steps.collected_again", sources=[name for _, name in begun]))
    reading_rules.take(context, "files")
    return progress


def _local_files(
    context: StepContext, datasets: Sequence[Dataset], progress: Progress
) -> tuple[dict[str, Files], dict[str, EngineError]]:
    """The files of local sources, and what is wrong with the others: said before anything is collected.

    Those it was begun with, if it was, whatever this version would choose.
    """
    files: dict[str, Files] = {}
    troubles: dict[str, EngineError] = {}
    for dataset in datasets:
        if dataset.source != "local":
            continue
        begun = progress.sources.get(dataset.name)
        try:
            chosen = local_files.choose(dataset, frozenset(begun.files) if begun is not None else frozenset())
        except EngineError as error:
            if error.code not in OF_A_SOURCE:
                raise
            troubles[dataset.name] = error
            if dataset.required and len(datasets) > 1:
                context.warn("source_failed", sentence("steps.source_waits", source=dataset.name, why=error.sentence))
            continue
        for note in chosen.notes:
            context.warn("files_left_out", note)
        files[dataset.name] = chosen.files
    return files, troubles


def _open(
    context: StepContext, dataset: Dataset, files: Files, progress: Progress, place: SourcePlace
) -> tuple[Files | None, Provenance]:
    """Its files, ready to be read (None: the library reads it), and its own provenance.

    Digests of its files or the pinned revision are the same as before after a restart.
    """
    source = progress.sources.get(dataset.name, provenance.begin(dataset))
    if dataset.source == "local":
        digests = local_files.digests(files)
        together = json.dumps(sorted(digests.items())).encode()
        named = sentence("steps.the_dataset", path=dataset.path)
        context.check_source(_key(dataset), hashlib.sha256(together).hexdigest(), named)
        return files, dataclasses.replace(source, files={name: list(digest) for name, digest in digests.items()})
    patience = _patience(context)
    if dataset.name not in progress.sources:
        pinned = hub_files.pin(dataset, patience)
        source = dataclasses.replace(source, revision=pinned.revision, licence=pinned.licence)
    if not source.files and not place.part:  # else an older version had begun to read it by the library
        chosen = hub_files.choose(dataset, Pinned(source.revision, source.licence), patience)
        source = dataclasses.replace(source, files={file.name: [file.size, file.digest] for file in chosen or []})
    if not source.files or source.revision is None:
        return None, source
    wanted, revision = [HubFile(name, *about) for name, about in source.files.items()], source.revision

    def heard(so_far: Fetched) -> None:
        fetched = {"fetched": so_far.done, "to_fetch": so_far.total, "fetch_seconds": so_far.seconds_left}
        context.say("shard", {"source": dataset.name, **fetched})

    at_once = context.config.collect.parallel_downloads
    opened = context.fetch(
        lambda: hub.open_files(dataset, revision, wanted, at_once=at_once, patience=patience, heard=heard), hub.cache()
    )
    return opened, source


def _collect(
    context: StepContext, index: int, dataset: Dataset, files: Files | None, source: Provenance, progress: Progress
) -> Iterator[Progress]:
    """Writes the rest of one source shard by shard and yields the progress after each; the last one ends the source."""
    settings = context.config.collect
    rows: list[tuple[int, str, str, int]] = []  # number, text, file, place
    size = 0
    place = progress.place(index, dataset.name)
    file, number, kept = place.file, place.number, source.kept  # counted here: objects a row would cost as much as it

    def write() -> Progress:
        nonlocal place, source
        source = provenance.with_kept(source, kept)
        name = f"{index:03d}-{dataset.name}-{place.part:05d}.parquet"
        data = shards.parquet(shards.collected(dataset.name, rows))
        context.write(shards.folder(context.session, shards.COLLECTED) / name, data)
        place = dataclasses.replace(place, part=place.part + 1, file=file, number=number)
        return progress.with_shard(index, place, (name, manifest.digest(data)), source)

    for in_file, name, item in _items(context, dataset, files, place, source):
        if isinstance(item, BadRow):
            source = provenance.with_bad(provenance.with_kept(source, kept), name, item)
            provenance.check(source, settings.max_bad_fraction, at_end=False)
        else:
            if dataset.max_rows is not None and kept >= dataset.max_rows:
                break
            if len(rows) >= settings.rows_per_shard or size >= SHARD_BYTES:  # only now: the last shard is never empty
                progress = write()
                yield progress
                rows, size = [], 0
            kept += 1
            rows.append((kept, item.text, name, item.number))
            size += len(item.text)
        file, number = in_file, item.number
    source = provenance.with_kept(source, kept)
    provenance.check(source, settings.max_bad_fraction, at_end=True)
    if source.kept == 0:
        raise EngineError("dataset_no_rows", sentence("steps.no_rows", path=dataset.path))
    if source.skipped:
        context.warn("rows_skipped", provenance.summary(source))
    yield write().done(index, dataset.name)


def _items(
    context: StepContext, dataset: Dataset, files: Files | None, place: SourcePlace, source: Provenance
) -> Iterator[tuple[int, str, RawRow | BadRow]]:
    """(number of the file, its name, row), from that place on."""
    columns = choose_adapter.columns_of(dataset)
    if files is None:
        wanted = columns if dataset.columns is None else None  # as older versions read it
        rows = context.fetch(
            lambda: hub.library_rows(dataset, source.revision, wanted, _patience(context), place.number), hub.cache()
        )
        for item in rows:
            yield 0, dataset.path, item
        return
    reading = dataclasses.replace(Reading.of(dataset), columns=(columns or ()) if dataset.source == "hub" else ())
    for index in range(place.file, len(files)):
        count = 0
        skip = place.number if index == place.file else 0
        for item in hub.read(
            files[index],
            context.config.collect.max_line_bytes,
            skip,
            reading,
            lambda said: context.warn("file_read_as", said),
        ):
            count += 1
            yield index, files[index].name, item
        if count == 0 and (index > place.file or place.number == 0) and len(files) > 1:
            context.warn("file_empty", sentence("steps.no_rows", path=files[index].path))


def _without(context: StepContext, index: int, dataset: Dataset, error: EngineError, progress: Progress) -> Progress:
    """A source that failed waits for the next start, which may find it mended; one that is not required is left out."""
    if not dataset.required:
        return progress.without(index, dataset.name, error.sentence)
    keep = error.code == "dataset_network" and error.sentence.code != hub_download.DAMAGED
    if not keep:
        context.result(_key(dataset), None)
    return progress.failed(index, dataset.name, keep)


def _check(
    context: StepContext,
    cursor: Cursor,
    ordered: Sequence[Dataset],
    progress: Progress,
    troubles: Mapping[str, EngineError],
) -> None:
    """Raises EngineError: what became of the sources that failed; or that none is left to train on."""
    training = [dataset.name for dataset in ordered if dataset.use == "train"]
    if not troubles and training and all(name in progress.left_out for name in training):
        why = progress.why_left_out()
        progress = progress.reconsidered()
        context.tick(Cursor(cursor.step, progress.units), "shard", {}, progress.payload, keep=True)
        raise EngineError("dataset_empty", sentence("steps.all_left_out", sources=_listed(why)))
    if not troubles:
        return
    context.commit_finished(progress.payload)
    if len(troubles) == 1:
        raise next(iter(troubles.values()))
    codes = {error.code for error in troubles.values()}
    code = codes.pop() if len(codes) == 1 else "dataset_several"
    why = {name: error.sentence for name, error in troubles.items()}
    raise EngineError(code, sentence("steps.sources_failed", count=len(troubles), sources=_listed(why)))


def _listed(why: Mapping[str, Sentence]) -> list[Sentence]:
    return [sentence("steps.source_and_why", source=name, why=each) for name, each in why.items()]


def _patience(context: StepContext) -> Patience:
    return Patience(context.config.collect.retries, context.wait, lambda said: context.warn("hub_waits", said))


def _key(dataset: Dataset) -> str:
    return f"source:{dataset.name}"


def _guess(context: StepContext, dataset: Dataset, files: Files) -> int:
    rows = local_files.guess_rows(files) if files else dataset.max_rows or 1
    return -(-min(rows, dataset.max_rows or rows) // context.config.collect.rows_per_shard)
