"""The penalty for long answers, in tokens or in characters."""

from __future__ import annotations

import pytest

from so8t_engine.config.reward import Length
from so8t_engine.rewards import length_penalty

SETTINGS = Length(target=100, max=200)


@pytest.mark.parametrize(
    ("length", "penalty"), [(0, 0.0), (100, 0.0), (101, -0.01), (150, -0.5), (199, -0.99), (200, -1.0), (900, -1.0)]
)
def test_it_falls_from_the_target_to_the_most(length: int, penalty: float) -> None:
    assert length_penalty.penalty(length, SETTINGS) == pytest.approx(penalty)


def test_tokens_or_characters_are_counted_as_is_said() -> None:
    ids = [[1] * 150, [1] * 10]
    tokens, letters = (SETTINGS.model_copy(update={"unit": unit}) for unit in ("tokens", "characters"))
    assert length_penalty.penalties(["x" * 10, "x" * 150], ids, tokens) == [-0.5, 0.0]
    assert length_penalty.penalties(["x" * 10, "x" * 150], ids, letters) == [0.0, -0.5]
    assert length_penalty.penalties(["x" * 10, "x" * 150], None, letters) == [0.0, -0.5]
    with pytest.raises(ValueError, match="counts tokens"):
        length_penalty.penalties(["x"], None, tokens)
