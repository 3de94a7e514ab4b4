"""Supervised batches: every example once an epoch, the same whoever asks first."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from so8t_engine.train import example_batches
from so8t_engine.train.example_batches import Encoded, ExampleSampler


def sampler(count: int, size: int, longest: int = 100) -> ExampleSampler:
    def encode(rows: Sequence[int]) -> list[Encoded]:
        return [Encoded([row], [7] * (1 + row % 9)) for row in rows]

    return ExampleSampler(count, size, longest, encode, 17, "warmup")


def test_an_epoch_holds_every_example_and_the_next_one_another_order() -> None:
    source = sampler(70, 4)
    epochs = [[source.batch(unit) for unit in range(start, start + 18)] for start in (0, 18)]

    for epoch in epochs:
        assert {example.prompt[0] for batch in epoch for example in batch} == set(range(70))
    assert epochs[0] != epochs[1]


def test_a_unit_s_batch_does_not_depend_on_what_was_asked_before() -> None:
    source = sampler(70, 4)
    forward = [source.batch(unit) for unit in range(40)]

    assert [sampler(70, 4).batch(unit) for unit in reversed(range(40))] == forward[::-1]


def test_too_long_examples_are_left_out_and_a_batch_of_nothing_else_is_cut() -> None:
    assert all(sum(e.length <= 1 for e in sampler(9, 3, 1).batch(unit)) == 1 for unit in range(3))
    assert all(example.length <= 6 for unit in range(18) for example in sampler(70, 4, 6).batch(unit))
    assert example_batches.cut(Encoded([1, 2, 3], [4, 5]), 4) == Encoded([2, 3], [4, 5])


def test_labels_cover_the_completion_and_nothing_else() -> None:
    batch = example_batches.collate([Encoded([1, 2], [3, 4]), Encoded([5], [6])], 0, torch.device("cpu"))

    assert batch.input_ids.tolist() == [[1, 2, 3, 4], [5, 6, 0, 0]]
    assert batch.attention_mask.tolist() == [[1, 1, 1, 1], [1, 1, 0, 0]]
    assert batch.labels.tolist() == [[-100, -100, 3, 4], [-100, 6, -100, -100]]
