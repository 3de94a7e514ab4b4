"""Warm-up and PPO on a policy: what one unit does, from its number, and what a restart needs afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import torch

from so8t_engine.config.run_config import RunConfig
from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError
from so8t_engine.model import adapter_folder, publish, runtime, seeds, so8_gate
from so8t_engine.model import tokenizer as tokens
from so8t_engine.model.policy import Policy
from so8t_engine.rewards import scoring
from so8t_engine.run import adjustments
from so8t_engine.run.context import Context
from so8t_engine.session.state import Cursor
from so8t_engine.session.store import Content
from so8t_engine.train import alpha_state, checkpoint, group_cycles, nonfinite, optim, ppo, rollout, warmup
from so8t_engine.train.desk import Desk, Metrics
from so8t_engine.train.prompt_sampler import Prompts
from so8t_engine.train.rollout import Rollout
from so8t_engine.train.tensor_snapshot import Buffers
from so8t_engine.train.units import Phase, Unit, Units


class Tuning:
    """Has state because training has: policy, optimizer, the rollouts of the running iteration."""

    def __init__(
        self,
        context: Context,
        units: Units,
        policy: Policy,
        tokenizer: Any,
        examples: Sequence[Example],
        functions: Mapping[str, scoring.Function],
    ) -> None:
        self._context, self._units, self._policy, self._tokenizer = context, units, policy, tokenizer
        self._examples, self._functions = examples, functions
        self._config: RunConfig = context.config
        self._pad, self._stop = tokens.pad_id(tokenizer), tokens.stop_ids(tokenizer)
        self._source = Prompts(
            examples, tokenizer, self._config.convert.system_prompt, self._config.lengths[0],
            f"{self._config.algorithm}.max_prompt_length", self._config.seed,
        )  # fmt: skip
        self._optimizer: torch.optim.AdamW | None = None
        self._phase: Phase = "warmup"
        self._rollouts: list[Rollout] = []
        self._batch: ppo.Batch | None = None
        self._bad = 0
        self._course = alpha_state.Course(self._config.alpha, units.ppo_updates, units.updates or units.cycle_updates)
        self._annealing = alpha_state.Memory()
        self._buffers = Buffers()
        self._buffers.reserve(3 * sum(each.nbytes for each in policy.tensors().values()), policy.device)

    def restore(self, saved: checkpoint.Saved, following: Unit | None) -> None:
        """`following` is the unit that comes next; moments of an earlier phase are of no use to it."""
        self._policy.load_tensors(saved.trained)
        self._bad = saved.bad if saved.seed == self._config.seed else 0
        self._annealing = alpha_state.Memory.from_json(saved.annealing)
        if following is None:
            return
        phase: Phase = "warmup" if following.phase == "warmup" else "update"
        if phase == saved.optimizer:
            optim.load_moments(self._enter(phase), self._policy.trainable(), saved.moments)
        if self._units.number(following) > self._units.ppo_start:
            parts, strength = adapter_folder.read_parts(self._context.session / adapter_folder.REFERENCE)
            self._policy.keep_reference(self._policy.named(parts), strength)
        if phase == "update":
            self._rollouts = saved.rollouts

    def payload(self) -> dict[str, Content]:
        """Called inside tick, at a unit's end."""
        trainable = self._policy.trainable()
        moments = optim.moments(self._optimizer, trainable) if self._optimizer is not None else {}
        saved = checkpoint.Saved(
            self._policy.tensors(), moments, self._phase, self._rollouts, self._bad, self._config.seed,
            runtime.facts(self._config, self._policy.device), self._annealing.as_json(),
        )  # fmt: skip
        return checkpoint.pack(saved, self._buffers)

    def run(self, first: int) -> None:
        """All units from `first` on, a restart point after each; then publishes."""
        if first < self._units.ppo_start:
            warmup.run(self._desk("warmup"), first)
        first = max(first, self._units.ppo_start)
        if first == self._units.ppo_start < self._units.total:
            self._enter("update")
            self._publish(adapter_folder.REFERENCE, self._config.alpha.initial, 0)
            self._policy.keep_reference(self._policy.tensors(), self._config.alpha.initial)
        if self._config.group is not None:
            group_cycles.run(self._desk("update"), self._config.group, self._source, first)
            first = self._units.total
        for number in range(first, self._units.total):
            unit = self._units.at(number)
            seeds.seed_everything(self._config.seed, "train", number)
            with self._kept():
                metrics = self._roll_out(unit) if unit.phase == "rollout" else self._update(unit)
            self._tick(number, metrics)
        self.publish()

    @contextmanager
    def _kept(self) -> Iterator[None]:
        """A reward that fails leaves nothing of its unit behind: all before it is saved."""
        context = self._context
        try:
            yield
        except EngineError as error:
            if error.code == "reward" and context.state.cursor != context.acknowledged.cursor:
                context.commit(self.payload)
            raise

    def _tick(self, number: int, metrics: Metrics) -> None:
        cursor = Cursor(self._context.state.cursor.step, number + 1)
        self._context.tick(cursor, self._units.at(number).phase, metrics, self.payload)

    def publish(self) -> None:
        """The end of training: `session/adapter/` at the final alpha."""
        updates = self._units.ppo_updates
        self._publish(
            adapter_folder.ADAPTER, self.alpha_at(updates) if updates else self._config.alpha.initial, updates
        )

    def _publish(self, name: str, strength: float, updates: int) -> None:
        context, policy = self._context, self._policy
        policy.set_alpha(strength)
        about = {"alpha": strength, "mode": self._config.gate.mode, "updates": updates}
        publish.adapter(context.session / name, policy, self._tokenizer, about, {"session": context.state.session})

    def alpha_at(self, updates: int) -> float:
        """`updates`: as many as are done; what an adaptive schedule has learnt is of now."""
        return self._course.strength(self._annealing, updates)

    def _enter(self, phase: Phase) -> torch.optim.AdamW:
        """A phase starts with a fresh optimizer."""
        if self._optimizer is not None and self._phase == phase:
            return self._optimizer
        config, warm = self._config, self._config.warmup
        rate = warm.learning_rate if phase == "warmup" else (config.group or config.ppo).learning_rate
        rates = {"gates": config.gate.learning_rate, "value_head": config.ppo.value_learning_rate}
        other = {name: each for name, each in rates.items() if each is not None}
        decay = warm.weight_decay if phase == "warmup" else 0.0
        self._phase, self._optimizer = phase, optim.adamw(self._policy.trainable(), rate, other, decay)
        return self._optimizer

    def _judged(self, phase: str, update: int, logs: Mapping[str, Any]) -> Metrics:
        """What Trainer logged of an update, for the history. Raises EngineError not_finite."""
        loss, norm = float(logs["loss"]), float(logs["grad_norm"])
        self._bad = nonfinite.count_bad(self._bad, phase, update + 1, loss, norm)
        return {"loss": nonfinite.finite(loss), "grad_norm": nonfinite.finite(norm), "skipped": self._bad > 0}

    def _watch(self, update: int, loss: float | None) -> None:
        """After update number `update` (from 1): what an adaptive alpha learns, and whether the loss has moved on."""
        self._annealing, found = self._course.observe(self._annealing, update, loss)
        if found is not None:
            self._context.mark("phase_transition", **asdict(found))

    def _desk(self, phase: Phase) -> Desk:
        return Desk(
            self._context, self._units, self._policy, self._tokenizer, self._examples, self._functions,
            self._enter(phase), self._point, self._tick, self._judged, self._watch, self._kept,
            self.alpha_at,
        )  # fmt: skip

    def _roll_out(self, unit: Unit) -> Metrics:
        settings, policy = self._config.ppo, self._policy
        if unit.index == 0:
            self._rollouts, self._batch = [], None
        updates = unit.iteration * self._units.updates
        policy.set_alpha(self.alpha_at(updates))
        rows, prompts = map(list, zip(*self._source.batch(unit.iteration, unit.index, settings), strict=True))
        generator = seeds.generator(policy.device, self._config.seed, "rollout", unit.iteration, unit.index)
        size = max(1, len(prompts) // adjustments.divisor_of(self._context.state.adjustments))
        cuts = [slice(start, start + size) for start in range(0, len(prompts), size)]
        responses = [
            response
            for cut in cuts
            for response in rollout.answer(policy, prompts[cut], self._stop, self._pad, settings, generator)
        ]
        texts = [tokens.decode(self._tokenizer, response) for response in responses]
        chosen = [self._examples[row] for row in rows]
        scored = scoring.score(chosen, texts, self._config.reward, self._functions, responses)
        parts = [
            rollout.observe(policy, prompts[cut], responses[cut], scored.total[cut], self._stop, self._pad, settings)
            for cut in cuts
        ]
        part = rollout.join(parts, max(part.responses.shape[1] for part in parts), self._pad)
        nonfinite.check_rollout(part.logprobs, unit.iteration + 1)
        self._rollouts = [*self._rollouts, part]
        return self._point(
            phase="rollout",
            iteration=unit.iteration + 1,
            alpha=self.alpha_at(updates),
            reward=float(part.scores.mean()),
            **{f"reward_{name.replace(':', '.')}": mean for name, mean in scored.means().items()},
            response_length=float(part.lengths.double().mean()) + 1,
            ended=float(part.ended.double().mean()),
        )

    def _update(self, unit: Unit) -> Metrics:
        settings, policy = self._config.ppo, self._policy
        optimizer = self._enter("update")
        if self._batch is None:
            self._batch = ppo.prepare(self._rollouts, self._pad, settings)
        done_before = unit.iteration * self._units.updates + unit.index
        strength = self.alpha_at(done_before)
        policy.set_alpha(strength)
        kind, ratio = settings.lr_scheduler_type, settings.warmup_ratio
        rate = optim.set_rate(optimizer, optim.schedule(kind, done_before, self._units.ppo_updates, ratio))
        rows = ppo.minibatch(unit.index, settings, self._config.seed, "ppo", unit.iteration)
        done = ppo.update(policy, optimizer, self._batch, rows, settings)
        self._bad = nonfinite.count_bad(self._bad, "ppo", done_before + 1, done.loss, done.grad_norm)
        values = {name: nonfinite.finite(value) for name, value in done._asdict().items() if name != "applied"}
        metrics = self._point(
            phase="ppo",
            update=done_before + 1,
            iteration=unit.iteration + 1,
            alpha=strength,
            reward=self._batch.score,
            kl=self._batch.kl,
            learning_rate=rate,
            **values,
            skipped=not done.applied,
        )
        self._watch(done_before + 1, values["loss"])
        if unit.index + 1 == self._units.updates:
            self._rollouts, self._batch = [], None
        return metrics

    def _point(self, **values: Any) -> Metrics:
        if self._policy.gates is not None:
            values |= so8_gate.checked(self._policy.gates, self._context.warn)
        self._context.point(**values)
        return values
