"""What `--set KEY=VALUE` puts into the values of a configuration before they are checked.

A value is YAML; where nothing but a text fits (a column, a template, what a label is called) it is that text as it was
typed: `{question}` is no mapping there, and `no` no false. A key of `labels` and `roles` may be a number, or have dots.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import yaml

from so8t_engine import shells
from so8t_engine.config import messages, yaml_source
from so8t_engine.config.yaml_source import Document, Problem
from so8t_engine.sentences import Sentence, sentence

OF_SOURCES, COLUMNS = "datasets", "columns"
OF_NAMES = ("labels", "roles")  # whose keys are anybody's
NOTHING = ("", "~", "null", "Null", "NULL")
LONGEST = 200  # characters of a value that is shown again


def put(document: Document, overrides: Sequence[str]) -> tuple[set[yaml_source.Path], list[Problem]]:
    """Puts `key=value` arguments into the values. Returns the paths so given, and what was wrong with them."""
    changed: set[yaml_source.Path] = set()
    problems: list[Problem] = []
    for argument in overrides:
        key, sign, written = argument.partition("=")
        path = _path(key.strip())
        changed.add(path)
        if not sign or "" in path:
            typed = path if key.strip() else (argument,)
            changed.add(typed)
            problems.append((typed, sentence("config.write_key_value")))
            continue
        try:
            value = _text(path, written) if _is_text(path) else yaml.safe_load(written)
        except (yaml.YAMLError, ValueError):
            problems.append((path, _not_yaml(key.strip(), written)))
            continue
        wrong = _put(document.values, path, value)
        if wrong:
            problems.append((path, wrong))
    return changed, problems


def typed(line: str) -> list[str] | None:
    """`KEY=VALUE` of each thing that a line proposed for an entry says, as one may type it in every shell; None where
    some of it cannot be typed so.
    """
    try:
        told = yaml.safe_load(f"{{{line}}}")
    except (yaml.YAMLError, ValueError):
        return None
    flat: list[tuple[str, Any]] = []
    for key, value in told.items():
        free = isinstance(value, dict) and key in (COLUMNS, *OF_NAMES)
        flat += [(f"{key}.{name}", inner) for name, inner in value.items()] if free else [(str(key), value)]
    words = [f"{key}={_as_typed(value)}" for key, value in flat]
    found: Any = {}
    document = Document({OF_SOURCES: [found]})
    _, problems = put(document, [f"{OF_SOURCES}.0.{word}" for word in words])
    return words if not problems and found == told and not any('"' in word or "\n" in word for word in words) else None


def _as_typed(value: Any) -> str:
    if isinstance(value, str):
        return value.replace("\n", "\\n")
    return json.dumps(value)


def _path(key: str) -> yaml_source.Path:
    parts = key.split(".")
    named = parts[0] == OF_SOURCES and len(parts) > 3 and parts[2] in OF_NAMES
    path = tuple(int(part) if part.isdecimal() else part for part in (parts[:3] if named else parts))
    return (*path, ".".join(parts[3:])) if named else path


def _is_text(path: yaml_source.Path) -> bool:
    return path[0] == OF_SOURCES and len(path) == 4 and path[2] in (COLUMNS, *OF_NAMES)


def _text(path: yaml_source.Path, written: str) -> Any:
    """In quotation marks as YAML has it, else as it stands; `\\n` in a template ends a line."""
    plain = written.strip()
    if plain in NOTHING:
        return None
    if plain[0] in "\"'" and plain[-1] == plain[0] and len(plain) > 1:
        return yaml.safe_load(plain)
    return plain.replace("\\n", "\n") if path[2] == COLUMNS and "{" in plain else plain


def _not_yaml(key: str, written: str) -> Sentence:
    """With what to type, where it is a text."""
    text = written.strip() if len(written) <= LONGEST else "..."
    single = "'{}'".format(text.replace("'", "''"))  # PowerShell and cmd.exe lose others on the way
    word = json.dumps(text, ensure_ascii=False) if shells.here() == "posix" else single
    line = shells.quoted(f"{key}={word}")
    return sentence("config.value_not_yaml", value=messages.shown(written), line=line)


def _put(values: Any, path: yaml_source.Path, value: Any) -> Sentence | None:
    """Sets values[path]; sections that are not there are made. Returns what does not fit, if anything."""
    here = values
    for depth, part in enumerate(path):
        last = depth == len(path) - 1
        if isinstance(here, list):
            if not isinstance(part, int) or part >= len(here):
                key = yaml_source.dotted(path[:depth])
                return sentence("config.no_such_entry", key=key, last=len(here) - 1, entry=part)
        elif not isinstance(here, dict) or isinstance(part, int):
            return sentence("config.has_no_entries", key=yaml_source.dotted(path[:depth]))
        if last:
            here[part] = value
        elif isinstance(here, dict):
            if here.get(str(part)) is None:
                here[str(part)] = {}
            here = here[str(part)]
        else:
            here = here[part]
    return None
