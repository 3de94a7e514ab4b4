"""Numbers as people read them."""

from __future__ import annotations

import math
import re
from decimal import Decimal

import pytest

import so8t_resources
from so8t_engine import numerals


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (-1.26, "+.1f", "−1.3"), (1.26, "+.1f", "+1.3"), (0.0, "+.1f", "0.0"), (-0.04, "+.1f", "0.0"),
        (-0.001, ".2f", "0.00"), (1.2e-5, ".1e", "1.2e−05"), (0.0, ".1e", "0.0e+00"), (12_345.5, ",.1f", "12,345.5"),
        (-12_345, ",", "−12,345"), (None, ".2f", "–"), (math.nan, ".2f", "–"), (-math.inf, "+.1f", "–"),
    ],
)  # fmt: skip
def test_there_is_one_minus_sign_none_before_nothing_and_a_dash_where_there_is_no_number(
    value: float | None, form: str, said: str
) -> None:
    assert numerals.formatted(value, form) == said


def test_shares_points_and_counts_are_written_alike_everywhere() -> None:
    assert numerals.percent(0.1234) == "12.3\N{NO-BREAK SPACE}%" and numerals.percent(None) == "–"
    assert numerals.percent(math.nan) == "–" and numerals.percent(0.5, 0) == "50\N{NO-BREAK SPACE}%"
    assert numerals.points(-0.0123) == "−1.2" and numerals.points(0.0) == "0.0"
    assert numerals.count(1_234_567) == "1,234,567"
    assert numerals.gained_and_lost(12, 5) == "+12 / −5" and numerals.gained_and_lost(0, 0) == "+0 / −0"


@pytest.mark.parametrize("total", [7, 340, 999])
def test_a_difference_of_shares_agrees_with_the_shares_as_they_are_read(total: int) -> None:
    for before in range(0, total + 1, max(1, total // 29)):
        for after in range(0, total + 1, max(1, total // 31)):
            first, second = (Decimal(numerals.share_text(right / total)) for right in (before, after))
            said = numerals.points_between(before / total, after / total)
            assert Decimal(said.replace(numerals.MINUS, "-")) == second - first
            assert said.startswith(numerals.MINUS if second < first else "+" if second > first else "0")
    assert numerals.points_between(59 / 340, 60 / 340) == "+0.2" and numerals.points_between(None, 0.5) == "–"


@pytest.mark.parametrize("name", ["report.html", "report.md", "compare.html", "data.html"])
def test_no_page_writes_a_number_in_a_way_of_its_own(name: str) -> None:
    """Sizes of a drawing are for the browser, not for people."""
    page = so8t_resources.path("report", name).read_text(encoding="utf-8")
    page = re.sub(r'\w+="\{\{[^}]*\}\}"', "", page)
    assert re.findall(r'"%[^"]*f"\|format|"%[^"]*[eg]"\|format|"\{:,\}"|&minus;', page) == []
