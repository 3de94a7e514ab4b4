"""Which column of a dataset holds what, as one line to type: `prompt=question, response=solution`. No Qt here."""

from __future__ import annotations

import json
import re
from typing import Any

from so8t_engine.sentences import Sentence

PAIR = re.compile(r'\s*([^=,"]+?)\s*=\s*("(?:[^"]|"")*"|[^,"]*?)\s*(?:,|$)')
LINE = re.compile(r"(?:adapter: (\w+), )?columns: \{(.+)\}")  # what the engine proposes
ROLE = re.compile(r'(\w+): ("(?:[^"\\]|\\.)*"|[\w.]+)(?:, |$)')
ADAPTER = "columns"  # the `adapter` of a dataset to which this belongs


def is_wanted(dataset: dict[str, Any]) -> bool:
    return str(dataset.get("adapter") or "").strip().lower() == ADAPTER or bool(dataset.get("columns"))


def proposed(said: Sentence) -> dict[str, Any]:
    """What a dataset could be read with, where the engine says so while it refuses it; else empty."""
    for part in (said, *said.args.get("parts", ())):
        found = LINE.fullmatch(str(part.args.get("line"))) if part.code == "steps.no_adapter_fits" else None
        if found is not None:
            adapter, roles = found.groups()
            columns = {role: _unquoted(name) for role, name in ROLE.findall(roles)}
            return {"columns": columns} if adapter is None else {"adapter": adapter, "columns": columns}
    return {}


def to_text(columns: Any) -> str:
    """What is no mapping, as somebody has typed it, stays as it is."""
    if not isinstance(columns, dict):
        return "" if columns is None else str(columns)
    return ", ".join(f"{key}={_quoted(str(value))}" for key, value in columns.items() if value is not None)


def from_text(text: str) -> dict[str, str] | str | None:
    """None where nothing is typed; the text itself where it cannot be read: the engine's check says what is wrong."""
    columns, at = dict[str, str](), 0
    while at < len(text.rstrip()):
        pair = PAIR.match(text, at)
        if pair is None:
            return text
        key, value = pair.groups()
        columns[key] = value[1:-1].replace('""', '"') if value.startswith('"') else value
        at = pair.end()
    return columns or None


def _unquoted(name: str) -> str:
    """New lines as `\\n`, which stands for one: a line to type holds no others."""
    return str(json.loads(name)).replace("\n", "\\n") if name.startswith('"') else name


def _quoted(name: str) -> str:
    """A column's name that this line could not hold as it is."""
    plain = name and name == name.strip() and not any(sign in name for sign in ',"')
    return name if plain else '"{}"'.format(name.replace('"', '""'))
