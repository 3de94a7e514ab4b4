"""A collected shard as admission leaves it: its records as a table, and the rows that became none.

Columns, not objects: a table goes from one process to another and into a shard's file as it is.
"""

from __future__ import annotations

import functools
import itertools
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from so8t_engine.config.run_config import Dataset, RunConfig
from so8t_engine.data import admission, drop_examples, drop_reasons, shards
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow
from so8t_engine.data.admission import Found, KeptRecord
from so8t_engine.data.drop_examples import LeftOut
from so8t_engine.data.record import Record
from so8t_engine.data.sieve import decontamination, minhash, near_duplicates
from so8t_engine.data.sieve.decontamination import Asked
from so8t_engine.data.sieve.sieve import Compared
from so8t_engine.data.texts.ngrams import Numbers

# Beside what a shard holds: how a record is compared; `question` and `options` only where it has options.
SCHEMA = pa.schema(
    [
        *shards.INTEGRATED_SCHEMA,
        ("plain_prompt", pa.string()),
        ("plain_response", pa.string()),
        ("question", pa.string()),
        ("options", pa.list_(pa.string())),
        ("changed", pa.list_(pa.string())),
    ]
)
OF_COMPARED = ("key", "prompt_key", "plain_prompt", "plain_response", "question", "options")
BANDS, OF_BANDS = "bands", pa.binary(8 * minhash.BANDS)  # a column of the table on the way between processes
ROWS = 2_000  # that are objects at a time: columns take a quarter of the memory
Numbered = tuple[int, Fields]  # a collected row with its number
LEFT_OUT = b"left_out"  # the key of the table's metadata that has the other rows, on the way between processes


@dataclass(frozen=True)
class Admitted:
    """`table`: of SCHEMA, in the order of the rows; `bands`: of its records, where near duplicates are looked for."""

    table: pa.Table
    left_out: Sequence[LeftOut]
    bands: Numbers | None = None

    def compared(self, evaluation: bool) -> list[Compared]:
        """Its records as the sieve compares them. `evaluation`: of a source for that."""
        columns = [self._values(name) for name in OF_COMPARED]
        return [
            Compared(key, prompt_key, (prompt, response), _asked(prompt, question, options), evaluation)
            for key, prompt_key, prompt, response, question, options in zip(*columns, strict=True)
        ]

    def record(self, row: int) -> Record:
        return Record(**{name: self._values(name)[row] for name in shards.RECORD_FIELDS})

    def number(self, row: int) -> int:
        """Of the collected row among those of its source, from 1."""
        return int(self._values("number")[row])

    def _values(self, name: str) -> list[Any]:
        if name not in self._columns:
            self._columns[name] = shards.values(self.table[name])
        return self._columns[name]

    @functools.cached_property
    def _columns(self) -> dict[str, list[Any]]:
        return {}


def admit(config: RunConfig, dataset: Dataset, path: Path, index: Index) -> Admitted:
    """The rows of one collected shard, whatever else there is."""
    left_out: list[LeftOut] = []
    shown: Counter[str] = Counter()
    tables, bands = [SCHEMA.empty_table()], [near_duplicates.bands(())]
    rows = shards.read_collected(path)
    while here := list(itertools.islice(rows, ROWS)):
        kept: list[tuple[int, KeptRecord]] = []
        for (number, row), found in _found(config, dataset, [(number, row) for _, number, row in here], index):
            if isinstance(found, KeptRecord):
                kept.append((number, found))
                continue
            shown[str(found)] += 1
            example = row if shown[str(found)] <= drop_examples.MOST else None
            left_out.append(LeftOut(number, found, row=example))
        tables.append(_table(kept))
        if config.integrate.near_duplicates:
            bands.append(near_duplicates.bands([item.plain for _, item in kept]))
    table = pa.concat_tables(tables).combine_chunks()
    return Admitted(table, left_out, np.concatenate(bands) if config.integrate.near_duplicates else None)


def _found(
    config: RunConfig, dataset: Dataset, rows: Sequence[Numbered], index: Index
) -> Iterator[tuple[Numbered, Found]]:
    """What became of the answers of each row. All rows are parsed before the first becomes a record."""
    parsed = [(row, answer) for row in rows for answer in admission.answers(dataset, row[1], index)]
    readable = [answer for _, answer in parsed if isinstance(answer, ParsedRow)]
    records = iter(admission.records(config, dataset, source=dataset.name, parsed=readable))
    return ((row, next(records) if isinstance(answer, ParsedRow) else answer) for row, answer in parsed)


def _table(kept: Sequence[tuple[int, KeptRecord]]) -> pa.Table:
    asked = [
        decontamination.asked(item.record.prompt, item.record.choices) if item.record.choices else None
        for _, item in kept
    ]
    columns: dict[str, list[Any]] = {
        name: [item.record[place] for _, item in kept] for place, name in enumerate(shards.RECORD_FIELDS)
    }
    columns |= {
        "key": [item.key for _, item in kept],
        "prompt_key": [item.prompt_key for _, item in kept],
        "number": [number for number, _ in kept],
        "plain_prompt": [item.plain[0] for _, item in kept],
        "plain_response": [item.plain[1] for _, item in kept],
        "question": [None if of is None else of.question for of in asked],
        "options": [None if of is None else of.options for of in asked],
        "changed": [item.changed or None for _, item in kept],
    }
    return shards.table(columns, SCHEMA)


def _asked(prompt: str, question: str | None, options: Sequence[str] | None) -> Asked:
    return Asked(prompt) if question is None else Asked(question, tuple(options or ()))


def to_bytes(admitted: Admitted) -> memoryview:
    """For another process of this version."""
    left_out = [[item.number, str(item.reason), item.row] for item in admitted.left_out]
    table = admitted.table
    if admitted.bands is not None:
        numbers = pa.py_buffer(admitted.bands.astype("<u8", copy=False).tobytes())
        table = table.append_column(BANDS, pa.Array.from_buffers(OF_BANDS, len(admitted.bands), [None, numbers]))
    table = table.replace_schema_metadata({LEFT_OUT: json.dumps(left_out).encode()})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return memoryview(sink.getvalue())


def from_bytes(data: bytes | memoryview) -> Admitted:
    table = pa.ipc.open_stream(data).read_all().combine_chunks()
    rows: list[tuple[int, str, Fields | None]] = json.loads((table.schema.metadata or {})[LEFT_OUT])
    left_out = [LeftOut(number, drop_reasons.of_text(reason), row=row) for number, reason, row in rows]
    bands = None
    if BANDS in table.column_names:
        joined = b"".join(table[BANDS].to_pylist())
        bands = np.frombuffer(joined, "<u8").astype(np.uint64).reshape(-1, minhash.BANDS)
    return Admitted(table.select(SCHEMA.names).replace_schema_metadata(None), left_out, bands)
