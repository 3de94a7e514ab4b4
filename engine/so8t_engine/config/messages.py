"""Says in plain sentences what pydantic found wrong with a configuration, and which name was probably meant."""

from __future__ import annotations

import difflib
import types
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from so8t_engine.config.run_config import RunConfig
from so8t_engine.config.yaml_source import Path

Model = type[BaseModel]

_WANTED = {
    "int": "a whole number", "float": "a number", "bool": "true or false", "string": "text", "list": "a list",
}  # fmt: skip
_PATTERNS = {
    r"^[a-z0-9][a-z0-9_-]*$": "small letters, digits, _ and -, beginning with a letter or digit",
    r"^[a-z0-9][a-z0-9-]{0,39}$": "1 to 40 small letters, digits and -, beginning with a letter or digit",
    r"^[\w.]+:\w+$": "module:function",
    r"^(auto|cpu|cuda(:\d+)?)$": "auto, cpu, cuda or cuda:N",
}


def sentence(error: ErrorDetails) -> str:
    """What is wrong with the value at error["loc"], without the place."""
    kind, path, value = error["type"], error["loc"], error.get("input")
    context: Mapping[str, Any] = error.get("ctx", {})
    if kind == "extra_forbidden":
        return unknown_key(path)
    if kind == "missing":
        section = ".".join(map(str, path[:-1]))
        return f"missing; the section {section} must have it" if section else "missing; a configuration must have it"
    limit = _limit(kind, context)
    if limit:
        return f"must be {limit}, not {shown(value)}"
    if kind == "literal_error":
        return one_of(value, [str(choice) for choice in _choices(path)] or [str(context.get("expected"))])
    if kind == "string_pattern_mismatch":
        form = _PATTERNS.get(context["pattern"], f"of the form {context['pattern']}")
        return f"must be {form}, not {shown(value)}"
    if kind == "too_short":
        return f"must have at least {context['min_length']} entry"
    if kind == "value_error":
        return str(context.get("error", error["msg"]))
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return f"must be a section with the keys {', '.join(_fields(path))}, not {shown(value)}"
    if kind == "int_from_float":
        return f"must be a whole number, not {shown(value)}"
    wanted = _WANTED.get(kind.partition("_")[0])
    if wanted == "text" and isinstance(value, (bool, int)):
        return f'must be text, not {shown(value)} (put it between quotation marks: "...")'
    if wanted:
        return f"must be {wanted}, not {shown(value)}"
    return error["msg"]


def one_of(value: Any, allowed: Sequence[str]) -> str:
    near = difflib.get_close_matches(str(value), allowed, 1)
    if near:
        return f"must be one of {', '.join(allowed)}, not {shown(value)}; did you mean {near[0]}?"
    return f"must be one of {', '.join(allowed)}, not {shown(value)}"


def unknown_key(path: Path) -> str:
    """Names the nearest key of that section, else the section which has such a key, else all there are."""
    key, there = str(path[-1]), _fields(path[:-1])
    near = difflib.get_close_matches(key, there, 1)
    if near:
        return f"unknown key; did you mean {near[0]}?"
    elsewhere = [name for name, fields in _sections().items() if key in fields]
    if elsewhere:
        return f"unknown key here; it belongs under {' or '.join(elsewhere)}"
    return f"unknown key; there are {', '.join(there)}"


def shown(value: Any) -> str:
    """A value as the user wrote it, shortened."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a section"
    if isinstance(value, list):
        return "a list"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _limit(kind: str, context: Mapping[str, Any]) -> str:
    match kind:
        case "greater_than_equal":
            return f"at least {_number(context['ge'])}"
        case "greater_than":
            return f"greater than {_number(context['gt'])}"
        case "less_than_equal":
            return f"at most {_number(context['le'])}"
        case "less_than":
            return f"less than {_number(context['lt'])}"
        case "multiple_of":
            return f"a multiple of {_number(context['multiple_of'])}"
        case _:
            return ""


def _number(value: Any) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)


def _fields(path: Path) -> list[str]:
    model = _model_at(path)
    return list(model.model_fields) if model else []


def _sections() -> dict[str, list[str]]:
    found = {name: _model_in(field.annotation) for name, field in RunConfig.model_fields.items()}
    sections = {name: list(model.model_fields) for name, model in found.items() if model}
    build = _model_at(("model", "build"))
    return {**sections, "model.build": list(build.model_fields) if build else []}


def _model_at(path: Path) -> Model | None:
    """The section a path leads to; a number in it is an entry of a list."""
    model: Model | None = RunConfig
    for part in path:
        if isinstance(part, int):
            continue
        if model is None or part not in model.model_fields:
            return None
        model = _model_in(model.model_fields[part].annotation)
    return model


def _model_in(annotation: Any) -> Model | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _choices(path: Path) -> list[Any]:
    names = [part for part in path if isinstance(part, str)]
    model = _model_at(tuple(names[:-1]))
    field = model.model_fields.get(names[-1]) if model and names else None
    return _literals(field.annotation) if field else []


def _literals(annotation: Any) -> list[Any]:
    arguments = get_args(annotation)
    if get_origin(annotation) in (list, Union, types.UnionType, Annotated):
        return [found for part in arguments for found in _literals(part)]
    return [part for part in arguments if isinstance(part, str)]
