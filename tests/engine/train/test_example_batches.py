"""Supervised batches: every example once an epoch, the same whoever asks first."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
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


def test_a_batch_holds_as_many_as_were_wanted_the_last_one_filled_up_and_each_once_where_there_are_fewer() -> None:
    batches = [[example.prompt[0] for example in sampler(10, 4).batch(unit)] for unit in range(3)]
    order = [row for batch in batches for row in batch]

    assert [len(batch) for batch in batches] == [4, 4, 4]
    assert sorted(order[:10]) == list(range(10)) and order[10:] == order[:2]
    for unit in range(2):
        assert sorted(example.prompt[0] for example in sampler(3, 8).batch(unit)) == [0, 1, 2]


def test_a_unit_s_batch_does_not_depend_on_what_was_asked_before() -> None:
    source = sampler(70, 4)
    forward = [source.batch(unit) for unit in range(40)]

    assert [sampler(70, 4).batch(unit) for unit in reversed(range(40))] == forward[::-1]


def test_too_long_examples_are_left_out_and_a_batch_of_nothing_else_is_cut() -> None:
    assert all(sum(e.length <= 1 for e in sampler(9, 3, 1).batch(unit)) == 1 for unit in range(3))
    assert all(example.length <= 6 for unit in range(18) for example in sampler(70, 4, 6).batch(unit))
    assert sorted(example.length for example in sampler(9, 9, 3).batch(0)) == [2, 3]  # of 2 to 10
    long = [Encoded([1] * length, [9] * length) for length in (8, 4, 6)]
    [left] = ExampleSampler(3, 3, 5, lambda rows: [long[row] for row in rows], 7, "warmup").batch(0)
    assert left == example_batches.cut(long[1], 5), "the shortest, of which most is left"


@pytest.mark.parametrize(
    ("longest", "kept"),
    [
        (6, Encoded([1, 2, 3], [4, 5])),
        (4, Encoded([2, 3], [4, 5])),
        (3, Encoded([3], [4, 5])),
        (2, Encoded([3], [4])),
    ],
)
def test_of_an_example_that_is_cut_the_end_of_the_prompt_stays_and_the_beginning_of_the_completion(
    longest: int, kept: Encoded
) -> None:
    assert example_batches.cut(Encoded([1, 2, 3], [4, 5]), longest) == kept


def test_labels_cover_the_completion_and_nothing_else() -> None:
    batch = example_batches.collate([Encoded([1, 2], [3, 4]), Encoded([5], [6])], 0, torch.device("cpu"))

    assert batch.input_ids.tolist() == [[1, 2, 3, 4], [5, 6, 0, 0]]
    assert batch.attention_mask.tolist() == [[1, 1, 1, 1], [1, 1, 0, 0]]
    assert batch.labels.tolist() == [[-100, -100, 3, 4], [-100, 6, -100, -100]]
