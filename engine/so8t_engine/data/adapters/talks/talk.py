"""Turns of a talk as datasets hold them: key pairs, typed parts, tool calls, JSON in a text; roles by their names."""

from __future__ import annotations

import ast
import itertools
import json
import re
from collections.abc import Mapping, Sequence
from types import NoneType
from typing import Any

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import written_numbers
from so8t_engine.data.adapters.answers import traces
from so8t_engine.data.adapters.parsed_row import Fields, Skip
from so8t_engine.data.adapters.talks import edited
from so8t_engine.data.adapters.talks.role_words import ASSISTANT as ASSISTANT
from so8t_engine.data.adapters.talks.role_words import CALL as CALL
from so8t_engine.data.adapters.talks.role_words import LANGCHAIN as LANGCHAIN
from so8t_engine.data.adapters.talks.role_words import ROLES as ROLES
from so8t_engine.data.adapters.talks.role_words import SYSTEM as SYSTEM
from so8t_engine.data.adapters.talks.role_words import THOUGHT as THOUGHT
from so8t_engine.data.adapters.talks.role_words import TOOL as TOOL
from so8t_engine.data.adapters.talks.role_words import USER as USER
from so8t_engine.data.adapters.talks.role_words import are_pairs as are_pairs

Turns = list[tuple[str, str]]

CHANNELS = ("analysis", "commentary", "final")  # of an assistant's turns (harmony): what a role of that name is
WHO, WHAT = (
    ("role", "from", "speaker", "author", "rôle", "rolle", "ruolo", "rol", "papel", "von", "da", "de", "話者", "発言者",
     "役割", "発話者", "話し手", "送信者", "ロール"),
    ("content", "value", "text", "message", "parts", "utterance", "contentParts", "Text", "texte", "texto", "testo",
     "contenu", "contenido", "contenuto", "conteúdo", "inhalt", "Inhalt", "発言", "内容", "say",
     "発話", "本文", "発言内容", "発話内容", "メッセージ", "テキスト"),
)  # fmt: skip
SPEAKER = re.compile(r"\s*([^\s:：]{1,12}(?: [^\s:：]{1,12})?)\s*[:：](?!//)\s*(?=\S)")  # who says a text of a list
NAMED, BOTS = (
    ("role", "name", "nickname", "username", "login", "id"),
    ("isBot", "is_bot", "bot"),
)  # of an author's object
OF_FLAGS = frozenset(("isCreatedByUser", "is_user"))  # which say who speaks instead
ALL_OTHERS, AROUND = "*", " \t\n:："  # of `roles:`, what stands around a name
OTHER_TEXTS = ("thinking", "reasoning", "output_text", "full_text")
OF_TRACE = re.compile(r"reasoning|thinking|thought|summary|text")  # of a part's type
OF_STEP = ("step", "explanation", "thought", "output", "result")  # of a step that is an object, in this order
BOTH = (
    ("input", "output"),
    ("question", "answer"),
    ("prompt", "response"),
    ("human", "assistant"),
    ("user", "assistant"),
)
SCORES = (
    ("overall_score", 1),
    ("score", 1),
    ("rating", 1),
    ("reward", 1),
    ("rank", -1),
    ("ranking", -1),
)  # which way is better; votes are none
TEXTS = ("response", "answer", "text", "output", "body", "content")  # of one of several answers
PARTS = {
    "thinking": THOUGHT, "reasoning": THOUGHT, "redacted_thinking": "hidden", "redacted_reasoning": "hidden",
    "tool_use": CALL, "tool_call": CALL, "tool_result": TOOL,
}  # fmt: skip
MEDIA = frozenset(("image", "images", "image_url", "audio", "audios", "video", "videos", "image_path", "input_audio"))
TEXT_ONLY = "text_only"
FIGURES = frozenset((  # which may as well be words about one
    TEXT_ONLY, "figure", "figures", "Image", "Images", "Picture", "picture", "immagine", "Immagine", "imagen", "Imagen",
    "imagem", "Imagem", "figura", "figuras", "Figura", "Bild", "bild", "Abbildung", "画像", "図", "写真", "音声",
    "图片", "圖片", "이미지", "그림", "изображение", "рисунок", "картинка", "obrazek", "resim",
))  # fmt: skip
FILE = re.compile(r"(?i)\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?|mp3|wav|ogg|mp4|webm)\b")
PLACEHOLDERS = ("<image>", "<video>", "<audio>")
PLACEHOLDER = re.compile(r"^\s*<(?:image|video|audio)>|<(?:image|video|audio)>\s*$")


