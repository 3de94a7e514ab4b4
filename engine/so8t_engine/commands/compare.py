"""`so8t compare`: sessions held against each other on the same held-out questions."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from so8t_engine import paths
from so8t_engine.commands.arguments import Command, Commands
from so8t_engine.commands.printer import Printer
from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence
from so8t_engine.session import catalog, disk_errors

PAGES = "compared"  # below the cache


def add(commands: Commands[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    compare = commands.add_parser("compare", help="hold finished sessions against the first of them", parents=[common])
    compare.add_argument("sessions", nargs="+", metavar="SESSION")
    compare.add_argument("--open", action="store_true", help="show the page in the browser")
    compare.add_argument("--to", metavar="FILE.html", help="write the page there")


def _compare(options: argparse.Namespace, printer: Printer) -> int:
    from so8t_engine.evaluate import comparison, comparison_page  # numpy, scipy

    if not 2 <= len(options.sessions) <= comparison.MOST:
        raise EngineError("usage", sentence("compare.too_many", most=comparison.MOST))
    root = paths.data_root(options.data_root)
    sessions = [comparison.read(catalog.find(root, name)) for name in options.sessions]
    result = comparison.compare(sessions)
    path = _written(options, comparison_page.html(sessions, result, printer.language))
    if options.open:
        import webbrowser

        webbrowser.open(path.as_uri())
    return printer.answer(result | {"page": str(path)}, [*map(comparison.verdict, result["pairs"]), str(path)])


def _written(options: argparse.Namespace, page: str) -> Path:
    name = hashlib.sha256("\n".join(options.sessions).encode()).hexdigest()[:12]
    path = Path(options.to).absolute() if options.to else paths.cache_home() / PAGES / f"{name}.html"
    with disk_errors.translated(path):
        if not options.to:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8", newline="\n")
    return path


COMMANDS: dict[str, Command] = {"compare": _compare}
