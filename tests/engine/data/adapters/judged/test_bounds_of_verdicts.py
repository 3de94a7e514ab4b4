"""What a row says against its answer, at the bounds: which columns are heard, and which of them counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine.data.adapters.judged.test_verdicts import GOLD, TALK, W, against, heard, talk
from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import ballots, verdict_votes, verdicts
from so8t_engine.data.adapters.judged.verdicts import Condemnation

SEVERAL, MARKED = (
    Columns(prompt="q", response="responses", label="mark"),
    Columns(prompt="q", response="r", label="mark"),
)
RATERS = Columns(prompt="q", response="r", label="rater_1, rater_2")
REVISED = Columns(prompt="q", response="revised_answer")
CHOICE = Columns(prompt="q", choices="o", answer="a")
ATTEMPT = Columns(prompt="q", choices="o", answer="a", response="r")
OWN = Columns(prompt="q", response="answer")
BY_PEOPLE = {ballots.PEOPLE: ("rater_1, rater_2", "by the user")}
BELOW = {verdict_votes.BELOW_0: ("score", "")}
NAMED: dict[str, tuple[Columns, Mapping[str, tuple[str, str]]]] = {
    "several": (SEVERAL, {}), "mark": (MARKED, {}), "raters": (RATERS, BY_PEOPLE), "each rater": (RATERS, {}),
    "use": (Columns(prompt="q", response="r", label="use"), {verdicts.SELECTED + "use": ("", "")}),
    "unmarked": (Columns(prompt="q", response="r", label="use"), {}),
    "label": (Columns(prompt="q", response="r", label="label"), {}),
    "limit": (Columns(prompt="q", response="r", label="rating >= 4"), {}),
}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "by", "place", "said"),
    [
        ({"responses": ["s", "t"], "mark": ["bad", "bad", "bad"]}, "several", None, ""),
        ({"r": ["s", "t"], "mark": ["bad", "bad", "bad"]}, "mark", "mark", "bad"),
        ({"r": ["s", "t"], "mark": ["bad", "bad"]}, "mark", None, ""),
        ({"r": ["s"], "mark": ["bad"]}, "mark", "mark", "bad"),
        ({"rater_1": "good", "rater_2": "bad"}, "raters", "rater_1, rater_2", ""),
        ({"rater_1": "bad", "rater_2": "bad"}, "raters", "rater_1, rater_2", "bad"),
        ({"rater_1": "good", "rater_2": "bad"}, "each rater", "rater_2", "bad"),
        ({"use": ""}, "use", "use", '""'), ({"use": "○"}, "use", None, ""), ({"use": ""}, "unmarked", None, ""),
        ({"prompt_label": "safe", "label": "2_full_refusal"}, "label", "label", "2_full_refusal"),
        ({"prompt_label": "safe", "label": "2_full_refusal", "mark": "good"}, "mark", None, ""),
        ({"rating": 3}, "limit", "rating", "3"), ({"rating": 4}, "limit", None, ""),
        ({"rating": ""}, "limit", None, ""),
    ],
)  # fmt: skip
def test_what_the_columns_that_a_user_names_say(row: Mapping[str, Any], by: str, place: str | None, said: str) -> None:
    where, index = NAMED[by]
    assert against(row, where, index, True) == (None if place is None else Condemnation(place, said))


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({"toxic": 0.9, "harmful": 0.1}, "toxic"), ({"harmful": 0.1, "toxic": 0.9}, "toxic"),
        ({"response_harmful": 0.1, "harmful": 0.9}, None), ({"harmful": 0.9, "response_harmful": 0.1}, None),
        ({"response_harmful": None, "harmful": 0.9}, "harmful"), ({"safe": True, "harmful": 0.9}, "harmful"),
        ({"response_safe": True, "harmful": 0.9}, None), ({"safe": "?", "harmful": 0.9}, "harmful"),
        ({"openai_moderation": [{"flagged": False}], "response_toxic": 1}, None),
        ({"harmful": 0, "metadata": {"toxic": 1}}, None), ({"metadata": {"toxic": 0, "nsfw": 1}}, "metadata.nsfw"),
        ({"prompt_harmful": True, "prompt_toxic": "yes"}, "prompt_harmful"),
        ({"prompt_harmful": False, "prompt_toxic": "yes"}, "prompt_toxic"),
        ({"prompt_harmful": True, "safe": True}, None),
        ({"prompt_harmful": True, "is_correct": True}, "prompt_harmful"), ({"response_label": 0.5}, "response_label"),
        ({"response_label": "harmful"}, "response_label"), ({"label": "harmful"}, "label"),
        ({"comment": "harmful"}, "comment"),
    ],
)  # fmt: skip
def test_of_harm_what_stands_nearest_counts_and_of_several_there_each(
    row: Mapping[str, Any], place: str | None
) -> None:
    found = against(row)
    assert (found and (found.place, found.harm, found.but_refused)) == (place and (place, True, True))


@pytest.mark.parametrize(
    ("row", "where", "index", "verdict"),
    [
        ({"response_label": "1"}, W, {}, None), ({"response_label": "0"}, W, {}, Condemnation("response_label", "0")),
        ({"response_label": " -1 "}, W, {}, Condemnation("response_label", "-1")),
        ({"quality": "harmful"}, W, {}, Condemnation("quality", "harmful")),
        ({"predicted_answer": "8", "model_answer": "9", "gold": "7", "r": "It is 8."}, GOLD, {},
         Condemnation("predicted_answer", "8", gold="gold")),
        ({"predicted_answer": "7", "model_answer": "9", "gold": "7", "r": "It is 9."}, GOLD, {},
         Condemnation("model_answer", "9", gold="gold")),
        ({"predicted_answer": "8", "gold": "7", "r": "It is 8.", "score": -1}, GOLD, BELOW, Condemnation("score",
        "-1")),
        ({"draft": "x", "revised_answer": "y", "score": -1}, REVISED, BELOW, None),
        ({"revised_answer": "y", "score": -1}, REVISED, BELOW, Condemnation("score", "-1")),
        ({"score": -1, "is_correct": False}, W, BELOW, Condemnation("is_correct", "false")),
        ({"metadata": {"is_correct": False}}, W, {verdict_votes.BELOW_0: ("metadata", "")}, None),
        ({"is_correct": False}, W, {verdict_votes.BELOW_0: ("is_correct", "")}, None),
        ({"prompt_label": "safe", "label": "2_full_refusal"}, W, {}, Condemnation("label", "2_full_refusal")),
        ({"rater_1": "good", "rater_2": "bad"}, W, BY_PEOPLE, Condemnation("rater_1, rater_2", "")),
    ],
)  # fmt: skip
def test_of_several_things_that_condemn_one_counts(
    row: Mapping[str, Any], where: Columns, index: Mapping[str, tuple[str, str]], verdict: Condemnation | None
) -> None:
    assert against(row, where, index) == verdict


CORRECT = ("is_correct", "answer", True)
RIGHT_RUN = [("success", "run", True)]


@pytest.mark.parametrize(
    ("row", "where", "found"),
    [
        ({"o": ["x", "y"], "feedback": "wrong"}, CHOICE, []), ({"o": ["x", "y"], "grade": "wrong"}, CHOICE, []),
        ({"o": ["x", "y"], "is_correct": True}, CHOICE, [CORRECT]),
        ({"o": ["x", "y"], "feedback": "wrong"}, ATTEMPT, [("feedback", "critique", "wrong")]),
        ({"o": ["x", "y"], "grade": "wrong"}, ATTEMPT, [("grade", "word", "wrong")]),
        ({"feedback": "wrong"}, W, [("feedback", "critique", "wrong")]),
        ({"helpfulness": 1, "correctness": 3, "label": 1}, W, [("helpfulness", "low", 1), ("label", "answer", 1)]),
        ({"correctness": 3}, W, [("correctness", "answer", 3)]),
        ({"metadata": {"is_wrong": True}}, W, [("metadata.is_wrong", "wrong", True)]),
        ({"moderation": {"is_correct": True}}, W, [("moderation.is_correct", "answer", True)]),
        ({"is_correct": [{"by": "ann"}, "x"]}, W, []), ({"is_correct": ["x", {"by": "ann"}]}, W, []),
        ({"r": ["s", "t"], "is_correct": [True, False]}, W, []),
        ({"r": ["s"], "is_correct": [True]}, W, [("is_correct", "answer", [True])]),
        ({"r": ["s", "t"], "metadata": {"is_correct": [True, False]}}, W, []),
        ({"r": ["s", "t"], "metadata": {"is_correct": [True] * 3}}, W, [("metadata.is_correct", "answer", [True] * 3)]),
        ({"responses": ["s", "t"], "metadata": {"is_correct": [True] * 3}}, W, []),
        ({"pass_rate": 0.5, "tests": ["a"]}, W, [("pass_rate", "rate", 0.5)]),
        ({"pass_rate": "0.5", "tests": ["a"]}, W, [("pass_rate", "tests", "0.5")]),
        ({"pass_rate": "0.5"}, W, [("pass_rate", "rate", "0.5")]), ({"pass_rate": 0.5}, OWN, []),
        ({"pass_rate": 0.5, "tests": ["a"]}, OWN, []),
        ({"pass_rate": "0.5", "tests": ["a"]}, OWN, [("pass_rate", "tests", "0.5")]),
        ({"quality": "ok"}, OWN, [("quality", "stated", "ok")]), ({"quality": "ok"}, W, [("quality", "word", "ok")]),
        ({"success": True}, OWN, []), ({"success": True}, Columns(prompt="q", chosen="r", rejected="x"), RIGHT_RUN),
        ({"success": True}, TALK, RIGHT_RUN), ({"success": True}, Columns(prompt="q", response="Solution"), []),
        ({"success": True}, Columns(prompt="q", response="answer", reasoning="r"), RIGHT_RUN),
        ({"metadata": {"x": {"is_correct": True, "y": {"is_correct": False}}}}, W, [("metadata.x.is_correct",
        "answer", True)]),
        ({"colour": {"is_correct": True}}, W, []),
        ({"evaluation": {"text": "s", "is_correct": True}}, Columns(prompt="q", response="evaluation"),
         [("evaluation.is_correct", "answer", True)]),
        ({"metadata": [{"is_correct": True}, "x"]}, W, [("metadata.is_correct", "answer", [True])]),
        ({"metadata": []}, W, []),
        ({"annotations": {"gut": "bad", "darm": "blue"}}, W, [("annotations.gut", "stated", "bad")]),
        ({"annotations": {"rating": -1}}, W, [("annotations.rating", "rating", -1)]),
        ({"my_feedback": {"rating": -1}}, W, [("my_feedback.rating", "rating", -1)]),
        ({"my_feedback": {"colour": -1, "is_correct": [{"x": 1}]}}, W, []),
        ({"metadata": {"prediction": 4, "tests_passed": 3, "total_tests": 5}}, W, [("metadata.tests_passed", "tests",
        "3/5")]),
        ({"metadata": {"tests_passed": 3, "total_tests": "5"}}, W, [("metadata.tests_passed", "tests", 3)]),
        ({"tests_passed": True, "total_tests": 5}, W, [("tests_passed", "tests", True)]),
        ({"tests_passed": 0, "total_tests": 0}, W, [("tests_passed", "tests", 0)]),
        ({"tests_passed": 0, "total_tests": 1}, W, [("tests_passed", "tests", "0/1")]),
        ({"annotations": {"is_correct": True}, "draft": "x", "revised_answer": "y"}, REVISED, []),
        ({"annotations": {"is_correct": True}, "revised_answer": "y"}, REVISED, [("annotations.is_correct", "answer",
        True)]),
        ({"metadata": {"is_correct": True}, "draft": "x", "revised_answer": "y"}, REVISED, [("metadata.is_correct",
        "answer", True)]),
        ({"r": {"text": "s", "is_correct": {"x": 1}, "eval": [{"is_correct": True}]}}, W, [("r.eval.is_correct",
        "answer", [True])]),
        ({"r": {"text": "s", "is_correct": True}}, W, [("r.is_correct", "answer", True)]),
        (talk(is_correct=True), TALK, [("m.-1.is_correct", "answer", True)]),
        (talk(weight=0, train=True), TALK, [("m.-1.weight", "answer", 0)]),
        ({"m": [*talk(is_correct=True)["m"], {"role": "user", "content": "p"}]}, TALK, [("m.-2.is_correct", "answer",
        True)]),
        (talk(trainable=False), TALK, [("m.-1.trainable", "answer", False)]), (talk(trainable=True), TALK, []),
        ({"m": [{"role": "user", "content": "p", "is_correct": True}]}, TALK, []), ({"m": "x"}, TALK, []),
    ],
)  # fmt: skip
def test_what_judges_an_answer_stands_beside_it_or_in_it(
    row: Mapping[str, Any], where: Columns, found: list[tuple[str, str, Any]]
) -> None:
    assert heard(row, where) == found
