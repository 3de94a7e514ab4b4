"""In which sources of data sessions differ: by their names, wherever they stand in the list. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

KEY = "datasets"

Source = Mapping[str, Any]


def by_name(values: Mapping[str, Any]) -> dict[str, Source] | None:
    """The sources of a configuration; None where its list has none that can be told by their names."""
    listed = values.get(KEY)
    if not isinstance(listed, list) or not all(isinstance(one, Mapping) and "name" in one for one in listed):
        return None
    found = {str(one["name"]): one for one in listed}
    return found if len(found) == len(listed) else None


def names(sides: Sequence[Mapping[str, Source]]) -> list[str]:
    """Of all sources, in the order of the first that has them."""
    return list(dict.fromkeys(name for side in sides for name in side))


def differing_keys(name: str, sides: Sequence[Mapping[str, Source]]) -> list[str]:
    """In which the sources of this name differ, among the sides that have one."""
    there = [side[name] for side in sides if name in side]
    keys = dict.fromkeys(key for one in there for key in one)
    return [key for key in keys if any(one.get(key) != there[0].get(key) for one in there)]


def reordered(sides: Sequence[Mapping[str, Source]]) -> bool:
    """Whether those that all have stand in another order somewhere."""
    common = set.intersection(*(set(side) for side in sides))
    orders = {tuple(name for name in side if name in common) for side in sides}
    return len(orders) > 1
