"""A reward model is opened whole or not at all, and scores an answer the same in any company."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    LlamaConfig,
    LlamaForCausalLM,
    Qwen2Config,
    Qwen2ForSequenceClassification,
)

from helpers.sessions import refused
from so8t_engine.config.reward import Reward, RewardModel
from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError
from so8t_engine.model import pretrained
from so8t_engine.model import tokenizer as tokens
from so8t_engine.rewards import reward_model, scoring
from so8t_engine.sentences import sentence

CPU = torch.device("cpu")
SMALL: dict[str, Any] = dict(
    vocab_size=320, hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2,
    max_position_embeddings=64,
)  # fmt: skip
ANSWERS = ["<think-logic>b</think-logic>\n<final>5</final>", "<final>I do not know, sadly.</final>", "no tags", ""]
PROMPTS = ["2 + 3?", "Why is the sky blue in the morning?", "Say something.", "?"]


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return tokens.train(["two and three are five", "the sky is blue"], 320, 64)


@pytest.fixture
def judge(tmp_path: Path, tokenizer: Any) -> Path:
    """A decoder with a chat template, its weights random but large enough to tell answers apart."""
    torch.manual_seed(0)
    shape = Qwen2Config(**SMALL, num_key_value_heads=2, num_labels=1, initializer_range=0.5, pad_token_id=0)
    return saved(Qwen2ForSequenceClassification(shape), tokenizer, tmp_path / "judge")


def saved(model: Any, tokenizer: Any, folder: Path) -> Path:
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def settings(folder: Path, **more: Any) -> RewardModel:
    return RewardModel(name_or_path=str(folder), **more)


def scored(folder: Path, prompts: list[str] = PROMPTS, answers: list[str] = ANSWERS, **more: Any) -> list[float]:
    return list(reward_model.load(settings(folder, **more), CPU)(prompts=prompts, completions=answers, id=["x"]))


def wrong(folder: Path) -> EngineError:
    error = refused(lambda: reward_model.load(settings(folder), CPU))
    assert error.code == "reward_model" and "\n" not in error.detail
    return error


def example(prompt: str) -> Example:
    return Example("0", "s", "chat", "en", "train", prompt, "<final>x</final>", "x", None, None, None)


def test_an_answer_earns_the_raw_score_times_its_weight(judge: Path) -> None:
    reward = Reward(reasoning=0, safety=0, model=settings(judge, weight=0.5))
    result = scoring.score(list(map(example, PROMPTS)), ANSWERS, reward, scoring.resolve(reward, CPU))

    assert result.components["model"] == scored(judge)
    assert result.total == pytest.approx([0.5 * value for value in scored(judge)])
    assert len(set(scored(judge))) == len(ANSWERS)


def test_the_score_is_that_of_the_model_on_its_own_chat_template(judge: Path, tokenizer: Any) -> None:
    model = Qwen2ForSequenceClassification.from_pretrained(judge).eval()
    text = "<|user|>\n2 + 3?<|end|>\n<|assistant|>\n5<|end|>\n" + tokenizer.eos_token
    ids = tokenizer(text, add_special_tokens=False, return_tensors="pt")["input_ids"]
    with torch.no_grad():
        wanted = float(model(ids).logits)

    assert scored(judge)[0] == pytest.approx(wanted, abs=1e-5)


def test_without_a_gpu_four_bits_are_not_asked_for(judge: Path) -> None:
    assert scored(judge, load_in_4bit=True) == scored(judge)


def test_company_and_batches_change_nothing(judge: Path) -> None:
    alone = [scored(judge, [prompt], [answer])[0] for prompt, answer in zip(PROMPTS, ANSWERS, strict=True)]

    for size in (1, 2, 8):
        assert scored(judge, per_device_batch_size=size) == pytest.approx(alone, abs=1e-5)
    assert scored(judge) == scored(judge)


def test_it_reads_the_final_section_or_everything(judge: Path) -> None:
    thought = [f"<think-logic>{content}</think-logic>\n<final>5</final>" for content in ("b", "quite other")]
    same = scored(judge, ["2 + 3?"] * 2, thought)
    other = scored(judge, ["2 + 3?"] * 2, thought, reads="completion")

    assert same[0] == same[1] and other[0] != other[1]


@pytest.mark.parametrize(("most", "kept"), [(16, 16), (64, 64), (4096, 64)])
def test_what_is_too_long_is_cut_to_the_context_or_to_the_length_that_was_set(
    judge: Path, monkeypatch: pytest.MonkeyPatch, most: int, kept: int
) -> None:
    encode, lengths = reward_model.encode, []

    def encoded(*arguments: Any) -> dict[str, list[int]]:
        row = encode(*arguments)
        lengths.append(len(row["input_ids"]))
        return row

    monkeypatch.setattr(reward_model, "encode", encoded)
    assert len(scored(judge, ["word " * 500], ["<final>" + "blue " * 500 + "</final>"], max_length=most)) == 1
    assert lengths == [kept]


def test_an_encoder_without_a_chat_template_reads_question_and_answer_as_a_pair(tmp_path: Path) -> None:
    plain = tokens.train(["two and three"], 320, 64)
    plain.chat_template = None
    torch.manual_seed(0)
    shape = BertConfig(**SMALL, num_labels=1, initializer_range=0.5, pad_token_id=0)
    result = scored(saved(BertForSequenceClassification(shape), plain, tmp_path / "bert"))

    assert len(set(result)) == len(ANSWERS)


def test_a_missing_folder_is_named_and_the_hub_is_not_asked_for_it(tmp_path: Path) -> None:
    assert wrong(tmp_path / "none").sentence == sentence("model.no_folder", path=str(tmp_path / "none"))


def test_more_than_one_output_is_no_reward_model(tmp_path: Path, tokenizer: Any) -> None:
    shape = Qwen2Config(**SMALL, num_key_value_heads=2, num_labels=3)

    assert "3 outputs" in wrong(saved(Qwen2ForSequenceClassification(shape), tokenizer, tmp_path / "m")).detail


def test_a_language_model_without_a_trained_head_is_refused(tmp_path: Path, tokenizer: Any) -> None:
    """transformers would make up a head of random numbers."""
    folder = saved(LlamaForCausalLM(LlamaConfig(**SMALL)), tokenizer, tmp_path / "m")
    body = json.loads((folder / "config.json").read_text(encoding="utf-8")) | {"id2label": {"0": "LABEL_0"}}
    (folder / "config.json").write_text(json.dumps(body), encoding="utf-8")

    assert "score.weight" in wrong(folder).detail


def test_a_cut_off_file_nan_and_a_foreign_tokenizer_are_named(judge: Path, tokenizer: Any) -> None:
    path = judge / "model.safetensors"
    whole = path.read_bytes()
    path.write_bytes(whole[:-100])
    cut = wrong(judge).detail
    path.write_bytes(whole)
    tensors = load_file(path)
    tensors["score.weight"][0, 0] = float("nan")
    save_file(tensors, path, {"format": "pt"})
    nan = wrong(judge).detail
    path.write_bytes(whole)
    tokens.train(
        [" ".join(a + b + c for a in "abcdefgh" for b in "ijklmn" for c in "opqrst")], 900, 64
    ).save_pretrained(judge)

    assert "truncated or damaged" in cut and "NaN" in nan and "score.weight" in nan
    assert "320 embedding rows" in wrong(judge).detail


def test_the_template_brings_its_own_beginning_and_a_pair_the_tokenizers(tokenizer: Any) -> None:
    """Llama's tokenizer sets a token before every text, and its template sets it, too: two were never trained."""
    calls: list[dict[str, Any]] = []

    class Beginning:
        chat_template: str | None = "{{ bos }}"
        apply_chat_template = staticmethod(lambda talk, tokenize: f"<s>{talk[0]['content']}|{talk[1]['content']}")

        def __call__(self, *texts: str, add_special_tokens: bool = True) -> dict[str, list[int]]:
            calls.append({"texts": texts, "special": add_special_tokens})
            return {"input_ids": [1, 2, 3], "attention_mask": [1, 1, 1]}

    own = Beginning()
    assert reward_model.encode(own, "q", "a", 2) == {"input_ids": [2, 3], "attention_mask": [1, 1]}
    own.chat_template = None
    reward_model.encode(own, "q", "a", 2)
    assert calls == [{"texts": ("<s>q|a",), "special": False}, {"texts": ("q", "a"), "special": True}]


