"""What the columns of a row say against its answer: which of them, where they stand, and what is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import (
    judged_others,
    turn_ratings,
    user_labels,
    verdict_votes,
    verdicts,
)
from so8t_engine.data.adapters.judged.verdicts import Condemnation
from so8t_engine.sentences import Sentence

W = Columns(prompt="q", response="r")
TALK = Columns(messages="m")
GOLD = Columns(prompt="q", response="r", answer="gold")


def against(
    row: Mapping[str, Any], where: Columns = W, index: Mapping[str, tuple[str, str]] = {}, named: bool = False
) -> Condemnation | None:
    return verdicts.of({"q": "p", "r": "s", **row}, where, index, named=named)


def heard(row: Mapping[str, Any], where: Columns = W) -> list[tuple[str, str, Any]]:
    return list(verdicts.said({"q": "p", "r": "s", **row}, where))


def talk(**more: Any) -> dict[str, Any]:
    return {"m": [{"role": "user", "content": "p"}, {"role": "assistant", "content": "s", **more}]}


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (against, ({"is_correct": False},), Condemnation(place="is_correct", said="false")),
    (against, ({"is_correct": True},), None),
    (against, ({"is_correct": "wrong"},), Condemnation(place="is_correct", said="wrong")),
    (against, ({"is_wrong": True},), Condemnation(place="is_wrong", said="true")),
    (against, ({"is_wrong": 0},), None),
    (against, ({"is_wrong": ["a", "b"]},), Condemnation(place="is_wrong", said="true")),
    (against, ({"is_wrong": []},), None),
    (against, ({"toxicity": 0.9},), Condemnation(place="toxicity", said="0.5..1", harm=True, but_refused=True)),
    (against, ({"toxicity": 0.4},), None),
    (against, ({"toxic": "yes"},), Condemnation(place="toxic", said="yes", harm=True, but_refused=True)),
    (against, ({"response_safe": False},), Condemnation(place="response_safe", said="false", harm=True)),
    (
        against,
        ({"prompt_harm_label": "harmful"},),
        Condemnation(place="prompt_harm_label", said="harmful", harm=True, but_refused=True),
    ),
    (against, ({"prompt_harm_label": "harmful", "response_harm_label": "unharmful"},), None),
    (
        against,
        ({"prompt_harm_label": "harmful", "response_harm_label": "harmful"},),
        Condemnation(place="response_harm_label", said="harmful", harm=True, but_refused=True),
    ),
    (against, ({"critique": "The answer is wrong."},), Condemnation(place="critique", said="wrong")),
    (against, ({"success": False},), Condemnation(place="success", said="false")),
    (against, ({"success": False}, Columns(prompt="q", response="answer")), None),
    (
        against,
        ({"success": False}, Columns(prompt="q", response="answer", reasoning="r")),
        Condemnation(place="success", said="false"),
    ),
    (against, ({"tests_passed": 3, "total_tests": 5},), Condemnation(place="tests_passed", said="< 100 %")),
    (against, ({"tests_passed": 5, "total_tests": 5},), None),
    (against, ({"tests_passed": 3, "total_tests": 0},), None),
    (against, ({"tests_passed": "3/5"},), Condemnation(place="tests_passed", said="< 100 %")),
    (against, ({"metadata": {"is_correct": False}},), Condemnation(place="metadata.is_correct", said="false")),
    (against, ({"metadata": '{"is_correct": false}'},), Condemnation(place="metadata.is_correct", said="false")),
    (
        against,
        ({"metadata": {"eval": {"is_correct": False}}},),
        Condemnation(place="metadata.eval.is_correct", said="false"),
    ),
    (against, ({"metadata": {"a": {"b": {"is_correct": False}}}},), None),
    (against, ({"metadata": [{"is_correct": True}, {"is_correct": False}]},), None),
    (
        against,
        ({"metadata": [{"is_correct": False}, {"is_correct": False}]},),
        Condemnation(place="metadata.is_correct", said="false"),
    ),
    (against, ({"annotations": {"gut": "bad", "darm": "good"}},), Condemnation(place="annotations.gut", said="bad")),
    (against, ({"metadata": {"gut": "bad"}},), None),
    (against, ({"annotations": {"helpfulness_rating": -1}},), None),
    (against, ({"is_correct": [False, True]},), None),
    (against, ({"is_correct": [False, True], "r": ["s", "t"]},), None),
    (against, ({"responses": ["s", "t"], "is_correct": [False, True]},), None),
    (against, ({"r": {"text": "s", "is_correct": False}},), Condemnation(place="r.is_correct", said="false")),
    (
        against,
        ({"r": {"text": "s", "eval": {"is_correct": False}}},),
        Condemnation(place="r.eval.is_correct", said="false"),
    ),
    (against, ({"r": {"text": "s", "words": {"is_correct": False}}},), None),
    (against, ({"helpfulness": 1, "correctness": 3},), Condemnation(place="helpfulness", said="1")),
    (against, ({"helpfulness": 3, "correctness": 1},), Condemnation(place="correctness", said="1")),
    (against, ({"helpfulness": 2, "correctness": 3},), None),
    (against, ({"correctness": 1},), None),
    (against, ({"correctness": 0},), Condemnation(place="correctness", said="0")),
    (
        against,
        ({"openai_moderation": [{"flagged": True}]},),
        Condemnation(place="openai_moderation", said="true", harm=True, but_refused=True),
    ),
    (against, ({"openai_moderation": [{"flagged": False}]},), None),
    (against, ({"openai_moderation": []},), None),
    (against, ({"openai_moderation": [{"score": 1}]},), None),
    (against, ({**talk(), "openai_moderation": [{"flagged": True}, {"flagged": False}]}, TALK), None),
    (
        against,
        ({**talk(), "openai_moderation": [{"flagged": False}, {"flagged": True}]}, TALK),
        Condemnation(place="openai_moderation", said="true", harm=True, but_refused=True),
    ),
    (against, (talk(train=False), TALK), Condemnation(place="m.-1.train", said="false")),
    (against, (talk(weight=0), TALK), Condemnation(place="m.-1.weight", said="0")),
    (against, (talk(weight=1), TALK), None),
    (against, (talk(loss=False), TALK), Condemnation(place="m.-1.loss", said="false")),
    (against, (talk(is_correct=False), TALK), Condemnation(place="m.-1.is_correct", said="false")),
    (against, (talk(feedback={"rating": "bad"}), TALK), Condemnation(place="m.-1.feedback.rating", said="bad")),
    (against, (talk(rating=-1), TALK), None),
    (against, (talk(rating=1), TALK, {turn_ratings.RATED: ("2 rating", "")}), Condemnation(place="m.rating", said="1")),
    (against, (talk(rating=2), TALK, {turn_ratings.RATED: ("2 rating", "")}), Condemnation(place="m.rating", said="2")),
    (against, (talk(rating=3), TALK, {turn_ratings.RATED: ("2 rating", "")}), None),
    (
        against,
        ({"predicted_answer": "8", "gold": "7", "r": "It is 8."}, GOLD),
        Condemnation(place="predicted_answer", said="8", gold="gold"),
    ),
    (against, ({"predicted_answer": "7", "gold": "7", "r": "It is 7."}, GOLD), None),
    (against, ({"predicted_answer": "8", "gold": "7", "r": "It is 8.", "is_correct": True}, GOLD), None),
    (
        against,
        ({"predicted_answer": "8", "gold": "7", "r": "It is 8.", "is_correct": False}, GOLD),
        Condemnation(place="is_correct", said="false"),
    ),
    (against, ({"predicted_answer": "8", "r": "It is 8."},), None),
    (
        against,
        ({"predicted_answer": "8", "gold": "7", "r": "It is so."}, GOLD),
        Condemnation(place="predicted_answer", said="8", gold="gold"),
    ),
    (
        against,
        (
            {"predicted_answer": "8", "gold": "7", "solution": "It is so."},
            Columns(prompt="q", response="solution", answer="gold"),
        ),
        None,
    ),
    (against, ({"is_correct": False}, W, {"is_correct": ("", "")}), None),
    (against, ({"use": ""}, W, {verdicts.SELECTED + "use": ("", "")}), Condemnation(place="use", said='""')),
    (
        against,
        ({"accepted": ""}, W, {verdicts.SELECTED + "accepted": ("", "")}),
        Condemnation(place="accepted", said='""'),
    ),
    (
        against,
        ({"accepted": None}, W, {verdicts.SELECTED + "accepted": ("", "")}),
        Condemnation(place="accepted", said='""'),
    ),
    (
        against,
        ({"accepted": "x"}, W, {verdicts.CROSSED + "accepted": ("", "")}),
        Condemnation(place="accepted", said="x"),
    ),
    (against, ({"accepted": "x"}, W, {}), None),
    (against, ({"score": -1}, W, {verdict_votes.BELOW_0: ("score", "")}), Condemnation(place="score", said="-1")),
    (against, ({"score": 1}, W, {verdict_votes.BELOW_0: ("score", "")}), None),
    (
        against,
        ({"mark": "bad"}, Columns(prompt="q", response="r", label="mark"), {}, True),
        Condemnation(place="mark", said="bad"),
    ),
    (against, ({"mark": "good", "is_correct": False}, Columns(prompt="q", response="r", label="mark"), {}, True), None),
    (
        against,
        ({"mark": "good", "more": "wrong"}, Columns(prompt="q", response="r", label="mark, more"), {}, True),
        Condemnation(place="more", said="wrong"),
    ),
    (
        against,
        ({"mark": "good"}, Columns(prompt="q", response="r", label="not mark"), {}, True),
        Condemnation(place="mark", said="good"),
    ),
    (against, ({"mark": "bad"}, Columns(prompt="q", response="r", label="not mark"), {}, True), None),
    (
        against,
        ({"mark": ["bad", "good"], "r": ["s", "t"]}, Columns(prompt="q", response="r", label="mark"), {}, True),
        None,
    ),
    (
        against,
        ({"mark": ["bad", "bad"]}, Columns(prompt="q", response="r", label="mark"), {}, True),
        Condemnation(place="mark", said="bad"),
    ),
    (against, ({"is_correct_1": 0},), None),
    (against, ({"unclear": 0},), None),
    (against, ({"status": "failed"},), Condemnation(place="status", said="failed")),
    (
        against,
        ({"status": "failed"}, Columns(prompt="q", response="answer")),
        Condemnation(place="status", said="failed"),
    ),
    (against, ({"status": "open"},), None),
    (against, ({"finish_reason": "length"},), Condemnation(place="finish_reason", said="length")),
    (against, ({"finish_reason": "stop"},), None),
    (against, ({"pass_rate": 0.0},), Condemnation(place="pass_rate", said="0.0")),
    (against, ({"pass_rate": 0.5},), None),
    (against, ({"pass_rate": 0.5, "tests": ["a"]},), None),
    (
        against,
        ({"pass_rate": "0.5", "tests": ["a"]}, Columns(prompt="q", response="answer")),
        Condemnation(place="pass_rate", said="0..1"),
    ),
    (
        against,
        ({"prompt_harm_label": "harmful", "is_correct": True},),
        Condemnation(place="prompt_harm_label", said="harmful", harm=True, but_refused=True),
    ),
    (
        heard,
        ({"is_correct": False, "metadata": {"success": True}},),
        [("is_correct", "answer", False), ("metadata.success", "run", True)],
    ),
    (
        heard,
        ({"is_correct": False, "metadata": {"success": True}}, Columns(prompt="q", response="answer")),
        [("is_correct", "answer", False)],
    ),
    (heard, ({"colour": "red"},), []),
    (heard, ({"metadata": {"is_correct": {"by": "ann"}}},), []),
    (heard, ({"is_correct": [{"by": "ann"}]},), []),
    (heard, (talk(), TALK), []),
    (heard, ({"moderation": {"is_wrong": True}},), [("moderation.is_wrong", "harm", True)]),
    (verdicts.columns, (("q", "r", "is_correct", "predicted_answer"), W), ("is_correct",)),
    (
        verdicts.columns,
        (("q", "r", "is_correct", "predicted_answer", "gold"), GOLD),
        ("is_correct", "predicted_answer"),
    ),
    (verdicts.columns, (("q", "a", "predicted_answer"), Columns(prompt="q", response="a", answer="a")), ()),
    (
        verdicts.columns,
        (("q", "a", "t", "predicted_answer"), Columns(prompt="q", response="a", answer="a", reasoning="t")),
        ("predicted_answer",),
    ),
    (verdicts.columns, (("q", "r", "r_correct"), Columns(prompt="q", response="r", answer="r_correct")), ()),
    (
        verdicts.columns,
        (("q", "draft", "revised_answer", "is_correct", "critique"), Columns(prompt="q", response="revised_answer")),
        (),
    ),
    (
        judged_others.of_others,
        (("q", "draft", "revised_answer", "is_correct", "critique"), Columns(prompt="q", response="revised_answer")),
        ("is_correct", "critique"),
    ),
    (
        judged_others.of_draft,
        (("q", "draft", "revised_answer", "is_correct", "critique"), Columns(prompt="q", response="revised_answer")),
        ("is_correct", "critique"),
    ),
    (
        judged_others.of_draft,
        (("q", "revised_answer", "is_correct", "critique"), Columns(prompt="q", response="revised_answer")),
        ("critique",),
    ),
    (judged_others.of_draft, (("q", "r", "is_correct"), W), ()),
    (judged_others.of_pupil, (("q", "r", "student_answer", "is_correct"), W, "is_correct"), True),
    (judged_others.of_pupil, (("q", "r", "student_answer", "model_correct"), W, "model_correct"), False),
    (
        judged_others.of_pupil,
        (("q", "student_answer", "is_correct"), Columns(prompt="q", response="student_answer"), "is_correct"),
        False,
    ),
    (verdicts.places, (W,), []),
    (verdicts.places, (Columns(prompt="q", response="r", label="mark, more"),), ["mark", "more"]),
    (verdicts.approves, ({"q": "p", "r": "s", "is_correct": True}, W, {}), True),
    (verdicts.approves, ({"q": "p", "r": "s", "is_correct": True}, W, {"is_correct": ("", "")}), False),
    (verdicts.approves, ({"q": "p", "r": "s", "is_correct": False}, W, {}), False),
    (verdicts.approves_draft, ({"q": "p", "r": "s", "status": "done"}, W), True),
    (verdicts.approves_draft, ({"q": "p", "r": "s", "status": "correct"}, W), True),
    (verdicts.approves_draft, ({"q": "p", "r": "s", "status": "blue", "quality": "correct"}, W), True),
    (verdicts.approves, ({"q": "p", "r": "s", "is_correct": "blue", "label": 1}, W, {}), True),
    (verdicts.approves, ({"q": "p", "r": "s", "verified": True}, W, {}), False),
    (verdicts.approves_draft, ({"q": "p", "r": "s", "status": "wrong"}, W), False),
    (verdicts.at, ({"a": {"b": [{"c": 1}, {"c": 2}]}}, "a.b.c"), [1, 2]),
    (verdicts.at, ({"a": {"b": [{"c": 1}, {"c": 2}]}}, "a.b.1.c"), 2),
    (verdicts.at, ({"a": {"b": [{"c": 1}, {"c": 2}]}}, "a.b.-1.c"), 2),
    (verdicts.at, ({"a": {"b": [{"c": 1}, 7]}}, "a.b.c"), [1]),
    (verdicts.at, ({"a": '{"b": 3}'}, "a.b"), 3),
    (verdicts.at, ({"a": 3}, "a.b"), None),
    (verdicts.at, ({"a": [3]}, "a.5"), None),
    (verdicts.at, ({"a.b": 4, "a": {"b": 3}}, "a.b"), 4),
    (verdicts.at, ({"a": 3}, "not a"), 3),
    (verdicts.at, ({"not a": 5, "a": 3}, "not a"), 5),
    (verdicts.at, ({"openai_moderation": [{"flagged": True}]}, "openai_moderation"), True),
    (verdicts.by_all, ("a", "", {}), None),
    (verdicts.by_all, ("a", " X ", {verdicts.CROSSED + "a": ("", "")}), Condemnation(place="a", said="X")),
    (user_labels.turned, ({"a": 1}, "not a"), "a"),
    (user_labels.turned, ({"not a": 1}, "not a"), None),
    (user_labels.turned, ({"a": 1}, "a"), None),
    (user_labels.read_as, ({"a": 1}, "a", "good"), False),
    (user_labels.read_as, ({"a": 1}, "a", "wrong"), True),
    (user_labels.read_as, ({"a": 1}, "a", "blue"), None),
    (user_labels.read_as, ({"a": 1}, "not a", "wrong"), False),
    (user_labels.read_as, ({"a": 1}, "not a", "good"), True),
    (user_labels.read_as, ({"a": 1}, "not a", "blue"), None),
    (user_labels.read_as, ({"critique": 1}, "critique", "good"), False),
    (user_labels.kind_of_label, ({}, "errors"), "wrong"),
    (user_labels.kind_of_label, ({}, "error"), "fault"),
    (user_labels.kind_of_label, ({}, "duplicate"), "wrong"),
    (user_labels.kind_of_label, ({}, "a.toxicity"), "harm"),
    (user_labels.kind_of_label, ({"correctness": 1, "helpfulness": 2}, "correctness"), "low"),
    (user_labels.kind_of_label, ({"correctness": 1, "helpfulness": 2}, "helpfulness"), "answer"),
    (user_labels.kind_of_label, ({}, "remarks"), "answer"),
    (user_labels.lowest, ({"correctness": 1, "helpfulness": 2},), ("correctness", 1)),
    (user_labels.lowest, ({"correctness": 3, "helpfulness": 2},), ("helpfulness", 2)),
    (user_labels.lowest, ({"correctness": 3},), None),
    (user_labels.lowest, ({"correctness": True, "helpfulness": 2},), None),
    (user_labels.lowest, ({"correctness": "3", "helpfulness": 2},), None),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_a_row_says_against_its_answer(
    function: Callable[..., Any], given: tuple[Any, ...], value: object
) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        (Condemnation("a", ""), drop_reasons.tied("a")),
        (Condemnation("a", "false"), drop_reasons.labelled_bad("a", "false")),
        (Condemnation("a", "false", gold="g"), drop_reasons.other_than_gold("g")),
        (Condemnation("finish_reason", "length"), drop_reasons.cut_off("finish_reason", "length")),
        (Condemnation("finish_reason", "error"), drop_reasons.labelled_bad("finish_reason", "error")),
        (Condemnation("is_complete", "false"), drop_reasons.cut_off("is_complete", "false")),
    ],
)
def test_why_an_answer_is_not_learnt_is_told_by_what_condemns_it(verdict: Condemnation, why: Sentence) -> None:
    assert verdict.reason == why
