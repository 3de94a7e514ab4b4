"""Local files as a source: a path becomes files, a file becomes rows, from any number on."""

from __future__ import annotations

import glob
import gzip
import io
import itertools
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

import so8t_resources
from so8t_engine.data import row_readers
from so8t_engine.data.row_readers import BadRow, RawRow
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, first_line, of_error, sentence, verbatim
from so8t_engine.session import manifest

ENDINGS = (".jsonl", ".ndjson", ".json", ".csv", ".parquet")
DEMO = "demo:"
BYTES_PER_ROW = 500  # a guess, for the first total of compressed files

Reader = Callable[[IO[bytes], int, int], Iterator[RawRow | BadRow]]


@dataclass(frozen=True)
class SourceFile:
    """One file: `name` is its name inside the source (provenance, messages), `kind` one of ENDINGS."""

    path: Path
    name: str
    kind: str
    zipped: bool


def find(path: str) -> list[SourceFile]:
    """The files of a file, folder, glob or `demo:NAME`, in a fixed order.

    Raises EngineError dataset_missing, dataset_empty.
    """
    if path.startswith(DEMO):
        return [_source_file(_demo(path.removeprefix(DEMO)), None)]
    base = Path(path).expanduser()
    if base.is_dir():
        inside = (entry for entry in base.rglob("*") if entry.is_file() and not _hidden(entry.relative_to(base)))
        names = sorted((entry for entry in inside if _kind(entry.name)), key=lambda entry: entry.as_posix())
        if not names:
            raise EngineError("dataset_empty", sentence("data.folder_without_files", path=path, endings=ENDINGS))
        return [_source_file(entry, base) for entry in names]
    if base.exists():
        return [_source_file(base, None)]
    matches = sorted(Path(name) for name in glob.glob(str(base), recursive=True) if Path(name).is_file())  # noqa: PTH207 - absolute patterns
    if not matches:
        pattern = glob.has_magic(path)
        raise EngineError(
            "dataset_missing", sentence("data.no_match" if pattern else "data.no_file_or_folder", path=path)
        )
    fixed = list(itertools.takewhile(lambda part: not glob.has_magic(part), base.parts))
    return [_source_file(entry, Path(*fixed) if fixed else None) for entry in matches]


class TooMuch(Exception):
    """Reading on would take more than the caller allowed."""


def read(file: SourceFile, limit: int, skip: int = 0, most: int | None = None) -> Iterator[RawRow | BadRow]:
    """The file's rows behind number `skip`. Raises EngineError dataset_bad, dataset_missing naming the file.

    `most`: bytes that may be read (of a Parquet file its footer and the first rows are read whatever its size);
    raises TooMuch where the next row lies behind them, or the file is one document that must be read whole.
    """
    try:
        with gzip.open(file.path) if file.zipped else file.path.open("rb") as opened:
            capped = most is not None and (file.zipped or file.kind != ".parquet")
            source = _Head(opened, most) if capped else opened  # type: ignore[arg-type]
            yield from _reader(file.kind)(source, limit, skip)  # type: ignore[arg-type]
    except PermissionError as error:
        raise EngineError("dataset_missing", sentence("data.no_permission", path=file.path)) from error
    except FileNotFoundError as error:
        raise EngineError("dataset_missing", sentence("data.no_file", path=file.path)) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise EngineError("dataset_bad", sentence("data.not_gzip", path=file.path, error=error)) from error
    except pa.ArrowException as error:
        raise EngineError(
            "dataset_bad", sentence("data.not_parquet", path=file.path, error=first_line(error))
        ) from error
    except ValueError as error:
        raise EngineError("dataset_bad", sentence("data.unusable_file", path=file.path, why=_why(error))) from error


def digests(files: list[SourceFile]) -> dict[str, tuple[int, str]]:
    """Name -> (bytes, sha256) of every file. Raises EngineError dataset_missing."""
    try:
        return {file.name: manifest.digest_file(file.path) for file in files}
    except PermissionError as error:
        raise EngineError("dataset_missing", sentence("data.no_permission", path=error.filename)) from error
    except FileNotFoundError as error:
        raise EngineError("dataset_missing", sentence("data.no_file", path=error.filename)) from error


def guess_rows(files: list[SourceFile]) -> int:
    """About how many rows, without reading them: for the first total and the ETA only."""
    total = 0
    for file in files:
        try:
            if file.kind == ".parquet" and not file.zipped:
                total += pq.read_metadata(file.path).num_rows
            else:
                total += file.path.stat().st_size * (3 if file.zipped else 1) // BYTES_PER_ROW
        except (OSError, pa.ArrowException):
            continue  # reading it will say what is wrong, at its turn
    return max(1, total)


class _Head:
    """A file of which only the first `most` bytes may be read, as the readers of rows use one."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file, self._most = file, most

    def read(self, size: int = -1) -> bytes:
        return self._within(self._file.read(min(size, self._left) if size >= 0 else self._left))

    def readline(self, size: int = -1) -> bytes:
        return self._within(self._file.readline(min(size, self._left) if size >= 0 else self._left))

    def seek(self, place: int) -> int:
        return self._file.seek(place)

    @property
    def _left(self) -> int:
        """One more than allowed: a file that ends there is whole."""
        return self._most + 1 - self._file.tell()

    def _within(self, data: bytes) -> bytes:
        if self._file.tell() > self._most:
            raise TooMuch
        return data


def _reader(kind: str) -> Reader:
    return {
        ".jsonl": row_readers.json_lines,
        ".ndjson": row_readers.json_lines,
        ".json": row_readers.json_document,
        ".csv": row_readers.csv_rows,
        ".parquet": _parquet,
    }[kind]


def _parquet(file: IO[bytes], limit: int, skip: int) -> Iterator[RawRow | BadRow]:
    source = io.BytesIO(file.read()) if isinstance(file, (gzip.GzipFile, _Head)) else file
    number = 0
    table = pq.ParquetFile(source)
    for group in range(table.num_row_groups):
        rows = table.metadata.row_group(group).num_rows
        if number + rows <= skip:
            number += rows
            continue
        for batch in table.iter_batches(batch_size=1_000, row_groups=[group]):
            for value in batch.to_pylist():
                number += 1
                if number > skip:
                    yield row_readers.row(value, number, "row", number)


def _demo(name: str) -> Path:
    path = Path(so8t_resources.path("demo", f"{name}.jsonl"))
    if not path.is_file():
        raise EngineError("dataset_missing", sentence("data.no_demo", name=name))
    return path


def _source_file(path: Path, root: Path | None) -> SourceFile:
    kind = _kind(path.name)
    if kind is None:
        raise EngineError("dataset_missing", sentence("data.unknown_kind", path=path, endings=ENDINGS))
    name = path.relative_to(root).as_posix() if root else path.name
    return SourceFile(path, name, kind, path.name.lower().endswith(".gz"))


def _kind(name: str) -> str | None:
    plain = name.lower().removesuffix(".gz")
    return next((ending for ending in ENDINGS if plain.endswith(ending)), None)


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)


def _why(error: ValueError) -> Sentence:
    """The sentence of our own readers, or the first line of a library's."""
    why = of_error(error)
    return why if why.code != "plain.verbatim" else verbatim(first_line(error))
