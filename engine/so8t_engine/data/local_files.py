"""Finds the local files of a source, knows what they are, and reads their rows from any place on."""

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
from so8t_engine.data.row_readers import Bad, Row
from so8t_engine.errors import EngineError
from so8t_engine.session import manifest

ENDINGS = (".jsonl", ".ndjson", ".json", ".csv", ".parquet")
DEMO = "demo:"
BYTES_PER_ROW = 500  # a guess, for the first total of compressed files

Reader = Callable[[IO[bytes], int, int], Iterator[Row | Bad]]


@dataclass(frozen=True)
class Found:
    """One file: `name` is its name inside the source (provenance, messages), `kind` one of ENDINGS."""

    path: Path
    name: str
    kind: str
    zipped: bool


def find(path: str) -> list[Found]:
    """The files of a file, folder, glob or `demo:NAME`, in a fixed order.

    Raises EngineError dataset_missing, dataset_empty.
    """
    if path.startswith(DEMO):
        return [_found(_demo(path.removeprefix(DEMO)), None)]
    base = Path(path).expanduser()
    if base.is_dir():
        inside = (entry for entry in base.rglob("*") if entry.is_file() and not _hidden(entry.relative_to(base)))
        names = sorted((entry for entry in inside if _kind(entry.name)), key=lambda entry: entry.as_posix())
        if not names:
            raise EngineError("dataset_empty", f"The folder {path} holds no file that ends in {_endings()}.")
        return [_found(entry, base) for entry in names]
    if base.exists():
        return [_found(base, None)]
    matches = sorted(Path(name) for name in glob.glob(str(base), recursive=True) if Path(name).is_file())  # noqa: PTH207 - absolute patterns
    if not matches:
        what = "No file matches" if glob.has_magic(path) else "There is no file or folder"
        raise EngineError("dataset_missing", f"{what} {path}.")
    fixed = list(itertools.takewhile(lambda part: not glob.has_magic(part), base.parts))
    return [_found(entry, Path(*fixed) if fixed else None) for entry in matches]


def read(file: Found, limit: int, skip: int = 0) -> Iterator[Row | Bad]:
    """The file's rows behind number `skip`. Raises EngineError dataset_bad, dataset_missing naming the file."""
    try:
        with gzip.open(file.path) if file.zipped else file.path.open("rb") as opened:
            yield from _reader(file.kind)(opened, limit, skip)  # type: ignore[arg-type]
    except PermissionError as error:
        raise EngineError("dataset_missing", f"{file.path} may not be read (permission denied).") from error
    except FileNotFoundError as error:
        raise EngineError("dataset_missing", f"There is no file {file.path}.") from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise EngineError("dataset_bad", f"{file.path} is damaged or not gzip ({error}).") from error
    except pa.ArrowException as error:
        raise EngineError("dataset_bad", f"{file.path} is no intact Parquet file ({_first_line(error)}).") from error
    except ValueError as error:
        raise EngineError("dataset_bad", f"{file.path} cannot be used: {_first_line(error)}.") from error


def digests(files: list[Found]) -> dict[str, tuple[int, str]]:
    """Name -> (bytes, sha256) of every file. Raises EngineError dataset_missing."""
    try:
        return {file.name: manifest.digest_file(file.path) for file in files}
    except PermissionError as error:
        raise EngineError("dataset_missing", f"{error.filename} may not be read (permission denied).") from error
    except FileNotFoundError as error:
        raise EngineError("dataset_missing", f"There is no file {error.filename}.") from error


def guess_rows(files: list[Found]) -> int:
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


def _reader(kind: str) -> Reader:
    return {
        ".jsonl": row_readers.json_lines,
        ".ndjson": row_readers.json_lines,
        ".json": row_readers.json_document,
        ".csv": row_readers.csv_rows,
        ".parquet": _parquet,
    }[kind]


def _parquet(file: IO[bytes], limit: int, skip: int) -> Iterator[Row | Bad]:
    source = io.BytesIO(file.read()) if isinstance(file, gzip.GzipFile) else file
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
                    yield row_readers.row(value, number, f"row {number}")


def _demo(name: str) -> Path:
    path = Path(so8t_resources.path("demo", f"{name}.jsonl"))
    if not path.is_file():
        raise EngineError("dataset_missing", f"There is no demo dataset named {name}.")
    return path


def _found(path: Path, root: Path | None) -> Found:
    kind = _kind(path.name)
    if kind is None:
        raise EngineError("dataset_missing", f"{path} is of no known kind; its name should end in {_endings()}.")
    name = path.relative_to(root).as_posix() if root else path.name
    return Found(path, name, kind, path.name.lower().endswith(".gz"))


def _kind(name: str) -> str | None:
    plain = name.lower().removesuffix(".gz")
    return next((ending for ending in ENDINGS if plain.endswith(ending)), None)


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)


def _endings() -> str:
    return ", ".join(ENDINGS) + " (or one of these and .gz)"


def _first_line(error: Exception) -> str:
    return str(error).split("\n")[0][:200].rstrip(".")
