"""Reads YAML text into plain values and remembers at which line and column each of them stands."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]
Problem = tuple[Path, str]

MOST_NODES = 50_000  # a configuration has some hundred; aliases of aliases can mean millions


@dataclass
class Document:
    """`values` for the checker; `places`: path -> (line, column), counted from 1; `problems` of the YAML itself."""

    values: Any
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Broken(Exception):
    """The text is no YAML document: a sentence and, where known, its place."""

    def __init__(self, sentence: str, place: tuple[int, int] | None) -> None:
        super().__init__(sentence)
        self.place = place


def read(text: str) -> Document:
    """Raises Broken where nothing can be made of the text; what can be told apart is in `problems`."""
    loader = None
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        if node is None:
            raise Broken("the file is empty", None)
        document = Document(None)
        _walk(node, (), document, [])
        document.values = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        sentence = "not valid YAML: " + ", ".join(part for part in (error.context, error.problem) if part)
        raise Broken(sentence, (mark.line + 1, mark.column + 1) if mark else None) from error
    except yaml.YAMLError as error:
        raise Broken(f"not valid YAML: {str(error).splitlines()[0]}", None) from error
    except (ValueError, RecursionError) as error:
        raise Broken(f"not valid YAML: {str(error) or 'nested too deeply'}", None) from error
    finally:
        if loader is not None:
            loader.dispose()
    return document


def _walk(node: yaml.Node, path: Path, document: Document, above: list[yaml.Node]) -> None:
    """Notes the place of every value, and keys that are there twice or are no words."""
    if any(node is one for one in above):
        raise Broken("an alias contains itself", _place(node))
    if len(document.places) > MOST_NODES:
        raise Broken(f"more than {MOST_NODES} values", _place(node))
    document.places.setdefault(path, _place(node))
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            _walk(item, (*path, number), document, [*above, node])
    if not isinstance(node, yaml.MappingNode):
        return
    seen: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.tag not in ("tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"):
            shown = key.value if isinstance(key, yaml.ScalarNode) else "this"
            document.places.setdefault((*path, str(shown)), _place(key))
            document.problems.append(((*path, str(shown)), "a key must be a word"))
            continue
        here = (*path, key.value)
        if key.value in seen:
            again = f"there twice, in line {seen[key.value]} and in line {key.start_mark.line + 1}; keep one of them"
            document.problems.append((here, again))
        seen[key.value] = key.start_mark.line + 1
        document.places[here] = _place(key)
        _walk(value, here, document, [*above, node])


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def infinite(values: Any, path: Path = ()) -> list[Problem]:
    """Numbers that are none: every range check lets an infinite one pass."""
    if isinstance(values, float) and not math.isfinite(values):
        return [(path, f"must be a finite number, not {values}")]
    if isinstance(values, dict):
        return [found for key, value in values.items() for found in infinite(value, (*path, key))]
    if isinstance(values, list):
        return [found for number, value in enumerate(values) for found in infinite(value, (*path, number))]
    return []
