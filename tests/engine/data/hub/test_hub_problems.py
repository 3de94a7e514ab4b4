"""What the hub and its libraries answer is told in one sentence each, and asked again where that may help."""

from __future__ import annotations

import errno
import time

import pytest

from helpers.hub_sources import http_error
from helpers.sessions import refused
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.hub import hub_problems
from so8t_engine.data.hub.hub_problems import Patience
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence

DATASET = Dataset(name="x", path="someone/some-data", revision="v1", config_name="main", split="train")


def test_every_refusal_of_the_hub_has_its_sentence() -> None:
    import httpx2
    from datasets.data_files import EmptyDatasetError
    from datasets.exceptions import DatasetNotFoundError
    from huggingface_hub.errors import HFValidationError, OfflineModeIsEnabled
    from pyarrow.lib import ArrowInvalid

    cases: list[tuple[Exception, str, str, bool]] = [
        (http_error("GatedRepoError", 403), "dataset_gated", "data.gated", False),
        (http_error("HfHubHTTPError", 401), "dataset_gated", "data.gated", False),
        (DatasetNotFoundError("Dataset 'a/b' is a gated dataset on the Hub."), "dataset_gated", "data.gated", False),
        (http_error("RepositoryNotFoundError", 404), "dataset_missing", "data.not_on_the_hub", False),
        (DatasetNotFoundError("Dataset 'a/b' doesn't exist"), "dataset_missing", "data.not_on_the_hub", False),
        (HFValidationError("Repo id must be"), "dataset_missing", "data.not_on_the_hub", False),
        (http_error("RevisionNotFoundError", 404), "dataset_missing", "data.no_revision", False),
        (EmptyDatasetError("The directory is empty"), "dataset_missing", "data.no_data_files", False),
        (RuntimeError("Dataset scripts are no longer supported"), "dataset_missing", "data.loading_script", False),
        (ValueError("BuilderConfig 'main' not found. Available: ['a']"), "dataset_missing", "data.no_config", False),
        (ValueError("Config name is missing."), "dataset_missing", "data.needs_config", False),
        (
            ValueError("Config name is missing.\nPlease pick one among the available configs: ['a', 'b']"),
            "dataset_missing",
            "data.needs_config_of",
            False,
        ),
        (ValueError('Unknown split "train". Should be one of [].'), "dataset_missing", "data.no_split", False),
        (http_error("HfHubHTTPError", 503), "dataset_network", "data.no_answer", True),
        (http_error("HfHubHTTPError", 429), "dataset_network", "data.too_many_requests", True),
        (http_error("HfHubHTTPError", 416), "dataset_network", "data.cut_short", True),
        (
            OSError("Consistency check failed: file should be of size 9 but has size 4"),
            "dataset_network",
            "data.cut_short",
            True,
        ),
        (OSError("Corrupt snappy compressed data."), "dataset_file", "data.unreadable_dataset", False),
        (ArrowInvalid("not a table"), "dataset_file", "data.unreadable_dataset", False),
        (http_error("HfHubHTTPError", 404), "dataset_missing", "data.listed_but_gone", False),
        (DatasetNotFoundError("Revision 'v1' doesn't exist for 'a/b'."), "dataset_missing", "data.no_revision", False),
        (ValueError("Bad split: train. Available splits: []"), "dataset_missing", "data.no_split", False),
        (httpx2.ConnectError("Name or service not known"), "dataset_network", "data.no_answer", True),
        (httpx2.ReadTimeout("slow"), "dataset_network", "data.no_answer", True),
        (OfflineModeIsEnabled("offline"), "dataset_network", "data.no_answer", True),
        (OSError(errno.ENOSPC, "No space left on device"), "disk_full", "data.cache_full", False),
        (RuntimeError("Data processing error: I/O error: ... (os error 28)"), "disk_full", "data.cache_full", False),
    ]
    for error, code, said, helps in cases:
        refusal, again = hub_problems.problem(error, DATASET)
        assert refusal is not None, error
        assert (refusal.code, refusal.sentence.code, again) == (code, said, helps), (error, refusal.detail)
        assert DATASET.path in refusal.detail and "\n" not in refusal.detail


def test_the_cause_below_another_error_is_found() -> None:
    outer = RuntimeError("An error occurred while generating the dataset")
    outer.__cause__ = http_error("GatedRepoError", 401)

    refusal, _ = hub_problems.problem(outer, DATASET)
    assert refusal is not None
    assert refusal.code == "dataset_gated"


def test_what_happened_while_an_error_was_handled_counts_unless_that_was_said_to_be_no_cause() -> None:
    below, outer = OSError(errno.ENOSPC, "No space left on device"), RuntimeError("while generating")
    outer.__context__ = below
    refusal, _ = hub_problems.problem(outer, DATASET)
    outer.__suppress_context__ = True

    assert refusal is not None and refusal.code == "disk_full"
    assert hub_problems.problem(outer, DATASET) == (None, False)


def test_of_a_damaged_file_the_innermost_error_says_why() -> None:
    outer = RuntimeError("An error occurred while generating the dataset")
    outer.__cause__ = OSError("Parquet magic bytes not found in footer.\nMore of it.")
    refusal, _ = hub_problems.problem(outer, DATASET)

    assert refusal is not None and refusal.sentence.args["why"] == "Parquet magic bytes not found in footer"


