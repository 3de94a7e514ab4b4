"""Talks in one text or in rows, read by the modules that tell them apart: turn by turn."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data.adapters.parsed_row import Skip
from so8t_engine.data.adapters.talks import harmony, speakers, trajectories, turn_columns, turns_in_rows, unknown_roles

CALLED = '[{"name": "f", "arguments": {"数": 1}}]'
COMMENTARY = "<|start|>assistant<|channel|>commentary to=functions.f<|message|>"
FINAL = "<|start|>assistant<|channel|>final<|message|>Seven.<|return|>"


def message(head: str, body: str) -> str:
    return f"<|start|>{head}<|message|>{body}<|end|>"


HARMONY: list[tuple[str, list[tuple[str, str]] | None]] = [
    (message("user", "Q") + FINAL, [("user", "Q"), ("assistant", "Seven.")]),
    (message("system", "x # Valid channels: y") + FINAL, [("assistant", "Seven.")]),
    (message("system", "Be short.") + FINAL, [("system", "Be short."), ("assistant", "Seven.")]),
    (message("developer", "# Instructions\n\nBe short.") + FINAL, [("system", "Be short."), ("assistant", "Seven.")]),
    (message("developer", "x # Valid channels: y") + FINAL, [("system", "x # Valid channels: y"),
    ("assistant", "Seven.")]),
    (message("system", "# Instructions x") + FINAL, [("system", "# Instructions x"), ("assistant", "Seven.")]),
    (message("assistant<|channel|>analysis", "I add.") + message("assistant<|channel|>analysis", "So.") + FINAL,
     [("assistant", "<think>I add.\n\nSo.</think>Seven.")]),
    (message("assistant<|channel|>analysis", "I add.") + message("user", "Q") + FINAL, [("user", "Q"),
    ("assistant", "Seven.")]),
    (f'{COMMENTARY}{{"数": 1}}<|call|>{message("functions.f", "7")}{FINAL}', [("call", CALLED), ("tool", "7"),
    ("assistant", "Seven.")]),
    (f"{COMMENTARY}x{{<|call|>", [("call", '[{"name": "f", "arguments": "x{"}]')]),
    (message("user", "Q") + FINAL + "<|start|>assistant", [("user", "Q"), ("assistant", "Seven.")]),
    (message("user", "Q") + "more", None), ("more" + FINAL, None), ("", None), (message("user", ""), None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "turns"), HARMONY)
def test_messages_of_harmony_are_turns(text: str, turns: list[tuple[str, str]] | None) -> None:
    assert harmony.turns(text) == turns


def test_only_an_assistants_channels_are_taken_apart() -> None:
    inside = f'<|channel|>commentary to=f<|message|>{{"数": 1}}<|call|>{message("f", "7")}{FINAL}'
    talk = [("user", inside), ("assistant", inside)]
    assert harmony.with_channels(talk) == [("user", inside), ("call", CALLED), ("tool", "7"), ("assistant", "Seven.")]
    plain = [("user", inside), ("assistant", "commentary"), ("assistant", "<|message|>")]
    assert harmony.with_channels(plain) == plain
    with pytest.raises(Skip):
        harmony.with_channels([("user", "Q"), ("assistant", f"{COMMENTARY}{{}}<|call|>")])


STEPS = "Thought: I look.\nAction: f\nAction Input: 1\nObservation: one\nThought: So.\nFinal Answer: Seven."
READ = [("call", "f\n1"), ("tool", "one"), ("assistant", "<think>I look.\n\nSo.</think>Seven.")]


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        (STEPS, READ), (f"Question: Q\n{STEPS}", [("user", "Q"), *READ]), (f"x\n{STEPS}", None),
        ("Thought: a\nFinal Answer: b", None),
        ("Thought: a\nAction: f", None), ("Action: f\nObservation: one", None), ("", None),
        ("Thought: a\nAction: f[1]\nObservation: one", [("call", "f[1]"), ("tool", "one")]),
        ("Thought: a\nAction Input: 1\nAction: f\nObservation: one", [("call", "f"), ("tool", "one")]),
        ("Thought: a\nObservation: one\nAction Input: 1\nAction: f", [("tool", "one"), ("call", "f")]),
        ("Thought: a\nAction: Finish[b]", [("assistant", "<think>a</think>b")]),
        ("Thought: a\nAction: finish\nAction Input: b", [("assistant", "<think>a</think>b")]),
        ("Thought: a\nAction: finish\nObservation: b", [("assistant", "<think>a</think>")]),
        ("思考：a\n行動：f\n観察：one\n最終回答：b", [("call", "f"), ("tool", "one"),
        ("assistant", "<think>a</think>b")]),
    ],
)  # fmt: skip
def test_what_an_agent_did_is_a_talk_with_tools(text: str, turns: list[tuple[str, str]] | None) -> None:
    assert trajectories.turns(text) == turns


def test_steps_are_looked_for_where_an_assistant_speaks_of_actions() -> None:
    assert [trajectories.may_be(text) for text in ("Action", "アクション", "行動", "動き", "acts")] == [True] * 3 + [
        False
    ] * 2
    talk = [("user", STEPS), ("assistant", "An Action."), ("assistant", STEPS)]
    assert trajectories.with_steps(talk) == [*talk[:2], *READ]
    assert trajectories.with_steps(talk[:2]) == talk[:2] and trajectories.with_steps([("assistant", "x")]) == [
        ("assistant", "x")
    ]
    with pytest.raises(Skip):
        trajectories.with_steps([("assistant", "Thought: a\nAction: f\nObservation: one")])


@pytest.mark.parametrize(
    ("text", "roles", "turns"),
    [
        ("Customer: hi\nAgent: yes", {}, [("user", "hi"), ("assistant", "yes")]),
        ("客「やあ」\n店員「はい」", {}, [("user", "やあ"), ("assistant", "はい")]),
        ("Customer: hi\nCustomer: you\nAgent: yes", {}, [("user", "hi\n\nyou"), ("assistant", "yes")]),
        ("Customer: hi", {}, None),
        ("Jo: hi\nMa: yes", {}, None), ("Jo: hi\nMa: yes", {"Jo": "user", "Ma": "assistant"}, [("user", "hi"),
        ("assistant", "yes")]),
        ("Jo: hi\nMa: yes", {"Jo": "user"}, None), ("It rained.\nCustomer: hi\nAgent: yes", {}, None),
        ("10:01 Customer: hi\n10:02 Agent: yes", {}, [("user", "hi"), ("assistant", "yes")]),
        ("客「や「あ」」\n店員「はい」か」", {}, [("user", "「や「あ」」"), ("assistant", "「はい」か」")]),
    ],
)  # fmt: skip
def test_names_at_the_beginning_of_lines_take_turns(text: str, roles: dict[str, str], turns: Any) -> None:
    assert speakers.turns(text, roles) == turns


@pytest.mark.parametrize(
    ("text", "strangers"),
    [("Jo: hi\nMa: yes", ["Jo", "Ma"]), ("Jo: hi\nMa: yes\nJo: why", ["Jo"]),
    ("Jo: hi\nAgent: yes\nJo: why", ["Jo"]), ("Jo: hi\nAgent: yes", []),
     ("Jo: hi", []), ("It rained.\nJo: hi\nMa: yes", []), ("if x:\nJo: hi\nJo: no\nelse:", []),
     ("- Jo: hi\n- Jo: yes", []), ("", [])],
)  # fmt: skip
def test_names_that_nobody_knows_are_strangers(text: str, strangers: list[str]) -> None:
    assert (speakers.strangers(text) if text else []) == strangers


def turn(number: object, who: object, text: object, order: object = None, **more: object) -> dict[str, Any]:
    return {"conversation_id": number, "role": who, "text": text, **({} if order is None else {"turn": order}), **more}


@pytest.mark.parametrize(
    ("row", "is_one", "lacks"),
    [
        (turn(1, "user", "Q"), True, False), ({"role": "user", "text": "Q"}, False, True),
        ({"role": "user", "text": "Q\n\nR"}, False, False),
        ({"role": "user", "text": 7}, False, False), ({"role": ["user"], "text": "Q"}, False, False),
        (turn(1, "user", ["Q"]), False, False),
        (turn(1, {"a": 1}, "Q"), False, False), ({"text": "Q"}, False, False),
        ({"AuthorID": 1, "Author": "x", "Content": "Q"}, False, True),
        ({"Author": "x", "Content": "Q"}, False, False),
        ({"type": "message", "user": "x", "ts": "1", "text": "Q"}, True, False),
        ({"question": "Q", "answer": "A", "role": "x", "text": "y", "session_id": 1}, False, False),
    ],
)  # fmt: skip
def test_a_row_is_one_turn_where_its_columns_say_of_which_talk(row: dict[str, Any], is_one: bool, lacks: bool) -> None:
    assert turn_columns.is_one(row) is is_one
    assert (turn_columns.lacks_talk(row) is not None) is (lacks or "ts" in row)


def test_the_turns_of_talks_are_kept_in_order_as_they_are_written() -> None:
    rows = [turn("a", "user", "数?", 2), turn("a", "assistant", "七", 1), turn("b", "user", "x", "y"), turn("", "user",
     "z", 1),
            turn("b", "user", None, "z"), turn("a", "user", "?", 3)]  # fmt: skip
    assert turns_in_rows.look(iter(rows)) == {
        "a": ('[[1.0, "assistant", "七"], [2.0, "user", "数?"], [3.0, "user", "?"]]', '[2, "user", "\\u6570?"]'),
        "b": ('[[0, "user", "x"], [1, "user", ""]]', '["y", "user", "x"]'),
    }
    assert turns_in_rows.look(iter(rows[:1])) == {} and turns_in_rows.look(iter([{"x": 1}])) == {}


def slack(*said: tuple[str, str, str]) -> list[dict[str, Any]]:
    return [{"type": "message", "user": who, "ts": at, "text": "x", "thread_ts": thread} for who, at, thread in said]


@pytest.mark.parametrize(
    ("said", "is_channel"),
    [
        ((("a", "1", "1"), ("b", "2", "1"), ("c", "3", "1")), True), ((("a", "1", "1"), ("b", "2", "1")), False),
        ((("a", "1", "1"), ("b", "2", "1"), ("c", "3", "3")), False), ((("a", "1", "1"), ("b", "2", "1"),
        ("User", "3", "1")), False),
        ((("a", "1", "1"), ("b", "2", "1"), ("b", "3", "3"), ("a", "4", "3")), True),
        ((("a", "1", "1"), ("b", "2", "1"), ("a", "3", "3"), ("b", "4", "3")), False),
    ],
)  # fmt: skip
def test_a_channel_is_one_of_three_or_of_two_who_both_ask_and_whose_names_are_no_roles(
    said: tuple[tuple[str, str, str], ...], is_channel: bool
) -> None:
    assert (turns_in_rows.CHANNEL in turns_in_rows.look(iter(slack(*said)))) is is_channel


def noted(*talks: list[Any], **entry: Any) -> tuple[int, str] | None:
    """(how many are unknown, the line) of talks of which these speak one after another."""
    rows = [{"messages": [{"role": name, "content": "x"} for name in names]} for names in talks]
    note = unknown_roles.note(Dataset(name="x", source="local", path="x", **entry), rows)
    return None if note is None else (int(note.args["count"]), str(note.args["line"]))


@pytest.mark.parametrize(
    ("talks", "expected"),
    [
        ((["Jo", "Ma"],), (2, "roles: {Jo: user, Ma: assistant}")), ((["Jo", "assistant"],),
        (1, "roles: {Jo: user}")), ((["user", "Jo"],), (1, "roles: {Jo: assistant}")),
        ((["user", "assistant"],), None), ((["Jo", "Ma"], ["user", "user"]),
        (2, "roles: {Jo: user, Ma: assistant}")),
        ((["Jo", "Ma"], ["user", "user"], ["user", "user"]), None), ((["Jo A", "7"],),
        (2, 'roles: {"Jo A": user, "7": assistant}')),
        ((["Jo", "Ma"], ["Ma", "Jo"]), (2, "roles: {Jo: user, Ma: assistant}")), ((["a", "b", "c", "d", "e"],),
        (5, "roles: {a: user, b: assistant, c: assistant, d: assistant, e: assistant}")),
        ((["a", "z", "b", "z", "c", "z", "d", "z", "e", "f"],), (7, 'roles: {z: assistant, "*": user}')),
        ((["a", "agent", "b", "agent", "c", "agent", "d", "e", "f"],), (6, 'roles: {"*": user}')),
        ((["a", "agent", "b", "agent", "c", "d", "e"],), (5, "roles: {a: user, b: user, c: user, d: user, e: user}")),
    ],
)  # fmt: skip
def test_the_line_that_tells_who_speaks_says_who_asks(
    talks: tuple[list[str], ...], expected: tuple[int, str] | None
) -> None:
    assert noted(*talks) == expected


def test_who_speaks_is_named_as_the_object_about_somebody_does() -> None:
    assert noted([{"login": "jo", "is_bot": False}, {"login": "ma"}]) == (2, "roles: {jo: user, ma: assistant}")


def test_of_names_that_roles_tell_none_is_unknown() -> None:
    assert (
        noted(["Jo", "Ma"], roles={"Jo": "user", "Ma": "assistant"}) is None
        and noted(["Jo", "Ma"], roles={"*": "user"}) is None
    )
    assert noted(["Jo", "Ma"], roles={"Jo": "user"}) == (1, "roles: {Ma: assistant}")
