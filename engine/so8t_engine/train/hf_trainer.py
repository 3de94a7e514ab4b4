"""Adapters to TRL's trainers: they compute; the order of the data, randomness, history and commits are ours.

A trainer is built for the units that are left and knows nothing of those before: learning rate, data and seeds follow
from the unit's number. So nothing of a trainer is ever saved, and a run that was cut off ends with the same bytes.
"""

from __future__ import annotations

import copy
import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim.lr_scheduler import LambdaLR
from transformers import PrinterCallback, TrainerCallback
from trl.trainer.utils import FusedCausalLMOutput

from so8t_engine.train.example_batches import IGNORED

Hidden = Callable[[Tensor, Tensor], Tensor]
Score = Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]
Begin = Callable[[int], None]
End = Callable[[int, dict[str, Any]], None]


class TrainableModule(nn.Module):
    """Everything that is trained as one module: Trainer clips and zeroes `parameters()`, gates and tag rows included.

    `forward` returns what TRL's fused head does: log-probabilities and entropies of labelled tokens, (B, T - 1), zero
    elsewhere. TRL's own head multiplies with `lm_head.weight` and would bypass the tag rows.
    """

    loss_type = "ForCausalLM"  # tells Trainer to count labels from the second position on, as the loss does
    is_activation_checkpointing = is_gradient_checkpointing = False  # the policy does that by itself

    def __init__(
        self, parts: dict[str, nn.Module | None], config: Any, hidden: Hidden, score: Score, dropout: bool = True
    ) -> None:
        super().__init__()
        for name, part in parts.items():
            self.add_module(name, part)
        self.config = copy.deepcopy(config)  # Trainer writes into it
        self._hidden, self._score, self._dropout = hidden, score, dropout

    def forward(self, input_ids: Tensor, attention_mask: Tensor, labels: Tensor, **_: Any) -> FusedCausalLMOutput:
        states, labels = self._hidden(input_ids, attention_mask)[:, :-1], labels[:, 1:]
        real = labels != IGNORED
        chosen, entropies = self._score(states[real], labels[real])
        empty = chosen.new_zeros(real.shape)
        return FusedCausalLMOutput(
            log_probs=empty.masked_scatter(real, chosen),
            entropy=empty.masked_scatter(real, entropies),
            label_mask=real,
        )

    def train(self, mode: bool = True) -> TrainableModule:
        super().train(mode)
        if not self._dropout:
            for module in self.modules():
                if isinstance(module, nn.Dropout):
                    module.eval()
        return self

    def to(self, *_: Any, **__: Any) -> TrainableModule:
        """The model is on its device in its dtype already; a trainer must not move or cast it."""
        return self

    def add_model_tags(self, _: Any) -> None:
        """For model cards, which are not written here."""


class Guarded:
    """Mixed into TRL's trainers: skips a step whose loss or gradient is not finite, and sends no telemetry."""

    def _clip_grad_norm(self, model: Any) -> Any:
        norm = super()._clip_grad_norm(model)  # type: ignore[misc]
        if not math.isfinite(float(norm) + float(self._tr_loss)):  # type: ignore[attr-defined]
            model.zero_grad()  # AdamW leaves alone what has no gradient
        return norm

    def log(self, logs: dict[str, Any], *rest: Any) -> None:
        self._tr_loss.zero_()  # type: ignore[attr-defined]  # Trainer subtracts it from itself: NaN would stay for good
        super().log(logs, *rest)  # type: ignore[misc]

    def _send_telemetry(self) -> None:
        """TRL would report model and GPU to its authors."""


class Recorder(TrainerCallback):
    """Calls `begin` before an update and `end` with what Trainer logs after it; updates count from 0."""

    def __init__(self, begin: Begin, end: End) -> None:
        self._begin, self._end = begin, end

    def on_step_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self._begin(state.global_step)

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, Any] | None = None, **_: Any) -> None:
        if logs is not None and "loss" in logs:
            self._end(state.global_step - 1, logs)


def arguments(kind: Any, folder: Path, device: torch.device, **settings: Any) -> Any:
    """A configuration of TRL's (`kind`) that saves, prints and reports nothing; nothing is written to `folder`."""
    os.environ["ACCELERATE_TORCH_DEVICE"] = str(device)
    trl_config = kind(
        output_dir=str(folder),
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
        logging_steps=1,
        logging_nan_inf_filter=False,
        remove_unused_columns=False,
        activation_checkpointing=False,
        bf16=False,
        use_cpu=device.type == "cpu",
        dataloader_pin_memory=False,
        **settings,
    )
    vars(trl_config).update(_setup_devices=device, _n_gpu=1)  # one device, the configured one, however many there are
    return trl_config


def scheduler(optimizer: torch.optim.Optimizer, factor: Callable[[int], float]) -> LambdaLR:
    """`factor` of the update's number, counted from the trainer's first."""
    for group in optimizer.param_groups:
        group["lr"] = group["initial_lr"] = group["base"]
    return LambdaLR(optimizer, factor)


def run(trainer: Any) -> None:
    """Trains to the end; whatever `begin` or `end` raise comes through."""
    trainer.remove_callback(PrinterCallback)  # standard output carries our protocol
    trainer.accelerator.device_placement = False
    vars(trainer.model).pop("forward", None)  # TRL's fused head; see TrainableModule
    trainer.train()
