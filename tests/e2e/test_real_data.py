"""The main job on real input: GSM8K, JCommonsenseQA and hh-rlhf through all five steps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers import program
from helpers.paths import SHARED_DATA as DATA
from so8t_engine.data import shards
from so8t_engine.data.thought import thinking
from so8t_engine.session import store, verification

CONFIG = Path(__file__).with_name("real_data.yaml")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not DATA.is_dir():
        pytest.skip(f"the real data is not there: {DATA}")
    root = tmp_path_factory.mktemp("real")
    done = program.so8t("run", CONFIG, "--data-root", root, "--json", loaded=program.TRAINING)
    assert done.returncode == 0, done.stdout[-3000:]
    return program.session_in(root)


def test_every_row_of_the_real_files_is_accounted_for(session: Path) -> None:
    notes = json.loads((session / "data/collected/provenance.json").read_text(encoding="utf-8"))
    counts = json.loads((session / "data/integrated/counts.json").read_text(encoding="utf-8"))

    assert {name: note["kept"] for name, note in notes.items()} == {
        "gsm8k": 7473, "gsm8k-test": 1319, "jcommonsenseqa": 8939, "hh-rlhf": 2312,
    }  # fmt: skip
    for name, note in notes.items():
        known = counts["sources"][name]
        assert known["kept"] + sum(known["dropped"].values()) == note["kept"]


def test_the_examples_are_in_the_thinking_format_and_their_answers_in_the_final_section(session: Path) -> None:
    examples = shards.read_examples(session, "train")

    assert len(examples) > 15_000
    learnt = shards.taught(examples)
    assert 7_000 < len(learnt) < 0.6 * len(examples)  # of the choices nobody says why; their answers can be checked
    for example in list(learnt[:500]) + list(learnt[-500:]):
        parsed = thinking.parse(example.completion)
        assert parsed is not None
        if example.answer_kind == "number":
            assert example.answer in parsed.final


def test_no_held_out_prompt_is_trained_on(session: Path) -> None:
    trained = {example.prompt.casefold() for example in shards.read_examples(session, "train")}
    heldout = [example.prompt.casefold() for example in shards.read_examples(session, "heldout")]

    assert heldout and not trained & set(heldout)


def test_training_on_real_text_lowers_the_loss_and_the_results_are_whole(session: Path) -> None:
    report = json.loads((session / "report/report.json").read_text(encoding="utf-8"))
    lines = (session / "history.jsonl").read_text(encoding="utf-8").splitlines()
    losses = [json.loads(line.rpartition("\t")[0]) for line in lines]
    pretrain = [entry["loss"] for entry in losses if entry.get("phase") == "pretrain"]

    assert sum(pretrain[-5:]) < 0.9 * sum(pretrain[:5])
    assert store.read_state(session).status == "finished" and not verification.problems(session)
    assert report["gguf"]["F16"]["argmax_agreement"] == 1.0
