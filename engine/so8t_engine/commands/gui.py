"""What the command line asks of the window's programs, as processes of their own: the engine imports nothing of it."""

from __future__ import annotations

import argparse
import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

from so8t_engine import language
from so8t_engine.commands.arguments import Command, Commands
from so8t_engine.commands.printer import Printer
from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence
from so8t_engine.standard_streams import OF_EVERY_CHILD

PACKAGE = "so8t_gui"


def add(commands: Commands[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    autostart = commands.add_parser(
        "autostart", help="whether the window starts at logon: on, off, status", parents=[common]
    )
    autostart.add_argument("action", choices=["on", "off", "status"])
    tray = commands.add_parser("tray", help="open the window with its icon in the tray", parents=[common])
    tray.add_argument("--hidden", action="store_true", help="only the icon")


def _autostart(options: argparse.Namespace, printer: Printer) -> int:
    words = [options.action, "--lang", printer.language, *["--json"] * printer.json]
    return _start([f"{PACKAGE}.autostart", *words], options, printer)


def _tray(options: argparse.Namespace, printer: Printer) -> int:
    root = ["--data-root", options.data_root] if options.data_root else []
    return _start([PACKAGE, *["--hidden"] * options.hidden, *root], options, printer)


COMMANDS: dict[str, Command] = {"autostart": _autostart, "tray": _tray}


def _start(argv: Sequence[str], options: argparse.Namespace, printer: Printer) -> int:
    """Its output and its exit code are ours. Raises EngineError window_missing."""
    if importlib.util.find_spec(PACKAGE) is None:  # looks for it, loads nothing
        raise EngineError("window_missing", sentence("commands.no_window", python=sys.executable))
    printer.out.flush()
    own = {} if options.lang is None else {language.VARIABLE: options.lang}
    child = subprocess.Popen(
        [sys.executable, "-m", *argv], stdout=printer.out.fileno(), env={**os.environ, **own, **OF_EVERY_CHILD}
    )
    signal.signal(signal.SIGTERM, lambda _number, _frame: child.terminate())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells the child, too, which ends in its own way
    code = child.wait()
    return code if code >= 0 else 128 - code
