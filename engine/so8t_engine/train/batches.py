"""Batches of examples for supervised training: encoded, cut by length so that little is padding, padded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from so8t_engine.train import seeds

BUCKET = 16
IGNORED = -100


class Encoded(NamedTuple):
    """Token numbers of a prompt (with the chat template) and of the completion (with its end token)."""

    prompt: list[int]
    completion: list[int]

    @property
    def length(self) -> int:
        return len(self.prompt) + len(self.completion)


class Batch(NamedTuple):
    """Right-padded (B, T); labels are IGNORED but for the completion."""

    input_ids: Tensor
    attention_mask: Tensor
    labels: Tensor


def indices(lengths: Sequence[int], size: int, unit: int, seed: int, phase: str) -> list[int]:
    """Which examples unit number `unit` trains on: a pure function of its arguments.

    Each epoch is a new permutation; within stretches of BUCKET batches examples are sorted by length, then the batches
    are put in random order. The last, short batch of an epoch is filled up from its beginning.
    """
    size = min(size, len(lengths))
    per_epoch = -(-len(lengths) // size)
    epoch, index = divmod(unit, per_epoch)
    order = seeds.permutation(len(lengths), seed, phase, "epoch", epoch)
    order += order[: per_epoch * size - len(order)]
    stretch = BUCKET * size
    batches: list[list[int]] = []
    for start in range(0, len(order), stretch):
        near = sorted(order[start : start + stretch], key=lambda item: (lengths[item], item))
        batches += [near[i : i + size] for i in range(0, len(near), size)]
    return batches[seeds.permutation(per_epoch, seed, phase, "batches", epoch)[index]]


def collate(examples: Sequence[Encoded], pad: int, device: torch.device) -> Batch:
    width = max(example.length for example in examples)
    rows, masks, labels = [], [], []
    for prompt, completion in examples:
        left = width - len(prompt) - len(completion)
        rows.append(prompt + completion + [pad] * left)
        masks.append([1] * (len(prompt) + len(completion)) + [0] * left)
        labels.append([IGNORED] * len(prompt) + completion + [IGNORED] * left)
    return Batch(*(torch.tensor(value, device=device) for value in (rows, masks, labels)))
