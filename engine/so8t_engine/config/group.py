"""The sections `grpo` and `rloo` of a configuration: answers to one prompt are compared with each other."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from so8t_engine.config.types import Misfit, Positive, Rate, Section
from so8t_engine.sentences import sentence


class Group(Section):
    """Names and defaults of trl.GRPOConfig and trl.RLOOConfig (TRL 1.16) where it has them.

    Others are `gradient_accumulation_steps`, `max_completion_length` (there are thoughts before the answer) and GRPO's
    `beta`. One cycle: `per_device_train_batch_size` x `steps_per_generation` answers, `num_generations` to a prompt,
    gone through `num_iterations` times, with an optimizer update every `gradient_accumulation_steps` of those steps.
    `max_steps` counts updates. `steps_per_generation` is `gradient_accumulation_steps` where it is not set.
    """

    max_steps: Annotated[int, Field(ge=0)] = 500
    num_generations: Annotated[int, Field(ge=2)] = 8
    per_device_train_batch_size: Positive = 8
    gradient_accumulation_steps: Positive = 8
    steps_per_generation: Positive | None = None
    num_iterations: Positive = 1
    learning_rate: Rate = 1e-6
    lr_scheduler_type: Literal["constant", "linear", "cosine"] = "linear"
    beta: Annotated[float, Field(ge=0)] = 0.04
    epsilon: Annotated[float, Field(gt=0)] = 0.2
    temperature: Annotated[float, Field(gt=0)] = 1.0
    max_completion_length: Positive = 512
    max_prompt_length: Positive = 512
    mask_truncated_completions: bool = False
    max_grad_norm: Annotated[float, Field(gt=0)] = 1.0

    @property
    def steps(self) -> int:
        """Micro-batches of a generation."""
        return self.steps_per_generation or self.gradient_accumulation_steps

    @property
    def prompts(self) -> int:
        """Prompts of a cycle."""
        return self.per_device_train_batch_size * self.steps // self.num_generations

    @property
    def updates(self) -> int:
        """Optimizer updates of a cycle."""
        return self.steps * self.num_iterations // self.gradient_accumulation_steps

    @model_validator(mode="after")
    def _divides(self) -> Group:
        if self.per_device_train_batch_size * self.steps % self.num_generations:
            raise Misfit(sentence("config.generation_size"), "per_device_train_batch_size")
        if self.steps % self.gradient_accumulation_steps:
            raise Misfit(
                sentence("config.no_multiple_of", key="steps_per_generation", of="gradient_accumulation_steps"),
                "steps_per_generation",
            )
        if self.max_steps % self.updates:
            raise Misfit(sentence("config.max_steps", updates=self.updates), "max_steps")
        return self


class Grpo(Group):
    """`beta` as in DeepSeekMath (TRL's default is 0), so that the way from the warmed-up model is measured."""

    loss_type: Literal["grpo", "bnpo", "dr_grpo", "dapo"] = "dapo"
    scale_rewards: Literal["group", "batch", "none"] = "group"


class Rloo(Group):
    num_generations: Annotated[int, Field(ge=2)] = 2
    beta: Annotated[float, Field(ge=0)] = 0.05
    normalize_advantages: bool = False
