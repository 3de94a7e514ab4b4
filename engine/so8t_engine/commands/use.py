"""What the command line does so that a finished model can be used in other programs: `use ollama`, `use lmstudio`."""

from __future__ import annotations

import argparse
from pathlib import Path

from so8t_engine.commands import start
from so8t_engine.commands.arguments import Command, Commands
from so8t_engine.commands.printer import Printer
from so8t_engine.errors import EXIT_ENVIRONMENT, EXIT_FINISHED
from so8t_engine.sentences import Sentence, to_json
from so8t_engine.session import catalog

PROGRAMS = ("ollama", "lmstudio")


def add(commands: Commands[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    use = commands.add_parser("use", help="add the model of a session to Ollama or LM Studio", parents=[common])
    use.add_argument("program", choices=PROGRAMS, metavar="PROGRAM", help="ollama or lmstudio")
    use.add_argument("session", nargs="?", metavar="SESSION", help="default: the last run that has a GGUF file")
    use.add_argument("--quant", metavar="TYPE", help="which GGUF file, e.g. Q8_0 (default: as the report advises)")
    use.add_argument("--name", metavar="NAME", help="what it is called there (default: the run's name)")


def _use(options: argparse.Namespace, printer: Printer) -> int:
    """Exit code 3 where the program is not there; what to type is said all the same."""
    from so8t_engine.export import gguf_choice, lm_studio, ollama

    root = start.sessions_root(options.data_root)
    session: Path = (
        catalog.find(root, options.session) if options.session else gguf_choice.latest(root, printer.on_stderr)
    )
    options.session = session.name
    add_to = ollama.add if options.program == "ollama" else lm_studio.add
    delivery = add_to(session, options.quant, options.name)
    value = {
        "session": session.name,
        "program": options.program,
        "done": delivery.done,
        "model": delivery.model,
        "line": delivery.line,
        "path": None if delivery.place is None else str(delivery.place),
        "sentence": to_json(delivery.said),
    }
    show_line = options.program == "ollama" or not delivery.done
    lines: list[Sentence | str] = [delivery.said, *([f"  {delivery.line}"] if show_line else [])]
    return printer.answer(value, lines, EXIT_FINISHED if delivery.done else EXIT_ENVIRONMENT)


COMMANDS: dict[str, Command] = {"use": _use}
