"""A hub dataset is read from a pinned revision; whatever stops that is told in one sentence."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from helpers.hub_sources import http_error
from helpers.sessions import refused, write_lines
from so8t_engine import offline
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.files import local_files
from so8t_engine.data.files.row_readers import RawRow
from so8t_engine.data.hub import hub, hub_files
from so8t_engine.data.hub.hub_files import Pinned
from so8t_engine.data.hub.hub_problems import Patience

ROWS = [{"prompt": f"p{number}", "response": f"r{number}"} for number in range(7)]
DATASET = Dataset(name="x", path="someone/some-data", revision="v1", config_name="main", split="train")


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """A dataset in a local folder, which `datasets` loads as it does one of the hub."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "cache")
    (tmp_path / "repo").mkdir()
    write_lines(tmp_path / "repo" / "train.jsonl", ROWS)
    return Dataset(name="x", path=str(tmp_path / "repo"))


def rows(dataset: Dataset, skip: int = 0, columns: tuple[str, ...] | None = None) -> list[Any]:
    items = hub.library_rows(dataset, None, columns, Patience(), skip)
    return [(item.number, json.loads(item.text)) for item in items if isinstance(item, RawRow)]


@pytest.mark.parametrize("max_rows", [None, 5])
@pytest.mark.parametrize("skip", [0, 3, 7])
def test_rows_come_in_order_from_any_place_streamed_or_not(stand_in: Dataset, max_rows: int | None, skip: int) -> None:
    dataset = stand_in.model_copy(update={"max_rows": max_rows})

    assert rows(dataset, skip) == list(enumerate(ROWS, 1))[skip:]


def test_only_the_wanted_columns_are_read(stand_in: Dataset) -> None:
    assert rows(stand_in, columns=("prompt",))[0] == (1, {"prompt": "p0"})
    assert rows(stand_in, columns=("prompt", "absent"))[0] == (1, ROWS[0])


def test_an_unknown_split_is_named(stand_in: Dataset) -> None:
    error = refused(lambda: rows(stand_in.model_copy(update={"split": "dev"})))

    assert (error.code, "'dev'" in error.detail) == ("dataset_missing", True)


def test_a_folder_without_data_is_named(stand_in: Dataset) -> None:
    empty = Path(stand_in.path).parent / "empty"
    empty.mkdir()
    error = refused(lambda: rows(stand_in.model_copy(update={"path": str(empty)})))

    assert (error.code, str(empty) in error.detail) == ("dataset_missing", True)


@pytest.mark.parametrize(
    ("there", "revision", "split"), [(True, "main", "train"), (False, None, "train"), (False, "main", "train[:10]")]
)
def test_a_folder_an_unpinned_repository_and_a_slice_are_left_to_the_library(
    stand_in: Dataset, monkeypatch: pytest.MonkeyPatch, there: bool, revision: str | None, split: str
) -> None:
    monkeypatch.setattr(hub_files, "_names", lambda *_: pytest.fail("the hub was asked"))
    dataset = stand_in.model_copy(update={"split": split} | ({} if there else {"path": "owner/maths"}))

    assert hub_files.choose(dataset, Pinned(revision, None), Patience()) is None


class Broken:
    """A stream that breaks off twice, as a connection does."""

    def __init__(self) -> None:
        self.weak = {2, 5}

    def skip(self, count: int) -> Any:
        for number, row in enumerate(ROWS[count:], count):
            if number in self.weak:
                self.weak.discard(number)
                raise http_error("HfHubHTTPError", 503)
            yield row


def test_a_stream_that_breaks_off_goes_on_where_it_was() -> None:
    dataset = DATASET.model_copy(update={"max_rows": 100})
    result = list(hub._rows(Broken(), dataset, Patience(1, lambda _: None), 0))

    assert [json.loads(item.text) for item in result if isinstance(item, RawRow)] == ROWS


