"""Bots of Rasa: what users say (`nlu`), which response a rule or story gives to it, and its words (`responses`).

In one file, or in those of a project's folder, also as Markdown (rasa_markdown.py). An intent is answered where nothing
but responses follow it, the same in all rules (else stories) that begin with it; or by its name, as `faq/hours` is by
`utter_faq/hours`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from so8t_engine.data.files import rasa_markdown, row_readers, rows_inside, yaml_rows
from so8t_engine.data.files.row_readers import BadRow, RawRow
from so8t_engine.data.files.source_file import SourceFile
from so8t_engine.sentences import Sentence, sentence

PARTS = ("nlu", "responses", "rules", "stories")
DOMAIN, FOLDERS = "domain", ("data", "domain")
MOST_FILES, MOST_NAMED = 200, 8
EXAMPLE = re.compile(r"(?m)^[ \t]*-[ \t]+(.+?)[ \t]*$")
ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
SLOT = re.compile(r"\{\w+\}")
UTTER, AS_IT_WAS = "utter_", "templates"  # of Rasa 1
Notice = Callable[[Sentence], None]


def is_part(document: Iterable[str], whole: Callable[[], Mapping[str, Any]]) -> bool:
    """Whether an object with these keys is a part of a bot, be it the whole of it."""
    keys = {*document}
    if keys.isdisjoint(PARTS):
        return False
    told = whole()
    named = told.get("responses")
    by_name = isinstance(named, Mapping) and bool(named) and all(str(name).startswith(UTTER) for name in named)
    of_steps = any(rows_inside.are(told.get(name), "steps") for name in ("rules", "stories"))
    return by_name or of_steps or rows_inside.are(told.get("nlu"), "intent")


def of_folder(folder: Path) -> list[SourceFile]:
    """The files of a bot's project, of which the first is read with the others; none where it is no such folder."""
    domain = [path for path in (folder / f"{DOMAIN}{ending}" for ending in yaml_rows.ENDINGS) if path.is_file()]
    if not domain and not (folder / DOMAIN).is_dir():
        return []
    endings = (*yaml_rows.ENDINGS, rasa_markdown.ENDING)
    inside = [
        path for name in FOLDERS for path in (folder / name).rglob("*") if path.suffix in endings and path.is_file()
    ]
    try:
        inside = [path for path in inside if path.suffix != rasa_markdown.ENDING or _is_written(path)]
        paths = sorted({*domain, *inside}, key=lambda path: path.as_posix())[:MOST_FILES]
        files = [SourceFile(path, path.relative_to(folder).as_posix(), ".yaml", beside=()) for path in paths]
        keys = {key for file in files for key in _read(file)}
    except (OSError, ValueError):
        return []
    if not {"nlu", "responses"} <= keys:
        return []
    first, *others = files
    return [SourceFile(first.path, first.name, first.kind, beside=tuple(others) or None), *others]


def rows(file: SourceFile, limit: int, skip: int, notice: Notice) -> Iterator[RawRow | BadRow]:
    """Those of a project, all of them in its first file. Raises ValueError with a Sentence."""
    if not file.beside:
        return
    whole: dict[str, Any] = {}
    for document in map(_read, (file, *file.beside)):
        for key, value in document.items():
            if isinstance(value, list):
                whole[key] = [*whole.get(key, []), *value]
            elif isinstance(value, Mapping):
                whole[key] = {**whole.get(key, {}), **value}
    for number, item in enumerate(questions(whole, notice), 1):
        if number > skip:
            yield row_readers.row(item, number, "item", number)


