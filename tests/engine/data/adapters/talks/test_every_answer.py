"""`turns: all`: each answer of a talk a record of its own, whatever the talk is written as."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from helpers.sessions import Session, local, make_config, write_lines
from so8t_engine.data import admission, drop_reasons, inspection, shards, trial
from so8t_engine.data.adapters import choose_adapter
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.sentences import Sentence

THREE = [
    ("user", "Why is the sky blue?"), ("assistant", "<think>Short waves scatter most.</think>Air scatters blue light."),
    ("user", "And at dusk?"), ("assistant", "<think>The way is longer.</think>The blue is gone, red is left."),
    ("user", "On Mars?"), ("assistant", "<think>Dust there.</think>Butterscotch."),
]  # fmt: skip
Q1, Q2, Q3 = (THREE[place][1] for place in (0, 2, 4))
A1, A2, A3 = "Air scatters blue light.", "The blue is gone, red is left.", "Butterscotch."
WRITTEN_OUT = [
    Q1, f"User: {Q1}\n\nAssistant: {A1}\n\nUser: {Q2}",
    f"User: {Q1}\n\nAssistant: {A1}\n\nUser: {Q2}\n\nAssistant: {A2}\n\nUser: {Q3}",
]  # fmt: skip

OF_SHAREGPT = {"user": "human", "assistant": "gpt"}


def messages(turns: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"role": role, "content": text} for role, text in turns]


def read(*rows: dict[str, Any], **more: Any) -> list[ParsedRow | Sentence]:
    [dataset] = make_config([local("a", "unused", turns="all", **more)]).datasets
    index = choose_adapter.index_of(dataset, lambda: iter(rows))
    return [answer for row in rows for answer in admission.answers(dataset, row, index)]


def said(answers: list[ParsedRow | Sentence]) -> list[tuple[str, str | None, str]]:
    assert all(isinstance(answer, ParsedRow) for answer in answers), answers
    return [(one.prompt, one.reasoning, one.response) for one in answers if isinstance(one, ParsedRow)]


def tree() -> dict[str, Any]:
    """As ChatGPT exports a talk."""
    nodes: dict[str, Any] = {}
    for number, (role, text) in enumerate(THREE):
        message = {"author": {"role": role}, "content": {"content_type": "text", "parts": [text]}, "metadata": {}}
        nodes[f"n{number}"] = {"id": f"n{number}", "message": message, "parent": f"n{number - 1}" if number else None}
    return {"title": "Sky", "mapping": nodes, "current_node": "n5"}


@pytest.mark.parametrize(
    "rows",
    [
        [{"messages": messages(THREE)}],
        [{"conversations": [{"from": OF_SHAREGPT[role], "value": text} for role, text in THREE]}],
        [{"history": json.dumps([[Q1, THREE[1][1]], [Q2, THREE[3][1]]]), "prompt": Q3, "response": THREE[5][1]}],
        [{"q1": Q1, "a1": THREE[1][1], "q2": Q2, "a2": THREE[3][1], "q3": Q3, "a3": THREE[5][1]}],
        [{"text": "\n".join(f"### {'Human' if role == 'user' else 'Assistant'}: {text}" for role, text in THREE)}],
        [tree()],
        [{"conversation_id": "c", "turn": number, "role": role, "text": text}
         for number, (role, text) in enumerate(THREE)],
    ],
    ids=["messages", "ShareGPT", "history", "columns", "text", "ChatGPT", "rows"],
)  # fmt: skip
def test_every_answer_is_learnt_with_its_own_thought_and_what_was_said_before_it(rows: list[dict[str, Any]]) -> None:
    more = {"columns": {"messages": "q1,a1,q2,a2,q3,a3"}} if "q1" in rows[0] else {}
    found = [one for one in read(*rows, **more) if one != drop_reasons.OF_A_TALK]
    thoughts = ["Short waves scatter most.", "The way is longer.", "Dust there."]
    assert said(found) == list(zip(WRITTEN_OUT, thoughts, [A1, A2, A3], strict=True))
    first, second, third = (one.messages for one in found if isinstance(one, ParsedRow))
    assert (first, len(second), len(third)) == ((), 3, 5)
    assert third[:3] == second and third[1] == ("assistant", A1), "without the thought, as all that came before"


def test_what_goes_on_in_another_turn_or_in_a_call_is_no_answer_yet() -> None:
    call = {
        "role": "assistant",
        "content": "Let me look.",
        "tool_calls": [{"function": {"name": "f", "arguments": "{}"}}],
    }
    turns = [
        {"role": "system", "content": "Be brief."}, *messages([("user", "Hello?"), ("assistant", "Hello."),
        ("assistant", "How are you?"), ("user", "Rain?")]), call, {"role": "tool", "content": "dry"},
        *messages([("assistant", "No rain."), ("user", "Thanks."), ("assistant", "Welcome.")]),
    ]  # fmt: skip
    assert [response for _, _, response in said(read({"messages": turns}))] == ["How are you?", "No rain.", "Welcome."]
    first = read({"messages": turns})[0]
    assert isinstance(first, ParsedRow) and first.messages[0] == ("system", "Be brief.")


def test_an_earlier_answer_that_is_none_is_left_out_by_itself() -> None:
    turns = [("user", "Why?"), ("assistant", "TODO"), ("user", "Why then?"), ("assistant", "So."), *THREE]
    assert [type(one) for one in read({"messages": messages(turns)})] == [Sentence, *[ParsedRow] * 4]


@pytest.mark.parametrize(
    ("row", "answers"),
    [
        ({"messages": messages(THREE), "label": "bad"}, 1),
        ({"messages": messages(THREE), "rating": 5}, 3),
        ({"messages": messages(THREE), "answer": "Butterscotch."}, 1),
        ({"messages": messages(THREE[:2])}, 1), ({"question": "3 + 4?", "answer": "7"}, 1),
    ],
)  # fmt: skip
def test_of_a_talk_that_is_judged_bad_or_has_a_gold_answer_nothing_else_is_learnt(
    row: dict[str, Any], answers: int
) -> None:
    columns = {"columns": {"messages": "messages", "answer": "answer"}} if "answer" in row and "messages" in row else {}
    assert len(read(row, **columns)) == answers


@pytest.mark.parametrize(
    ("judged", "kept"),
    [({1: {"toxic": True}}, [A2, A3]), ({3: {"annotation": {"rating": -1}}}, [A1, A3]),
     ({5: {"rating": "bad"}}, [A1, A2]), ({3: {"weight": 0}, 5: {"weight": 0}}, [A1]), ({}, [A1, A2, A3])],
)  # fmt: skip
def test_what_somebody_thinks_of_an_answer_holds_of_that_one(
    judged: dict[int, dict[str, Any]], kept: list[str]
) -> None:
    turns = [turn | judged.get(number, {}) for number, turn in enumerate(messages(THREE))]
    found = read({"messages": turns})
    assert [one.response for one in found if isinstance(one, ParsedRow) and one.bad_answer is None] == kept


@pytest.mark.parametrize("label", [{"label": "bad"}, {"is_safe": False}, {"thumbs_up": False}])
def test_what_is_said_of_the_whole_talk_is_counted_once(label: dict[str, Any]) -> None:
    assert len(read({"messages": messages(THREE), **label})) == 1


def test_who_speaks_by_a_name_that_is_told_answers_too() -> None:
    names = {"user": "guest", "assistant": "front desk"}
    turns = [{"role": names[role], "content": text} for role, text in THREE]
    found = read({"messages": turns}, roles={"guest": "user", "front desk": "assistant"})
    assert [response for _, _, response in said(found)] == [A1, A2, A3]


def test_a_talk_may_go_on_as_another_program_writes_it() -> None:
    turns = [*messages(THREE[:2]), {"is_user": True, "mes": Q2}, {"is_user": False, "mes": A2}]
    assert [response for _, _, response in said(read({"messages": turns}))] == [A1, A2]


def test_without_the_key_the_last_answer_alone_is_learnt() -> None:
    config = make_config([local("a", "unused")])
    [one] = admission.answers(config.datasets[0], {"messages": messages(THREE)}, {})
    assert isinstance(one, ParsedRow) and (one.prompt, one.response) == (WRITTEN_OUT[2], A3)


def talks(path: Path, count: int) -> Path:
    """Of three answers each, with thought; no two about the same."""
    draw = random.Random(4)
    things = ["".join(draw.choice("aeioubdfgklmnprst") for _ in range(9)) for _ in range(12 * count)]

    def talk() -> list[dict[str, str]]:
        about = [things.pop() for _ in range(12)]
        answered = [f"<think>Of {one}: {more}.</think>{said}, {end}." for one, more, said, end in zip(
            about[::4], about[1::4], about[2::4], about[3::4], strict=True)]  # fmt: skip
        asked = [f"What is {end[::-1]}, {one}?" for one, end in zip(about[::4], about[3::4], strict=True)]
        users, others = [("user", one) for one in asked], [("assistant", one) for one in answered]
        pairs = zip(messages(users), messages(others), strict=True)
        return [turn for pair in pairs for turn in pair]

    return write_lines(path, [{"messages": talk()} for _ in range(count)])


def test_a_trial_shows_every_answer_and_counts_in_answers(tmp_path: Path) -> None:
    config = make_config([local("a", str(talks(tmp_path / "talks.jsonl", 2)), turns="all")])
    found = trial.run(config)
    assert (found.rows, found.answers, found.kept, found.share_dropped) == (2, 6, 6, 0.0)
    shown = [(row, record) for row, record, _ in found.examples if record]
    assert [
        row["messages"][2 * place + 1]["content"].split("</think>")[1]
        for row, place in zip((row for row, _ in shown), (0, 1, 2) * 2, strict=True)
    ] == [record.response for _, record in shown]
    codes = [line.code for line in trial.lines(found) if isinstance(line, Sentence)]
    assert "data.try_answers" in codes and "data.earlier_answers" not in codes
    last = trial.run(make_config([local("a", str(tmp_path / "talks.jsonl"))]))
    assert (last.rows, last.answers, last.kept) == (2, 2, 2)
    assert "data.earlier_answers" in [note.code for note in last.notes]


def test_the_steps_learn_them_all_and_no_talk_is_both_taught_and_asked(tmp_path: Path) -> None:
    source = local("a", str(talks(tmp_path / "talks.jsonl", 40)), turns="all")
    session = Session(tmp_path / "session", make_config([source], integrate={"heldout_fraction": 0.3}))
    session.run("collect", "integrate", "convert")

    table = shards.read_converted(session.path)
    sides: dict[str, set[str]] = {}
    for row in table.to_pylist():
        first = json.loads(row["messages"])[0]["content"] if row["messages"] else row["prompt"]
        sides.setdefault(first, set()).add(row["split"])
    assert len(table) == 120 and len(sides) == 40
    assert sorted({tuple(side) for side in sides.values()}) == [("heldout",), ("train",)]
    shown = inspection.look(session.path)
    assert (shown["sources"]["a"]["kept"], shown["sources"]["a"]["rows"]) == (120, 120)
    third = next(row for row in table.to_pylist() if row["messages"] and len(json.loads(row["messages"])) == 5)
    [example] = inspection.look(session.path, example=third["id"])["examples"]
    assert example["row"]["messages"][0]["content"] in third["prompt"]
