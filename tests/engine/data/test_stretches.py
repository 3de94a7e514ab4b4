"""The places of repeated examples: the same as written out one by one, in the memory of what is repeated."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
import torch

from so8t_engine.data.stretches import Stretches
from so8t_engine.model import seeds


@pytest.mark.parametrize("times", [[1, 1, 1, 1, 1], [2, 1, 3, 1, 2], None])
def test_that_they_are_what_they_would_be_written_out(times: list[int] | None) -> None:
    values, wanted = np.array([7, 3, 9, 4, 5]), np.array([True, False, True, True, False])
    of = Stretches(values, None if times is None else np.array(times))
    written = np.repeat(values, times or 1)
    kept = np.repeat(wanted, times or 1)

    assert list(of) == written.tolist() and len(of) == len(written)
    assert of[-1] == 5 and list(of[1:6:2]) == written[1:6:2].tolist()
    assert list(of.only(wanted)) == written[kept].tolist()
    assert list(of.places(wanted)) == np.flatnonzero(kept).tolist()
    assert list(of.places(np.ones(5, bool))) == list(range(len(of)))
    assert not Stretches(values[:0], np.zeros(0, int)) and not of.places(np.zeros(5, bool))
    with pytest.raises(IndexError):
        of[len(written)]


def test_that_a_hundred_times_a_million_examples_take_the_memory_of_a_million() -> None:
    tracemalloc.start()
    of = Stretches(np.arange(1_000_000), np.full(1_000_000, 100))
    third = np.arange(1_000_000) % 3 == 0
    asked = of.places(third)
    taken = (len(of), of[99_999_999], len(asked), asked[100], of.only(third)[100])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert taken == (100_000_000, 999_999, 33_333_400, 300, 3)
    assert most < 100 << 20


def test_that_the_order_of_an_epoch_is_that_of_earlier_versions_in_half_its_memory() -> None:
    order = seeds.permutation(1_000, 42, "warmup", "epoch", 3)
    drawn = torch.randperm(1_000, generator=seeds.generator("cpu", 42, "warmup", "epoch", 3))
    assert order.tolist() == drawn.tolist() and order.itemsize == 4
