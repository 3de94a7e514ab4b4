"""Pipes between a process and its child: made for us alone, named in the child's environment, known to no library.

Standard input would not do. On Windows a read of it that waits holds the lock of the C runtime's descriptor 0, and
that of the pipe; a DLL whose start code looks at the standard handles (OpenBLAS, which numpy brings) waits for both,
that is for the next command. And everywhere a library may ask something there and take a command for the answer. So
a child's standard input is empty, and on Windows the pipes are read by their handle, past the C runtime.

An *end* is a descriptor; for the side that reads, on Windows, a handle.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from so8t_engine.protocol import MAX_LINE_BYTES
from so8t_engine.standard_streams import OF_EVERY_CHILD

CHUNK = 1 << 16


@dataclass(frozen=True)
class Child:
    """`down`: the end to write to it; `up`: the end that it writes to; -1 where there is none. Ours to close."""

    process: subprocess.Popen[bytes]
    down: int
    up: int


def start(
    command: Sequence[str],
    environment: Mapping[str, str],
    stdout: IO[Any],
    stderr: IO[Any] | None = None,
    down: str = "",
    up: str = "",
) -> Child:
    """A child with empty standard input, and a pipe for each variable named: `down` to it, `up` from it.

    Raises OSError where the system refuses; then nothing stays open.
    """
    opened: list[int] = []
    passed: dict[str, int] = {}
    kept = {"down": -1, "up": -1}
    try:
        for name, variable in (("down", down), ("up", up)):
            if variable:
                read, write = os.pipe()
                opened += [read, write]
                passed[variable], kept[name] = (read, write) if name == "down" else (write, read)
        inherited = {**environment, **OF_EVERY_CHILD, **{variable: _named(end) for variable, end in passed.items()}}
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, env=inherited, **_passing(passed.values())
        )
    except BaseException:
        for end in opened:
            os.close(end)
        raise
    for end in passed.values():
        os.close(end)
    return Child(process, kept["down"], kept["up"])


def lines(end: int) -> Iterator[str]:
    """Until the other side is gone. A line too long to be a message is cut, so that nobody takes it for one."""
    rest, skipping = b"", False
    while data := read(end):
        *whole, rest = (rest + data).split(b"\n")
        for line in whole:
            if not skipping:
                yield line.decode("utf-8", "replace")
            skipping = False
        if len(rest) > MAX_LINE_BYTES:
            rest, skipping = b"", True
    if rest and not skipping:
        yield rest.decode("utf-8", "replace")


if sys.platform == "win32":
    import _winapi
    import msvcrt

    def _named(end: int) -> str:
        handle = msvcrt.get_osfhandle(end)
        os.set_handle_inheritable(handle, True)
        return str(handle)

    def _passing(ends: Iterable[int]) -> dict[str, Any]:
        handles = [msvcrt.get_osfhandle(end) for end in ends]
        return {"startupinfo": subprocess.STARTUPINFO(lpAttributeList={"handle_list": handles}), "close_fds": True}

    def to_read(variable: str) -> int | None:
        """In the child: the end to read, which its own children do not get; None where nobody named one."""
        handle = os.environ.pop(variable, None)
        if handle is None:
            return None
        os.set_handle_inheritable(int(handle), False)
        return int(handle)

    def to_write(variable: str) -> int | None:
        """In the child: the end to write to, which its own children do not get; None where nobody named one."""
        handle = to_read(variable)
        return None if handle is None else msvcrt.open_osfhandle(handle, os.O_WRONLY | os.O_BINARY)

    def read(end: int) -> bytes:
        """What has come, waiting for it; nothing once the other side is gone."""
        try:
            data, _ = _winapi.ReadFile(end, CHUNK)
        except OSError:
            return b""
        return bytes(data)

else:

    def _named(end: int) -> str:
        return str(end)

    def _passing(ends: Iterable[int]) -> dict[str, Any]:
        return {"pass_fds": tuple(ends)}

    def to_read(variable: str) -> int | None:
        """In the child: the end to read, which its own children do not get; None where nobody named one."""
        number = os.environ.pop(variable, None)
        if number is None:
            return None
        os.set_inheritable(int(number), False)
        return int(number)

    def to_write(variable: str) -> int | None:
        """In the child: the end to write to, which its own children do not get; None where nobody named one."""
        return to_read(variable)

    def read(end: int) -> bytes:
        """What has come, waiting for it; nothing once the other side is gone."""
        try:
            return os.read(end, CHUNK)
        except OSError:
            return b""
