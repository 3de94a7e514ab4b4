"""Sessions of programs that write code: a file is one talk, of which only what was said counts."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters.known import agent_sessions
from so8t_engine.data.adapters.parsed_row import ParsedRow, Skip
from so8t_engine.data.files import json_documents
from so8t_engine.data.files.row_readers import BadRow, RawRow

Line = dict[str, Any]
Q, A, NEXT, LAST = "Why does it fail on 30 February?", "That day does not exist.", "And in a leap year?", "Nor then."


def line(number: str, before: str | None, role: str, said: Any, **more: Any) -> Line:
    whole = {"parentUuid": before, "isSidechain": False, "sessionId": "s", "type": role, "uuid": number}
    return {**whole, "message": {"role": role, "content": said}, **more}


def text(said: str) -> list[Line]:
    return [{"type": "text", "text": said}]


ASKED, SAID = line("1", None, "user", Q), line("2", "1", "assistant", text(A))
AGAIN, ANSWERED = line("3", "2", "user", NEXT), line("4", "3", "assistant", text(LAST))
SUMMARY: Line = {"type": "summary", "summary": "Dates", "leafUuid": "2"}


def rows(lines: list[Line]) -> list[Any]:
    file = io.BytesIO("\n".join(map(json.dumps, lines)).encode())
    items = json_documents.json_rows(file, 5_000, lines=True)
    return [json.loads(item.text) if isinstance(item, RawRow) else item for item in items]


def read(lines: list[Line]) -> tuple[str, str] | object:
    [row] = rows(lines)
    try:
        found = admission.parsed(Dataset(name="d", source="local", path="x.jsonl"), row, {})
    except Skip as skip:
        return skip.reason
    assert isinstance(found, ParsedRow)
    return found.prompt, found.response


@pytest.mark.parametrize(
    ("lines", "asked", "said"),
    [
        ([ASKED, SAID], Q, A), ([SUMMARY, ASKED, SAID], Q, A),
        ([{"type": "file-history-snapshot", "messageId": "m", "snapshot": {}}, ASKED, SAID], Q, A),
        ([ASKED, SAID, AGAIN, ANSWERED], f"User: {Q}\n\nAssistant: {A}\n\nUser: {NEXT}", LAST),
        ([line("0", None, "user", "<command-name>/clear</command-name>"), {**ASKED, "parentUuid": "0"}, SAID], Q, A),
        ([line("0", None, "user", "Caveat: ...", isMeta=True), {**ASKED, "parentUuid": "0"}, SAID], Q, A),
        ([line("1", None, "user", f"{Q}<system-reminder>Todo</system-reminder>"), SAID], Q, A),
        ([ASKED, {**SAID, "uuid": "x"}, line("y", "x", "user", "In other words?"), SAID], Q, A),
        ([ASKED, line("h", None, "user", "Look.", isSidechain=True),
          line("i", "h", "assistant", text("Seen."), isSidechain=True), SAID], Q, A),
        ([line("h", None, "user", "Look.", isSidechain=True),
          line("i", "h", "assistant", text("Seen."), isSidechain=True)], "Look.", "Seen."),
        ([ASKED, line("e", "1", "assistant", text("API Error: 529"), isApiErrorMessage=True),
          line("n", "e", "user", text("[Request interrupted by user]")), {**SAID, "parentUuid": "n"}], Q, A),
        ([ASKED, SAID, {"type": "system", "subtype": "compact_boundary", "uuid": "c", "parentUuid": None,
                        "logicalParentUuid": "2"},
          line("k", "c", "user", "This session is being continued ...", isCompactSummary=True),
          {**AGAIN, "parentUuid": "k"}, ANSWERED], f"User: {Q}\n\nAssistant: {A}\n\nUser: {NEXT}", LAST),
        ([{**ASKED, "parentUuid": "lost"}, SAID], Q, A), ([ASKED, {**SAID, "parentUuid": None}], Q, A),
    ],
)  # fmt: skip
def test_of_a_session_of_claude_code_only_what_was_said_to_each_other_counts(
    lines: list[Line], asked: str, said: str
) -> None:
    assert read(lines) == (asked, said)


def test_pieces_of_one_message_go_together_and_what_tools_said_is_kept() -> None:
    def piece(number: str, before: str, part: Line) -> Line:
        return {**line(number, before, "assistant", []), "message": {"role": "assistant", "id": "m", "content": [part]}}

    call, result = (
        {"type": "tool_use", "id": "t", "name": "Read", "input": {}},
        [{"type": "tool_result", "content": "x = 1"}],
    )
    thought = piece("a", "1", {"type": "thinking", "thinking": "I read it."})
    calls = [piece("b", "a", text("Let me see.")[0]), piece("c", "b", call), line("d", "c", "user", result)]
    [row] = rows([ASKED, thought, *calls, {**SAID, "parentUuid": "d"}])
    assert [turn["role"] for turn in row["messages"]] == ["user", "assistant", "user", "assistant"]
    assert [part["type"] for part in row["messages"][1]["content"]] == ["thinking", "text", "tool_use"]
    found = read([ASKED, thought, *calls, {**SAID, "parentUuid": "d"}])
    assert isinstance(found, tuple) and found[1] == A and "Tool: x = 1" in found[0]


def test_an_answer_that_was_broken_off_is_not_learnt() -> None:
    stopped = line("3", "2", "user", text("[Request interrupted by user for tool use]"))
    assert read([ASKED, SAID, stopped]) == drop_reasons.cut_off("messages.-1.finish_reason", "length")
    at_its_limit = {**SAID, "message": {**SAID["message"], "stop_reason": "max_tokens"}}
    assert read([ASKED, at_its_limit]) == drop_reasons.cut_off("messages.-1.finish_reason", "length")
    assert read([ASKED, at_its_limit, AGAIN, ANSWERED]) == (f"User: {Q}\n\nAssistant: {A}\n\nUser: {NEXT}", LAST)


def test_the_first_line_of_a_chat_of_silly_tavern_says_whose_it_is() -> None:
    said = [{"user_name": "Me", "character_name": "Bob"}, {"is_user": True, "mes": Q}, {"is_user": False, "mes": A}]
    assert agent_sessions.program(said) == "silly_tavern"
    assert agent_sessions.turns("silly_tavern", said) == said[1:]


def test_a_session_in_which_nobody_spoke_is_no_row_and_a_bad_line_is_told() -> None:
    assert rows([SUMMARY]) == []
    [bad] = list(json_documents.json_rows(io.BytesIO(json.dumps(SUMMARY).encode() + b"\n{broken"), 5_000, lines=True))
    assert isinstance(bad, BadRow) and bad.at == 2
    [long] = rows([ASKED, line("2", "1", "assistant", "x" * 5_000)])
    assert isinstance(long, BadRow) and long.reason == drop_reasons.TOO_LONG
    [much] = rows([ASKED, SAID, *[{**SUMMARY, "summary": "x" * 9_000}] * 9])
    assert much == BadRow(1, "line", 11, drop_reasons.TOO_LONG)


def test_lines_of_other_data_are_no_session() -> None:
    assert agent_sessions.program([{"sessionId": "s", "type": "a", "question": Q, "answer": A}]) is None
    note = {"sessionId": "s", "type": "user"}
    for first, program in (
        (SUMMARY, "claude_code"), ({**note, "leafUuid": "2"}, None), ({**note, "summary": "Dates"}, None),
        (ASKED, "claude_code"), ({**note, "message": {"role": "user", "content": Q}}, None),
        ({**note, "isSidechain": False, "message": Q}, None), ({**note, "isSidechain": False}, None),
        ({"type": "session_meta", "payload": {}}, "codex"), ({"type": "session_meta", "payload": "x"}, None),
        ({"type": "x", "payload": {}}, None), ({"user_name": "Me"}, None),
    ):  # fmt: skip
        assert agent_sessions.program([first]) == program, first
    assert agent_sessions.program([]) is None
    other = [{"sessionId": "s", "type": "a", "question": Q, "answer": A}] * 2
    assert rows(other) == other


def test_a_session_of_codex_is_one_talk() -> None:
    items: list[Line] = [
        {"type": "message", "role": "developer", "content": [{"type": "input_text", "text": "Rules."}]},
        {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "<environment_context>x"}]},
        {"type": "message", "role": "user", "content": [{"type": "input_text", "text": Q}]},
        {"type": "reasoning", "summary": [{"type": "summary_text", "text": "A month of 28."}]},
        {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": A}]},
    ]
    lines = [
        {"type": "session_meta", "payload": {"id": "x"}},
        *({"type": "response_item", "payload": one} for one in items),
    ]
    assert read([*lines, {"type": "event_msg", "payload": {"type": "token_count"}}]) == (Q, A)
    [row] = rows(lines)
    assert row["messages"][1] == {"role": "reasoning", "content": "A month of 28."}
