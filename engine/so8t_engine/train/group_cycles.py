"""GRPO and RLOO cycle by cycle: seeds, alpha, rewards and history of what TRL's trainers compute (group_trainer.py)."""

from __future__ import annotations

import math
import time
from typing import Any

from so8t_engine.model import conversations, generate, seeds
from so8t_engine.model.policy import Policy
from so8t_engine.sentences import sentence
from so8t_engine.train import group_trainer, optim
from so8t_engine.train.prompt_sampler import PromptSampler
from so8t_engine.train.training_run import TrainingRun


def run(training_run: TrainingRun[Policy], first: int) -> None:
    """From unit `first` to the last; a restart point after each cycle."""
    config, units, settings = training_run.config, training_run.units, training_run.config.group
    assert settings is not None
    sampler = PromptSampler.of(config, training_run.examples, training_run.tokenizer)
    cycles = range(first - units.ppo_start, units.cycles)
    rows = [row for cycle in cycles for row, _ in sampler.chosen(cycle, settings.prompts)]
    asked = [training_run.examples[row] for row in rows]
    messages = conversations.of(training_run.tokenizer, asked, config.convert.system_prompt)
    callbacks = CycleCallbacks(training_run, cycles.start)
    group_trainer.run(
        policy=training_run.learner,
        tokenizer=training_run.tokenizer,
        optimizer=training_run.enter_phase("update"),
        settings=settings,
        prompts=list(zip(rows, messages, strict=True)),
        session=training_run.context.session,
        rate_factor=callbacks.rate_factor,
        answer=callbacks.answer,
        reward=callbacks.reward,
        begin=callbacks.begin,
        end=callbacks.end,
    )


class CycleCallbacks:
    """What TRL's trainer calls, in this order: `begin`, at the start of a cycle `answer` and `reward`, then `end`.

    State: the number of the running update, and what the history entries of a cycle share.
    """

    def __init__(self, training_run: TrainingRun[Policy], first_cycle: int) -> None:
        settings = training_run.config.group
        assert settings is not None
        self._run, self._settings = training_run, settings
        self._algorithm, self._seed = training_run.config.algorithm, training_run.config.seed
        self._before = first_cycle * settings.updates
        self._update = self._before  # from 0, over all cycles
        self._began = 0.0
        self._reward = math.nan
        self._kl: float | None = None

    @property
    def _cycle(self) -> int:
        return self._update // self._settings.updates

    def rate_factor(self, done: int) -> float:
        """On the learning rate, `done` updates after the trainer's first."""
        return optim.schedule(self._settings.lr_scheduler_type, self._before + done, self._run.units.ppo_updates)

    def begin(self, done: int) -> None:
        """Before an update: seeds and alpha follow from its number."""
        self._update = self._before + done
        index = self._update % self._settings.updates
        if index == 0:
            self._began, self._kl = time.monotonic(), None
        seeds.seed_everything(self._seed, "train", self._run.units.ppo_start + self._cycle, index)
        self._run.learner.set_alpha(self._run.alpha_at(self._update))

    def answer(self, prompts: list[list[int]]) -> list[list[int]]:
        """The responses of a cycle, as many at a time as running out of memory has left."""
        settings, policy = self._settings, self._run.learner
        with policy.generating():
            answers = generate.generate(
                policy.base,
                prompts,
                stop=self._run.stop,
                max_new_tokens=settings.max_completion_length,
                rows=self._run.at_a_time(len(prompts)),
                temperature=settings.temperature,
                seeds=[seeds.seed_of(self._seed, "rollout", self._cycle, place) for place in range(len(prompts))],
                graph_failed=self._run.graph_failed,
            )
        return [answer.tokens for answer in answers]

    def reward(self, rows: list[int], responses: list[list[int]]) -> list[float]:
        """The rewards of a cycle's responses, and its history entry."""
        scored = self._run.score(rows, responses)
        self._reward = sum(scored.total) / len(scored.total)
        self._run.point(
            phase="rollout",
            iteration=self._cycle + 1,
            alpha=self._run.alpha_at(self._update),
            reward=self._reward,
            **{f"reward_{name.replace(':', '.')}": mean for name, mean in scored.means().items()},
            response_length=sum(map(len, responses)) / len(responses),
            ended=sum(ids[-1] in self._run.stop for ids in responses) / len(responses),
        )
        return scored.total

    def end(self, done: int, logs: dict[str, Any]) -> None:
        """After an update: its history entry, and after the last of a cycle the restart point."""
        settings, number = self._settings, self._update + 1
        self._kl = logs.get("kl", self._kl)  # RLOO measures it once a cycle
        metrics = self._run.point(
            phase=self._algorithm,
            update=number,
            iteration=self._cycle + 1,
            alpha=self._run.alpha_at(self._update),
            reward=self._reward,
            kl=self._kl,
            entropy=logs.get("entropy"),
            clip_fraction=logs.get("clip_ratio/region_mean"),
            learning_rate=settings.learning_rate * self.rate_factor(done),
            **self._run.judge(self._algorithm, number, float(logs["loss"]), float(logs["grad_norm"])),
        )
        self._run.observe(number, metrics["loss"])
        if number % settings.updates:
            self._run.context.say("cycle", metrics)
            return
        if self._cycle == 0:
            self._warn(time.monotonic() - self._began)
        self._run.finish_unit(self._run.units.ppo_start + self._cycle, metrics)

    def _warn(self, seconds: float) -> None:
        self._run.context.warn(
            "generation_boundaries",
            sentence("train.generation_boundaries", algorithm=self._algorithm.upper(), seconds=seconds),
        )
