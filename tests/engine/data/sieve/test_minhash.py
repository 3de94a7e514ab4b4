"""The bands lie on the disk of sessions that another version resumes: they never change."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from so8t_engine.data.sieve import minhash

GRAMS = np.arange(1, 13, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
STARTS = np.array([0, 1, 7, 8, 10, 12])


def test_the_bands_are_those_of_every_version() -> None:
    found = minhash.bands(GRAMS, STARTS)

    assert found.shape == (5, 16)
    assert [f"{number:016x}" for number in found[1, :2].tolist()] == ["67645b372b2c92a8", "2a849e9ab36fcc9f"]
    assert hashlib.sha256(found.astype("<u8").tobytes()).hexdigest()[:16] == "16c2b76f5c18b8f8"


@pytest.mark.parametrize("block", [1, 2, 3, 5, 6, 7, 12])
def test_how_many_are_looked_at_together_changes_nothing(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    whole = minhash.bands(GRAMS, STARTS)
    monkeypatch.setattr(minhash, "BLOCK", block)
    assert np.array_equal(minhash.bands(GRAMS, STARTS), whole)
    for text in range(5):
        alone = GRAMS[STARTS[text] : STARTS[text + 1]]
        assert np.array_equal(minhash.bands(alone, np.array([0, len(alone)]))[0], whole[text])
    assert minhash.bands(GRAMS[:0], np.array([0])).shape == (0, 16)
