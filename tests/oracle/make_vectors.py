"""Reference numbers for our PPO, computed by TRL 1.12.0's own PPOTrainer: writes `ppo_trl_1_12.safetensors` beside it.

Runs in an environment of its own, because the engine lives with a newer TRL that has no PPO any more:

    python3 -m venv trl112
    trl112/bin/pip install torch==2.13.0 trl==1.12.0 transformers==5.23.0 peft datasets accelerate
    trl112/bin/python tests/oracle/make_vectors.py

Nothing of TRL's arithmetic is written down here. The formulas stand inline in `PPOTrainer.train`, so the real method
runs, on a Phi-3 small enough to print, in float64, and a trace function copies its local variables at the lines named
in LINES. Two calls at its border are replaced: what is sampled (the answers, so that they end where a case wants it,
and their log-probabilities, shifted by noise so that ratios differ from 1), and what the reward model says (the
scores). Every case states its seed.
"""

from __future__ import annotations

import argparse
import inspect
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")

import numpy
import torch
import transformers
import trl
from safetensors.torch import save_file
from tokenizers import Tokenizer, models
from torch import Tensor, nn
from transformers import Phi3Config, Phi3ForCausalLM, Phi3ForSequenceClassification, PreTrainedTokenizerFast
from trl.experimental.ppo import PPOConfig, PPOTrainer, ppo_trainer

OUTPUT = Path(__file__).with_name("ppo_trl_1_12.safetensors")
PAD, EOS, FIRST_WORD, VOCABULARY, HIDDEN = 0, 1, 2, 24, 8
SHAPE = {
    "vocab_size": VOCABULARY, "hidden_size": HIDDEN, "intermediate_size": 16, "num_hidden_layers": 2,
    "num_attention_heads": 2, "num_key_value_heads": 2, "max_position_embeddings": 64,
    "original_max_position_embeddings": 64, "initializer_range": 0.3, "tie_word_embeddings": False,
    "bos_token_id": None, "eos_token_id": EOS, "pad_token_id": PAD, "sliding_window": None,
}  # fmt: skip

# A line of PPOTrainer.train (its beginning, stripped) and what to copy when it is reached, by our name for it.
LINES = {
    "logr = ref_logprobs - logprobs": {
        "queries": "queries", "responses": "responses", "lengths": "sequence_lengths", "logprobs": "logprobs",
        "ref_logprobs": "ref_logprobs", "values": "values", "penalised": "scores", "ended": "contain_eos_token",
        "mask_tokens": "padding_mask", "mask_after": "padding_mask_p1",
    },
    "if args.whiten_rewards:": {"kl": "kl", "rewards": "rewards"},
    "lastgaelam = 0": {"whitened_rewards": "rewards"},
    "advantages = masked_whiten(advantages, ~padding_mask)": {"plain_advantages": "advantages", "returns": "returns"},
    "for ppo_epoch_idx in range(args.num_ppo_epochs):": {"advantages": "advantages"},
}  # fmt: skip
MICRO_LINE = "ratio_stats[ppo_epoch_idx, minibatch_idx, gradient_accumulation_idx] ="
MICRO = {
    "rows": "micro_batch_inds", "new_logprobs": "new_logprobs", "new_values": "vpred", "policy_loss": "pg_loss",
    "value_loss": "vf_loss", "loss": "loss", "clip_fraction": "pg_clipfrac", "approx_kl": "approxkl",
    "entropy": "entropy",
}  # fmt: skip

