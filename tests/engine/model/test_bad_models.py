"""A base model, tokenizer or adapter that does not fit is one clear sentence before any training starts."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoTokenizer, Phi3Config, Phi3ForCausalLM

from helpers.sessions import Session, local, make_config, refused
from so8t_engine.config.run_config import RunConfig
from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError
from so8t_engine.model import adapter_folder, base_model, pretrained
from so8t_engine.model import tokenizer as tokens
from so8t_engine.model.policy import Policy
from so8t_engine.sentences import sentence
from so8t_engine.steps import train
from so8t_engine.train import preflight

CPU = torch.device("cpu")
TEXTS = ["What is two plus two? Two and two are four.", "The sky is blue."]
ROWS = 384


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good") / "base"
    made(folder, tokens.train(TEXTS, ROWS, 128))
    return folder


def made(folder: Path, tokenizer: Any, **changes: Any) -> None:
    torch.manual_seed(0)
    shape = dict(
        vocab_size=ROWS, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2,
        num_key_value_heads=2, max_position_embeddings=128, original_max_position_embeddings=128, pad_token_id=0,
        bos_token_id=None, eos_token_id=0,
    )  # fmt: skip
    Phi3ForCausalLM(Phi3Config(**(shape | changes))).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def config(folder: Path, **sections: Any) -> RunConfig:
    limits = {"warmup": {"max_length": 100}, "ppo": {"max_prompt_length": 60, "response_length": 20}}
    model = {"model_name_or_path": str(folder), "dtype": "float32"}
    return make_config([local("rows", "rows.jsonl")], **{"model": model, **limits, **sections})


def opened(folder: Path, **sections: Any) -> tuple[Any, Any]:
    run = config(folder, **sections)
    model, tokenizer = base_model.load(folder.parent, run, CPU)
    preflight.model(model, tokenizer, run)
    return model, tokenizer


def wrong(folder: Path, **sections: Any) -> EngineError:
    error = refused(lambda: opened(folder, **sections))
    assert "\n" not in error.detail and error.detail.endswith(".")
    return error


def settings(folder: Path, **changes: Any) -> None:
    path = folder / "config.json"
    body = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps(body), encoding="utf-8")


def weights(folder: Path, change: Callable[[dict[str, torch.Tensor]], Any]) -> None:
    tensors = load_file(folder / "model.safetensors")
    change(tensors)
    save_file(tensors, folder / "model.safetensors", {"format": "pt"})


@pytest.fixture
def folder(good: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(good, tmp_path / "base"))


def test_a_good_model_passes(folder: Path) -> None:
    model, tokenizer = opened(folder)

    assert model.config.vocab_size == ROWS and set(tokens.tag_ids(tokenizer)) <= set(range(ROWS))


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"model_type": "llama"}, "model_unfit", "is a llama model, not a phi3"),
        ({"model_type": "no-such-kind"}, "model_unfit", "no-such-kind"),
        ({"hidden_size": 36}, "model_unfit", "hidden size 36, which is not a multiple of 8"),
        (
            {"max_position_embeddings": 64, "original_max_position_embeddings": 64},
            "model_unfit",
            "context of 64",
        ),
        ({"hidden_size": "wide"}, "model_unfit", "hidden_size"),
        (
            {"num_hidden_layers": 3},
            "model_unfit",
            "is incomplete: 6 tensors are not in its files, model.layers.2.input_layernorm.weight among them",
        ),
        ({"intermediate_size": 128}, "model_unfit", "shape"),
        ({"vocab_size": 300}, "model_unfit", "no room for the 14 section tags"),
    ],
)
def test_what_its_configuration_says_does_not_fit(folder: Path, changes: dict[str, Any], code: str, words: str) -> None:
    settings(folder, **changes)
    error = wrong(folder)

    assert error.code == code and words in error.detail, error.detail


def test_files_that_are_missing_cut_off_or_damaged_are_named(folder: Path) -> None:
    path, whole = folder / "model.safetensors", (folder / "model.safetensors").read_bytes()
    path.write_bytes(whole[:-1000])
    assert "truncated or damaged" in wrong(folder).detail
    path.write_bytes(b"\xff" * 4000)
    assert "truncated or damaged" in wrong(folder).detail
    path.write_bytes(whole)
    weights(folder, lambda tensors: tensors["model.layers.1.mlp.down_proj.weight"].fill_(float("nan")))
    assert "NaN or Inf" in wrong(folder).detail and "layers.1.mlp.down_proj" in wrong(folder).detail
    path.write_bytes(whole)
    weights(folder, lambda tensors: tensors.pop("model.layers.0.self_attn.o_proj.weight"))
    assert "layers.0.self_attn.o_proj.weight" in wrong(folder).detail
    path.write_bytes(whole)
    (folder / "config.json").write_text("{broken", encoding="utf-8")
    assert wrong(folder).code in ("model_missing", "model_unfit")
    (folder / "config.json").unlink()
    assert "config.json" in wrong(folder).detail
    path.unlink()


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "No space left on device"), RuntimeError("I/O error: no room (os error 28)")],
    ids=["by number", "by the text of a library"],
)
def test_a_full_disk_while_a_model_is_fetched_is_no_missing_model(error: Exception) -> None:
    def fetched() -> None:
        raise error

    what = sentence("model.the_base_model")
    source = pretrained.Source("someone/model", None, what, missing="model_missing", unfit="model_unfit")
    assert refused(lambda: pretrained.attempt(source, fetched)).code == "disk_full"


def test_weights_so_large_that_they_overflow_are_named(folder: Path) -> None:
    weights(folder, lambda tensors: tensors["lm_head.weight"].mul_(1e38).mul_(1e2).clamp_(-3e38, 3e38))

    assert "NaN or Inf" in wrong(folder).detail


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (None, "no chat template"),
        ("{{ raise_exception('only in English') }}", "only in English"),
        ("{% if %}", "cannot be used"),
        ("<|user|>hello<|assistant|>", "leaves out the user's message"),
    ],
)
def test_a_tokenizer_without_a_usable_chat_template_is_refused(folder: Path, template: str | None, words: str) -> None:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokenizer.chat_template = template
    (folder / "chat_template.jinja").unlink(missing_ok=True)
    tokenizer.save_pretrained(folder)

    assert words in wrong(folder).detail


def test_a_tokenizer_with_more_tokens_than_the_model_has_rows(folder: Path) -> None:
    many = [" ".join(a + b + c for a in "abcdefgh" for b in "ijklmn" for c in "opqrst")]
    tokens.train(many, 900, 128).save_pretrained(folder)

    assert "no room for the 14 section tags" in wrong(folder).detail


@pytest.mark.parametrize("target", ["q_proj", "self_attn.q_proj"])
def test_an_adapter_target_the_model_has_not_is_named_with_what_there_is(folder: Path, target: str) -> None:
    error = wrong(folder, lora={"target_modules": ["o_proj", target]})

    assert target in error.detail and "qkv_proj" in error.detail


def test_an_adapter_of_another_shape_or_model_is_refused(folder: Path) -> None:
    run = config(folder)
    model, tokenizer = opened(folder)
    policy = Policy.wrap(model, tokenizer, run, 0)
    parts = adapter_folder.to_files(policy)
    narrow = config(folder, lora={"r": 2, "lora_alpha": 4})
    other = Policy.wrap(opened(folder)[0], tokenizer, narrow, 0)
    fewer = {**parts, "adapter_model": dict(list(parts["adapter_model"].items())[1:])}

    for spoilt, into in ((parts, other), (fewer, policy)):
        error = refused(lambda into=into, spoilt=spoilt: into.load_tensors(adapter_folder.to_tensors(into, spoilt)))
        assert error.code == "model_unfit" and "another model or to other LoRA settings" in error.detail


def test_an_adapter_folder_that_was_altered_is_refused(tmp_path: Path) -> None:
    (tmp_path / "adapter").mkdir()

    assert refused(lambda: adapter_folder.read(tmp_path / "adapter")).code == "session_damaged"


def example(prompt: str, completion: str = "<final>4</final>") -> Example:
    return Example("0", "s", "chat", "en", "train", prompt, completion, "4", None, None, None)


def test_what_is_too_long_is_counted_and_where_nothing_is_left_refused(folder: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    fits, long, chatty = example("Two and two?"), example("blue " * 150), example("Two?", "sky " * 120)
    run = config(folder)

    assert preflight.warnings(preflight.lengths([fits] * 3, tokenizer, run), run) == []
    assert [*map(str, preflight.warnings(preflight.lengths([fits, long, chatty], tokenizer, run), run))] == [
        "2 of 3 examples are longer than warmup.max_length (100 tokens) and left out of the warm-up.",
        "1 of 3 prompts are longer than ppo.max_prompt_length (60 tokens) and left out of PPO.",
    ]
    for rows, key in (([long], "warmup.max_length"), ([chatty], "warmup.max_length")):
        assert key in refused(lambda rows=rows: preflight.lengths(rows, tokenizer, run)).detail
    no_warmup = config(folder, warmup={"max_steps": 0, "max_length": 100})
    error = refused(lambda: preflight.lengths([long], tokenizer, no_warmup))
    assert error.code == "dataset_empty" and "No prompt is within ppo.max_prompt_length" in error.detail


def test_the_step_says_once_what_is_too_long_as_a_warning_of_its_own_kind(folder: Path, tmp_path: Path) -> None:
    model, tokenizer = opened(folder)
    session = Session(tmp_path, config(folder))
    examples = [example("Two and two?"), example("blue " * 150)]

    for first in (True, False):
        train._check(session.context(), model, tokenizer, examples, first=first)

    assert [(said["code"], said["sentence"]["code"]) for said in session.said("warning")] == [
        ("too_long", "train.examples_too_long"),
        ("too_long", "train.prompts_too_long"),
    ]


def test_the_count_by_bytes_is_the_count_by_tokens(folder: Path) -> None:
    """Texts that are sure to fit are not encoded; the answer is as if all were."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    rows = [example("空 sky " * n) for n in range(1, 30)] + [example("~" * n) for n in range(1, 60)]  # a token a byte
    for limit in (20, 40, 60):
        run = config(folder, ppo={"max_prompt_length": limit, "response_length": 20}, warmup={"max_length": 500})
        asked = tokens.encode_prompts(tokenizer, [row.prompt for row in rows])

        assert preflight.lengths(rows, tokenizer, run).prompts == sum(len(ids) > limit for ids in asked) > 0


