"""Batches of examples for supervised training: encoded when needed, cut by length so that little is padding, padded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


Encode = Callable[[Sequence[int]], list[Encoded]]


class Stream:
    """Which examples a unit trains on, as a function of (seed, phase, unit) alone.

    An epoch is a permutation cut into stretches of BUCKET batches; inside a stretch examples are sorted by length and
    the batches stand in random order. Only a stretch is ever encoded. Has state only to remember the last one.
    """

    def __init__(self, count: int, size: int, max_length: int, encode: Encode, seed: int, phase: str) -> None:
        self._count, self._size, self._longest = count, min(size, count), max_length
        self._encode, self._parts = encode, (seed, phase)
        self._kept: tuple[tuple[int, int], list[list[Encoded]]] | None = None

    def batch(self, unit: int) -> list[Encoded]:
        """Examples too long for `max_length` are left out; where all are, the shortest is cut at its end."""
        per_epoch = -(-self._count // self._size)
        epoch, index = divmod(unit, per_epoch)
        stretch, place = divmod(index, BUCKET)
        if self._kept is None or self._kept[0] != (epoch, stretch):
            self._kept = ((epoch, stretch), self._stretch(epoch, stretch))
        chosen = self._kept[1][place]
        fitting = [example for example in chosen if example.length <= self._longest]
        return fitting or [cut(chosen[0], self._longest)]

    def _stretch(self, epoch: int, stretch: int) -> list[list[Encoded]]:
        order = seeds.permutation(self._count, *self._parts, "epoch", epoch)
        order += order[: -self._count % self._size]  # the last batch is filled up from the beginning
        width = BUCKET * self._size
        near = sorted(self._encode(order[stretch * width : (stretch + 1) * width]), key=lambda example: example.length)
        batches = [near[start : start + self._size] for start in range(0, len(near), self._size)]
        return [batches[place] for place in seeds.permutation(len(batches), *self._parts, "stretch", epoch, stretch)]


def cut(example: Encoded, longest: int) -> Encoded:
    """Keeps the end of the prompt and the beginning of the completion."""
    prompt = example.prompt[-max(1, longest - len(example.completion)) :]
    return Encoded(prompt, example.completion[: longest - len(prompt)])


def collate(examples: Sequence[Encoded], pad: int, device: torch.device) -> Batch:
    width = max(example.length for example in examples)
    rows, masks, labels = [], [], []
    for prompt, completion in examples:
        left = width - len(prompt) - len(completion)
        rows.append(prompt + completion + [pad] * left)
        masks.append([1] * (len(prompt) + len(completion)) + [0] * left)
        labels.append([IGNORED] * len(prompt) + completion + [IGNORED] * left)
    return Batch(*(torch.tensor(value, device=device) for value in (rows, masks, labels)))


def micro_batches(examples: Sequence[Encoded], size: int, pad: int, device: torch.device) -> list[Batch]:
    """Shortest first, cut into padded micro-batches of `size`."""
    ordered = sorted(examples, key=lambda example: example.length)
    return [collate(ordered[start : start + size], pad, device) for start in range(0, len(ordered), size)]
