"""What somebody misspells in a source is named by its key, with what there is and what was probably meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

import so8t_resources
from helpers import program
from so8t_engine.config import file as config_file
from so8t_engine.config.run_config import Dataset
from so8t_engine.data.hub import hub_problems
from so8t_engine.data.notes import absent_columns

ROWS = [
    {"q": "Why is the sky blue at noon?", "why": "Short waves scatter more.", "a": "Blue scatters most."},
    {"q": "Why is it red in the evening?", "why": "The way through the air is longer.", "a": "Blue is scattered away."},
]  # fmt: skip


def written(folder: Path, **source: object) -> Path:
    (folder / "qa.jsonl").write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    (folder / "empty.jsonl").write_bytes(b"")
    body = {"name": "x", "model": {"build": {}}, "datasets": [{"name": "rows", **source}]}
    (folder / "run.yaml").write_text(yaml.safe_dump(body), encoding="utf-8")
    return folder / "run.yaml"


LOCAL = {"source": "local", "path": "qa.jsonl"}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ({**LOCAL, "columns": {"prompt": "q", "response": "nosuch"}},
         ["datasets.0.columns.response (rows)", "'nosuch', which `columns: {response: ...}` names", "'q', 'why', 'a'"]),
        ({**LOCAL, "columns": {"prompt": "q", "response": "a", "reasoning": "wyh"}},
         ["datasets.0.columns.reasoning (rows)", "Did you mean 'why'?"]),
        ({**LOCAL, "columns": {"prompt": "{q} {bdoy}", "response": "a"}}, ["has 'bdoy', which `columns: {prompt:"]),
        ({**LOCAL, "path": "empty.jsonl"}, ["holds no rows", "take this source out of the configuration"]),
        ({**LOCAL, "path": "demo:math"}, ["did you mean demo:maths?", "demo:choice"]),
        ({**LOCAL, "path": "demo:nosuch"}, ["named nosuch; there are demo:chat"]),
        ({"path": "http//example.com/x.csv"}, ["datasets.0.path: is a web address", "`source: local`"]),
        ({"path": "https://huggingface.co/datasets/openai/gsm8k/viewer"}, ["the dataset on it is named openai/gsm8k"]),
        ({"path": "qa.jsonl"}, ["'qa.jsonl' is the name of a file; beside it write `source: local`"]),
        ({"path": "./qa"}, ["must be the id of a dataset of the Hugging Face Hub (OWNER/NAME), not './qa'"]),
    ],
    ids=lambda value: "" if isinstance(value, list) else str(value)[:60],
)  # fmt: skip
def test_what_is_misspelt_in_a_source_is_named_with_what_to_write(
    tmp_path: Path, source: dict[str, object], words: list[str]
) -> None:
    done = program.answered("config", "check", written(tmp_path, **source), SO8T_LANG="en")
    assert done.returncode == 2 and all(word in done.stdout for word in words), done.stdout


def test_the_run_and_a_trial_name_the_column_too(tmp_path: Path) -> None:
    """They proposed another line, or asked what numbers mean, and never named the key."""
    file = written(tmp_path, **LOCAL, columns={"prompt": "q", "response": "anser"})
    run = program.so8t("run", file, "--data-root", tmp_path / "sessions", "--lang", "en")
    named = ["columns.prompt=q", "columns.response=anser"]
    tried = program.so8t("data", "try", tmp_path / "qa.jsonl", *(f"--set={one}" for one in named), "--lang", "en")

    assert (run.returncode, tried.returncode) == (7, 7)
    for text in (run.stdout, tried.stdout):
        assert "has 'anser', which `columns: {response: ...}` names" in text and "'q', 'why', 'a'" in text


@pytest.mark.parametrize("key", ["answer", "label", "system", "history", "rejected"])
def test_a_name_that_stops_nothing_is_told_too(tmp_path: Path, key: str) -> None:
    """`label: godo` left nothing out, without a word."""
    file = written(tmp_path, **LOCAL, columns={"prompt": "q", "response": "a", key: "godo"})
    done = program.answered("config", "check", file, SO8T_LANG="en")
    assert f"warning: None of the rows of {tmp_path / 'qa.jsonl'} that were looked at has 'godo'" in done.stdout
    assert f"`columns: {{{key}: ...}}`" in done.stdout


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        ({"prompt": "q", "response": "corrected, draft"}, {"q": "Why?", "corrected": "So.", "draft": ""}),
        ({"prompt": "q", "response": "a.text.0"}, {"q": "Why?", "a": {"text": ["So."]}}),
        ({"prompt": "q", "response": "a", "label": "not bad, ugly"}, {"q": "Why?", "a": "So.", "bad": 0, "ugly": 0}),
        ({"messages": "q1, a1"}, {"q1": "Why?", "a1": "So."}),
        ({"prompt": "a, b", "response": "c"}, {"a, b": "Why?", "c": "So."}),
    ],
)
def test_nothing_is_said_of_names_that_a_row_has(columns: dict[str, str], row: dict[str, object]) -> None:
    dataset = Dataset.model_validate({"name": "x", "source": "local", "path": "x.jsonl", "columns": columns})
    assert absent_columns.notes(dataset, [{"other": 1}, row]) == []


def test_an_id_that_is_nearly_that_of_a_known_dataset_is_told_with_that() -> None:
    class RepositoryNotFoundError(Exception):
        """As huggingface_hub names it."""

    def said(path: str) -> str:
        error, _ = hub_problems.problem(RepositoryNotFoundError(), Dataset(name="x", path=path))
        return str(error)

    assert "Did you mean openai/gsm8k?" in said("gsm9k") and "Did you mean openai/gsm8k?" in said("openai/gsm9k")
    assert "Did you mean" not in said("me/my-own-faq")
    presets = [path.stem for path in so8t_resources.path("presets").glob("*.yaml")]
    used = {one.path for name in presets for one in config_file.load_preset(name).datasets if one.source == "hub"}
    assert used <= set(hub_problems.KNOWN)


def test_a_trial_of_a_web_address_says_what_to_do() -> None:
    done = program.answered("data", "try", "https://huggingface.co/datasets/openai/gsm8k", SO8T_LANG="ja")
    assert done.returncode == 7 and "openai/gsm8k と書いてください" in done.stdout
