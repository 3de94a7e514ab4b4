"""Where a file of the Hub lies in the cache: under its own name, or one that every system can hold.

Names come from the Hub, where anything goes that git takes: `aux.jsonl`, `a:b.jsonl`, `Data.jsonl` beside `data.jsonl`,
paths of any length. What some system could not hold, or would take for another, gets a name made of its letters and a
digest of the whole. A file that an earlier version has left under its own name stays there.
"""

from __future__ import annotations

import functools
import hashlib
import os
import posixpath
import re
import unicodedata
from pathlib import Path

BESIDE = (".part", ".part.lock", ".part.sums")  # what may lie beside a file while it is fetched
MOST_CHARACTERS = 259  # of a path on Windows, where long ones are not switched on
MOST_OF_A_PART = 200  # bytes: file systems take 255
RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(?:\.|$)")
FORBIDDEN = re.compile(r'[\x00-\x1f<>:"\\|?*\ud800-\udfff]|[. ]$|^ ')
ENDING = re.compile(r"(?:\.[a-z0-9]{1,8}){1,2}$")


def leads_out(name: str) -> bool:
    """Whether a name is none of a file inside of the repository."""
    plain = posixpath.normpath(name)
    return plain == "." or plain.startswith("/") or plain.split("/")[0] == ".."


def place(folder: Path, name: str) -> Path:
    """`name`: of a file in a repository, parts between `/`; `folder`: of its commit."""
    return folder / (name if is_safe(folder, name) or _lies_there(folder, name) else safe(name))


def is_safe(folder: Path, name: str) -> bool:
    """Whether every system holds this path, and takes no other name for the same."""
    long = max(map(len, BESIDE))
    return (
        name == unicodedata.normalize("NFC", name).lower()
        and not name.endswith(BESIDE)
        and len(str(folder)) + 1 + len(name) + long <= MOST_CHARACTERS
        and not any(map(_is_bad, name.split("/")))
    )


def safe(name: str) -> str:
    """One part: what can be kept of the last one, a digest of all, and the ending, by which files are told apart."""
    last = name.rpartition("/")[2].lower()
    ending = ENDING.search(last)
    stem = re.sub(r"[^a-z0-9]+", "-", last[: ending.start()] if ending else last).strip("-")[:32]
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"_{stem}-{digest}{ending[0] if ending else ''}"


def _is_bad(part: str) -> bool:
    size = len(part.encode("utf-8", "surrogatepass"))
    return bool(FORBIDDEN.search(part) or RESERVED.match(part)) or not 0 < size <= MOST_OF_A_PART


def _lies_there(folder: Path, name: str) -> bool:
    """Whether the file, or what there is of it, has this very name: a system may answer to another spelling."""
    *above, last = name.split("/")
    try:
        for part in above:
            if not _holds(folder, part):
                return False
            folder = folder / part
        return _holds(folder, last) or _holds(folder, last + BESIDE[0])
    except (OSError, ValueError):
        return False


def _holds(folder: Path, name: str) -> bool:
    """Most names are answered for by the system alone; of the others a folder of thousands is listed once."""
    if not os.path.lexists(folder / name):
        return False
    return name in _listed(folder, folder.stat().st_mtime_ns) or name in _names(folder)


@functools.lru_cache(maxsize=16)
def _listed(folder: Path, changed: int) -> frozenset[str]:
    """As it was at that time, to the grain of the file system's clock: what is missing may have come since."""
    return _names(folder)


def _names(folder: Path) -> frozenset[str]:
    return frozenset(path.name for path in folder.iterdir())
