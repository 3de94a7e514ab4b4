"""Verdicts of several people: where they conflict, an answer is not learnt as good."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import scales, score_limits, verdict_evidence, verdict_values, verdicts

W = Columns(prompt="q", response="a")


def learnt(**columns: list[Any]) -> list[bool]:
    """Whether the answer of each row is learnt, by all that the rows say."""
    said = zip(*columns.values(), strict=True)
    rows = [{"q": "Why?", "a": "So.", **dict(zip(columns, values, strict=True))} for values in said]
    index = verdict_evidence.look(iter(rows), W)
    return [verdicts.of(row, W, index) is None for row in rows]


@pytest.mark.parametrize(
    "columns",
    [
        {"reviews": ["Anna: ok, Bob: ok", "Anna: ok; Bob: ok", "Ann: bad, Bob: bad", "Ann: ok, Bob: bad"]},
        {"reviews": ["ok (Anna), ok (Bob)", "ok (A), ok (B)", "bad (A), bad (B)", "bad (A), ok (B)"]},
        {"quality": ["good, good", "good", "bad, bad", "good, bad"]},
        {"verdict": ["ok; ok", "ok; ok", "bad; bad", "ok; bad"]},
        {"reviewer_1": ["ok", "ok", "bad", "ok"], "reviewer_2": ["ok", "ok", "bad", "bad"]},
    ],
)
def test_what_one_calls_bad_and_another_good_is_not_learnt(columns: dict[str, list[Any]]) -> None:
    assert learnt(**columns) == [True, True, False, False]


@pytest.mark.parametrize(
    "columns",
    [
        {"rating_1": [5, 4, 1, 5, 1, 5], "rating_2": [5, 5, 2, 1, 5, 4]},
        {"rating": ["5, 5", "4, 5", "1, 2", "5, 1", "1, 5", "5; 4"]},
    ],
)
def test_scores_of_several_people_count_each(columns: dict[str, list[Any]]) -> None:
    """Of "1, 5" the second alone counted, and nothing of two columns."""
    assert learnt(**columns) == [True, True, False, False, False, True]


def test_a_score_of_one_of_several_answers_is_none_of_several_people() -> None:
    names = ("q", "response_1", "response_2", "rating_1", "rating_2")
    look = scales.ScaleLook(("rating_1", "rating_2"), names, Columns(prompt="q", response="response_1"))
    for figure in (1, 5, 5, 5, 5, 5):
        look.add({"rating_1": figure, "rating_2": figure})
    assert look.found() == {}


@pytest.mark.parametrize(
    ("value", "scores"),
    [("5, 1", ["5", "1"]), ("4.5; 3", ["4.5", "3"]), ("4,5", ["4,5"]), ("4/5", ["4/5"]), ("1-5", ["1-5"]), (5, [5])],
)
def test_several_figures_in_a_cell_are_several_scores(value: object, scores: list[object]) -> None:
    assert list(score_limits.scores_in(value)) == scores


@pytest.mark.parametrize(
    ("text", "head"),
    [("good, bad", "bad"), ("Correct; correct", "Correct"), ("good, but short", "good"), ("so, so", None)],
)
def test_of_nothing_but_words_for_good_and_bad_one_that_condemns_counts(text: str, head: str | None) -> None:
    assert verdict_values.head_of(text) == head
