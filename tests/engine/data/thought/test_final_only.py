"""How many records without a thought are learnt: as many as keep to the share, the same ones in any order."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from so8t_engine.config.run_config import Convert
from so8t_engine.data.record import Record
from so8t_engine.data.thought import final_only
from so8t_engine.data.thought.thinking import Sections

BARE = [f"{number * 2**56:016x}" for number in (9, 3, 200, 77, 5, 18, 41, 160, 2, 99)]
RECORD = Record(BARE[0], "s", "Why?", "Because.", "chat", "en", "train")


def learnt(found: final_only.Limit) -> list[str]:
    return [each for each in BARE if found.learnt(RECORD._replace(id=each), Sections("x", {}))]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25, 0.5, 0.9])
@pytest.mark.parametrize("thinking", [1, 2, 3, 8, 20])
def test_as_many_are_learnt_as_keep_to_the_share_and_not_one_less(thinking: int, share: float) -> None:
    found = final_only.limit(thinking, final_only.draws(BARE), share)
    count, most = len(learnt(found)), Fraction(str(share))

    assert Fraction(count, count + thinking) <= most
    assert count == len(BARE) or Fraction(count + 1, count + 1 + thinking) > most
    assert (found.thinking, found.final_only) == (thinking, len(BARE))


def test_those_with_the_smallest_ids_are_learnt_in_whatever_order_they_come() -> None:
    found = final_only.limit(4, final_only.draws(BARE), 0.5)

    assert found == final_only.limit(4, final_only.draws(BARE[::-1]), 0.5)
    assert sorted(learnt(found)) == sorted(BARE)[:4]
    assert found == final_only.Limit.from_json(found.to_json())


def test_without_a_limit_all_are_learnt() -> None:
    assert learnt(final_only.limit(4, final_only.draws(BARE), 1.0)) == BARE
    assert learnt(final_only.Limit.from_json(None)) == BARE
    assert learnt(final_only.limit(0, final_only.draws(BARE), 0.1)) == BARE  # nothing thinks: nothing would be left


@pytest.mark.parametrize(("thinking", "bare", "lifted"), [(0, 0, False), (1, 99, False), (1, 100, True), (0, 1, True)])
def test_where_less_than_one_in_a_hundred_thinks_there_is_no_limit(thinking: int, bare: int, lifted: bool) -> None:
    assert final_only.Limit(thinking, bare).lifted == lifted


def test_what_is_held_out_or_thinks_is_no_matter_of_the_limit() -> None:
    none = final_only.Limit(9, 9, below=-1)

    assert not none.learnt(RECORD, Sections("x", {}))
    assert none.learnt(RECORD, Sections("x", {"logic": "y"}))
    assert none.learnt(RECORD._replace(split="heldout"), Sections("x", {}))


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_where_a_teacher_writes_the_share_of_all_ids_is_learnt(share: float) -> None:
    found = final_only.one_in(Convert(final_only_share=share))
    ids = [f"{int(number):016x}" for number in np.linspace(0, 2**64 - 2**12, 101)]

    count = sum(found.learnt(RECORD._replace(id=each), Sections("x", {})) for each in ids)
    assert count == pytest.approx(share * 101, abs=1)


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        ({}, False), ({"safety": "safe"}, True), ({"answer": "4", "answer_kind": "number"}, True),
        ({"answer": "4"}, False), ({"answer_kind": "number"}, False),
    ],
)  # fmt: skip
def test_a_reward_checks_what_has_a_gold_answer_or_is_about_safety(fields: dict[str, str], known: bool) -> None:
    assert final_only.checkable(RECORD._replace(**fields)) == known  # type: ignore[arg-type]
