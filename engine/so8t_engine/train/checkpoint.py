"""What a restart needs that the cursor does not say: tensors, moments, the rollout buffer, as bytes of the moment.

safetensors and JSON only. Everything else (seeds, permutations, learning rates, alpha, advantages) follows from
configuration and cursor.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from safetensors.torch import load, save
from torch import Tensor

from so8t_engine.train.rollout import Rollout
from so8t_engine.train.units import Phase

TRAINED, MOMENTS, BUFFER, ABOUT = "trained.safetensors", "moments.safetensors", "rollouts.safetensors", "train.json"


@dataclass(frozen=True)
class Saved:
    """`optimizer` names whose moments these are; `bad` counts bad updates in a row in the order of `seed`."""

    trained: dict[str, Tensor]
    moments: dict[str, Tensor]
    optimizer: Phase
    rollouts: list[Rollout] = field(default_factory=list)
    bad: int = 0
    seed: int = 0
    facts: dict[str, Any] = field(default_factory=dict)


def pack(saved: Saved) -> dict[str, bytes]:
    """File name -> bytes: a copy, so training may go on while it is written."""
    buffer = {
        f"{number}.{name}": tensor
        for number, part in enumerate(saved.rollouts)
        for name, tensor in part._asdict().items()
    }
    about = {
        "optimizer": saved.optimizer,
        "rollouts": len(saved.rollouts),
        "bad": saved.bad,
        "seed": saved.seed,
        "facts": saved.facts,
    }
    found = {
        TRAINED: save(_plain(saved.trained)),
        MOMENTS: save(_plain(saved.moments)),
        ABOUT: (json.dumps(about, sort_keys=True) + "\n").encode(),
    }
    if buffer:
        found[BUFFER] = save(_plain(buffer))
    return found


def unpack_facts(folder: Path) -> dict[str, Any]:
    """What the machine was when this was saved (runtime.facts)."""
    return dict(json.loads((folder / ABOUT).read_text(encoding="utf-8"))["facts"])


def unpack(folder: Path) -> Saved:
    """The folder's manifest has been checked by whoever names it."""
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    rollouts: Sequence[Rollout] = []
    if about["rollouts"]:
        tensors = load((folder / BUFFER).read_bytes())
        rollouts = [
            Rollout(**{name: tensors[f"{number}.{name}"] for name in Rollout._fields})
            for number in range(about["rollouts"])
        ]
    return Saved(
        load((folder / TRAINED).read_bytes()),
        load((folder / MOMENTS).read_bytes()),
        about["optimizer"],
        list(rollouts),
        about["bad"],
        about["seed"],
        about["facts"],
    )


def _plain(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """What safetensors takes: on the CPU, contiguous, no two sharing memory."""
    return {name: tensor.detach().cpu().contiguous().clone() for name, tensor in tensors.items()}
