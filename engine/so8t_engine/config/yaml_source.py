"""Reads YAML text into plain values and remembers at which line and column each of them stands."""

from __future__ import annotations

import copy
import functools
import math
from dataclasses import dataclass, field
from typing import Any

import yaml

from so8t_engine.config import yaml_errors
from so8t_engine.sentences import Sentence, first_line, sentence

Path = tuple[str | int, ...]
Problem = tuple[Path, Sentence]

TEXTS = 16  # as many are remembered
MOST_NODES = 50_000  # a configuration has some hundred; aliases of aliases can mean millions


@dataclass
class Document:
    """`values` for the checker; `places`: path -> (line, column), counted from 1; `problems` of the YAML itself."""

    values: Any
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Broken(Exception):
    """The text is no YAML document: why, and where known the (line, column)."""

    def __init__(self, why: Sentence, place: tuple[int, int] | None) -> None:
        super().__init__(why)
        self.why, self.place = why, place


def read(text: str) -> Document:
    """Raises Broken where nothing can be made of the text; what can be told apart is in `problems`.

    A text that was read before is not gone through again: a preset is read with every start from it, a session's
    settings by whatever looks at it.
    """
    known = _read(text)
    return Document(copy.deepcopy(known.values), dict(known.places), list(known.problems))


@functools.lru_cache(TEXTS)
def _read(text: str) -> Document:
    loader = None
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        if node is None:
            raise Broken(sentence("config.empty"), None)
        document = Document(None)
        _walk(node, (), document, [])
        document.values = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = sentence("config.not_yaml", error=yaml_errors.why(error, text))
        raise Broken(why, (mark.line + 1, mark.column + 1) if mark else None) from error
    except yaml.YAMLError as error:
        raise Broken(sentence("config.not_yaml", error=first_line(error)), None) from error
    except RecursionError as error:
        raise Broken(sentence("config.nested_too_deeply"), None) from error
    except ValueError as error:
        raise Broken(sentence("config.not_yaml", error=first_line(error)), None) from error
    finally:
        if loader is not None:
            loader.dispose()
    return document


def _walk(node: yaml.Node, path: Path, document: Document, above: list[yaml.Node]) -> None:
    """Notes the place of every value, and keys that are there twice or are no words."""
    if any(node is outer for outer in above):
        raise Broken(sentence("config.alias_in_itself"), _place(node))
    if len(document.places) > MOST_NODES:
        raise Broken(sentence("config.too_many_values", most=MOST_NODES), _place(node))
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
            document.problems.append(((*path, str(shown)), sentence("config.key_is_no_word")))
            continue
        here = (*path, key.value)
        if key.value in seen:
            again = sentence("config.key_twice", first=seen[key.value], second=key.start_mark.line + 1)
            document.problems.append((here, again))
        seen[key.value] = key.start_mark.line + 1
        document.places[here] = _place(key)
        _walk(value, here, document, [*above, node])


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def infinite(values: Any, path: Path = ()) -> list[Problem]:
    """NaN and infinity: every range check lets an infinite number pass."""
    if isinstance(values, float) and not math.isfinite(values):
        return [(path, sentence("config.not_finite", value=str(values)))]
    if isinstance(values, dict):
        return [problem for key, value in values.items() for problem in infinite(value, (*path, key))]
    if isinstance(values, list):
        return [problem for number, value in enumerate(values) for problem in infinite(value, (*path, number))]
    return []


def dotted(path: Path) -> str:
    return ".".join(map(str, path))
