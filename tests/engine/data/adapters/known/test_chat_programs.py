"""One's own chats as Open WebUI, LM Studio, DeepSeek, SillyTavern and text-generation-webui keep them."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from helpers.rows import parsed, reason
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import row_mapping
from so8t_engine.data.files import json_documents
from so8t_engine.data.files.row_readers import BadRow, RawRow

Q, A = "Which saw is it?", "The small one."


def web(*messages: dict[str, Any], chosen: str | None = None, system: str = "") -> dict[str, Any]:
    nodes = {
        one["id"]: {
            "parentId": messages[number - 1]["id"] if number else None,
            "role": ("user", "assistant")[number % 2],
        }
        | one
        for number, one in enumerate(messages)
    }
    shown = chosen or messages[-1]["id"]
    return {
        "id": "1",
        "title": "t",
        "chat": {
            "system": system,
            "messages": list(nodes.values())[:1],
            "history": {"messages": nodes, "currentId": shown},
        },
    }


def test_of_open_webui_the_branch_that_is_shown_is_learnt_with_its_thought_apart() -> None:
    thought = (
        '<details type="reasoning" done="true" duration="3">\n<summary>Thought</summary>\n> It is small.\n</details>\n'
    )
    row = web(
        {"id": "a", "content": Q}, {"id": "b", "content": "Another try."},
        {"id": "c", "parentId": "a", "role": "assistant", "content": thought + A}, system="Be brief.",
    )  # fmt: skip
    result = parsed(row)
    assert (result.response, result.reasoning) == (A, "It is small.")
    assert result.messages == (("system", "Be brief."), ("user", Q))


def test_of_open_webui_a_thumb_down_a_failure_and_an_unfinished_answer_are_never_learnt() -> None:
    disliked = web(
        {"id": "a", "content": Q}, {"id": "b", "content": A, "annotation": {"rating": -1, "reason": "wrong"}}
    )
    assert reason(disliked) == drop_reasons.labelled_bad("messages.-1.annotation.rating", "-1")
    for failed in ({"error": {"content": "out of memory"}}, {"done": False}):
        assert reason(web({"id": "a", "content": Q}, {"id": "b", "content": A, **failed})) == drop_reasons.NO_QUESTION
    assert reason(web({"id": "a", "content": Q, "files": [{"type": "image"}]}, {"id": "b", "content": A})) == (
        drop_reasons.NEEDS_MEDIA
    )


def test_of_open_webui_the_list_of_messages_is_read_where_the_tree_does_not_lead_back() -> None:
    row = web({"id": "a", "content": Q}, {"id": "b", "content": "x"})
    row["chat"]["history"]["messages"] = {"b": {"role": "assistant", "content": "x"}}
    row["chat"]["messages"] = [{"role": "user", "content": Q}, {"role": "assistant", "content": A}]
    assert parsed(row).response == A


def studio(stopped: str = "eosFound") -> dict[str, Any]:
    def block(text: str, **more: Any) -> dict[str, Any]:
        stats = {"genInfo": {"stats": {"stopReason": stopped}}}
        return {"type": "contentBlock", "content": [{"type": "text", "text": text}], **stats, **more}

    asked = {"type": "singleStep", "role": "user", "content": [{"type": "text", "text": Q}]}
    steps = [block("It is small.", style={"type": "thinking"}), {"type": "debugInfoBlock"}, block(A)]
    answered = {"type": "multiStep", "role": "assistant", "steps": steps}
    other = {"type": "multiStep", "role": "assistant", "steps": [block("Another try.")]}
    return {
        "name": "c", "systemPrompt": "", "messages": [
            {"versions": [asked], "currentlySelected": 0}, {"versions": [other, answered], "currentlySelected": 1},
        ],
    }  # fmt: skip


def test_of_lm_studio_the_version_that_is_selected_is_learnt_unless_it_was_stopped() -> None:
    result = parsed(studio())
    assert (result.prompt, result.response, result.reasoning) == (Q, A, "It is small.")
    assert str(reason(studio("userStopped"))).startswith("its answer is cut off")


def test_of_lm_studio_a_call_of_a_tool_and_what_came_of_it_are_turns_before_the_answer() -> None:
    row = studio()
    called = [{"type": "toolCallRequest", "name": "look", "parameters": {"at": "saws"}},
              {"type": "toolCallResult", "content": "Two saws."}]  # fmt: skip
    row["messages"][1]["versions"][1]["steps"].insert(0, {"type": "contentBlock", "content": called})
    assert parsed(row).prompt == f"User: {Q}\n\nAssistant: {{'at': 'saws'}}\n\nTool: Two saws."


def test_of_lm_studio_a_file_that_was_asked_about_is_needed_and_one_in_an_answer_is_not() -> None:
    for number, said in ((0, drop_reasons.NEEDS_MEDIA), (1, A)):
        row = studio()
        version = row["messages"][number]["versions"][number]
        (version if number == 0 else version["steps"][-1])["content"].append({"type": "file"})
        assert (reason(row) if number == 0 else parsed(row).response) == said


@pytest.mark.parametrize("older", [False, True])
def test_of_deepseek_the_newest_branch_is_learnt_with_its_thought_apart(older: bool) -> None:
    def said(*parts: tuple[str, str]) -> dict[str, Any]:
        if older:
            by_kind = dict(parts)
            content = by_kind.get("REQUEST", by_kind.get("RESPONSE"))
            return {"content": content, "reasoning_content": by_kind.get("THINK"), "files": []}
        return {"fragments": [{"type": kind, "content": text} for kind, text in parts], "files": []}

    tree = {
        "root": {"id": "root", "parent": None, "message": None},
        "1": {"id": "1", "parent": "root", "message": said(("REQUEST", Q))},
        "2": {"id": "2", "parent": "1", "message": said(("RESPONSE", "Another try."))},
        "3": {"id": "3", "parent": "1", "message": said(("THINK", "It is small."), ("RESPONSE", f"{A}[citation:3]"))},
    }
    result = parsed({"id": "1", "title": "t", "mapping": tree})
    assert (result.prompt, result.response, result.reasoning) == (Q, A, "It is small.")


def test_of_an_older_deepseek_two_take_turns() -> None:
    said = (Q, A, "And of iron?", "The other one.")
    tree = {
        str(n): {"id": str(n), "parent": str(n - 1) if n else None, "message": {"content": text, "files": []}}
        for n, text in enumerate(said)
    }
    result = parsed({"id": "1", "title": "t", "mapping": tree})
    assert (result.response, result.messages) == (said[3], (("user", Q), ("assistant", A), ("user", said[2])))


@pytest.mark.parametrize("more", [{"title": "Used Gemini"}, {"safeHtmlItem": []}, {"safeHtmlItem": None}])
def test_of_gemini_what_asks_or_answers_nothing_is_not_learnt(more: dict[str, Any]) -> None:
    row = {"header": "Gemini Apps", "title": f"Prompted {Q}", "safeHtmlItem": [{"html": f"<p>{A}</p>"}]}
    assert (parsed(row).prompt, parsed(row).response) == (Q, A)
    assert reason({**row, **more}) == drop_reasons.NO_QUESTION


@pytest.mark.parametrize("title", ["送信したメッセージ: {}", "送信したメッセージ：{}", "{} と入力しました"])
def test_of_a_japanese_gemini_too_the_title_says_what_was_asked(title: str) -> None:
    row = {
        "header": "Gemini アプリ",
        "title": title.format("空は\nなぜ青い？"),
        "safeHtmlItem": [{"html": f"<p>{A}</p>"}],
    }
    assert (parsed(row).prompt, parsed(row).response) == ("空は\nなぜ青い？", A)
    assert reason({**row, "title": "検索しました"}) == drop_reasons.NO_QUESTION


def libre(*turns: str, **more: dict[str, Any]) -> list[dict[str, Any]]:
    """Each turn says "name parent text", a user's name in capitals; `more`: of a name what else its message holds."""
    plain = {"sender": "x", "error": False, "unfinished": False}
    parts = [turn.split(" ", 2) for turn in turns]
    return [
        {"messageId": name, "parentMessageId": parent, "text": text, "isCreatedByUser": name.isupper()}
        | plain
        | more.get(name, {})
        for name, parent, text in parts
    ]


