"""What went wrong before changes how the rest of a run is done: smaller micro-batches, a lower rate, another order.

Adjustments are a few numbers in the session's state; each process applies them to the frozen configuration. The totals
stay: half the micro-batch means twice the accumulation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TypeVar

from so8t_engine.config.run_config import Grpo, Rloo, RunConfig
from so8t_engine.sentences import Sentence, sentence

DIVISOR, RATE, RESEED, RESEED_UNIT = "micro_batch_divisor", "learning_rate_factor", "reseed", "reseed_unit"
LOWERED = 0.5  # the learning rate after a roll-back, once
AGAIN_AFTER = 100  # units of progress after which another roll-back is worth a try

Adjustments = Mapping[str, float]
Kind = TypeVar("Kind", Grpo, Rloo)


def settings(config: RunConfig, adjustments: Adjustments) -> RunConfig:
    """The configuration as it is to be run."""
    if not adjustments:
        return config
    divisor, factor = divisor_of(adjustments), adjustments.get(RATE, 1.0)
    warmup, ppo, gate, evaluate = config.warmup, config.ppo, config.gate, config.evaluate
    sequences = warmup.per_device_train_batch_size * warmup.gradient_accumulation_steps
    size = _fitting(sequences, warmup.per_device_train_batch_size // divisor)
    return config.model_copy(
        update={
            "seed": _reseeded(config.seed, int(adjustments.get(RESEED, 0))),
            "warmup": warmup.model_copy(
                update={
                    "per_device_train_batch_size": size,
                    "gradient_accumulation_steps": sequences // size,
                    "learning_rate": warmup.learning_rate * factor,
                }
            ),
            "ppo": ppo.model_copy(
                update={
                    "per_device_train_batch_size": max(1, ppo.per_device_train_batch_size // divisor),
                    "learning_rate": ppo.learning_rate * factor,
                    "value_learning_rate": _times(ppo.value_learning_rate, factor),
                }
            ),
            "grpo": _group(config.grpo, divisor, factor),
            "rloo": _group(config.rloo, divisor, factor),
            "gate": gate.model_copy(update={"learning_rate": _times(gate.learning_rate, factor)}),
            "evaluate": evaluate.model_copy(
                update={"per_device_eval_batch_size": max(1, evaluate.per_device_eval_batch_size // divisor)}
            ),
        }
    )


def divisor_of(adjustments: Adjustments) -> int:
    """By how much every micro-batch is to be divided. A rollout batch keeps its size and is made in as many parts."""
    return int(adjustments.get(DIVISOR, 1))


def halved(run: RunConfig, adjustments: Adjustments) -> dict[str, float] | None:
    """After running out of memory with the settings `run`: half the micro-batches.

    None where every one of them is a single sequence already.
    """
    divisor, group = divisor_of(adjustments), run.group
    micro, asked = run.ppo.per_device_train_batch_size, run.ppo.local_rollout_forward_batch_size
    if group is not None:
        micro, asked = group.per_device_train_batch_size, group.per_device_train_batch_size * group.steps
    sizes = (
        run.warmup.per_device_train_batch_size,
        micro,
        asked // divisor,
        run.evaluate.per_device_eval_batch_size,
    )
    return {**adjustments, DIVISOR: divisor * 2} if max(sizes) > 1 else None


def rolled_back(adjustments: Adjustments, unit: int) -> dict[str, float] | None:
    """After loss or gradient were not finite three times in a row at `unit`: another order and, once, a lower rate.

    None where that has been tried and it did not get far.
    """
    tried = int(adjustments.get(RESEED, 0))
    if tried and unit < adjustments.get(RESEED_UNIT, 0) + AGAIN_AFTER:
        return None
    return {**adjustments, RESEED: tried + 1, RESEED_UNIT: unit, RATE: LOWERED}


def described(adjustments: Adjustments) -> Sentence:
    """What is done otherwise than configured, for the history and the user."""
    parts = []
    if DIVISOR in adjustments:
        parts.append(sentence("run.micro_batches_divided", divisor=divisor_of(adjustments)))
    if RESEED in adjustments:
        parts.append(sentence("run.another_order", number=int(adjustments[RESEED]), factor=adjustments[RATE]))
    return sentence("plain.clauses", parts=parts)


def _fitting(total: int, at_most: int) -> int:
    """The largest number up to `at_most` that divides `total`."""
    return next(size for size in range(max(1, at_most), 0, -1) if total % size == 0)


def _group(group: Kind, divisor: int, factor: float) -> Kind:
    sequences = group.per_device_train_batch_size * group.gradient_accumulation_steps
    size = _fitting(sequences, group.per_device_train_batch_size // divisor)
    return group.model_copy(
        update={
            "per_device_train_batch_size": size,
            "gradient_accumulation_steps": sequences // size,
            "steps_per_generation": group.per_device_train_batch_size * group.steps // size,
            "learning_rate": group.learning_rate * factor,
        }
    )


def _times(rate: float | None, factor: float) -> float | None:
    return None if rate is None else rate * factor


def _reseeded(seed: int, times: int) -> int:
    if not times:
        return seed
    return int.from_bytes(hashlib.sha256(f"{seed}/reseed/{times}".encode()).digest()[:4], "big") >> 1
