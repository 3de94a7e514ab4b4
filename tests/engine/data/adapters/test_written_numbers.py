"""A number of a row is written as people write it."""

from __future__ import annotations

import pytest

from so8t_engine.data.adapters import written_numbers
from so8t_engine.data.adapters.talks import talk


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"), (3.0, "3"), (-2.0, "-2"), (3.8, "3.8"), (3.799999952316284, "3.8"), (0.10000000149011612, "0.1"),
        (2.549999952316284, "2.55"),
        (0.3333333333333333, "0.3333333333333333"), (3.141592653589793, "3.141592653589793"),
        (float("inf"), "inf"), (9.0009765625, "9.0009765625"),
        (0.1 + 0.2, "0.30000000000000004"), (1.2345678901234568e-300, "1.2345678901234568e-300"),
        (-3.200000047683716, "-3.2"), (10**20, "100000000000000000000"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_it_was_meant(value: float, text: str) -> None:
    assert written_numbers.written(value) == text == talk.words(value)
