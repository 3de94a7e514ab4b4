"""Rows of Parquet and Arrow files, from any row on."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from so8t_engine.data.adapters.talks.talk import MEDIA
from so8t_engine.data.files import row_readers
from so8t_engine.data.files.row_readers import BadRow, RawRow

ROWS = 1_000  # as Python values at a time


def parquet_rows(
    file: IO[bytes] | str, skip: int, columns: Sequence[str] = (), whole: bool = True
) -> Iterator[RawRow | BadRow]:
    """`file`: a path, or a stream that is held `whole`, as the footer stands at its end.

    Otherwise it is read where it is wanted: footer, then the groups of rows behind `skip`. `columns`: the only ones, if
    all are there; and pictures and sounds, as a row that needs them is left out.
    """
    number = 0
    table = pq.ParquetFile(io.BytesIO(file.read()) if whole and not isinstance(file, str) else file)
    wanted = _wanted(columns, table.schema_arrow.names)
    for group in range(table.num_row_groups):
        rows = table.metadata.row_group(group).num_rows
        if number + rows <= skip:
            number += rows
            continue
        for batch in table.iter_batches(batch_size=ROWS, row_groups=[group], columns=wanted):
            for value in _values(batch):
                number += 1
                if number > skip:
                    yield row_readers.row(value, number, "row", number)


def arrow_rows(file: IO[bytes] | str, skip: int, columns: Sequence[str] = ()) -> Iterator[RawRow | BadRow]:
    """Arrow's stream (what `datasets` saves) or its file format (Feather), told apart by the first bytes."""
    source = pa.memory_map(file) if isinstance(file, str) else pa.BufferReader(file.read())
    number = 0
    for batch in _batches(source):
        wanted = _wanted(columns, batch.schema.names)
        if wanted is not None:
            batch = batch.select(wanted)
        if number + batch.num_rows <= skip:
            number += batch.num_rows
            continue
        for start in range(0, batch.num_rows, ROWS):
            for value in _values(batch.slice(start, ROWS)):
                number += 1
                if number > skip:
                    yield row_readers.row(value, number, "row", number)


def _values(batch: Any) -> list[dict[str, Any]]:
    """A map is an object, not a list of pairs."""
    maps = any(pa.types.is_map(column.type) for column in batch.schema)
    return batch.to_pylist(maps_as_pydicts="lossy") if maps else batch.to_pylist()


def _wanted(columns: Sequence[str], there: Sequence[str]) -> list[str] | None:
    if not columns or not set(columns) <= set(there):
        return None
    return [*columns, *(name for name in there if name in MEDIA and name not in columns)]


def _batches(source: Any) -> Iterator[Any]:
    is_file = source.read(6) == b"ARROW1"
    source.seek(0)
    if not is_file:
        yield from pa.ipc.open_stream(source)
        return
    reader = pa.ipc.open_file(source)
    yield from (reader.get_batch(number) for number in range(reader.num_record_batches))
