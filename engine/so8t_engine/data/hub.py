"""Reads a dataset of the Hugging Face Hub from a pinned revision; what stops that becomes one sentence.

`datasets` and `huggingface_hub` are loaded on first use. They read HF_HOME, HF_TOKEN and HF_HUB_OFFLINE themselves;
nothing of the environment is ever put into a message. The exceptions told apart here are those of
huggingface_hub 2.4 (`huggingface_hub.errors`) and datasets 5.2 (`datasets.exceptions`).
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from so8t_engine.config.run_config import Dataset
from so8t_engine.data import row_readers
from so8t_engine.data.row_readers import BadRow, RawRow
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, first_line, sentence
from so8t_engine.session import disk_errors

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
) -> tuple[int | None, Iterator[RawRow | BadRow]]:
    """(the total number of rows where it is known, the rows behind number `skip`). Raises EngineError dataset_*.

    `columns`: the only ones wanted, where the rest is large. With max_rows the dataset is streamed, not downloaded
    whole.
    """
    loaded = _retrying(lambda: _load(dataset, revision, columns), dataset, retries, sleep)
    total = None if _streamed(dataset) else len(loaded)
    return total, _rows(loaded, dataset, retries, skip, sleep)


def offline() -> bool:
    return any(os.environ.get(name, "").upper() in ("1", "ON", "YES", "TRUE") for name in ("HF_HUB_OFFLINE",))


def cache() -> Path:
    """Where `datasets` puts what it downloads and prepares."""
    import datasets

    return Path(datasets.config.HF_DATASETS_CACHE)


def problem(error: BaseException, dataset: Dataset) -> tuple[EngineError | None, bool]:
    """(what to tell the user, whether trying again may help). None for an error that is not about the Hub."""
    chain = _chain(error)
    names = {cls.__name__ for cause in chain for cls in type(cause).__mro__}
    text = " ".join(str(cause) for cause in chain)
    statuses = {getattr(getattr(cause, "response", None), "status_code", None) for cause in chain}
    path = dataset.path
    if any(disk_errors.number_of(cause) in disk_errors.FULL for cause in chain):
        return EngineError("disk_full", sentence("data.cache_full", dataset=path)), False
    if "GatedRepoError" in names or "is a gated dataset" in text or statuses & {401, 403}:
        return EngineError("dataset_gated", sentence("data.gated", dataset=path)), False
    missing = _missing_part(names, text, dataset)
    if missing is not None:
        return EngineError("dataset_missing", missing), False
    if 429 in statuses:
        return EngineError("dataset_network", sentence("data.too_many_requests", dataset=path)), True
    if "Consistency check failed" in text or 416 in statuses:
        return EngineError("dataset_network", sentence("data.cut_short", dataset=path)), True
    if names & _NETWORK or statuses & {408, 500, 502, 503, 504}:
        if offline():
            return EngineError("dataset_network", sentence("data.not_in_the_cache", dataset=path)), False
        return EngineError("dataset_network", sentence("data.no_answer", dataset=path)), True
    if names & {"RepositoryNotFoundError", "DatasetNotFoundError", "HFValidationError", "DisabledRepoError"}:
        return EngineError("dataset_missing", sentence("data.not_on_the_hub", dataset=path)), False
    if names & {"EmptyDatasetError", "DataFilesNotFoundError", "FileNotFoundDatasetsError"}:
        return EngineError("dataset_missing", sentence("data.no_data_files", dataset=path)), False
    if names & {"DatasetGenerationError", "DatasetBuildError", "ArrowInvalid"} or DAMAGED.search(text):
        why = first_line(chain[-1])
        return EngineError("dataset_bad", sentence("data.unreadable_dataset", dataset=path, why=why)), False
    return None, False


def _missing_part(names: set[str], text: str, dataset: Dataset) -> Sentence | None:
    """What the configuration names of a dataset that it has not: a revision, a config, a split."""
    path = dataset.path
    if "RevisionNotFoundError" in names or re.search(r"Revision '.*' doesn't exist", text):
        return sentence("data.no_revision", dataset=path, revision=dataset.revision)
    if "Dataset scripts are no longer supported" in text:
        return sentence("data.loading_script", dataset=path, branch=PARQUET_BRANCH)
    if "BuilderConfig" in text and "not found" in text:
        return sentence("data.no_config", dataset=path, config=dataset.config_name, why=first_line(text))
    if "Config name is missing" in text:
        available = re.search(r"available configs: (\[[^\]]*\])", text)
        if available is None:
            return sentence("data.needs_config", dataset=path)
        return sentence("data.needs_config_of", dataset=path, configs=available[1])
    if "Unknown split" in text or "Bad split" in text:
        return sentence("data.no_split", dataset=path, split=dataset.split)
    return None


# What Arrow says of a file whose pages are damaged: an OSError, as if the disk had failed.
DAMAGED = re.compile(r"Corrupt \w+ compressed data|Parquet magic bytes not found|Couldn't deserialize thrift")

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
    present = loaded.column_names
    if columns and present and set(columns) <= set(present):
        loaded = loaded.select_columns(list(columns))
    return loaded


def _rows(loaded: Any, dataset: Dataset, retries: int, skip: int, sleep: Sleep) -> Iterator[RawRow | BadRow]:
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
    refusal, retry_helps = problem(error, dataset)
    if refusal is None:
        raise error
    if not retry_helps or failed >= retries:
        raise refusal from error
    sleep(min(2.0**failed, LONGEST_PAUSE_SECONDS))
    return failed + 1


def _streamed(dataset: Dataset) -> bool:
    return dataset.max_rows is not None


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what caused it, outermost first."""
    chain: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return chain
