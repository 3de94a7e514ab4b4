"""The process that does the work of one session, watched over by supervise.py, which starts it. Not for people.

Output and stdin are the first process's own, inherited; what only the supervisor needs goes through a pipe.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import logging
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from so8t_engine import kin, stdout, watchdog
from so8t_engine.control import Control
from so8t_engine.errors import CODES, EXIT_RETRY
from so8t_engine.protocol import MAX_LINE_BYTES, Message, decode

LAST_WORDS = ("finished", "paused", "failed")

Emit = Callable[[Message], None]


def main() -> int:
    parser = argparse.ArgumentParser(prog="so8t_engine.worker", description=__doc__)
    parser.add_argument("session", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--listen", action="store_true", help="commands on stdin; its end means pause")
    parser.add_argument("--from-start", action="store_true")
    parser.add_argument("--accept-changes", action="store_true")
    parser.add_argument("--patience", type=float, default=1.0)
    arguments = parser.parse_args()
    pipe = kin.signs_pipe()
    tell: Emit = watchdog.Signs(pipe, arguments.patience) if pipe is not None else lambda message: None
    control = Control(tell)
    kin.stay_with_parent(control.pause)
    kin.hear_signals(control.pause)
    out = stdout.take_over()
    faulthandler.enable()
    if arguments.listen:
        threading.Thread(target=listen, args=(sys.stdin, control), daemon=True).start()

    from so8t_engine import host  # what may take its time comes after what must not be missed

    emit = _telling(host.emitter(out, arguments.json, control.pause), tell)
    return host.work(arguments.session, emit, control, arguments.from_start, arguments.accept_changes)


def _telling(emit: Emit, tell: Emit) -> Emit:
    """The supervisor hears how it ended; whether a process that must be replaced is a failure, is its to say."""

    def both(message: Message) -> None:
        if message.name != "failed" or CODES[message.data["code"]].exit_code != EXIT_RETRY:
            emit(message)
        if message.name in LAST_WORDS:
            tell(message)

    return both


def listen(stdin: TextIO | None, control: Control) -> None:
    """Commands of the window, until it closes."""
    if isinstance(stdin, io.TextIOWrapper):
        stdin.reconfigure(encoding="utf-8", errors="replace")
    while stdin is not None and (line := stdin.readline(MAX_LINE_BYTES + 1)):
        command = decode(line)
        if command is None:
            continue
        if command.name == "pause":
            control.pause("asked by the window")
        elif command.name == "save":
            control.save()
    control.pause("the window closed")


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
