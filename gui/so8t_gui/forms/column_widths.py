"""How a table's columns share its width, so that each can be read and none has to be scrolled to. Pure, no Qt here."""

from __future__ import annotations

from collections.abc import Sequence


def shared(room: int, wishes: Sequence[int], least: Sequence[int]) -> list[int]:
    """Each has its least, then what is left goes to those that wish for more, by equal parts."""
    widths = [min(wish, low) for wish, low in zip(wishes, least, strict=True)]
    left = room - sum(widths)
    while left > 0 and (growing := [at for at, width in enumerate(widths) if width < wishes[at]]):
        part = max(1, left // len(growing))
        for at in growing[:left]:
            more = min(part, wishes[at] - widths[at])
            widths[at] += more
            left -= more
    return widths
