"""What was added passes, most else does not, and it grows before it is too full."""

from __future__ import annotations

import numpy as np
import pytest

from so8t_engine.data.sieve import bit_filter

NUMBERS = np.array([0, 1, 1 << 44, (1 << 44) + 1, 7 << 44, 8 << 44, (1 << 64) - 1], np.uint64)


def test_what_was_added_passes_and_what_lies_elsewhere_does_not() -> None:
    found = bit_filter.BitFilter(1 << 20)
    found.add(NUMBERS[:0])
    assert not found.passes(NUMBERS).any()
    found.add(NUMBERS)
    assert found.passes(NUMBERS).all()
    assert found.passes(np.array([2 << 44, 6 << 44, 9 << 44, (1 << 64) - (2 << 44)], np.uint64)).sum() == 0
    found.add(np.array([2 << 44], np.uint64))
    assert found.passes(np.append(NUMBERS, np.uint64(2 << 44))).all()


@pytest.mark.parametrize(
    ("count", "room"), [(0, 131_072), (1, 131_072), (131_072, 131_072), (131_073, 262_144), (262_145, 524_288)]
)
def test_there_are_eight_bits_for_each_number_and_room_for_more(count: int, room: int) -> None:
    found = bit_filter.grown(count, [NUMBERS])

    assert found.has_room_for(room) and not found.has_room_for(room + 1)
    assert found.passes(NUMBERS).all()


def test_beyond_its_largest_it_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bit_filter, "LARGEST", 1 << 20)
    assert bit_filter.grown(1 << 30, ()).has_room_for(1 << 40)
    assert not bit_filter.BitFilter(1 << 19).has_room_for(1 << 40)
