"""Statistics of the report: an interval for a proportion; a test, an interval and a size of before and after, for the
same questions and for different ones.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

DRAWS, DRAW_SEED = 10_000, 17
Z = 1.959963984540054  # of a normal distribution 95 % lie between -Z and Z


def wilson(right: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of a proportion (Wilson 1927); (0, 1) where nothing was counted.

    As scipy.stats has it to the last bit, which takes a second to load.
    """
    if total == 0:
        return 0.0, 1.0
    part, squared = right / total, Z**2
    divisor = 2 * (total + squared)
    middle = (2 * total * part + squared) / divisor
    reach = Z / divisor * math.sqrt(4 * total * part * (1 - part) + squared)
    return 0.0 if right == 0 else middle - reach, 1.0 if right == total else middle + reach


def share(right: int, total: int) -> dict[str, Any]:
    """As report.json has it, with Wilson's interval; the share of nothing is None."""
    low, high = wilson(right, total)
    return {"right": right, "total": total, "share": right / total if total else None, "low": low, "high": high}


def mcnemar(only_before: int, only_after: int) -> float:
    """Exact two-sided McNemar test: the p-value of so uneven a split if before and after were equally good."""
    changed = only_before + only_after
    if not changed:
        return 1.0
    from scipy.stats import binomtest  # takes a second to load

    return float(binomtest(only_before, changed).pvalue)


def paired_interval(only_before: int, only_after: int, total: int) -> tuple[float, float]:
    """95 % interval of the difference of two shares, after less before, of the same questions; (-1, 1) without any.

    Paired bootstrap (Efron 1979, percentiles): questions are drawn anew with their pair of outcomes, of which there are
    three kinds, so that a draw is multinomial. The same counts give the same interval.
    """
    import numpy as np

    if total == 0:
        return -1.0, 1.0
    shares = np.array([only_before, only_after, total - only_before - only_after]) / total
    drawn = np.random.default_rng(DRAW_SEED).multinomial(total, shares, size=DRAWS)
    low, high = np.quantile((drawn[:, 1] - drawn[:, 0]) / total, [0.025, 0.975])
    return float(low), float(high)


def newcombe(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float]:
    """95 % interval of the difference of two shares, after less before, of different questions (Newcombe 1998, method
    10: from Wilson's intervals); each (right, total); (-1, 1) where one of them was not asked any.
    """
    if not (before[1] and after[1]):
        return -1.0, 1.0
    (first, first_low, first_high), (second, second_low, second_high) = (
        (right / total, *wilson(right, total)) for right, total in (before, after)
    )
    difference = second - first
    down = math.hypot(second - second_low, first_high - first)
    up = math.hypot(second_high - second, first - first_low)
    return difference - down, difference + up


def fisher(before: tuple[int, int], after: tuple[int, int]) -> float:
    """Exact two-sided test (Fisher 1922) of two shares of different questions; each (right, total)."""
    if not (before[1] and after[1]):
        return 1.0
    from scipy.stats import fisher_exact

    return float(fisher_exact([[right, total - right] for right, total in (before, after)]).pvalue)


def cohens_h(before: float, after: float) -> float:
    """The size of a difference of two shares (Cohen 1988): 0.2 is small, 0.5 medium, 0.8 large; positive: it grew."""
    return 2 * math.asin(math.sqrt(after)) - 2 * math.asin(math.sqrt(before))


def holm(p_values: Sequence[float]) -> list[float]:
    """The same, adjusted for being so many (Holm 1979): as many as fall below 0.05 may be believed together."""
    count, most = len(p_values), 0.0
    adjusted = [0.0] * count
    for rank, place in enumerate(sorted(range(count), key=lambda place: p_values[place])):
        most = max(most, min(1.0, (count - rank) * p_values[place]))
        adjusted[place] = most
    return adjusted
