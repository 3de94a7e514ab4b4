"""`so8t compare`: sessions held against each other on the same held-out questions."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from so8t_engine import numerals
from so8t_engine.commands import browser, start
from so8t_engine.commands.arguments import Command, Commands
from so8t_engine.commands.printer import Printer
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, first_line, named, sentence
from so8t_engine.session import cached_files, catalog

if TYPE_CHECKING:
    from so8t_engine.evaluate.comparison import Measured

MOST = 6  # sessions at once: so many lines can be told apart


def add(commands: Commands[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    compare = commands.add_parser("compare", help="hold finished sessions against the first of them", parents=[common])
    compare.add_argument("sessions", nargs="+", metavar="SESSION")
    compare.add_argument("--open", action="store_true", help="show the page in the browser")
    compare.add_argument("--to", metavar="FILE.html", help="write the page there")


def _compare(options: argparse.Namespace, printer: Printer) -> int:
    if not 2 <= len(options.sessions) <= MOST:
        raise EngineError("usage", sentence("compare.too_many", most=MOST))
    root = start.sessions_root(options.data_root)
    folders = [catalog.find(root, name) for name in options.sessions]
    for folder in folders:
        if folders.count(folder) > 1:
            raise EngineError("usage", sentence("compare.same_session", session=folder.name))
    from so8t_engine.evaluate import comparison, comparison_page  # numpy, scipy

    sessions = [comparison.read(folder) for folder in folders]
    result = comparison.compare(sessions)
    path = _written(options, comparison_page.html(sessions, result, printer.language))
    return printer.answer(result | {"page": str(path)}, [*_told(sessions, result), *browser.shown(path, options.open)])


def _told(sessions: Sequence[Measured], result: Mapping[str, Any]) -> Iterator[Sentence]:
    """What was compared, what came of it, and what the sessions differ in."""
    from so8t_engine.evaluate import comparison, comparison_page

    for about in result["sessions"]:
        tuned, base = about["tuned"], about["base"]
        if tuned["total"]:
            share, low, high = (numerals.percent(tuned[key]) for key in ("share", "low", "high"))
            yield sentence("compare.one", session=about["title"], right=tuned["right"], total=tuned["total"],
                           share=share, low=low, high=high, base=numerals.percent(base["share"]),
                           seed=about["seed"])  # fmt: skip
    for pair in result["pairs"]:
        asked = comparison.asked(pair)
        if asked is not None:
            yield asked
        yield comparison.verdict(pair)
    for key, values in comparison_page.settings(result):
        told = comparison_page.in_words(values, sessions)
        yield sentence("compare.one_setting", setting=named("setting", key), values=told)


def _written(options: argparse.Namespace, page: str) -> Path:
    """Where it was asked for, else in the cache. Raises EngineError usage, cache_disk."""
    if options.to:
        path = Path(options.to).absolute()
        try:
            path.write_text(page, encoding="utf-8", newline="\n")
        except OSError as error:
            why = error.strerror or first_line(error)
            raise EngineError("usage", sentence("commands.cannot_write", path=path, error=why)) from error
        return path
    name = hashlib.sha256("\n".join(options.sessions).encode()).hexdigest()[:12]
    path = cached_files.folder(cached_files.PAGES) / f"{name}.html"
    with cached_files.filling(path.parent):
        path.write_text(page, encoding="utf-8", newline="\n")
    cached_files.used(path)
    return path


COMMANDS: dict[str, Command] = {"compare": _compare}
