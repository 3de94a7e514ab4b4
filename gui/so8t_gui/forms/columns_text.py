"""Which column of a dataset holds what, as one line to type: `prompt=question, response=solution`. No Qt here."""

from __future__ import annotations

import re
from typing import Any

PAIR = re.compile(r'\s*([^=,"]+?)\s*=\s*("(?:[^"]|"")*"|[^,"]*?)\s*(?:,|$)')
ADAPTER = "columns"  # the `adapter` of a dataset to which this belongs


def is_wanted(dataset: dict[str, Any]) -> bool:
    return str(dataset.get("adapter") or "").strip().lower() == ADAPTER or bool(dataset.get("columns"))


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


def _quoted(name: str) -> str:
    """A column's name that this line could not hold as it is."""
    plain = name and name == name.strip() and not any(sign in name for sign in ',"')
    return name if plain else '"{}"'.format(name.replace('"', '""'))
