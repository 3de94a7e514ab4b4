"""What keys mean nothing by the value of another: said in the JSON schema, where a form reads it and greys them out.

`"used_where": {"key": "algorithm", "is": ["ppo"], "sentence": {...}}` beside a key or a section means that it counts
only where that key has one of these values. In place of `is`: `begins` (with one of these), `above` (a number), `set`
(true: neither null nor empty). A key counts where its section does. The engine takes any value of a key that does not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import Field

from so8t_engine.sentences import Sentence, sentence, to_json

Schema = dict[str, Any]
Declared = Callable[[Schema], None]


def only(key: str, **condition: Any) -> Any:
    """For `Annotated`: the key or section counts only where `key` (from the top) `is_in` or `begins` with one of these
    values, is `above` this number, or is `set`.
    """
    return Field(json_schema_extra=_declare(key, condition))


def others(own: str, key: str, **condition: Any) -> Declared:
    """For a section's `json_schema_extra`: the same of all its keys but `own`."""
    declare = _declare(key, condition)

    def each(schema: Schema) -> None:
        for name, body in schema["properties"].items():
            if name != own:
                declare(body)

    return each


def _declare(key: str, condition: dict[str, Any]) -> Declared:
    def declare(schema: Schema) -> None:
        [(how, what)] = condition.items()
        name = {"is_in": "is"}.get(how, how)
        schema["used_where"] = {
            "key": key,
            name: list(what) if isinstance(what, tuple) else what,
            "sentence": to_json(_said(key, how, what)),
        }

    return declare


def _said(key: str, how: str, what: Any) -> Sentence:
    if how == "set":
        return sentence("config.used_where_set" if what else "config.used_where_not_set", key=key)
    if how == "above":
        return sentence("config.used_where_above", key=key, number=what)
    values = [_word(value) for value in what]
    return sentence("config.used_where_begins" if how == "begins" else "config.used_where_is", key=key, values=values)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
