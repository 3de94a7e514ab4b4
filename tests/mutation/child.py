"""Run by a process that a traced test starts (touched.py), before anything else: names each of our functions once."""

import json
import os
import sys
import threading

_SOURCES = tuple(
    os.path.join(os.path.dirname(os.environ["SO8T_MUTATION_TOLD_BY"]), "..", "..", *half)  # noqa: PTH118, PTH120
    for half in (("engine", "so8t_engine"), ("gui", "so8t_gui"))
)
_OURS = tuple(os.path.realpath(source) for source in _SOURCES)
_SEEN = set()


def _tell(frame, event, argument):  # type: ignore[no-untyped-def]
    code = frame.f_code
    if code in _SEEN or not code.co_flags & 1 or not code.co_filename.startswith(_OURS):  # 1: a function
        return None
    _SEEN.add(code)
    lines = sorted({line for _, _, line in code.co_lines() if line})
    row = json.dumps([os.environ.get("PYTEST_CURRENT_TEST", ""), code.co_filename, lines]) + "\n"
    name = os.path.join(os.environ["SO8T_MUTATION_TOLD"], str(os.getpid()))  # noqa: PTH118
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(handle, row.encode())
    os.close(handle)
    return None


threading.settrace(_tell)
sys.settrace(_tell)
