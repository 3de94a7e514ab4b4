"""`so8t`: everything the window does, on a command line. Exit codes are listed in the README."""

from __future__ import annotations

from so8t_engine import interrupted  # before all that takes time to load

# isort: split
import argparse
import contextlib
import sys
from collections.abc import Sequence
from dataclasses import replace

from so8t_engine import VERSION, language, offline, paths, typed
from so8t_engine.commands import arguments, chat, compare, configs, evals, gui, help_texts, runs, sessions, use
from so8t_engine.commands.arguments import Command
from so8t_engine.commands.printer import Printer
from so8t_engine.errors import EXIT_INTERRUPTED, EngineError
from so8t_engine.process import output
from so8t_engine.sentences import sentence
from so8t_engine.session import store

interrupted.heard()
GROUPS = (runs, sessions, chat, compare, evals, configs, use, gui)
COMMANDS: dict[str, Command] = {name: command for group in GROUPS for name, command in group.COMMANDS.items()}


def main(argv: Sequence[str] | None = None) -> int:
    offline.tell_libraries()
    out = output.take_over()
    with contextlib.redirect_stdout(out):  # `--help | head -1`
        options = parsed(argv)
    written = typed.Typed(
        typed.program(sys.argv[0]),
        paths.named_root(options.data_root),
        _session(options),
        getattr(options, "file", None) or "",
    )
    printer = Printer(out, options.json, language.chosen(options.lang), written)
    return printer.ended(answered(options, printer))


def answered(options: argparse.Namespace, printer: Printer) -> int:
    try:
        return COMMANDS[options.command](options, printer)
    except EngineError as error:
        return replace(printer, typed=replace(printer.typed, session=_session(options))).fail(error)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception as error:  # noqa: BLE001  the last door: a sentence, never a traceback
        what = sentence("commands.unexpected", kind=type(error).__name__, error=str(error))
        return printer.fail(EngineError("command_failed", what))


def _session(options: argparse.Namespace) -> str:
    """The session that the command was given by its name, or has chosen."""
    name = getattr(options, "session", None)
    return name if isinstance(name, str) and store.SESSION_ID.match(name) else ""


def parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    made = program()
    help_texts.speak(made, language.chosen(help_texts.asked_for(argv)))
    return made.parse_args(argv, argparse.Namespace(**arguments.DEFAULTS))


def program() -> argparse.ArgumentParser:
    """With all its commands, as the code has their texts: in English."""
    common = arguments.common()
    whole = argparse.ArgumentParser(
        prog="so8t",
        description="Teaches Phi-3.5 to think before it answers, in sessions that a power cut cannot hurt.",
        parents=[common],
    )
    whole.add_argument("--version", action="version", version=f"so8t {VERSION}")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for group in GROUPS:
        group.add(commands, common)
    return whole


if __name__ == "__main__":
    sys.exit(main())
