"""The append-only record of a session: loss/alpha points and marks, numbered 1..k, each once, in order.

One line per entry: `{"number":k,...}\\t<crc32 of the JSON, hex>\\n`. The checkpoint says how many entries, how
many bytes and which running CRC-32 belong to it; whatever lies behind is cut off at the next start and
made again identically. Nothing here depends on the clock, so a resumed run writes the same bytes.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from so8t_engine.session import durable, wary_read

NAME = "history.jsonl"


@dataclass(frozen=True)
class Prefix:
    """How much of the file belongs to a commit."""

    points: int = 0
    bytes: int = 0
    crc: int = 0


def line(entry: dict[str, Any]) -> bytes:
    return checked(json.dumps(entry, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode())


def checked(body: bytes) -> bytes:
    """The line of this JSON."""
    return b"%b\t%08x\n" % (body, zlib.crc32(body))


def entry_of(raw: bytes) -> dict[str, Any]:
    """Raises ValueError for a torn or altered line."""
    body, tab, crc = raw.rstrip(b"\n").rpartition(b"\t")
    if not tab or int(crc, 16) != zlib.crc32(body):
        raise ValueError("a history line does not match its checksum")
    entry = json.loads(body)
    if not isinstance(entry, dict):
        raise ValueError("a history line is not an object")
    return entry


def extend(path: Path, prefix: Prefix, entries: list[dict[str, Any]]) -> Prefix:
    """Writes the entries behind `prefix` (cutting off what lay there) and flushes; returns the new prefix."""
    if not entries:
        return prefix
    data = b"".join(line(entry) for entry in entries)
    durable.append(path, data, at=prefix.bytes)
    return Prefix(prefix.points + len(entries), prefix.bytes + len(data), zlib.crc32(data, prefix.crc))


def load(path: Path) -> bytes:
    """The whole file; nothing where there is no file or its disk cannot read it. OSError where it may not be read."""
    return _readable(path, -1)


def holds(path: Path, prefix: Prefix) -> bool:
    """Whether the file begins with exactly what `prefix` says was committed. OSError where it may not be read."""
    if prefix.bytes == 0:
        return True
    data = _readable(path, prefix.bytes)
    return len(data) == prefix.bytes and zlib.crc32(data) == prefix.crc


def _readable(path: Path, size: int) -> bytes:
    try:
        return durable.read_twice(lambda: _head(path, size))
    except ValueError:  # a folder, a pipe, a device
        return b""
    except OSError as error:
        if not durable.is_lost(error):
            raise
        return b""


def _head(path: Path, size: int) -> bytes:
    with wary_read.opened(path) as file:
        return file.read(size)


def truncate(path: Path, prefix: Prefix) -> None:
    """Cuts off what no commit vouches for. Doing it twice is the same as doing it once."""
    if path.exists() and path.stat().st_size != prefix.bytes:
        durable.append(path, b"", at=prefix.bytes)


def read(path: Path, after: int = 0) -> Iterator[dict[str, Any]]:
    """The entries numbered above `after`, up to the first torn line (an engine may be writing)."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        for raw in file:
            try:
                entry = entry_of(raw)
            except ValueError:
                return
            if entry.get("number", 0) > after:
                yield entry
