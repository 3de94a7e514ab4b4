"""What becomes of a unit of records: examples, prompts alone, what is left out, and the counts of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from so8t_engine.data import drop_reasons, shards
from so8t_engine.data.record import Example, Record
from so8t_engine.data.thought import conversion, thought_table, token_limits
from so8t_engine.data.thought.conversion import Conversion
from so8t_engine.data.thought.sections import Sections, evidence
from so8t_engine.data.thought.thought_table import Counted, Fate
from so8t_engine.data.thought.token_limits import TokenLimits

BARE = Record("0" * 16, "a", prompt="Why?", response="So.", category="chat", language="en", split="train")
LIMITS, NONE = TokenLimits(10, 5), TokenLimits(None, None)
# What each prompt stands for: how many tokens it and its answer have.
TOKENS = {"fits": (5, 5), "prompt alone": (5, 6), "not asked": (6, 4), "left out": (6, 5)}


def item(number: int, prompt: str, fate: Fate = "learnt", **more: Any) -> Counted:
    record = BARE._replace(id=f"{number:016x}", prompt=prompt, **more)
    return Counted(record, evidence(record), fate)


def measure(examples: Sequence[Example]) -> list[Example]:
    lengths = [TOKENS[each.prompt] for each in examples]
    return [
        each._replace(prompt_tokens=prompt, completion_tokens=answer if each.completion else 0)
        for each, (prompt, answer) in zip(examples, lengths, strict=True)
    ]


ITEMS = [
    item(0, "not asked", reasoning="It runs on rails."), item(1, "left out"), item(2, "fits", "left_out"),
    item(3, "prompt alone", reasoning="It has wheels."), item(4, "fits", "prompts"),
    item(5, "fits", source="b", reasoning="It was seen."),
    item(6, "left out", split="heldout"),
]  # fmt: skip
NUMBERS = [10, 20, 30, 40, 50, 60, 70]


def told(made: Conversion) -> list[tuple[int, str, bool]]:
    return [(int(each.id, 16), each.prompt, bool(each.completion)) for each in made.written]


def test_without_a_tokenizer_all_but_what_lacks_thought_is_written_and_a_prompt_has_no_answer() -> None:
    made = conversion.of(ITEMS, NUMBERS, NONE, None)

    assert told(made) == [
        (0, "not asked", True), (1, "left out", True), (3, "prompt alone", True), (4, "fits", False),
        (5, "fits", True), (6, "left out", True),
    ]  # fmt: skip
    assert [(each.number, each.reason, each.record) for each in made.left_out] == [
        (30, drop_reasons.FINAL_ONLY, ITEMS[2].record)
    ]
    assert (made.counted, made.measured) == (ITEMS, [])


def test_with_one_what_is_too_long_is_left_out_or_a_prompt_alone_and_reasons_come_in_the_order_of_rows() -> None:
    made = conversion.of(ITEMS, NUMBERS, LIMITS, measure)

    assert told(made) == [
        (0, "not asked", True), (3, "prompt alone", False), (4, "fits", False), (5, "fits", True),
        (6, "left out", True),
    ]  # fmt: skip
    assert [(each.number, each.reason, each.record) for each in made.left_out] == [
        (20, drop_reasons.TOO_MANY_TOKENS, ITEMS[1].record), (30, drop_reasons.FINAL_ONLY, ITEMS[2].record),
    ]  # fmt: skip
    assert made.counted == [ITEMS[0], ITEMS[2], ITEMS[3]._replace(fate="prompts"), *ITEMS[4:]]
    assert [each.prompt for each in made.measured] == [each.record.prompt for each in ITEMS if each.fate != "left_out"]
    assert [each.completion_tokens for each in made.written] == [4, 0, 0, 5, 5]


def begun(**more: Any) -> dict[str, Any]:
    return {"examples": 2, "split": {"train": 2}, "sections": {"logic": 1}, **more}


def test_what_an_older_version_did_not_count_is_not_counted_from_the_middle_on() -> None:
    made = conversion.of(ITEMS, NUMBERS, LIMITS, measure)

    assert conversion.counted(begun(), made, LIMITS, [1] * 5) == {
        "examples": 7, "split": {"train": 6, "heldout": 1}, "sections": {"logic": 3},
    }  # fmt: skip


def test_thought_reasons_repeats_and_lengths_are_counted() -> None:
    made = conversion.of(ITEMS, NUMBERS, LIMITS, measure)
    tokens = token_limits.begin(LIMITS, "digest")
    dropped = {"a": {str(drop_reasons.FINAL_ONLY): 1}, "c": {"x": 3}}
    before = begun(thought={}, dropped=dropped, repeated={"b": 4}, tokens=tokens)
    counts = conversion.counted(before, made, LIMITS, [3, 1, 1, 2, 1])

    assert counts["thought"] == thought_table.with_records({}, made.counted)
    assert counts["dropped"] == {
        "a": {str(drop_reasons.FINAL_ONLY): 2, str(drop_reasons.TOO_MANY_TOKENS): 1}, "c": {"x": 3},
    }  # fmt: skip
    assert counts["repeated"] == {"a": 2, "b": 5}
    assert counts["tokens"] == token_limits.added(tokens, LIMITS, made.measured)
    assert (dropped, before["repeated"], tokens["examples"]) == (
        {"a": {str(drop_reasons.FINAL_ONLY): 1}, "c": {"x": 3}}, {"b": 4}, 0,
    ), "what was counted before is as it was"  # fmt: skip


@pytest.mark.parametrize(
    ("weights", "repeats", "are_counted"),
    [
        ({}, [1, 1, 1], False),
        ({"source:a": 1.0}, [1, 1, 1], False),
        ({"source:a": 0.0}, [1, 1, 1], False),
        ({"source:a": 3.0}, [3, 1, 1], True),
        ({"source:a": 0.5, "source:b": 2.0}, [1, 2, 1], True),
    ],
)
def test_training_repeats_by_weight_and_evaluation_asks_once(
    weights: dict[str, float], repeats: list[int], are_counted: bool
) -> None:
    records = [BARE, BARE._replace(source="b"), BARE._replace(split="heldout")]
    items = [Counted(each, evidence(each), "learnt") for each in records]
    written = conversion.of(items, [1, 2, 3], NONE, None).written

    assert conversion.repeats(written, weights) == repeats
    assert conversion.begin(weights) == ({"repeated": {}} if are_counted else {})


def test_a_shard_has_each_example_with_how_often_it_is_seen() -> None:
    made = conversion.of(ITEMS, NUMBERS, LIMITS, measure)
    table = conversion.table(made.written, [3, 1, 1, 2, 1], shards.converted_schema(measured=True, repeated=True))

    assert table["repeats"].to_pylist() == [3, 1, 1, 2, 1]
    assert [Example(**row) for row in table.drop_columns(["repeats"]).to_pylist()] == made.written
    assert Sections("So.", {"logic": "It runs on rails."}) == ITEMS[0].evidence.sections
