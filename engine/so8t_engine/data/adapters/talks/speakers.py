"""A talk in one text whose lines name who speaks: "Customer: ... Agent: ...", 客「...」, names told by `roles:`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from so8t_engine.data.adapters.talks import transcripts
from so8t_engine.data.adapters.talks.talk import ASSISTANT, ROLES, SYSTEM, USER, Turns

NAME = re.compile(
    r"(?m)^[^\S\n]*(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?[^\S\n]*[-–]?[^\S\n]*)?(?:\*\*)?"
    r"(?P<name>[^\s:：「*#\[(<\d][^:：「\n*]{0,29}?)(?:\*\*)?[^\S\n]*(?:[:：](?!//)(?:\*\*)?|(?=「))\s*"
)
SPEAK = (USER, ASSISTANT, SYSTEM)
CODE = re.compile(
    r"(?:class|def|for|if|elif|while|with|return|except|case)\s.*|(?:else|try|finally|default)|.*[=\[\]{};].*"
)
OFTEN = 2  # a name at the beginning of lines that nobody knows


def talk_in(text: str, roles: Mapping[str, str] = {}) -> Turns | None:
    """The turns of a talk written out in one text, with the marks of a template or with names."""
    named = turns(text, roles) if roles else None
    return named or transcripts.parse(text) or (None if roles else turns(text))


def turns(text: str, roles: Mapping[str, str] = {}) -> Turns | None:
    """By the names of `roles`, and the first ones that are known for one who asks and one who answers."""
    if NAME.match(text := text.lstrip()) is None:  # most texts
        return None
    found = list(NAME.finditer(text))
    speak = _speakers([match["name"] for match in found], roles)
    if not {USER, ASSISTANT} <= {*speak.values()} or strangers(text, roles):
        return None
    found = [match for match in found if match["name"] in speak]
    if text[: found[0].start()].strip():
        return None
    ends = [match.start() for match in found[1:]] + [len(text)]
    whole: Turns = []
    for match, end in zip(found, ends, strict=True):
        role, said = speak[match["name"]], _bare(text[match.end() : end].strip())
        if whole and whole[-1][0] == role:
            said = f"{whole.pop()[1]}\n\n{said}"
        whole.append((role, said))
    return whole


def strangers(text: str, roles: Mapping[str, str] = {}) -> list[str]:
    """The names of a talk that nobody knows: at the beginning of several lines, or of all lines of a short one."""
    said = names(text)
    if any(map(CODE.fullmatch, said)):  # a program, whose lines end in colons
        return []
    if len(set(said)) < 2 or text[: text.find(said[0])].strip("*[(-: \t\n0123456789)]"):
        return []
    known = {name for name in said if _role(name, roles) is not None}
    fewest = OFTEN if known or len(said) > 2 else 1
    return [name for name in dict.fromkeys(said) if name not in known and said.count(name) >= fewest]


def names(text: str) -> list[str]:
    """Who speaks, line by line."""
    return [match["name"] for match in NAME.finditer(text)]


def _speakers(said: list[str], roles: Mapping[str, str]) -> dict[str, str]:
    """Whose turn a name stands for: of names that `roles` does not tell those of one who asks and one who answers."""
    told = {name: roles[name] for name in said if name in roles}
    asks_or_answers: dict[str, str] = {}
    for name in said:
        role = _role(name, roles)
        if name not in told and role is not None:
            asks_or_answers.setdefault(role, name.lower())
    return told | {name: role for role, known in asks_or_answers.items() for name in said if name.lower() == known}


def _role(name: str, roles: Mapping[str, str]) -> str | None:
    role = roles.get(name) or ROLES.get(name.strip().lower())
    return role if role in SPEAK else None


def _bare(said: str) -> str:
    return said[1:-1].strip() if said.startswith("「") and said.endswith("」") and "」" not in said[:-1] else said
