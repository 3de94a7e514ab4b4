"""A training checkpoint: what a restart needs beyond the cursor, as of one moment.

Trained tensors, the optimizer's moments, the rollouts of the running iteration, and a few numbers.

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
class TrainingCheckpoint:
    """`phase` names the phase whose optimizer's moments these are; `not_finite` counts updates in a row whose loss or
    gradient was not finite, in the order of `seed`; `alpha_state` is an AlphaState as JSON.
    """

    tensors: dict[str, Tensor]
    moments: dict[str, Tensor]
    phase: Phase
    rollouts: list[Rollout] = field(default_factory=list)
    not_finite: int = 0
    seed: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    alpha_state: dict[str, Any] = field(default_factory=dict)


def pack(saved: TrainingCheckpoint, buffers: tensor_snapshot.Buffers | None = None) -> dict[str, Content]:
    """File name -> content: copies, so that training may go on while they are written.

    With `buffers` the copies overwrite those of the save before, which must be finished.
    """
    rollouts = {
        f"{number}.{name}": tensor
        for number, part in enumerate(saved.rollouts)
        for name, tensor in part._asdict().items()
    }
    contents = {TRAINED: saved.tensors, MOMENTS: saved.moments} | ({BUFFER: rollouts} if rollouts else {})
    named = [(file, name, tensor) for file, content in contents.items() for name, tensor in content.items()]
    copies, arrived = (buffers or tensor_snapshot.Buffers()).fill(tensor for _, _, tensor in named)
    copied: dict[str, dict[str, Tensor]] = {file: {} for file in contents}
    for (file, name, _), copy in zip(named, copies, strict=True):
        copied[file][name] = copy
    about = {
        "optimizer": saved.phase,
        "rollouts": len(saved.rollouts),
        "bad": saved.not_finite,
        "seed": saved.seed,
        "facts": saved.facts,
        "annealing": saved.alpha_state,
    }
    files: dict[str, Content] = {
        file: functools.partial(tensor_snapshot.chunks, file, content, arrived) for file, content in copied.items()
    }
    return files | {ABOUT: (json.dumps(about, sort_keys=True) + "\n").encode()}


def unpack_facts(folder: Path) -> dict[str, Any]:
    """The machine and libraries that this was saved with (runtime.facts)."""
    return dict(json.loads((folder / ABOUT).read_text(encoding="utf-8"))["facts"])


def unpack(folder: Path) -> TrainingCheckpoint:
    """The inverse of `pack`; the caller has checked the folder's manifest."""
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    rollouts: Sequence[Rollout] = []
    if about["rollouts"]:
        tensors = load((folder / BUFFER).read_bytes())
        rollouts = [
            Rollout(**{name: tensors[f"{number}.{name}"] for name in Rollout._fields})
            for number in range(about["rollouts"])
        ]
    return TrainingCheckpoint(
        tensors=load((folder / TRAINED).read_bytes()),
        moments=load((folder / MOMENTS).read_bytes()),
        phase=about["optimizer"],
        rollouts=list(rollouts),
        not_finite=about["bad"],
        seed=about["seed"],
        facts=about["facts"],
        alpha_state=about.get("annealing", {}),
    )
