"""What may lie where a file belongs: it would be waited for, never end, or fill the memory."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

KINDS = ("folder", "gigabytes", "named pipe", "socket")


def put(path: Path, kind: str) -> None:
    """In the place of `path`. Skips the test where the system knows no such thing."""
    path.unlink(missing_ok=True)
    match kind:
        case "folder":
            path.mkdir()
        case "gigabytes":
            with path.open("wb") as file:
                file.truncate(3 << 30)  # a hole: takes no space
        case "named pipe":
            if sys.platform == "win32":
                pytest.skip("no named pipes in folders")
            os.mkfifo(path)
        case "socket":
            if sys.platform == "win32":
                pytest.skip("no sockets in folders")
            before = Path.cwd()
            os.chdir(path.parent)  # a socket's path may not be long
            try:
                with socket.socket(socket.AF_UNIX) as listening:
                    listening.bind(path.name)
            finally:
                os.chdir(before)
        case _:
            raise ValueError(kind)
