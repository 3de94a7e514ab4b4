"""GRPO and RLOO cycle by cycle: seeds, alpha, rewards and history of what TRL's trainers compute (group_trainer.py)."""

from __future__ import annotations

import math
import time
from typing import Any

from so8t_engine.config.run_config import Grpo, Rloo
from so8t_engine.model import generate, seeds
from so8t_engine.model import tokenizer as tokens
from so8t_engine.rewards import scoring
from so8t_engine.run import adjustments
from so8t_engine.train import group_trainer, optim
from so8t_engine.train.desk import Desk
from so8t_engine.train.prompt_sampler import Prompts


def run(desk: Desk, settings: Grpo | Rloo, prompts: Prompts, first: int) -> None:
    """From unit `first` to the last; a restart point after each cycle."""
    cycles = range(first - desk.units.ppo_start, desk.units.cycles)
    chosen = [
        (row, desk.examples[row].prompt) for cycle in cycles for row, _ in prompts.chosen(cycle, settings.prompts)
    ]
    running = Cycles(desk, settings, cycles.start)
    group_trainer.run(
        desk.policy, desk.tokenizer, desk.optimizer, settings, chosen, desk.context.config.convert.system_prompt,
        running.factor, running.answer, running.reward, desk.context.session, running.begin, running.end,
    )  # fmt: skip


class Cycles:
    """Has state because a cycle has: where it stands, and what its history entries share."""

    def __init__(self, desk: Desk, settings: Grpo | Rloo, first: int) -> None:
        self._desk, self._settings = desk, settings
        self._algorithm, self._seed = desk.context.config.algorithm, desk.context.config.seed
        self._stop, self._pad = tokens.stop_ids(desk.tokenizer), tokens.pad_id(desk.tokenizer)
        self._before = first * settings.updates
        self._update = self._before  # the running one of all, from 0
        self._began = 0.0
        self._reward = math.nan
        self._kl: float | None = None

    def factor(self, done: int) -> float:
        """On the learning rate, `done` updates after the trainer's first."""
        return optim.schedule(self._settings.lr_scheduler_type, self._before + done, self._desk.units.ppo_updates)

    def begin(self, done: int) -> None:
        self._update = self._before + done
        cycle, index = divmod(self._update, self._settings.updates)
        if index == 0:
            self._began, self._kl = time.monotonic(), None
        seeds.seed_everything(self._seed, "train", self._desk.units.ppo_start + cycle, index)
        self._desk.policy.set_alpha(self._desk.alpha_at(self._update))

    def answer(self, prompts: list[list[int]]) -> list[list[int]]:
        """In as many parts as running out of memory has asked for."""
        settings, policy = self._settings, self._desk.policy
        generator = seeds.generator(policy.device, self._seed, "rollout", self._cycle)
        size = max(1, len(prompts) // adjustments.divisor_of(self._desk.context.state.adjustments))
        found: list[list[int]] = []
        with policy.merged():
            for cut in range(0, len(prompts), size):
                found += generate.generate(
                    policy.base, prompts[cut : cut + size], self._stop, self._pad, settings.max_completion_length,
                    settings.temperature, generator,
                )  # fmt: skip
        return found

    def reward(self, rows: list[int], answers: list[list[int]]) -> list[float]:
        desk = self._desk
        examples = [desk.examples[row] for row in rows]
        texts = [tokens.decode(desk.tokenizer, ids) for ids in answers]
        with desk.kept():
            scored = scoring.score(examples, texts, desk.context.config.reward, desk.functions, answers)
        self._reward = sum(scored.total) / len(scored.total)
        desk.point(
            phase="rollout",
            iteration=self._cycle + 1,
            alpha=desk.alpha_at(self._update),
            reward=self._reward,
            **{f"reward_{name.replace(':', '.')}": mean for name, mean in scored.means().items()},
            response_length=sum(map(len, answers)) / len(answers),
            ended=sum(ids[-1] in self._stop for ids in answers) / len(answers),
        )
        return scored.total

    def end(self, done: int, logs: dict[str, Any]) -> None:
        desk, settings = self._desk, self._settings
        self._kl = logs.get("kl", self._kl)  # RLOO measures it once a cycle
        metrics = desk.point(
            phase=self._algorithm,
            update=self._update + 1,
            iteration=self._cycle + 1,
            alpha=desk.alpha_at(self._update),
            reward=self._reward,
            kl=self._kl,
            entropy=logs.get("entropy"),
            clip_fraction=logs.get("clip_ratio/region_mean"),
            learning_rate=settings.learning_rate * self.factor(done),
            **desk.judged(self._algorithm, self._update, logs),
        )
        desk.watch(self._update + 1, metrics["loss"])
        if (self._update + 1) % settings.updates:
            desk.context.say("cycle", metrics)
            return
        if self._cycle == 0:
            self._tell(time.monotonic() - self._began)
        desk.tick(desk.units.ppo_start + self._cycle, metrics)

    def _tell(self, seconds: float) -> None:
        self._desk.context.warn(
            "generation_boundaries",
            f"With {self._algorithm.upper()} a save is possible only between generations, and one with its updates "
            f"takes {seconds:.0f} s here: so much more than the interval may be lost.",
        )

    @property
    def _cycle(self) -> int:
        return self._update // self._settings.updates
