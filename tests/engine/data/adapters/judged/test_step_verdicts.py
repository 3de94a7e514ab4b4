"""A solution with a step that is called wrong is not learnt; one with steps that nobody has judged is."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import step_verdicts

STEPS = ["Add the tens: 40 and 20 are 60.", "Then the ones: 3 and 5 are 8.", "So it is 68."]
ROW = {"question": "What is 43 + 25?", "steps": STEPS, "answer": "68"}


@pytest.mark.parametrize("name", ["step_labels", "labels", "verdicts", "is_correct", "判定", "correctness"])
@pytest.mark.parametrize(
    ("said", "against"),
    [
        ([True, None, True], None), ([True, True, True], None), ([None, None, None], None), ([1, None, 1], None),
        ([True, False, True], "false"), ([True, None, False], "false"), ([1, 0, None], "0"), ([1, -1, 1], "-1"),
        (["correct", "correct", "incorrect"], "incorrect"), (["correct", None, "correct"], None),
        ("[true, null, true]", None), ("[true, null, false]", "false"),
    ],
)  # fmt: skip
def test_every_step_is_learnt_unless_one_is_called_wrong(name: str, said: Any, against: str | None) -> None:
    row = {**ROW, name: said}
    if against is None:
        assert parsed(row).reasoning == "\n".join(STEPS) and parsed(row).bad_answer is None
    else:
        assert reason(row) == drop_reasons.labelled_bad(name, against)


@pytest.mark.parametrize(("third", "is_wrong"), [(True, False), (None, False), (False, True)])
def test_so_it_is_with_steps_that_are_objects(third: bool | None, is_wrong: bool) -> None:
    said = [True, None, third]
    row = {**ROW, "steps": [{"text": text, "correct": one} for text, one in zip(STEPS, said, strict=True)]}
    if is_wrong:
        assert reason(row) == drop_reasons.labelled_bad("steps.correct", "false")
    else:
        assert parsed(row).reasoning == "\n\n".join(STEPS)


def test_a_neutral_rating_condemns_no_step() -> None:
    assert parsed({**ROW, "ratings": [1, 0, 1]}).reasoning == "\n".join(STEPS)
    assert reason({**ROW, "ratings": [1, 0, -1]}) == drop_reasons.labelled_bad("ratings", "-1")


def test_the_steps_of_an_answer_are_learnt_whole_where_some_are_not_judged() -> None:
    """The first one alone was."""
    row = {"prompt": "What is 43 + 25?", "completions": STEPS}
    for said in ([True, None, True], [None, None, None]):
        assert parsed({**row, "labels": said}).response == "\n".join(STEPS)
    assert reason({**row, "labels": [True, None, False]}) == drop_reasons.labelled_bad("labels", "false")


def test_only_what_judges_a_step_is_a_verdict_on_it() -> None:
    for name, judges in (("score", False), ("number", False), ("is_valid", True), ("checked", True), ("text", False)):
        steps = [{"text": text, name: at} for at, text in enumerate(STEPS)] if name != "text" else STEPS
        where = Columns(prompt="question", response="answer", reasoning="steps")
        assert step_verdicts.places({**ROW, "steps": steps}, where) == ([f"steps.{name}"] if judges else []), name


def test_what_a_line_names_is_heard_and_nothing_else() -> None:
    row = {**ROW, "marks": ["a", "b", "c"], "labels": [True, False, True]}
    where = {"prompt": "question", "response": "answer", "reasoning": "steps"}
    assert parsed(row, columns=where).reasoning == "\n".join(STEPS)
    assert reason(row, columns={**where, "label": "labels"}) == drop_reasons.labelled_bad("labels", "false")


def test_votes_of_several_people_are_no_verdicts_on_steps() -> None:
    rows = [
        {**ROW, "steps": STEPS[:2], "question": f"What is {n} + 25?", "votes": [True, n > 1, True]} for n in range(4)
    ]
    assert all(not isinstance(found, tuple) or found for found in of_source(rows))
    plain = {"question": "Why?", "rationale": "So.", "answer": "68", "labels": [True, False, True]}
    assert step_verdicts.of(plain, Columns(prompt="question", response="answer", reasoning="rationale")) is None
    assert not step_verdicts.are_of_steps({"steps": STEPS}, [True]) and not step_verdicts.are_of_steps(
        {"names": STEPS}, [True, True, True]
    )