def test_padding_is_the_tokenizers_own_else_the_end_of_text(tokenizer: Any) -> None:
    """A decoder's score is read at the last token that is not padding, so an end of text that counts is no padding."""
    source = reward_model.source_of(settings(Path("judge")))
    shape = Qwen2Config(**SMALL | {"vocab_size": len(tokenizer)}, num_key_value_heads=2, num_labels=1)
    model, other = Qwen2ForSequenceClassification(shape), copy.deepcopy(tokenizer)

    for pad, expected in (("<|user|>", "<|user|>"), (None, tokenizer.eos_token)):
        other.pad_token = pad
        reward_model._agree_on_padding(source, model, other)
        assert other.pad_token == expected and model.config.pad_token_id == other.convert_tokens_to_ids(expected)
    other.add_tokens(["one more"])
    error = refused(lambda: reward_model._agree_on_padding(source, model, other))
    assert error.sentence == sentence(
        "rewards.model_too_small", model="judge", rows=len(tokenizer), tokens=len(tokenizer) + 1
    )
    other.pad_token = other.eos_token = None
    error = refused(lambda: reward_model._agree_on_padding(source, model, other))
    assert error.sentence == sentence("rewards.model_without_padding", model="judge")


def test_another_reward_model_has_another_fingerprint(judge: Path) -> None:
    before = pretrained.fingerprint(str(judge), None)
    (judge / "config.json").write_text((judge / "config.json").read_text(encoding="utf-8") + "\n", encoding="utf-8")

    assert pretrained.fingerprint(str(judge), None) != before


def test_nobodys_code_is_run_and_nothing_of_it_learns(judge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trusted: list[object] = []
    for kind in (reward_model.AutoConfig, reward_model.AutoTokenizer):
        load = kind.from_pretrained

        def watched(where: str, load: Any = load, **more: Any) -> Any:
            trusted.append(more.get("trust_remote_code"))
            return load(where, **more)

        monkeypatch.setattr(kind, "from_pretrained", watched)
    models: list[Any] = []
    monkeypatch.setattr(reward_model, "scores", lambda model, *_: models.append(model) or [0.0])
    scored(judge, ["a"], ["b"])

    assert set(trusted) == {False}
    assert not models[0].training and not any(weight.requires_grad for weight in models[0].parameters())
