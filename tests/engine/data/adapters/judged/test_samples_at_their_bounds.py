"""Which of several answers is learnt, at the bounds: what judges one of them, and what is none of their judges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import pointers, samples, scales, verdicts
from so8t_engine.data.adapters.judged.verdicts import Condemnation
from so8t_engine.data.adapters.parsed_row import Skip

ANSWERS = Columns(prompt="q", response="answers")
RESPONSES = Columns(prompt="q", response="responses")  # of one model, by their name
COMPLETIONS = Columns(prompt="q", response="completions")
SOLUTIONS = Columns(prompt="q", response="solutions")
GOLD = Columns(prompt="q", response="answers", answer="gold")
GOLD_OF_RESPONSES = Columns(prompt="q", response="responses", answer="gold")
STEPS = Columns(prompt="q", response="answers", reasoning="steps")
UNTOLD = TypeError


def chosen(row: Mapping[str, Any], where: Columns, index: Mapping[str, tuple[str, str]], named: bool = False) -> object:
    """The number of the one that is learnt, with what is against it; why none is; None where there are not several."""
    try:
        found = samples.of({"q": "p", **row}, where, index, named=named)
    except Skip as skip:
        return skip.reason.code
    except TypeError as error:
        return type(error)
    if found is None:
        return None
    return found.number if found.verdict is None else (found.number, found.verdict)


TWO: dict[str, Any] = {"answers": ["one", "two"]}
MODELS: dict[str, Any] = {"responses": ["one", "two"]}
VOTED: dict[str, Any] = {
    "answers": [{"text": "one", "votes": 9, "is_correct": False}, {"text": "two", "votes": 1, "is_correct": True}]
}
GIVERS: dict[str, Any] = {"answers": {"A1": "one", "B1": "two"}}
OF_EACH = {scales.OF_EACH: ("ratings > 2", "")}
WRONG = Condemnation("gold", "false", gold="gold")


@pytest.mark.parametrize(
    ("row", "where", "outcome"),
    [
        ({"a": {"b": ["one", "two"]}, "scores": [1, 2]}, Columns(prompt="q", response="a.b"), 1),
        ({"answers": {"choices": ["one", "two"], "labels": [0, 1, 0]}}, ANSWERS, None),
        ({"answers": {"choices": ["one", "two"], "labels": [1, 0]}}, ANSWERS, 0),
        ({"answers": {"choices": ["one", "two"]}}, ANSWERS, None),
        ({"answers": {"choices": ["one", "two"], "labels": [0, 0]}}, ANSWERS, None),
        ({"answers": {"A1": "one"}, "scores": {"A1": 1}}, ANSWERS, None),
        ({"answers": {"A1": "one", "B1": 2}, "scores": {"A1": 1, "B1": 2}}, ANSWERS, None),
        ({**GIVERS, "scores": {"A1": 1}}, ANSWERS, None), ({**GIVERS, "colour": {"A1": 1, "B1": 2}}, ANSWERS, None),
        ({**GIVERS, "is_correct": {"A1": False, "B1": True}}, ANSWERS, 1), ({**GIVERS, "winner": "c1"}, ANSWERS, None),
        ({"answers": {" A1": "one", "B1": "two"}, "winner": "a1 "}, ANSWERS, 0),
        ({**GIVERS, "winner": "b1", "choice": "x"}, ANSWERS, 1),
        ({**GIVERS, "winner": "x", "choice": "b1"}, ANSWERS, 1),
        ({"answers": [{"text": "one", "is_correct": True}, "two"], "scores": [1, 2]}, ANSWERS, 1),
        ({"answers": [{"text": "one", "corrected_text": "It is one."}, {"text": "two"}], "best": 0}, ANSWERS, 0),
        ({"answers": [{"text": "one"}, {"model": "B", "text": "two"}], "winner": "b"}, ANSWERS, 1),
        ({"answers": [{"by": "A", "text": "one"}, {"model": "B", "by": "A", "text": "two"}], "winner": "a"}, ANSWERS,
        0),
        ({"completions": ["one", "two"], "labels": [True, None]}, COMPLETIONS, 0),
        ({"completions": ["one", "two"], "labels": [True]}, COMPLETIONS, "data.unpaired"),
        ({"completions": ["one", "two"], "labels": [None, False]}, COMPLETIONS, "data.labelled_bad_by"),
        ({"completions": ["one", "two"], "labels": [False, "good"]}, COMPLETIONS, 1),
        ({"completions": [7, "two"], "labels": [False, True]}, COMPLETIONS, 1),
        ({**MODELS, "labels": [False, True]}, RESPONSES, 1), ({**MODELS, "scores": []}, RESPONSES, UNTOLD),
        ({**MODELS, "scores": [1]}, RESPONSES, "data.unpaired"),
        ({**MODELS, "scores": [1, 2, 3]}, RESPONSES, "data.unpaired"),
        ({**MODELS, "scores": "123"}, RESPONSES, UNTOLD), ({**MODELS, "scores": "12"}, RESPONSES, UNTOLD),
        ({**MODELS, "scores": ["a", 1]}, RESPONSES, UNTOLD),
        ({**TWO, "scores": [1]}, ANSWERS, None), ({**TWO, "scores": [1, 2, 3]}, ANSWERS, "data.unpaired"),
        ({**TWO, "is_correct": [1]}, ANSWERS, None), ({**TWO, "is_correct": [1, 2, 3]}, ANSWERS, "data.unpaired"),
        ({**MODELS, "is_corrects": [1]}, RESPONSES, "data.unpaired"), ({**MODELS, "is_corrects": [0, 1]}, RESPONSES, 1),
        ({**MODELS, "predictions": [1]}, RESPONSES, UNTOLD), ({"responses": ["one"], "scores": [1, 2]}, RESPONSES, 0),
        ({"responses": ["one"], "scores": [1, 2], "gold": "x"}, GOLD_OF_RESPONSES, "data.unpaired"),
        ({"responses": ["one"], "gold": "x"}, GOLD_OF_RESPONSES, UNTOLD),
        ({**MODELS, "best": 3}, RESPONSES, "data.no_right_option"),
        ({**MODELS, "label": 3}, RESPONSES, UNTOLD), ({**MODELS, "best": "blue"}, RESPONSES, UNTOLD),
        ({"responses": ["It is 1.", "It is 2."], "best": 1}, Columns(prompt="q", response="responses", answer="best"),
        0),
        ({"responses": ["So.", "Not so."], "best": 9}, Columns(prompt="q", response="responses", answer="best"),
        UNTOLD),
        ({**TWO, "is_best": [1, 0, 0]}, ANSWERS, "data.unpaired"),
        ({"answers": ["one"], "is_best": [1]}, ANSWERS, None),
        ({"responses": ["one"], "is_best": [1]}, RESPONSES, 0), ({**TWO, "is_accepted": [1, 1]}, ANSWERS, 0),
        ({"answers": [{"text": "one", "best": 1}, {"text": "two"}]}, ANSWERS, 0),
        ({"answers": [{"text": "one", "best": 1}, {"text": "two", "best": 1}]}, ANSWERS, "data.none_is_better"),
        ({"answers": [{"text": "one"}, "two"], "is_best": [0, 1]}, ANSWERS, 1),
        ({**TWO, "ranks": [0, 2]}, ANSWERS, None), ({**TWO, "ranks": [1, 1]}, ANSWERS, 0),
        ({**TWO, "ranks": [0, 0]}, ANSWERS, 0),
        ({**TWO, "scores": [1, 2], "ranks": [1, 2]}, ANSWERS, 1),
        ({**TWO, "overall_score": [1, 2], "score": [2, 1]}, ANSWERS, 1),
        ({**TWO, "human_score": [1, 2]}, ANSWERS, 1), ({**TWO, "human_score": [1, 2], "scores": [2, 1]}, ANSWERS, 0),
        ({**TWO, "scores": ["4/5", "3/5"]}, ANSWERS, 0), ({**TWO, "score": ["★", "★★"]}, ANSWERS, 1),
        ({**TWO, "scores": [1], "rating": [1, 2]}, ANSWERS, 1), ({**TWO, "colour_score": [1, 2]}, ANSWERS, None),
        ({**TWO, "is_correct": [True, True], "verified": [False, True]}, ANSWERS, 1),
        ({**TWO, "is_correct": [False, False], "verified": [False, True]}, ANSWERS, 1),
        ({**TWO, "is_correct": [False, None]}, ANSWERS, 1), ({**TWO, "is_correct": [None, False]}, ANSWERS, 0),
        ({**TWO, "is_correct": ["?", "?"]}, ANSWERS, UNTOLD),
        ({**TWO, "is_correct": [False, False], "scores": [1, 2]}, ANSWERS, (1, Condemnation("is_correct", "false"))),
        ({**TWO, "is_correct": [True] * 2, "finish_reason": ["stop", "length"], "scores": [1, 2]}, ANSWERS, 0),
        ({"gold": "7", "answers": ["It is 8.", "It is 9."], "is_correct": [True, False]}, GOLD, 0),
        ({"gold": "7", "answers": ["It is 8.", "It is that."], "scores": [1, 2]}, GOLD, 1),
        ({"gold": "7", "answers": ["It is 8.", "It is 9."], "scores": [1, 2]}, GOLD, (1, WRONG)),
        ({"gold": "7", "answers": ["It is 7.", "It is 8."], "scores": [1, 2]}, GOLD, 0),
        ({"gold": "7", "answers": ["It is 9.", "It is 8."], "is_correct": [False, False]}, GOLD, (0,
        Condemnation("is_correct", "false"))),
        ({**TWO, "steps": ["a", "b"], "labels": [True, False], "scores": [1, 2]}, STEPS, "data.labelled_bad_by"),
    ],
)  # fmt: skip
def test_the_one_that_is_judged_best_is_learnt(row: Mapping[str, Any], where: Columns, outcome: object) -> None:
    assert chosen(row, where, {}) == outcome


def test_what_all_rows_tell_leaves_a_judge_out_or_calls_the_best_one_bad() -> None:
    assert chosen({**TWO, "is_correct": [False, True]}, ANSWERS, {"is_correct": ("", "")}) is UNTOLD
    for ratings in ([1, 2], "[1, 2]"):
        assert chosen({**TWO, "ratings": ratings}, ANSWERS, OF_EACH) == (1, Condemnation("ratings", "2"))
    assert chosen({**TWO, "ratings": [1, 3]}, ANSWERS, OF_EACH) == 1
    assert chosen({**TWO, "best": 1}, ANSWERS, {pointers.NUMBERED: ("1", "")}) == 0


@pytest.mark.parametrize(
    ("label", "row", "outcome"),
    [
        ("ok", {"ok": [False, True]}, 1), ("ok", {"ok": [False, True], "is_correct": [True, False]}, 1),
        ("ok", {"ok": ["good", "bad"]}, 0), ("not ok", {"ok": [1, 0]}, 1),
        ("not correct", {"correct": [True, False]}, 1),
        ("not mark", {"mark": [1, 0]}, 1), ("is_wrong", {"is_wrong": [1, 0]}, 1),
        ("not is_wrong", {"is_wrong": [1, 0]}, 0),
        ("ranks", {"ranks": [2, 1]}, 1), ("ok >= 4", {"ok": [3, 5]}, 1), ("is_wrong <= 2", {"is_wrong": [3, 1]}, 1),
        ("ok", {"ok": [False, True], "steps": ["a", "b"], "labels": [True, False]}, 1),
        ("ok", {"ok": "good", "scores": [1, 2]}, 1), ("answers.is_correct", VOTED, 1), ("answers.votes", VOTED, 0),
    ],
)  # fmt: skip
def test_the_label_that_a_user_names_chooses(label: str, row: Mapping[str, Any], outcome: object) -> None:
    assert chosen({**TWO, **row}, Columns(prompt="q", response="answers", label=label), {}, named=True) == outcome


def test_without_a_label_nothing_is_asked_of_the_gold_answer_of_one() -> None:
    where = Columns(prompt="q", response="responses", answer="gold", reasoning="steps")
    row = {"responses": ["one"], "gold": "x", "steps": ["a", "b"], "labels": [True, False]}
    assert chosen(row, where, {}, named=True) == 0
    assert chosen(row, where.model_copy(update={"label": "labels"}), {}, named=True) == "data.labelled_bad_by"


@pytest.mark.parametrize(
    ("row", "where", "judges", "can_be_told"),
    [
        ({**GIVERS, "scores": {"A1": 1, "B1": 2}}, ANSWERS, ["scores"], True),
        ({"answers": [{"text": "one", "upvotes": up, "downvotes": 2} for up in (1, 9)]}, ANSWERS, ["answers.upvotes"],
        True),
        ({"answers": [{"text": "one", "thumbs_up": 3, "thumbs_down": 1}] * 2}, ANSWERS, ["answers.thumbs_up"] * 2,
        True),
        ({"answers": [{"text": "one", "is_correct": at} for at in (0, 1)]}, ANSWERS, ["answers.is_correct"], True),
        ({**TWO, "steps": ["a", "b", "c"], "labels": [True, False, True]}, STEPS, ["labels"], True),
        ({**TWO, "is_correct": [0, 1], "best": 1}, ANSWERS, ["is_correct", "best"], True), (TWO, ANSWERS, [], False),
        ({"answers": "[\"a\"]"}, ANSWERS, [], True), ({"answers": 7}, ANSWERS, [], False),
        ({"responses": ["a"]}, RESPONSES, [], True), ({"responses": []}, RESPONSES, [], False),
        ({"solutions": "x"}, SOLUTIONS, [], False), ({"solutions": ["a", "b"]}, SOLUTIONS, [], False),
        ({"solutions": ["a"], "is_correct": [1]}, SOLUTIONS, ["is_correct"], True),
        ({"solutions": [{"solution": "a"}, {"solution": "b"}]}, SOLUTIONS, [], False),
        ({"solutions": [{"solution": "a"}]}, SOLUTIONS, [], True),
        ({"solutions": [{"solution": "a"}, "b"]}, SOLUTIONS, [], False),
    ],
)  # fmt: skip
def test_what_judges_several_answers_is_named_and_whether_one_can_be_told(
    row: Mapping[str, Any], where: Columns, judges: list[str], can_be_told: bool
) -> None:
    row = {"q": "p", **row}
    assert (samples.judges(row, where), samples.can_be_told(row, where)) == (judges, can_be_told)


def test_a_label_on_the_marks_of_one_says_nothing_of_what_people_chose() -> None:
    voted = samples.Sample("two", 1, 2, voted=True)
    inside, beside = Condemnation("answers.accepted", "false"), Condemnation("is_correct", "false")
    for of_row, verdict in ((inside, None), (beside, beside), (None, None)):
        assert samples.verdict_of(voted, ANSWERS, of_row) == verdict
    own = samples.Sample("two", 1, 2, verdict=WRONG)
    assert samples.verdict_of(own, ANSWERS, inside) == WRONG
    assert samples.verdict_of(samples.Sample("two", 1, 2), ANSWERS, inside) == inside


def test_numbers_that_point_are_looked_at_beside_a_list() -> None:
    for answers, told in (
        (["one", "two"], {pointers.NUMBERED: ("1", "")}),
        ("one", {}),
        ('["one", "two"]', {pointers.NUMBERED: ("1", "")}),
    ):
        numbers = pointers.Numbers()
        samples.look({"q": "p", "answers": answers, "best": 2}, ANSWERS, numbers)
        assert numbers.found() == told, answers
    assert verdicts.places(ANSWERS) == []
