"""What strikes the toy's process in its train step: it hangs, is stopped, crashes, or its GPU fails."""

from __future__ import annotations

import os
import signal
import time

from crash import toy
from so8t_engine.run.context import Context


class AcceleratorError(RuntimeError):
    """Named as torch's own, which is not loaded here."""


def spinning_at_the_mill() -> None:
    """Busy without end, the GIL held most of the time."""
    number = 0
    while True:
        number += 1


def fail_gpu() -> None:
    raise AcceleratorError(
        "CUDA error: unspecified launch failure\nCUDA kernel errors might be asynchronously reported"
    )


def no_memory() -> None:
    raise RuntimeError("[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: can't allocate memory: you tried ...")


def kill_oneself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def wait_long() -> None:
    time.sleep(3600)


TROUBLES = {
    "stop": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    "spin": spinning_at_the_mill,
    "gpu": fail_gpu,
    "memory": no_memory,
    "kill": kill_oneself,
    "sleep": wait_long,
}


def install(trouble: str) -> None:
    toy.install()
    if not trouble:
        return
    kind, _, rest = trouble.partition("@")
    place, _, always = rest.partition("/")
    tick = Context.tick

    def struck(self: Context, cursor, *more, **named) -> None:  # type: ignore[no-untyped-def]
        mark = self.session.parent / "struck"
        if cursor.step == "train" and cursor.unit == int(place) and (always or not mark.exists()):
            mark.touch()
            TROUBLES[kind]()
        tick(self, cursor, *more, **named)

    Context.tick = struck  # type: ignore[method-assign]
