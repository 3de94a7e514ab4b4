"""The statistics of the report, against values from elsewhere."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest
from scipy.stats import binomtest

from so8t_engine.evaluate import statistics


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [  # statsmodels.stats.proportion.proportion_confint(right, total, method="wilson")
        (10, 20, 0.299298, 0.700702),
        (0, 10, 0.0, 0.277533),
        (10, 10, 0.722467, 1.0),
        (1, 100, 0.001767, 0.054487),
    ],
)
def test_wilsons_interval_is_the_known_one(right: int, total: int, low: float, high: float) -> None:
    assert statistics.wilson(right, total) == pytest.approx((low, high), abs=1e-5)


@pytest.mark.parametrize("total", [1, 2, 7, 12, 30, 100, 1319, 99_991])
def test_wilsons_interval_is_scipys_to_the_last_bit(total: int) -> None:
    """As reports that were written with it have it."""
    for right in {*range(0, total + 1, max(1, total // 50)), 1, total}:
        interval = binomtest(right, total).proportion_ci(confidence_level=0.95, method="wilson")

        assert statistics.wilson(right, total) == (interval.low, interval.high)


def test_an_interval_does_not_wait_for_scipy() -> None:
    said = (
        "share(3, 9), statistics.mcnemar(0, 0), statistics.fisher((0, 0), (1, 2)), statistics.newcombe((1, 2), (2, 3))"
    )
    code = (
        f"import sys\nfrom so8t_engine.evaluate import statistics\nstatistics.{said}\nsys.exit('scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_where_nothing_was_counted_everything_is_possible() -> None:
    assert statistics.wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("before", "after", "p"),
    [  # scipy.stats.binomtest(min(before, after), before + after, 0.5).pvalue
        (0, 0, 1.0),
        (5, 5, 1.0),
        (1, 9, 0.021484375),
        (9, 1, 0.021484375),
        (0, 20, 1.9073486328125e-06),
        (30, 50, 0.03299),
    ],
)
def test_mcnemars_exact_test_gives_the_binomial_p(before: int, after: int, p: float) -> None:
    assert statistics.mcnemar(before, after) == pytest.approx(p, rel=1e-3)


def test_thousands_of_changed_answers_do_not_overflow() -> None:
    assert statistics.mcnemar(1000, 3000) < 1e-100
    assert statistics.mcnemar(2000, 2000) == 1.0


def test_the_size_of_a_difference_is_cohens() -> None:
    assert statistics.cohens_h(0.5, 0.5) == 0.0
    assert statistics.cohens_h(0.3706, 0.5735) == pytest.approx(0.4094, abs=5e-4)  # 2 asin(sqrt(p)), by hand
    assert statistics.cohens_h(0.5735, 0.3706) == pytest.approx(-0.4094, abs=5e-4)
    assert statistics.cohens_h(0.0, 1.0) == pytest.approx(math.pi)


def test_p_values_are_adjusted_for_being_many_as_statsmodels_does() -> None:
    """multipletests([0.01, 0.04, 0.03, 0.005, 0.5], method="holm"): kept, as statsmodels is no dependency."""
    assert statistics.holm([0.01, 0.04, 0.03, 0.005, 0.5]) == pytest.approx([0.04, 0.09, 0.09, 0.025, 0.5])
    assert statistics.holm([0.9, 0.8]) == [1.0, 1.0]
    assert statistics.holm([]) == []


def test_shares_of_different_questions_have_newcombes_interval_and_fishers_test() -> None:
    """Newcombe 1998, table II, example (a), method 10; Fisher's tea."""
    assert statistics.newcombe((48, 80), (56, 70)) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert statistics.fisher((1, 4), (3, 4)) == pytest.approx(34 / 70)
    for unasked in (((0, 0), (1, 2)), ((1, 2), (0, 0)), ((0, 0), (0, 0))):
        assert statistics.newcombe(*unasked) == (-1.0, 1.0) and statistics.fisher(*unasked) == 1.0


def test_shares_of_the_same_questions_have_the_interval_of_their_differences() -> None:
    """The normal one for pairs of outcomes (Agresti 2002, 10.1.1): 15 % +- 1.96 sqrt(50 - 30 * 30 / 200) / 200."""
    assert statistics.paired_interval(10, 40, 200) == pytest.approx((0.0839, 0.2161), abs=0.008)
    assert statistics.paired_interval(40, 10, 200) == pytest.approx((-0.2161, -0.0839), abs=0.008)
    assert statistics.paired_interval(0, 0, 5) == (0.0, 0.0) and statistics.paired_interval(0, 1, 1) == (1.0, 1.0)
    assert statistics.paired_interval(0, 0, 0) == (-1.0, 1.0)
    assert statistics.paired_interval(3, 7, 40) == statistics.paired_interval(3, 7, 40)


def test_a_share_is_written_with_what_it_is_of_and_its_interval() -> None:
    half = statistics.share(10, 20)
    assert half == {"right": 10, "total": 20, "share": 0.5, "low": half["low"], "high": half["high"]}
    assert (half["low"], half["high"]) == statistics.wilson(10, 20)
    assert statistics.share(0, 0) == {"right": 0, "total": 0, "share": None, "low": 0.0, "high": 1.0}
    assert statistics.share(0, 1)["share"] == 0.0
