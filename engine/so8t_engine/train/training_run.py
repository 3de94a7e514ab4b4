"""One training run: the learner and all that goes with it, shared by the phases and saved in checkpoints.

A phase (pretrain.py, warmup.py, ppo_phase.py, group_cycles.py) is a function of the run: it computes a unit, then calls
`point` (the history entry) and `finish_unit` (the restart point). training_loop.py calls the phases in turn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Generic, Protocol, TypeVar

import torch
from torch import Tensor, nn

from so8t_engine.config.run_config import RunConfig
from so8t_engine.data.record import Example
from so8t_engine.errors import EngineError
from so8t_engine.model import adapter_folder, runtime, so8_gate
from so8t_engine.model import tokenizer as tokens
from so8t_engine.model.policy import Policy
from so8t_engine.rewards import scoring
from so8t_engine.run import adjustments
from so8t_engine.run.step_context import StepContext
from so8t_engine.sentences import sentence, verbatim
from so8t_engine.session.state import Cursor
from so8t_engine.session.store import Content
from so8t_engine.train import checkpoint, nonfinite, optim
from so8t_engine.train.alpha_state import AlphaSchedule, AlphaState
from so8t_engine.train.rollout import Rollout
from so8t_engine.train.tensor_snapshot import Buffers
from so8t_engine.train.units import Phase, Unit, Units

Metrics = dict[str, Any]


class Learner(Protocol):
    """What can be trained: the policy, or during pretraining the model that is being built."""

    @property
    def device(self) -> torch.device: ...
    @property
    def gates(self) -> so8_gate.SO8Gates | None: ...
    def trainable(self) -> dict[str, nn.Parameter]: ...
    def tensors(self) -> dict[str, Tensor]: ...
    def load_tensors(self, saved: Mapping[str, Tensor]) -> None: ...


L = TypeVar("L", bound=Learner)


class TrainingRun(Generic[L]):
    """State: the learner and its optimizer, alpha's state, the rollouts of the running iteration, and how many updates
    in a row were not finite. Everything else follows from the configuration and a unit's number.

    `extra_files` (name -> content) are saved with every checkpoint.
    """

    def __init__(
        self,
        context: StepContext,
        units: Units,
        learner: L,
        tokenizer: Any,
        examples: Sequence[Example],
        functions: Mapping[str, scoring.Function] | None = None,
        extra_files: Mapping[str, bytes] | None = None,
    ) -> None:
        self.context, self.units, self.learner, self.tokenizer = context, units, learner, tokenizer
        self.config: RunConfig = context.config
        self.examples, self.functions = examples, functions or {}
        self.pad, self.stop = tokens.pad_id(tokenizer), tokens.stop_ids(tokenizer)
        self.rollouts: list[Rollout] = []
        self._extra_files = dict(extra_files or {})
        self._phase: Phase = "warmup"
        self._optimizer: torch.optim.AdamW | None = None
        self._not_finite = 0
        self._slow_said = False
        period = units.updates or units.cycle_updates
        self._schedule = AlphaSchedule(self.config.alpha, updates=units.ppo_updates, period=period)
        self._alpha = AlphaState()
        self._buffers = Buffers()
        self._buffers.reserve(3 * sum(tensor.nbytes for tensor in learner.tensors().values()), learner.device)

    def enter_phase(self, phase: Phase) -> torch.optim.AdamW:
        """The optimizer of `phase`; a phase that is not the running one starts with a fresh one."""
        if self._optimizer is None or self._phase != phase:
            self._phase, self._optimizer = phase, _optimizer(self.config, phase, self.learner.trainable())
        return self._optimizer

    def alpha_at(self, updates: int) -> float:
        """The strength of the gates after that many updates; for an adaptive schedule as learned up to now."""
        return self._schedule.strength(self._alpha, updates)

    def score(self, rows: Sequence[int], responses: Sequence[list[int]]) -> scoring.Scored:
        """Rewards of responses to the examples of these rows.

        If a reward function fails, commits everything up to the previous unit, then re-raises.
        """
        examples = [self.examples[row] for row in rows]
        texts = [tokens.decode(self.tokenizer, response) for response in responses]
        try:
            return scoring.score(examples, texts, self.config.reward, self.functions, responses)
        except EngineError as error:
            if error.code == "reward":
                self.context.commit_finished(self.payload)
            raise

    def batches(self, count: int) -> list[slice]:
        """`count` sequences in as many parts as running out of memory has asked for."""
        size = self.at_a_time(count)
        return [slice(start, start + size) for start in range(0, count, size)]

    def at_a_time(self, count: int) -> int:
        """`count` sequences, or fewer where running out of memory has asked for it."""
        return max(1, count // adjustments.divisor_of(self.context.adjustments))

    def graph_failed(self, why: str) -> None:
        """Says once that a GPU's steps of generation are launched one by one."""
        if not self._slow_said:
            self._slow_said = True
            self.context.warn("no_cuda_graph", sentence("train.no_cuda_graph", why=verbatim(why)))

    def judge(self, phase: str, update: int, loss: float, grad_norm: float) -> Metrics:
        """What the history says of update number `update` (from 1) of `phase`; counts those that were not finite.

        Raises EngineError not_finite at the third in a row.
        """
        self._not_finite = nonfinite.count_in_a_row(self._not_finite, phase, update, loss, grad_norm)
        return {
            "loss": nonfinite.finite(loss),
            "grad_norm": nonfinite.finite(grad_norm),
            "skipped": self._not_finite > 0,
        }

    def observe(self, update: int, loss: float | None) -> None:
        """After update number `update` (from 1): moves an adaptive alpha, marks a phase transition of the loss."""
        self._alpha, transition = self._schedule.observe(self._alpha, update, loss)
        if transition is not None:
            self.context.mark("phase_transition", **asdict(transition))

    def point(self, **values: Any) -> Metrics:
        """One history entry, with the orthogonality of the gates; returns all its values."""
        if self.learner.gates is not None:
            values |= so8_gate.checked(self.learner.gates, self.context.warn)
        self.context.point(**values)
        return values

    def finish_unit(self, number: int, metrics: Metrics) -> None:
        """Unit `number` is done: a restart point."""
        cursor = Cursor(self.context.cursor.step, number + 1)
        self.context.tick(cursor, self.units.at(number).phase, metrics, self.payload)

    def payload(self) -> dict[str, Content]:
        """The files of a checkpoint, as of now."""
        learner = self.learner
        moments = optim.moments(self._optimizer, learner.trainable()) if self._optimizer is not None else {}
        saved = checkpoint.TrainingCheckpoint(
            tensors=learner.tensors(),
            moments=moments,
            phase=self._phase,
            rollouts=self.rollouts,
            not_finite=self._not_finite,
            seed=self.config.seed,
            facts=runtime.facts(self.config, learner.device),
            alpha_state=self._alpha.as_json() if self._phase != "pretrain" else {},  # alpha moves after it only
        )
        return {**checkpoint.pack(saved, self._buffers), **self._extra_files}

    def restore(self, saved: checkpoint.TrainingCheckpoint, next_unit: Unit | None) -> None:
        """`next_unit` is the one to go on with, None at the end; moments of an earlier phase are of no use to it."""
        self.learner.load_tensors(saved.tensors)
        self._not_finite = saved.not_finite if saved.seed == self.config.seed else 0
        self._alpha = AlphaState.from_json(saved.alpha_state)
        if next_unit is None:
            return
        phase: Phase = next_unit.phase if next_unit.phase in ("pretrain", "warmup") else "update"
        if phase == saved.phase:
            optim.load_moments(self.enter_phase(phase), self.learner.trainable(), saved.moments)
        if phase == "update":
            self.rollouts = saved.rollouts

    def publish_reference(self: TrainingRun[Policy]) -> None:
        """After the warm-up: `session/reference/`, the policy as it is, becomes the reference."""
        alpha = self.config.alpha.initial
        self._publish(adapter_folder.REFERENCE, alpha, updates=0)
        self.learner.keep_reference(self.learner.tensors(), alpha)

    def load_reference(self: TrainingRun[Policy]) -> None:
        """The reference of a run that goes on. Raises EngineError session_damaged."""
        files, alpha = adapter_folder.read(self.context.session / adapter_folder.REFERENCE)
        self.learner.keep_reference(adapter_folder.to_tensors(self.learner, files), alpha)

    def publish(self: TrainingRun[Policy]) -> None:
        """The end of training: `session/adapter/` at the final alpha."""
        updates = self.units.ppo_updates
        alpha = self.alpha_at(updates) if updates else self.config.alpha.initial
        self._publish(adapter_folder.ADAPTER, alpha, updates)

    def _publish(self: TrainingRun[Policy], name: str, alpha: float, updates: int) -> None:
        self.learner.set_alpha(alpha)
        adapter_folder.write(
            publish=self.context.publish,
            folder=self.context.session / name,
            policy=self.learner,
            tokenizer=self.tokenizer,
            alpha={"alpha": alpha, "mode": self.config.gate.mode, "updates": updates},
            about={"session": self.context.session_id},
        )


def _optimizer(config: RunConfig, phase: Phase, parameters: Mapping[str, nn.Parameter]) -> torch.optim.AdamW:
    """Gates and value head may have learning rates of their own; only the warm-up decays weights."""
    if phase == "pretrain" and config.model.build is not None:
        return optim.adamw(parameters, config.model.build.learning_rate)
    rates = {"gates": config.gate.learning_rate, "value_head": config.ppo.value_learning_rate}
    own = {name: rate for name, rate in rates.items() if rate is not None}
    if phase == "warmup":
        return optim.adamw(parameters, config.warmup.learning_rate, own, config.warmup.weight_decay)
    return optim.adamw(parameters, (config.group or config.ppo).learning_rate, own)
