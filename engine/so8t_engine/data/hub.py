"""Reads a dataset of the Hugging Face Hub from a pinned revision, and says in one sentence why it cannot.

`datasets` and `huggingface_hub` are loaded on first use. They read HF_HOME, HF_TOKEN and HF_HUB_OFFLINE themselves;
nothing of the environment is ever put into a message. The exceptions told apart here are those of
huggingface_hub 2.4 (`huggingface_hub.errors`) and datasets 5.2 (`datasets.exceptions`).
"""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from so8t_engine.config.run_config import Dataset
from so8t_engine.data import row_readers
from so8t_engine.data.row_readers import Bad, Row
from so8t_engine.errors import EngineError

PARQUET_BRANCH = "refs/convert/parquet"
LONGEST_PAUSE_SECONDS = 30.0
ANSWER_SECONDS = 30.0

T = TypeVar("T")
Sleep = Callable[[float], None]


@dataclass(frozen=True)
class Pinned:
    """What a hub source was read from; `revision` is None for a local folder or a cached copy without network."""

    revision: str | None
    licence: str | None


def pin(dataset: Dataset, retries: int, sleep: Sleep = time.sleep) -> Pinned:
    """The commit the configured revision means today. Raises EngineError dataset_*."""
    if Path(dataset.path).is_dir() or offline():
        return Pinned(dataset.revision, dataset.license)
    return _retrying(lambda: _ask(dataset), dataset, retries, sleep)


def open_rows(
    dataset: Dataset,
    revision: str | None,
    columns: Sequence[str] | None,
    retries: int,
    skip: int = 0,
    sleep: Sleep = time.sleep,
) -> tuple[int | None, Iterator[Row | Bad]]:
    """(how many rows in all where that is known, the rows behind number `skip`). Raises EngineError dataset_*.

    `columns`: the only ones wanted, where the rest is large. With max_rows the dataset is streamed, not downloaded
    whole.
    """
    loaded = _retrying(lambda: _load(dataset, revision, columns), dataset, retries, sleep)
    total = None if _streamed(dataset) else len(loaded)
    return total, _rows(loaded, dataset, retries, skip, sleep)


def offline() -> bool:
    return any(os.environ.get(name, "").upper() in ("1", "ON", "YES", "TRUE") for name in ("HF_HUB_OFFLINE",))


def problem(error: BaseException, dataset: Dataset) -> tuple[EngineError | None, bool]:
    """(what to tell the user, whether trying again may help). None for an error that is not about the Hub."""
    chain = _chain(error)
    names = {cls.__name__ for one in chain for cls in type(one).__mro__}
    text = " ".join(str(one) for one in chain)
    what = f"The dataset {dataset.path}"
    if any(isinstance(one, OSError) and one.errno in (errno.ENOSPC, errno.EDQUOT) for one in chain):
        detail = "The disk is full: the Hugging Face cache (HF_HOME) has no room for"
        return EngineError("disk_full", f"{detail} {dataset.path}."), False
    statuses = {getattr(getattr(one, "response", None), "status_code", None) for one in chain}
    if "GatedRepoError" in names or "is a gated dataset" in text or statuses & {401, 403}:
        return EngineError("dataset_gated", f"{what} is gated or private, and this machine has no access to it."), False
    if "RevisionNotFoundError" in names or re.search(r"Revision '.*' doesn't exist", text):
        return EngineError("dataset_missing", f"{what} has no revision {dataset.revision}."), False
    if "Dataset scripts are no longer supported" in text:
        detail = f"{what} is a loading script, which no longer loads; try `revision: {PARQUET_BRANCH}`."
        return EngineError("dataset_missing", detail), False
    if "BuilderConfig" in text and "not found" in text:
        detail = f"{what} has no config {dataset.config_name!r} ({_first_line(text)})."
        return EngineError("dataset_missing", detail), False
    if "Config name is missing" in text:
        return EngineError("dataset_missing", f"{what} needs a config_name ({_available(text)})."), False
    if "Unknown split" in text or "Bad split" in text:
        return EngineError("dataset_missing", f"{what} has no split {dataset.split!r}."), False
    if names & _NETWORK or statuses & {408, 429, 500, 502, 503, 504}:
        if offline():
            detail = f"{what} is not in the cache of this machine, and HF_HUB_OFFLINE forbids fetching it."
            return EngineError("dataset_network", detail), False
        return EngineError("dataset_network", f"{what} cannot be fetched: the Hugging Face Hub does not answer."), True
    if names & {"RepositoryNotFoundError", "DatasetNotFoundError", "HFValidationError", "DisabledRepoError"}:
        detail = f"{what} is not on the Hugging Face Hub (or is private, and HF_TOKEN is not set)."
        return EngineError("dataset_missing", detail), False
    if names & {"EmptyDatasetError", "DataFilesNotFoundError", "FileNotFoundDatasetsError"}:
        return EngineError("dataset_missing", f"{what} holds no data files that can be read."), False
    if names & {"DatasetGenerationError", "DatasetBuildError", "ArrowInvalid"}:
        return EngineError("dataset_bad", f"{what} cannot be read: {_first_line(str(chain[-1]))}."), False
    return None, False


