"""From the engine's JSON schema of a configuration to fields a form can show, and from what is typed to values.

The schema is the only source of names, types, ranges, choices and defaults; nothing of it is copied here. No Qt here.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from so8t_gui.i18n.translate import tr

Kind = Literal["boolean", "integer", "number", "choice", "choices", "text", "list"]
Path = tuple[str, ...]
Schema = Mapping[str, Any]

LIST_SIGN = ","


@dataclass(frozen=True)
class Field:
    """One key. `low` and `high` are limits; `open_low`, `open_high`: the limit itself is out of range.

    `optional`: it may have no value. `about` is what the schema says of the field, if it does.
    """

    path: Path
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

    @property
    def key(self) -> str:
        return ".".join(self.path)


@dataclass(frozen=True)
class Section:
    """Fields of one part of the configuration; `path` is empty for those at its top."""

    path: Path
    about: str
    fields: tuple[Field, ...]

    @property
    def key(self) -> str:
        return ".".join(self.path)


def sections(schema: Schema, leave_out: Sequence[str] = ("datasets",)) -> tuple[Section, ...]:
    """All of a configuration in the schema's order; a section inside a section comes after it, with its path."""
    return tuple(found for found in _walk(schema, schema, (), frozenset(leave_out)) if found.fields)


def _walk(schema: Schema, here: Schema, path: Path, leave_out: frozenset[str]) -> Iterator[Section]:
    fields: list[Field] = []
    inner: list[tuple[Path, Schema]] = []
    for name, raw in here.get("properties", {}).items():
        at = (*path, name)
        if ".".join(at) in leave_out:
            continue
        body, optional = _plain(schema, raw)
        if body.get("type") == "object":
            inner.append((at, body))
            continue
        made = _field(at, schema, body, optional, raw)
        if made is not None:
            fields.append(made)
    yield Section(path, str(here.get("description", "")) if path else "", tuple(fields))
    for at, body in inner:
        yield from _walk(schema, body, at, leave_out)


def _plain(schema: Schema, raw: Schema) -> tuple[Schema, bool]:
    """What is behind references, and behind "this or nothing"."""
    optional = False
    body = raw
    while True:
        if "$ref" in body:
            body = schema["$defs"][str(body["$ref"]).rpartition("/")[2]]
        elif "anyOf" in body:
            kept = [one for one in body["anyOf"] if one.get("type") != "null"]
            optional = optional or len(kept) < len(body["anyOf"])
            body = kept[0]
        else:
            return body, optional


def _field(path: Path, schema: Schema, body: Schema, optional: bool, raw: Schema) -> Field | None:
    kind, choices = _kind(schema, body)
    if kind is None:
        return None
    low, high = body.get("minimum"), body.get("maximum")
    open_low, open_high = "exclusiveMinimum" in body, "exclusiveMaximum" in body
    return Field(
        path, kind, raw.get("default"), optional, choices,
        body["exclusiveMinimum"] if open_low else low, body["exclusiveMaximum"] if open_high else high,
        open_low, open_high, body.get("multipleOf"), str(raw.get("description") or ""),
    )  # fmt: skip


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
        return f"{LIST_SIGN} ".join(str(one) for one in value)
    if isinstance(value, float) and field.kind == "number":
        return f"{value:.10g}"
    return str(value)


def read(field: Field, text: str) -> tuple[Any, str]:
    """(value, "") of what was typed, or (None, sentence)."""
    text = text.strip()
    if not text:
        if field.kind == "list" and not field.optional:
            return [], ""
        if field.optional or field.kind == "text":
            return (None if field.optional else ""), ""
        return None, tr("A value is needed.")
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
        return None, tr("{value} is no number.", value=text)
    if not math.isfinite(value):
        return None, tr("{value} is no number.", value=text)
    if field.kind == "integer" and not value.is_integer():
        return None, tr("A whole number is needed.")
    if field.low is not None and (value <= field.low if field.open_low else value < field.low):
        word = tr("It must be greater than {n}.") if field.open_low else tr("It must be at least {n}.")
        return None, word.format(n=f"{field.low:g}")
    if field.high is not None and (value >= field.high if field.open_high else value > field.high):
        word = tr("It must be less than {n}.") if field.open_high else tr("It must be at most {n}.")
        return None, word.format(n=f"{field.high:g}")
    if field.multiple is not None and value % field.multiple:
        return None, tr("It must be a multiple of {n}.", n=f"{field.multiple:g}")
    return (int(text.replace("_", "")) if _whole(text) else int(value)) if field.kind == "integer" else value, ""


def _whole(text: str) -> bool:
    return text.replace("_", "").lstrip("+-").isdecimal()


def limits(field: Field) -> str:
    """The range in words, for a tooltip; empty where there is none."""
    low = None if field.low is None else f"{'>' if field.open_low else '≥'} {field.low:g}"
    high = None if field.high is None else f"{'<' if field.open_high else '≤'} {field.high:g}"
    multiple = None if field.multiple is None else tr("a multiple of {n}", n=f"{field.multiple:g}")
    return ", ".join(part for part in (low, high, multiple) if part)


def label(field: Field) -> str:
    """The key as it stands in the file: what the documentation and error messages say, too."""
    return field.path[-1]


def word(path: Path, value: Any) -> str:
    """`key=value` for the engine's --set: JSON, which YAML contains, with numbers that YAML 1.1 takes for numbers."""
    return f"{'.'.join(path)}={_yaml(value)}"


def _yaml(value: Any) -> str:
    if isinstance(value, float):
        text = repr(value)
        mantissa, sign, exponent = text.partition("e")
        return f"{mantissa}.0e{exponent}" if sign and "." not in mantissa else text
    if isinstance(value, Mapping):
        return (
            "{"
            + ", ".join(f"{json.dumps(str(key), ensure_ascii=False)}: {_yaml(one)}" for key, one in value.items())
            + "}"
        )
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_yaml(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)