TALK = ("A 0 One?", "b A First.", f"C b {Q}", "d C No.", f"e C {A}")


def test_of_libre_chat_the_branch_that_ends_with_the_newest_message_is_learnt() -> None:
    """By position both answers to one question stood in the talk, one behind the other."""
    row = {"conversationId": "1", "branches": True, "messages": libre(*TALK)}
    assert parsed(row).messages == (("user", "One?"), ("assistant", "First."), ("user", Q))
    assert parsed(row).response == A
    thinks = [{"type": "think", "think": "It is small."}, {"type": "text", "text": A}]
    row["messages"][-1] |= {"text": "", "content": thinks}
    assert (parsed(row).reasoning, parsed(row).response) == ("It is small.", A)


def test_of_libre_chat_what_is_unfinished_or_went_wrong_is_no_answer() -> None:
    cut = {"conversationId": "1", "messages": libre(*TALK, e={"unfinished": True})}
    assert reason(cut).code == drop_reasons.CUT_OFF_BY
    wrong = {"conversationId": "1", "messages": libre(*TALK, e={"error": True, "text": '{"type":"token_balance"}'})}
    assert parsed(wrong).response == "First."


def test_a_recursive_export_of_libre_chat_is_one_talk() -> None:
    a, b, c, d, e = libre(*TALK)
    tree = [{**a, "children": [{**b, "children": [{**c, "children": [{**d, "children": []}, {**e, "children": []}]}]}]}]
    [row] = rows_of({"conversationId": "1", "recursive": True, "messagesTree": tree}, whole=True)
    assert (parsed(row).response, len(parsed(row).messages)) == (A, 3)


