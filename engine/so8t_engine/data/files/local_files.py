"""Local files as a source: a path becomes files, a file becomes rows, from any number on."""

from __future__ import annotations

import dataclasses
import difflib
import glob
import gzip
import itertools
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

import so8t_resources
from so8t_engine import paths
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.files import (
    batch_halves,
    byte_streams,
    encodings,
    file_kinds,
    json_documents,
    pairs_in_rows,
    quiz_texts,
    rasa_bots,
    sheet_files,
    source_file,
    source_folder,
    table_rows,
    web_pages,
    workbook_files,
    xml_files,
    yaml_rows,
)
from so8t_engine.data.files.byte_streams import ARCHIVE, TooMuch
from so8t_engine.data.files.csv_rows import csv_rows
from so8t_engine.data.files.file_kinds import ENDINGS, TABLES, TEXTS, WORKBOOKS, YAML, is_known
from so8t_engine.data.files.row_readers import BOM, BadRow, RawRow
from so8t_engine.data.files.source_file import FilesOfSource as FilesOfSource
from so8t_engine.data.files.source_file import Reading as Reading
from so8t_engine.data.files.source_file import SourceFile as SourceFile
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.session import manifest

DEMO = "demo:"
AS_FOUND = Reading()
BYTES_PER_ROW = 500  # a guess, for the first total of compressed files
POINTER = b"version https://git-lfs.github.com/spec/v1"
PAGES = (b"<!doctype html", b"<html")

Notice = Callable[[Sentence], None]


def choose(dataset: Dataset, before: frozenset[str] = frozenset()) -> FilesOfSource:
    """The files that a source means, in a fixed order. `before`: the names it was begun with, if it was.

    Raises EngineError dataset_missing, dataset_kind, dataset_file.
    """
    chosen = _choose(dataset, before)
    if before:
        return batch_halves.joined(sheet_files.as_before(chosen.files, dataset, before).files)
    read = sheet_files.chosen(chosen.files, dataset)
    pairs = batch_halves.joined(read.files)
    return FilesOfSource(pairs.files, (*chosen.notes, *read.notes, *pairs.notes))


def _choose(dataset: Dataset, before: frozenset[str]) -> FilesOfSource:
    base = None if dataset.path.startswith(DEMO) else paths.at_home(dataset.path)
    if base is not None and base.is_dir() and (bot := rasa_bots.of_folder(base)):
        return FilesOfSource(bot)
    packed = base is not None and base.name.lower().endswith(ARCHIVE) and base.is_file()
    if base is None or not (packed or base.is_dir()):
        return FilesOfSource(find(dataset.path))
    if before:
        return FilesOfSource([file for file in find(dataset.path) if file.name in before])
    if packed:
        inside = _source_files(base, None)
        chosen = _of_archives({base / str(file.member): file for file in inside}, base, dataset)
        return FilesOfSource(chosen.files, (*chosen.notes, *_unread_inside(inside)))
    wanted, notes = source_folder.of_split(base, _inside(base), dataset)
    left_out = [*source_folder.unread(base, _inside(base), file_kinds.is_told), source_folder.in_icloud(base)]
    files = [file for path in wanted for file in _source_files(path, base)]
    members = {base / file.name: file for file in files if file.member is not None}
    if members and not source_folder.card(base):
        chosen = _of_archives(members, base, dataset.model_copy(update={"config_name": None}))
        files = [file for file in files if file.member is None or file in chosen.files]
        notes = [*notes, *chosen.notes]
    notes += [*(said for said in left_out if said is not None), *_unread_inside(list(members.values()))]
    return FilesOfSource(files, tuple(notes))


def _unread_inside(files: list[SourceFile]) -> list[Sentence]:
    """`files`: those of archives that can be read."""
    archives = dict.fromkeys(file.path for file in files)
    read = {path: [str(file.member) for file in files if file.path == path] for path in archives}
    said = [source_folder.unread_inside(path, _members(path), read[path]) for path in archives]
    return [note for note in said if note is not None]


def _of_archives(members: dict[Path, SourceFile], base: Path, dataset: Dataset) -> FilesOfSource:
    """Those of the split which is asked for, as in a folder."""
    wanted, notes = source_folder.by_names(base, list(members), dataset)
    return FilesOfSource([members[path] for path in wanted], tuple(notes))


