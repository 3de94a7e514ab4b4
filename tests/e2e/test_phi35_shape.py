"""The road of the real job, made short: Phi-3.5's own tokenizer and configuration, with two random layers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from helpers import program
from helpers.paths import SHARED_DATA

PHI = SHARED_DATA / "phi-3.5-mini"
TOKENIZER = (
    "tokenizer.model",
    "tokenizer.json",
    "tokenizer_config.json",
    "added_tokens.json",
    "special_tokens_map.json",
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the hub would give it: safetensors, config.json with longrope, SentencePiece tokenizer."""
    if not PHI.is_dir():
        pytest.skip(f"the real tokenizer is not there: {PHI}")
    import torch
    from transformers import Phi3Config, Phi3ForCausalLM

    folder = tmp_path_factory.mktemp("base") / "Phi-3.5-short"
    body = json.loads((PHI / "config.json").read_text(encoding="utf-8"))
    body |= {"hidden_size": 96, "intermediate_size": 192, "num_hidden_layers": 2, "num_attention_heads": 1,
             "num_key_value_heads": 1, "dtype": "float32"}  # fmt: skip
    body.pop("auto_map")
    torch.manual_seed(3)
    Phi3ForCausalLM(Phi3Config(**body)).save_pretrained(folder)
    for name in (*TOKENIZER, "chat_template.jinja"):
        shutil.copyfile(PHI / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def session(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("phi35")
    body = yaml.safe_load(program.SMALL.read_text(encoding="utf-8"))
    body |= {"name": "phi35-short", "model": {"model_name_or_path": str(base), "dtype": "float32"}}
    body["warmup"]["max_length"] = 256
    body["evaluate"] |= {"gguf": ["F32"], "max_records": 6}  # Q8_0 of this shape: export/test_gguf_writer.py
    body["ppo"] |= {"total_episodes": 16}
    (root / "run.yaml").write_text(yaml.safe_dump(body), encoding="utf-8")
    done = program.so8t("run", root / "run.yaml", "--data-root", root / "sessions", "--json", loaded=program.TRAINING)
    assert done.returncode == 0, done.stdout[-3000:]
    return program.session_in(root / "sessions")


def test_the_tags_take_the_first_free_ids_and_nothing_is_resized(session: Path) -> None:
    body = json.loads((session / "final_model/tokenizer.json").read_text(encoding="utf-8"))
    tags = {
        token["id"]: token
        for token in body["added_tokens"]
        if token["content"].strip("</>").startswith(("think", "final"))
    }
    config = json.loads((session / "final_model/config.json").read_text(encoding="utf-8"))

    assert sorted(tags) == list(range(32011, 32025))
    assert not any(token["special"] for token in tags.values())
    assert config["vocab_size"] == 32064


def test_llama_cpp_reads_the_same_tokens_and_says_the_same(session: Path) -> None:
    report = json.loads((session / "report/report.json").read_text(encoding="utf-8"))

    assert report["gguf"]["F32"]["same_tokens"] == report["gguf"]["F32"]["texts"] > 0
    assert report["gguf"]["F32"]["max_error"] < 5e-3
    assert report["gguf"]["F32"]["argmax_agreement"] == 1.0


def test_the_base_model_is_remembered_by_its_digest_and_not_by_its_place(base: Path, session: Path) -> None:
    state = json.loads((session / "pipeline_state.json").read_text(encoding="utf-8"))

    assert len(state["results"]["base_model"]) == 64
    assert str(base) not in (session / "report/report.json").read_text(encoding="utf-8")
