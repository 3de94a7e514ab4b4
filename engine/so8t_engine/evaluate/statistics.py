"""Statistics of the report, both scipy's: an interval for a proportion, a paired test of before against after."""

from __future__ import annotations


def wilson(right: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of a proportion (Wilson 1927); (0, 1) where nothing was counted."""
    from scipy.stats import binomtest  # takes a second to load

    if total == 0:
        return 0.0, 1.0
    interval = binomtest(right, total).proportion_ci(confidence_level=0.95, method="wilson")
    return float(interval.low), float(interval.high)


def mcnemar(only_before: int, only_after: int) -> float:
    """Exact two-sided McNemar test: the p-value of so uneven a split if before and after were equally good."""
    from scipy.stats import binomtest

    changed = only_before + only_after
    return float(binomtest(min(only_before, only_after), changed).pvalue) if changed else 1.0
