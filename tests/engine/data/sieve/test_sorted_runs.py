from __future__ import annotations

import errno
from pathlib import Path

import numpy as np
import pytest

from so8t_engine.data.sieve import bit_filter, sorted_runs
from so8t_engine.data.sieve.sorted_runs import SortedRuns


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_numbers_are_found_in_memory_and_on_the_disk(tmp_path: Path) -> None:
    draw = np.random.default_rng(3)
    numbers = np.unique(draw.integers(0, 2**63, 9_000, dtype=np.uint64))
    draw.shuffle(numbers)
    runs = SortedRuns(tmp_path, "n", write, in_memory=1_000)
    for first in range(0, len(numbers), 700):
        runs.add(numbers[first : first + 700], np.arange(first, len(numbers), dtype=np.uint64)[:700])
    asked = np.concatenate([numbers[::7], draw.integers(0, 2**63, 500, dtype=np.uint64)])

    assert len(list(tmp_path.iterdir())) >= 4
    values, found = runs.find(asked)
    known = {int(number): place for place, number in enumerate(numbers)}
    assert found.tolist() == [int(number) in known for number in asked]
    assert [known[int(n)] for n in asked[found]] == values[found].tolist()
    assert runs.find(np.empty(0, np.uint64))[1].tolist() == []


def test_numbers_are_found_in_every_block_of_a_run_and_when_the_filter_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorted_runs, "BLOCK", 128)
    monkeypatch.setattr(bit_filter, "LEAST", 1 << 10)
    monkeypatch.setattr(bit_filter, "LARGEST", 1 << 14)
    draw = np.random.default_rng(5)
    numbers = np.unique(draw.integers(0, 2**64, 6_000, dtype=np.uint64, endpoint=False))
    draw.shuffle(numbers)
    runs = SortedRuns(tmp_path, "n", write, in_memory=1_000)
    for first in range(0, len(numbers), 500):
        values, found = runs.find(numbers[: first + 1])
        assert found.tolist() == [True] * first + [False]
        assert values[:first].tolist() == list(range(first))
        runs.add(numbers[first : first + 500], np.arange(first, len(numbers), dtype=np.uint64)[:500])


def test_a_run_that_lost_its_end_on_the_disk_is_an_error_and_no_number_less(tmp_path: Path) -> None:
    runs = SortedRuns(tmp_path, "n", write, in_memory=10)
    runs.add(np.arange(10, dtype=np.uint64) << np.uint64(60), np.arange(10, dtype=np.uint64))
    [path] = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:72])

    with pytest.raises(OSError, match="n-0000") as raised:
        runs.find(np.array([9 << 60], np.uint64))
    assert raised.value.errno == errno.EIO


def test_the_filter_passes_what_was_added_and_little_else() -> None:
    draw = np.random.default_rng(7)
    numbers, others = np.sort(draw.integers(0, 2**64, (2, 200_000), dtype=np.uint64, endpoint=False))
    filled = bit_filter.grown(len(numbers), [numbers[:50_000], np.empty(0, np.uint64), numbers[50_000:]])

    assert filled.passes(numbers).all()
    assert filled.passes(others).mean() < 1 / bit_filter.SPARSE
    assert not bit_filter.BitFilter(bit_filter.LEAST).passes(numbers).any()
    assert filled.has_room_for(len(numbers))
    assert not filled.has_room_for(2 * len(numbers))
