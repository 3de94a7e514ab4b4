"""The process that does the work: started, watched and replaced by supervise.py; never by hand.

It speaks on standard output (JSON lines, or for people), hears commands on standard input, and pauses at its end.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from so8t_engine import host, orphans, stdout
from so8t_engine.context import PROGRESS, Emit
from so8t_engine.control import Control, listen
from so8t_engine.display import Display
from so8t_engine.errors import CODES, EXIT_RETRY
from so8t_engine.protocol import Message

DUMP_AFTER = 0.9  # of the time after which the supervisor ends a silent process


class Signs:
    """Passes events on and shows that the process lives. Has state because the dump is put off again and again."""

    def __init__(self, emit: Emit, session: Path, stuck_seconds: float) -> None:
        self._emit, self._session, self._stuck_seconds = emit, session, stuck_seconds
        self._armed = float("-inf")

    def __call__(self, message: Message) -> None:
        if message.name == "failed" and CODES[message.data["code"]].exit_code == EXIT_RETRY:
            return  # the supervisor has the last word on that
        self._emit(message)
        if message.name == "waiting":  # a full disk is no hang
            try:
                os.utime(self._session / PROGRESS)
            except OSError:
                pass
        now = time.monotonic()
        if message.name in ("progress", "waiting") and now - self._armed >= 1.0:
            self._armed = now
            faulthandler.dump_traceback_later(DUMP_AFTER * self._stuck_seconds, file=sys.__stderr__ or sys.stderr)


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    orphans.die_with(arguments.parent)
    words = stdout.take_over()
    display = Display(words) if arguments.words == "display" else None
    emit = Signs(display or stdout.json_lines(words), arguments.session, arguments.stuck_seconds)
    faulthandler.enable(file=sys.__stderr__ or sys.stderr)
    control = new_control()
    threading.Thread(target=listen, args=(sys.stdin, control), daemon=True).start()
    try:
        return host.run(
            arguments.session, emit, control, arguments.from_start, arguments.accept_changes, arguments.cause
        )
    finally:
        faulthandler.cancel_dump_traceback_later()
        if display is not None:
            display.close()


def new_control() -> Control:
    """SIGTERM pauses after a commit; Ctrl+C is the supervisor's to hear."""
    control = Control()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: control.pause("the system asked to stop"))
    return control


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="so8t-worker", description=__doc__)
    parser.add_argument("session", type=Path)
    parser.add_argument("--words", choices=["json", "display"], default="json")
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--stuck-seconds", type=float, required=True)
    parser.add_argument("--cause", default=None)
    parser.add_argument("--from-start", action="store_true")
    parser.add_argument("--accept-changes", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
