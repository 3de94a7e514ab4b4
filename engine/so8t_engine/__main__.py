"""`so8t-engine`: the process a window starts. Events as JSON lines out, commands on stdin, end of stdin = pause.

`hello` is written before anything heavy is imported, so a window knows within a fraction of a second that it lives.
The work is done by a child that supervise.py watches and replaces; to the window they are one.
"""

from __future__ import annotations

import os
import sys

from so8t_engine import VERSION, stdout
from so8t_engine.protocol import PROTOCOL_VERSION, Message


def main() -> int:
    words = stdout.take_over()
    emit = stdout.json_lines(words)
    emit(Message("hello", {"protocol": PROTOCOL_VERSION, "version": VERSION, "pid": os.getpid()}))

    from so8t_engine import host  # behind hello: pydantic and yaml take their time

    code = host.engine(sys.argv[1:], emit, words)
    emit(Message("bye", {"exit_code": code}))
    return code


if __name__ == "__main__":
    sys.exit(main())
