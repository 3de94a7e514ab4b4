"""Chats as the programs keep or export them in which people talk to models: Open WebUI, LM Studio, DeepSeek.

Of several tries the one that is shown counts. What the program notes beside an answer (a thumb, that it was stopped)
stays on its turn and judges it there; an answer that failed or was never finished was never given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import mapped
from so8t_engine.data.adapters.known import chat_exports
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip
from so8t_engine.data.adapters.talks import speakers, talk, transcripts
from so8t_engine.data.texts import markup

Turn = dict[str, Any]

DETAILS = re.compile(r'<details type="(\w+)"[^>]*>\s*(?:<summary>.*?</summary>)?(.*?)</details>\s*', re.DOTALL)
QUOTED = re.compile(r"(?m)^> ?")
SYSTEM_OF_STUDIO = "llm.prediction.systemPrompt"
CUT_SHORT = ("userStopped", "maxPredictedTokensReached", "contextLengthReached", "modelUnloaded", "failed")
OF_STUDIO = (None, "singleStep", "contentBlock")  # what holds words; the others are notes about tools and errors
OF_KOBOLD = {"{{[INPUT]}}": "\n### Instruction:\n", "{{[OUTPUT]}}": "\n### Response:\n"}
PROMPTED = re.compile(r"(?s)(?:Prompted |送信したメッセージ[:：]\s*)(?P<asked>.+)|(?P<typed>.+?)\s*と入力しました。?")
FRAGMENTS = {"REQUEST": "user", "THINK": "thinking", "RESPONSE": "assistant"}


def open_webui(row: Fields, index: Index) -> ParsedRow:
    """Open WebUI's export: `chat` with a tree of messages, `currentId` the last one of the branch that is shown."""
    chat = row["chat"]
    turns = _system(chat.get("system") or (chat.get("params") or {}).get("system"))
    for message in _branch(chat):
        if message.get("files") and message["role"] == "user":
            raise Skip(drop_reasons.NEEDS_MEDIA)
        if message.get("error") or message.get("done") is False:
            continue
        noted = {name: message[name] for name in ("annotation",) if message.get(name)}
        for role, text in _of_details(message["role"], message.get("content") or ""):
            _add(turns, role, text, noted)
    return _read(turns, index)


def lm_studio(row: Fields, index: Index) -> ParsedRow:
    """A `.conversation.json` of LM Studio: each message with its versions, an answer in steps, some of them thought."""
    settings = (row.get("perChatPredictionConfig") or {}).get("fields") or []
    prompts = [one.get("value") for one in settings if one.get("key") == SYSTEM_OF_STUDIO]
    turns = _system(*prompts, row.get("systemPrompt"))
    for message in row["messages"]:
        version = message["versions"][message.get("currentlySelected") or 0]
        for step in version.get("steps") or [version]:
            if step.get("type") in OF_STUDIO:
                _add_step(turns, version["role"], step)
    return _read(turns, index)


def llama_server(row: Fields, index: Index) -> ParsedRow:
    """An export of llama.cpp's server: messages with their parents, `conv.currNode` the last one that is shown."""
    nodes, place = {one["id"]: one for one in row["messages"]}, row["conv"]["currNode"]
    branch: list[Mapping[str, Any]] = []
    while place in nodes:
        branch.append(nodes.pop(place))
        place = branch[-1].get("parent")
    turns: list[Turn] = []
    for message in reversed(branch):
        if message.get("extra") and message["role"] == "user":
            raise Skip(drop_reasons.NEEDS_MEDIA)
        _add(turns, "thinking", message.get("thinking") or message.get("reasoningContent") or "", {})
        _add(turns, message["role"], message.get("content") or "", {})
    return _read(turns, index)


def deepseek(row: Fields, index: Index) -> ParsedRow:
    """DeepSeek's `conversations.json`: a tree whose messages are fragments (REQUEST, THINK, RESPONSE)."""
    turns: list[Turn] = []
    for number, message in enumerate(chat_exports.shown(row["mapping"], row.get("current_node"))):
        if message.get("files"):
            raise Skip(drop_reasons.NEEDS_MEDIA)
        if message.get("status") not in (None, "FINISHED"):
            continue
        noted = {"feedback": message["feedback"]} if message.get("feedback") else {}
        for role, text in _fragments(message, ("user", "assistant")[number % 2]):
            _add(turns, role, text, noted)
    return _read(turns, index)


def libre_chat(row: Fields, index: Index) -> ParsedRow:
    """LibreChat's export: of the branches of its messages the one that ends with the newest; without errors."""
    by_id = {one["messageId"]: one for one in row["messages"]}
    one, branch = row["messages"][-1], list[Mapping[str, Any]]()
    while one is not None:
        branch.append(one)
        one = by_id.pop(one.get("parentMessageId"), None)
    turns: list[Turn] = []
    for message in reversed(branch):
        said = None if message.get("error") else talk.of_tavern(message)
        if said:
            turns.append({**said, **(chat_exports.CUT if message.get("unfinished") else {})})
    return _read(turns, index)


