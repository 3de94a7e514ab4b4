"""The options that every command of `so8t` has, and what a command is."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from so8t_engine.commands.printer import Printer
from so8t_engine.sentences import LANGUAGES

Command = Callable[[argparse.Namespace, Printer], int]
Commands = argparse._SubParsersAction  # what `add_subparsers` returns; argparse has no public name for it

DEFAULTS = {"json": False, "data_root": None, "lang": None}


def common() -> argparse.ArgumentParser:
    """For `parents=[...]` of the program and of each command: such an option may stand before the command or behind it.

    It has no defaults, which would undo what stood before the command: they are in DEFAULTS.
    """
    options = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    options.add_argument("--json", action="store_true", help="answer in JSON; a run prints the protocol's lines")
    options.add_argument("--data-root", metavar="FOLDER", help="where the sessions are kept")
    options.add_argument("--lang", choices=LANGUAGES, help="the language of what is printed (also: SO8T_LANG)")
    return options