def find(path: str) -> list[SourceFile]:
    """The files of a file, folder, glob or `demo:NAME`, in a fixed order.

    Raises EngineError dataset_missing, dataset_kind.
    """
    if path.startswith(DEMO):
        return _source_files(_demo(path.removeprefix(DEMO)), None)
    base = paths.at_home(path)
    if base.is_dir():
        return [file for entry in _inside(base) for file in _source_files(entry, base)]
    if base.exists():
        return _source_files(base, None)
    matches = sorted(Path(name) for name in glob.glob(str(base), recursive=True) if Path(name).is_file())  # noqa: PTH207 - absolute patterns
    matches = [entry for entry in matches if not file_kinds.LOCK.fullmatch(entry.name)] or matches
    if not matches:
        pattern = glob.has_magic(path)
        raise EngineError(
            "dataset_missing", sentence("data.no_match" if pattern else "data.no_file_or_folder", path=path)
        )
    fixed = list(itertools.takewhile(lambda part: not glob.has_magic(part), base.parts))
    return [file for entry in matches for file in _source_files(entry, Path(*fixed) if fixed else None)]


def read(
    file: SourceFile,
    limit: int,
    skip: int = 0,
    most: int | None = None,
    reading: Reading = AS_FOUND,
    notice: Notice = lambda said: None,
) -> Iterator[RawRow | BadRow]:
    """The file's rows behind number `skip`. Raises EngineError dataset_file, dataset_missing naming the file.

    `most`: bytes that may be read (of a table its frame and the first rows are read whatever its size); raises TooMuch
    where the next row lies behind them. `notice` hears what was found out about the file, not said.
    """
    try:
        if file.sheet is not None:
            yield from sheet_files.rows(file, limit, reading, notice, skip)
            return
        if file.beside is not None:
            joined = rasa_bots.rows if file.kind == YAML else batch_halves.rows
            yield from joined(file, limit, skip, notice)
            return
        with file.opened() as opened:
            capped = most is not None and not (file.is_plain and file.kind in TABLES)
            source = byte_streams.Head(opened, most) if capped else opened  # type: ignore[arg-type]
            looked_at = encodings.HEAD if file.kind in (*TEXTS, *quiz_texts.KINDS, YAML) else len(POINTER)
            head = source.read(min(looked_at, most) if most is not None else looked_at)
            source.seek(0)
            _refuse_stand_in(file, head)
            yield from _rows(file, source, head, limit, skip, reading, notice)
    except PermissionError as error:
        raise EngineError("dataset_file", sentence("data.no_permission", path=file.path)) from error
    except FileNotFoundError as error:
        raise EngineError("dataset_missing", sentence("data.no_file", path=file.path)) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        if file.packing == ".gz":
            raise EngineError("dataset_file", sentence("data.not_gzip", path=file.place, error=error)) from error
        raise source_file.not_packed(file, error) from error
    except (lzma.LZMAError, zipfile.BadZipFile, zstandard.ZstdError, NotImplementedError, RuntimeError) as error:
        raise source_file.not_packed(file, error) from error  # RuntimeError: zipfile's word for a password
    except pa.ArrowException as error:
        raise source_file.not_table(file, error) from error
    except OSError as error:
        if error.errno is not None or (file.packing is None and file.kind not in TABLES):
            raise  # the disk
        raise (
            source_file.not_table(file, error) if file.kind in TABLES else source_file.not_packed(file, error)
        ) from error
    except ValueError as error:
        raise EngineError(
            "dataset_file", sentence("data.unusable_file", path=file.place, why=source_file.why(error))
        ) from error


