"""Of answers to one question in rows of their own, each with its rank, the best one is learnt."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import ParsedRow


def rows(ranks: list[list[Any]], name: str = "rank") -> list[dict[str, Any]]:
    return [
        {"question": f"Part {number}?", "answer": f"Answer {number}, {place}.", name: rank}
        for number, each in enumerate(ranks)
        for place, rank in enumerate(each)
    ]


def learnt(given: list[dict[str, Any]]) -> list[str]:
    return [found.response for found in of_source(given) if isinstance(found, ParsedRow)]


@pytest.mark.parametrize("name", ["rank", "ranking", "human_rank", "順位"])
@pytest.mark.parametrize("ranks", [[[2, 1, 3], [1, 2]], [[1, 0, 2], [0, 1]], [["2", "1"], ["1", "2"]]])
def test_the_first_in_rank_is_learnt(name: str, ranks: list[list[Any]]) -> None:
    given = rows(ranks, name)
    assert learnt(given) == ["Answer 0, 1.", "Answer 1, 0."]
    assert of_source(given)[0] == drop_reasons.labelled_bad(name, str(ranks[0][0]))


@pytest.mark.parametrize(
    "ranks",
    [[[1], [2], [3]], [[1, 5], [2, 4]], [[2, 3], [2, 3]], [[1, 1], [2, 2]], [[1, 2], [3, 5]], [[1, "n/a"], [1, 2]],
     [[1, 2, 3]]],
)  # fmt: skip
def test_figures_that_do_not_count_on_for_each_question_are_no_ranks(ranks: list[list[Any]]) -> None:
    assert len(learnt(rows(ranks))) == sum(map(len, ranks))


def test_rows_of_one_question_need_not_lie_together() -> None:
    given = rows([[2, 1], [1, 2], [2, 1]])
    assert {*learnt(given[::2] + given[1::2])} == {"Answer 0, 1.", "Answer 1, 0.", "Answer 2, 1."}
