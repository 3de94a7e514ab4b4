"""Files in the cache that anyone can have made again: kept while they are used, swept by age and by size.

Of each folder of them only plain files with names of our own are looked at: SO8T_CACHE_HOME may lead anywhere, and such
a folder be a link. A file that somebody holds open stays where the system says so.
"""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from so8t_engine import paths
from so8t_engine.errors import EngineError
from so8t_engine.session import disk_errors

BASES = "base-gguf"  # base models as GGUF files, for a chat with one
PAGES = "compared"  # pages of `so8t compare`
DAYS = 30.0  # after its last use a file goes
OURS = re.compile(r"base-[0-9a-f]{16}-[A-Z0-9_]{1,12}\.gguf|[0-9a-f]{12}\.html", re.ASCII)
LEFT = re.compile(r"base-[^.]+\.gguf\.([0-9]{1,10})\.part(?:\.whole)?", re.ASCII)  # by who made it, still or killed
LEFT_DAYS = 1.0
MOST_BYTES = 24_000_000_000  # of all files of a folder; those that were used last stay


def folder(name: str) -> Path:
    return paths.cache_home() / name


@contextmanager
def filling(place: Path) -> Iterator[None]:
    """Around what writes into a folder of the cache, which is made. What its disk meets is no session's trouble.
    Raises EngineError cache_disk.
    """
    try:
        with disk_errors.translated(place), disk_errors.asking(place):
            _make(place)
            yield
    except EngineError as error:
        if not error.code.startswith("disk_"):
            raise
        raise EngineError("cache_disk", error.sentence) from error


def used(file: Path) -> None:
    """Its last use is now; then what is too old or too much goes, but never this one. Never raises."""
    try:
        os.utime(file)
    except OSError:
        pass  # of another user: it is swept as if it had not been used
    sweep(file.parent, file)


def sweep(place: Path, keep: Path | None = None, *, days: float = DAYS, most_bytes: int = MOST_BYTES) -> list[Path]:
    """Removes files that were last used so long ago, then the oldest of those that are too many; says which.

    And what was left half made by processes that live no more.
    """
    gone, room = [], most_bytes
    now = time.time()
    for file, size, moment in sorted(_files(place), key=lambda item: (item[0] != keep, -item[2])):
        half_made = LEFT.fullmatch(file.name)
        if half_made:
            wanted = moment < now - LEFT_DAYS * 86_400 and not paths.process_lives(int(half_made[1]))
        else:
            room -= size
            wanted = file != keep and (moment < now - days * 86_400 or room < 0)
        if wanted:
            try:
                file.unlink()
                gone.append(file)
            except OSError:
                pass  # open on Windows, or of another user: the next time
    return gone


def total(place: Path) -> tuple[int, int]:
    """How many files, of how many bytes."""
    sizes = [size for file, size, _ in _files(place) if OURS.fullmatch(file.name)]
    return len(sizes), sum(sizes)


def _make(place: Path) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
    except FileNotFoundError as error:  # below a folder of the system's own, where nobody can make one
        raise disk_errors.told(errno.EACCES, place, error) from error


def _files(place: Path) -> Iterator[tuple[Path, int, float]]:
    """(file, bytes, last use) of our own, and of what is on its way to become one (`durable.own_part`)."""
    try:
        entries = list(os.scandir(place))
    except OSError:
        return
    for entry in entries:
        try:
            ours = OURS.fullmatch(entry.name) or LEFT.fullmatch(entry.name)
            if ours and entry.is_file(follow_symlinks=False):
                about = entry.stat(follow_symlinks=False)
                yield Path(entry.path), about.st_size, about.st_mtime
        except OSError:
            continue
