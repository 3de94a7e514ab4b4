"""Talks as more programs write them into their files: Chatbox, big-AGI, TypingMind, GPT4All, Character.AI, web UIs.

Each becomes turns with role and content; of several tries the one that is shown counts, and none that failed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from so8t_engine.data.adapters.talks import role_words, talk

Turn = dict[str, Any]

LISTS = ("conversations", "chats", "sessions")  # of talks, each with its messages
AROUND = ("data",)
SESSION, SESSIONS = "session:", "chat-sessions-list"  # of Chatbox's backup
WEB_CHATS = (("internal", "visible"), ("data", "data_visible"))  # of text-generation-webui, as it is and as it was
BEGUN = "<|BEGIN-VISIBLE-CHAT|>"
SENDERS, SAID = ("sender", "author"), ("content", "text", "message")
OF_A_TURN = frozenset((*SENDERS, *SAID, "id", "timestamp", "time", "date", "created_at", "model"))
ENDS = " \t\n:："


def listed(item: Mapping[str, Any]) -> Iterator[Any] | None:
    """The talks of a file that holds several; None where it is none."""
    inside = [item, *(item[key] for key in AROUND if isinstance(item.get(key), Mapping))]
    talks = next((one[key] for one in inside for key in LISTS if _are(one.get(key), "messages")), None)
    if talks is not None:
        return iter(talks)
    histories: Any = item.get("histories", [item])
    histories = histories.get("histories") if isinstance(histories, Mapping) else histories
    if _are(histories, "msgs") and all(_are(one["msgs"], "src") for one in histories):
        return ({"messages": _of_history(one["msgs"])} for one in histories)
    if _are(item.get("turns"), "candidates") and _are(item["turns"], "primary_candidate_id"):
        return iter([{"messages": _of_candidates(item["turns"])}])
    if _are(item.get("messages"), "fragments"):
        return iter([{**item, "messages": [turn for one in item["messages"] for turn in _of_fragments(one)]}])
    return None


def of_kobold(item: Mapping[str, Any]) -> dict[str, Any] | None:
    """A story of KoboldAI United as KoboldCpp keeps one; None of anything else."""
    story = item.get("data")
    if not isinstance(story, Mapping) or "gamestarted" not in story or not isinstance(story.get("prompt"), str):
        return None
    told = story.get("actions")
    told = told.get("actions", told) if isinstance(told, Mapping) else told
    steps = [told[number] for number in sorted(told, key=int)] if isinstance(told, Mapping) else list(told or [])
    texts = [step.get("Selected Text") if isinstance(step, Mapping) else step for step in steps]
    names = {"chatname": story.get("chatname"), "chatopponent": story.get("botname")}
    actions = [text for text in texts if isinstance(text, str)]
    about = {"memory": story.get("memory") or "", "savedsettings": names}
    return {"gamestarted": True, "prompt": story["prompt"], "actions": actions, **about}


def is_chatbox(keys: Mapping[str, Any]) -> bool:
    return SESSIONS in keys and any(key.startswith(SESSION) for key in keys)


def of_chatbox(backup: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Each talk of a session: the one that goes on, and those that were begun before it."""
    for key, session in backup.items():
        if not key.startswith(SESSION) or not isinstance(session, Mapping):
            continue
        for one in (session, *(session.get("threads") or [])):
            said = [turn for turn in one.get("messages") or [] if not _failed(turn)]
            if said:
                yield {"messages": said}


def web_chat(keys: Mapping[str, Any]) -> str | None:
    """The key under which a chat of text-generation-webui's lies as it was said."""
    return next((said for said, shown in WEB_CHATS if {said, shown} <= keys.keys() <= {said, shown, "metadata"}), None)


def of_pairs(pairs: Any) -> list[Turn]:
    """Of what a user wrote and what came back; who begins says nothing before it."""
    whole = [pair for pair in pairs if isinstance(pair, list)] if isinstance(pairs, list) else []
    said = [one for pair in whole for one in zip((talk.USER, talk.ASSISTANT), pair, strict=False)]
    return [{"role": role, "content": text} for role, text in said if text and text != BEGUN]


def turn(item: Any) -> Turn | None:
    """An entry of nothing but turns, of which a known sender says a text, as others write it; None for any other."""
    if not isinstance(item, dict) or not OF_A_TURN.issuperset(item):
        return None
    sender = next((item[name] for name in SENDERS if isinstance(item.get(name), str)), "")
    said = next((item[name] for name in SAID if isinstance(item.get(name), str)), None)
    role = role_words.ROLES.get(sender.strip(ENDS).lower())
    return (
        None
        if said is None or role not in (talk.USER, talk.ASSISTANT, talk.SYSTEM)
        else {"role": role, "content": said}
    )


def _failed(turn: Mapping[str, Any]) -> bool:
    return bool(turn.get("error") or turn.get("errorCode") or turn.get("generating"))


def _of_fragments(message: Mapping[str, Any]) -> Iterator[Turn]:
    """A message of big-AGI: what was thought stands in fragments of its own."""
    for fragment in message.get("fragments") or []:
        part = fragment.get("part") or {}
        if part.get("pt") == "ma" and part.get("aType") == "reasoning" and part.get("aText"):
            yield {"role": "thinking", "content": part["aText"]}
        elif part.get("pt") == "text" and part.get("text"):
            cut = {"finish_reason": "length"} if (message.get("generator") or {}).get("tokenStopReason") else {}
            yield {"role": message["role"], "content": part["text"], **cut}
        elif part.get("pt") in ("image_ref", "reference"):
            yield {"role": message["role"], "content": [{"type": "image"}]}


def _of_history(said: Sequence[Mapping[str, Any]]) -> list[Turn]:
    """Of Character.AI as it was: without the answers that were swiped away."""
    kept = [one for one in said if not one.get("is_alternative") and one.get("text")]
    return [{"role": _whose(one.get("src")), "content": one["text"]} for one in kept]


def _of_candidates(turns: Sequence[Mapping[str, Any]]) -> list[Turn]:
    """The same as it is: the newest first, each with its tries."""
    found: list[Turn] = []
    for one in sorted(turns, key=lambda one: str(one.get("create_time"))):
        shown = next(
            (try_ for try_ in one["candidates"] if try_.get("candidate_id") == one["primary_candidate_id"]), None
        )
        if shown is not None and shown.get("is_final") is not False and shown.get("raw_content"):
            found.append({"role": _whose(one.get("author")), "content": shown["raw_content"]})
    return found


def _whose(who: Any) -> str:
    return talk.USER if isinstance(who, Mapping) and who.get("is_human") else talk.ASSISTANT


def _are(values: Any, key: str) -> bool:
    return isinstance(values, list) and bool(values) and all(isinstance(one, Mapping) and key in one for one in values)
