"""Names in rows: the first that has room, none where none has; two may touch."""

from __future__ import annotations

import pytest

from so8t_gui.plot.label_rows import rows


@pytest.mark.parametrize(
    ("spans", "count", "places"),
    [
        ([], 2, []),
        ([(0, 10), (10, 20), (20, 30)], 1, [0, 0, 0]),
        ([(20, 30), (10, 20), (0, 10)], 1, [0, 0, 0]),
        ([(0, 10), (9, 20)], 2, [0, 1]),
        ([(10, 20), (0, 11)], 2, [0, 1]),
        ([(0, 10), (9, 20), (19, 30), (0, 30), (30, 40)], 2, [0, 1, 0, None, 0]),
        ([(0, 30), (10, 20)], 1, [0, None]),
        ([(10, 20), (0, 30)], 1, [0, None]),
        ([(0, 10)], 0, [None]),
    ],
)
def test_no_two_names_lie_on_each_other(spans: list[tuple[float, float]], count: int, places: list[int | None]) -> None:
    assert rows(spans, count) == places
