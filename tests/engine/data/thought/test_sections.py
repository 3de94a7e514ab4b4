"""Sections hold only what the record itself says; the rest is left out."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.data.record import Record
from so8t_engine.data.thought.sections import evidence, example, of_record, sentences
from so8t_engine.data.thought.thinking import Sections, parse

BASE = Record("id", "s", "What is a train?", "A train is a vehicle.", "chat", "en", "train")


def record(**fields: Any) -> Record:
    return BASE._replace(**fields)


def test_a_plain_answer_has_no_thoughts() -> None:
    assert of_record(BASE) == Sections("A train is a vehicle.", {})


SUM = record(
    prompt="Mia had 12.5 books. She lost 2. How many are left?", response="10.5", category="maths", answer="10.5",
    answer_kind="number", reasoning="12.5 - 2 = 10.5",
)  # fmt: skip
CHOICE = record(
    prompt="Which?\nA. cat\nB. black", response="B. black", category="choice", answer="B", answer_kind="choice",
    choices=["cat", "black"],
)  # fmt: skip
UNSAFE = record(category="safety", safety="unsafe", response="I can't help: theft is a crime. Ask a food bank.")


def test_a_worked_solution_becomes_logic_and_the_question_is_not_copied() -> None:
    assert of_record(SUM) == Sections("10.5", {"logic": "12.5 - 2 = 10.5"})


def test_an_option_or_a_refusal_is_not_called_its_own_reason() -> None:
    assert of_record(CHOICE) == Sections("B. black", {})
    assert of_record(UNSAFE).thoughts == {}


def test_the_reason_that_a_source_gives_is_kept() -> None:
    safe = record(category="safety", safety="safe", response="Lock the door.", reasoning="Keys protect.")

    assert of_record(safe).thoughts == {"safety": "Keys protect."}
    assert of_record(UNSAFE._replace(reasoning="A shop would lose its goods.")).thoughts == {
        "safety": "A shop would lose its goods."
    }


def test_a_session_of_an_older_version_keeps_what_repeats() -> None:
    assert of_record(SUM, keep_repeated=True).thoughts == {"task": "How many are left?", "logic": "12.5 - 2 = 10.5"}
    assert of_record(CHOICE, keep_repeated=True).thoughts == {"logic": "black"}
    assert of_record(UNSAFE, keep_repeated=True).thoughts == {"safety": "I can't help: theft is a crime."}
    assert [evidence(each, True)[1:] for each in (SUM, CHOICE, UNSAFE)] == [
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize(
    ("category", "reasoning", "thinks", "circular"),
    [
        ("chat", None, False, False),
        ("chat", "A train is a vehicle.", False, True),
        ("chat", "It runs on rails.", True, False),
        ("safety", "A train is a vehicle.", False, True),
        ("safety", "It runs on rails.", True, False),
        ("chat", "Safety: It has brakes.\n\nA train is a vehicle.", True, True),
        ("chat", "Safety: A train is a vehicle.\n\nIt runs on rails.", True, False),
        ("safety", "Logic: A train is a vehicle.\n\nIt has brakes.", True, False),
    ],
)
def test_what_only_repeats_prompt_or_answer_is_left_out_and_told_where_it_was_the_main_thought(
    category: str, reasoning: str | None, thinks: bool, circular: bool
) -> None:
    found = evidence(record(category=category, reasoning=reasoning))

    assert (found.thinks, found.circular) == (thinks, circular)
    assert "A train is a vehicle." not in found.sections.thoughts.values()


def test_of_an_older_version_a_question_of_its_own_of_up_to_200_characters_is_the_task() -> None:
    long = "Is it " + "so " * 64 + "?"
    for prompt, task in (
        (f"Listen. {long[1:]}", long[1:]), (f"Listen. {'x' * 199}?", f"{'x' * 199}?"), (f"Listen. {'x' * 200}?", None),
        ("Why?", None), ("Listen. Go.", None), ("Listen. Go on. Why?", "Why?"),
    ):  # fmt: skip
        found = of_record(record(prompt=prompt), keep_repeated=True)
        assert found.thoughts.get("task") == task


def test_of_an_older_version_the_reason_of_a_record_about_safety_is_safety_and_of_others_logic() -> None:
    safe = record(category="safety", safety="safe", reasoning="It has brakes.")

    assert of_record(safe, keep_repeated=True).thoughts == {"safety": "It has brakes."}
    assert of_record(safe._replace(category="general"), keep_repeated=True).thoughts == {"logic": "It has brakes."}


@pytest.mark.parametrize(
    ("category", "choices", "task"),
    [
        ("maths", None, "How many are left?"), ("chat", None, "How many are left?"), ("safety", None, None),
        ("choice", None, None), ("maths", ["1", "2"], None), ("chat", ["1", "2"], None),
    ],
)  # fmt: skip
def test_of_an_older_version_only_problems_and_chats_without_options_say_what_is_asked(
    category: str, choices: list[str] | None, task: str | None
) -> None:
    found = of_record(SUM._replace(category=category, choices=choices), keep_repeated=True)
    assert found.thoughts.get("task") == task


@pytest.mark.parametrize(
    ("choices", "answer"),
    [
        (["cat", "black"], ("B", "choice")), (["cat", "black"], (None, None)), (None, ("B", "choice")),
        (None, ("18", "number")), (None, ("a train", "text")), (None, (None, None)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("reasoning", [None, "Because of wheels."])
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
    assert logic == (reasoning if category != "safety" else None)
    assert sections.thoughts.get("safety") == (reasoning if category == "safety" else None)


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
