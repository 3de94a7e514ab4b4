"""When a session is saved and what becomes of it: the policy over the writer.

A save is due by the wall clock and written in the background; a pause, the end of a step and leaving wait for it
first. One that fails on a busy file is skipped once; a full disk holds the run up at the next save, not before.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from so8t_engine.config.run_config import Checkpoint
from so8t_engine.errors import EngineError, warning
from so8t_engine.protocol import Emit, Message
from so8t_engine.run.checkpoint_writer import Save, Writer, Written
from so8t_engine.run.control import Control
from so8t_engine.sentences import Sentence, in_turn, sentence, to_json
from so8t_engine.session.place import Place

SKIPPED_ONCE = ("disk_permission", "disk_error")

log = logging.getLogger("so8t")


class Saves:
    """When the last save was asked for, how long it took, how often one was skipped. Only the step's thread calls it;
    `due` once after each unit.

    `acknowledge` is told of everything that a power cut cannot take back any more, in order.
    """

    def __init__(
        self,
        place: Place,
        settings: Checkpoint,
        control: Control,
        clock: Callable[[], float],
        emit: Emit,
        acknowledge: Callable[[Written], None],
        background: bool,
    ) -> None:
        self._interval = settings.interval_seconds
        self._control, self._clock = control, clock
        self._emit, self._acknowledge, self._background = emit, acknowledge, background
        self._writer = Writer(place, settings.save_total_limit, control, clock)
        self._last = self._asked = clock()
        self._write_seconds = self._blocked = 0.0
        self._skipped = 0

    def due(self) -> bool:
        """So early that the save is on the disk when the interval is over, going by how long the last one took; and if
        the unit that follows would take as long as the one before, it would be too late behind that.
        """
        now = self._clock()
        unit, self._asked = now - self._asked, now
        return now - self._last >= self._interval - min(self._write_seconds + unit, self._interval / 2)

    def save(self, snapshot: Callable[[], Save]) -> None:
        """Hands a save over; waits for the one before: a slow or full disk costs at most one interval more."""
        started = self._clock()
        self._writer.wait(self.tell)
        self.hear()
        self._last = self._clock()
        save = snapshot()
        if self._background:
            self._writer.start(save)
            self._asked = self._clock()
            self._blocked = self._asked - started
            return
        try:
            written = self._writer.write(save, self.tell)
        except EngineError as error:
            self._skip(error)
            return
        self._asked = self._clock()  # what it took is no part of the unit that follows
        self._note(written, started)

    def keep(self, snapshot: Callable[[], Save]) -> None:
        """As `save`, but on the disk when this returns, unless a busy file let it be skipped."""
        self.save(snapshot)
        self._writer.wait(self.tell)
        self.hear()

    def commit(self, snapshot: Callable[[], Save]) -> None:
        """Everything up to now survives a power cut when this returns."""
        started = self._clock()
        self._writer.wait(self.tell)
        try:
            self.hear()
        except EngineError as error:
            if not error.code.startswith("disk_"):
                raise  # else everything it held is written now
        self._last = self._clock()
        self._note(self._writer.write(snapshot(), self.tell), started)

    def settle(self) -> None:
        """Before the run ends otherwise: the save on its way is finished, or given up where the disk is full."""
        self._control.leave()
        self._writer.wait(self.tell)
        try:
            self.hear()
        except EngineError as error:
            self._warn(error.code, in_turn(error.sentence, sentence("run.save_given_up")))
        except Exception as error:
            log.critical("the save failed", exc_info=error)
            self._warn("unexpected", sentence("run.save_failed", error=f"{type(error).__name__}: {error}"))

    def hear(self) -> None:
        """Takes note of a save that is over, or of what keeps it. Raises what it ended with, unless it is skipped."""
        for error in self._writer.troubles():
            self._warn(error.code, in_turn(error.sentence, sentence("run.save_will_wait")))
        try:
            written = self._writer.take()
        except EngineError as error:
            self._skip(error)
            return
        if written is not None:
            self._note(written)

    def tell(self, error: EngineError) -> None:
        self._emit(Message("waiting", {"code": error.code, "sentence": to_json(error.sentence)}))

    def _note(self, written: Written, started: float | None = None) -> None:
        if started is not None:
            self._blocked = self._clock() - started
        self._acknowledge(written)
        self._write_seconds, self._skipped = written.seconds, 0
        cursor = written.state.cursor
        about: dict[str, object] = {"checkpoint": written.state.checkpoint, "step": cursor.step, "unit": cursor.unit}
        about |= {
            "share": written.state.share,
            "bytes": written.bytes,
            "seconds": written.seconds,
            "blocked_seconds": self._blocked,
        }
        self._emit(Message("saved", about))
        if written.left is not None:
            self._warn("disk_error", written.left)

    def _skip(self, error: EngineError) -> None:
        """A file held by a scanner costs one checkpoint, not the run; twice in a row is a reason to stop."""
        self._skipped += 1
        if error.code not in SKIPPED_ONCE or self._skipped > 1:
            raise error
        self._warn(error.code, in_turn(error.sentence, sentence("run.save_skipped")))

    def _warn(self, code: str, what: Sentence) -> None:
        self._emit(warning(code, what))
