"""The first rows of every local source, read as the steps will read them: what is wrong is known before the run.

A look is bounded by rows, bytes and files, so that it takes no longer for a source of a terabyte. What it says of a
source that is longer holds for the rows it has seen.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.data import admission, provenance
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.admission import Seen
from so8t_engine.data.files import local_files
from so8t_engine.data.files.local_files import SourceFile
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.data.notes import absent_columns, source_notes
from so8t_engine.data.provenance import Provenance
from so8t_engine.data.record import Example, Record
from so8t_engine.data.thought import sections, thought_table
from so8t_engine.data.thought.thinking import Sections
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence

ROWS, BYTES = 200, 16 << 20  # of one source: rows that are read, bytes of one file and of all rows together
FILES = 50  # of one source, the first row of each


@dataclass
class FirstRows:
    """What was seen of one source. `source`: its rows and bad rows; `whole`: there are no more than these.

    `problem`: why its step would stop. `unseen`: it was not looked at. `advice`: where no adapter reads any row of it,
    what would. `columns`: of its first row. `notes`: how its files are read, and which are not.
    `train`, `heldout`: records; `dropped`: rows (answers, where a row has several that are learnt) that would be left
    out, by reason (in English). `thought`: what the records hold that would be learnt, `training` without the held-out
    ones; `examples`: what training would see, were there no held-out part.
    """

    dataset: Dataset
    source: Provenance
    whole: bool = False
    problem: EngineError | None = None
    unseen: bool = False
    advice: Sentence | None = None
    columns: tuple[str, ...] = ()
    train: int = 0
    heldout: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    notes: list[Sentence] = field(default_factory=list)
    thought: thought_table.Table = field(default_factory=dict)
    training: thought_table.Table = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.source.seen

    @property
    def kept(self) -> int:
        return self.train + self.heldout


def look(config: RunConfig) -> list[FirstRows]:
    """In the order of the configuration; sources for evaluation are looked at first, as `collect` does. Never raises
    for what is wrong with a source.
    """
    seen, looks = Seen(), dict[str, FirstRows]()
    for dataset in sorted(config.datasets, key=lambda dataset: dataset.use != "evaluation"):
        looks[dataset.name] = _look(config, dataset, seen)
    return [looks[dataset.name] for dataset in config.datasets]


def _look(config: RunConfig, dataset: Dataset, seen: Seen) -> FirstRows:
    found = FirstRows(dataset, provenance.begin(dataset))
    if dataset.source != "local":
        found.unseen = True
        return found
    try:
        rows = read(config, found)
    except EngineError as error:
        found.problem = error
        return found
    except OSError as error:
        what = sentence("config.unreadable", path=dataset.path, error=error.strerror or str(error))
        found.problem = EngineError("dataset_missing", what)
        return found
    _admit(config, found, rows, seen)
    return found


def read(config: RunConfig, found: FirstRows) -> list[Fields]:
    """The good rows; `found` is told of the bad ones. Raises EngineError dataset_*, OSError."""
    dataset, settings = found.dataset, config.collect
    chosen = local_files.choose(dataset)
    files = chosen.files
    found.notes += chosen.notes
    most = min(ROWS, dataset.max_rows or ROWS)
    rows: list[Fields] = []
    size = 0
    enough = False
    for place, file in enumerate(files):
        if place >= FILES:
            enough = True
            break
        try:
            for item in _rows_of(found, file, settings.max_line_bytes, 1 if enough else None):
                if isinstance(item, BadRow):
                    found.source = provenance.with_bad(found.source, file.name, item)
                    if not enough:
                        provenance.check(found.source, settings.max_bad_fraction, at_end=False)
                    continue
                if enough or len(rows) >= most or size >= BYTES:
                    enough = True
                    break
                found.source = provenance.with_kept(found.source, found.source.kept + 1)
                size += len(item.text)
                rows.append(json.loads(item.text))
        except local_files.TooMuch:
            enough = True
    found.whole = not enough or dataset.max_rows == len(rows)
    found.unseen = enough and not found.rows
    if found.whole:
        provenance.check(found.source, settings.max_bad_fraction, at_end=True)
        if not rows:
            raise EngineError("dataset_no_rows", sentence("steps.no_rows", path=dataset.path))
    return rows


def _rows_of(found: FirstRows, file: SourceFile, limit: int, count: int | None) -> Iterator[RawRow | BadRow]:
    """So many rows of a file; none of a pipe or a device, which would wait for its other end."""
    if not file.path.exists() or file.path.is_file():
        reading = local_files.Reading.of(found.dataset)
        return islice(local_files.read(file, limit, most=BYTES, reading=reading, notice=found.notes.append), count)
    raise local_files.TooMuch


def _admit(config: RunConfig, found: FirstRows, rows: list[Fields], seen: Seen) -> None:
    """Which of them become records."""
    dataset = found.dataset
    index = choose_adapter.index_of(dataset, lambda: iter(rows))
    records: list[Record] = []
    for row in rows:
        for item in admission.of_row(config, dataset, source=dataset.name, row=row, index=index, seen=seen):
            if isinstance(item, Sentence):
                found.dropped[str(item)] += 1
                continue
            records.append(item.record)
            found.heldout += item.record.split == "heldout"
            found.train += item.record.split == "train"
    shown = choose_adapter.from_read(dataset, rows)
    found.notes += source_notes.notes(dataset, shown[0] if rows else None, [record.prompt for record in records])
    found.notes += source_notes.of_rows(dataset, shown, index)
    if dataset.use == "train":
        found.notes += source_notes.of_records(dataset, rows, records)
        keep_repeated = config.convert.repeated_sections == "keep"
        looked_at = [(record, sections.evidence(record, keep_repeated)) for record in records]
        found.thought = thought_table.of_evidence(looked_at)
        found.training = thought_table.of_evidence(each for each in looked_at if each[0].split == "train")
        found.examples = [_example(record, held.sections) for record, held in looked_at]
    found.columns = tuple(shown[0]) if rows else ()
    if (in_part := admission.unfit_in_part(dataset, rows, found.dropped)) is not None:
        found.notes.append(in_part)
    if not (rows and admission.are_unfit(found.dropped, len(rows))):
        found.notes += absent_columns.notes(dataset, rows)
    else:
        found.advice = admission.unfit(dataset, rows)
        if found.whole:
            found.problem = EngineError("dataset_shape", found.advice)


def _example(record: Record, thoughts: Sections) -> Example:
    return sections.example(record._replace(split="train"), thoughts, taught=bool(record.response))
