"""Reads small files of a session that nobody vouches for: whatever lies there, it neither blocks nor fills the memory.

A session's folder may have been copied, restored or tampered with: where a file belongs there may be a named pipe (to
open it would wait for a writer), a device (it never ends), a folder, or gigabytes of nonsense.
"""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any, BinaryIO

from so8t_engine.sentences import sentence

STATE_BYTES = 16 << 20
LIVE_BYTES = 1 << 20
LINES_BYTES = 64 << 20


def data(path: Path, limit: int) -> bytes:
    """The whole file. Raises OSError, ValueError (with a sentence) if it is no regular file or larger than `limit`."""
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > limit:
            raise ValueError(sentence("session.too_large", bytes=size))
        return file.read(limit)


def opened(path: Path) -> BinaryIO:
    """Of any size, to be read. Raises OSError, ValueError (with a sentence) where it is not a regular file."""
    if not stat.S_ISREG(path.stat().st_mode):  # before it is opened: to open a device may set it going
        raise ValueError(sentence("session.no_plain_file"))
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise ValueError(sentence("session.no_plain_file"))
    return os.fdopen(handle, "rb")


def json_value(path: Path, limit: int) -> Any:
    """Raises OSError, ValueError, also where it is nested deeper than it can be read."""
    try:
        return json.loads(data(path, limit))
    except RecursionError as error:
        raise ValueError(sentence("session.too_deep")) from error


def json_object(path: Path, limit: int = LIVE_BYTES) -> dict[str, Any]:
    """{} where there is none or it cannot be read: for what is only shown, or only a hint."""
    try:
        body = json_value(path, limit)
    except (OSError, ValueError):
        return {}
    return body if isinstance(body, dict) else {}
