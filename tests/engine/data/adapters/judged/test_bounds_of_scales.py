"""Scores, their scales and limits: what each value comes to, at the bounds, and which columns are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from so8t_engine.config.label_limits import LabelLimit, limit_of
from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import scales, score_limits

PAIR = Columns(prompt="q", response="r")
AT_LEAST_4 = LabelLimit("a", ">=", "4")


def scaled(
    values: Sequence[Any], name: str = "rating", where: Columns = PAIR, more: Sequence[str] = ()
) -> dict[str, tuple[str, str]]:
    """What all rows tell of the scores of one column."""
    look = scales.ScaleLook([name], ["q", "r", name, *more], where)
    for value in values:
        look.add({name: value})
    return look.found()


def scores(value: Any) -> list[Any]:
    return list(score_limits.scores_in(value))


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (limit_of, ("rating >= 4",), LabelLimit("rating", ">=", "4")),
    (limit_of, ("rating≥4",), LabelLimit("rating", ">=", "4")),
    (limit_of, ("rating => 4",), LabelLimit("rating", ">=", "4")),
    (limit_of, ("rating < -1.5",), LabelLimit("rating", "<", "-1.5")),
    (limit_of, ("grade = A|B",), LabelLimit("grade", "=", "A|B")),
    (limit_of, ("grade == A",), LabelLimit("grade", "=", "A")),
    (limit_of, ("rating",), None),
    (limit_of, ("a=b",), None),
    (score_limits.holds, (AT_LEAST_4, 4), True),
    (score_limits.holds, (AT_LEAST_4, 3), False),
    (score_limits.holds, (AT_LEAST_4, "4/5"), True),
    (score_limits.holds, (AT_LEAST_4, "good"), None),
    (score_limits.holds, (LabelLimit("a", "<=", "3"), 3), True),
    (score_limits.holds, (LabelLimit("a", ">", "3"), 3), False),
    (score_limits.holds, (LabelLimit("a", "<", "3"), 3), False),
    (score_limits.holds, (LabelLimit("a", "=", "A|B"), "b"), True),
    (score_limits.holds, (LabelLimit("a", "=", "A|B"), "C"), False),
    (score_limits.holds, (LabelLimit("a", "=", "A|B"), ""), None),
    (score_limits.holds, (LabelLimit("a", "=", "1|2"), 1.0), True),
    (score_limits.holds, (LabelLimit("a", "=", "true"), True), True),
    (score_limits.against, (AT_LEAST_4, 3), ("a", "3")),
    (score_limits.against, (AT_LEAST_4, 4), None),
    (score_limits.against, (AT_LEAST_4, None), None),
    (score_limits.against, (AT_LEAST_4, {"x": 5, "y": 3}), ("a.y", "3")),
    (score_limits.against, (AT_LEAST_4, {"x": 5, "y": 4}), None),
    (score_limits.against, (AT_LEAST_4, '{"x": 3}'), ("a.x", "3")),
    (score_limits.against, (AT_LEAST_4, [5, 3]), ("a", "3")),
    (score_limits.against, (AT_LEAST_4, [5, 3, 4]), None),
    (score_limits.against, (AT_LEAST_4, [3, "x", "y"]), ("a", "3")),
    (score_limits.against, (AT_LEAST_4, [{"value": 3, "by": "ann"}]), ("a", "3")),
    (score_limits.against, (AT_LEAST_4, []), None),
    (score_limits.against, (LabelLimit("a", "=", "A"), {"x": "B"}), ("a.x", "B")),
    (score_limits.against, (LabelLimit("a", "=", "A"), {"x": {"y": "B"}}), None),
    (score_limits.is_scored, (AT_LEAST_4, 3), True),
    (score_limits.is_scored, (AT_LEAST_4, "x"), False),
    (score_limits.is_scored, (AT_LEAST_4, ["x", 3]), True),
    (score_limits.is_scored, (AT_LEAST_4, ["x"]), False),
    (score_limits.is_scored, (AT_LEAST_4, {"x": 3}), True),
    (score_limits.is_scored, (AT_LEAST_4, "[3]"), True),
    (score_limits.of, ({"a": 1}, "a >= 4"), LabelLimit("a", ">=", "4")),
    (score_limits.of, ({"a >= 4": 1}, "a >= 4"), None),
    (scores, (3,), [3]),
    (scores, ([3, {"score": 4}],), [3, 4]),
    (scores, ({"x": 3, "y": [4]},), [3, 4]),
    (scores, ("[3, 4]",), [3, 4]),
    (score_limits.score_in, ({"value": 4, "by": "ann"},), 4),
    (score_limits.score_in, ({"value": 4, "score": 5},), {"value": 4, "score": 5}),
    (score_limits.figure_of, ("4/5",), 4.0),
    (score_limits.figure_of, ("4 (good)",), 4.0),
    (score_limits.figure_of, ("4点",), 4.0),
    (score_limits.figure_of, ("5点中4点",), 4.0),
    (score_limits.figure_of, ("★★★★☆",), 4.0),
    (score_limits.figure_of, ("４",), 4.0),
    (score_limits.figure_of, ("3,5",), 3.5),
    (score_limits.figure_of, ("3-4",), None),
    (score_limits.figure_of, ("3 of 4 of 5",), None),
    (score_limits.figure_of, ("good",), None),
    (score_limits.figure_of, ("4 " + "y" * 38,), 4.0),
    (score_limits.figure_of, ("4 " + "y" * 39,), None),
    (score_limits.figure_of, (True,), None),
    (score_limits.proposed, ("rating", [1, 5]), "rating >= 4"),
    (score_limits.proposed, ("rating", [1, 10]), "rating >= 7"),
    (score_limits.proposed, ("rating", [0, 100]), "rating >= 70"),
    (score_limits.proposed, ("rating", [0, 1]), "rating >= 1"),
    (score_limits.proposed, ("rating", [0, 0.5]), "rating >= 0.5"),
    (score_limits.proposed, ("rating", [0, 200]), "rating >= 140"),
    (score_limits.proposed, ("rating", [-1, 1]), "rating >= 0"),
    (score_limits.proposed, ("rating", [3, 3]), "rating >= 4"),
    (score_limits.proposed, ("Schulnote", [1, 6]), "Schulnote <= 3"),
    (score_limits.proposed, ("Schulnote", [0, 6]), "Schulnote >= 7"),
    (score_limits.proposed, ("Schulnote", [1, 7]), "Schulnote >= 7"),
    (score_limits.proposed, ("downvotes", [0, 5]), "downvotes <= 0"),
    (score_limits.shown, (True,), "true"),
    (score_limits.shown, (" 4 ",), "4"),
    (scaled, ([1, 2, 3, 4, 5],), {"scores up to which an answer is bad": ("rating > 2", "")}),
    (scaled, ([1, 2, 3, 4],), {}),
    (scaled, ([1, 5, 5, 5],), {}),
    (scaled, ([1, 5, 5, 5, 5],), {"scores up to which an answer is bad": ("rating > 2", "")}),
    (scaled, ([2, 5, 5, 5, 5],), {"scores up to which an answer is bad": ("rating > 2", "")}),
    (scaled, ([3, 5, 5, 5, 5],), {}),
    (scaled, ([2, 2, 2, 5, 5],), {}),
    (scaled, ([1, 2, 2.5, 4, 5],), {}),
    (scaled, ([0, 1, 1, 1, 1],), {"scores up to which an answer is bad": ("rating > 0", "")}),
    (scaled, ([1, 1, 1, 1, 1],), {}),
    (scaled, ([1, 2, 3, 4, 6],), {}),
    (scaled, ([1, 2, 3, 4, -5],), {}),
    (scaled, ([1, 2, 3, 4, "x"],), {}),
    (scaled, ([1, 2, 3, 4, 5, None, ""],), {"scores up to which an answer is bad": ("rating > 2", "")}),
    (scaled, (["1/5", "3/5", "5/5"],), {"scores up to which an answer is bad": ("rating > 2", "")}),
    (scaled, (["1/5", "3/5"],), {}),
    (scaled, (["1/5", "3/10", "5/5"],), {}),
    (scaled, (["3/5", "4/5", "5/5"],), {}),
    (scaled, (["★", "★★★", "★★★★★"],), {"scores up to which an answer is bad": ("rating > 2", "")}),
    (scaled, ([1, 9, 10, 10, 10], "score"), {"scores up to which an answer is bad": ("score > 4", "")}),
    (scaled, ([1, 2, 3, 3, 10], "score"), {}),
    (scaled, ([10, 90, 90, 90, 100], "score"), {"scores up to which an answer is bad": ("score > 40", "")}),
    (scaled, ([40, 90, 90, 90, 100], "score"), {"scores up to which an answer is bad": ("score > 40", "")}),
    (scaled, ([41, 90, 90, 90, 100], "score"), {}),
    (scaled, ([1, 2, 3], "score (1-5)"), {}),
    (scaled, ([1, 2, 3], "評価（5段階）"), {"scores up to which an answer is bad": ("評価（5段階） > 2", "")}),
    (scaled, ([1, 3, 5], "Schulnote"), {"scores up to which an answer is bad": ("Schulnote < 5", "")}),
    (scaled, ([1, 3, 4], "Schulnote"), {}),
    (scaled, ([1, 3, 7], "Schulnote"), {}),
    (scaled, ([1, 5], "Schulnote"), {}),
    (scaled, ([1, 3, 5], "Note"), {}),
    (scaled, ([1, 3, 5], "Note", PAIR, ["Frage"]), {"scores up to which an answer is bad": ("Note < 5", "")}),
    (scaled, ([1, 2, 3, 4, 5], "colour"), {}),
    (
        scaled,
        ([1, 2, 3, 4, 5], "rating", Columns(prompt="q", response="responses")),
        {scales.OF_EACH: ("rating > 2", "")},
    ),
    (scaled, ([{"x": 1, "y": 5}] * 5, "ratings"), {"scores up to which an answer is bad": ("ratings > 2", "")}),
    (scales.of, ({"rating": 2}, {scales.LIMITS: ("rating > 2", "")}), ("rating", "2")),
    (scales.of, ({"rating": 3}, {scales.LIMITS: ("rating > 2", "")}), None),
    (scales.of, ({"rating": 3, "note": 5}, {scales.LIMITS: ("rating > 2\nnote < 5", "")}), ("note", "5")),
    (scales.of, ({"rating": 2}, {}), None),
    (
        scales.limits,
        ({scales.LIMITS: ("rating > 2\nnote < 5", "")},),
        [LabelLimit("rating", ">", "2"), LabelLimit("note", "<", "5")],
    ),
    (
        scales.labelled,
        (PAIR, [{"q": "p", "r": "s", "rating": one} for one in (1, 2, 3, 4, 5)]),
        Columns(prompt="q", response="r", label="rating > 2"),
    ),
    (
        scales.labelled,
        (
            Columns(prompt="q", response="r", label="rating, mark"),
            [{"q": "p", "r": "s", "rating": one} for one in (1, 2, 3, 4, 5)],
        ),
        Columns(prompt="q", response="r", label="mark, rating > 2"),
    ),
    (
        scales.labelled,
        (PAIR, [{"q": "p", "r": "s", "rating": one} for one in (1, 2)]),
        Columns(prompt="q", response="r"),
    ),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_a_score_comes_to(function: Callable[..., Any], given: tuple[Any, ...], value: object) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
