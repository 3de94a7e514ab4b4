"""Writes saves, one at a time, in a thread of its own while training goes on; or at once, in the caller's.

A save holds everything of the moment it was asked for; the thread serialises, hashes, writes, flushes, renames and
retains. What became of it is told to the training thread when that asks: nothing else is shared between the two.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from so8t_engine.errors import EngineError
from so8t_engine.run.control import Control
from so8t_engine.run.wait_for_space import patiently
from so8t_engine.sentences import Sentence, of_error, sentence
from so8t_engine.session import durable, history, store, verification
from so8t_engine.session.place import Place
from so8t_engine.session.state import PipelineState

LOOK_SECONDS = 0.1

Tell = Callable[[EngineError], None]


@dataclass(frozen=True)
class Save:
    """What is to be written: the state, the history entries not yet on the disk and the payload of one moment."""

    state: PipelineState
    entries: tuple[dict[str, Any], ...]
    payload: store.Files


@dataclass(frozen=True)
class Written:
    """`state` is acknowledged: a power cut cannot take it back. `left` says why old checkpoints are still there."""

    save: Save
    state: PipelineState
    bytes: int
    seconds: float
    left: Sentence | None = None


class Writer:
    """At most one save on its way: its thread, the trouble it met and has told of, how it ended.

    The thread is a daemon: a writer that hangs must not keep a process alive that wants to leave, and leaving in the
    middle of a write costs nothing that was acknowledged.
    """

    def __init__(self, place: Place, keep: int, control: Control, clock: Callable[[], float]) -> None:
        self._place, self._session, self._keep = place, place.session, keep
        self._control, self._clock = control, clock
        self._thread: threading.Thread | None = None
        self._over = threading.Event()
        self._met: list[EngineError] = []
        self._told = 0
        self._written: Written | None = None
        self._error: BaseException | None = None

    def start(self, save: Save) -> None:
        """Only when none is on its way: `take` has returned the last one, or raised."""
        assert self._thread is None
        self._over.clear()
        self._met, self._told = [], 0
        self._thread = threading.Thread(target=self._run, args=(save,), name="save", daemon=True)
        self._thread.start()

    def write(self, save: Save, tell: Tell) -> Written:
        """In the caller's thread. `tell` hears of a full disk each time it is met. Raises what `take` raises."""
        started, prefix = self._clock(), verification.prefix_of(save.state)
        state, size = save.state, 0

        def counted(content: store.Content) -> Iterator[durable.Chunk]:
            nonlocal size
            for chunk in store.chunks(content):
                size += len(chunk)
                yield chunk

        def commit() -> None:
            with self._place.kept():
                save_it()

        def save_it() -> None:
            nonlocal state, size
            size = 0
            grown = history.extend(self._session / history.NAME, prefix, list(save.entries))
            bound = save.state.changed(points=grown.points, history_bytes=grown.bytes, history_crc=grown.crc)
            contents = {name: functools.partial(counted, content) for name, content in save.payload.items()}
            state = store.commit(self._session, bound, contents, self._place.is_there)

        patiently(commit, self._session, self._control, tell)
        seconds, left = self._clock() - started, None
        try:
            self._place.check()  # in another folder put in its place nothing is removed
            store.retain(self._session, self._keep)
        except (EngineError, OSError) as error:  # housekeeping: what was just saved stands; the next save tries again
            left = sentence("run.old_checkpoints_left", error=of_error(error))
        return Written(save, state, size, seconds, left)

    def wait(self, tell: Tell) -> None:
        """Until no save is on its way. `tell` hears at once, and again each time, why it does not get on."""
        if self._thread is None:
            return
        self._told = min(self._told, max(0, len(self._met) - 1))
        while self._thread is not None and not self._over.wait(LOOK_SECONDS):
            for error in self.troubles():
                tell(error)

    def troubles(self) -> list[EngineError]:
        """What the save on its way has met since this was asked last."""
        new = self._met[self._told :]
        self._told += len(new)
        return new

    def take(self) -> Written | None:
        """A save that is over, once; None where there is none. Raises what it ended with."""
        if self._thread is None or not self._over.is_set():
            return None
        self._thread.join()
        written, error = self._written, self._error
        self._thread = self._written = self._error = None
        if error is not None:
            raise error
        return written

    def _run(self, save: Save) -> None:
        try:
            self._written = self.write(save, self._met.append)
        except BaseException as error:  # noqa: BLE001  raised again in the training thread
            self._error = error
        finally:
            self._over.set()
