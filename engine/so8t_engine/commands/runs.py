"""`so8t run` and `so8t resume`; what both programs share of starting one is start.py's."""

from __future__ import annotations

import argparse

from so8t_engine.commands import start
from so8t_engine.commands.arguments import Command, Commands
from so8t_engine.commands.printer import Printer
from so8t_engine.errors import warning
from so8t_engine.process import in_this_process
from so8t_engine.process.stop import Stop
from so8t_engine.run import resumption


def add(commands: Commands[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    start.add_run(commands, common)
    start.add_resume(commands, common)


def _run(options: argparse.Namespace, printer: Printer) -> int:
    config = start.load_config(options.file, options.preset, options.set)
    stop = Stop().listen()
    with (
        printer.events(stop.wish) as emit,
        start.new_session(
            config,
            options.data_root,
            emit,
            force=options.force,
            allow_code=options.allow_code,
            beside=options.beside,
        ) as session,
    ):
        stop.says = None if printer.json else printer.about(session).on_stderr
        code = in_this_process.run(session, emit, printer.channel(), stop)
    printer.about(session).unheard(stop.reason)
    return code


def _resume(options: argparse.Namespace, printer: Printer) -> int:
    stop = Stop().listen()
    with start.session_to_resume(options) as session, printer.events(stop.wish) as emit:
        if options.session is None:
            for line in start.others(start.unfinished(session.parent)[1:]):
                emit(warning("others", line))
        stop.says = None if printer.json else printer.about(session).on_stderr
        code = in_this_process.run(session, emit, printer.channel(), stop, resumption.of(options))
    printer.about(session).unheard(stop.reason)
    return code


COMMANDS: dict[str, Command] = {"run": _run, "resume": _resume}
