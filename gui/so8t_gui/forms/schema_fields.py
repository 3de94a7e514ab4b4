"""The engine's JSON schema of a configuration as fields that a form can show, and typed text as their values.

The schema is the only source of names, types, ranges, choices and defaults; nothing of it is copied here. What each key
does stands in the engine's catalogue (sentences/key.toml), in both languages. No Qt here.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from so8t_engine.sentences import Sentence, from_json, named
from so8t_gui.i18n.translate import say, tr

Kind = Literal["boolean", "integer", "number", "choice", "choices", "text", "list"]
Keys = tuple[str, ...]  # the path of a key from the top of the configuration
Schema = Mapping[str, Any]

LIST_SIGN = ","
AREA, UNNAMED = "key", "plain.name"  # of the engine's sentences: what each key does; what it has no word for


@dataclass(frozen=True)
class Need:
    """A key counts only where that of `path` is what `condition` (the schema's `used_where`) and `sentence` say."""

    path: Keys
    condition: Mapping[str, Any]
    sentence: Sentence

    def met_by(self, value: Any) -> bool:
        match self.condition:
            case {"is": values}:
                return value in values
            case {"begins": starts}:
                return isinstance(value, str) and value.startswith(tuple(starts))
            case {"above": number}:
                return isinstance(value, (int, float)) and value > number
            case {"set": wanted}:
                return (value is not None and value not in ("", [], {})) is wanted
        return True  # of a newer engine


@dataclass(frozen=True)
class Field:
    """One key. `low` and `high` are limits; `open_low`, `open_high`: the limit itself is out of range.

    `optional`: it may have no value. `about`: what it does. `needs`: of its sections too,
    from the outermost.
    """

    path: Keys
    kind: Kind
    default: Any = None
    optional: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    open_low: bool = False
    open_high: bool = False
    multiple: float | None = None
    about: str = ""
    needs: tuple[Need, ...] = ()

    @property
    def key(self) -> str:
        return ".".join(self.path)

    def unused(self, value: Callable[[Keys], Any]) -> Sentence | None:
        """Why it means nothing in a configuration of which `value` gives the values; None where it counts."""
        return next((need.sentence for need in self.needs if not need.met_by(value(need.path))), None)


@dataclass(frozen=True)
class FormSection:
    """Fields of one part of the configuration; `path` is empty for those at its top."""

    path: Keys
    about: str
    fields: tuple[Field, ...]

    @property
    def key(self) -> str:
        return ".".join(self.path)


def sections(schema: Schema, leave_out: Sequence[str] = ("datasets",)) -> tuple[FormSection, ...]:
    """All of a configuration in the schema's order; a section inside a section comes after it, with its path."""
    return tuple(section for section in _walk(schema, schema, (), frozenset(leave_out), ()) if section.fields)


def _walk(
    schema: Schema, here: Schema, path: Keys, leave_out: frozenset[str], needs: tuple[Need, ...]
) -> Iterator[FormSection]:
    fields: list[Field] = []
    inner: list[tuple[Keys, Schema, tuple[Need, ...]]] = []
    for name, raw in here.get("properties", {}).items():
        keys = (*path, name)
        if ".".join(keys) in leave_out:
            continue
        body, optional = _plain(schema, raw)
        needed = (*needs, *_needs(raw))
        if body.get("type") == "object":
            inner.append((keys, body, needed))
            continue
        field = _field(keys, schema, body, optional, raw, needed)
        if field is not None:
            fields.append(field)
    yield FormSection(path, about(path, str(here.get("description", ""))) if path else "", tuple(fields))
    for keys, body, needed in inner:
        yield from _walk(schema, body, keys, leave_out, needed)


def about(path: Keys, given: str) -> str:
    """What a key or a section does, in the user's language; of one that the catalogue lacks what the schema says."""
    said = named(AREA, ".".join(path))
    return given if said.code == UNNAMED else say(said)


def _needs(raw: Schema) -> tuple[Need, ...]:
    said = raw.get("used_where")
    if said is None:
        return ()
    return (Need(tuple(str(said["key"]).split(".")), said, from_json(said.get("sentence"))),)


def _plain(schema: Schema, raw: Schema) -> tuple[Schema, bool]:
    """The schema behind references and "this or null", and whether null is allowed."""
    optional = False
    body = raw
    while True:
        if "$ref" in body:
            body = schema["$defs"][str(body["$ref"]).rpartition("/")[2]]
        elif "anyOf" in body:
            kinds = [kind for kind in body["anyOf"] if kind.get("type") != "null"]
            optional = optional or len(kinds) < len(body["anyOf"])
            body = kinds[0]
        else:
            return body, optional


def _field(
    path: Keys, schema: Schema, body: Schema, optional: bool, raw: Schema, needs: tuple[Need, ...]
) -> Field | None:
    kind, choices = _kind(schema, body)
    if kind is None:
        return None
    low, high = body.get("minimum"), body.get("maximum")
    open_low, open_high = "exclusiveMinimum" in body, "exclusiveMaximum" in body
    return Field(
        path=path,
        kind=kind,
        default=raw.get("default"),
        optional=optional,
        choices=choices,
        low=body["exclusiveMinimum"] if open_low else low,
        high=body["exclusiveMaximum"] if open_high else high,
        open_low=open_low,
        open_high=open_high,
        multiple=body.get("multipleOf"),
        about=about(path, str(raw.get("description") or "")),
        needs=needs,
    )


def _kind(schema: Schema, body: Schema) -> tuple[Kind | None, tuple[str, ...]]:
    if "enum" in body:
        return "choice", tuple(map(str, body["enum"]))
    if "const" in body:
        return "choice", (str(body["const"]),)
    match body.get("type"):
        case "boolean":
            return "boolean", ()
        case "integer":
            return "integer", ()
        case "number":
            return "number", ()
        case "string":
            return "text", ()
        case "array":
            item, _ = _plain(schema, body.get("items", {}))
            if "enum" in item:
                return "choices", tuple(map(str, item["enum"]))
            return (None, ()) if item.get("type") == "object" else ("list", ())
        case _:
            return None, ()


def shown(field: Field, value: Any) -> str:
    """The value as it stands in a line of text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"{LIST_SIGN} ".join(map(str, value))
    if isinstance(value, float) and field.kind == "number":
        return f"{value:.10g}"
    return str(value)


def read(field: Field, text: str) -> tuple[Any, str]:
    """(value, "") of what was typed, or (None, what is wrong with it)."""
    text = text.strip()
    if not text:
        if field.kind == "list" and not field.optional:
            return [], ""
        if field.optional or field.kind == "text":
            return (None if field.optional else ""), ""
        return None, tr("A value is required.")
    match field.kind:
        case "integer" | "number":
            return _number(field, text)
        case "boolean":
            return text.casefold() == "true", ""
        case "list" | "choices":
            return [part.strip() for part in text.split(LIST_SIGN) if part.strip()], ""
        case _:
            return text, ""


def _number(field: Field, text: str) -> tuple[Any, str]:
    try:
        value: float = float(text.replace("_", ""))
    except ValueError:
        return None, tr("{value} is not a number.", value=text)
    if not math.isfinite(value):
        return None, tr("{value} is not a number.", value=text)
    if field.kind == "integer" and not value.is_integer():
        return None, tr("A whole number is required.")
    if field.low is not None and (value <= field.low if field.open_low else value < field.low):
        n = f"{field.low:g}"
        return None, tr("It must be greater than {n}.", n=n) if field.open_low else tr("It must be at least {n}.", n=n)
    if field.high is not None and (value >= field.high if field.open_high else value > field.high):
        n = f"{field.high:g}"
        return None, tr("It must be less than {n}.", n=n) if field.open_high else tr("It must be at most {n}.", n=n)
    if field.multiple is not None and value % field.multiple:
        return None, tr("It must be a multiple of {n}.", n=f"{field.multiple:g}")
    return (int(text.replace("_", "")) if _whole(text) else int(value)) if field.kind == "integer" else value, ""


def _whole(text: str) -> bool:
    return text.replace("_", "").lstrip("+-").isdecimal()


def limits(field: Field) -> str:
    """The range as text, for a tooltip; empty where there is none."""
    low = None if field.low is None else f"{'>' if field.open_low else '≥'} {field.low:g}"
    high = None if field.high is None else f"{'<' if field.open_high else '≤'} {field.high:g}"
    multiple = None if field.multiple is None else tr("a multiple of {n}", n=f"{field.multiple:g}")
    return ", ".join(part for part in (low, high, multiple) if part)


def label(field: Field) -> str:
    """The key as it stands in the file, in the documentation and in error messages."""
    return field.path[-1]


def word(path: Keys, value: Any) -> str:
    """`key=value` for the engine's --set: JSON, which YAML contains, with numbers as YAML 1.1 reads them."""
    return f"{'.'.join(path)}={_yaml(value)}"


def _yaml(value: Any) -> str:
    if isinstance(value, float):
        text = repr(value)
        mantissa, sign, exponent = text.partition("e")
        return f"{mantissa}.0e{exponent}" if sign and "." not in mantissa else text
    if isinstance(value, Mapping):
        entries = (f"{json.dumps(str(key), ensure_ascii=False)}: {_yaml(item)}" for key, item in value.items())
        return "{" + ", ".join(entries) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
