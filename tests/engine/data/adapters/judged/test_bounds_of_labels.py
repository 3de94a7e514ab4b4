"""Labels of refusals and of a user, verdicts on steps and turns, drafts and opposites: each branch of what they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import (
    first_filled,
    judged_others,
    moderations,
    opposites,
    refusal_labels,
    step_verdicts,
    user_labels,
)

REFUSED = {"prompt_label": "safe", "label": "refusal"}
REASONED = Columns(prompt="q", response="a", reasoning="steps")
REVISED = Columns(prompt="q", response="revised_answer")
YES, NO = {"flagged": True}, {"flagged": False}
ASKED, ANSWERED = {"role": "user", "content": "p"}, {"role": "assistant", "content": "s"}
LOW = {"correctness": 1, "helpfulness": 2}


def wrong_step(**row: Any) -> tuple[str, str] | None:
    return step_verdicts.of({"q": "p", "a": "s", **row}, REASONED)


def of_steps(steps: Any, values: Any, name: str = "steps") -> bool:
    return step_verdicts.are_of_steps({name: steps}, values)


def filled(response: str, label: str | None, row: dict[str, Any]) -> tuple[str | None, str | None]:
    where = first_filled.of(Columns(prompt="q", response=response, label=label), row)
    return where.response, where.label


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (refusal_labels.against, (REFUSED,), ("label", "refusal")),
    (refusal_labels.against, (REFUSED, ["label"]), ("label", "refusal")),
    (refusal_labels.against, (REFUSED, ["x"]), None),
    (refusal_labels.against, ({"prompt_label": "harmful", "label": "refusal"},), None),
    (refusal_labels.against, ({"label": "refusal"},), None),
    (refusal_labels.against, ({"prompt_label": "safe", "label": "compliance"},), None),
    (refusal_labels.is_harmless, ({"prompt_safe": True},), True),
    (refusal_labels.is_harmless, ({"prompt_safe": "no"},), False),
    (refusal_labels.is_harmless, ({"prompt_safe": "blue"},), None),
    (refusal_labels.is_harmless, ({"question_harmful": "yes"},), False),
    (refusal_labels.is_harmless, ({"request_harm": "false"},), True),
    (refusal_labels.is_harmless, ({"query_harm": "false"},), None),
    (refusal_labels.is_harmless, ({"prompt_type": "false"},), None),
    (refusal_labels.is_harmless, ({"prompt_harm": "blue"},), None),
    (refusal_labels.is_harmless, ({"question_harmful": 0},), None),
    (refusal_labels.is_harmless, ({"harmful": "true"},), None),
    (refusal_labels.is_harmless, ({"type": "contrast_homonyms"},), False),
    (refusal_labels.is_harmless, ({"type": "homonyms"},), None),
    (refusal_labels.is_harmless, ({"label": "contrast_homonyms"},), None),
    (refusal_labels.is_harmless, ({"label": "1. Safe"},), True),
    (refusal_labels.is_harmless, ({"safety": "non-harmful"},), True),
    (refusal_labels.is_harmless, ({"safety": "Toxic"},), False),
    (refusal_labels.is_harmless, ({"colour": "safe"},), None),
    (refusal_labels.is_harmless, ({"prompt_label": "harmful", "label": "safe"},), False),
    (refusal_labels.place, ({"label": "answered", "q": "p"},), "label"),
    (refusal_labels.place, ({"annotation_1": "refusal", "judgement": "blue", "verdict": "refusal"},), "verdict"),
    (refusal_labels.place, ({"q": "refusal"},), None),
    (refusal_labels.refusing, ({"label": "answered"},), None),
    (refusal_labels.refusing, ({"label": "2) Full refusal"},), "label"),
    (refusal_labels.refusing, ({"is_refusal": 1},), "is_refusal"),
    (refusal_labels.refusing, ({"is_refusal": 2},), None),
    (refusal_labels.refusing, ({"is_refusal": 0},), None),
    (refusal_labels.refusing, ({"label": "12"},), None),
    (refusal_labels.refusing, ({"label": ["refusal"]},), None),
    (
        refusal_labels.complying,
        ([{"label": "1_full_compliance"}, REFUSED, {"label": "1_full_compliance"}, {}], "label"),
        ["1_full_compliance"],
    ),
    (user_labels.column_of, ({"a": 1}, "a >= 4"), "a"),
    (user_labels.column_of, ({"a >= 4": 1}, "a >= 4"), "a >= 4"),
    (user_labels.column_of, ({"a": 1}, "not a"), "a"),
    (user_labels.column_of, ({"a": 1}, "a"), "a"),
    (user_labels.read_as, ({"a": 5}, "a >= 4", 5), False),
    (user_labels.read_as, ({"a": 5}, "a >= 4", 3), True),
    (user_labels.read_as, ({"a": 5}, "a >= 4", "x"), None),
    (user_labels.read_as, ({"a": ""}, "a", ""), None),
    (user_labels.read_as, ({"a": None}, "not a", None), None),
    (user_labels.read_as, (REFUSED, "label", "refusal"), True),
    (user_labels.read_as, (REFUSED, "not label", "refusal"), None),
    (user_labels.read_as, ({}, "critique", "good"), False),
    (user_labels.read_as, ({}, "critique", "wrong"), True),
    (user_labels.read_as, ({}, "critique", "blue"), None),
    (user_labels.read_as, ({"critique": ""}, "not critique", "good"), True),
    (user_labels.kind_of_label, ({}, "a.error_types"), "against"),
    (user_labels.kind_of_label, ({}, "blue"), "answer"),
    (user_labels.kind_of_label, ({}, "visibility"), "answer"),
    (user_labels.kind_of_label, ({}, "status"), "word"),
    (user_labels.kind_of_label, ({}, "correctness"), "answer"),
    (user_labels.kind_of_label, (LOW, "is_correct"), "answer"),
    (user_labels.lowest, ({"correctness": 1, "helpfulness": 1},), ("correctness", 1)),
    (user_labels.lowest, ({"correctness": 1.5, "helpfulness": 0.5},), ("helpfulness", 0.5)),
    (of_steps, (["a", "b"], [True, False]), True),
    (of_steps, (["a", "b"], [True]), False),
    (of_steps, (["a"], [True]), False),
    (of_steps, (["a", "b"], "ab"), False),
    (of_steps, (["a", " "], [True, False]), False),
    (of_steps, ([{"text": "a"}, "b"], [True, False]), True),
    (of_steps, ([7, "b"], [True, False]), False),
    (of_steps, (["a", "b", "c"], [True, False]), False),
    (of_steps, ('["a", "b"]', [True, False]), True),
    (of_steps, ("ab", [True, False]), False),
    (of_steps, (["a", "b"], [True, False], "names"), False),
    (wrong_step, (), None),
    *(
        (lambda row=row: wrong_step(**row), (), told)
        for row, told in (
            ({"steps": ["a", "b"], "labels": [True, False]}, ("labels", "false")),
            ({"steps": '["a", "b"]', "labels": "[true, false]"}, ("labels", "false")),
            ({"steps": ["a", "b"], "labels": [True, False, True]}, None),
            ({"steps": ["a"], "labels": [False]}, None),
            ({"steps": [{"text": "a", "label": 0}]}, None),
            ({"steps": [{"text": "a"}, {"text": "b", "label": 0}]}, ("steps.label", "0")),
            ({"steps": [{"text": "a", "rating": 0}, {"text": "b", "rating": -1}]}, ("steps.rating", "-1")),
            ({"steps": [{"text": "a", "rating": 0}, "b"]}, None),
            ({"steps": [{"colour": 0, "label": 1}, {"label": 1}], "verdicts": ["ok", "wrong"]}, ("verdicts", "wrong")),
            ({"steps": ["a", "b"], "labels": [1, 0.5]}, None),
            ({"steps": ["a", "b"], "labels": [-2, 1]}, None),
            ({"steps": ["a", "b"], "labels": [1, -1.0]}, ("labels", "-1.0")),
            ({"steps": ["a", "b"], "colours": [0, 0]}, None),
        )
    ),
    (moderations.flagged, ([YES], None), True),
    (moderations.flagged, ([NO, YES], None), True),
    (moderations.flagged, ([NO, NO], None), False),
    (moderations.flagged, (YES, None), True),
    (moderations.flagged, ('[{"flagged": true}]', None), True),
    (moderations.flagged, ([], None), None),
    (moderations.flagged, (None, None), None),
    (moderations.flagged, ([YES, {"x": 1}], None), None),
    (moderations.flagged, (["x"], None), None),
    (moderations.flagged, ([YES, NO], [ASKED, ANSWERED]), False),
    (moderations.flagged, ([NO, YES], [ASKED, ANSWERED]), True),
    (moderations.flagged, ([YES], [ASKED, ANSWERED]), True),
    (moderations.flagged, ([YES, NO], "ab"), True),
    (judged_others.held_by, (Columns(prompt="q", response="a, b", label="c"),), frozenset({"q", "a, b", "a", "b"})),
    (judged_others.of_others, (("q", "r", "student_answer", "score_correct"), Columns(prompt="q", response="r")), ()),
    (
        judged_others.of_others,
        (("q", "r", "student_answer", "is_correct"), Columns(prompt="q", response="r")),
        ("is_correct",),
    ),
    (judged_others.has_draft, (("q", "draft", "revised_answer"), REVISED), True),
    (judged_others.has_draft, (("q", "model_answer", "revised_answer"), REVISED), True),
    (judged_others.has_draft, (("q", "answer_correct", "revised_answer"), REVISED), False),
    (judged_others.has_draft, (("q", "colour", "revised_answer"), REVISED), False),
    (judged_others.has_draft, (("q", "draft", "r"), Columns(prompt="q", response="r")), False),
    (judged_others.has_draft, (("q", "draft", "revised_answer"), Columns(messages="m")), False),
    (
        judged_others.has_draft,
        (("draft", "revised_answer"), Columns(prompt="draft", response="revised_answer")),
        False,
    ),
    (judged_others.is_of_draft, (("q", "draft", "revised_answer"), REVISED, "votes", "vote"), False),
    (judged_others.is_of_draft, (("q", "draft", "revised_answer"), REVISED, "approved", "answer"), False),
    (judged_others.is_of_draft, (("q", "draft", "revised_answer"), REVISED, "is_correct", "answer"), True),
    (judged_others.is_of_draft, (("q", "revised_answer"), REVISED, "is_correct", "answer"), False),
    (judged_others.is_of_draft, (("q", "revised_answer"), REVISED, "critique", "critique"), True),
    (judged_others.is_of_draft, (("q", "draft"), Columns(messages="m"), "critique", "critique"), False),
    (judged_others.is_made_of, ("revised_answer", ("q",)), True),
    (judged_others.is_made_of, ("revised", ("q", "mt")), True),
    (judged_others.is_made_of, ("mt", ("q", "mt")), False),
    (filled, ("corrected, draft", None, {"corrected": "", "draft": "x"}), ("draft", None)),
    (filled, ("corrected, draft", None, {"corrected": "", "draft": ""}), ("corrected", None)),
    (
        filled,
        ("corrected, draft", "is_correct", {"corrected": "x", "draft": "y", "is_correct": 0}),
        ("corrected", None),
    ),
    (filled, ("corrected, draft", "status", {"corrected": "x", "draft": "y", "status": 0}), ("corrected", "status")),
    (filled, ("corrected, draft", "approved", {"corrected": "x", "draft": "y"}), ("corrected", "approved")),
    (
        filled,
        ("corrected, draft", "corrected_ok", {"corrected": "x", "corrected_ok": 0}),
        ("corrected", "corrected_ok"),
    ),
    (filled, ("corrected, draft", "critique, is_wrong", {"corrected": "x", "draft": "y"}), ("corrected", None)),
    (filled, ("corrected, draft", "not colour", {"corrected": "x", "colour": 0}), ("corrected", None)),
    (filled, ("a, b", None, {"a, b": "x"}), ("a, b", None)),
    (filled, ("{a}, {b}", None, {"a": "x"}), ("{a}, {b}", None)),
    (filled, ("a", None, {"a": ""}), ("a", None)),
    (filled, ("human_edit, mt", None, {"human_edit": "no change", "mt": "x"}), ("mt", None)),
    (filled, ("human_edit, note", None, {"human_edit": "no change", "note": "x"}), ("human_edit", None)),
    (opposites.of, ("pending",), None),
    (opposites.of, ("forbidden",), True),
    (opposites.of, ("very satisfied",), False),
    (opposites.of, ("very very satisfied",), False),
    (opposites.of, ("not very very satisfied",), True),
    (opposites.of, ("not very satisfied",), True),
    (opposites.of, ("completely dissatisfied",), True),
    (opposites.of, ("answer ",), None),
    (opposites.of, ("回答承認",), False),
    (opposites.of, ("not published",), None),
    (opposites.of, ("公開不可",), True),
    (opposites.of, ("掲示しない",), True),
    (opposites.of, ("掲示されない人",), None),
    (opposites.of, ("不可",), None),
    (opposites.of, ("blue",), None),
    (opposites.is_open, ("not published",), True),
    (opposites.is_open, ("公開不可",), False),
    (opposites.is_open, ("not accepted",), False),
    (opposites.said, ("wrong",), True),
    (opposites.said, ("correct",), False),
    (opposites.said, ("not correct",), True),
    (opposites.without_number, ("①不満",), "不満"),
    (opposites.without_number, (" 5 = very dissatisfied",), "very dissatisfied"),
    (opposites.without_number, ("3. blue",), "3. blue"),
    (opposites.without_number, ("2. very good",), "very good"),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_labels_steps_turns_and_opposites_say(
    function: Callable[..., Any], given: tuple[Any, ...], value: object
) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))