def rows_of(*lines: Any, whole: bool = False) -> list[Any]:
    text = json.dumps(lines[0]) if whole else "\n".join(map(json.dumps, lines))
    found = list(json_documents.json_rows(io.BytesIO(text.encode()), 10_000, lines=not whole))
    return [json.loads(item.text) if isinstance(item, RawRow) else item for item in found]


def test_a_chat_of_sillytavern_is_one_talk_whose_lines_are_turns() -> None:
    first = {"user_name": "Me", "character_name": "Aqua", "chat_metadata": {}}
    turns = [
        {"name": "System", "is_user": False, "is_system": True, "mes": "Chat begun."},
        {"name": "Me", "is_user": True, "mes": Q},
        {"name": "Aqua", "is_user": False, "mes": A, "swipes": ["x", A], "extra": {"reasoning": "It is small."}},
    ]
    [row] = rows_of(first, *turns)
    result = parsed(row)
    assert (result.prompt, result.response, result.reasoning) == (Q, A, "It is small.")
    assert list(json_documents.json_rows(io.BytesIO(json.dumps(first).encode()), 10_000, 1, lines=True)) == []
    [bad] = list(json_documents.json_rows(io.BytesIO(b'{"user_name": 1, "character_name": 2}\n{broken'), 1_000))
    assert isinstance(bad, BadRow) and bad.at == 2


def test_a_chat_of_text_generation_webui_is_one_talk() -> None:
    pairs = [["<|BEGIN-VISIBLE-CHAT|>", "Hello."], [Q, A]]
    [row] = rows_of({"internal": pairs, "visible": pairs}, whole=True)
    assert (parsed(row).response, row_mapping.mapping(row).messages) == (A, "messages")  # type: ignore[union-attr]


def test_a_talk_without_an_object_around_it_is_a_row() -> None:
    talk = [{"role": "user", "content": Q}, {"role": "assistant", "content": A}]
    for rows in (rows_of(talk, talk), rows_of([talk, talk], whole=True)):
        assert [parsed(row).response for row in rows] == [A, A]
    [alone] = rows_of(talk, whole=True)
    assert parsed(alone).response == A
    others = [{**turn, "message_id": 1} for turn in talk]
    assert rows_of(others, whole=True) == others and rows_of([talk[0], others[0]], whole=True) == [talk[0], others[0]]


