"""Workbooks as files: opened so that any place can be read; what one is instead where it is none."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from so8t_engine.data.files import open_document
from so8t_engine.data.files.open_document import OpenDocument
from so8t_engine.data.files.workbook import Sheet, Workbook
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, of_error, sentence

MOST_PACKED = 1 << 28  # bytes of a workbook inside an archive
OLD = b"\xd0\xcf\x11\xe0"  # .xls; and whatever has a password

Open = Callable[[], IO[bytes]]


def opened(place: Path, file: Open, whole: bool) -> IO[bytes]:
    """`whole`: it is packed itself, and so is held in memory. Raises EngineError."""
    if not whole:
        return file()
    with file() as packed:
        data = packed.read(MOST_PACKED + 1)
    if len(data) > MOST_PACKED:
        raise EngineError("dataset_file", sentence("data.unpack_first", path=place))
    return io.BytesIO(data)


def book(file: IO[bytes]) -> Workbook | OpenDocument:
    """By what it holds, not by its name. Raises ValueError with a Sentence, zipfile.BadZipFile, RuntimeError."""
    packed = zipfile.ZipFile(file)
    return OpenDocument(packed) if open_document.is_one(packed.namelist()) else Workbook(packed)


def sheets(place: Path, file: Open, whole: bool) -> tuple[Sheet, ...]:
    """Raises EngineError dataset_file, dataset_missing."""
    try:
        with opened(place, file, whole) as stream:
            found = book(stream).sheets
    except FileNotFoundError as error:
        raise EngineError("dataset_missing", sentence("data.no_file", path=place)) from error
    except PermissionError as error:
        raise EngineError("dataset_file", sentence("data.no_permission", path=place)) from error
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise EngineError("dataset_file", _instead(place, file)) from error
    except ValueError as error:
        raise EngineError("dataset_file", sentence("data.unusable_file", path=place, why=of_error(error))) from error
    if not found:
        raise EngineError("dataset_file", _instead(place, file))
    return found


def of_another_kind(path: Path) -> Sentence:
    """What is said of one that is called as a kind that is not read, which many programs give to tables and pages."""
    said = _instead(path, lambda: path.open("rb"))
    return said if said.code == "data.workbook_is_text" else sentence("data.workbook", path=path)


def _instead(place: Path, file: Open) -> Sentence:
    """What it is, as far as its first bytes show."""
    with contextlib.suppress(OSError, EOFError, RuntimeError), file() as stream:
        head = stream.read(512)
        if head.startswith(OLD):
            return sentence("data.workbook_locked_or_old", path=place)
        if not head.startswith(b"PK") and b"\0" not in head:
            return sentence("data.workbook_is_text", path=place)
    return sentence("data.no_workbook", path=place)
