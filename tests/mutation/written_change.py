"""A change in its file, for as long as something is tried with it."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterator

from mutation.changes import Change

NUMBERS = itertools.count(1)


@contextlib.contextmanager
def written(change: Change) -> Iterator[tuple[str, str]]:
    """(source before, source after). The file then has its bytes and its time again.

    Each time that it is written it gets another time: compiled code is taken for a file's own where length and second
    are the same, so that a program which a test starts could run the change before this one, or none.
    """
    before, status = change.path.read_bytes(), change.path.stat()
    after = before[: change.start] + change.text.encode() + before[change.end :]
    try:
        change.path.write_bytes(after)
        second = int(status.st_mtime) + next(NUMBERS)
        os.utime(change.path, (second, second))
        yield before.decode(), after.decode()
    finally:
        change.path.write_bytes(before)
        os.utime(change.path, ns=(status.st_atime_ns, status.st_mtime_ns))
