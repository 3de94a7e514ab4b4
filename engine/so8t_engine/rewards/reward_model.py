"""A reward model: a Hugging Face classifier with one output says what an answer is worth.

It becomes a function with TRL's signature like the user's own, so everything else treats it as one. Its raw score is
the reward: whoever names a model knows its scale and gives a weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

from so8t_engine.config.reward import RewardModel
from so8t_engine.data.thought import thinking
from so8t_engine.errors import EngineError
from so8t_engine.model import pretrained, runtime
from so8t_engine.rewards.user_functions import Function
from so8t_engine.sentences import sentence


def load(settings: RewardModel, device: torch.device) -> Function:
    """Opens model and tokenizer and returns `f(prompts, completions, **columns)`; `device` is the policy's.

    The weights stay in memory as long as the function does. Raises EngineError reward_model where the model is missing,
    is not a reward model (more than one output, a head that was never trained) or does not fit its tokenizer.
    """
    runtime.hush()
    source = source_of(settings)
    pretrained.refuse_missing(source)
    where, revision = source.where, source.revision
    shape = pretrained.attempt(
        source, lambda: AutoConfig.from_pretrained(where, revision=revision, trust_remote_code=False)
    )
    if shape.num_labels != 1:
        raise EngineError("reward_model", sentence("rewards.model_outputs", model=where, outputs=shape.num_labels))
    tokenizer = pretrained.attempt(
        source, lambda: AutoTokenizer.from_pretrained(where, revision=revision, trust_remote_code=False)
    )
    device = runtime.choose_device(settings.device) if settings.device else device
    cuda = device.type == "cuda"
    kind = runtime.DTYPES[settings.dtype or ("bfloat16" if cuda else "float32")]
    loading: dict[str, Any] = {"dtype": kind, "device_map": {"": str(device)} if cuda else None}
    if settings.load_in_4bit and cuda:
        loading["quantization_config"] = pretrained.four_bit(kind)
    model = pretrained.weights(source, AutoModelForSequenceClassification, **loading)
    _agree_on_padding(source, model, tokenizer)
    model.requires_grad_(False).eval()
    longest = min(settings.max_length, getattr(shape, "max_position_embeddings", None) or settings.max_length)
    size, reads = settings.per_device_batch_size, settings.reads

    def reward(prompts: Sequence[str], completions: Sequence[str], **_: Any) -> list[float]:
        answers = [_read(completion) if reads == "final" else completion for completion in completions]
        rows = [encode(tokenizer, prompt, answer, longest) for prompt, answer in zip(prompts, answers, strict=True)]
        return scores(model, tokenizer, rows, size)

    return reward


def source_of(settings: RewardModel) -> pretrained.Source:
    return pretrained.Source(
        settings.name_or_path, settings.revision, sentence("rewards.the_reward_model"), "reward_model", "reward_model"
    )  # fmt: skip


@torch.no_grad()
def scores(model: Any, tokenizer: Any, rows: Sequence[dict[str, list[int]]], size: int) -> list[float]:
    """One raw score per row. Rows of similar length share a batch; which ones, depends on the rows alone."""
    order = sorted(range(len(rows)), key=lambda place: (len(rows[place]["input_ids"]), place))
    values = [0.0] * len(rows)
    for start in range(0, len(order), size):
        places = order[start : start + size]
        batch = tokenizer.pad([rows[place] for place in places], padding_side="right", return_tensors="pt")
        logits = model(**batch.to(model.device)).logits.float().squeeze(-1)
        for place, value in zip(places, logits.tolist(), strict=True):
            values[place] = value
    return values


def encode(tokenizer: Any, prompt: str, answer: str, longest: int) -> dict[str, list[int]]:
    """Question and answer in the model's own chat template, else as a pair; what is too long loses its beginning."""
    if tokenizer.chat_template:
        talk = [{"role": "user", "content": prompt}, {"role": "assistant", "content": answer}]
        text = tokenizer.apply_chat_template(talk, tokenize=False)
        row = tokenizer(text, add_special_tokens=False)
    else:
        row = tokenizer(prompt, answer)
    return {name: list(values)[-longest:] for name, values in row.items()}


def _read(completion: str) -> str:
    return thinking.final_answer(completion, without_tag="up to its end")


def _agree_on_padding(source: pretrained.Source, model: Any, tokenizer: Any) -> None:
    """Decoder classifiers read the last token that is not padding: model and tokenizer must agree which one that is."""
    if tokenizer.pad_token is None:
        if tokenizer.eos_token is None:
            raise EngineError("reward_model", sentence("rewards.model_without_padding", model=source.where))
        tokenizer.pad_token = tokenizer.eos_token
    model.config.pad_token_id = tokenizer.pad_token_id
    rows = model.get_input_embeddings().weight.shape[0]
    if len(tokenizer) > rows:
        what = sentence("rewards.model_too_small", model=source.where, rows=rows, tokens=len(tokenizer))
        raise EngineError("reward_model", what)
