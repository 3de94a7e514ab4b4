"""A file of a source, and what its entry in the configuration says of how it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.files import byte_streams
from so8t_engine.data.files.table_head import Form
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, first_line, of_error, sentence, verbatim


@dataclass(frozen=True)
class Reading:
    """How the files of a source are read: what its entry in the configuration says of them."""

    encoding: str | None = None
    form: Form = field(default_factory=Form)
    split: str = "train"
    columns: tuple[str, ...] = ()  # of tables: the only ones wanted, where the rest is large

    @staticmethod
    def of(dataset: Dataset) -> Reading:
        header = tuple(dataset.header) if isinstance(dataset.header, list) else dataset.header
        asked = (dataset.columns.prompt, dataset.columns.response) if dataset.columns is not None else None
        return Reading(dataset.encoding, Form(dataset.delimiter, header, asked), dataset.split)


@dataclass(frozen=True)
class SourceFile:
    """One file: `name` is its name inside the source (provenance, messages), `kind` one of ENDINGS.

    `packing`: one of PACKINGS; `member`: its name in the archive that `path` is; `sheet`: the one
    of a workbook. `remote`: opens one that lies
    elsewhere, any place of which can be read; its `path` is for messages only. `forget`: what was kept of that one
    makes no sense and is to be had anew. `beside`: the files that are read together
    with this one (batch_halves.py, rasa_bots.py); none of one that gives no rows of its own.
    """

    path: Path
    name: str
    kind: str
    packing: str | None = None
    member: str | None = None
    sheet: str | None = None
    remote: Callable[[], IO[bytes]] | None = None
    forget: Callable[[], None] | None = None
    beside: tuple[SourceFile, ...] | None = None

    @property
    def place(self) -> Path:
        """What a person is told it is: of an archive the member in it."""
        return self.path if self.member is None else self.path / self.member

    @property
    def is_plain(self) -> bool:
        return self.packing is None and self.member is None

    def opened(self) -> IO[bytes]:
        return byte_streams.opened(self.remote or (lambda: self.path.open("rb")), self.packing, self.member)


@dataclass(frozen=True)
class FilesOfSource:
    """The files of a source, and what there is to say about those of its folder that are none of them."""

    files: list[SourceFile]
    notes: tuple[Sentence, ...] = ()


def not_packed(file: SourceFile, error: Exception) -> EngineError:
    kind = file.packing or byte_streams.ARCHIVE
    return EngineError("dataset_file", sentence("data.not_packed", path=file.place, kind=kind, error=first_line(error)))


def not_table(file: SourceFile, error: Exception) -> EngineError:
    code = "data.not_parquet" if file.kind == ".parquet" else "data.not_arrow"
    return EngineError("dataset_file", Sentence(code, {"path": str(file.place), "error": first_line(error)}))


def why(error: ValueError) -> Sentence:
    """The sentence of our own readers, or the first line of a library's."""
    why = of_error(error)
    return why if why.code != "plain.verbatim" else verbatim(first_line(error))
