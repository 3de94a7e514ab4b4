"""A limit that `label` sets for scores: which rows it leaves out, of figures, stars, words, objects, people."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import score_limits
from so8t_engine.data.adapters.parsed_row import ParsedRow


def read(label: str, *values: Any, column: str = "rating") -> list[ParsedRow | object]:
    rows = [{"ask": f"Which saw is {n}?", "say": f"Saw {n}.", column: value} for n, value in enumerate(values)]
    return of_source(rows, columns={"prompt": "ask", "response": "say", "label": label})


def learnt(label: str, *values: Any, column: str = "rating") -> str:
    return "".join("+" if isinstance(row, ParsedRow) else "-" for row in read(label, *values, column=column))


@pytest.mark.parametrize(
    ("label", "kept"),
    [
        ("rating >= 4", "--++"), ("rating>=4", "--++"), ("rating ≥ 4", "--++"), ("rating > 4", "---+"),
        ("rating <= 2", "+---"), ("rating < 3.5", "++--"), ("rating ≤ 3", "++--"), ("rating = 1|5", "+--+"),
        ("rating == 3", "-+--"), ("rating >= 2, rating <= 4", "-++-"),
    ],
)  # fmt: skip
def test_scores_that_do_not_reach_the_limit_are_not_learnt(label: str, kept: str) -> None:
    assert learnt(label, 1, 3, 4, 5) == kept
    assert learnt(label, "1", "3", "4", "5") == kept


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("3/5", "4/5"), ("★★★☆☆", "★★★★☆"), ("3点", "4点"), ("3 (ok)", "4 (good)"), ("５点中３点", "５点中４点"),
        ("3,5", "4,0"), ("3 out of 5", "4 out of 5"), (2.5, 4.5), ("⭐⭐", "⭐⭐⭐⭐⭐"), ("普通 (3)", "満足 (4)"),
    ],
)  # fmt: skip
def test_a_score_is_understood_as_people_write_it(bad: Any, good: Any) -> None:
    assert learnt("rating >= 4", bad, good) == "-+"


@pytest.mark.parametrize("value", ["", None, "unrated", "3-4", "n/a", "2024-04-01", [], {}])
def test_what_is_no_score_calls_nothing_bad(value: Any) -> None:
    assert learnt("rating >= 4", value, 1) == "+-"


def test_words_that_are_not_among_the_good_ones_are_bad_whatever_their_case() -> None:
    assert learnt("grade = A|b+", "A", "B+", "ａ", "C", "", column="grade") == "+++-+"
    assert learnt("ok = true", True, False, "TRUE", column="ok") == "+-+"


def test_of_an_object_each_score_must_hold_or_the_one_that_is_named() -> None:
    both = {"fluency": 5, "accuracy": 1}, {"fluency": 4, "accuracy": 4}, {"fluency": 2, "accuracy": 5}
    assert learnt("ratings >= 3", *both, column="ratings") == "-+-"
    assert learnt("ratings.accuracy >= 3", *both, column="ratings") == "-++"
    assert learnt("ratings >= 3", '{"fluency": 5, "accuracy": 1}', column="ratings") == "-"
    assert read("ratings >= 3", *both, column="ratings")[0] == drop_reasons.labelled_bad("ratings.accuracy", "1")


def test_of_several_people_most_count_and_of_a_tie_the_bad_word() -> None:
    assert learnt("rating >= 3", [5, 1, 4], [1, 2, 5], [1, 4], [None, 4]) == "+--+"
    assert learnt("rating >= 3", [{"value": 1, "user_id": "u"}], [{"value": 4, "user_id": "u"}]) == "-+"


def test_a_column_that_is_called_so_is_no_limit() -> None:
    assert learnt("score >= 4", True, False, column="score >= 4") == "+-"


def test_of_several_answers_one_that_reaches_the_limit_is_learnt() -> None:
    rows = [{"ask": "Which?", "responses": ["Hen.", "Cat."], "ratings": ratings} for ratings in ([2, 5], [1, 2])]
    found = of_source(rows, columns={"prompt": "ask", "response": "responses", "label": "ratings >= 4"})
    assert isinstance(found[0], ParsedRow) and found[0].response == "Cat." and not isinstance(found[1], ParsedRow)


@pytest.mark.parametrize("label", ["rating >= four", "rating >=", "a, b <= x", "rating > ", "評価 ≥ 高"])
def test_a_limit_without_a_number_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="sets no limit"):
        Columns(prompt="a", response="b", label=label)


@pytest.mark.parametrize("label", ["rating >= 4", "a->b", "is_ok", "not x", "評価(1=良い)", "a <b> c", "grade = A|B"])
def test_columns_with_such_signs_in_their_names_may_be_named(label: str) -> None:
    assert Columns(prompt="a", response="b", label=label).label == label


@pytest.mark.parametrize(
    ("figures", "limit"),
    [
        ([1, 5], "x >= 4"), ([0, 4], "x >= 4"), ([1, 10], "x >= 7"), ([12, 98.5], "x >= 70"), ([0.1, 0.9], "x >= 0.5"),
        ([0, 1], "x >= 1"), ([-1, 1], "x >= 0"), ([1, 1], "x >= 2"), ([1, 3], "x >= 3"), ([0, 250], "x >= 175"),
    ],
)  # fmt: skip
def test_a_limit_to_begin_with_is_in_the_upper_third(figures: list[float], limit: str) -> None:
    assert score_limits.proposed("x", figures) == limit


def test_of_school_grades_and_of_votes_against_little_is_good() -> None:
    assert score_limits.proposed("Schulnote", [1, 5]) == "Schulnote <= 3"
    assert score_limits.proposed("downvotes", [0, 5]) == "downvotes <= 0"
