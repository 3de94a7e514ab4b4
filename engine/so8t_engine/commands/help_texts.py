"""`--help` and the words about a wrong argument, in the reader's language.

argparse takes its texts when a parser is made; here they are exchanged afterwards, in the program and all its commands:
an English text stands at its argument, the same in the catalogue (`help.*`) beside the Japanese one.
"""

from __future__ import annotations

import argparse
import difflib
import functools
import re
import sys
import textwrap
import tomllib
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NoReturn

from rich.cells import cell_len

import so8t_resources
from so8t_engine import typed
from so8t_engine.errors import EXIT_USAGE
from so8t_engine.sentences import ENGLISH, JAPANESE, Sentence, say, sentence, verbatim

REQUIRED = re.compile(r"the following arguments are required: (?P<names>.+)", re.DOTALL)
UNKNOWN = re.compile(r"unrecognized arguments: (?P<names>.+)", re.DOTALL)
CHOICE = re.compile(
    r"argument (?P<name>[^:]+): invalid choice: (?P<value>.+?) \(choose from (?P<choices>.+)\)", re.DOTALL
)
UNBROKEN = re.compile(r"(?:[!-~]+|[^!-~])[、。」ー]*\s*")  # a Latin word; a character, with what begins no line
COUNT = re.compile(r"argument (?P<name>[^:]+): (?P<value>.+) is no whole number from 1 on", re.DOTALL)
VALUE = re.compile(r"argument (?P<name>[^:]+): expected (?:one|at least one) argument")


class JapaneseHelp(argparse.HelpFormatter):
    """argparse counts characters: a Japanese one is two cells wide, and a line may end behind any of them."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _words("usage: ", JAPANESE) if prefix is None else prefix)

    def _format_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None) -> str:
        beyond = cell_len(prefix or "") - len(prefix or "")
        self._width -= beyond
        try:
            return super()._format_usage(usage, actions, groups, prefix)
        finally:
            self._width += beyond

    def _split_lines(self, text: str, width: int) -> list[str]:
        lines = [""]
        for piece in UNBROKEN.findall(" ".join(text.split())):
            if cell_len(lines[-1] + piece.rstrip()) > width:
                lines.append("")
            lines[-1] += piece
        return [line.rstrip() for line in lines]

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return textwrap.indent("\n".join(self._split_lines(text, width - len(indent))), indent)


def asked_for(argv: Sequence[str] | None) -> str | None:
    """What `--lang` says, before anything else is understood: help is shown while the words are still being read."""
    first = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    first.add_argument("--lang", nargs="?")
    try:
        found: str | None = first.parse_known_args(argv)[0].lang
    except (argparse.ArgumentError, SystemExit):
        return None
    return found


def speak(program: argparse.ArgumentParser, language: str) -> None:
    """Exchanges the texts of the program and its commands; each command says in its own help what the list says."""
    for parser in _parsers(program):
        if language == JAPANESE:
            parser.formatter_class = JapaneseHelp
        parser.description = _words(parser.description, language)
        for group in parser._action_groups:
            group.title = _words(group.title, language)
        for action in _all_actions(parser):
            action.help = _words(action.help, language)
        parser.error = functools.partial(_refuse, parser, language)  # type: ignore[method-assign]


def texts(program: argparse.ArgumentParser) -> set[str]:
    """All that its help says, but for names."""
    found: set[str | None] = set()
    for parser in _parsers(program):
        found |= {parser.description, *(group.title for group in parser._action_groups if group._group_actions)}
        found |= {action.help for action in _all_actions(parser)}
    return {text for text in found if text is not None and text != argparse.SUPPRESS}


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            about = {entry.dest: entry.help for entry in action._choices_actions}
            for name, command in action.choices.items():
                command.description = command.description or about.get(name)
                yield from _parsers(command)


def _all_actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            yield from action._choices_actions


def _words(english: str | None, language: str) -> str | None:
    return _catalogue(language).get(english, english) if english is not None else None


@functools.lru_cache(maxsize=4)
def _catalogue(language: str) -> dict[str, str]:
    texts = tomllib.loads(so8t_resources.path("sentences", "help.toml").read_text(encoding="utf-8"))
    return {text[ENGLISH]: text[language] for text in texts.values()}


def _refuse(parser: argparse.ArgumentParser, language: str, message: str) -> NoReturn:
    parser.print_usage(sys.stderr)
    way = say(
        sentence("commands.see_help", program=typed.program(sys.argv[0]) + parser.prog.removeprefix(typed.PROGRAM)),
        language,
    )
    options = {option for one in _parsers(parser) for action in one._actions for option in action.option_strings}
    parser.exit(EXIT_USAGE, f"{parser.prog}: {say(refusal(message, options), language)}\n{way}\n")


def refusal(message: str, options: Collection[str] = ()) -> Sentence:
    """What argparse says of wrong words, with the right one where one is near; what it says otherwise in its own."""
    if found := REQUIRED.fullmatch(message):
        return sentence("commands.argument_missing", names=found["names"])
    if found := UNKNOWN.fullmatch(message):
        given = found["names"].split()[0].partition("=")[0]
        if given.startswith("-") and (near := difflib.get_close_matches(given, options, cutoff=0.7)):
            return sentence("commands.argument_unknown_but_near", names=found["names"], near=near[0])
        return sentence("commands.argument_unknown", names=found["names"])
    if found := CHOICE.fullmatch(message):
        choices = found["choices"].replace("'", "").split(", ")
        value = found["value"].strip("'")
        about = {"name": found["name"], "value": value, "choices": choices}
        if near := difflib.get_close_matches(value, choices):
            return sentence("commands.argument_choice_but_near", **about, near=near[0])
        return sentence("commands.argument_choice", **about)
    if found := COUNT.fullmatch(message):
        return sentence("commands.argument_no_count", name=found["name"], value=found["value"])
    if found := VALUE.fullmatch(message):
        return sentence("commands.argument_without_value", name=found["name"])
    return verbatim(message)