def test_where_the_hub_must_not_be_asked_what_it_does_not_answer_is_not_in_the_cache(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    refusal, again = hub_problems.problem(http_error("HfHubHTTPError", 503), DATASET)

    assert refusal is not None and (refusal.sentence.code, again) == ("data.not_in_the_cache", False)


@pytest.mark.parametrize("text", ["a bug", "the file was not found", "BuilderConfig is odd", "Revision v1 is odd"])
def test_an_error_of_our_own_is_not_hidden_behind_a_sentence(text: str) -> None:
    assert hub_problems.problem(AttributeError(text), DATASET) == (None, False)
    with pytest.raises(AttributeError, match=text):
        Patience(5, lambda _: pytest.fail("waited")).again(AttributeError(text), DATASET, 0)


def test_an_error_that_has_its_sentence_already_is_not_tried_again() -> None:
    said = EngineError("dataset_bad", sentence("data.gated", dataset="x"))
    asked = list[int]()

    def action() -> None:
        asked.append(1)
        raise said

    assert refused(lambda: Patience(5, lambda _: None).retrying(action, DATASET)) is said
    assert len(asked) == 1


NOW = 1_700_000_000.0  # 2023-11-14 22:13:20


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"Retry-After": "7"}, 7.0),
        (503, {"Retry-After": " 7.5 "}, 7.5),
        (500, {"Retry-After": "7"}, None),
        (429, {}, None),
        (429, {"Retry-After": "soon"}, None),
        (429, {"Retry-After": "1234567890"}, None),
        (429, {"Retry-After": "Tue, 14 Nov 2023 22:14:20 GMT"}, 60.0),
        (429, {"Retry-After": "Tue, 14 Nov 2023 22:12:20 GMT"}, 0.0),
        (429, {"ratelimit": '"api";r=0;t=55'}, 55.0),
        (429, {"Retry-After": "soon", "ratelimit": '"api";r=0;t=55'}, 55.0),
        (429, {"Retry-After": "7", "ratelimit": '"api";r=0;t=55'}, 7.0),
    ],
)
def test_how_long_a_hub_asks_to_wait(
    monkeypatch: pytest.MonkeyPatch, status: int, headers: dict[str, str], seconds: float | None
) -> None:
    monkeypatch.setattr(time, "time", lambda: NOW)
    outer = RuntimeError("outer")
    outer.__cause__ = http_error("HfHubHTTPError", status, headers)

    assert hub_problems.asked_to_wait(outer) == seconds


@pytest.mark.parametrize(("seconds", "obeyed"), [(0, True), (55, True), (3_600, True), (3_601, False)])
def test_a_wait_that_is_asked_for_is_said_and_obeyed_unless_it_is_longer_than_an_hour(
    seconds: int, obeyed: bool
) -> None:
    pauses, said = list[float](), list[Sentence]()
    patience, error = (
        Patience(2, pauses.append, said.append),
        http_error("HfHubHTTPError", 429, {"Retry-After": str(seconds)}),
    )
    if not obeyed:
        assert refused(lambda: patience.again(error, DATASET, 0)).code == "dataset_network"
        assert (pauses, said) == ([], [])
        return
    assert patience.again(error, DATASET, 1) == 2
    assert pauses == [seconds]
    assert said == [sentence("data.hub_asks_to_wait", dataset=DATASET.path, seconds=float(seconds))]
    assert refused(lambda: patience.again(error, DATASET, 2)).sentence.code == "data.too_many_requests"


def test_no_pause_of_its_own_is_longer_than_half_a_minute() -> None:
    pauses, failed = list[float](), 0
    for _ in range(7):
        failed = Patience(7, pauses.append).again(http_error("HfHubHTTPError", 503), DATASET, failed)

    assert (pauses, failed) == ([1, 2, 4, 8, 16, 30, 30], 7)


def test_a_hub_that_does_not_answer_is_asked_again_with_growing_pauses() -> None:
    pauses: list[float] = []
    failures = iter([http_error("HfHubHTTPError", 503)] * 3)

    def action() -> str:
        for failure in failures:
            raise failure
        return "here"

    assert Patience(5, pauses.append).retrying(action, DATASET) == "here"
    assert pauses == [1, 2, 4]


def test_it_gives_up_after_the_retries_and_at_once_where_they_cannot_help() -> None:
    pauses: list[float] = []

    def unreachable() -> None:
        raise http_error("HfHubHTTPError", 503)

    def gated() -> None:
        raise http_error("GatedRepoError", 403)

    assert refused(lambda: Patience(2, pauses.append).retrying(unreachable, DATASET)).code == "dataset_network"
    assert pauses == [1, 2]
    assert refused(lambda: Patience(2, pauses.append).retrying(gated, DATASET)).code == "dataset_gated"
    assert pauses == [1, 2]


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("opnai/gsm8k", "openai/gsm8k"), ("gsm8", "openai/gsm8k"), ("Tatsu-Lab/Alpacca", "tatsu-lab/alpaca"),
        ("hh-rlfh", "Anthropic/hh-rlhf"), ("somebody/gsm8k", None), ("nothing-of-the-kind", None),
    ],
)  # fmt: skip
def test_a_dataset_that_is_not_there_may_be_nearly_called_as_one_that_is(path: str, near: str | None) -> None:
    refusal, _ = hub_problems.problem(http_error("RepositoryNotFoundError", 404), Dataset(name="x", path=path))
    assert refusal is not None and refusal.sentence.args.get("near") == near
