"""Python's search for garbage that holds itself, made rare where hundred thousands of objects are made that stay.

While the data steps turn a shard's rows into records it would look through all of them over and over, a quarter to a
third of what integrating costs; while torch and transformers are imported, a fifth. Nothing there holds itself. Rare,
not off: what a library leaves in circles still goes.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

NEW_OBJECTS, YOUNG_ROUNDS, MIDDLE_ROUNDS = 200_000, 10, 10  # about a shard's objects between two looks


@contextlib.contextmanager
def rarely_looked_for() -> Iterator[None]:
    """For as long as it lasts; also as a decorator."""
    before = gc.get_threshold()
    gc.set_threshold(NEW_OBJECTS, YOUNG_ROUNDS, MIDDLE_ROUNDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
