"""What the Hugging Face Hub and its libraries may answer, as one sentence each; and how often it is asked again.

The exceptions told apart here are those of huggingface_hub 2.4 (`huggingface_hub.errors`) and datasets 5.2
(`datasets.exceptions`). Nothing of the environment is ever put into a message.
"""

from __future__ import annotations

import difflib
import email.utils
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from so8t_engine import offline
from so8t_engine.config.run_config import Dataset
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, first_line, sentence
from so8t_engine.session import disk_errors

PARQUET_BRANCH = "refs/convert/parquet"
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
LONGEST_ASKED_SECONDS = 3_600.0  # the longest wait that a 429 is obeyed in

KNOWN = (
    "openai/gsm8k", "microsoft/orca-math-word-problems-200k", "open-r1/OpenR1-Math-220k", "allenai/math_qa",
    "deepmind/code_contests", "lightblue/reasoning-multilingual-R1-Llama-70B-train", "Anthropic/hh-rlhf",
    "OpenAssistant/oasst1", "databricks/databricks-dolly-15k", "kunishou/databricks-dolly-15k-ja",
    "elyza/ELYZA-tasks-100", "sbintuitions/JCommonsenseQA", "tatsu-lab/alpaca", "rajpurkar/squad",
    "tau/commonsense_qa", "PKU-Alignment/PKU-SafeRLHF",
)  # fmt: skip  # datasets that somebody who misspells one of them may mean

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """How a hub that fails is asked again: `retries` times in a row, by `sleep` between them.

    `notice` hears of a wait that the hub itself asks for.
    """

    retries: int = 0
    sleep: Callable[[float], None] = time.sleep
    notice: Callable[[Sentence], None] = lambda said: None

    def retrying(self, action: Callable[[], T], dataset: Dataset) -> T:
        """What `action` gives, in the end. Raises EngineError dataset_*, disk_full, and what is not about the Hub."""
        failed = 0
        while True:
            try:
                return action()
            except EngineError:
                raise
            except Exception as error:  # noqa: BLE001 - told apart by `problem`, and raised again where it is none
                failed = self.again(error, dataset, failed)

    def again(self, error: Exception, dataset: Dataset, failed: int) -> int:
        """Waits before another try and counts it, or raises what the user should know."""
        refusal, retry_helps = problem(error, dataset)
        if refusal is None:
            raise error
        asked = asked_to_wait(error)
        if not retry_helps or failed >= self.retries or (asked or 0.0) > LONGEST_ASKED_SECONDS:
            raise refusal from error
        if asked is None:
            self.sleep(min(FIRST_PAUSE_SECONDS * 2.0**failed, LONGEST_PAUSE_SECONDS))
        else:
            self.notice(sentence("data.hub_asks_to_wait", dataset=dataset.path, seconds=asked))
            self.sleep(asked)
        return failed + 1


def _not_there(path: str) -> Sentence:
    """With a dataset of the shipped configurations that is nearly called so."""
    whole = {name.casefold(): name for name in KNOWN}
    parts = {name.rpartition("/")[2]: known for name, known in whole.items()}
    names = whole if "/" in path else parts
    if near := difflib.get_close_matches(path.casefold(), names, n=1, cutoff=0.75):
        return sentence("data.not_on_the_hub_but_near", dataset=path, near=names[near[0]])
    return sentence("data.not_on_the_hub", dataset=path)


def asked_to_wait(error: BaseException) -> float | None:
    """Seconds, where the hub says when it may be asked again: `Retry-After`, or `ratelimit: "api";r=0;t=55`."""
    for cause in _chain(error):
        response: Any = getattr(cause, "response", None)
        if response is None or response.status_code not in (429, 503):
            continue
        after = str(response.headers.get("Retry-After", "")).strip()
        if re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", after):
            return float(after)
        if after:
            try:
                return max(0.0, email.utils.parsedate_to_datetime(after).timestamp() - time.time())
            except ValueError:
                pass
        limit = re.search(r"\bt=([0-9]{1,9})\b", str(response.headers.get("ratelimit", "")))
        if limit:
            return float(limit[1])
    return None


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
        if offline.asked_for():
            return EngineError("dataset_network", sentence("data.not_in_the_cache", dataset=path)), False
        return EngineError("dataset_network", sentence("data.no_answer", dataset=path)), True
    if names & {"RepositoryNotFoundError", "DatasetNotFoundError", "HFValidationError", "DisabledRepoError"}:
        return EngineError("dataset_missing", _not_there(path)), False
    if 404 in statuses:
        return EngineError("dataset_missing", sentence("data.listed_but_gone", dataset=path)), False
    if names & {"EmptyDatasetError", "DataFilesNotFoundError", "FileNotFoundDatasetsError"}:
        return EngineError("dataset_missing", sentence("data.no_data_files", dataset=path)), False
    if names & {"DatasetGenerationError", "DatasetBuildError", "ArrowInvalid"} or DAMAGED.search(text):
        why = first_line(chain[-1])
        return EngineError("dataset_file", sentence("data.unreadable_dataset", dataset=path, why=why)), False
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


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what caused it, outermost first."""
    chain: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return chain