def test_a_stream_that_never_comes_back_is_tried_as_often_as_allowed() -> None:
    class Dead(Broken):
        def skip(self, count: int) -> Any:
            raise http_error("HfHubHTTPError", 503)

    pauses: list[float] = []
    dataset = DATASET.model_copy(update={"max_rows": 100})
    assert refused(lambda: list(hub._rows(Dead(), dataset, Patience(3, pauses.append), 0))).code == "dataset_network"
    assert pauses == [1, 2, 4]


OFFLINE = """
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.hub import hub, hub_files
from so8t_engine.data.hub.hub_problems import Patience
from so8t_engine.errors import EngineError
dataset = Dataset(name="x", path="openai/gsm8k", config_name="main")
try:
    list(hub.library_rows(dataset, hub_files.pin(dataset, Patience()).revision, None, Patience()))
except EngineError as error:
    print(error.code, "|", error.detail)
"""


@pytest.mark.parametrize("variable", ["HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"])
def test_without_network_by_setting_it_is_one_sentence_and_no_secret(tmp_path: Path, variable: str) -> None:
    secret = "hf_" + "canary" * 5
    rest = {name: value for name, value in os.environ.items() if name not in offline.VARIABLES}
    environment = {**rest, variable: "1", "HF_HOME": str(tmp_path), "HF_TOKEN": secret}
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE], env=environment, capture_output=True, text=True, check=True, timeout=120
    )

    assert done.stdout.splitlines() == [
        "dataset_network | The dataset openai/gsm8k is not in the cache of this machine, "
        "and the environment forbids fetching it (HF_HUB_OFFLINE, TRANSFORMERS_OFFLINE or HF_DATASETS_OFFLINE)."
    ]
    assert secret not in done.stdout + done.stderr


@pytest.mark.parametrize("variable", offline.VARIABLES)
def test_one_variable_forbids_all_libraries_to_ask_unless_the_hubs_own_allows_it(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    for name in offline.VARIABLES:
        monkeypatch.setenv(name, "")
    assert not offline.asked_for()
    monkeypatch.setenv(variable, "true")
    assert offline.asked_for()
    offline.tell_libraries()
    assert [os.environ[name] for name in offline.VARIABLES] == ["1"] * 3
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    assert not offline.asked_for()


def test_the_steps_load_neither_torch_nor_datasets() -> None:
    code = (
        "import sys; import so8t_engine.steps.collect, so8t_engine.steps.integrate, so8t_engine.steps.convert; "
        "print([name for name in ('torch', 'transformers', 'datasets', 'huggingface_hub') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("damaged", range(4))
@pytest.mark.parametrize("forgets", [True, False])
def test_a_file_that_was_read_in_pieces_and_makes_no_sense_is_asked_for_anew(damaged: int, forgets: bool) -> None:
    lines = b"".join(json.dumps(row).encode() + b"\n" for row in ROWS)
    given, forgotten = [b"no gzip"] * damaged + [gzip.compress(lines)] * 9, list[int]()
    file = local_files.elsewhere(
        Path("a.jsonl.gz"), "a.jsonl.gz", lambda: io.BytesIO(given.pop(0)),
        (lambda: forgotten.append(len(given))) if forgets else None,
    )  # fmt: skip

    def read(file: local_files.SourceFile) -> list[Any]:
        items = hub.read(file, 1_000, 2, local_files.AS_FOUND, lambda said: None)
        return [json.loads(item.text) for item in items if isinstance(item, RawRow)]

    if damaged <= hub.READ_AGAIN:
        assert read(file) == ROWS[2:]
    else:
        assert refused(lambda: read(file)).sentence.code == "data.not_gzip"
    assert len(forgotten) == min(damaged, hub.READ_AGAIN) * forgets
    assert len(given) == 9 + damaged - 1 - min(damaged, hub.READ_AGAIN)


def test_a_file_that_lies_here_and_makes_no_sense_is_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(b"no gzip")
    [file] = local_files.find(str(tmp_path / "a.jsonl.gz"))
    error = refused(lambda: list(hub.read(file, 1_000, 0, local_files.AS_FOUND, lambda said: None)))
    assert error.sentence.code == "data.not_gzip"
