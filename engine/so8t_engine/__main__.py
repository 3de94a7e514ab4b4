"""`so8t-engine`: the process a window runs. Events as JSON lines out, commands on stdin, end of stdin = pause.

`hello` is written before anything heavy is imported, so a window knows within a fraction of a second that it lives.
"""

from __future__ import annotations

import io
import os
import sys
import threading
from typing import TextIO

from so8t_engine import VERSION, stdout
from so8t_engine.control import Control
from so8t_engine.protocol import MAX_LINE_BYTES, PROTOCOL_VERSION, Message, decode, encode


def main() -> int:
    words = stdout.take_over()
    gate = threading.Lock()

    def emit(message: Message) -> None:
        try:
            with gate:
                words.write(encode(message))
        except OSError:
            pass  # the reader is gone; the end of stdin has already asked for a pause

    emit(Message("hello", {"protocol": PROTOCOL_VERSION, "version": VERSION, "pid": os.getpid()}))

    from so8t_engine import host  # behind hello: pydantic and yaml take their time

    control = host.new_control()
    threading.Thread(target=_listen, args=(sys.stdin, control), daemon=True).start()
    code = host.engine(sys.argv[1:], emit, control)
    emit(Message("bye", {"exit_code": code}))
    return code


def _listen(stdin: TextIO | None, control: Control) -> None:
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


if __name__ == "__main__":
    sys.exit(main())
