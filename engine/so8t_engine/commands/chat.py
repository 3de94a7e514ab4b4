"""`so8t chat`: a talk with what a run made, in the terminal, from a pipe, or one question for a program."""

from __future__ import annotations

import argparse
import locale
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from so8t_engine.commands import start
from so8t_engine.commands.arguments import Command, Commands
from so8t_engine.commands.printer import Printer
from so8t_engine.errors import EXIT_FINISHED, EXIT_INTERRUPTED, EXIT_MODEL, EngineError
from so8t_engine.process import output
from so8t_engine.sentences import sentence
from so8t_engine.session import catalog

if TYPE_CHECKING:  # what reads and writes GGUF files is loaded by this command alone
    from so8t_engine.chat.answerer import Answerer
    from so8t_engine.chat.conversation import Conversation
    from so8t_engine.commands.chat_voice import Voice

LEAVE = ("/exit", "/quit", "/bye")
PROMPT = "> "


def add(commands: Commands[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    chat = commands.add_parser("chat", help="talk with the model that a session made", parents=[common])
    chat.add_argument("session", nargs="?", metavar="SESSION", help="default: the last run that has a GGUF file")
    chat.add_argument("--quant", metavar="TYPE", help="which file answers, e.g. Q8_0 (default: as the report advises)")
    chat.add_argument("--base", action="store_true", help="the base model answers, as it was before training")
    chat.add_argument("--show-thinking", action="store_true", help="show the thoughts, not only their sections' names")
    chat.add_argument("--prompt", metavar="TEXT", help="ask this, print the answer and leave")


def _chat(options: argparse.Namespace, printer: Printer) -> int:
    from so8t_engine.chat import answerer
    from so8t_engine.chat.conversation import Conversation
    from so8t_engine.chat.llama_process import Llama
    from so8t_engine.commands.chat_voice import Voice
    from so8t_engine.export import gguf_choice

    if options.prompt is not None and not options.prompt.strip():
        raise EngineError("usage", sentence("chat.empty_prompt"))
    root = start.sessions_root(options.data_root)
    voice = Voice(printer, options.show_thinking)
    with _leaving_in_order():
        answerer.refuse_while_training(root)
        session = catalog.find(root, options.session) if options.session else gguf_choice.latest(root, voice.notice)
        options.session = session.name
        found = _answerer(options, session, voice)
        by_hand = options.prompt is None and sys.stdin.isatty() and not printer.json
        with Llama(found.file, found.context, found.threads) as llama:
            talk = Conversation(llama, found)
            voice.begins(found, by_hand)
            whole, answered = True, True
            for question in [options.prompt] if options.prompt is not None else _questions(by_hand, voice):
                answerer.refuse_while_training(root)
                try:
                    whole = _answered(talk, question, voice)
                    answered = answered and (printer.json or bool(talk.last.final))  # JSON says so itself
                except EngineError as error:
                    if not by_hand or error.code != "chat_too_long":
                        raise
                    voice.notice(error.sentence)
                if not (whole or by_hand):
                    break
            if by_hand:
                return EXIT_FINISHED
            return EXIT_INTERRUPTED if not whole else EXIT_FINISHED if answered else EXIT_MODEL


def _answerer(options: argparse.Namespace, session: Path, voice: Voice) -> Answerer:
    from so8t_engine.chat import answerer

    if options.base:
        return answerer.base(session, options.quant, voice.notice)
    return answerer.tuned(session, options.quant)


def _answered(talk: Conversation, question: str, voice: Voice) -> bool:
    """Whether it was answered to the end: Ctrl+C ends the answer, and so does a reader who has gone."""
    whole = True
    with _interrupted_by(talk.llama.stop):
        for heard in talk.ask(question):
            voice.heard(heard, talk)
            whole = getattr(heard, "why", "") != "stopped"
            if output.trouble(voice.printer.out) is not None:
                talk.llama.stop()
    return whole


@contextmanager
def _leaving_in_order() -> Iterator[None]:
    """Asked to end, or its terminal closed: the process of llama.cpp and its files are put away first."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    wanted = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    ours = [number for number in wanted if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, leave)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def _interrupted_by(stop: Callable[[], None]) -> Iterator[None]:
    """The first Ctrl+C calls `stop`; another one is a KeyboardInterrupt as ever."""

    def handler(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        stop()

    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _questions(by_hand: bool, voice: Voice) -> Iterator[str]:
    """Line by line, until the end or the word to leave. Empty ones are no questions."""
    for line in _typed(voice) if by_hand else _piped():
        if line.strip() in LEAVE:
            return
        if line.strip():
            yield line.strip()


def _typed(voice: Voice) -> Iterator[str]:
    while True:
        try:
            yield input(PROMPT)
        except EOFError:
            voice.notice(sentence("chat.left"))
            return
        except KeyboardInterrupt:
            voice.notice(sentence("chat.how_to_leave"))


def _piped() -> Iterator[str]:
    """UTF-8, or what this machine writes where it is not that."""
    for line in sys.stdin.buffer:
        try:
            yield line.decode("utf-8-sig")
        except UnicodeDecodeError:
            yield line.decode(locale.getpreferredencoding(False), errors="replace")


COMMANDS: dict[str, Command] = {"chat": _chat}
