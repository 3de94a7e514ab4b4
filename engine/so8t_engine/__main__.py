"""`so8t-engine`: the process a window runs. Events as JSON lines out, commands on stdin, end of stdin = pause.

`hello` is written before anything heavy is imported, so a window knows within a fraction of a second that it lives.
"""

from __future__ import annotations

import os
import sys

from so8t_engine import VERSION, language, offline, standard_streams
from so8t_engine.process import output
from so8t_engine.protocol import PROTOCOL_VERSION, Message


def main() -> int:
    offline.tell_libraries()
    out = output.take_over()
    channel = output.Channel(out, json=True, commands=standard_streams.take_stdin(), language=language.chosen(None))
    emit = output.emitter(channel)  # where the reader is gone, the end of stdin asks for a pause
    emit(Message("hello", {"protocol": PROTOCOL_VERSION, "version": VERSION, "pid": os.getpid()}))

    from so8t_engine.commands import start
    from so8t_engine.process.stop import Stop  # behind hello: pydantic and yaml take their time

    code = start.engine(sys.argv[1:], emit, channel, Stop().listen())
    emit(Message("bye", {"exit_code": code}))
    return code


if __name__ == "__main__":
    sys.exit(main())