def turns(value: Any, roles: Mapping[str, str] = {}) -> Turns:
    """Of a list of messages, or of one. Raises Skip; TypeError, KeyError where it is none."""
    value = unwrapped(opened(value))
    if isinstance(value, Mapping) and isinstance(value.get("role", value.get("from")), Sequence):
        value = [value]
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise TypeError("no list of messages")
    if len(value) == 1 and isinstance(value[0], list):  # the only talk of a list of talks
        return turns(value[0], roles)
    if len(value) == 1 and isinstance(value[0], Mapping) and isinstance(value[0].get("children"), list):
        value = _last_branch(value)
    if are_pairs(value):
        return turns([{"role": who, "content": said} for who, said in value], roles)
    if len(value) > 1 and isinstance(value[0], str):  # without names: two who take turns
        return by_turns(_without_names(value))
    return _with_thoughts(_answered_by_system([turn for item in value for turn in _turns_of(item, roles)]))


def by_turns(said: Sequence[str]) -> Turns:
    """Of two who speak one after the other."""
    return list(zip(itertools.cycle((USER, ASSISTANT)), said, strict=False))


def _without_names(said: Sequence[str]) -> list[str]:
    """Without who speaks, where all texts begin with one of two names in turns: 病人：, 医生：."""
    found = [SPEAKER.match(text) for text in said]
    names = [match[1] for match in found if match]
    if len(names) < len(said) or len(set(names)) != 2 or any(map(str.__eq__, names, names[1:])):
        return list(said)
    return [text[match.end() :] for text, match in zip(said, found, strict=True) if match]


def _answered_by_system(turns: Turns) -> Turns:
    """Of talks with services, in which the one who answers is called so."""
    if len(turns) < 2 or turns[0][0] != USER or turns[1][0] != SYSTEM or any(role == ASSISTANT for role, _ in turns):
        return turns
    return [(ASSISTANT if role == SYSTEM else role, text) for role, text in turns]


def _with_thoughts(turns: Turns) -> Turns:
    """What was thought in turns of its own stands in the answer that follows; before a call it is gone."""
    if not any(role == THOUGHT for role, _ in turns):
        return turns
    whole: Turns = []
    thoughts: list[str] = []
    for role, text in turns:
        if role == THOUGHT:
            thoughts.append(traces.without(text))
            continue
        whole.append((role, _thinking("\n\n".join(thoughts), text) if role == ASSISTANT else text))
        thoughts = []
    return whole


def _thinking(thought: str, answer: str) -> str:
    return f"<think>{thought}</think>{answer}" if thought.strip() else answer


def unwrapped(value: Any) -> Any:
    """The talk in an object around it: `messages`, or the only list that is plainly one."""
    if not isinstance(value, Mapping):
        return value
    if isinstance(value.get("messages"), list):
        return value["messages"]
    found = [inner for inner in value.values() if is_plain(inner)]
    return found[0] if len(found) == 1 else value


def is_plain(value: Any) -> bool:
    """Whether a list is a talk beyond doubt: in each entry somebody known says something, and an assistant answers."""
    if not isinstance(value, list) or len(value) < 2 or not all(isinstance(turn, Mapping) for turn in value):
        return False
    said = all(any(turn.get(key) for key in WHAT) for turn in value)
    roles = {role_of(turn) for turn in value} if said else {None}
    return None not in roles and {USER, ASSISTANT} <= roles


def is_talk(value: Any) -> bool:
    """Whether a value that was opened is a message, or a list of them."""
    value = unwrapped(value)
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, Mapping) and role_of(first) is not None and any(key in first for key in WHAT)


def history(value: Any, roles: Mapping[str, str]) -> Turns:
    """Pairs of question and answer, or messages."""
    value = opened(value)
    if not value:
        return []
    if not are_pairs(value) and all(isinstance(item, Sequence) and not isinstance(item, str) for item in value):
        return [turn for asked, answer in value for turn in ((USER, words(asked)), (ASSISTANT, words(answer)))]
    return turns(value, roles)


def opened(value: Any) -> Any:
    """A list or an object that stands there as JSON, or as Python prints it; anything else as it is."""
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
        for reader in (json.loads, ast.literal_eval):
            try:
                return reader(value.strip())
            except (ValueError, SyntaxError, RecursionError, MemoryError):
                continue
    return value


