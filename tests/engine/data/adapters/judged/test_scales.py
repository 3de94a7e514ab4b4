"""Scores on a scale that all rows show: the lower part of it is bad, unasked, where nothing speaks against it."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import ParsedRow


def learnt(column: str, values: list[Any], asks: str = "question", answers: str = "answer", **more: Any) -> str:
    rows = [
        {asks: f"Which saw is number {n}?", answers: f"The small one, number {n}.", column: value, **more}
        for n, value in enumerate(values)
    ]
    return "".join("+" if isinstance(row, ParsedRow) and row.bad_answer is None else "-" for row in of_source(rows))


STARS = [5, 4, 1, 3, 2, 5]


@pytest.mark.parametrize(
    "column",
    ["rating", "stars", "user_rating", "satisfaction", "満足度", "お客様満足度", "評価", "評価(5段階)", "Rating (1-5)",
     "Zufriedenheit", "helpfulness", "総合評価"],
)  # fmt: skip
@pytest.mark.parametrize("kind", [int, str, float, lambda n: f"{n}/5", lambda n: "★" * n + "☆" * (5 - n)])
def test_of_five_stars_the_lower_two_are_bad(column: str, kind: Any) -> None:
    assert learnt(column, [kind(n) for n in STARS]) == "++-+-+"


@pytest.mark.parametrize(
    ("column", "values", "kept"),
    [
        ("score", [95, 88, 12, 76, 40, 100, 91], "++-+-++"),
        ("点数", ["90点", "30点", "100点", "80点", "70点"], "+-+++"),
        ("評価", [9, 10, 3, 8, 4, 7], "++-+-+"), ("quality_score", [5, 4, 1, 4, 5, 3], "++-+++"),
        ("rating", [1, 0, 1, 1, 0], "+-++-"), ("human_rating", ["3/3", "1/3", "2/3"], "+-+"),
        ("score", [1.0, 0.71, 0.95, 0.49, 0.08, 0.9, 0.5], "+++--++"),
        ("評価", ["1", "0.9", "0.12", "0.8", "0.75"], "++-++"),
        ("Schulnote", [1, 5, 6, 2], "+--+"), ("Zensur", ["1-", "5", "2+"], "+-+"),
        ("ratings", [{"a": 5, "b": 4}, {"a": 3, "b": 1}, *[{"a": 5, "b": 5}] * 3], "+-+++"),
        ("ratings", [[5, 4, 5], [1, 2, 5], [5, 5, 5]], "+-+"),
    ],
)  # fmt: skip
def test_the_lower_part_of_other_scales_is_bad(column: str, values: list[Any], kept: str) -> None:
    assert learnt(column, values) == kept


def test_a_note_is_a_school_grade_where_the_other_columns_are_german() -> None:
    assert learnt("Note", [1, 5, 2, 6, 3], "Frage", "Antwort") == "+-+-+"
    assert learnt("Note", [1, 5, 2, 6, 3]) == "+++++"


@pytest.mark.parametrize("value", ["", None, "n/a", "未評価", "unsure"])
def test_an_answer_that_nobody_has_rated_is_learnt(value: Any) -> None:
    assert learnt("満足度", [5, 4, 1, 5, 5, value]) == "++-+++"


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("rating", [5, 4, 1, 5]), ("rating", [2, 1, 1, 3, 2, 1]), ("rating", [5, 4, 3, 7, 1]),
        ("rating", [4, 4, 4, 1, 2]),
        ("score", [5, 1, 2, 1, 1, 5]), ("score", [0.9, 0.1, 0.4, 0.7, 1.2]), ("difficulty", STARS), ("level", STARS),
        ("upvotes", STARS), ("priority", STARS), ("rating", [5, 4, "good", 1, 5, 5]), ("rating", [5] * 6),
        ("question_rating", STARS), ("Schulnote", [1, 2, 3, 4]), ("rating", [5, 4, -1, 4, 5, 3]),
        ("score", [1, 0, 1, 1, 0, 1]), ("score", [0.9, 0.8, 0.08, 0.7, 0.95]), ("score", [1.0, 0.1, 0.2, 0.3, 0.1]),
        ("score", [1.0, 0.9, 0.08]),
    ],
)  # fmt: skip
def test_scores_whose_scale_is_not_plain_leave_nothing_out(column: str, values: list[Any]) -> None:
    assert learnt(column, values) == "+" * len(values)


@pytest.mark.parametrize(
    ("answers", "beside"),
    [
        ("answer", "student_answer"),
        ("reference_answer", "output"),
        ("模範解答", "生徒の解答"),
        ("answer", "prediction"),
    ],
)
def test_a_score_of_another_answer_than_the_one_that_is_learnt_judges_nothing(answers: str, beside: str) -> None:
    asks = "質問" if answers == "模範解答" else "question"
    assert learnt("score", STARS, asks, answers, **{beside: "Some other one."}) == "++++++"


def test_a_mapping_of_the_user_s_own_is_judged_by_its_label_alone() -> None:
    rows = [{"question": f"Which is {n}?", "answer": f"Saw {n}.", "rating": stars} for n, stars in enumerate(STARS)]
    found = of_source(rows, columns={"prompt": "question", "response": "answer"})
    assert all(isinstance(row, ParsedRow) and row.bad_answer is None for row in found)


def test_what_condemns_is_told_as_it_stands_in_the_file() -> None:
    rows = [{"question": f"Which is {n}?", "answer": f"Saw {n}.", "rating": f"{stars}/5"}
            for n, stars in enumerate(STARS)]  # fmt: skip
    assert of_source(rows)[2] == drop_reasons.labelled_bad("rating", "1/5")


@pytest.mark.parametrize(
    ("word", "is_learnt"),
    [
        ("満足", True), ("とても満足", True), ("やや満足", True), ("どちらでもない", True), ("不満", False),
        ("やや不満", False), ("大変不満", False), ("very satisfied", True), ("dissatisfied", False), ("neutral", True),
        ("very dissatisfied", False),
    ],
)  # fmt: skip
def test_words_of_satisfaction_judge(word: str, is_learnt: bool) -> None:
    assert learnt("満足度", ["満足", "不満", word]) == "+-" + "-+"[is_learnt]


def test_of_several_answers_the_best_is_not_learnt_where_its_score_is_bad_too() -> None:
    ratings = [[5, 1], [4, 2], [1, 1], [2, 1], [3, 1]]
    rows = [{"question": f"Which is {n}?", "responses": [f"Saw {n}.", "No idea."], "ratings": two}
            for n, two in enumerate(ratings)]  # fmt: skip
    found = of_source(rows)
    assert [isinstance(row, ParsedRow) for row in found] == [True, True, False, False, True]
    assert found[3] == drop_reasons.labelled_bad("ratings", "2")


def best_of(*rows: dict[str, Any] | list[Any], place: str = "responses") -> str:
    given = [{"prompt": f"Which saw is number {n}?", place: said} for n, said in enumerate(rows)]
    return "".join("+" if isinstance(row, ParsedRow) and row.bad_answer is None else "-" for row in of_source(given))


def rated(name: str, *scores: Any) -> list[dict[str, Any]]:
    return [{"text": f"Saw {n}, scored {score}.", name: score} for n, score in enumerate(scores)]


@pytest.mark.parametrize(
    "name",
    ["rating", "score", "overall_score", "quality_score", "Rating", "点数", "评分", "점수", "Punkte", "puntuación"],
)
@pytest.mark.parametrize("kind", [int, str, float])
def test_the_best_of_several_is_not_learnt_where_even_that_is_rated_bad(name: str, kind: Any) -> None:
    said = [rated(name, *map(kind, scores)) for scores in ((1, 1), (5, 1), (2, 1), (3, 1), (1,), (4,))]
    assert best_of(*said) == "-+-+-+"


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (([10, 1], [4, 2], [5, 1], [9, 0.5]), "+-++"), (([100, 0], [40, 30], [41, 30]), "+-+"),
        ((["5/5", "1/5"], ["2/5", "1/5"]), "+-"), ((["★★★★★", "★"], ["★", "★"]), "+-"),
        (([1.0, 0.2], [0.8, 0.1], [0.3, 0.2], [0.9, 0.9], [0.9, 0.7]), "++-++"),
        # of which nobody knows how high they go
        (([4, 1], [1, 1], [3, 2]), "+++"), (([7, 1], [1, 1], [5, 1]), "+++"), (([5, 2], [2, 2], [5, 2]), "+++"),
        (([-3, 5], [-1, -2], [1, 1]), "+++"),
    ],
)  # fmt: skip
def test_the_scale_of_several_answers_is_plain_where_both_of_its_ends_were_given(rows: Any, kept: str) -> None:
    assert best_of(*(rated("rating", *scores) for scores in rows)) == kept


def test_ratings_in_an_object_of_an_answer_count_where_it_has_no_plain_ones() -> None:
    def of(*scores: int, **more: Any) -> list[dict[str, Any]]:
        judged = [{"helpfulness": {"Rating": str(score), "Rationale": "So it is."}} for score in scores]
        return [{"response": f"Saw {n}.", "annotations": said, **more} for n, said in enumerate(judged)]

    assert best_of(of(1), of(5), of(5), of(1), place="completions") == "-++-"
    plain = [of(1, overall_score=10.0), of(5, overall_score=1.0), of(1, overall_score=8.0), of(1, overall_score=3.0)]
    assert best_of(*plain, place="completions") == "+-+-"


def test_votes_and_ranks_of_several_answers_are_no_scale() -> None:
    assert best_of(*(rated("votes", *counts) for counts in ((5, 1), (2, 1), (1, 0)))) == "+++"
    assert best_of(*(rated("rank", *ranks) for ranks in ((1, 2), (2, 1), (1, 2)))) == "+++"
