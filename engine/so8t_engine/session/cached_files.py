"""Files in the cache that anyone can have made again: kept while they are used, swept by age and by size.

Of each folder of them only plain files are looked at; a file that somebody holds open stays where the system says so.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from so8t_engine import paths

BASES = "base-gguf"  # base models as GGUF files, for a chat with one
PAGES = "compared"  # pages of `so8t compare`
DAYS = 30.0  # after its last use a file goes
MOST_BYTES = 24_000_000_000  # of all files of a folder; those that were used last stay


def folder(name: str) -> Path:
    return paths.cache_home() / name


def used(file: Path) -> None:
    """Its last use is now; then what is too old or too much goes, but never this one. Never raises."""
    try:
        os.utime(file)
    except OSError:
        pass  # of another user: it is swept as if it had not been used
    sweep(file.parent, file)


def sweep(place: Path, keep: Path | None = None, *, days: float = DAYS, most_bytes: int = MOST_BYTES) -> list[Path]:
    """Removes files that were last used so long ago, then the oldest of those that are too many; says which."""
    gone, room = [], most_bytes
    oldest = time.time() - days * 86_400
    for file, size, moment in sorted(_files(place), key=lambda item: (item[0] != keep, -item[2])):
        room -= size
        if file != keep and (moment < oldest or room < 0):
            try:
                file.unlink()
                gone.append(file)
            except OSError:
                pass  # open on Windows, or of another user: the next time
    return gone


def total(place: Path) -> tuple[int, int]:
    """How many files, of how many bytes."""
    sizes = [size for _, size, _ in _files(place)]
    return len(sizes), sum(sizes)


def _files(place: Path) -> Iterator[tuple[Path, int, float]]:
    """(file, bytes, last use). What is being written (`durable.own_part`) is nobody's yet."""
    try:
        entries = list(os.scandir(place))
    except OSError:
        return
    for entry in entries:
        try:
            if entry.is_file(follow_symlinks=False) and not entry.name.endswith(".part"):
                about = entry.stat(follow_symlinks=False)
                yield Path(entry.path), about.st_size, about.st_mtime
        except OSError:
            continue
