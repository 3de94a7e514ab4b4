"""Batches of examples for supervised training: encoded when needed, padded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from so8t_engine.model import seeds

IGNORED = -100


class Encoded(NamedTuple):
    """Token ids of a prompt (with the chat template) and of the completion (with its end token)."""

    prompt: list[int]
    completion: list[int]

    @property
    def length(self) -> int:
        return len(self.prompt) + len(self.completion)


class ExampleBatch(NamedTuple):
    """Right-padded (B, T); labels are IGNORED everywhere but in the completion."""

    input_ids: Tensor
    attention_mask: Tensor
    labels: Tensor


Encode = Callable[[Sequence[int]], list[Encoded]]


class ExampleSampler:
    """The examples that an update trains on, as a function of (seed, phase, update) alone.

    Every epoch is a new permutation. A batch is a fair sample: batches sorted by length would each hold one kind of
    example, and a small model then learns far more slowly (sft.ordered saves the padding instead). State: the
    permutation of the running epoch.
    """

    def __init__(self, count: int, size: int, max_length: int, encode: Encode, seed: int, phase: str) -> None:
        self._count, self._size, self._longest = count, min(size, count), max_length
        self._encode, self._parts = encode, (seed, phase)
        self._kept: tuple[int, seeds.Order] | None = None

    def batch(self, unit: int) -> list[Encoded]:
        """Examples longer than `max_length` are left out; if all are, the shortest is cut."""
        epoch, place = divmod(unit, -(-self._count // self._size))
        if self._kept is None or self._kept[0] != epoch:
            self._kept = (epoch, seeds.permutation(self._count, *self._parts, "epoch", epoch))
        first = place * self._size
        places = [each % self._count for each in range(first, first + self._size)]  # the last batch is filled up
        chosen = self._encode(self._kept[1][places].tolist())
        fitting = [example for example in chosen if example.length <= self._longest]
        return fitting or [cut(min(chosen, key=lambda example: example.length), self._longest)]


def cut(example: Encoded, longest: int) -> Encoded:
    """Keeps the end of the prompt and the beginning of the completion."""
    prompt = example.prompt[-max(1, longest - len(example.completion)) :]
    return Encoded(prompt, example.completion[: longest - len(prompt)])


def collate(examples: Sequence[Encoded], pad: int, device: torch.device) -> ExampleBatch:
    width = max(example.length for example in examples)
    rows, masks, labels = [], [], []
    for prompt, completion in examples:
        left = width - len(prompt) - len(completion)
        rows.append(prompt + completion + [pad] * left)
        masks.append([1] * (len(prompt) + len(completion)) + [0] * left)
        labels.append([IGNORED] * len(prompt) + completion + [IGNORED] * left)
    return ExampleBatch(*(torch.tensor(value, device=device) for value in (rows, masks, labels)))
