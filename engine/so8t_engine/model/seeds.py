"""Seeds as functions of where training stands, so that no state of a random generator has to be saved."""

from __future__ import annotations

import hashlib
import random
from typing import Any

import numpy
import torch

Order = numpy.ndarray[Any, numpy.dtype[Any]]


def seed_of(*parts: object) -> int:
    """63 bits from a hash of the parts (the run's seed, the phase, the unit, ...)."""
    text = "/".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1


def seed_everything(*parts: object) -> None:
    """torch (CPU and every CUDA device), Python and NumPy: called at the start of every unit."""
    seed = seed_of(*parts)
    torch.manual_seed(seed)
    random.seed(seed)
    numpy.random.seed(seed % 2**32)


def generator(device: torch.device | str, *parts: object) -> torch.Generator:
    return torch.Generator(device).manual_seed(seed_of(*parts))


def permutation(count: int, *parts: object) -> Order:
    """Four bytes a number, as a weight makes hundreds of millions of places out of a few million examples."""
    kind = torch.int32 if count < 2**31 else torch.int64  # the same draws
    order: Order = torch.randperm(count, generator=generator("cpu", *parts), dtype=kind).numpy()
    return order
