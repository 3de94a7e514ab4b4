"""A digest for each piece of a file that is fetched from the front, beside what there is of it.

The Hub's digest is of the whole, and of a large source only the beginning is wanted. A power cut may leave zeros, or
older bytes, inside of what had arrived: the next start goes on behind the last piece that is as it was written.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

CHUNK = 1 << 20
FIELDS = 3  # of a line: where a piece begins, where it ends, its SHA-256


def note(part: Path, start: int) -> None:
    """The bytes behind `start` have arrived. Raises OSError where the disk is full: then they are asked for again."""
    end = part.stat().st_size if part.is_file() else 0
    if end > start:
        with _beside(part).open("ab") as sums:
            sums.write(f"{start} {end} {_digest(part, start, end)}\n".encode())


def verify(part: Path) -> None:
    """Cuts off what is not as it was written. What an older version has left has no digests: it is taken as it is."""
    if not part.is_file():
        forget(part)
        return
    if not _beside(part).is_file():
        note(part, 0)
        return
    size, end, good = part.stat().st_size, 0, b""
    for line in _beside(part).read_bytes().splitlines(keepends=True):
        fields = line.decode("ascii", "replace").split()
        if len(fields) != FIELDS or not fields[1].isdecimal() or fields[0] != str(end):
            break
        until = int(fields[1])
        if not end < until <= size or _digest(part, end, until) != fields[2]:
            break
        end, good = until, good + line
    if end < size:
        with part.open("r+b") as content:
            content.truncate(end)
    _beside(part).write_bytes(good)


def forget(part: Path) -> None:
    """The digests of a file that is whole now, or gone."""
    _beside(part).unlink(missing_ok=True)


def _beside(part: Path) -> Path:
    return part.with_name(part.name + ".sums")


def _digest(part: Path, start: int, end: int) -> str:
    digest = hashlib.sha256()
    with part.open("rb") as content:
        content.seek(start)
        while start < end:
            data = content.read(min(CHUNK, end - start))
            if not data:
                break
            digest.update(data)
            start += len(data)
    return digest.hexdigest()
