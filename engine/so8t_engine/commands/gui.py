"""What the command line asks of the window's programs, as processes of their own: the engine imports nothing of it."""

from __future__ import annotations

import argparse
import importlib.util
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import TextIO

from so8t_engine.errors import EngineError

PACKAGE = "so8t_gui"

Command = Callable[[argparse.Namespace, TextIO], int]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    autostart = commands.add_parser("autostart", help="whether the window starts at logon: on, off, status")
    autostart.add_argument("action", choices=["on", "off", "status"])
    autostart.add_argument("--json", action="store_true")
    tray = commands.add_parser("tray", help="open the window with its icon in the tray")
    tray.add_argument("--hidden", action="store_true", help="only the icon")


def _autostart(arguments: argparse.Namespace, out: TextIO) -> int:
    return _start([f"{PACKAGE}.autostart", arguments.action, *(["--json"] if arguments.json else [])], out)


def _tray(arguments: argparse.Namespace, out: TextIO) -> int:
    return _start([PACKAGE, *(["--hidden"] if arguments.hidden else [])], out)


COMMANDS: dict[str, Command] = {"autostart": _autostart, "tray": _tray}


def _start(words: Sequence[str], out: TextIO) -> int:
    """Its output and its exit code are ours. Raises EngineError window_missing."""
    if importlib.util.find_spec(PACKAGE) is None:  # looks for it, loads nothing
        raise EngineError("window_missing", f"The window is not installed beside {sys.executable}.")
    out.flush()
    child = subprocess.Popen([sys.executable, "-m", *words], stdout=out.fileno())
    signal.signal(signal.SIGTERM, lambda _number, _frame: child.terminate())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells the child, too, which ends in its own way
    code = child.wait()
    return code if code >= 0 else 128 - code