def _rows(  # type: ignore[no-untyped-def]
    file: SourceFile, source, head: bytes, limit: int, skip: int, reading: Reading, notice: Notice
) -> Iterator[RawRow | BadRow]:
    if file.kind in TABLES:
        table = str(file.path) if file.is_plain and file.remote is None else source
        if file.kind == ".parquet":
            yield from table_rows.parquet_rows(table, skip, reading.columns, whole=file.remote is None)
        else:
            yield from table_rows.arrow_rows(table, skip, reading.columns)
        return
    if file.kind in xml_files.KINDS:
        yield from xml_files.rows(source, file.kind, limit, skip)
        return
    encoding = encodings.find(head, reading.encoding)
    if encoding.guessed:
        notice(encodings.read_as(file.place, encoding))
    if encoding.name != encodings.UTF8:
        source = byte_streams.in_utf8(source, encoding.name)

    def of_file(what: Sentence) -> None:
        notice(sentence("data.of_file", path=file.place, what=what))

    if file.kind in quiz_texts.KINDS:
        yield from quiz_texts.rows(source, file.kind, limit, skip, reading.form, of_file)
        return
    if file.kind in (".csv", ".tsv"):
        tabs = file.kind == ".tsv" and not reading.form.delimiter
        form = dataclasses.replace(reading.form, delimiter="\t") if tabs else reading.form
        yield from csv_rows(source, limit, skip, form=form, notice=of_file)
        return
    text = yaml_rows.as_json(source) if file.kind == YAML else source
    lines, of = file.kind not in (".json", YAML), pairs_in_rows.but_for(reading.form.asked)
    yield from json_documents.json_rows(text, limit, skip, split=reading.split, lines=lines, notice=of_file, pairs=of)


def _refuse_stand_in(file: SourceFile, head: bytes) -> None:
    """Files that only stand for the data: Raises EngineError."""
    if head.startswith(POINTER):
        raise EngineError("dataset_file", sentence("data.git_lfs_pointer", path=file.place))
    if head.startswith(b"PK\x03\x04") and file.kind in TEXTS:
        raise EngineError("dataset_file", sentence("data.is_workbook", path=file.place))
    if file.kind == ".json" and head.removeprefix(BOM).lstrip().startswith((b"//", b"/*")):
        raise EngineError("dataset_file", sentence("data.json_with_comments", path=file.place))
    if head.lstrip()[:20].lower().startswith(PAGES) and file.kind != web_pages.KIND:
        raise EngineError("dataset_file", sentence("data.web_page", path=file.place))


def digests(files: list[SourceFile]) -> dict[str, tuple[int, str]]:
    """Name -> (bytes, sha256) of every file, of an archive once. Raises EngineError dataset_missing, dataset_file."""
    try:
        known: dict[Path, tuple[int, str]] = {}
        for file in files:
            if file.path not in known:
                known[file.path] = manifest.digest_file(file.path)
        return {file.name: known[file.path] for file in files}
    except PermissionError as error:
        raise EngineError("dataset_file", sentence("data.no_permission", path=error.filename)) from error
    except FileNotFoundError as error:
        raise EngineError("dataset_missing", sentence("data.no_file", path=error.filename)) from error


def guess_rows(files: list[SourceFile]) -> int:
    """About how many rows, without reading them: for the first total and the ETA only."""
    total = 0
    for file in {file.path: file for file in files if file.remote is None}.values():
        try:
            if file.kind == ".parquet" and file.is_plain:
                total += pq.read_metadata(file.path).num_rows
            else:
                total += file.path.stat().st_size * (1 if file.is_plain and file.sheet is None else 3) // BYTES_PER_ROW
        except (OSError, pa.ArrowException):
            continue  # reading it will say what is wrong, at its turn
    return max(1, total)


def _demo(name: str) -> Path:
    path = Path(so8t_resources.path("demo", f"{name}.jsonl"))
    if not path.is_file():
        raise EngineError("dataset_missing", _no_demo(name, [file.stem for file in path.parent.glob("*.jsonl")]))
    return path


def _no_demo(name: str, there: Sequence[str]) -> Sentence:
    names = sorted(f"demo:{one}" for one in there)
    if near := difflib.get_close_matches(name, there, n=1):
        return sentence("data.no_demo_but_near", name=name, near=f"demo:{near[0]}", names=names)
    return sentence("data.no_demo", name=name, names=names)


