"""One's own chats as ChatGPT and Claude hand them out: the branch that is shown is learnt, without notes beside it."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.known import chat_exports
from so8t_engine.data.adapters.parsed_row import Skip


def message(role: str, content: dict[str, Any] | str, hidden: bool = False, recipient: str = "all") -> dict[str, Any]:
    content = {"content_type": "text", "parts": [content]} if isinstance(content, str) else content
    metadata = {"is_visually_hidden_from_conversation": True} if hidden else {}
    return {"author": {"role": role}, "content": content, "metadata": metadata, "recipient": recipient}


def exported(*messages: dict[str, Any] | None, current: bool = True) -> dict[str, Any]:
    """A branch from the root, and beside its last node an answer that was tried again."""
    nodes: dict[str, Any] = {
        str(number): {"id": str(number), "message": one, "parent": str(number - 1) if number else None, "children": []}
        for number, one in enumerate(messages)
    }
    last = str(len(messages) - 1)
    earlier = {"id": "x", "message": message("assistant", "an earlier try"), "parent": str(len(messages) - 2)}
    nodes = nodes | {"x": earlier} if current else {"x": earlier} | nodes
    return {"title": "t", "create_time": 1.5, "mapping": nodes} | ({"current_node": last} if current else {})


@pytest.mark.parametrize("current", [True, False])
def test_of_a_chatgpt_talk_the_branch_that_is_shown_is_learnt(current: bool) -> None:
    row = exported(
        None,
        message("system", "", hidden=True),
        message("user", {"content_type": "user_editable_context", "user_profile": "I am six."}, hidden=True),
        message("user", "日本で一番高い山は?"),
        message("assistant", "富士山です。\ue200cite\ue202turn0search1\ue201"),
        message("user", "高さは?"),
        message("assistant", {"content_type": "thoughts", "thoughts": [{"summary": "s", "content": "標高の話だ。"}]}),
        message("assistant", {"content_type": "reasoning_recap", "content": "Thought for 3 s"}),
        message("assistant", "3776 m です【3†source】。"),
        current=current,
    )

    result = parsed(row)

    assert result.messages == (("user", "日本で一番高い山は?"), ("assistant", "富士山です。"), ("user", "高さは?"))
    assert (result.response, result.reasoning) == ("3776 m です。", "標高の話だ。")


def test_what_a_tool_was_asked_and_said_is_part_of_the_talk_and_no_answer() -> None:
    row = exported(
        message("user", "7 * 6 by Python?"),
        message("assistant", {"content_type": "code", "text": "print(7 * 6)"}, recipient="python"),
        message("tool", {"content_type": "execution_output", "text": "42"}),
        message("assistant", "It is 42."),
    )

    result = parsed(row)

    assert result.response == "It is 42."
    assert "print(7 * 6)" in result.prompt and "Tool: 42" in result.prompt


def test_a_question_about_a_picture_is_left_out_and_a_spoken_one_is_read() -> None:
    picture = {"content_type": "multimodal_text", "parts": [{"content_type": "image_asset_pointer"}, "What is it?"]}
    spoken = {"content_type": "multimodal_text", "parts": [{"content_type": "audio_transcription", "text": "Hello?"}]}

    with pytest.raises(Skip) as skipped:
        parsed(exported(message("user", picture), message("assistant", "A cat.")))
    assert skipped.value.reason == drop_reasons.NEEDS_MEDIA
    assert parsed(exported(message("user", spoken), message("assistant", "Hi."))).prompt == "Hello?"


def test_a_claude_talk_keeps_its_thoughts_and_what_was_attached_as_text() -> None:
    asked = {"sender": "human", "text": "Sum?", "attachments": [{"extracted_content": "1,2"}], "files": [{"f": 1}]}
    said = [
        {"type": "thinking", "thinking": "1 + 2 is 3."},
        {"type": "tool_use", "name": "x"},
        {"type": "text", "text": "3"},
    ]
    answered = {"sender": "assistant", "text": "3", "content": said, "attachments": [], "files": []}
    row = {"uuid": "u", "name": "n", "chat_messages": [asked, answered]}

    result = parsed(row)

    assert (result.prompt, result.response, result.reasoning) == ("1,2\n\nSum?", "3", "1 + 2 is 3.")
    with pytest.raises(Skip):
        parsed(row | {"chat_messages": [asked | {"attachments": []}, answered]})


def test_what_is_not_shown_is_no_part_of_a_talk_whoever_says_it() -> None:
    told, asked, answered = message("system", "Be short."), message("user", "7 * 6?"), message("assistant", "42.")
    for hidden in (told, message("user", "I am six.", hidden=True), message("assistant", "I look.", hidden=True)):
        result = parsed(exported(None, hidden, {**asked, "metadata": None}, answered))
        assert (result.prompt, result.response, result.messages) == ("7 * 6?", "42.", ())


def test_a_branch_that_leads_back_to_itself_ends_there() -> None:
    tree = {"a": {"message": {"n": 1}, "parent": "b"}, "b": {"message": {"n": 2}, "parent": "a"}}
    assert chat_exports.shown(tree, "b") == [{"n": 1}, {"n": 2}]
    assert chat_exports.shown(tree, None) == [{"n": 1}, {"n": 2}] and chat_exports.shown({}, "b") == []


def ended(how: str) -> dict[str, Any]:
    return {"metadata": {"finish_details": {"type": how}}}


CUT = [{"status": "finished_partial_completion"}, {"status": "in_progress"}, ended("interrupted"), ended("max_tokens")]


@pytest.mark.parametrize("how", CUT)
def test_an_answer_that_was_stopped_is_not_learnt_nor_the_rest_of_it_alone(how: dict[str, Any]) -> None:
    """It was, and so was what came after "go on"."""
    asked, cut = message("user", "Why?"), message("assistant", "Since it") | how
    for go_on, rest in (("", ""), ("go on", "is so."), ("続けて", "is so."), ("つづきをお願いします。", "is so.")):
        turns = [asked, cut, message("user", go_on), message("assistant", rest)] if go_on else [asked, cut]
        assert reason(exported(*turns)).code == drop_reasons.CUT_OFF_BY
    other = exported(asked, cut, message("user", "How?"), message("assistant", "Thus."))
    assert parsed(other).response == "Thus."
    whole = exported(asked, cut, message("assistant", "is so.") | {"status": "finished_successfully"})
    assert parsed(whole).response == "Since it\n\nis so.", "what was cut goes on by itself"
    gone_on = exported(asked, message("assistant", "So."), message("user", "go on"), message("assistant", "And so."))
    assert parsed(gone_on).response == "And so.", "nothing was cut"