_NETWORK = {
    "OfflineModeIsEnabled", "LocalEntryNotFoundError", "ConnectionError", "ConnectError", "TimeoutException",
    "TransportError", "TimeoutError", "gaierror", "ClientError", "IncompleteRead", "SSLError",
}  # fmt: skip


def _ask(dataset: Dataset) -> Pinned:
    from huggingface_hub import HfApi

    info = HfApi(library_name="so8t").dataset_info(dataset.path, revision=dataset.revision, timeout=ANSWER_SECONDS)
    licences = [tag.removeprefix("license:") for tag in info.tags or [] if tag.startswith("license:")]
    return Pinned(info.sha, dataset.license or ", ".join(licences) or None)


def _load(dataset: Dataset, revision: str | None, columns: Sequence[str] | None) -> Any:
    import datasets

    datasets.disable_progress_bars()
    # A branch made by the Parquet converter has no card: its configs are plain folders.
    converted = dataset.revision == PARQUET_BRANCH and dataset.config_name is not None
    loaded = datasets.load_dataset(
        dataset.path,
        None if converted else dataset.config_name,
        data_dir=dataset.config_name if converted else None,
        split=dataset.split,
        revision=revision,
        streaming=_streamed(dataset),
    )
    there = loaded.column_names
    if columns and there and set(columns) <= set(there):
        loaded = loaded.select_columns(list(columns))
    return loaded


def _rows(loaded: Any, dataset: Dataset, retries: int, skip: int, sleep: Sleep) -> Iterator[Row | Bad]:
    number, failed = skip, 0
    while True:
        try:
            if not _streamed(dataset) and number >= len(loaded):
                return
            rest = loaded.skip(number) if _streamed(dataset) else loaded.select(range(number, len(loaded)))
            for value in rest:
                yield row_readers.row(dict(value), number + 1, f"row {number + 1}")
                number, failed = number + 1, 0
            return
        except EngineError:
            raise
        except Exception as error:  # noqa: BLE001 - told apart by `problem`, and raised again where it is none
            failed = _again(error, dataset, failed, retries, sleep)


def _retrying(action: Callable[[], T], dataset: Dataset, retries: int, sleep: Sleep) -> T:
    failed = 0
    while True:
        try:
            return action()
        except Exception as error:  # noqa: BLE001 - as above
            failed = _again(error, dataset, failed, retries, sleep)


def _again(error: Exception, dataset: Dataset, failed: int, retries: int, sleep: Sleep) -> int:
    """Waits before another try and counts it, or raises what the user should know."""
    known, helps = problem(error, dataset)
    if known is None:
        raise error
    if not helps or failed >= retries:
        raise known from error
    sleep(min(2.0**failed, LONGEST_PAUSE_SECONDS))
    return failed + 1


def _streamed(dataset: Dataset) -> bool:
    return dataset.max_rows is not None


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    here: BaseException | None = error
    while here is not None and here not in found:
        found.append(here)
        here = here.__cause__ or (None if here.__suppress_context__ else here.__context__)
    return found


def _available(text: str) -> str:
    names = re.search(r"available configs: (\[[^\]]*\])", text)
    return f"one of {names[1]}" if names else "see its page"


def _first_line(text: str) -> str:
    return text.strip().split("\n")[0][:200].rstrip(".")
