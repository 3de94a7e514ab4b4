"""What a restart needs that the cursor does not say: tensors, moments, the rollout buffer, as of one moment.

safetensors and JSON only. Everything else (seeds, permutations, learning rates, a fixed alpha, advantages) follows from
configuration and cursor.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from safetensors.torch import load
from torch import Tensor

from so8t_engine.session.store import Content
from so8t_engine.train import tensor_snapshot
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
    annealing: dict[str, Any] = field(default_factory=dict)  # annealing.Memory


def pack(saved: Saved, buffers: tensor_snapshot.Buffers | None = None) -> dict[str, Content]:
    """File name -> content: copies, so training may go on while they are written.

    With `buffers` the copies lie where those of the save before lay, which must be over.
    """
    rollouts = {
        f"{number}.{name}": tensor
        for number, part in enumerate(saved.rollouts)
        for name, tensor in part._asdict().items()
    }
    contents = {TRAINED: saved.trained, MOMENTS: saved.moments} | ({BUFFER: rollouts} if rollouts else {})
    named = [(file, name, tensor) for file, content in contents.items() for name, tensor in content.items()]
    copies, arrived = (buffers or tensor_snapshot.Buffers()).fill(tensor for _, _, tensor in named)
    copied: dict[str, dict[str, Tensor]] = {file: {} for file in contents}
    for (file, name, _), copy in zip(named, copies, strict=True):
        copied[file][name] = copy
    about = {
        "optimizer": saved.optimizer,
        "rollouts": len(saved.rollouts),
        "bad": saved.bad,
        "seed": saved.seed,
        "facts": saved.facts,
        "annealing": saved.annealing,
    }
    found: dict[str, Content] = {
        file: functools.partial(tensor_snapshot.chunks, file, content, arrived) for file, content in copied.items()
    }
    return found | {ABOUT: (json.dumps(about, sort_keys=True) + "\n").encode()}


def unpack_facts(folder: Path) -> dict[str, Any]:
    """What the machine was when this was saved (runtime.facts)."""
    return dict(json.loads((folder / ABOUT).read_text(encoding="utf-8"))["facts"])


def unpack(folder: Path) -> Saved:
    """The folder's manifest has been checked by whoever names it."""
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    rollouts: Sequence[Rollout] = []
    if about["rollouts"]:
        found = load((folder / BUFFER).read_bytes())
        rollouts = [
            Rollout(**{name: found[f"{number}.{name}"] for name in Rollout._fields})
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
        about.get("annealing", {}),
    )
