"""The process that does the work of one session, watched over by supervisor.py, which starts it. Not for people.

Output is the first process's own, inherited; standard input is empty. Commands come through a pipe, and what only the
supervisor needs goes through another.
"""

from __future__ import annotations

import argparse
import faulthandler
import logging
import os
import sys
import threading
from pathlib import Path

from so8t_engine import child_pipes, language, offline, standard_streams
from so8t_engine.errors import CODES, EXIT_RETRY
from so8t_engine.process import child_process, output, watchdog
from so8t_engine.protocol import Emit, Message
from so8t_engine.run import resumption
from so8t_engine.run.control import Control, listen
from so8t_engine.sentences import ENGLISH
from so8t_engine.typed import AS_THEY_ARE, Typed

LAST_WORDS = ("finished", "paused", "failed")


def main() -> int:
    parser = argparse.ArgumentParser(prog="so8t_engine.process.worker", description=__doc__)
    parser.add_argument("session", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lang", default=ENGLISH)
    parser.add_argument("--program", default=AS_THEY_ARE.program, help="what people type to call so8t")
    resumption.add_flags(parser)
    parser.add_argument("--patience", type=float, default=1.0)
    arguments = parser.parse_args()
    os.environ[language.VARIABLE] = arguments.lang  # what is written for people: the report
    offline.tell_libraries()
    standard_streams.open_missing()
    pipe, commands = child_process.signs_pipe(), child_process.commands_pipe()
    tell: Emit = watchdog.Signs(pipe, arguments.patience) if pipe is not None else lambda message: None
    control = Control(tell)
    child_process.stay_with_parent()
    _console = child_process.hear_signals(control.pause)
    out = output.take_over()
    faulthandler.enable()
    typed = Typed(arguments.program).reaching(arguments.session)
    channel = output.Channel(out, arguments.json, language=arguments.lang, typed=typed)
    emit = _telling(output.emitter(channel, control.pause), tell)
    if commands is not None:
        threading.Thread(target=listen, args=(child_pipes.lines(commands), control, emit), daemon=True).start()

    from so8t_engine.process import in_this_process  # what may take its time comes after what must not be missed

    return in_this_process.work(arguments.session, emit, control, resumption.of(arguments))


def _telling(emit: Emit, tell: Emit) -> Emit:
    """The supervisor hears how it ended; whether a process that must be replaced is a failure, is its to say."""

    def both(message: Message) -> None:
        if message.name != "failed" or CODES[message.data["code"]] != EXIT_RETRY:
            emit(message)
        if message.name in LAST_WORDS:
            tell(message)

    return both


def leave(code: int) -> None:
    """At once: what libraries do at the end of a process (CUDA, threads) may hang or crash, and all is saved."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            pass
    os._exit(code)


if __name__ == "__main__":
    leave(main())
