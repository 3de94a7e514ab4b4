"""What OpenAI's moderation says of each turn: answers alone are asked about, where it stands beside turns."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from typing import Any

from so8t_engine.data.adapters.talks import talk


def flagged(value: Any, turns: Any) -> bool | None:
    """Whether a moderation has flagged an answer; of findings that do not stand beside turns, anything."""
    found = talk.opened(value)
    found = [found] if isinstance(found, Mapping) else found
    if (
        not isinstance(found, list)
        or not found
        or not all(isinstance(one, Mapping) and "flagged" in one for one in found)
    ):
        return None
    if isinstance(turns, list) and len(turns) == len(found):
        found = compress(found, (talk.role_of(turn) != talk.USER for turn in turns))
    return any(one["flagged"] for one in found)