def words(value: Any) -> str:
    """A value as text: numbers written out, typed parts joined. Raises Skip for pictures and sounds."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return written_numbers.written(value)
    if isinstance(value, Mapping):
        kind = str(value.get("type", "text"))
        if any(name in kind for name in ("image", "audio", "video")):
            raise Skip(drop_reasons.NEEDS_MEDIA)
        mended = edited.text_of(value) if len(value) > 1 else None
        found = mended or next((value[name] for name in (*WHAT, *OTHER_TEXTS) if value.get(name) is not None), None)
        if found is None:
            raise TypeError("an object without text")
        return words(found)
    if isinstance(value, Sequence):
        kinds = {isinstance(item, Mapping) for item in value}  # both: formatted pieces of one line (Telegram)
        return ("" if len(kinds) > 1 else "\n").join(part for part in (words(item) for item in value) if part)
    raise TypeError("no text")


def described(value: Any) -> str:
    """The same of what a system says; objects without a text, as tools are described by, as JSON. Raises Skip."""
    try:
        return words(value)
    except TypeError:
        return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, Mapping)) else ""


def words_if_any(value: Any) -> str:
    """The same for a look at rows of which nobody knows yet whether they can be read: empty where it is no text."""
    try:
        return words(value)
    except (Skip, TypeError):
        return ""


def role_of(turn: Any) -> str | None:
    """Whose turn a message is, by the names that are known."""
    return ROLES.get((name_of(turn) or "").strip(AROUND).lower())


def last_answer(turns: Any) -> tuple[int, Mapping[str, Any]] | None:
    """Where the last answer of a talk stands, counted from its end (-1), and its turn; None where that is far."""
    for number in range(1, min(len(turns), 3) + 1) if isinstance(turns, list) else ():
        turn = turns[-number]
        if isinstance(turn, Mapping) and role_of(turn) == ASSISTANT:
            return -number, turn
    return None


def name_of(turn: Any) -> str | None:
    """Who says a message, as it stands there; of an object about somebody the name, of a program's that it is one."""
    if not isinstance(turn, Mapping):
        return None
    who = next((turn[key] for key in WHO if turn.get(key) is not None), None)
    if who is None and "sender" in turn and OF_FLAGS.isdisjoint(turn):
        who = turn["sender"]
    if isinstance(who, Mapping):
        if any(who.get(key) is True for key in BOTS):
            return ASSISTANT
        who = next((who[key] for key in NAMED if who.get(key) is not None), who)
    return None if who is None else str(who)


