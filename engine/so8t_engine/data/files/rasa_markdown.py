"""Markdown that bots of Rasa were written in before YAML: what users say, stories, responses of retrieval intents.

Each becomes what YAML has of it: `nlu` with its examples, `stories` with their steps, `responses` with their texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

ENDING = ".md"
INTENT = re.compile(r"(?m)^##[ \t]*intent[ \t]*:[ \t]*(\S.*?)[ \t]*$")
UTTERS = re.compile(r"(?m)^[ \t]+-[ \t]+utter_\w+[ \t]*$")
RETRIEVED = re.compile(r"(?m)^\*[ \t]+[\w-]+/[\w-]+[ \t]*\n[ \t]+-[ \t]+\S")
ASKED = re.compile(r"(?m)^\*[ \t]+\S")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
TITLE = re.compile(r"##[ \t]*(.*?)[ \t]*")
SAID = re.compile(r"\*[ \t]+(.+?)[ \t]*")
STEP = re.compile(r"[ \t]*-[ \t]+(.+?)[ \t]*")
CHECKPOINT = re.compile(r">[ \t]*\S.*")
WITH_ENTITIES = re.compile(r"([^{]+?)[ \t]*\{.*\}")
NAME = re.compile(r"[\w./-]+(?:\{.*\})?")
UTTER = "utter_"


def is_one(text: str) -> bool:
    return INTENT.search(text) is not None or (UTTERS.search(text) is not None and ASKED.search(text) is not None)


def is_in_project(text: str) -> bool:
    """The same where it stands among a bot's files."""
    return is_one(text) or RETRIEVED.search(text) is not None


def read(text: str) -> dict[str, Any]:
    """What stands in it, by the keys of YAML."""
    whole: dict[str, Any] = {"nlu": [], "stories": [], "responses": {}}
    for title, lines in _parts(COMMENT.sub("", text)):
        if (intent := INTENT.fullmatch(f"## {title}")) is not None:
            examples = [step[1] for line in lines if (step := STEP.fullmatch(line))]
            whole["nlu"].append({"intent": intent[1], "examples": examples})
        elif any(SAID.fullmatch(line) for line in lines):
            asked, texts = _response(lines)
            if texts:
                whole["responses"][f"{UTTER}{asked}"] = [{"text": one} for one in texts]
            else:
                whole["stories"] += [{"story": title, "steps": steps} for steps in _stories(lines)]
    return {key: value for key, value in whole.items() if value}


def _parts(text: str) -> Iterator[tuple[str, list[str]]]:
    title, lines = "", list[str]()
    for line in text.splitlines():
        if (found := TITLE.fullmatch(line)) is not None:
            yield title, lines
            title, lines = found[1], []
        elif line.strip():
            lines.append(line)
    yield title, lines


def _response(lines: list[str]) -> tuple[str, list[str]]:
    """(retrieval intent, its texts) of a part that names no actions."""
    asked = SAID.fullmatch(lines[0])
    texts = [step[1] for line in lines[1:] if (step := STEP.fullmatch(line))]
    is_told = asked is not None and "/" in asked[1] and len(texts) == len(lines) - 1
    return (asked[1], texts) if asked and is_told and not all(map(NAME.fullmatch, texts)) else ("", [])


def _stories(lines: list[str]) -> Iterator[list[dict[str, Any]]]:
    """The steps of one; of several for the intents that it begins with. None of one that goes on from another."""
    steps: list[dict[str, Any]] = []
    begins = [""]
    for line in lines:
        if CHECKPOINT.fullmatch(line):
            if not steps:
                return
            steps.append({"checkpoint": line})
        elif (said := SAID.fullmatch(line)) is not None:
            begins = said[1].split(" OR ") if not steps else begins
            steps.append(_asked(said[1]))
        elif (step := STEP.fullmatch(line)) is not None:
            steps.append({"action": step[1]})
    for one in begins:
        yield [_asked(one.strip()), *steps[1:]]


def _asked(said: str) -> dict[str, Any]:
    with_entities = WITH_ENTITIES.fullmatch(said)
    return {"intent": said} if with_entities is None else {"intent": with_entities[1], "entities": [said]}
