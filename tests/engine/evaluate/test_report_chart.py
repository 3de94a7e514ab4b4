"""The charts' own arithmetic, by hand-computed values."""

from __future__ import annotations

import pytest

from so8t_engine.evaluate import comparison_page, report_chart
from so8t_engine.evaluate.report_chart import Axis, Plane


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ([], 0.0, 1.04),
        ([0.0], 0.0, 1.04),
        ([2.0, 4.0], 0.0, 4.16),
        ([-1.0, 3.0], -1.16, 3.16),
        ([-2.0], -2.08, 0.08),
    ],
)
def test_an_axis_begins_at_nought_or_below_and_has_a_little_air(values: list[float], low: float, high: float) -> None:
    found = report_chart.axis("label", "loss", values)
    assert (found.label, found.line) == ("label", "loss")
    assert (found.low, found.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("low", "high", "marked"),
    [
        (0.0, 1.04, [0, 0.25, 0.5, 0.75, 1]),
        (0.0, 4.16, [0, 1, 2, 3, 4]),
        (-1.16, 3.16, [-1, 0, 1, 2, 3]),
        (0.0, 3.0, [0, 1, 2, 3]),
        (0.0, 0.06, [0, 0.02, 0.04, 0.06]),
        (0.0, 16.0, [0, 5, 10, 15]),
        (2.5, 5.0, [2.5, 3.0, 3.5, 4.0, 4.5, 5.0]),
    ],
)
def test_an_axis_is_marked_at_round_numbers(low: float, high: float, marked: list[float]) -> None:
    assert report_chart.ticks(low, high) == pytest.approx(marked)


def test_a_strong_line_is_a_running_mean_and_has_no_more_corners_than_are_seen() -> None:
    short = [(float(x), float(x % 2)) for x in range(20)]
    assert report_chart.smooth(short) == short, "a window of one value"
    first, second, *_ = report_chart.smooth([(float(x), float(x)) for x in range(1, 41)])
    assert first == (1.0, 1.0) and second == (2.0, pytest.approx((0.5 * 0.5 * 1 + 0.5 * 2) / 0.75))
    line = [(float(x), 2.0 * x) for x in range(1001)]
    thin = report_chart.thinned(line)
    assert len(thin) == 334 and thin[:2] == [(1.0, 2.0), (4.0, 8.0)] and thin[-1] == (999.5, 1999.0)
    assert report_chart.thinned(line[:500]) == line[:500] and report_chart.thinned([]) == []


def test_updates_are_marked_in_quarters_on_both_pages() -> None:
    axis, plane = Axis("loss", "loss", 0.0, 1.0), Plane(101, 109)
    words = {"optimizer_update": "update"}
    for grid in (report_chart._grid(axis, axis, plane, words), comparison_page._grid(axis, plane)):
        below = [part for part in grid if 'y="277"' in part]
        assert below == [
            f'<text class="middle" x="{64 + quarter * 198}.0" y="277">{101 + 2 * quarter}</text>'
            for quarter in range(5)
        ]
        lines = [part for part in grid if part.startswith("<line")]
        assert lines[0] == '<line class="grid" x1="64" x2="856" y1="260.0" y2="260.0"/>'
        assert lines[-1] == '<line class="grid" x1="64" x2="856" y1="54.0" y2="54.0"/>'
        assert '<text class="left" x="56" y="58.0">1</text>' in grid
    right = report_chart._grid(axis, Axis("alpha", "alpha", 0.0, 2.0), plane, words)
    assert [part for part in right if part.startswith('<text x="864"')] == [
        f'<text x="864" y="{264 - step * 206 / 4:.1f}">{step / 2:g}</text>' for step in range(5)
    ]
    [mark] = report_chart._marks([(0, "a < b")], Plane(1, 2))
    assert mark == '<line class="mark" x1="64.0" x2="64.0" y1="54" y2="260"><title>a &lt; b</title></line>'
