"""Which end of a scale is good, where a column's name says it."""

from __future__ import annotations

import pytest

from helpers.rows import of_source
from so8t_engine.config import label_limits
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import scale_ends, score_limits
from so8t_engine.data.adapters.judged.scale_ends import Ends


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("Score (1 = best, 5 = worst)", Ends(1, 5, True)), ("rating (5=poor, 1=excellent)", Ends(1, 5, True)),
        ("Note (1=sehr gut, 6=ungenügend)", Ends(1, 6, True)), ("評価（1＝とても良い、5＝悪い）", Ends(1, 5, True)),
        ("評価（5：最高、1：最低）", Ends(5, 1, False)), ("Rating [1 is bad; 10 is very good]", Ends(10, 1, False)),
        ("nota (1 = mala, 5 = muy bueno)", Ends(5, None, False)), ("Note (1 = sehr gut)", Ends(1, None, True)),
        ("quality (1 = poor)", Ends(None, 1, False)), ("grade (5 = not good)", Ends(None, 5, True)),
        ("score (lower is better)", Ends(None, None, True)), ("評価（1が最高）", Ends(1, None, True)),
        ("rating (1-5)", None), ("score", None), ("rating (1 = good, 5 = excellent)", None), ("評価（5段階）", None),
        ("rating (2 = best)", Ends(2, None, False)), ("rating (1 = worst)", Ends(None, 1, False)),
        ("label (1=yes, 0=no)", None), ("score (1 = best, 1 = worst)", None),
    ],
)  # fmt: skip
def test_the_ends_of_a_scale_are_told_by_its_name(name: str, ends: Ends | None) -> None:
    assert scale_ends.of(name) == ends


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("評価（1＝とても良い、5＝悪い）", (1, 2, 3), (4, 5)), ("評価（5＝とても良い、1＝悪い）", (3, 4, 5), (1, 2)),
        ("rating (1=best; 10=worst)", (1, 2, 6), (7, 10)), ("Note (1=sehr gut; 6=ungenügend)", (1, 2, 4), (5, 6)),
    ],
)  # fmt: skip
def test_the_bad_end_is_not_learnt_whichever_it_is(name: str, good: tuple[int, ...], bad: tuple[int, ...]) -> None:
    scores = [*good, *bad]
    rows = [{"question": f"Why {n}?", "answer": f"Since {n}.", name: n} for n in scores]
    found = of_source(rows)
    left = [drop_reasons.labelled_bad(name, str(n)) for n in bad]
    assert found[len(good) :] == left and not any(one in left for one in found[: len(good)])


@pytest.mark.parametrize(
    ("name", "figures", "line"),
    [
        ("Score (1 = best, 5 = worst)", [1, 3, 5], "Score (1 = best, 5 = worst) <= 2"),
        ("Score (5 = best, 1 = worst)", [1, 3, 5], "Score (5 = best, 1 = worst) >= 4"),
        ("loss (lower is better)", [0.5, 3], "loss (lower is better) <= 1"), ("score", [1, 5], "score >= 4"),
    ],
)  # fmt: skip
def test_the_proposed_limit_lies_at_the_good_end(name: str, figures: list[float], line: str) -> None:
    assert score_limits.proposed(name, figures) == line


def test_a_comma_in_parentheses_parts_no_label() -> None:
    name = "Score (1 = best, 5 = worst)"
    assert label_limits.parts(f"ok, {name} <= 2,評価（1、2,3） >= 2") == ("ok", f"{name} <= 2", "評価（1、2,3） >= 2")
    rows = [{"q": f"Why {n}?", "a": f"Since {n}.", name: n} for n in (1, 2, 3, 5)]
    told = {"columns": {"prompt": "q", "response": "a", "label": f"{name} <= 2"}}
    found = of_source(rows, **told)
    assert found[2:] == [drop_reasons.labelled_bad(name, "3"), drop_reasons.labelled_bad(name, "5")]
    assert found[0].response == "Since 1."  # type: ignore[union-attr]
