"""Says in plain sentences what pydantic found wrong with a configuration, and which name was probably meant."""

from __future__ import annotations

import difflib
import types
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from so8t_engine.config.run_config import RunConfig
from so8t_engine.config.types import Misfit
from so8t_engine.config.yaml_source import Path
from so8t_engine.sentences import Sentence, of_error, sentence, verbatim

Model = type[BaseModel]

WANTED = {
    "int": "config.no_whole_number", "float": "config.no_number", "bool": "config.no_boolean",
    "string": "config.no_text", "list": "config.no_list",
}  # fmt: skip
PATTERNS = {
    r"^[^\W_A-Z](?:[^\WA-Z]|-)*$": "config.no_name",
    r"^[\w.]+:\w+$": "config.no_function_name",
    r"^(auto|cpu|cuda(:\d+)?)$": "config.no_device",
    r"^(cpu|cuda(:\d+)?)$": "config.no_own_device",
    r"^[A-Za-z_][A-Za-z0-9_]*$": "config.no_variable",
    r"^(language|category|source):.+$": "config.no_records",
}
UNSAID = ("config.no_variable",)  # without its value, which may be the key itself
LIMITS = {  # pydantic's word for the error: (its word for the limit, ours)
    "greater_than_equal": ("ge", "config.too_small"),
    "greater_than": ("gt", "config.not_greater"),
    "less_than_equal": ("le", "config.too_large"),
    "less_than": ("lt", "config.not_less"),
    "multiple_of": ("multiple_of", "config.no_multiple"),
}
EITHER = {"header": "config.no_header", "sheet": "config.no_sheet", "sections": "config.no_sections"}  # of two kinds
LONGEST_VALUE = 60


def problems(errors: Sequence[ErrorDetails]) -> list[tuple[Path, Sentence]]:
    """What is wrong, by keys as they are written: pydantic also names the kinds that a value might have had."""
    found: dict[Path, list[Sentence]] = {}
    for error in errors:
        cause = error.get("ctx", {}).get("error")
        path = (*error["loc"], *(cause.at if isinstance(cause, Misfit) else ()))
        either = next((place for place, part in enumerate(path[:-1], 1) if part in EITHER), None)
        if either is not None:
            values = {
                "value": shown(error.get("input")),
                "allowed": [one for one in _choices(path[:either]) if one != "auto"],
            }
            found[path[:either]] = [Sentence(EITHER[str(path[either - 1])], values)]
        else:
            found.setdefault(path[:-1] if path[-1:] == ("[key]",) else path, []).append(message(error))
    return [(path, what) for path, said in found.items() for what in said]


def message(error: ErrorDetails) -> Sentence:
    """What is wrong with the value at error["loc"], without the place."""
    kind, path, value = error["type"], error["loc"], shown(error.get("input"))
    context: Mapping[str, Any] = error.get("ctx", {})
    if kind == "extra_forbidden":
        return unknown_key(path)
    if kind == "missing":
        section = ".".join(map(str, path[:-1]))
        return sentence("config.missing_in", section=section) if section else sentence("config.missing")
    if kind in LIMITS:
        word, code = LIMITS[kind]
        return Sentence(code, {"limit": _number(context[word]), "value": value})
    if kind == "literal_error":
        choices = [str(choice) for choice in _choices(path)] or [str(context.get("expected"))]
        return one_of(error.get("input"), choices)
    if kind == "string_pattern_mismatch":
        code = PATTERNS[context["pattern"]]
        return sentence(code) if code in UNSAID else Sentence(code, {"value": value})
    if kind == "too_short":  # of the lists that may not be empty the only one that is not told by its kinds
        return sentence("config.no_datasets")
    if kind == "value_error":
        return of_error(context["error"]) if "error" in context else verbatim(error["msg"])
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        keys = _fields(path)
        if not keys:
            return sentence("config.no_pairs", value=value)
        return sentence("config.no_section", keys=keys, value=value)
    if kind == "int_from_float":
        return sentence("config.no_whole_number", value=value)
    wanted = WANTED.get(kind.partition("_")[0])
    if wanted == "config.no_text" and isinstance(error.get("input"), (bool, int)):
        return sentence("config.text_needs_quotes", value=value)
    return verbatim(error["msg"]) if wanted is None else Sentence(wanted, {"value": value})


def one_of(value: Any, allowed: Sequence[str]) -> Sentence:
    near = difflib.get_close_matches(str(value), allowed)
    if near:
        return sentence("config.none_of_but_near", allowed=list(allowed), value=shown(value), near=near[0])
    return sentence("config.none_of", allowed=list(allowed), value=shown(value))


def unknown_key(path: Path) -> Sentence:
    """Names the nearest key of that section, else the section which has such a key, else all there are."""
    key, there = str(path[-1]), _fields(path[:-1])
    near = difflib.get_close_matches(key, there)
    if near:
        return sentence("config.unknown_key_near", near=near[0])
    elsewhere = [name for name, fields in _sections().items() if key in fields]
    if elsewhere:
        return sentence("config.unknown_key_here", sections=elsewhere)
    return sentence("config.unknown_key", keys=there)


def shown(value: Any) -> str | Sentence:
    """A value as the user wrote it, shortened."""
    if value is None:
        return sentence("config.value_nothing")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return sentence("config.value_section")
    if isinstance(value, list):
        return sentence("config.value_list")
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 3] + "..."


def _number(value: Any) -> int | float:
    return int(value) if float(value).is_integer() else float(value)


def _fields(path: Path) -> list[str]:
    model = _model_at(path)
    return list(model.model_fields) if model else []


def _sections() -> dict[str, list[str]]:
    models = {name: _model_in(field.annotation) for name, field in RunConfig.model_fields.items()}
    sections = {name: list(model.model_fields) for name, model in models.items() if model}
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
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)


def _choices(path: Path) -> list[Any]:
    """Of a key that anybody may have named (`roles`), those of the keys there."""
    *above, name = [part for part in path if isinstance(part, str)]
    if (model := _model_at(tuple(above))) is None and above:
        *above, name = above
        model = _model_at(tuple(above))
    field = model.model_fields.get(name) if model else None
    return _literals(field.annotation) if field else []


def _literals(annotation: Any) -> list[Any]:
    arguments = get_args(annotation)
    if get_origin(annotation) in (list, dict, Union, types.UnionType, Annotated):
        return [literal for part in arguments for literal in _literals(part)]
    return [part for part in arguments if isinstance(part, str)]