def of_langchain(value: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """A message of LangChain, however it is written, with its role; one that has a role as it is; None for others."""
    if value.get("role") is not None:
        return value
    inner = value.get("kwargs", value.get("data", value))
    named = value["id"][-1] if isinstance(value.get("id"), list) and value["id"] else None
    if not isinstance(inner, Mapping) or "content" not in inner:
        return None
    role = LANGCHAIN.get(str(named)) or LANGCHAIN.get(str(inner.get("type", value.get("type"))))
    calls = inner.get("tool_calls") or []
    return None if role is None else {"role": role, "content": inner["content"], "tool_calls": calls}


def of_tavern(item: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """A turn of SillyTavern with its role; empty where the program says it itself; None for others.

    LibreChat's too, whose flag has another name.
    """
    if isinstance(item.get("isCreatedByUser"), bool) and isinstance(item.get("text"), str):
        said = item["text"] or [_of_libre_chat(part) for part in item.get("content") or []]
        return {"role": USER if item["isCreatedByUser"] else ASSISTANT, "content": said}
    if not isinstance(item.get("mes"), str) or "is_user" not in item:
        return None
    if item.get("is_system"):
        return {}
    thought = (item.get("extra") or {}).get("reasoning") or ""
    return {"role": USER if item["is_user"] else ASSISTANT, "content": item["mes"], "reasoning": thought}


def _of_libre_chat(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """A part of what is said, its thought as others name it."""
    return {"type": "thinking", "thinking": part.get("think") or ""} if part.get("type") == "think" else part


def _last_branch(messages: Sequence[Any]) -> list[Any]:
    """Of messages with their replies inside (LibreChat's `children`) those that lead to the last one."""
    branch: list[Any] = []
    while messages:
        branch.append(messages[-1])
        messages = messages[-1].get("children") or [] if isinstance(messages[-1], Mapping) else []
    return branch


def of_output(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """An item of what OpenAI's Responses put out, as a message: a thought, a call, what a tool said, or the answer."""
    kind = item.get("type")
    if kind == "reasoning":
        return {"role": "reasoning", "content": words(item.get("summary") or item.get("content") or "")}
    if kind == "function_call":
        return {"role": "function_call", "content": json.dumps({key: item.get(key) for key in ("name", "arguments")})}
    return {"role": "tool", "content": words(item.get("output"))} if kind == "function_call_output" else item


def refuse_media(row: Fields, texts: Sequence[str]) -> None:
    """Raises Skip where a row needs a picture or a sound: no text stands for it."""
    if not MEDIA.isdisjoint(row) and any(row[name] not in (None, "", [], {}) for name in MEDIA & row.keys()):
        raise Skip(drop_reasons.NEEDS_MEDIA)
    if not FIGURES.isdisjoint(row) and (row.get(TEXT_ONLY) is False or any(map(_is_file, map(row.get, FIGURES)))):
        raise Skip(drop_reasons.NEEDS_MEDIA)
    if any("<" in text and any(map(text.__contains__, PLACEHOLDERS)) and PLACEHOLDER.search(text) for text in texts):
        raise Skip(drop_reasons.NEEDS_MEDIA)


def _is_file(value: Any) -> bool:
    """Whether it names a picture or a sound, or several."""
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, str) and FILE.search(first) is not None


def _parts(content: Any) -> dict[str, Any]:
    """Typed parts of a turn by what they are: its text, what is thought, calls of tools, what those say."""
    if not isinstance(content, list) or not all(isinstance(part, Mapping) for part in content):
        return {"text": content}
    parts: dict[str, Any] = {"text": []}
    for part in content:
        kind = THOUGHT if part.get("thought") is True else PARTS.get(str(part.get("type")), "text")
        parts.setdefault(kind, []).append(part)
    return parts


def _turns_of(item: Any, roles: Mapping[str, str]) -> Turns:
    """A message; with tool calls two turns: what it says and what it calls. Raises Skip, TypeError, KeyError."""
    if not isinstance(item, Mapping):
        raise TypeError("no message")
    name = name_of(item)
    written = of_langchain(item) or of_tavern(item) if name is None else None
    if written is not None:
        return _turns_of(written, roles) if written else []
    if name is None and "actor" in item and item.get("type") == "service":  # of Telegram: somebody came or left
        return []
    if name is None:  # a question and its answer in one object
        asked, said = next((pair for pair in BOTH if set(pair) <= item.keys()), BOTH[0])
        return [(USER, words(item[asked])), (ASSISTANT, words(item[said]))]
    said_by = name.strip(AROUND).lower()
    if "channel" in item and said_by == ASSISTANT and item["channel"] in CHANNELS:
        said_by = item["channel"]
    role = roles.get(name) or ROLES.get(said_by) or roles.get(ALL_OTHERS)
    if role is None:
        raise Skip(drop_reasons.UNKNOWN_ROLE)
    mended = edited.text_of(item) if len(item) > 2 else None
    parts = _parts(mended or next((item[key] for key in WHAT if key in item), None))
    text = words(parts["text"])
    trace = words(parts.get(THOUGHT)) or _thought_beside(item)
    if role == ASSISTANT and isinstance(trace, str) and trace.strip() and trace.strip() not in text:
        text = _thinking(traces.without(trace), text)
    calls = parts.get(CALL) or item.get("tool_calls") or ([item["function_call"]] if item.get("function_call") else [])
    found: Turns = [(TOOL, words(part.get("content"))) for part in parts.get(TOOL, [])]
    found += [(role, text)] if text.strip() or not (calls or found) else []
    if calls:
        found.append((CALL, json.dumps([call.get("function", call) for call in opened(calls)], ensure_ascii=False)))
    return found


def _thought_beside(item: Mapping[str, Any]) -> Any:
    """What a message holds of its thought beside its words."""
    noted = item["info"].get("think_content") if isinstance(item.get("info"), Mapping) else None
    names = ("reasoning_content", "reasoning", "thinking", "reasoning_summary", "reasoning_details")
    found = next(filter(None, map(item.get, names)), None)
    return (words_if_any(thought_in(found)) if isinstance(found, list) else found) or noted


def thought_in(details: Any) -> Any:
    """The words of a trace in typed parts, of which some may be hidden or plain texts, or in steps that are objects."""
    if not isinstance(details, list) or not any(isinstance(one, Mapping) for one in details):
        return details
    if not all(isinstance(one, (Mapping, str, NoneType)) for one in details) or _are_pieces(details):
        return details
    return "\n\n".join(filter(None, map(_words_of_thought, details)))


def _are_pieces(details: Sequence[Any]) -> bool:
    """Whether texts and objects are pieces of one line, as nothing says that each is a part of a trace."""
    texts = any(isinstance(one, str) for one in details)
    return texts and not any(OF_TRACE.match(str(one.get("type"))) for one in details if isinstance(one, Mapping))


def _words_of_thought(one: Mapping[str, Any] | str | None) -> str:
    """`explanation` and `output`: a step of structured output, what is done and what that gives."""
    if not isinstance(one, Mapping):
        return (one or "").strip()
    said = one.get("text") or one.get("summary")
    return words(said) if said else "\n".join(words(one[name]) for name in OF_STEP if one.get(name))
