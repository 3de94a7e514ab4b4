"""Standard input, output and error of our programs: what they are where a starter left one out, and for children.

A program without a console (pythonw.exe), one started by `2>&-`: the first file it opens would become its standard
output, and `sys.stdout` is None. Standard library only: the window's launcher imports this module.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

# The environment of every child. A print in the user's reward function must not end a run because the console's code
# page lacks a character; a library that opens a file without saying how must not read it in that code page. And
# `python -m` looks for modules in the current folder first: a yaml.py that lies there, in a downloaded folder for
# example, would run in the place of the library.
OF_EVERY_CHILD: Mapping[str, str] = {
    "PYTHONUTF8": "1",
    "PYTHONIOENCODING": "utf-8:backslashreplace",
    "PYTHONSAFEPATH": "1",
}
STANDARD_INPUT_HANDLE = -10


def open_missing(log: Path | None = None) -> None:
    """Gives descriptors 0, 1 and 2 a place where they are closed: nowhere, or 1 and 2 the end of `log`."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            _put(_end_of(log) if log is not None and descriptor > 0 else os.open(os.devnull, os.O_RDWR), descriptor)
    if sys.stdin is None:
        sys.stdin = os.fdopen(0, encoding="utf-8", errors="replace", closefd=False)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)


def take_stdin() -> int:
    """Standard input as an end of a pipe for us alone (child_pipes.read); who else reads finds nothing there."""
    try:
        own = os.dup(0)
    except OSError:  # closed: as good as ended
        own = os.open(os.devnull, os.O_RDONLY)
    _put(os.open(os.devnull, os.O_RDONLY), 0)
    if sys.platform != "win32":
        return own
    import ctypes
    import msvcrt

    kernel = ctypes.WinDLL("kernel32")
    kernel.SetStdHandle.argtypes = (ctypes.c_uint32, ctypes.c_void_p)
    kernel.SetStdHandle(STANDARD_INPUT_HANDLE & 0xFFFFFFFF, msvcrt.get_osfhandle(0))
    return msvcrt.get_osfhandle(own)  # `own` stays open as long as this process


def _put(opened: int, at: int) -> None:
    if opened != at:
        os.dup2(opened, at)
        os.close(opened)
    else:
        os.set_inheritable(at, True)


def _end_of(log: Path) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        return os.open(log, flags, 0o600)
    except OSError:
        return os.open(os.devnull, os.O_RDWR)