def questions(bot: Mapping[str, Any], notice: Notice) -> list[dict[str, Any]]:
    """Each thing that users say with what it is answered. Raises ValueError with a Sentence where a part is missing."""
    kinds = (("nlu", list), ("responses", Mapping))
    missing = [name for name, kind in kinds if not bot.get(name) or not isinstance(bot[name], kind)]
    answers = {} if missing else _answers(bot)
    if missing or not answers:
        raise ValueError(sentence("data.part_of_rasa", missing=missing or ["rules"]))
    found: list[dict[str, Any]] = []
    unanswered: list[str] = []
    for one in bot["nlu"]:
        intent = str(one.get("intent", "")) if isinstance(one, Mapping) else ""
        said = answers.get(intent)
        if intent and said is None:
            unanswered.append(intent)
        found += [{"intent": intent, "question": asked, "answer": said} for asked in _examples(one) if said is not None]
    if unanswered:
        notice(sentence("data.intents_unanswered", count=len(unanswered), intents=unanswered[:MOST_NAMED]))
    return found


def _answers(bot: Mapping[str, Any]) -> dict[str, Any]:
    """By intent: the texts of its response, of which several say the same; those of several responses as one."""
    texts = {str(name): _texts(variants) for name, variants in bot["responses"].items()}
    found = {name.removeprefix(UTTER): _one_of(said) for name, said in texts.items() if "/" in name and said}
    for kind in ("stories", "rules"):  # what a rule says counts
        given: dict[str, list[tuple[str, ...]]] = {}
        told = bot.get(kind)
        for one in told if isinstance(told, list) else []:
            for intent, actions in _turns(one):
                given.setdefault(intent, []).append(actions)
        for intent, all_actions in given.items():
            actions = all_actions[0]
            if len({*all_actions}) == 1 and actions and all(texts.get(action) for action in actions):
                together = "\n".join(texts[action][0] for action in actions)
                found[intent] = _one_of(texts[actions[0]]) if len(actions) == 1 else together
            else:
                found.pop(intent, None)
    return found


def _one_of(texts: list[str]) -> str | list[str]:
    return texts[0] if len(texts) == 1 else texts


def _turns(told: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(intent, actions) of what a user says with nothing before it and no condition."""
    steps = told.get("steps") if isinstance(told, Mapping) else None
    if not isinstance(steps, list) or told.get("condition") or not all(isinstance(step, Mapping) for step in steps):
        return
    asked = [number for number, step in enumerate(steps) if "intent" in step]
    if asked[:1] != [0] or "entities" in steps[0]:
        return
    end = asked[1] if len(asked) > 1 else len(steps)
    names = [str(step["action"]) for step in steps[1:end] if "action" in step]
    yield str(steps[0]["intent"]), tuple(names) if len(names) == end - 1 else ()


def _texts(variants: Any) -> list[str]:
    """Those without a condition or a slot, which another program fills."""
    told = [one for one in variants if isinstance(one, Mapping)] if isinstance(variants, Sequence) else []
    plain = [one.get("text") for one in told if not (one.get("condition") or one.get("channel"))]
    return [text.strip() for text in plain if isinstance(text, str) and text.strip() and not SLOT.search(text)]


def _examples(one: Any) -> list[str]:
    said = one.get("examples") if isinstance(one, Mapping) else None
    if isinstance(said, list):
        lines = [str(each.get("text", "")).strip() if isinstance(each, Mapping) else str(each) for each in said]
    else:
        lines = EXAMPLE.findall(said) if isinstance(said, str) else []
    return [ENTITY.sub(r"\1", line) for line in lines if line]


def _read(file: SourceFile) -> dict[str, Any]:
    with file.opened() as opened:
        if file.path.suffix == rasa_markdown.ENDING:
            return rasa_markdown.read(opened.read().decode("utf-8-sig", errors="replace"))
        value = json.loads(yaml_rows.as_json(opened).read())
    if not isinstance(value, dict):
        return {}
    named = value.get(AS_IT_WAS)
    is_responses = isinstance(named, dict) and all(str(name).startswith(UTTER) for name in named)
    return {**value, "responses": named} if is_responses and "responses" not in value else value


def _is_written(path: Path) -> bool:
    """Whether Markdown is of a bot, not about it."""
    return rasa_markdown.is_in_project(path.read_text("utf-8-sig", errors="replace"))