def koboldcpp(row: Fields, index: Index) -> ParsedRow:
    """A story of KoboldCpp that is a talk: `prompt` begins it, `actions` go on; `memory` stands in front of both."""
    text = "".join([row["prompt"], *row["actions"]])
    for mark, heading in OF_KOBOLD.items():
        text = text.replace(mark, heading)
    settings = row.get("savedsettings") or {}
    names = {str(settings.get("chatname") or "You"): "user"}
    names |= {str(name): "assistant" for name in (settings.get("chatopponent"), "KoboldGPT") if name}
    said = transcripts.parse(text) or speakers.turns(text.strip(), names)
    if said is None:
        raise Skip(drop_reasons.NO_QUESTION)
    return _read(_system(row.get("memory")) + [{"role": role, "content": content} for role, content in said], index)


def grok(row: Fields, index: Index) -> ParsedRow:
    """A talk of Grok's export: responses of both, each with its sender."""
    turns: list[Turn] = []
    for one in row["responses"]:
        said = one["response"]
        _add(turns, "user" if said["sender"].lower() == "human" else "assistant", said["message"], {})
    return _read(turns, index)


def gemini(row: Fields, index: Index) -> ParsedRow:
    """Of `MyActivity.json`, as Google Takeout has it for Gemini: the prompt in the title, the answer as HTML."""
    title, answers = row["title"], [item["html"] for item in row["safeHtmlItem"] or []]
    found = PROMPTED.fullmatch(title)
    if found is None or not answers:
        raise Skip(drop_reasons.NO_QUESTION)
    answer = markup.without_left_overs("\n\n".join(answers))
    asked = found["asked"] or found["typed"]
    return _read([{"role": "user", "content": asked}, {"role": "assistant", "content": answer}], index)


def _read(turns: list[Turn], index: Index) -> ParsedRow:
    return mapped.read(Columns(messages="messages"), {"messages": turns}, index=index)


def _system(*prompts: Any) -> list[Turn]:
    said = next((prompt for prompt in prompts if isinstance(prompt, str) and prompt.strip()), None)
    return [] if said is None else [{"role": "system", "content": said}]


def _add(turns: list[Turn], role: str, text: str, noted: Mapping[str, Any]) -> None:
    """What somebody says goes on with what they said last."""
    text = chat_exports.CITATION.sub("", text).strip()
    if not text:
        return
    if turns and turns[-1]["role"] == role:
        text = f"{turns.pop()['content']}\n\n{text}"
    turns.append({"role": role, "content": text, **noted})


def _branch(chat: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The messages that are shown; the list of them where the tree does not lead back to a question."""
    history = chat.get("history") or {}
    nodes, place = history.get("messages") or {}, history.get("currentId")
    branch: list[Mapping[str, Any]] = []
    while place in nodes and len(branch) <= len(nodes):
        branch.append(nodes[place])
        place = nodes[place].get("parentId")
    whole = any(message.get("role") == "user" for message in branch)
    return branch[::-1] if whole else list(chat["messages"])


def _of_details(role: str, content: str) -> Iterator[tuple[str, str]]:
    """A message that holds what was thought and called between its words, as the page folds it away."""
    start = 0
    for part in DETAILS.finditer(content) if "<details" in content else ():
        yield role, content[start : part.start()]
        yield ("thinking" if part[1] == "reasoning" else "tool_call"), QUOTED.sub("", part[2])
        start = part.end()
    yield role, content[start:]


def _add_step(turns: list[Turn], role: str, step: Mapping[str, Any]) -> None:
    stopped = ((step.get("genInfo") or {}).get("stats") or {}).get("stopReason") in CUT_SHORT
    noted = {"finish_reason": "length"} if stopped else {}
    thinks = (step.get("style") or {}).get("type") == "thinking"
    content = step.get("content") or []
    for part in [{"type": "text", "text": content}] if isinstance(content, str) else content:
        if part["type"] == "text":
            _add(turns, "thinking" if thinks else role, part.get("text") or "", noted)
        elif part["type"] == "toolCallRequest":
            _add(turns, "tool_call", str(part.get("parameters") or part.get("name") or ""), {})
        elif part["type"] == "toolCallResult":
            _add(turns, "tool", str(part.get("content") or ""), {})
        elif role == "user":
            raise Skip(drop_reasons.NEEDS_MEDIA)


def _fragments(message: Mapping[str, Any], speaker: str) -> Iterator[tuple[str, str]]:
    """Of older exports the answer and its thought as two texts; `speaker`: who says it there."""
    if "fragments" not in message:
        yield "thinking", message.get("reasoning_content") or ""
        yield speaker, message["content"] or ""
        return
    for fragment in message["fragments"]:
        if fragment.get("type") in FRAGMENTS:
            yield FRAGMENTS[fragment["type"]], fragment.get("content") or ""
