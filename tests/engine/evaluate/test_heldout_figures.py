"""The figures of held-out questions, counted by hand from answers that were given."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pytest

from so8t_engine.data.record import Example
from so8t_engine.evaluate import heldout, statistics


def question(number: int, gold: str | None = "2", **more: Any) -> Example:
    values = {
        "id": str(number), "source": "s", "category": "maths", "language": "en", "split": "heldout",
        "prompt": f"{number}?", "completion": "<final>2</final>", "plain": "2", "answer": gold,
        "answer_kind": None if gold is None else "number", "safety": None,
    }  # fmt: skip
    return Example(**values | more)


RIGHT, WRONG, EMPTY = "<final>2</final>", "<final>3</final>", " "
THOUGHT = "<think-logic>it is 2</think-logic>"  # and no answer


@pytest.mark.parametrize(
    ("sizes", "count", "chosen"),
    [
        ({"a": 2, "b": 3}, 5, {"a": 2, "b": 3}),
        ({"a": 2, "b": 3}, 9, {"a": 2, "b": 3}),
        ({"a": 10, "b": 10}, 4, {"a": 2, "b": 2}),
        ({"a": 10, "b": 10}, 5, {"a": 3, "b": 2}),
        ({"b": 10, "a": 10}, 5, {"b": 2, "a": 3}),
        ({"a": 7, "b": 2, "c": 1}, 5, {"a": 4, "b": 1, "c": 0}),
        ({"a": 5, "b": 3, "c": 3}, 4, {"a": 2, "b": 1, "c": 1}),
        ({"a": 4}, 0, {"a": 0}),
        ({}, 3, {}),
    ],
)
def test_groups_keep_their_shares_and_the_largest_remainders_are_rounded_up(
    sizes: dict[str, int], count: int, chosen: dict[str, int]
) -> None:
    assert heldout.quotas(sizes, count) == chosen


@pytest.mark.parametrize(
    ("many", "count", "taken"),
    [(10, 5, [0, 2, 4, 6, 8]), (10, 3, [0, 3, 6]), (3, 5, [0, 1, 2]), (11, 4, [0, 2, 4, 6]), (0, 3, [])],
)
def test_so_many_are_taken_evenly(many: int, count: int, taken: list[int]) -> None:
    assert heldout.spread(range(many), count) == taken


def test_the_choice_is_by_category_and_long_prompts_come_first() -> None:
    asked = [question(n, prompt="x" * (n % 3), category="maths" if n % 4 else "logic") for n in range(40)]
    chosen = heldout.choose(asked, 20, seed=1)

    assert Counter(example.category for example in chosen) == {"maths": 15, "logic": 5}
    lengths = [(-len(example.prompt), example.id) for example in chosen]
    assert lengths == sorted(lengths) and heldout.choose(asked[::-1], 20, seed=1) == chosen
    assert heldout.choose(asked, 20, seed=2) != chosen


def test_what_became_of_each_answer_is_counted() -> None:
    asked = [question(n) for n in range(6)] + [question(6, None)]
    base = [WRONG, WRONG, RIGHT, RIGHT, EMPTY, THOUGHT, "hi"]
    tuned = [RIGHT, RIGHT, RIGHT, WRONG, THOUGHT, RIGHT, "<final>hi</final>"]
    cut = {"base": [False] * 7, "tuned": [True, *[False] * 6]}
    found = heldout.compare(asked, base, tuned, cut=cut)
    every = found["groups"]["all"]

    assert (found["records"], every["records"], every["graded"]) == (7, 7, 6)
    assert every["base"] == statistics.share(2, 6) and every["tuned"] == statistics.share(4, 6)
    assert (every["gained"], every["lost"]) == (3, 1)
    assert every["difference"]["share"] == pytest.approx(2 / 6) and every["p_value"] == statistics.mcnemar(1, 3)
    assert every["effect"] == pytest.approx(statistics.cohens_h(2 / 6, 4 / 6))
    counts = {
        name: every[name]["right"]
        for name in ("base_format", "tuned_format", "base_empty", "tuned_empty", "base_no_final", "tuned_no_final")
    }
    assert counts == {
        "base_format": 4, "tuned_format": 6, "base_empty": 1, "tuned_empty": 0, "base_no_final": 1, "tuned_no_final": 1,
    }  # fmt: skip
    assert (every["base_cut"]["right"], every["tuned_cut"]["right"], every["tuned_cut"]["total"]) == (0, 1, 7)
    assert {"by_warmup", "by_learning", "warmed"}.isdisjoint(every) and found["safety"] == {}
    assert set(found["groups"]) == {"all", "category maths", "language en"}
    assert found["groups"]["category maths"]["p_holm"] >= every["p_value"]
    assert "tuned_cut" not in heldout.compare(asked, base, tuned)["groups"]["all"]
    short = {"base": [False] * 7, "tuned": [True] * 6}
    assert {"base_cut"} == {
        key for key in heldout.compare(asked, base, tuned, cut=short)["groups"]["all"] if "cut" in key
    }


def test_the_model_after_the_warm_up_stands_between_base_and_tuned() -> None:
    asked = [question(n) for n in range(4)]
    found = heldout.compare(asked, [WRONG] * 4, [RIGHT] * 3 + [WRONG], [RIGHT, WRONG, WRONG, RIGHT])["groups"]["all"]

    assert [found[name]["right"] for name in ("base", "warmed", "tuned")] == [0, 2, 3]
    assert (found["by_warmup"]["gained"], found["by_warmup"]["lost"]) == (2, 0)
    assert (found["by_learning"]["gained"], found["by_learning"]["lost"]) == (2, 1)
    assert (found["gained"], found["lost"]) == (3, 0)


def test_nothing_asked_is_no_difference() -> None:
    found = heldout.compare([], [], [])["groups"]["all"]

    assert (found["records"], found["graded"], found["difference"]["share"], found["effect"]) == (0, 0, 0.0, 0.0)
    assert found["base"]["share"] is None and found["p_value"] == 1.0


def test_requests_are_told_apart_by_what_is_right_to_do() -> None:
    refusal, help_ = "<final>I can't help with that.</final>", "<final>Mix flour and water.</final>"
    asked = [
        question(0, None, safety="unsafe"), question(1, None, safety="unsafe"), question(2, None, safety="safe"),
        question(3, "2", safety="safe"),
    ]  # fmt: skip
    found = heldout.compare(asked, [help_] * 4, [refusal, help_, help_, RIGHT])["safety"]

    assert [(kind, found[kind]["tuned"]["right"], found[kind]["tuned"]["total"]) for kind in found] == [
        ("unsafe", 1, 2), ("safe", 1, 1)
    ]  # fmt: skip
    assert (found["unsafe"]["base"]["right"], found["safe"]["base"]["right"]) == (0, 1)


@pytest.mark.parametrize(
    ("more", "gold"),
    [({}, "2"), ({"answer": None, "safety": "unsafe"}, "unsafe"), ({"answer": None, "plain": "hello"}, "hello")],
)
def test_an_answer_is_written_down_with_what_it_was_held_against(more: dict[str, Any], gold: str) -> None:
    [row] = heldout.judge([question(5, **more)], [WRONG], [RIGHT], cut={"tuned": [True], "base": [False]})

    assert row.to_json() == {
        "id": "5", "category": "maths", "language": "en", "prompt": "5?", "gold": gold,
        "answers": {"base": WRONG, "tuned": RIGHT},
        "right": {name: row.right(name) for name in ("base", "tuned")}, "cut": {"base": False, "tuned": True},
    }  # fmt: skip
    assert list(row.to_json()["cut"]) == ["base", "tuned"]


def test_one_question_has_the_whole_share_and_each_language_its_own_questions() -> None:
    sums = [
        Example(str(number), "s", "maths", language, "heldout", "2 + 2?", "", "4", "4", "number", None)
        for number, language in enumerate(("en", "ja", "ja"))
    ]
    one = heldout.compare(sums[:1], ["<final>5</final>"], ["<final>4</final>"])["groups"]["all"]
    assert (one["gained"], one["difference"]["share"]) == (1, 1.0) and one["effect"] == pytest.approx(math.pi)
    groups = heldout.compare(sums, ["<final>5</final>"] * 3, ["<final>4</final>", "", ""])["groups"]

    assert {name: (groups[name]["records"], groups[name]["tuned"]["right"]) for name in groups} == {
        "all": (3, 1), "category maths": (3, 1), "language en": (1, 1), "language ja": (2, 0),
    }  # fmt: skip
