"""Which of several answers is learnt, and what points at one: each way of saying it, and what says nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import pointers, samples, verdict_values
from so8t_engine.data.adapters.judged.pointers import BY_SIGN, FROM_0, FROM_0_ON, FROM_1, NUMBERED, UNTOLD
from so8t_engine.data.adapters.judged.samples import Sample
from so8t_engine.data.adapters.judged.verdicts import Condemnation
from so8t_engine.data.adapters.parsed_row import Skip

W = Columns(prompt="q", response="answers")
GOLD = Columns(prompt="q", response="answers", answer="gold")
AB = ["one", "two"]


def best(row: Mapping[str, Any], where: Columns = W) -> Sample | None:
    return samples.of({"q": "p", "answers": [*AB], **row}, where, {})


def numbers(name: str, values: Sequence[Any], count: int = 2) -> tuple[dict[str, tuple[str, str]], bool]:
    """What all rows tell of numbers that point, and whether more may tell more."""
    found = pointers.Numbers()
    for value in values:
        found.add(name, value, count)
    return found.found(), found.is_open()


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (best, ({},), None),
    (best, ({"scores": [1, 2]},), Sample(answer="two", number=1, count=2)),
    (best, ({"scores": [2, 1]},), Sample(answer="one", number=0, count=2)),
    (best, ({"scores": [1, 1]},), Sample(answer="one", number=0, count=2)),
    (best, ({"scores": [1]},), None),
    (best, ({"scores": ["1", "2"]},), Sample(answer="two", number=1, count=2)),
    (best, ({"ranks": [2, 1]},), Sample(answer="two", number=1, count=2)),
    (best, ({"ranks": [0, 1]},), Sample(answer="one", number=0, count=2)),
    (best, ({"ranks": [7, 9]},), None),
    (best, ({"is_correct": [False, True]},), Sample(answer="two", number=1, count=2)),
    (
        best,
        ({"is_correct": [False, False]},),
        Sample(answer="one", number=0, count=2, verdict=Condemnation(place="is_correct", said="false")),
    ),
    (best, ({"is_correct": [True, True]},), Sample(answer="one", number=0, count=2)),
    (
        best,
        ({"is_correct": [False, True], "is_reasoning_complete": [True, False]},),
        Sample(answer="one", number=0, count=2, verdict=Condemnation(place="is_correct", said="false")),
    ),
    (best, ({"is_correct": [True, False], "scores": [1, 2]},), Sample(answer="one", number=0, count=2)),
    (best, ({"is_correct": [True, True], "scores": [1, 2]},), Sample(answer="two", number=1, count=2)),
    (best, ({"is_correct": [True]},), None),
    (best, ({"is_best": [0, 1]},), Sample(answer="two", number=1, count=2)),
    (best, ({"accepted": [1, 1]},), Sample(answer="one", number=0, count=2)),
    (
        best,
        ({"is_best": [0, 0]},),
        Sample(answer="one", number=0, count=2, verdict=Condemnation(place="is_best", said="0")),
    ),
    (best, ({"winner": 1},), Sample(answer="two", number=1, count=2)),
    (best, ({"winner": "two"},), Sample(answer="two", number=1, count=2)),
    (best, ({"winner": 9},), None),
    (best, ({"gold": "7", "answers": ["It is 8.", "It is 7."]}, GOLD), Sample(answer="It is 7.", number=1, count=2)),
    (
        best,
        ({"gold": "7", "answers": ["It is 8.", "It is 9."]}, GOLD),
        Sample(answer="It is 8.", number=0, count=2, verdict=Condemnation(place="gold", said="false", gold="gold")),
    ),
    (
        best,
        ({"gold": "7", "answers": ["It is that.", "It is 9."]}, GOLD),
        Sample(answer="It is that.", number=0, count=2, verdict=Condemnation(place="gold", said="false", gold="gold")),
    ),
    (best, ({"gold": "7", "answers": ["It is that.", "It is this."]}, GOLD), None),
    (
        best,
        ({"gold": "7", "answers": ["It is 8.", "It is 7."], "winner": "It is 8."}, GOLD),
        Sample(answer="It is 8.", number=0, count=2, verdict=Condemnation(place="gold", said="false", gold="gold")),
    ),
    (best, ({"answers": []},), None),
    (best, ({"answers": "one"},), None),
    (
        best,
        ({"answers": [{"text": "one", "score": 1}, {"text": "two", "score": 3}]},),
        Sample(answer="two", number=1, count=2),
    ),
    (
        best,
        ({"answers": [{"text": "one", "is_correct": True}, {"text": "two", "is_correct": False}]},),
        Sample(answer="one", number=0, count=2),
    ),
    (
        best,
        ({"answers": [{"text": "one", "is_best": 0}, {"text": "two", "is_best": 1}]},),
        Sample(answer="two", number=1, count=2),
    ),
    (
        best,
        ({"answers": [{"model": "A1", "text": "one"}, {"model": "B1", "text": "two"}], "winner": "b1"},),
        Sample(answer="two", number=1, count=2),
    ),
    (best, ({"answers": {"A1": "one", "B1": "two"}, "winner": "b1"},), Sample(answer="two", number=1, count=2)),
    (
        best,
        ({"answers": {"A1": "one", "B1": "two"}, "scores": {"A1": 1, "B1": 2}},),
        Sample(answer="two", number=1, count=2),
    ),
    (best, ({"answers": {"A1": "one", "B1": ""}, "winner": "a1"},), None),
    (best, ({"answers": {"choices": ["one", "two"], "labels": [0, 1]}},), Sample(answer="two", number=1, count=2)),
    (best, ({"answers": {"choices": ["one", "two"], "labels": [1, 1]}},), None),
    (
        best,
        ({"responses": ["one", "two", "three"], "scores": [3, 1, 2]}, Columns(prompt="q", response="responses")),
        Sample(answer="one", number=0, count=3),
    ),
    (
        best,
        ({"completions": ["one ", " two"], "labels": [True, True]}, Columns(prompt="q", response="completions")),
        Sample(answer="one\ntwo", number=0, count=1),
    ),
    (
        best,
        ({"responses": ["one"]}, Columns(prompt="q", response="responses")),
        Sample(answer="one", number=0, count=1),
    ),
    (
        samples.judges,
        ({"q": "p", "answers": AB, "scores": [1, 2], "winner": 1, "is_correct": [1, 0]}, W),
        ["is_correct", "scores", "winner"],
    ),
    (samples.judges, ({"q": "p", "answers": AB, "scores": [1]}, W), []),
    (samples.judges, ({"q": "p", "answers": "one", "scores": [1]}, W), []),
    (samples.can_be_told, ({"q": "p", "answers": AB, "scores": [1, 2]}, W), True),
    (samples.can_be_told, ({"q": "p", "answers": AB, "winner": "tie"}, W), True),
    (samples.can_be_told, ({"q": "p", "answers": "one"}, W), True),
    (samples.can_be_told, ({"q": "p", "solutions": AB}, Columns(prompt="q", response="solutions")), False),
    (
        samples.can_be_told,
        ({"q": "p", "solutions": AB, "scores": [1, 2]}, Columns(prompt="q", response="solutions")),
        True,
    ),
    (samples.can_be_told, ({"q": "p", "responses": AB}, Columns(prompt="q", response="responses")), False),
    (samples.by_gold, ("It is 7.", {"gold": "7"}, "gold"), {"gold": False}),
    (samples.by_gold, ("It is 8.", {"gold": "7"}, "gold"), {"gold": True}),
    (samples.by_gold, ("It is that.", {"gold": "7"}, "gold"), {}),
    (samples.by_gold, ("So there are 7 of them in all.", {"gold": 7}, "gold"), {"gold": False}),
    (samples.by_gold, ("a b", {"gold": " a b "}, "gold"), {"gold": False}),
    (samples.by_gold, ("<think>8</think> 7", {"gold": "7"}, "gold"), {"gold": False}),
    (samples.by_gold, ("B. It is large, as the text says.", {"gold": "B"}, "gold"), {"gold": False}),
    (samples.by_gold, ("Yes, it is so, as one sees.", {"gold": "yes"}, "gold"), {"gold": False}),
    (samples.by_gold, (["7"], {"gold": "7"}, "gold"), {}),
    (samples.by_gold, ("7", {"gold": "7"}, None), {}),
    (samples.by_gold, ("7", {}, "gold"), {}),
    (samples.is_mark, ("Is_Best",), True),
    (samples.is_mark, ("best_of",), False),
    (samples.text_of, ({"text": "one", "score": 1},), "one"),
    (samples.text_of, ({"Completion": "one"},), "one"),
    (samples.text_of, ({"text": "", "code": "one"},), "one"),
    (samples.text_of, ({"words": "one"},), {"words": "one"}),
    (samples.text_of, ("one",), "one"),
    (samples.text_of, ({"text": "one", "corrected_text": "It is one."},), "It is one."),
    (pointers.pointed, ("winner", "a", AB, {}, ("a", "b")), 0),
    (pointers.pointed, ("winner", "b", AB, {}, ("a", "b")), 1),
    (pointers.pointed, ("winner", "B is better", AB, {}, ("a", "b")), 1),
    (pointers.pointed, ("winner", "Response B", AB, {}, ("a", "b")), 1),
    (pointers.pointed, ("winner", "c", AB, {}), None),
    (pointers.pointed, ("winner", "B", AB, {}), 1),
    (pointers.pointed, ("winner", "x", AB, {}), None),
    (pointers.pointed, ("winner", "response 2", AB, {}), 1),
    (pointers.pointed, ("winner", "response 3", AB, {}), None),
    (pointers.pointed, ("winner", "response 0", AB, {}), None),
    (pointers.pointed, ("winner", "②", AB, {}), 1),
    (pointers.pointed, ("winner", "response 2", AB, {}, ("1", "2")), 1),
    (pointers.pointed, ("winner", "left", AB, {}), 0),
    (pointers.pointed, ("winner", "right", AB, {}), 1),
    (pointers.pointed, ("winner", "third", AB, {}), None),
    (pointers.pointed, ("winner", "third", ["one", "two", "three"], {}), 2),
    (pointers.pointed, ("winner", "A>B", AB, {}), 0),
    (pointers.pointed, ("winner", "A<<B", AB, {}), 1),
    (pointers.pointed, ("winner", "A=B", AB, {}), "tie"),
    (pointers.pointed, ("winner", "[[C]]", AB, {}), "tie"),
    (pointers.pointed, ("winner", "[[B]]", AB, {}), 1),
    (pointers.pointed, ("winner", "[[C]]", ["one", "two", "three"], {}), 2),
    (pointers.pointed, ("winner", "neither", AB, {}), "bad"),
    (pointers.pointed, ("winner", "Tie.", AB, {}), "tie"),
    (pointers.pointed, ("winner", True, AB, {}), None),
    (pointers.pointed, ("winner", "", AB, {}), None),
    (pointers.pointed, ("winner", None, AB, {}), None),
    (pointers.pointed, ("winner", "two", AB, {}), 1),
    (pointers.pointed, ("winner", "blue", AB, {}), None),
    (pointers.pointed, ("winner", "human", AB, {}, ("human_expert", "ai")), 0),
    (pointers.pointed, ("winner", "gpt", AB, {}, (), ("gpt", "llama")), 0),
    (pointers.pointed, ("winner", "gpt", AB, {}, (), ("gpt", "gpt")), None),
    (pointers.pointed, ("winner", 0, AB, {}), 0),
    (pointers.pointed, ("winner", 1, AB, {}), 1),
    (pointers.pointed, ("winner", 2, AB, {}), None),
    (pointers.pointed, ("winner", 1, AB, {NUMBERED: (FROM_1, "")}), 0),
    (pointers.pointed, ("winner", 2, AB, {NUMBERED: (FROM_1, "")}), 1),
    (pointers.pointed, ("winner", 0, AB, {NUMBERED: (FROM_1, "")}), None),
    (pointers.pointed, ("winner", 1, AB, {NUMBERED: (FROM_0, "")}), 1),
    (pointers.pointed, ("winner", 1, AB, {NUMBERED: (UNTOLD, "")}), None),
    (pointers.pointed, ("winner", -1, AB, {NUMBERED: (BY_SIGN, "")}), 0),
    (pointers.pointed, ("winner", 0, AB, {NUMBERED: (BY_SIGN, "")}), "tie"),
    (pointers.pointed, ("winner", 3, AB, {NUMBERED: (BY_SIGN, "")}), 1),
    (pointers.pointed, ("winner", 3, ["one", "two", "three"], {NUMBERED: (BY_SIGN, "")}), None),
    (pointers.pointed, ("winner", -2, AB, {}), 0),
    (pointers.pointed, ("winner", 0, AB, {NUMBERED: (FROM_0_ON, "")}, ("1", "2")), "tie"),
    (pointers.pointed, ("winner", 2, AB, {NUMBERED: (FROM_0_ON, "")}, ("1", "2")), 1),
    (pointers.pointed, ("winner", 1, AB, {NUMBERED: (FROM_0_ON, "")}), None),
    (pointers.pointed, ("winner", 1, AB, {}, ("1", "2")), 0),
    (pointers.pointed, ("winner", 3, AB, {}, ("1", "2")), None),
    (pointers.pointed, ("overall_preference", -1, AB, {}), 0),
    (pointers.pointed, ("overall_preference", 1, AB, {NUMBERED: (FROM_1, "")}), 1),
    (pointers.pointed, ("label", 1, AB, {}), None),
    (pointers.pointed, ("label", "a", AB, {}), 0),
    (pointers.pointed, ("winner", "a, b, b", AB, {}, ("a", "b")), 1),
    (pointers.pointed, ("winner", "a, b", AB, {}, ("a", "b")), "tie"),
    (pointers.pointed, ("winner", "a, blue", AB, {}, ("a", "b")), None),
    (pointers.pointed, ("winner", ["a", "b", "b"], AB, {}, ("a", "b")), 1),
    (pointers.pointed, ("winner", {"a": 3, "b": 1}, AB, {}, ("a", "b")), 0),
    (pointers.pointed, ("winner", {"ann": "a", "bob": "a"}, AB, {}, ("a", "b")), 0),
    (pointers.pointed, ("winner", [{"vote": "a"}, {"vote": "a"}], AB, {}, ("a", "b")), 0),
    (pointers.pointed, ("winner", ["a", ""], AB, {}, ("a", "b")), 0),
    (pointers.pointed, ("winner", ["a", "b"], AB, {}), None),
    (pointers.pointed, ("winner", [1, 0], AB, {}), None),
    (pointers.most, ([(0, 1), (1, 2)],), 1),
    (pointers.most, ([(0, 1), (1, 1)],), "tie"),
    (pointers.most, ([(0, 1), (None, 1)],), None),
    (pointers.most, ([],), None),
    (pointers.marked, ([0, "1", True, "true", "1.0", "x"],), (1, 2, 3, 4)),
    (pointers.are_marks, ([0, 1],), True),
    (pointers.are_marks, ([1, 1],), False),
    (pointers.are_marks, ([0, 0],), False),
    (pointers.are_marks, ([0, "x"],), False),
    (verdict_values.whole_of, ("2",), 2),
    (verdict_values.whole_of, (2.5,), None),
    (pointers.columns, (("q", "winner", "label"),), ("winner",)),
    (pointers.columns, (("q", "label"),), ("label",)),
    (numbers, ("winner", [0, 1]), ({"what points at an answer": ("0", "")}, True)),
    (numbers, ("winner", [1, 2]), ({"what points at an answer": ("1", "")}, True)),
    (numbers, ("winner", [0, 2]), ({"what points at an answer": ("from 0 to how many there are", "")}, True)),
    (numbers, ("winner", [1]), ({}, True)),
    (numbers, ("winner", [3]), ({"what points at an answer": ("", "")}, True)),
    (numbers, ("winner", [-1, 3]), ({"what points at an answer": ("by its sign", "")}, False)),
    (numbers, ("winner", ["a"]), ({}, False)),
    (numbers, ("overall_preference", [-1]), ({}, False)),
    (pointers.pointed, ("winner", "ai", AB, {}, ("human_expert", "ai_expert")), 1),
    (pointers.pointed, ("winner", "b", AB, {}, ("x_b", "y_c")), 1),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_which_of_several_answers_is_meant(function: Callable[..., Any], given: tuple[Any, ...], value: object) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))


REFUSED: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (best, ({"is_best": [1, 1]},), drop_reasons.Sentence(code="data.none_is_better", args={"column": "is_best"})),
    (best, ({"winner": "tie"},), drop_reasons.Sentence(code="data.none_is_better", args={"column": "winner"})),
    (
        best,
        ({"winner": "both bad"},),
        drop_reasons.Sentence(code="data.labelled_bad_by", args={"column": "winner", "value": "both bad"}),
    ),
    (
        best,
        ({"completions": ["one ", " two"], "labels": [True, False]}, Columns(prompt="q", response="completions")),
        drop_reasons.Sentence(code="data.labelled_bad_by", args={"column": "labels", "value": "false"}),
    ),
]


@pytest.mark.parametrize(("function", "given", "why"), REFUSED)
def test_what_it_refuses_and_why(function: Callable[..., Any], given: tuple[Any, ...], why: object) -> None:
    with pytest.raises(Skip) as refused:
        function(*given)
    assert refused.value.reason == why
