"""What the Hub's answers mean, which names every system holds, and which kinds of files are known: case by case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.files import file_kinds
from so8t_engine.data.hub import cached_names, hub_files, hub_problems

DATASET = Dataset(name="d", source="hub", path="a/b", revision="main", config_name="c", split="train")
HERE = Path("/cache")


class Answered(Exception):
    """An answer of the Hub with this status."""

    def __init__(self, status: int, headers: dict[str, str] | None = None, text: str = "") -> None:
        super().__init__(text)
        self.response = SimpleNamespace(status_code=status, headers=headers or {})


def named(name: str, text: str = "") -> Exception:
    """An error whose class is called so."""
    return type(name, (Exception,), {})(text)


def because(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def told(error: BaseException) -> tuple[str, str, bool] | None:
    """(code, sentence, whether trying again may help)."""
    refusal, helps = hub_problems.problem(error, DATASET)
    return None if refusal is None else (refusal.code, refusal.sentence.code, helps)


def waits(status: int, header: str = "Retry-After", value: str = "") -> float | None:
    return hub_problems.asked_to_wait(Answered(status, {header: value} if value else {}))


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (told, (named("GatedRepoError"),), ("dataset_gated", "data.gated", False)),
    (told, (Answered(401),), ("dataset_gated", "data.gated", False)),
    (told, (Answered(403),), ("dataset_gated", "data.gated", False)),
    (told, (Answered(404),), ("dataset_missing", "data.listed_but_gone", False)),
    (told, (Answered(416),), ("dataset_network", "data.cut_short", True)),
    (told, (Answered(429),), ("dataset_network", "data.too_many_requests", True)),
    (told, (Answered(500),), ("dataset_network", "data.no_answer", True)),
    (told, (Answered(503),), ("dataset_network", "data.no_answer", True)),
    (told, (Answered(200),), None),
    (told, (ValueError("a"),), None),
    (told, (ValueError("a is a gated dataset"),), ("dataset_gated", "data.gated", False)),
    (told, (OSError(28, "No space left on device"),), ("disk_full", "data.cache_full", False)),
    (told, (named("RevisionNotFoundError"),), ("dataset_missing", "data.no_revision", False)),
    (told, (ValueError("Revision 'x' doesn't exist"),), ("dataset_missing", "data.no_revision", False)),
    (told, (ValueError("Dataset scripts are no longer supported"),), ("dataset_missing", "data.loading_script", False)),
    (told, (ValueError("BuilderConfig 'c' not found"),), ("dataset_missing", "data.no_config", False)),
    (told, (ValueError("Config name is missing"),), ("dataset_missing", "data.needs_config", False)),
    (
        told,
        (ValueError("Config name is missing, available configs: ['a']"),),
        ("dataset_missing", "data.needs_config_of", False),
    ),
    (told, (ValueError('Unknown split "x"'),), ("dataset_missing", "data.no_split", False)),
    (told, (ValueError("Bad split: x"),), ("dataset_missing", "data.no_split", False)),
    (told, (ValueError("Consistency check failed"),), ("dataset_network", "data.cut_short", True)),
    (told, (named("ConnectionError"),), ("dataset_network", "data.no_answer", True)),
    (told, (named("RepositoryNotFoundError"),), ("dataset_missing", "data.not_on_the_hub", False)),
    (told, (named("EmptyDatasetError"),), ("dataset_missing", "data.no_data_files", False)),
    (told, (named("DatasetGenerationError"),), ("dataset_file", "data.unreadable_dataset", False)),
    (told, (OSError("Corrupt snappy compressed data"),), ("dataset_file", "data.unreadable_dataset", False)),
    (told, (because(ValueError("a"), Answered(404)),), ("dataset_missing", "data.listed_but_gone", False)),
    (told, (because(ValueError("a"), named("TimeoutError")),), ("dataset_network", "data.no_answer", True)),
    (waits, (429, "Retry-After", "5"), 5.0),
    (waits, (429, "Retry-After", "2.5"), 2.5),
    (waits, (503, "Retry-After", "5"), 5.0),
    (waits, (500, "Retry-After", "5"), None),
    (waits, (429, "Retry-After", "soon"), None),
    (waits, (429, "ratelimit", '"api";r=0;t=55'), 55.0),
    (waits, (429,), None),
    (waits, (429, "Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT"), 0.0),
    (cached_names.leads_out, ("a/b.jsonl",), False),
    (cached_names.leads_out, ("../b.jsonl",), True),
    (cached_names.leads_out, ("a/../../b.jsonl",), True),
    (cached_names.leads_out, ("/b.jsonl",), True),
    (cached_names.leads_out, (".",), True),
    (cached_names.leads_out, ("a/..",), True),
    (cached_names.leads_out, ("..b",), False),
    (cached_names.is_safe, (HERE, "a/b.jsonl"), True),
    (cached_names.is_safe, (HERE, "A.jsonl"), False),
    (cached_names.is_safe, (HERE, "aux.jsonl"), False),
    (cached_names.is_safe, (HERE, "a:b.jsonl"), False),
    (cached_names.is_safe, (HERE, "a.part"), False),
    (cached_names.is_safe, (HERE, "a ."), False),
    (cached_names.is_safe, (HERE, "a//b"), False),
    (cached_names.is_safe, (HERE, "e\u0301"), False),
    (cached_names.is_safe, (HERE, "y" * 200), True),
    (cached_names.is_safe, (HERE, "y" * 201), False),
    (cached_names.is_safe, (HERE, ("y" * 100 + "/") * 2 + "y" * 40), True),
    (cached_names.is_safe, (HERE, ("y" * 100 + "/") * 2 + "y" * 41), False),
    (cached_names.safe, ("A b.JSONL",), "_a-b-13bd94ae31a119c8.jsonl"),
    (cached_names.safe, ("x/y.tar.gz",), "_y-5258527462034f52.tar.gz"),
    (cached_names.safe, ("y" * 50,), "_" + "y" * 32 + "-7a0faf6a966a4742"),
    (hub_files.by_the_card, (DATASET,), ("c", None)),
    (hub_files.by_the_card, (DATASET.model_copy(update={"revision": hub_problems.PARQUET_BRANCH}),), (None, "c")),
    (
        hub_files.by_the_card,
        (DATASET.model_copy(update={"revision": hub_problems.PARQUET_BRANCH, "config_name": None}),),
        (None, None),
    ),
    (file_kinds.is_known, ("a.jsonl",), True),
    (file_kinds.is_known, ("a.JSONL.gz",), True),
    (file_kinds.is_known, ("a.zip",), True),
    (file_kinds.is_known, ("a.txt",), False),
    (file_kinds.named, ("a.jsonl.gz",), (".jsonl", ".gz")),
    (file_kinds.named, ("a.jsonl",), (".jsonl", None)),
    (file_kinds.named, ("a.txt",), ("", None)),
    (file_kinds.kind, ("a.CSV",), ".csv"),
    (file_kinds.kind, ("a.csv.zst",), ".csv"),
    (file_kinds.kind, ("csv",), None),
    (file_kinds.by_content, (Path("a.yml"),), ".yaml"),
    (file_kinds.by_content, (Path("a.bin"),), None),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_an_answer_a_name_or_an_ending_means(
    function: Callable[..., Any], given: tuple[Any, ...], value: object
) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