def _inside(base: Path) -> list[Path]:
    """The data files of a folder, in a fixed order, as far as they are what their names say. Raises EngineError."""
    names = [entry for entry in source_folder.files(base) if is_known(entry.name) or _of_xml(entry) is not None]
    if not names and (online := source_folder.in_icloud(base)) is not None:
        raise EngineError("dataset_file", online)
    if not names and (texts := source_folder.texts(base, file_kinds.is_told)):
        return texts
    if not names:
        raise EngineError("dataset_kind", sentence("data.folder_without_files", path=base, endings=ENDINGS))
    readable = [entry for entry in names if _is_readable(entry)]
    return readable or names


def _is_readable(path: Path) -> bool:
    """Packed files and Arrow's are opened only where they begin as such: anything may bear those endings."""
    ending = path.suffix.lower()
    if file_kinds.stand_in(path) is not None:
        return False
    if ending in WORKBOOKS:
        return _opens(SourceFile(path, path.name, ending))
    return ending in (".gz", ".parquet") or byte_streams.is_named_rightly(path, (ending,))


def of_paths(paths: Sequence[tuple[Path, str]]) -> list[SourceFile]:
    """Files that lie anywhere, by (path, name in the source). Raises EngineError dataset_file, dataset_kind."""
    found = [(file, path.name, name) for path, name in paths for file in _source_files(path, None)]
    return [dataclasses.replace(file, name=name + file.name.removeprefix(inside)) for file, inside, name in found]


def elsewhere(
    path: Path, name: str, remote: Callable[[], IO[bytes]], forget: Callable[[], None] | None = None
) -> SourceFile:
    """A file that is opened by `remote`; no archive."""
    kind, packing = file_kinds.named(name)
    return SourceFile(path, name, kind, packing, remote=remote, forget=forget)


def _source_files(path: Path, root: Path | None) -> list[SourceFile]:
    """One; of an archive each of its members that can be read. Raises EngineError."""
    name = path.relative_to(root).as_posix() if root else path.name
    if (said := file_kinds.stand_in(path)) is not None:
        raise EngineError("dataset_file", said)
    if path.name.lower().endswith(ARCHIVE):
        inside = [member for member in _members(path) if not source_folder.is_aside(Path(member))]
        kinds = {member: file_kinds.named(member) for member in inside}
        kinds |= {member: (kind, None) for member in inside if (kind := _of_xml(path, member)) is not None}
        found = [member for member in inside if kinds[member][0]]
        if not found:
            raise EngineError("dataset_kind", sentence("data.archive_without_files", path=path, endings=ENDINGS))
        members = [SourceFile(path, f"{name}/{member}", *kinds[member], member) for member in found]
        whole = [file for file in members if file.kind not in WORKBOOKS or _opens(file)]
        return [file for member in whole or members for file in _sheets(member)]
    kind, packing = file_kinds.named(path.name)
    if not kind and (told := file_kinds.by_content(path)) is not None:
        return [SourceFile(path, name, told)]
    if not kind:
        raise EngineError("dataset_kind", file_kinds.unread(path))
    return _sheets(SourceFile(path, name, kind, packing))


def _of_xml(path: Path, member: str | None = None) -> str | None:
    """The kind of XML that is read, where this is some."""
    return xml_files.kind_of(member or path.name, SourceFile(path, path.name, "", None, member).opened)


def _opens(book: SourceFile) -> bool:
    """Whether a workbook beside other files is neither damaged nor locked: they are read without one that is."""
    try:
        return bool(_sheets(book))
    except EngineError:
        return False


def _sheets(file: SourceFile) -> list[SourceFile]:
    """Of a workbook each of its sheets, of any other file itself. Raises EngineError."""
    if file.kind not in WORKBOOKS:
        return [file]
    sheets = workbook_files.sheets(file.place, file.opened, whole=not file.is_plain)
    return [dataclasses.replace(file, name=f"{file.name}/{sheet.name}", sheet=sheet.name) for sheet in sheets]


def _members(archive: Path) -> list[str]:
    """Raises EngineError."""
    try:
        return sorted(zipfile.ZipFile(archive).namelist())
    except (zipfile.BadZipFile, OSError) as error:
        raise EngineError("dataset_file", sentence("data.not_zip", path=archive, error=error)) from error


__all__ = ["TooMuch", "choose", "digests", "elsewhere", "find", "guess_rows", "is_known", "of_paths", "read"]