# name: (seed, end of each answer or None where it has none, answer length, PPOConfig, further wishes)
CASES: dict[str, tuple[int, list[int | None], int, dict[str, Any], set[str]]] = {
    "mixed_k1": (
        1, [3, None, 0, 9, 8, 5, 1, None], 10,
        {"kl_estimator": "k1", "gamma": 0.97, "lam": 0.9, "missing_eos_penalty": 1.5, "num_ppo_epochs": 2}, {"logits"},
    ),
    "mixed_k3": (
        2, [None, 2, 7, 4, 9, 0], 10,
        {"kl_estimator": "k3", "kl_coef": 0.2, "cliprange": 0.1, "cliprange_value": 0.4, "vf_coef": 0.5}, set(),
    ),
    "whitened_rewards": (
        3, [3, None, 0, 6, 5, 5, 1, None, 2, 4], 7, {"whiten_rewards": True, "gamma": 0.95, "lam": 0.8}, set(),
    ),
    "no_end_token": (4, [None] * 5, 9, {"missing_eos_penalty": 1.0}, set()),
    "end_at_the_first_token": (5, [0, 4, 0], 6, {"missing_eos_penalty": 1.0}, set()),
    "response_length_one": (6, [0, None, 0, None], 1, {"missing_eos_penalty": 0.5}, set()),
    "all_padding_but_one": (7, [0, 0, 0, 0], 8, {"kl_estimator": "k3"}, set()),
    "end_at_the_last_but_one": (8, [4, 5, 4], 6, {}, set()),
    "batch_of_one": (9, [5], 8, {"missing_eos_penalty": 1.0, "num_ppo_epochs": 2}, set()),
    "one_token_alone": (10, [0], 4, {}, set()),
    "minibatches": (11, [3, None, 0, 6, 5, 5, 1, None], 7, {"num_mini_batches": 2, "num_ppo_epochs": 2}, set()),
    "micro_batches_of_equal_length": (12, [None] * 8, 6, {"gradient_accumulation_steps": 2}, {"whole"}),
    "micro_batches_of_other_lengths": (13, [0, None, 1, 4, 3, 2, 5, 4], 6, {"gradient_accumulation_steps": 2}, set()),
    "whole_iteration": (
        14, [3, None, 0, 6, 5, 5, 1, 7], 8,
        {"num_mini_batches": 2, "num_ppo_epochs": 2, "missing_eos_penalty": 1.0, "vf_coef": 0.3}, {"whole"},
    ),
}  # fmt: skip


class Recorder:
    """Copies local variables of a running method; has state because a trace function has nothing else."""

    def __init__(self, method: Callable[..., Any], extra: dict[str, str]) -> None:
        self._code = method.__code__  # type: ignore[attr-defined]
        lines, first = inspect.getsourcelines(method)
        wanted = {**LINES, MICRO_LINE: {**MICRO, **extra}}
        self._wanted: dict[int, dict[str, str]] = {}
        for text, names in wanted.items():
            places = [first + i for i, line in enumerate(lines) if line.strip().startswith(text)]
            if len(places) != 1:
                raise SystemExit(f"{text!r} stands {len(places)} times in PPOTrainer.train: not TRL 1.12.0?")
            self._wanted[places[0]] = names
        self._micro = next(place for place, names in self._wanted.items() if "new_logprobs" in names)
        self.found: dict[str, Tensor] = {}
        self.parts = 0

    def __call__(self, frame: Any, event: str, _: Any) -> Any:
        if frame.f_code is not self._code:
            return None
        names = self._wanted.get(frame.f_lineno) if event == "line" else None
        if names:
            local = frame.f_locals
            prefix = f"part{self.parts}/" if frame.f_lineno == self._micro else ""
            for ours, theirs in names.items():
                self.found.setdefault(prefix + ours, torch.as_tensor(local[theirs]).detach().clone().contiguous())
            self.parts += bool(prefix)
        return self


def exact_norms(model: nn.Module) -> None:
    """Phi-3's RMSNorm rounds to float32 inside; this one does not, so that float64 means float64."""
    for module in list(model.modules()):
        for name, child in list(module.named_children()):
            if type(child).__name__ == "Phi3RMSNorm":
                norm = nn.RMSNorm(HIDDEN, eps=child.variance_epsilon)
                norm.weight.data.copy_(child.weight.data)
                setattr(module, name, norm)


def networks(generator: torch.Generator) -> tuple[Any, Any, Any]:
    """(policy, reference, value model). The value model is a head on the policy's own backbone, as ours is."""
    shape = Phi3Config(**SHAPE, num_labels=1)
    policy, reference, value = Phi3ForCausalLM(shape), Phi3ForCausalLM(shape), Phi3ForSequenceClassification(shape)
    for model in (policy, reference, value):
        exact_norms(model)
        model.double()
        for parameter in model.parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            parameter.data.copy_(1 + 0.1 * noise if parameter.dim() == 1 else 0.3 * noise)
    value.model = policy.model
    return policy, reference, value


def tokenizer() -> PreTrainedTokenizerFast:
    words = {"<pad>": PAD, "</s>": EOS} | {f"w{i}": i for i in range(FIRST_WORD, VOCABULARY)}
    return PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer(models.WordLevel(words, unk_token="w2")),
        pad_token="<pad>", eos_token="</s>", padding_side="left",
    )  # fmt: skip


def answers(ends: list[int | None], width: int, generator: torch.Generator) -> Tensor:
    """(B, T) random words; the end token stands where a case wants it, padding behind it."""
    found = torch.randint(FIRST_WORD, VOCABULARY, (len(ends), width), generator=generator)
    for row, end in enumerate(ends):
        if end is not None and end < width:
            found[row, end] = EOS
            found[row, end + 1 :] = PAD
    return found


