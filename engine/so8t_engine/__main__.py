"""`so8t-engine`: the process a window runs. Events as JSON lines out, commands on stdin, end of stdin = pause.

`hello` is written before anything heavy is imported, so a window knows within a fraction of a second that it lives.
"""

from __future__ import annotations

import os
import sys
import threading

from so8t_engine import VERSION, stdout
from so8t_engine.protocol import PROTOCOL_VERSION, Message, encode


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

    from so8t_engine import host, supervise  # behind hello: pydantic and yaml take their time

    code = host.engine(sys.argv[1:], emit, supervise.Way(words, json=True, listen=True), supervise.Stop().listen())
    emit(Message("bye", {"exit_code": code}))
    return code


if __name__ == "__main__":
    sys.exit(main())
