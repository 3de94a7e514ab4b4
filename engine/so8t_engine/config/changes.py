"""What two configurations differ in, key by key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from so8t_engine.config import messages
from so8t_engine.config.run_config import RunConfig
from so8t_engine.sentences import Sentence, sentence

MOST = 12  # differences that are named; of more only the number is said
Flat = Mapping[str, Any]


def between(before: RunConfig, now: RunConfig) -> list[Sentence]:
    """One sentence a key, `ppo.learning_rate was 1e-05 and is 0.0001`, in the order of the file; [] for the same."""
    old, new = _flat(before.model_dump(mode="json")), _flat(now.model_dump(mode="json"))
    keys = [key for key in {**old, **new} if old.get(key) != new.get(key) or (key in old) != (key in new)]
    named = [_difference(key, old, new) for key in keys[:MOST]]
    return named if len(keys) <= MOST else [*named, sentence("config.more_changes", count=len(keys) - MOST)]


def _difference(key: str, old: Flat, new: Flat) -> Sentence:
    if key not in old:
        return sentence("config.key_added", key=key, now=_shown(new[key]))
    if key not in new:
        return sentence("config.key_removed", key=key, before=_shown(old[key]))
    return sentence("config.key_changed", key=key, before=_shown(old[key]), now=_shown(new[key]))


def _shown(value: Any) -> str | Sentence:
    """A list with all that it holds, `[F16, Q8_0]`."""
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else messages.shown(value)


def _flat(values: Any, key: str = "") -> dict[str, Any]:
    """`datasets.0.max_rows` and the like to single values; a list of such values is one itself, and what is empty."""
    whole = isinstance(values, list) and not any(isinstance(each, (dict, list)) for each in values)
    if not isinstance(values, (dict, list)) or not values or whole:
        return {key: values}
    items = values.items() if isinstance(values, dict) else enumerate(values)
    flat: dict[str, Any] = {}
    for name, value in items:
        flat |= _flat(value, f"{key}.{name}" if key else str(name))
    return flat
