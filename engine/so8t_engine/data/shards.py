"""The data steps' files: each step's folder of shards, complete once its manifest lists them.

`collected` and `integrated` are Parquet (zstd); `converted` is Arrow IPC, uncompressed, so that training reads
half a million examples from mapped memory instead of holding them.
"""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from so8t_engine.data.record import Example, Record, Split
from so8t_engine.data.stretches import Stretches
from so8t_engine.errors import EngineError
from so8t_engine.run.step_context import StepContext
from so8t_engine.sentences import sentence
from so8t_engine.session import durable, manifest

Digest = tuple[int, str]

COLLECTED, INTEGRATED, CONVERTED = "collected", "integrated", "converted"
# `number` counts the good rows of a source; `file` and `place` say where a row stands (earlier versions kept neither).
COLLECTED_SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("number", pa.int64()),
        ("row", pa.string()),
        ("file", pa.string()),
        ("place", pa.int64()),
    ]
)
_TEXT_OF_RECORD = [(name, pa.string()) for name in Record._fields if name != "choices"]
INTEGRATED_SCHEMA = pa.schema(
    [
        *_TEXT_OF_RECORD,
        ("choices", pa.list_(pa.string())),
        ("key", pa.string()),
        ("prompt_key", pa.string()),
        ("number", pa.int64()),  # of the collected row; a shard of an earlier version has none
    ]
)
RECORD_FIELDS = Record._fields
TOKENS = ("prompt_tokens", "completion_tokens")
CONVERTED_SCHEMA = pa.schema([(name, pa.large_string()) for name in Example._fields if name not in TOKENS])
REPEATS = "repeats"  # how often training has an example in one pass; without the column once


def converted_schema(*, measured: bool, repeated: bool) -> pa.Schema:
    """With the columns for tokens, and for repeats."""
    more = (*(TOKENS if measured else ()), *((REPEATS,) if repeated else ()))
    return pa.schema([*CONVERTED_SCHEMA, *((name, pa.int32()) for name in more)])


def folder(session: Path, name: str) -> Path:
    return session / "data" / name


def collected(source: str, rows: Sequence[tuple[int, str, str, int]]) -> pa.Table:
    """A shard of rows of this source: of each its number, its text, its file and its place there."""
    columns: dict[str, list[Any]] = {"source": [source] * len(rows)}
    columns |= {name: [row[place] for row in rows] for place, name in enumerate(COLLECTED_SCHEMA.names[1:])}
    return table(columns, COLLECTED_SCHEMA)


def table(columns: Mapping[str, list[Any]], schema: pa.Schema) -> pa.Table:
    """Column by column: dictionaries of rows cost several times as much."""
    return pa.table([pa.array(columns[field.name], field.type) for field in schema], schema=schema)


def parquet(table: pa.Table) -> bytes:
    """The same rows give the same bytes, however they lie in memory: no dates, no programs but the library's own."""
    sink = io.BytesIO()
    pq.write_table(table.combine_chunks(), sink, compression="zstd")
    return sink.getvalue()


