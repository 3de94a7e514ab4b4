"""Seeds follow from where training stands, in every version alike: sessions begun by an older one go on as it would."""

from __future__ import annotations

import random

import numpy
import torch

from so8t_engine.model import seeds


def test_a_seed_is_63_bits_of_a_hash_of_its_parts() -> None:
    assert seeds.seed_of(42, "rollout", 3, 0) == 7863685624376146624
    assert seeds.seed_of(42, "rollout", 3, 0) != seeds.seed_of(42, "rollout", 30)
    assert all(0 <= seeds.seed_of(part) < 2**63 for part in range(50))
    assert max(seeds.seed_of(part) for part in range(50)) > 2**62


def test_every_source_of_chance_gets_the_seed() -> None:
    def drawn() -> tuple[float, float, float]:
        return float(torch.rand(1)), random.random(), float(numpy.random.random())

    seeds.seed_everything(7, "train", 1)
    first = drawn()
    seeds.seed_everything(7, "train", 2)
    assert all(one != other for one, other in zip(first, drawn(), strict=True))
    seeds.seed_everything(7, "train", 1)
    assert drawn() == first


def test_an_order_of_places_is_the_same_on_every_machine() -> None:
    order = seeds.permutation(6, 7, "prompts", 0)
    assert order.tolist() == [4, 3, 0, 2, 5, 1] and order.dtype == numpy.int32
    assert seeds.permutation(6, 7, "prompts", 1).tolist() != order.tolist()
