"""Statistics of the report: an interval for a proportion, and a paired test of before against after.

Written out although scipy has both (`binomtest`): its last digit is another one, in a case in two, and report.json must
come out bit for bit as in sessions of earlier versions. The tests hold these against scipy's.
"""

from __future__ import annotations

import math

Z = 1.959963984540054  # 95 %


def wilson(right: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of a proportion (Wilson 1927); (0, 1) where nothing was counted."""
    if total == 0:
        return 0.0, 1.0
    share, weight = right / total, Z * Z / total
    centre = (share + weight / 2) / (1 + weight)
    half = Z / (1 + weight) * math.sqrt(share * (1 - share) / total + weight / (4 * total))
    return max(0.0, centre - half), min(1.0, centre + half)


def mcnemar(only_before: int, only_after: int) -> float:
    """Exact two-sided McNemar test: the p-value of so uneven a split if before and after were equally good."""
    changed = only_before + only_after
    if changed == 0:
        return 1.0
    smaller = min(only_before, only_after)
    tail = sum(math.comb(changed, k) for k in range(smaller + 1)) / 2**changed
    return min(1.0, 2 * tail)
