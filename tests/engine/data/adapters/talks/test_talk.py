"""What came before the last question: pairs or messages, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from so8t_engine.data.adapters.parsed_row import Skip
from so8t_engine.data.adapters.talks import talk, transcripts
from so8t_engine.data.adapters.talks.talk import ASSISTANT, USER

BOTH = [(USER, "How many?"), (ASSISTANT, "Seven.")]


@pytest.mark.parametrize(
    ("value", "turns"),
    [
        ([["How many?", "Seven."]], BOTH),
        ('[["How many?", "Seven."]]', BOTH),
        ([{"role": "user", "content": "How many?"}, {"role": "assistant", "content": "Seven."}], BOTH),
        ([["How many?", 7]], [(USER, "How many?"), (ASSISTANT, "7")]),
        (["How many?", "Seven."], BOTH),
        ([["USER", "How many?"], ["ASSISTANT", "Seven."]], BOTH),
        ([["user", "user"]], [(USER, "user"), (ASSISTANT, "user")]),
        ([], []),
        ("", []),
        ("[]", []),
        (None, []),
    ],
)
def test_a_history_is_its_turns(value: Any, turns: list[tuple[str, str]]) -> None:
    assert talk.history(value, {}) == turns


def said(who: str, text: object, **more: object) -> dict[str, object]:
    return {"role": who, "content": text, **more}


Q, A = BOTH[0][1], BOTH[1][1]
ASKED, ANSWERED, THOUGHT = said("user", Q), said("assistant", A), said("thinking", "I count.")
THINKS = (ASSISTANT, f"<think>I count.</think>{A}")
TURNS: list[tuple[Any, list[tuple[str, str]]]] = [
    ({"messages": [ASKED, ANSWERED]}, BOTH), ([[ASKED, ANSWERED]], BOTH), (ASKED, BOTH[:1]), ([Q, A], BOTH),
    ([Q, A, Q, A], BOTH * 2), ([f"Ann: {Q}", f"Bob: {A}", f"Ann: {Q}"], [*BOTH, *BOTH[:1]]),
    *((list(texts), [((USER, ASSISTANT)[number % 2], text) for number, text in enumerate(texts)])
      for texts in (("A: x", "A: y", "B: z"), ("A: x", "B: y", "B: z"), ("A: x", "B: y", "z"),
      ("A: x", "B: y", "C: z"))),
    ([ASKED, said("system", A)], BOTH), ([ASKED, said("system", A)] * 2, BOTH * 2),
    ([ASKED, said("system", "Be short."), ANSWERED], [BOTH[0], ("system", "Be short."), BOTH[1]]),
    ([ASKED, THOUGHT, ANSWERED], [BOTH[0], THINKS]), ([THOUGHT, ANSWERED], [THINKS]),
    ([ASKED, THOUGHT, said("thought", "More."), ANSWERED], [BOTH[0], (ASSISTANT,
     f"<think>I count.\n\nMore.</think>{A}")]),
    ([ASKED, THOUGHT, said("tool_call", "x"), said("tool", "y"), ANSWERED],
     [BOTH[0], ("call", "x"), ("tool", "y"), BOTH[1]]),
    ([ASKED, said("thinking", " "), ANSWERED], BOTH),
    ([said("assistant", A, reasoning="I count.")], [THINKS]), ([said("assistant", A, reasoning=A)], BOTH[1:]),
    ([said("user", Q, reasoning="I count.")], BOTH[:1]),
    ([said("assistant", A, info={"think_content": "I count."})], [THINKS]),
    ([said("assistant", A, reasoning_details=[{"text": "I"}, {"summary": "count."}, {"type": "hidden"}])],
     [(ASSISTANT, f"<think>I\n\ncount.</think>{A}")]),
    ([said("assistant", A, reasoning_details=[{"type": "reasoning.text", "text": "I"}, None, "count. "])],
     [(ASSISTANT, f"<think>I\n\ncount.</think>{A}")]),
    ([said("assistant", A, reasoning=["I", {"type": "hidden"}, {"type": "thinking", "text": "count."}])],
     [(ASSISTANT, f"<think>I\n\ncount.</think>{A}")]),
    ([said("assistant", A, reasoning_details=["I", "count."])], [(ASSISTANT, f"<think>I\ncount.</think>{A}")]),
    ([said("assistant", A, reasoning_details=[{"text": "I "}, "count."])], [THINKS]),
    ([said("assistant", A, reasoning_details={"tokens": 7})], BOTH[1:]),
    ([said("assistant", A, channel="commentary")], [("call", A)]), ([said("assistant", A, channel="x")], BOTH[1:]),
    ([said("user", Q, channel="final")], BOTH[:1]),
    ([said("assistant", "", tool_calls=[{"function": {"name": "数"}}])], [("call", '[{"name": "数"}]')]),
    ([said("assistant", A, tool_calls='[{"name": "f"}]')], [BOTH[1], ("call", '[{"name": "f"}]')]),
    ([said("assistant", A, function_call={"name": "f"})], [BOTH[1], ("call", '[{"name": "f"}]')]),
    ([said("user", [{"type": "tool_result", "content": "7"}])], [("tool", "7")]),
    ([said("assistant", "")], [(ASSISTANT, "")]),
    ([said("user", ["How ", {"text": "many?"}])], BOTH[:1]),
    ([{"author": {"isBot": True, "name": "x"}, "content": A}], BOTH[1:]),
    ([{"author": {"name": "user"}, "content": Q}], BOTH[:1]),
    ([{"input": Q, "output": A}], BOTH),
    ([{"prompt": Q, "response": A, "id": 1}, {"user": Q, "assistant": A}], BOTH * 2),
    ([{"text": Q, "isCreatedByUser": True}, {"text": A, "isCreatedByUser": False}], BOTH),
    ([{"mes": Q, "is_user": True}, {"mes": "x", "is_user": False, "is_system": True}, {"mes": A, "is_user": False}],
     BOTH),
    ([{"mes": A, "is_user": False, "extra": {"reasoning": "I count."}}], [THINKS]),
    ([{"id": ["langchain", "HumanMessage"], "kwargs": {"content": Q}},
      {"id": ["langchain", "AIMessage"], "kwargs": {"content": A, "tool_calls": [{"name": "f"}]}}],
     [*BOTH, ("call", '[{"name": "f"}]')]),
    ([{"type": "human", "data": {"content": Q}}, {"type": "ai", "content": A}], BOTH),
]  # fmt: skip


def test_a_trace_of_which_only_some_pieces_are_objects_stays_as_it_is_and_has_words() -> None:
    pieces = [{"text": "I "}, "count."]
    assert talk.thought_in(pieces) is pieces and talk.words(pieces) == "I count."


@pytest.mark.parametrize(("value", "turns"), TURNS)
def test_messages_in_any_of_the_ways_they_are_written_are_turns(value: Any, turns: list[tuple[str, str]]) -> None:
    assert talk.turns(value) == turns


@pytest.mark.parametrize(
    ("value", "error"),
    [
        *((value, TypeError) for value in ("abc", 7, {"x": 1}, [Q], [Q, ANSWERED], [ANSWERED, Q], [[ASKED],
         [ANSWERED]])),
        ([{"mes": Q}], KeyError), ([{"is_user": True}], KeyError), ([{"question": Q}], KeyError),
        ([{"type": "human", "data": 7}], KeyError), ([{"id": ["x"], "kwargs": {"text": Q}}], KeyError),
    ],
)  # fmt: skip
def test_what_are_no_messages_is_another_shape(value: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        talk.turns(value)


@pytest.mark.parametrize(
    ("value", "is_one"),
    [(ASKED, True), ([ASKED], True), ({"messages": [ASKED]}, True), ([{"role": "user"}], False), ("x", False),
    ([], False),
     ([said("narrator", Q)], False), ([{"content": Q}], False)],
)  # fmt: skip
def test_a_talk_is_told_by_a_role_that_is_known_and_what_it_says(value: Any, is_one: bool) -> None:
    assert talk.is_talk(value) is is_one


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ({"type": "function_call", "name": "f", "arguments": "{}", "id": 3},
         said("function_call", '{"name": "f", "arguments": "{}"}')),
        ({"type": "function_call_output", "output": "7"}, said("tool", "7")),
        ({"type": "reasoning", "summary": [{"text": "I count."}], "content": "x"}, said("reasoning", "I count.")),
        ({"type": "reasoning", "content": "I count."}, said("reasoning", "I count.")),
        ({"type": "message", "x": 1}, {"type": "message", "x": 1}),
    ],
)  # fmt: skip
def test_what_responses_put_out_are_messages(item: dict[str, Any], message: dict[str, Any]) -> None:
    assert talk.of_output(item) == message


def test_only_a_column_of_pictures_that_holds_one_needs_it() -> None:
    talk.refuse_media({"image": None, "audio": [], "figure": "Two saws."}, ["Which?"])
    for row in ({"image": None, "audio": "a.wav"}, {"figure": ["a.png"]}, {"text_only": False}):
        with pytest.raises(Skip):
            talk.refuse_media(row, [])


def test_a_talk_in_one_text_may_begin_with_words_of_nobody_where_its_marks_are_a_templates() -> None:
    told = ("system", "Be short.")
    for marks in ("<|user|>{}<|assistant|>{}", "### Human: {}\n### Assistant: {}", "[|Human|] {}\n[|AI|] {}",
                  "USER: {} ASSISTANT: {}"):  # fmt: skip
        assert transcripts.parse(f"Be short.\n{marks.format(Q, A)}") == [told, *BOTH]


def test_names_at_the_beginning_of_lines_are_a_transcript_only_where_it_begins_with_one() -> None:
    """A story may hold a dialogue; it is none."""
    assert transcripts.parse("User: hi\nAssistant: yes") == [(USER, "hi"), (ASSISTANT, "yes")]
    assert transcripts.parse("A story.\nUser: hi\nAssistant: yes") is None


def test_the_one_who_answers_is_called_system_in_many_japanese_talks() -> None:
    assert transcripts.parse("ユーザー: 元気?\nシステム: はい。") == [(USER, "元気?"), (ASSISTANT, "はい。")]
    assert transcripts.parse("システム: 短く。\nユーザー: 元気?") is None


def test_formatted_pieces_between_plain_ones_are_of_one_line_as_telegram_has_them() -> None:
    pieces = ["Press ", {"type": "bold", "text": "the button"}, " for 5 s."]
    assert talk.words(pieces) == "Press the button for 5 s."
    assert talk.words([{"type": "text", "text": "One."}, {"type": "text", "text": "Two."}]) == "One.\nTwo."
    assert talk.words(["One.", "Two."]) == "One.\nTwo."


def test_what_telegram_notes_between_messages_is_no_turn() -> None:
    joined = {"id": 2, "type": "service", "actor": "Ann", "action": "invite_members", "text": ""}
    said = [{"type": "message", "from": name, "text": name} for name in ("Ann", "Bob")]
    assert talk.turns([joined, *said, joined], {"Ann": USER, "Bob": ASSISTANT}) == [(USER, "Ann"), (ASSISTANT, "Bob")]


def test_libre_chats_parts_and_replies_inside_messages_are_read() -> None:
    asked = {"messageId": "a", "sender": "User", "isCreatedByUser": True, "text": "What is rust?"}
    parts = [{"type": "think", "think": "Hm, iron."}, {"type": "text", "text": "Iron oxide."}]
    said = {"messageId": "b", "sender": "GPT", "isCreatedByUser": False, "text": "", "content": parts}
    assert talk.turns([asked, said]) == [
        ("user", "What is rust?"),
        ("assistant", "<think>Hm, iron.</think>Iron oxide."),
    ]
    first = {**said, "text": "Copper.", "children": []}
    last = {**said, "text": "Iron oxide.", "children": []}
    assert talk.turns([{**asked, "children": [first, last]}])[1:] == [("assistant", "Iron oxide.")]
