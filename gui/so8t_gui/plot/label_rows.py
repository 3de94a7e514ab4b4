"""In which row the name of each line in the plot stands, so that no two lie on each other."""

from __future__ import annotations

from collections.abc import Sequence


def rows(spans: Sequence[tuple[float, float]], count: int) -> list[int | None]:
    """For each (left, right) in pixels the first of `count` rows that has room; None where none has.

    The first in the sequence choose first.
    """
    taken: list[list[tuple[float, float]]] = [[] for _ in range(count)]
    places: list[int | None] = []
    for left, right in spans:
        free = (row for row in range(count) if all(right <= other[0] or other[1] <= left for other in taken[row]))
        place = next(free, None)
        if place is not None:
            taken[place].append((left, right))
        places.append(place)
    return places