def test_a_model_that_is_built_here_holds_what_is_learnt_and_of_another_this_is_not_asked() -> None:
    def run(model: dict[str, Any]) -> RunConfig:
        return config(Path("m"), model=model)

    base_model.check_build(run({"build": {"max_position_embeddings": 100}}))
    base_model.check_build(run({"model_name_or_path": "m"}))
    error = refused(lambda: base_model.check_build(run({"build": {"max_position_embeddings": 99}})))
    assert error.code == "model_unfit" and "99" in error.detail and "warmup.max_length" in error.detail


@pytest.mark.parametrize(
    ("warmup", "prompt", "needed"), [(100, 60, 100), (70, 60, 80)], ids=["the warm-up", "a prompt and its answer"]
)
def test_the_longer_of_warm_up_and_rollout_must_fit_into_the_context(warmup: int, prompt: int, needed: int) -> None:
    run = config(Path("m"), warmup={"max_length": warmup}, ppo={"max_prompt_length": prompt, "response_length": 20})
    shape = Phi3Config(hidden_size=32, max_position_embeddings=needed, original_max_position_embeddings=needed)
    base_model.check_shape(shape, run)
    shape.max_position_embeddings = needed - 1
    detail = refused(lambda: base_model.check_shape(shape, run)).detail
    assert f"is {needed}." in detail or f"ppo.max_prompt_length and ppo.response_length are {needed} together" in detail