def record(name: str, folder: str) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """(tensors, settings) of one case."""
    seed, ends, width, wishes, more = CASES[name]
    generator = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    numpy.random.seed(seed)
    policy, reference, value = networks(generator)
    count = len(ends)
    prompts = [torch.randint(FIRST_WORD, VOCABULARY, (3 + i % 4,), generator=generator).tolist() for i in range(count)]
    responses = answers(ends, width, generator)
    scores = torch.randn(count, generator=generator).float().double()
    whole = "whole" in more
    shift = 0.3 * torch.randn(count, width, VOCABULARY, generator=generator)
    lift = 0.4 * torch.randn(count, 64, 1, generator=generator) * (not whole)
    accumulation = wishes.get("gradient_accumulation_steps", 1)
    settings = PPOConfig(
        output_dir=folder, seed=seed, per_device_train_batch_size=count // accumulation, total_episodes=count,
        local_rollout_forward_batch_size=count, response_length=width, stop_token="eos", temperature=0.7,
        learning_rate=1e-2, adam_beta2=0.95, num_sample_generations=0, report_to="none", save_strategy="no",
        gradient_checkpointing=False, bf16=False, use_cpu=True, disable_tqdm=True, logging_strategy="no",
        **{"num_ppo_epochs": 1, **wishes},
    )  # fmt: skip

    def sampled(model: Any, queries: Tensor, _size: int, pad: int, _config: Any) -> tuple[Tensor, Tensor]:
        joined = torch.cat([queries, responses], 1)
        seen = ppo_trainer.forward(model, joined, pad).logits[:, queries.shape[1] - 1 : -1]
        return joined, seen / (settings.temperature + 1e-7) + shift

    real_reward = ppo_trainer.get_reward

    def judged(model: Any, joined: Tensor, pad: int, context: int) -> tuple[Tensor, Tensor, Tensor]:
        values, own, lengths = real_reward(model, joined, pad, context)
        return values + lift[:, : values.shape[1]], scores.clone() if model is judge else own, lengths

    judge = Phi3ForSequenceClassification(Phi3Config(**SHAPE, num_labels=1)).double()
    # Twice as many prompts as are used: on the last batch of a data loader accelerate accumulates nothing.
    trainer = PPOTrainer(
        args=settings, processing_class=tokenizer(), model=policy, ref_model=reference, reward_model=judge,
        value_model=value, train_dataset=[{"input_ids": prompt} for prompt in prompts * 2],
    )  # fmt: skip
    before = {key: tensor.clone() for key, tensor in parameters(policy, value).items()}
    recorder = Recorder(PPOTrainer.train, {"logits": "logits"} if "logits" in more else {})
    real_sampling = ppo_trainer.batch_generation
    ppo_trainer.batch_generation, ppo_trainer.get_reward = sampled, judged
    sys.settrace(recorder)
    try:
        trainer.train()
    finally:
        sys.settrace(None)
        ppo_trainer.batch_generation, ppo_trainer.get_reward = real_sampling, real_reward
    found = recorder.found | {"scores": scores}
    if whole:
        found |= {f"before/{key}": tensor for key, tensor in before.items()}
        found |= {f"reference/{key}": tensor.detach().clone() for key, tensor in reference.state_dict().items()}
        found |= {f"after/{key}": tensor.clone() for key, tensor in parameters(policy, value).items()}
    names = (
        "kl_estimator", "kl_coef", "cliprange", "cliprange_value", "vf_coef", "gamma", "lam", "whiten_rewards",
        "missing_eos_penalty", "temperature", "response_length", "num_ppo_epochs", "num_mini_batches",
        "per_device_train_batch_size", "learning_rate",
    )  # fmt: skip
    return found, {"seed": seed, "parts": recorder.parts} | {each: getattr(settings, each) for each in names}


def parameters(policy: Any, value: Any) -> dict[str, Tensor]:
    """As our policy names them: the value head has a bias, TRL's has none."""
    found = {key: tensor.detach() for key, tensor in policy.named_parameters()}
    return found | {"value_head.weight": value.score.weight.detach()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    if trl.__version__ != "1.12.0":
        raise SystemExit(f"This needs trl 1.12.0, not {trl.__version__}.")
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    tensors: dict[str, Tensor] = {}
    about: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in CASES:
            found, about[name] = record(name, folder)
            tensors |= {f"{name}/{key}": tensor for key, tensor in found.items()}
    versions = {"trl": trl.__version__, "torch": torch.__version__, "transformers": transformers.__version__}
    header = {"versions": json.dumps(versions), "shape": json.dumps(SHAPE), "cases": json.dumps(about)}
    save_file(tensors, arguments.output, metadata=header)
    print(
        f"{len(tensors)} tensors of {len(about)} cases in {arguments.output}, {arguments.output.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main()