@pytest.mark.parametrize(
    "row",
    [
        {"turns": [{"speaker": "USER", "utterance": Q}, {"speaker": "SYSTEM", "utterance": A}], "dialogue_id": "x"},
        {"trajectory": [{"from": "human", "value": Q}], "chosen": A, "rejected": "No."},
        {"question": Q, "answer_1": "No.", "answer_2": A, "best": 2},
        {
            "messages": [
                {"messageId": "a", "sender": "User", "text": Q, "isCreatedByUser": True},
                {"messageId": "b", "sender": "GPT", "text": A, "isCreatedByUser": False},
            ]
        },
        {
            "messages": [
                {"role": "user", "contentParts": [{"type": "text", "text": Q}]},
                {"role": "assistant", "contentParts": [{"type": "text", "text": A}]},
            ]
        },
        {"instruction": Q, "input": "入力なし", "output": A},
        {"role_1": "x", "message_1": Q, "message_2": A},
        {"質問": Q, "AI回答": "No.", "正しい回答": A},
        {"segments": [{"label": False, "text": f"{Q}\n"}, {"label": True, "text": A}]},
        {"header": "Gemini Apps", "title": f"Prompted {Q}", "safeHtmlItem": [{"html": f"<p>{A}</p>"}]},
    ],
)
def test_other_shapes_of_talks_and_answers_become_what_they_mean(row: dict[str, Any]) -> None:
    found = parsed(row)
    assert (found.prompt, found.response, found.bad_answer) == (Q, A, None)


def test_of_groks_export_each_talk_is_a_row() -> None:
    said = [{"response": {"sender": who, "message": text}} for who, text in (("human", Q), ("ASSISTANT", A))]
    rows = rows_of({"conversations": [{"conversation": {"id": "1"}, "responses": said}] * 2}, whole=True)
    assert [parsed(row).response for row in rows] == [A, A]


KOBOLD = {"gamestarted": True, "memory": "Be brief.", "worldinfo": [], "savedsettings": {"chatopponent": "Kai"}}
SAID = [" Oxygen.", "\n{0}Why?\n{1}", " It burns."]


@pytest.mark.parametrize(
    ("asks", "answers"),
    [("### Instruction:\n", "### Response:\n"), ("{{[INPUT]}}\n", "{{[OUTPUT]}}\n"), ("You: ", "KoboldGPT:"),
     ("You: ", "Kai:")],
)  # fmt: skip
def test_what_koboldcpp_saves_is_a_talk_with_its_memory_for_the_system(asks: str, answers: str) -> None:
    actions = [one.replace("{0}", asks).replace("{1}", answers) for one in SAID]
    row = parsed({**KOBOLD, "prompt": f"\n{asks}Which gas?\n{answers}", "actions": actions})
    assert row.response == "It burns."
    assert row.messages == (
        ("system", "Be brief."), ("user", "Which gas?"), ("assistant", "Oxygen."), ("user", "Why?"),
    )  # fmt: skip


def test_a_story_of_koboldcpp_asks_nothing() -> None:
    assert reason({**KOBOLD, "prompt": "Once upon", "actions": [" a time."]}) == drop_reasons.NO_QUESTION


def test_of_llama_cpps_server_the_branch_is_read_that_is_shown() -> None:
    said = [
        ("r", None, "system", ""),
        ("q", "r", "user", "3 + 4?"),
        ("a", "q", "assistant", "8"),
        ("b", "q", "assistant", "7"),
    ]
    messages: list[dict[str, Any]] = [dict(zip(("id", "parent", "role", "content"), one, strict=True)) for one in said]
    messages[3]["thinking"] = "Add."
    found = parsed({"conv": {"id": "c", "currNode": "b"}, "messages": messages})
    assert (found.prompt, found.response, found.reasoning) == ("3 + 4?", "7", "Add.")


def test_a_talk_of_prompts_and_responses_is_read() -> None:
    said = [{"role": "Prompt", "say": "3 + 4?"}, {"role": "Response", "say": "It is 7."}]
    found = parsed({"metadata": {"powered_by": "ChatGPT Exporter"}, "title": "x", "messages": said})
    assert (found.prompt, found.response) == ("3 + 4?", "It is 7.")
