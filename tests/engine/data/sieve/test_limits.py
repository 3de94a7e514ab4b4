"""What the user allows: of a source, a language, a category how many, how often, and under which licences."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Integrate
from so8t_engine.data import drop_reasons
from so8t_engine.data.record import Record
from so8t_engine.data.sieve import limits
from so8t_engine.data.sieve.limits import Limits

RECORD = Record("0" * 16, "a", prompt="Why?", response="So.", category="chat", language="en", split="train")
COUNTS: dict[str, Any] = {
    "sources": {"a": {"kept": 4, "dropped": {}}, "b": {"kept": 3}}, "language": {"en": 5, "ja": 2},
    "category": {"chat": 6, "maths": 1},
}  # fmt: skip


def some(number: int, **more: Any) -> Record:
    return RECORD._replace(id=f"{number:016x}", **more)


def kept_of(rules: Integrate, counts: dict[str, Any] = COUNTS, **more: Any) -> int:
    """How many of ten records are still kept."""
    of_shard = Limits(rules, "a", None, counts)
    return [of_shard.refuse(some(number, **more)) for number in range(10)].count(None)


@pytest.mark.parametrize(
    ("most", "kept"),
    [
        ({}, 10), ({"source:a": 4}, 0), ({"source:a": 6}, 2), ({"language:en": 6}, 1), ({"category:chat": 9}, 3),
        ({"source:b": 3, "language:ja": 1, "category:maths": 1}, 10), ({"source:a": 9, "language:en": 8}, 3),
    ],
)  # fmt: skip
def test_there_are_at_most_so_many_with_those_kept_before(most: dict[str, int], kept: int) -> None:
    assert kept_of(Integrate(max_records=most)) == kept


def test_those_of_evaluation_take_no_place() -> None:
    counts = {**COUNTS, "evaluation": {"language:en": 3, "category:chat": 1}}

    assert kept_of(Integrate(max_records={"language:en": 5}), counts) == 3
    assert kept_of(Integrate(max_records={"category:chat": 7}), counts) == 2


def test_one_that_is_not_drawn_takes_no_place_and_has_its_own_reason() -> None:
    of_shard = Limits(Integrate(max_records={"source:a": 7}, weights={"source:a": 0.5}), "a", None, COUNTS)
    found = [of_shard.refuse(some(number)) for number in range(40)]

    assert found.count(None) == 3
    assert {str(reason) for reason in found if reason} == {str(drop_reasons.NOT_DRAWN), str(drop_reasons.CAPPED)}


@pytest.mark.parametrize(
    ("rules", "licence", "may"),
    [
        (Integrate(), None, False), (Integrate(licenses=["MIT"]), "mit", False),
        (Integrate(licenses=["MIT"]), None, True),
        (Integrate(max_records={"source:a": 1}), None, True), (Integrate(weights={"source:a": 2.0}), None, True),
    ],
)  # fmt: skip
def test_whether_it_may_refuse_any(rules: Integrate, licence: str | None, may: bool) -> None:
    assert Limits(rules, "a", licence, COUNTS).may_refuse is may


def test_a_weight_is_how_often_a_record_is_learnt_its_fraction_a_draw_that_grows() -> None:
    def times(weight: float, **more: float) -> list[int]:
        weights = {"source:a": weight, **{name.replace("_", ":"): value for name, value in more.items()}}
        return [limits.times(some(number), weights) for number in range(200)]

    half, most = times(0.5), times(0.75)
    assert set(half) == {0, 1} and 70 < sum(half) < 130
    assert all(one <= other for one, other in zip(half, most, strict=True)) and sum(most) > sum(half)
    assert times(2.5) == [2 + each for each in half]
    assert (set(times(0)), set(times(1)), set(times(3))) == ({0}, {1}, {3})
    assert times(2.0, language_en=0.5, category_chat=0.5) == half
    assert times(0.5, source_b=3.0, language_ja=3.0, category_maths=3.0) == half
    assert half[:20] == [0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0]  # as in sessions that exist
