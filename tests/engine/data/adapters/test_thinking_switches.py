"""Switches of another model's thinking are no part of what is asked."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed
from helpers.sessions import local, make_config
from so8t_engine.data import admission
from so8t_engine.data.adapters import thinking_switches

Q, A = "How many cats are 2 and 2", "Four."
SAID = {"role": "assistant", "content": A}


def asked(*turns: str, system: str = "", answer: str = A) -> dict[str, Any]:
    said = [{"role": "user", "content": turn} for turn in turns]
    talk = [each for turn in said for each in (turn, SAID)][:-1]
    before = [{"role": "system", "content": system}] if system else []
    return {"messages": [*before, *talk, {"role": "assistant", "content": answer}]}


@pytest.mark.parametrize(
    ("row", "prompt", "messages"),
    [
        (asked(f"{Q} /no_think"), Q, ()), (asked(f"{Q}\n/think"), Q, ()), (asked(f"{Q}? /nothink\n"), f"{Q}?", ()),
        (asked(Q, system="detailed thinking on"), Q, ()), (asked(Q, system="Detailed thinking off."), Q, ()),
        (asked(Q, system="/no_think"), Q, ()), (asked(f"{Q} /think", system="/think"), Q, ()),
        (asked(Q, system="Be kind. /no_think"), f"Be kind.\n\n{Q}", (("system", "Be kind."), ("user", Q))),
        (asked(Q, system="detailed thinking on\n\nBe kind."), f"Be kind.\n\n{Q}",
         (("system", "Be kind."), ("user", Q))),
        (asked("Hi /think", f"{Q} /no_think"), f"User: Hi\n\nAssistant: {A}\n\nUser: {Q}",
         (("user", "Hi"), ("assistant", A), ("user", Q))),
        (asked(f"{Q} /no_think", system="You are Qwen, a model."), f"You are Qwen, a model.\n\n{Q}",
         (("system", "You are Qwen, a model."), ("user", Q))),
    ],
)  # fmt: skip
def test_they_go_from_the_end_of_a_turn_and_from_the_system(row: dict[str, Any], prompt: str, messages: object) -> None:
    found = thinking_switches.without(parsed(row))
    assert (found.prompt, found.messages) == (prompt, messages)


@pytest.mark.parametrize(
    "question",
    [
        "What does Qwen do at /no_think", "What is the effect of /think", "Which route answers GET /think", "/think",
        "Why should I think", "Is it in a/think", "Compare /think and /no_think", "Turn detailed thinking on",
        "Where does it say /no_think is on?",
    ],
)  # fmt: skip
def test_a_question_that_speaks_of_them_stays_the_same_object(question: str) -> None:
    row = parsed(asked(question))
    assert thinking_switches.without(row) is row


def test_they_are_counted_and_an_answer_without_thought_is_kept() -> None:
    config = make_config([local("a", "unused")])
    row = parsed(asked(f"{Q} /no_think", answer=f"<think>\n\n</think>\n\n{A}"))
    (found,) = admission.records(config, config.datasets[0], source="a", parsed=[row])
    assert isinstance(found, admission.KeptRecord)
    assert (found.record.prompt, found.record.response, found.record.reasoning) == (Q, A, None)
    assert found.changed == ("clean_markup",)
