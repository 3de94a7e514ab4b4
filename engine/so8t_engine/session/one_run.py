"""One run at a time in a folder of sessions: held from before it is looked whether another runs, until this one ends.

Without it two that start in the same instant would look at once, and each would see no other: a session is held only
when its worker has begun, seconds later.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence
from so8t_engine.session import catalog, lock

NAME = "run.lock"
WAIT_SECONDS = 20.0  # for one that is about to run to hold its session, or to leave
LOOK_SECONDS = 0.05


def refuse_beside(root: Path, session: Path | None = None) -> None:
    """Raises EngineError another_runs. That `session` itself runs already, it says by itself."""
    running = catalog.running(root)
    if running is not None and running != session:
        raise EngineError("another_runs", sentence("session.another_runs", session=catalog.entry(running).called))


@contextmanager
def held(root: Path, session: Path | None = None, *, beside: bool = False) -> Iterator[None]:
    """The folder, which is there, for a run of `session`, or of one that is still to be made.

    `beside`: also while another runs; who comes later is refused all the same. Raises EngineError another_runs.
    """
    ends = time.monotonic() + WAIT_SECONDS
    with ExitStack() as kept:
        while not kept.enter_context(lock.of_file(root / NAME)) and not beside:
            refuse_beside(root, session)
            if catalog.running(root) is not None:
                break  # `session` itself
            if time.monotonic() > ends:
                raise EngineError("another_runs", sentence("session.another_starts", root=root))
            time.sleep(LOOK_SECONDS)
        if not beside:
            refuse_beside(root, session)
        yield
