"""A dataset of the Hugging Face Hub as a source: its files, opened to be read by our own readers.

`datasets` and `huggingface_hub` are loaded on first use; they read HF_HOME, HF_TOKEN and whether the Hub may be asked
(offline.py) themselves.
Rows come from the library itself (`library_rows`) where only it can read them, and for sources that an older version
had begun to read so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.files import byte_streams, file_kinds, local_files, row_readers, sheet_files
from so8t_engine.data.files.local_files import Notice, Reading, SourceFile
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.data.hub import hub_download, hub_files
from so8t_engine.data.hub.hub_download import Fetched
from so8t_engine.data.hub.hub_files import HubFile
from so8t_engine.data.hub.hub_problems import Patience
from so8t_engine.errors import EngineError

LARGE = 32 << 20  # bytes of a source: with `max_rows` more than that is not fetched whole
READ_AGAIN = 2  # times, what was read in pieces and made no sense


def open_files(
    dataset: Dataset,
    revision: str,
    files: Sequence[HubFile],
    *,
    at_once: int,
    patience: Patience,
    heard: Callable[[Fetched], None] = lambda so_far: None,
) -> list[SourceFile]:
    """Afterwards all of them can be read: fetched whole, or of a large source with `max_rows` piece by piece.

    Raises EngineError dataset_*, disk_*.
    """
    in_pieces = dataset.max_rows is not None and sum(file.size for file in files) > LARGE
    wanted = [file for file in files if not (in_pieces and _can_be_cut(file.name))]
    whole = dict(
        zip(
            (file.name for file in wanted),
            hub_download.fetch(dataset, revision, wanted, at_once=at_once, patience=patience, heard=heard),
            strict=True,
        )
    )
    opened: list[SourceFile] = []
    for file in files:
        if file.name in whole:
            opened += sheet_files.chosen(local_files.of_paths([(whole[file.name], file.name)]), dataset).files
        else:
            opened.append(_in_pieces(dataset, revision, file, patience))
    return opened


def read(file: SourceFile, limit: int, skip: int, reading: Reading, notice: Notice) -> Iterator[RawRow | BadRow]:
    """The rows behind number `skip`. What was read in pieces has no digest: where it is damaged it is asked anew.

    Raises EngineError dataset_*.
    """
    number, failed = skip, 0
    while True:
        try:
            for item in local_files.read(file, limit, number, reading=reading, notice=notice):
                number = item.number
                yield item
            return
        except EngineError as error:
            if file.remote is None or error.code != "dataset_file" or failed >= READ_AGAIN:
                raise
            failed += 1
            if file.forget is not None:
                file.forget()


def library_rows(
    dataset: Dataset, revision: str | None, columns: Sequence[str] | None, patience: Patience, skip: int = 0
) -> Iterator[RawRow | BadRow]:
    """The rows behind number `skip`, as `datasets` reads them. Raises EngineError dataset_*.

    `columns`: the only ones wanted, where the rest is large. With max_rows the dataset is streamed, not downloaded
    whole.
    """
    loaded = patience.retrying(lambda: _load(dataset, revision, columns), dataset)
    return _rows(loaded, dataset, patience, skip)


def cache() -> Path:
    """Where what is fetched lies: of the Hub's libraries and of ours."""
    from huggingface_hub import constants

    return Path(constants.HF_HOME)


def _can_be_cut(name: str) -> bool:
    return not name.lower().endswith((byte_streams.ARCHIVE, ".arrow", ".feather", *file_kinds.WORKBOOKS))


def _in_pieces(dataset: Dataset, revision: str, file: HubFile, patience: Patience) -> SourceFile:
    """Parquet says where its rows lie; everything else is read from the front."""
    path = Path(dataset.path, file.name)
    if file.name.lower().endswith(".parquet"):
        piece = hub_download.ranges(dataset, revision, file, patience)
        return local_files.elsewhere(path, file.name, lambda: byte_streams.elsewhere(file.size, piece))
    front = hub_download.prefix(dataset, revision, file, patience)
    return local_files.elsewhere(
        path,
        file.name,
        lambda: byte_streams.elsewhere(file.size, front),
        lambda: hub_download.forget(dataset, revision, file, patience),
    )


def _load(dataset: Dataset, revision: str | None, columns: Sequence[str] | None) -> Any:
    import datasets

    datasets.disable_progress_bars()
    config, folder = hub_files.by_the_card(dataset)
    loaded = datasets.load_dataset(
        dataset.path, config, data_dir=folder, split=dataset.split, revision=revision, streaming=_streamed(dataset)
    )
    present = loaded.column_names
    if columns and present and set(columns) <= set(present):
        loaded = loaded.select_columns(list(columns))
    return loaded


def _rows(loaded: Any, dataset: Dataset, patience: Patience, skip: int) -> Iterator[RawRow | BadRow]:
    number, failed = skip, 0
    while True:
        try:
            if not _streamed(dataset) and number >= len(loaded):
                return
            rest = loaded.skip(number) if _streamed(dataset) else loaded.select(range(number, len(loaded)))
            for value in rest:
                yield row_readers.row(dict(value), number + 1, "row", number + 1)
                number, failed = number + 1, 0
            return
        except EngineError:
            raise
        except Exception as error:  # noqa: BLE001 - told apart by `again`, and raised again where it is none
            failed = patience.again(error, dataset, failed)


def _streamed(dataset: Dataset) -> bool:
    return dataset.max_rows is not None
