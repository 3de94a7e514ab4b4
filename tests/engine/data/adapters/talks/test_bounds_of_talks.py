"""Talks, turns and who speaks, however they are written: what is heard of a few words, and what is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import Skip
from so8t_engine.data.adapters.talks import called_tools, edited, replies, speakers, talk, turn_columns, turns_in_rows

Q, A = {"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Me."}


def in_rows(*rows: tuple[Any, ...]) -> dict[str, tuple[str, str]]:
    """Of a talk, its turn, role and text; or of these without the talk."""
    names = ("conversation_id", "turn", "role", "text")
    return turns_in_rows.look(iter([dict(zip(names[4 - len(row) :], row, strict=True)) for row in rows]))


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (talk.turns, ([Q, A],), [("user", "Who?"), ("assistant", "Me.")]),
    (talk.turns, ({"messages": [Q, A]},), [("user", "Who?"), ("assistant", "Me.")]),
    (talk.turns, ([[Q, A]],), [("user", "Who?"), ("assistant", "Me.")]),
    (talk.turns, ('[{"role": "user", "content": "Who?"}]',), [("user", "Who?")]),
    (talk.turns, (["Who?", "Me."],), [("user", "Who?"), ("assistant", "Me.")]),
    (talk.turns, (["病人：a", "医生：b"],), [("user", "a"), ("assistant", "b")]),
    (
        talk.turns,
        (["病人：a", "医生：b", "医生：c"],),
        [("user", "病人：a"), ("assistant", "医生：b"), ("user", "医生：c")],
    ),
    (talk.turns, ([{"question": "Who?", "answer": "Me."}],), [("user", "Who?"), ("assistant", "Me.")]),
    (talk.turns, ([Q, {"role": "system", "content": "Me."}],), [("user", "Who?"), ("assistant", "Me.")]),
    (
        talk.turns,
        ([{"role": "system", "content": "Be kind."}, Q, A],),
        [("system", "Be kind."), ("user", "Who?"), ("assistant", "Me.")],
    ),
    (
        talk.turns,
        ([Q, {"role": "reasoning", "content": "So."}, A],),
        [("user", "Who?"), ("assistant", "<think>So.</think>Me.")],
    ),
    (talk.turns, ([Q, {"role": "reasoning", "content": " "}, A],), [("user", "Who?"), ("assistant", "Me.")]),
    (talk.turns, ([Q, {**A, "reasoning_content": "So."}],), [("user", "Who?"), ("assistant", "<think>So.</think>Me.")]),
    (talk.turns, ([Q, {**A, "reasoning_content": "Me."}],), [("user", "Who?"), ("assistant", "Me.")]),
    (
        talk.turns,
        ([Q, {**A, "tool_calls": [{"function": {"name": "f"}}]}],),
        [("user", "Who?"), ("assistant", "Me."), ("call", '[{"name": "f"}]')],
    ),
    (
        talk.turns,
        ([Q, {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "f"}}]}],),
        [("user", "Who?"), ("call", '[{"name": "f"}]')],
    ),
    (
        talk.turns,
        ([Q, {**A, "function_call": {"name": "f"}}],),
        [("user", "Who?"), ("assistant", "Me."), ("call", '[{"name": "f"}]')],
    ),
    (
        talk.turns,
        (
            [
                Q,
                {
                    "role": "assistant",
                    "content": [{"type": "thinking", "thinking": "So."}, {"type": "text", "text": "Me."}],
                },
            ],
        ),
        [("user", "Who?"), ("assistant", "<think>So.</think>Me.")],
    ),
    (
        talk.turns,
        ([Q, {"role": "assistant", "content": [{"type": "tool_use", "name": "f"}]}],),
        [("user", "Who?"), ("call", '[{"type": "tool_use", "name": "f"}]')],
    ),
    (
        talk.turns,
        ([Q, {"role": "stranger", "content": "Me."}], {"stranger": "assistant"}),
        [("user", "Who?"), ("assistant", "Me.")],
    ),
    (
        talk.turns,
        ([Q, {"role": "assistant", "content": "Me.", "edited_content": "Not me, but you."}],),
        [("user", "Who?"), ("assistant", "Not me, but you.")],
    ),
    (
        talk.turns,
        ([{"is_user": True, "mes": "Who?"}, {"is_user": False, "mes": "Me.", "extra": {"reasoning": "So."}}],),
        [("user", "Who?"), ("assistant", "<think>So.</think>Me.")],
    ),
    (
        talk.turns,
        ([{"is_user": True, "mes": "Who?"}, {"is_user": False, "is_system": True, "mes": "Me."}],),
        [("user", "Who?")],
    ),
    (
        talk.turns,
        (
            [
                {"isCreatedByUser": True, "text": "Who?"},
                {
                    "isCreatedByUser": False,
                    "text": "",
                    "content": [{"type": "think", "think": "So."}, {"type": "text", "text": "Me."}],
                },
            ],
        ),
        [("user", "Who?"), ("assistant", "<think>So.</think>Me.")],
    ),
    (
        talk.turns,
        ([{"type": "human", "content": "Who?"}, {"type": "ai", "content": "Me."}],),
        [("user", "Who?"), ("assistant", "Me.")],
    ),
    (
        talk.turns,
        (
            [
                {
                    "role": "user",
                    "content": "Who?",
                    "children": [{**A, "children": []}, {"role": "assistant", "content": "You."}],
                }
            ],
        ),
        [("user", "Who?"), ("assistant", "You.")],
    ),
    (talk.of_tavern, ({"mes": "a"},), None),
    (talk.of_tavern, ({"mes": 7, "is_user": True},), None),
    (talk.of_tavern, ({"mes": "a", "is_user": True, "is_system": True},), {}),
    (talk.of_output, ({"type": "reasoning", "summary": "So."},), {"role": "reasoning", "content": "So."}),
    (
        talk.of_output,
        ({"type": "function_call", "name": "f", "arguments": "{}"},),
        {"role": "function_call", "content": '{"name": "f", "arguments": "{}"}'},
    ),
    (talk.of_output, ({"type": "function_call_output", "output": "x"},), {"role": "tool", "content": "x"}),
    (talk.of_output, ({"type": "message", "content": "x"},), {"type": "message", "content": "x"}),
    (talk.history, ([["Who?", "Me."]], {}), [("user", "Who?"), ("assistant", "Me.")]),
    (talk.history, ([Q, A], {}), [("user", "Who?"), ("assistant", "Me.")]),
    (talk.history, ([], {}), []),
    (talk.is_talk, ([Q],), True),
    (talk.is_talk, ({"messages": [Q]},), True),
    (talk.is_talk, ([{"role": "user"}],), False),
    (talk.is_talk, ([{"content": "a"}],), False),
    (talk.is_talk, ("a",), False),
    (talk.opened, ("[1]",), [1]),
    (talk.opened, ("{'a': None}",), {"a": None}),
    (talk.opened, ("[1",), "[1"),
    (talk.opened, (' {"a": 1} ',), {"a": 1}),
    (talk.opened, ("a",), "a"),
    (talk.words, (True,), "true"),
    (talk.words, (3.0,), "3"),
    (talk.words, (3.5,), "3.5"),
    (talk.words, (None,), ""),
    (talk.words, (["a", "b"],), "a\nb"),
    (talk.words, (["a", {"text": "b"}],), "ab"),
    (talk.words, ({"text": "b"},), "b"),
    (talk.words_if_any, ({"a": 1},), ""),
    (talk.described, ({"a": 1},), '{"a": 1}'),
    (talk.described, (7,), "7"),
    (talk.described, ([{"数": 1}],), '[{"数": 1}]'),
    (talk.role_of, ({"from": "gpt"},), "assistant"),
    (talk.role_of, ({"from": "Bob"},), None),
    (talk.role_of, (7,), None),
    (talk.name_of, ({"author": {"bot": True}},), "assistant"),
    (talk.name_of, ({"author": {"name": "Bob"}},), "Bob"),
    (talk.name_of, ({},), None),
    (talk.last_answer, ([Q, A],), (-1, {"role": "assistant", "content": "Me."})),
    (talk.last_answer, ([Q, A, Q],), (-2, {"role": "assistant", "content": "Me."})),
    (talk.last_answer, ([A, Q, Q, Q],), None),
    (talk.last_answer, ("a",), None),
    (
        called_tools.told,
        ([("user", "Who?"), ("assistant", "So.\n\n<tool_call>x</tool_call>")],),
        [("user", "Who?"), ("call", "So.\n\n<tool_call>x</tool_call>")],
    ),
    (
        called_tools.told,
        ([("user", "Who?"), ("assistant", "<tool_call>x</tool_call>\n\nMe.")],),
        [("user", "Who?"), ("assistant", "<tool_call>x</tool_call>\n\nMe.")],
    ),
    (called_tools.told, ([("user", "<tool_call>x</tool_call>")],), [("user", "<tool_call>x</tool_call>")]),
    (talk.refuse_media, ({"image": None}, []), None),
    (talk.refuse_media, ({"figure": "a"}, []), None),
    (talk.refuse_media, ({"text_only": True}, []), None),
    (talk.refuse_media, ({}, ["Is <image> a tag?"]), None),
    (talk.refuse_media, ({}, ["image"]), None),
    (edited.text_of, ({"content": "a", "edited": "It is mended."},), "It is mended."),
    (edited.text_of, ({"content": "a", "edited": "true"},), None),
    (edited.text_of, ({"content": "a", "edited_content": ""},), None),
    (edited.alone, ({"content": "a", "edited": "It is mended."},), "edited"),
    (edited.alone, ({"content": "a", "edited_content": "It is mended."},), None),
    (
        replies.pairs,
        (
            [
                {"id": 1, "from": "Ann", "text": "Who?"},
                {"id": 2, "from": "Bob", "text": "Me.", "reply_to_message_id": 1},
                {"id": 3, "from": "Eve", "text": "Hi."},
            ],
        ),
        [{"question": "Who?", "answer": "Me."}, {"question": "Hi.", "answer": ""}],
    ),
    (
        replies.pairs,
        (
            [
                {"id": 1, "from": "Ann", "text": "Who?"},
                {"id": 2, "from": "Bob", "text": "Me.", "reply_to_message_id": 1},
            ],
        ),
        None,
    ),
    (
        replies.pairs,
        (
            [
                {"id": 1, "from": "Ann", "text": "Who?"},
                {"id": 2, "from": "Ann", "text": "Me.", "reply_to_message_id": 1},
                {"id": 3, "from": "Eve", "text": "Hi."},
                {"id": 4, "from": "Bob", "text": "Hi."},
            ],
        ),
        None,
    ),
    (replies.pairs, ([{"id": 1, "from": "Ann", "text": "Who?"}],), None),
    (
        replies.pairs,
        (
            [
                {"id": 1, "from": "Ann", "text": "Who?"},
                {"id": 2, "from": "Bob", "text": "Me.", "reply_to_message_id": 1},
                {"id": 3, "from": "Eve", "text": ""},
                {"id": 4, "text": "Hi."},
                "Hi.",
            ],
        ),
        None,
    ),
    (replies.pairs, ("a",), None),
    (speakers.turns, ("Customer: Who?\nAgent: Me.",), [("user", "Who?"), ("assistant", "Me.")]),
    (speakers.turns, ("Customer: Who?\nAgent: Me.\nAgent: So.",), [("user", "Who?"), ("assistant", "Me.\n\nSo.")]),
    (speakers.turns, ("Customer: Who?\nBob: Me.\nBob: So.",), None),
    (
        speakers.turns,
        ("Ann: Who?\nBob: Me.", {"Ann": "user", "Bob": "assistant"}),
        [("user", "Who?"), ("assistant", "Me.")],
    ),
    (speakers.turns, ("So.\nCustomer: Who?\nAgent: Me.",), None),
    (speakers.turns, ("客「だれ？」\n店員「私。」",), [("user", "だれ？"), ("assistant", "私。")]),
    (speakers.strangers, ("Ann: Who?\nBob: Me.",), ["Ann", "Bob"]),
    (speakers.strangers, ("Ann: Who?\nBob: Me.\nEve: You.",), []),
    (speakers.strangers, ("Ann: Who?\nBob: Me.\nAnn: So.",), ["Ann"]),
    (speakers.strangers, ("for x in y:\nprint:",), []),
    (speakers.names, ("Ann: Who?\nBob: Me.",), ["Ann", "Bob"]),
    (
        in_rows,
        ((1, 1, "user", "Who?"), (1, 2, "assistant", "Me.")),
        {"1": ('[[1.0, "user", "Who?"], [2.0, "assistant", "Me."]]', '[1, "user", "Who?"]')},
    ),
    (
        in_rows,
        ((1, 2, "assistant", "Me."), (1, 1, "user", "Who?")),
        {"1": ('[[1.0, "user", "Who?"], [2.0, "assistant", "Me."]]', '[2, "assistant", "Me."]')},
    ),
    (in_rows, ((1, 1, "user", "Who?"), (2, 1, "user", "Why?")), {}),
    (
        in_rows,
        ((1, 1, "user", "Who?"), (2, 1, "user", "Why?"), (1, 2, "assistant", "Me."), (2, 2, "assistant", "So.")),
        {
            "1": ('[[1.0, "user", "Who?"], [2.0, "assistant", "Me."]]', '[1, "user", "Who?"]'),
            "2": ('[[1.0, "user", "Why?"], [2.0, "assistant", "So."]]', '[1, "user", "Why?"]'),
        },
    ),
    (
        in_rows,
        ((1, 1, "user", "Who?"), (None, 1, "user", "Why?"), (1, 2, "assistant", "Me.")),
        {"1": ('[[1.0, "user", "Who?"], [2.0, "assistant", "Me."]]', '[1, "user", "Who?"]')},
    ),
    (
        in_rows,
        ((1, "user", "Who?"), (2, "assistant", "Me."), (1, "user", "Why?"), (2, "assistant", "So.")),
        {
            '[1, "user", "Who?"]': ('[[1, "user", "Who?"], [2, "assistant", "Me."]]', '[1, "user", "Who?"]'),
            '[1, "user", "Why?"]': ('[[1, "user", "Why?"], [2, "assistant", "So."]]', '[1, "user", "Why?"]'),
        },
    ),
    (in_rows, ((1, "user", "Who?"), (2, "assistant", "Me."), (4, "user", "Why?")), {}),
    (in_rows, ((1, "user", "Who?"), (2, "assistant", "Me.")), {}),
    (in_rows, ((1, "user", "Who?"), (2, "user", "Me."), (1, "user", "Why?")), {}),
    (
        in_rows,
        ((1, "user", "Who?"), (2, "assistant", "Me."), (1, "user", "Who?"), (2, "assistant", "So.")),
        {'[1, "user", "Who?"]': ("[]", '[1, "user", "Who?"]')},
    ),
    (turn_columns.lacks_talk, ({"turn": 1, "role": "user", "text": "Who?\n\nMe."},), None),
]


@pytest.mark.parametrize(("function", "given", "value"), CASES)
def test_what_is_heard_of_a_talk(function: Callable[..., Any], given: tuple[Any, ...], value: object) -> None:
    said = function(*given)
    assert (said, type(said)) == (value, type(value))


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ({"turn": 1}, 1), ({"turn": True}, None), ({"turn": "a"}, None), ({"turn": [1]}, None), ({"turn": "1.0"}, 1),
        ({"turn": " 7 "}, 7), ({"turn": "1.5"}, None), ({"turn": "-1"}, None), ({"turn": None}, None), ({}, None),
        ({"turn": 1, "conversation_id": 1}, None), ({"Turn Number": 2}, 2), ({"time": 1}, None), ({"ts": 1}, None),
        ({"連番": 1}, None), ({"順番": 1}, 1), ({"turn": 1, "role": ["user"]}, None), ({"turn": 1, "role": 7}, 1),
        ({"turn": 1, "text": "Who?\n\nMe."}, None), ({"turn": 1, "text": "Who?\n\n"}, 1),
        ({"turn": 1, "text": 7}, None),
    ],
)  # fmt: skip
def test_a_turn_is_counted_where_nothing_else_says_of_which_talk_it_is(row: dict[str, Any], number: int | None) -> None:
    found = turn_columns.counted({"role": "user", "text": "Who?"} | row)
    assert (None if found is None else found[1]) == number


REFUSED: list[tuple[Callable[..., Any], tuple[Any, ...], object]] = [
    (
        talk.turns,
        ([Q, {"role": "stranger", "content": "Me."}],),
        drop_reasons.Sentence(code="data.unknown_role", args={}),
    ),
    (
        talk.turns,
        ([Q, {"role": "assistant", "content": [{"type": "image", "url": "x"}]}],),
        drop_reasons.Sentence(code="data.needs_media", args={}),
    ),
    (talk.words, ({"type": "image", "text": "b"},), drop_reasons.Sentence(code="data.needs_media", args={})),
    (talk.refuse_media, ({"image": "a.png"}, []), drop_reasons.Sentence(code="data.needs_media", args={})),
    (talk.refuse_media, ({"figure": "a.png"}, []), drop_reasons.Sentence(code="data.needs_media", args={})),
    (talk.refuse_media, ({"figures": ["a.png"]}, []), drop_reasons.Sentence(code="data.needs_media", args={})),
    (talk.refuse_media, ({"text_only": False}, []), drop_reasons.Sentence(code="data.needs_media", args={})),
    (talk.refuse_media, ({}, ["<image> What?"]), drop_reasons.Sentence(code="data.needs_media", args={})),
]


@pytest.mark.parametrize("said", ["Who?", 7, None, ["Who?", A], [["Who?"], "Me."], {"content": "Me."}, [7, 8]])
def test_what_is_no_list_of_messages_is_none(said: object) -> None:
    with pytest.raises((TypeError, KeyError)):
        talk.turns(said)


@pytest.mark.parametrize(("function", "given", "why"), REFUSED)
def test_what_it_refuses_and_why(function: Callable[..., Any], given: tuple[Any, ...], why: object) -> None:
    with pytest.raises(Skip) as refused:
        function(*given)
    assert refused.value.reason == why
