"""What an agent thought, called and saw, in one text (ReAct: "Thought: ... Action: ... Observation: ...").

It is a talk with tools. All it thought is the reasoning of its answer; an observation is none of its words.
"""

from __future__ import annotations

import re

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import shown_formats
from so8t_engine.data.adapters.parsed_row import Skip

Turns = list[tuple[str, str]]

KINDS = {
    "question": "user", "質問": "user", "thought": "thought", "思考": "thought", "action": "call", "行動": "call",
    "アクション": "call", "action input": "input", "行動入力": "input", "アクション入力": "input",
    "observation": "tool", "観察": "tool", "観測": "tool", "final answer": "final", "最終回答": "final",
}  # fmt: skip
NAMES = "|".join(sorted(KINDS, key=len, reverse=True))
STEP = re.compile(rf"(?im)^[^\S\n]*(?:\*\*)?(?P<kind>{NAMES})(?:[ _]?\d+)?(?:\*\*)?\s*[:：](?:\*\*)?[^\S\n]*")
FINISH = re.compile(r"(?is)finish(?:\s*[\[(](?P<answer>.*)[\])])?\s*")


def may_be(text: str) -> bool:
    """Told by a look for a few words, which is quick."""
    return "Action" in text or "行動" in text or "アクション" in text


def turns(text: str) -> Turns | None:
    """Of the steps; None where a text is none. The last turn is the assistant's where an answer was reached."""
    found = list(STEP.finditer(text))
    kinds = [KINDS[match["kind"].lower()] for match in found]
    if not found or text[: found[0].start()].strip() or not {"thought", "call"} <= {*kinds}:
        return None
    ends = [match.start() for match in found[1:]] + [len(text)]
    said = [text[match.end() : end].strip() for match, end in zip(found, ends, strict=True)]
    whole = _turns(list(zip(kinds, said, strict=True)))
    return whole if {"tool", "assistant"} & {role for role, _ in whole} else None


def with_steps(whole: Turns) -> Turns:
    """A talk with the steps of an assistant's turns as turns. Raises Skip where the last ones come to no answer."""
    for role, text in whole:
        if role == "assistant" and may_be(text):
            break
    else:
        return whole
    asked = ["", *(text if role == "user" else "" for role, text in whole)]
    steps = [
        turns(text) if role == "assistant" and may_be(text) and not _is_shown(text, before) else None
        for (role, text), before in zip(whole, asked, strict=False)
    ]
    if steps[-1] is not None and steps[-1][-1][0] != "assistant":
        raise Skip(drop_reasons.BROKEN_TRACE)
    return [turn for one, of_one in zip(whole, steps, strict=True) for turn in of_one or [one]]


def _is_shown(text: str, asked: str) -> bool:
    """Whether somebody is told how an agent writes, who asked for that."""
    return shown_formats.are_asked_for(asked) or shown_formats.are_spoken_of(text)


def _turns(steps: Turns) -> Turns:
    found: Turns = []
    thoughts: list[str] = []
    for number, (kind, said) in enumerate(steps):
        after = steps[number + 1] if number + 1 < len(steps) else ("", "")
        finish = FINISH.fullmatch(said) if kind == "call" else None
        if kind == "thought":
            thoughts.append(said)
        elif kind == "final" or finish is not None:
            answer = said if finish is None else finish["answer"] or (after[1] if after[0] == "input" else "")
            thought = "\n\n".join(filter(None, thoughts))
            found.append(("assistant", f"<think>{thought}</think>{answer.strip()}"))
            break
        elif kind == "input":
            found[-1:] = [("call", f"{found[-1][1]}\n{said}")] if found and found[-1][0] == "call" else found[-1:]
        else:
            found.append((kind, said))
    return found
