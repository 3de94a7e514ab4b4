"""GRPO and RLOO through TRL's own trainers: several responses to a prompt are compared with each other.

A unit is a cycle: a generation and the updates made from it. Within a cycle TRL keeps responses in memory that no
checkpoint holds, so a run can be saved only between cycles; resuming there is exact, as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from torch import Tensor
from transformers import GenerationConfig
from trl import GRPOConfig, GRPOTrainer, RLOOConfig, RLOOTrainer

from so8t_engine.config.run_config import Grpo, Rloo
from so8t_engine.model import tokenizer as tokens
from so8t_engine.model.conversations import Messages
from so8t_engine.model.logprobs import TEMPERATURE_EPSILON
from so8t_engine.model.policy import Policy
from so8t_engine.train import hf_trainer

Answer = Callable[[list[list[int]]], list[list[int]]]
Reward = Callable[[list[int], list[list[int]]], list[float]]
SAME = (  # settings that TRL knows by the same name
    "num_generations", "per_device_train_batch_size", "gradient_accumulation_steps", "num_iterations", "epsilon",
    "temperature", "max_completion_length", "mask_truncated_completions", "max_grad_norm", "loss_type",
    "scale_rewards", "normalize_advantages",
)  # fmt: skip


class GrpoTrainer(hf_trainer.Guarded, GRPOTrainer):
    pass


class RlooTrainer(hf_trainer.Guarded, RLOOTrainer):
    pass


class AnsweringModule(hf_trainer.TrainableModule):
    """The policy as TRL sees it: its `generate` is ours, which drops finished rows."""

    def __init__(self, policy: Policy, temperature: float, answer: Answer, stop: Sequence[int], pad: int) -> None:
        def score(states: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
            return policy.logprobs(states, labels, temperature + TEMPERATURE_EPSILON)

        super().__init__(policy.modules(), policy.base.config, policy.hidden, score, dropout=False)
        self.generation_config = GenerationConfig(eos_token_id=list(stop), pad_token_id=pad)
        self._policy, self._answer, self._pad = policy, answer, pad

    def generate(self, input_ids: Tensor, attention_mask: Tensor, **_: Any) -> Tensor:
        """(B, P) left-padded prompts to (B, P + C) with the answers, padded on the right."""
        real = attention_mask.bool()
        self._policy.eval()
        answers = self._answer([row[here].tolist() for row, here in zip(input_ids, real, strict=True)])
        self.train(self.training)
        width = max(len(answer) for answer in answers)
        padded = [answer + [self._pad] * (width - len(answer)) for answer in answers]
        return torch.cat([input_ids, torch.tensor(padded, device=input_ids.device)], dim=1)

    def as_reference(self, **inputs: Any) -> Any:
        """`forward` of the reference: adapter, tag rows, gates and alpha that the updates started from."""
        with self._policy.reference():
            return self(**inputs)


def run(
    *,
    policy: Policy,
    tokenizer: Any,
    optimizer: torch.optim.Optimizer,
    settings: Grpo | Rloo,
    prompts: Sequence[tuple[int, Messages]],
    session: Path,
    rate_factor: Callable[[int], float],
    answer: Answer,
    reward: Reward,
    begin: hf_trainer.Begin,
    end: hf_trainer.End,
) -> None:
    """All cycles that are left: `prompts` are (row, its turns), `settings.prompts` of them a cycle.

    `begin`, `end` and `rate_factor` count updates from the first of these cycles. `reward` takes rows and responses.
    """
    if not prompts:
        return
    Kind, Config = (GrpoTrainer, GRPOConfig) if isinstance(settings, Grpo) else (RlooTrainer, RLOOConfig)
    model = AnsweringModule(policy, settings.temperature, answer, tokens.stop_ids(tokenizer), tokens.pad_id(tokenizer))

    def scored(completion_ids: list[list[int]], row: list[int], **_: Any) -> list[float]:
        return reward(row, completion_ids)

    trainer = Kind(
        model=model,
        reward_funcs=scored,
        args=hf_trainer.arguments(
            Config,
            session,
            policy.device,
            max_steps=len(prompts) // settings.prompts * settings.updates,
            steps_per_generation=settings.steps,
            beta=0.0,  # else TRL would load a second model
            shuffle_dataset=False,
            **{name: getattr(settings, name) for name in SAME if hasattr(settings, name)},
        ),
        train_dataset=Dataset.from_dict(
            {
                "prompt": [messages for _, messages in prompts],
                "row": [row for row, _ in prompts],
            }
        ),
        processing_class=tokenizer,
        optimizers=(optimizer, hf_trainer.scheduler(optimizer, rate_factor)),
        callbacks=[hf_trainer.Recorder(begin, end)],
    )
    trainer.beta, trainer.ref_model = settings.beta, model.as_reference
    hf_trainer.run(trainer)
