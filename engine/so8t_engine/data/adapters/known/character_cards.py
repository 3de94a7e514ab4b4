"""Cards of characters (SillyTavern, Pygmalion): the exchanges that they show; names for `{{char}}` and `{{user}}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from so8t_engine.data.adapters.parsed_row import Fields, ParsedRow
from so8t_engine.data.texts.markup import CODE

EXAMPLES = ("mes_example", "example_dialogue", "example_dialogues", "exampleDialogue", "sampleChat")
CALLED = ("name", "char_name", "character_name", "charName")
TOLD = (  # what a card says of its character, and what that is
    (("description", "char_persona", "persona", "context"), "{text}", "{text}"),
    (("personality",), "Personality: {text}", "性格: {text}"),
    (("scenario", "world_scenario"), "Scenario: {text}", "状況: {text}"),
)
START = re.compile(r"<START>|\[Start a new chat\]", re.IGNORECASE)
CHAR = re.compile(r"\{\{\s*char\s*\}\}|<(?:BOT|CHAR)>", re.IGNORECASE)
USER = re.compile(r"\{\{\s*user\s*\}\}|<USER>", re.IGNORECASE)
ORIGINAL = re.compile(r"\{\{\s*original\s*\}\}", re.IGNORECASE)
JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-龠]")
MACRO = re.compile(r"\{\{\s*(?:char|user)\s*\}\}", re.IGNORECASE)
OF_TEMPLATES = re.compile(r"\{%|\{\{(?!\s*(?i:char|user)\s*\}\})")
ASKS_FOR_ONE = re.compile(
    r"(?i)template|jinja|mustache|handlebars|placeholder|variable|macro|character card|テンプレ|変数|マクロ"
    r"|キャラクターカード"
)
OF_CHARACTER = (
    "name", "char_name", "character_name", "character", "char", "bot_name", "bot", "キャラクター名", "キャラ名",
    "キャラクター", "名前",
)  # fmt: skip
OF_USER = ("user_name", "username", "persona_name", "ユーザー名")
LONGEST_NAME = 60  # characters


def talks(item: Mapping[str, Any]) -> Iterator[Any] | None:
    """The exchanges of a card, a talk each; None where it shows none."""
    card = item["data"] if isinstance(item.get("data"), Mapping) and "spec" in item else item
    name, shown = _first(card, CALLED), _first(card, EXAMPLES)
    if name is None or shown is None:
        return None
    found = [turns for part in START.split(shown) if len(turns := _turns(part, name)) > 1]
    if not found:
        return None
    japanese = JAPANESE.search(f"{name}{shown}") is not None
    told = ((_first(card, keys), ja if japanese else en) for keys, en, ja in TOLD)
    system = _named("\n\n".join(as_said.format(text=text.strip()) for text, as_said in told if text), name, None)
    about = [{"role": "system", "content": system}] if system else []
    user = _user(shown)
    said = ([(role, _named(text, name, user)) for role, text in turns] for turns in found)
    return iter([{"messages": [*about, *({"role": role, "content": text} for role, text in turns)]} for turns in said])


def with_names(read: ParsedRow, row: Fields) -> ParsedRow:
    """A row of a role play with the names that it gives to both, or what they are."""
    texts = [read.prompt, read.response, read.reasoning or "", *(text for _, text in read.messages)]
    if not any(map(MACRO.search, texts)) or ASKS_FOR_ONE.search(MACRO.sub("", read.prompt)):
        return read
    if any(OF_TEMPLATES.search(text) or any(map(MACRO.search, CODE.findall(text))) for text in texts):
        return read
    whole = "".join(texts)
    name, user = _called(row, OF_CHARACTER) or _character(whole), _called(row, OF_USER) or _user(whole)
    alone = re.sub(rf"^\s*(?:{CHAR.pattern})\s*[:：]\s*", "", read.response, count=1, flags=re.IGNORECASE)
    messages = tuple((role, _named(text, name, user)) for role, text in read.messages)
    reasoning = _named(read.reasoning, name, user) if read.reasoning else read.reasoning
    prompt, response = (_named(text, name, user) for text in (read.prompt, alone))
    return read._replace(prompt=prompt, response=response, reasoning=reasoning, messages=messages)


def may_hold(read: ParsedRow) -> bool:
    """Told by two characters, which is quick."""
    return "{{" in read.response or "{{" in read.prompt


def _turns(part: str, name: str) -> list[tuple[str, str]]:
    """Of an exchange, from the first turn of the user on."""
    speaks = re.compile(
        rf"(?im)^[^\S\n]*(?:(?P<user>{USER.pattern}|you|user)|(?P<char>{CHAR.pattern}|{re.escape(name)}))[^\S\n]*[:：]"
    )
    found = list(speaks.finditer(part))
    ends = [match.start() for match in found[1:]] + [len(part)]
    turns: list[tuple[str, str]] = []
    for match, end in zip(found, ends, strict=False):
        role, said = "user" if match["user"] else "assistant", part[match.end() : end].strip()
        if turns and turns[-1][0] == role:
            turns[-1] = (role, f"{turns[-1][1]}\n\n{said}")
        elif said and (turns or role == "user"):
            turns.append((role, said))
    return turns


def _named(text: str, name: str, user: str | None) -> str:
    user = user or _user(text)
    return ORIGINAL.sub("", CHAR.sub(lambda _: name, USER.sub(lambda _: user, text))).strip()


def _user(text: str) -> str:
    return "ユーザー" if JAPANESE.search(text) else "User"


def _character(text: str) -> str:
    return "アシスタント" if JAPANESE.search(text) else "Assistant"


def _first(card: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((card[key] for key in keys if isinstance(card.get(key), str) and card[key].strip()), None)


def _called(row: Fields, keys: tuple[str, ...]) -> str | None:
    names = (row[key].strip() for key in keys if isinstance(row.get(key), str))
    return next((name for name in names if name and len(name) <= LONGEST_NAME and "\n" not in name), None)