def arrow(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def finish(
    context: StepContext,
    name: str,
    listed: Mapping[str, Digest],
    notes: Mapping[str, Any],
    replaced: Collection[str] = (),
) -> None:
    """Closes a step's folder: JSON notes (file name -> value), stale files out, the manifest last.

    `replaced`: files that are no longer listed but that the step's last checkpoint may still name. They stay until the
    next step has begun, which clears them away (`clear`).
    """
    where = folder(context.session, name)
    everything = dict(listed) | write_notes(context, name, notes)
    _discard_others(where, {*everything, *replaced})
    context.write(where / manifest.NAME, manifest.build(everything, {"step": context.cursor.step}))


def clear(session: Path, name: str) -> None:
    """Takes out of a finished folder, which `listed` has found to be whole, what its manifest does not name."""
    where = folder(session, name)
    _discard_others(where, manifest.read(where)[0])


def _discard_others(where: Path, names: Collection[str]) -> None:
    for stale in sorted(where.iterdir()):
        if stale.name not in names and stale.name != manifest.NAME:
            durable.discard(stale)


def write_notes(context: StepContext, name: str, notes: Mapping[str, Any]) -> dict[str, Digest]:
    """JSON beside the shards: file name -> value."""
    written = {}
    for file, value in notes.items():
        data = (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
        context.write(folder(context.session, name) / file, data)
        written[file] = manifest.digest(data)
    return written


def noted(session: Path, name: str) -> dict[str, Any]:
    """counts.json of a step's folder; {} where there is none."""
    path = folder(session, name) / "counts.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def listed(session: Path, name: str) -> list[Path]:
    """The shards of a finished folder, in order and as the manifest says. Raises EngineError session_damaged."""
    where = folder(session, name)
    problems = manifest.problems(where)
    if problems:
        raise EngineError("session_damaged", sentence("data.not_intact", session=session.name, problem=problems[0]))
    names, _ = manifest.read(where)
    return [where / file for file in sorted(names) if not file.endswith(".json")]


def read_collected(path: Path) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """(source, number, row) of one collected shard."""
    for batch in pq.ParquetFile(path).iter_batches(batch_size=1_000, columns=["source", "number", "row"]):
        columns = (batch[name].to_pylist() for name in ("source", "number", "row"))
        for source, number, row in zip(*columns, strict=True):
            yield source, number, json.loads(row)


def read_records(path: Path) -> list[Record]:
    """The records of one integrated shard."""
    there = set(pq.read_schema(path).names)  # an older version's lacks what came later
    names = [name for name in RECORD_FIELDS if name in there]
    table = pq.read_table(path, columns=names)
    columns = [values(table[name]) for name in names]
    if tuple(names) == RECORD_FIELDS:
        return list(map(Record._make, zip(*columns, strict=True)))
    return [Record(**dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True)]


def read_numbers(path: Path) -> list[int]:
    """The number of the collected row that each record of an integrated shard was made of; else its place there."""
    if "number" not in pq.read_schema(path).names:
        return list(range(1, pq.read_metadata(path).num_rows + 1))
    numbers: list[int] = pq.read_table(path, columns=["number"])["number"].to_pylist()
    return numbers


def values(column: pa.ChunkedArray) -> list[Any]:
    """A column as Python values; the many that are nothing cost nothing."""
    return [None] * len(column) if column.null_count == len(column) else column.to_pylist()


def read_reasoned(path: Path) -> tuple[list[Record], list[str]]:
    """Of the training records of one integrated shard: those with reasoning, and the ids of the others.

    Only records that have an answer; a shard of millions of bare ones is not built into objects.
    """
    table = pq.read_table(path, columns=["id", "split", "response", "reasoning"])
    train = pc.and_(pc.equal(table["split"], "train"), pc.not_equal(table["response"], ""))
    bare = table.filter(pc.and_(train, pc.is_null(table["reasoning"])))["id"].to_pylist()
    wanted = pc.and_(train, pc.is_valid(table["reasoning"])).to_pylist()
    if not any(wanted):
        return [], bare
    return [record for record, each in zip(read_records(path), wanted, strict=True) if each], bare


class Examples(Sequence[Example]):
    """The examples of one split, read one at a time from memory maps that it holds open. `rows`: of the table."""

    def __init__(self, table: pa.Table, rows: Stretches) -> None:
        self._table, self._rows = table, rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Example: ...
    @overload
    def __getitem__(self, index: slice) -> Examples: ...
    def __getitem__(self, index: int | slice) -> Example | Examples:
        if isinstance(index, slice):
            return Examples(self._table, self._rows[index])
        [item] = self._table.slice(self._rows[index], 1).to_pylist()
        return Example(**item)

    def taught(self) -> Examples:
        """Those with a completion: the others are prompts alone."""
        lengths = pc.binary_length(self._table["completion"]).to_numpy()
        return Examples(self._table, self._rows.only(lengths[self._rows.values] > 0))

    def askable(self, longest: int) -> Sequence[int]:
        """The places of those whose prompt has at most so many tokens, or whose tokens were not counted."""
        if TOKENS[0] not in self._table.column_names:
            return range(len(self))
        fits = pc.fill_null(pc.less_equal(self._table[TOKENS[0]], longest), True).to_numpy()
        return self._rows.places(fits[self._rows.values])


def askable(examples: Sequence[Example], longest: int) -> Sequence[int]:
    """The places of those whose prompt is not known to have more tokens."""
    if isinstance(examples, Examples):
        return examples.askable(longest)
    return [place for place, example in enumerate(examples) if (example.prompt_tokens or 0) <= longest]


def taught(examples: Sequence[Example]) -> Sequence[Example]:
    """Those that supervised training learns from."""
    if isinstance(examples, Examples):
        return examples.taught()
    return [example for example in examples if example.completion]


def read_converted(session: Path) -> pa.Table:
    """All converted examples, from memory maps; a shard of an older version has null where it lacks a column.

    Raises EngineError session_damaged.
    """
    tables = [pa.ipc.open_file(pa.memory_map(str(path))).read_all() for path in listed(session, CONVERTED)]
    return pa.concat_tables(tables, promote_options="default") if tables else CONVERTED_SCHEMA.empty_table()


def read_examples(session: Path, split: Split) -> Examples:
    """The converted examples of a split, in the order of the data steps, each as often as it is to be seen in one pass.

    Raises EngineError session_damaged.
    """
    table = read_converted(session)
    of_split = pc.equal(table["split"], split).to_numpy()
    rows, times = np.flatnonzero(of_split).astype(np.int64), None
    if REPEATS in table.column_names:
        times = pc.fill_null(table[REPEATS], 1).to_numpy()[rows]
        table = table.drop_columns([REPEATS])
    return Examples(table, Stretches(rows, times))
