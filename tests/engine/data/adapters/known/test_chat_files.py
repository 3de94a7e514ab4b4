"""Talks in the files of Chatbox, big-AGI, TypingMind, GPT4All, Character.AI, text-generation-webui; Copilot's table."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from helpers.rows import of_source, parsed, reason
from so8t_engine.config.run_config import Dataset
from so8t_engine.data import admission, drop_reasons
from so8t_engine.data.adapters.known import chat_files
from so8t_engine.data.adapters.parsed_row import ParsedRow
from so8t_engine.data.files import json_documents
from so8t_engine.data.files.row_readers import RawRow

Q, A, WHY = "How do I boil an egg softly?", "Put it in boiling water for six minutes.", "Soft means short."
ASKED, SAID = {"role": "user", "content": Q}, {"role": "assistant", "content": A}


def rows_of(document: Any) -> list[dict[str, Any]]:
    found = json_documents.json_rows(io.BytesIO(json.dumps(document, indent=1).encode()), 1 << 20)
    return [json.loads(one.text) for one in found if isinstance(one, RawRow)]


def fragments(role: str, *parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": role, "role": role, "fragments": [{"ft": "content", "part": part} for part in parts], **more}


def text(said: str) -> dict[str, Any]:
    return {"pt": "text", "text": said}


def chatbox(*answers: dict[str, Any]) -> dict[str, Any]:
    said = [{"id": "1", "role": "user", "contentParts": [{"type": "text", "text": Q}]}, *answers]
    return {"__exported_items": ["conversations"], "chat-sessions-list": [{"id": "s1", "name": "Egg", "type": "chat"}],
            "session:s1": {"id": "s1", "messages": said, "threads": []}}  # fmt: skip


def parts(*said: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"role": "assistant", "contentParts": [{"type": kind, "text": words} for kind, words in said], **more}


def candidates(at: int, human: bool, shown: str, *tries: tuple[str, str]) -> dict[str, Any]:
    made = [{"candidate_id": name, "raw_content": said, "is_final": True} for name, said in tries]
    who = {"name": "me", "is_human": True} if human else {"name": "Bob"}
    when = f"2024-01-01T00:00:0{at}Z"
    return {"create_time": when, "author": who, "candidates": made, "primary_candidate_id": shown}


def message(human: bool, said: str, **more: Any) -> dict[str, Any]:
    return {"text": said, "src": {"is_human": human, "name": "me" if human else "Bob"}, **more}


HISTORY = {"msgs": [message(True, Q), message(False, "Swiped.", is_alternative=True), message(False, A)]}


@pytest.mark.parametrize(
    ("document", "thought"),
    [
        (chatbox(parts(("reasoning", WHY), ("text", A), generating=False)), WHY),
        ({"chat-sessions": [{"id": "s", "messages": [ASKED, SAID]}], "configVersion": 7}, None),
        ({"id": "c", "messages": [fragments("user", text(Q)), fragments(
            "assistant", {"pt": "ma", "aType": "reasoning", "aText": WHY}, text(A))]}, WHY),
        ({"conversations": [{"id": "c", "messages": [ASKED, SAID]}], "folders": {"folders": []}}, None),
        ({"data": {"chats": [{"chatTitle": "Egg", "messages": [ASKED, SAID]}]}, "checksum": "x"}, None),
        ([{"sender": "user", "content": Q}, {"sender": "assistant", "content": A}], None),
        ({"messages": [{"sender": "Prompt: ", "content": Q}, {"sender": "Response: ", "content": A}]}, None),
        ({"turns": [candidates(2, False, "b", ("a", "Other."), ("b", A)), candidates(1, True, "c", ("c", Q))]}, None),
        ({"histories": [HISTORY], "info": {"character": {"name": "Bob"}}}, None),
        ({"histories": {"histories": [HISTORY]}, "info": {}}, None),
        ({"internal": [[Q, A]], "visible": [[Q, A]], "metadata": {"user_0": {"timestamp": "x"}}}, None),
        ({"internal": [[Q, A]], "visible": [[Q, "Shown."]]}, None),
        ({"data": [[Q, A]], "data_visible": [[Q, A]]}, None),
    ],
)  # fmt: skip
def test_a_programs_file_is_the_talk_that_it_shows(document: Any, thought: str | None) -> None:
    [row] = rows_of(document)
    result = parsed(row)
    assert (result.prompt, result.response, result.reasoning) == (Q, A, thought)


@pytest.mark.parametrize("places", [("internal", "visible"), ("data", "data_visible")])
def test_what_greets_in_a_web_chat_answers_no_mark(places: tuple[str, str]) -> None:
    [row] = rows_of({place: [["<|BEGIN-VISIBLE-CHAT|>", "Hi!"], [Q, A]] for place in places})
    assert parsed(row).messages == (("assistant", "Hi!"), ("user", Q))


def test_an_answer_that_failed_or_is_not_ended_is_not_learnt() -> None:
    for failed in ({"error": "overloaded"}, {"errorCode": 10}, {"generating": True}):
        [row] = rows_of(chatbox(parts(("text", "Put it"), **failed)))
        assert reason(row) == drop_reasons.NO_QUESTION
    cut = fragments("assistant", text("Put it"), generator={"tokenStopReason": "out-of-tokens"})
    [row] = rows_of({"messages": [fragments("user", text(Q)), cut]})
    assert reason(row) == drop_reasons.cut_off("messages.-1.finish_reason", "length")


def test_a_picture_in_a_message_of_big_agi_is_needed() -> None:
    for kind in ("image_ref", "reference"):
        [row] = rows_of({"messages": [fragments("user", {"pt": kind}, text(Q)), fragments("assistant", text(A))]})
        assert reason(row) == drop_reasons.NEEDS_MEDIA
    [row] = rows_of({"messages": [fragments("user", {"pt": "other"}, text(Q)), fragments("assistant", text(A))]})
    assert parsed(row).response == A


def test_older_talks_of_a_session_are_talks_of_their_own() -> None:
    backup = chatbox(parts(("text", A)))
    backup["session:s1"]["threads"] = [{"id": "t", "messages": [{"role": "user", "content": "Hard?"}, SAID]}]
    assert [parsed(row).prompt for row in rows_of(backup)] == [Q, "Hard?"]


@pytest.mark.parametrize("talks", [[{"messages": [ASKED, SAID]}, {"x": 1}], [{"messages": []}, "x"], [], "messages"])
def test_a_list_of_which_some_are_no_talks_is_none_of_talks(talks: Any) -> None:
    assert chat_files.listed({"conversations": talks}) is None


def test_a_backup_of_chatbox_has_sessions_and_the_list_of_them() -> None:
    keys: dict[str, Any] = {"chat-sessions-list": [], "session:s1": {}}
    assert chat_files.is_chatbox(keys) is True
    assert [chat_files.is_chatbox({name: keys[name]}) for name in keys] == [False, False]


def test_a_list_of_what_strangers_say_is_no_talk() -> None:
    strangers = [{"sender": "Anna", "text": "Shall we?"}, {"sender": "Bert", "text": "Yes."}]
    assert rows_of(strangers) == strangers
    asked_only = [{"sender": "user", "text": Q}, {"sender": "user", "text": "Hard?"}]
    assert rows_of(asked_only) == asked_only


def test_of_copilots_table_whose_newest_row_comes_first_the_turns_are_read_in_their_order() -> None:
    said = [("Human", Q, "09:00:00"), ("AI", A, "09:00:01"), ("Human", "Hard?", "10:00:00"), ("AI", "Ten.", "10:00:01")]
    rows = [
        {"Conversation": "Egg", "Time": f"2025-01-01T{at}", "Author": who, "Message": words} for who, words, at in said
    ]
    first, *others = of_source(rows[::-1])
    assert isinstance(first, ParsedRow) and others == [drop_reasons.OF_A_TALK] * 3
    assert (first.response, first.messages) == ("Ten.", (("user", Q), ("assistant", A), ("user", "Hard?")))


@pytest.mark.parametrize(
    "actions",
    [
        {"1": {"Selected Text": A}, "0": {"Selected Text": "\n### Response:\n"}},
        {"action_count": 1, "actions": {"0": {"Selected Text": f"\n### Response:\n{A}", "Options": []}}},
        [f"\n### Response:\n{A}"],
    ],
)
def test_a_story_of_koboldai_that_is_a_talk_is_read_in_the_order_of_its_actions(actions: Any) -> None:
    [row] = rows_of({"data": {"gamestarted": True, "prompt": f"### Instruction:\n{Q}", "actions": actions}})
    found = parsed(row)
    assert (found.prompt, found.response) == (Q, A)


def test_a_story_of_koboldai_with_names_is_a_talk_of_these() -> None:
    story = {"gamestarted": True, "prompt": f"Me: {Q}\n", "actions": [f"Bot: {A}"], "chatname": "Me", "botname": "Bot"}
    [row] = rows_of({"data": story})
    assert parsed(row).response == A


@pytest.mark.parametrize("who", ["送信者タイプ", "user", "名前"])
def test_messages_of_a_chat_without_a_talk_are_told_as_such(who: str) -> None:
    """`user` was proposed as what asks."""
    row = {who: "山田", "時刻": "10:00", "内容": Q}
    said = admission.unfit(Dataset(name="d", source="local", path="x.csv"), [row, row | {"内容": A}])
    assert (said.code, said.args["speaker"], said.args["text"]) == ("steps.turns_without_a_talk", who, "内容")
