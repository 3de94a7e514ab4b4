"""Ratings that stand on the answers of a talk: the last answer's own one counts, by the scale of all rows."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import ParsedRow


def talk(*ratings: dict[str, Any]) -> dict[str, Any]:
    """A question and an answer for each, with what stands beside the answer's words."""
    pairs = (({"role": "user", "content": f"Part {n}?"}, {"role": "assistant", "content": f"Answer {n}.", **rating})
             for n, rating in enumerate(ratings))  # fmt: skip
    return {"messages": [turn for pair in pairs for turn in pair]}


def learnt(*rows: dict[str, Any]) -> list[str | None]:
    return [found.response if isinstance(found, ParsedRow) else None for found in of_source([*rows])]


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("rating", "bad", "good"), ("thumbs", "down", "up"), ("thumbsDown", True, False),
        ("reaction", "dislike", "like"),
        ("score", -1, 1), ("rating", -1, 1), ("user_rating", -1, 1), ("rating", 0, 1), ("score", "0", "1"),
        ("rating", 1, 5), ("stars", "1", "5"), ("評価", 1, 5), ("rating", {"value": "thumbs_down"}, {"value": "up"}),
        ("feedback", {"rating": "bad"}, {"rating": "good"}),
    ],
)  # fmt: skip
def test_an_answer_that_is_rated_bad_is_not_learnt_and_an_earlier_one_does_not_condemn_the_last(
    name: str, bad: Any, good: Any
) -> None:
    rows = [talk({name: good}, {name: bad}), talk({name: bad}, {name: good}), talk({name: bad}, {}), talk({name: bad})]
    assert learnt(*rows) == [None, "Answer 1.", "Answer 1.", None]


def test_of_five_stars_two_are_bad_as_well() -> None:
    rows = [talk({"stars": stars}) for stars in (1, 2, 3, 4, 5)]
    assert learnt(*rows) == [None, None, *["Answer 0."] * 3]


def test_which_rating_has_condemned_an_answer_is_told() -> None:
    found = of_source([talk({"rating": 1}), talk({"rating": 5})])
    assert found[0] == drop_reasons.labelled_bad("messages.rating", "1")


@pytest.mark.parametrize("values", [[0.1, 0.9], [1, 2, 3], [1, 10], [0, 5], [5, 5], [1, "n/a", 5], [2, 1, 6]])
def test_figures_whose_scale_nobody_knows_condemn_nothing(values: list[Any]) -> None:
    assert learnt(*(talk({"rating": value}) for value in values)) == ["Answer 0."] * len(values)


def test_a_mended_answer_is_not_what_was_rated() -> None:
    row = talk({"rating": "bad", "edited_content": "Answer 7."})
    assert learnt(row, talk({"rating": "good"})) == ["Answer 7.", "Answer 0."]
    figures = [talk({"rating": 1, "edited_content": "Answer 7."}), talk({"rating": 5})]
    assert learnt(*figures) == ["Answer 7.", "Answer 0."]


def test_turns_in_rows_of_their_own_are_judged_as_those_of_one_row() -> None:
    rows = [
        {"conversation_id": number, "role": role, "content": f"{role} {number}", "thumbs": thumbs}
        for number, given in enumerate(("down", "up"))
        for role, thumbs in (("user", ""), ("assistant", given))
    ]
    assert learnt(*rows) == [None, None, "assistant 1", None]
