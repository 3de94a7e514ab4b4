"""Sections hold only what the record itself says; the rest is left out."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from so8t_engine.data.record import Record
from so8t_engine.data.sections import example, of_record, sentences
from so8t_engine.data.thinking import Sections, parse

BASE = Record("id", "s", "What is a train?", "A train is a vehicle.", "chat", "en", "train")


def record(**fields: Any) -> Record:
    return dataclasses.replace(BASE, **fields)


def test_a_plain_answer_has_no_thoughts() -> None:
    assert of_record(BASE) == Sections("A train is a vehicle.", {})


def test_a_worked_solution_becomes_logic_and_the_last_question_the_task() -> None:
    sections = of_record(
        record(
            prompt="Mia had 12.5 books. She lost 2. How many are left?", response="10.5", category="maths",
            answer="10.5", answer_kind="number", reasoning="12.5 - 2 = 10.5",
        )
    )  # fmt: skip

    assert sections == Sections("10.5", {"task": "How many are left?", "logic": "12.5 - 2 = 10.5"})


def test_a_choice_thinks_of_the_option_and_answers_with_its_letter() -> None:
    sections = of_record(
        record(
            prompt="Which?\nA. cat\nB. black", response="B. black", category="choice", answer="B",
            answer_kind="choice", choices=["cat", "black"],
        )
    )  # fmt: skip

    assert sections == Sections("B. black", {"logic": "black"})


def test_a_refusal_says_what_is_unsafe_and_a_harmless_look_alike_does_not() -> None:
    unsafe = record(category="safety", safety="unsafe", response="I can't help: theft is a crime. Ask a food bank.")
    safe = record(category="safety", safety="safe", response="Lock the door.")

    assert of_record(unsafe).thoughts == {"safety": "I can't help: theft is a crime."}
    assert of_record(safe).thoughts == {}
    assert of_record(dataclasses.replace(safe, reasoning="Locks protect.")).thoughts == {"safety": "Locks protect."}


@pytest.mark.parametrize(
    ("choices", "answer"),
    [
        (["cat", "black"], ("B", "choice")), (["cat", "black"], (None, None)), (None, ("B", "choice")),
        (None, ("18", "number")), (None, ("a train", "text")), (None, (None, None)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("reasoning", [None, "Because."])
@pytest.mark.parametrize("category", ["maths", "choice", "chat", "safety"])
@pytest.mark.parametrize("safety", [None, "safe", "unsafe"])
def test_every_mixture_of_what_a_record_may_hold_becomes_sections(
    choices: Any, answer: Any, reasoning: Any, category: str, safety: Any
) -> None:
    sections = of_record(
        record(
            choices=choices, answer=answer[0], answer_kind=answer[1], reasoning=reasoning, category=category,
            safety=safety,
        )
    )  # fmt: skip
    logic = sections.thoughts.get("logic")

    assert parse(example(BASE, sections).completion) == sections
    assert logic == (
        reasoning if reasoning and category != "safety" else "black" if choices and answer[0] == "B" else None
    )


def test_an_example_can_be_read_back_and_keeps_what_rewards_need() -> None:
    made = example(BASE, of_record(BASE))

    assert parse(made.completion) == Sections("A train is a vehicle.", {})
    assert (made.plain, made.split, made.id) == (BASE.response, "train", "id")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It costs 1.50 dollars. Why?", ["It costs 1.50 dollars.", "Why?"]),
        ("8本持っています。何本ですか。", ["8本持っています。", "何本ですか。"]),
        ("彼は「はい。」と言った。終わり", ["彼は「はい。」", "と言った。", "終わり"]),
        ("one\ntwo", ["one", "two"]),
        ("...", ["..."]),
    ],
)
def test_sentences_end_where_people_end_them(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts
