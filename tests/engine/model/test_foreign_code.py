"""A model folder may bring Python files and ask to have them run: they never are, and nobody is asked."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from helpers.paths import PROJECT
from helpers.sessions import local, make_config, refused
from so8t_engine.config.reward import RewardModel
from so8t_engine.errors import EngineError
from so8t_engine.model import base_model
from so8t_engine.model import tokenizer as tokens
from so8t_engine.rewards import reward_model
from so8t_engine.teacher import local_model

CPU = torch.device("cpu")
LOADS = {"from_pretrained", "AutoProcessor", "pipeline"}
CODE = """
from pathlib import Path
Path({mark!r}).touch()
from transformers import PretrainedConfig, PreTrainedModel, PreTrainedTokenizerFast
class OwnConfig(PretrainedConfig):
    model_type = "own"
class OwnModel(PreTrainedModel):
    config_class = OwnConfig
class OwnTokenizer(PreTrainedTokenizerFast):
    pass
"""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked on standard input, where whoever sits there says yes."""
    questions: list[str] = []

    def yes(question: str = "") -> str:
        questions.append(question)
        return "y"

    monkeypatch.setattr("builtins.input", yes)
    return questions


@pytest.fixture(scope="module")
def plain_tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tokenizer")
    tokens.train(["two and three are five", "the sky is blue"], 320, 64).save_pretrained(folder)
    return folder


@pytest.fixture
def model_with_code(tmp_path: Path, plain_tokenizer: Path) -> Path:
    """Its architecture is known from its own files only."""
    folder = tmp_path / "model"
    shutil.copytree(plain_tokenizer, folder)
    mapped = {"AutoConfig": "own.OwnConfig", "AutoModelForCausalLM": "own.OwnModel",
              "AutoModelForSequenceClassification": "own.OwnModel"}  # fmt: skip
    (folder / "config.json").write_text(json.dumps({"model_type": "own", "num_labels": 1, "auto_map": mapped}))
    (folder / "own.py").write_text(CODE.format(mark=str(tmp_path / "it-ran")))
    return folder


@pytest.fixture
def tokenizer_with_code(tmp_path: Path, plain_tokenizer: Path) -> Path:
    """Only its tokenizer is its own; the model is one that transformers knows."""
    folder = tmp_path / "model"
    shutil.copytree(plain_tokenizer, folder)
    shape = {"model_type": "phi3", "architectures": ["Phi3ForCausalLM"], "num_labels": 1, "hidden_size": 32,
             "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2, "num_key_value_heads": 2,
             "vocab_size": 384, "pad_token_id": 0}  # fmt: skip
    (folder / "config.json").write_text(json.dumps(shape))
    about = {"tokenizer_class": "OwnTokenizer", "auto_map": {"AutoTokenizer": [None, "own.OwnTokenizer"]}}
    (folder / "tokenizer_config.json").write_text(json.dumps(about))
    (folder / "own.py").write_text(CODE.format(mark=str(tmp_path / "it-ran")))
    return folder


def as_base(folder: Path) -> Any:
    config = make_config([local("rows", "rows.jsonl")], model={"model_name_or_path": str(folder), "dtype": "float32"})
    return base_model.load(folder.parent, config, CPU)


def as_reward_model(folder: Path) -> Any:
    return reward_model.load(RewardModel(name_or_path=str(folder)), CPU)


def as_teacher(folder: Path) -> Any:
    config = make_config(
        [local("rows", "rows.jsonl")], convert={"missing_sections": "teacher", "teacher": str(folder)},
        runtime={"device": "cpu"},
    )  # fmt: skip
    return local_model.load(config, folder.parent, graph_failed=lambda why: None)


ROLES = [(as_base, "model_unfit"), (as_reward_model, "reward_model"), (as_teacher, "teacher")]


@pytest.mark.parametrize(("load", "code"), ROLES)
def test_that_a_model_with_code_of_its_own_is_refused_in_a_sentence_and_nothing_of_it_runs(
    model_with_code: Path, asked: list[str], load: Callable[[Path], Any], code: str
) -> None:
    error: EngineError = refused(lambda: load(model_with_code))

    assert error.code == code and error.sentence.code == "model.own_code", error.detail
    assert str(model_with_code) in error.detail
    assert not (model_with_code.parent / "it-ran").exists()
    assert not asked


@pytest.mark.parametrize(("load", "code"), ROLES)
def test_that_a_tokenizer_with_code_of_its_own_is_opened_by_what_transformers_has_itself(
    tokenizer_with_code: Path, asked: list[str], load: Callable[[Path], Any], code: str
) -> None:
    """As with Phi-3.5, whose folder brings such code too. It is refused here for its lack of weights or tags."""
    error: EngineError = refused(lambda: load(tokenizer_with_code))

    assert error.code in (code, "model_missing") and error.sentence.code != "model.own_code"
    assert not (tokenizer_with_code.parent / "it-ran").exists()
    assert not asked


def test_that_every_load_of_the_program_says_that_foreign_code_stays_unrun() -> None:
    """Left out, transformers asks on standard input. `datasets` runs no scripts since 4.0 and has no such argument."""
    silent = []
    for path in sorted((PROJECT / "engine").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in LOADS:
                given = {keyword.arg: keyword.value for keyword in node.keywords}
                value = given.get("trust_remote_code")
                if not (isinstance(value, ast.Constant) and value.value is False):
                    silent.append(f"{path.name}:{node.lineno}")

    assert not silent
