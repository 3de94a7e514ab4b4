"""What a step gets to work with: restart points in, durable state out.

A step says where it could restart (`tick`); the context decides when a commit is due (by the wall clock, at a
pause, at the end of a step). Its state: the cursor, the history entries not yet saved, the time of the last tick.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from so8t_engine.config.run_config import RunConfig
from so8t_engine.errors import EngineError, warning
from so8t_engine.protocol import Emit, Message
from so8t_engine.run import adjustments, eta, gpu_energy, hang_timeout, last_state
from so8t_engine.run.checkpoint_writer import Save, Written
from so8t_engine.run.control import Control
from so8t_engine.run.save_policy import Saves
from so8t_engine.run.step_context import Payload, StepContext, T
from so8t_engine.run.wait_for_space import patiently
from so8t_engine.sentences import Sentence, sentence, to_json
from so8t_engine.session import durable, live_progress, manifest, recovery, sealed_folder, share, store, timeline
from so8t_engine.session.config_seal import ConfigSeal
from so8t_engine.session.place import Place
from so8t_engine.session.sealed_folder import Digest, Fill
from so8t_engine.session.state import Cursor, Work, wall_clock

PROGRESS = live_progress.NAME
PROGRESS_SECONDS = 0.2
HEARTBEAT_SECONDS = 1.0


class Paused(Exception):
    """Committed and at rest; the pipeline turns it into the `paused` event."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__()  # without a text, in which the words of a disk's trouble would be looked for
        self.reason = reason


class Context(StepContext):
    """One run of one session. `step`s call begin, tick, point, mark, write, warn and result.

    With `background`, a save that is due is written while the step goes on (save_policy.py); what became of it is heard
    of, told and acknowledged at the next tick, in the step's own thread. Everything else waits for it first.
    """

    def __init__(
        self,
        session: Path,
        config: RunConfig,
        recovered: recovery.Recovered,
        emit: Emit,
        control: Control,
        guesses: Mapping[str, float] | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], str] = wall_clock,
        accept_changes: bool = False,
        background: bool = True,
        place: Place | None = None,
        kin: Mapping[str, str] = eta.NO_KIN,
        before: Mapping[str, float] = eta.NOT_BEFORE,
    ) -> None:
        self.session = session
        self.place = place or Place(session)
        self.config = config
        self.state = self.acknowledged = recovered.state
        self.emit = emit
        self.accept_changes = accept_changes
        self._folder = recovered.folder
        self._control = control
        self._guesses, self._kin, self._before = dict(guesses or {}), kin, before
        self._clock, self._now = clock, now
        self._pending: list[dict[str, Any]] = []
        self._last_tick, self._last_event, self._last_beat = clock(), float("-inf"), float("-inf")
        self._kind, self._waiting, self._loaded = eta.SETUP, False, False
        self._moments = timeline.Moments(session)
        self._saves = Saves(self.place, config.checkpoint, control, clock, self._tell, self._acknowledge, background)
        self._loading()

    @property
    def session_id(self) -> str:
        return self.state.session

    @property
    def cursor(self) -> Cursor:
        return self.state.cursor

    @property
    def results(self) -> Mapping[str, Any]:
        return self.state.results

    @property
    def adjustments(self) -> Mapping[str, float]:
        return self.state.adjustments

    def checkpoint(self) -> Path | None:
        """The folder with this step's own last payload; None at the beginning of a step, unless it is begun again."""
        return self._folder if self.state.cursor.unit > 0 or manifest.lists_any(self._folder) else None

    def loads(self) -> None:
        """The step begins to load what it needs: what is known of the run is said meanwhile."""
        self._kind = eta.SETUP
        self._look_on({})
        self.emit(Message("progress", self._progress() | {"metrics": {}}))

    def begin(self, totals: Mapping[str, int]) -> None:
        """The step has loaded what it needs: from here its units are timed. `totals`: units by kind.

        May be called again within a step, when a total turns out otherwise. What is loaded once more is no active time.
        """
        step, setup = self.state.cursor.step, f"{self.state.cursor.step}/{eta.SETUP}"
        kept = {key: total for key, total in self.state.totals.items() if eta.step_of(key) != step}
        kept |= {f"{step}/{kind}": total for kind, total in totals.items()} | {setup: 1}
        work = dict(self.state.work)
        if work.get(setup, Work()).count == 0:
            work[setup] = Work(1, self._clock() - self._last_tick)
        elif not self._loaded:
            self._last_tick = self._clock()
        self._loaded = True
        self.state = self.state.changed(totals=kept, work=work)
        self.spend()
        self._loading()

    def expect(self, totals: Mapping[str, int]) -> None:
        """Units by "step/kind" of steps that come, known better than by the first guess."""
        self.state = self.state.changed(totals={**self.state.totals, **totals})

    def point(self, **values: Any) -> int:
        """One history entry (it is durable with the next commit). Returns its number. No clock values here."""
        return self._enter("point", values)

    def mark(self, mark: str, **values: Any) -> int:
        """A phase transition, an exactness break: an entry of its own in the history."""
        return self._enter("mark", {"mark": mark, **values})

    def tick(
        self,
        cursor: Cursor,
        kind: str,
        metrics: Mapping[str, Any] | None = None,
        payload: Payload = dict,
        keep: bool = False,
    ) -> None:
        """One unit of `kind` is done and the step could restart at `cursor` given `payload`.

        `payload` is called only when a save is due: it copies what it needs and returns file name -> content. `keep`:
        it is due now, and waited for, as doing such a unit again would cost more than saving it. Raises Paused after a
        commit that was asked for, EngineError disk_* when saving is impossible, and what the save before ended with.
        """
        self.place.check()
        key = f"{cursor.step}/{kind}"
        seconds = self.spend()
        work = self.state.work | {key: self.state.work.get(key, Work()).plus(seconds)}
        self.state = self.state.changed(cursor=cursor, work=work)
        self._control.alive(hang_timeout.of_next_unit(self.state, self.config.runtime.stuck_seconds))
        reason = self._control.pause_reason
        self._report(kind, dict(metrics or {}), last=reason is not None)
        if reason is not None:
            self.commit(payload)
            raise Paused(reason)
        if keep or self._control.save_wanted or self._saves.due():
            self._control.save_wanted = False
            save = self._saves.keep if keep else self._saves.save
            save(lambda: self._snapshot(payload))
        else:
            self._saves.hear()

    def write(self, path: Path, data: bytes) -> None:
        """An output file of the step, old or new at any instant. Waits while the disk is full."""

        def write() -> None:
            durable.make_folder(path.parent, below=self.session)
            durable.replace(path, data)

        self._patiently(write)

    def publish(
        self,
        folder: Path,
        fill: Fill,
        about: Mapping[str, Any],
        computed: Mapping[str, Digest] | None = None,
        readable: bool = False,
    ) -> None:
        """An output folder of the step, whole or not there (sealed_folder.py). Waits while the disk is full.

        `fill` may be called again: it writes the same files each time. Raises EngineError disk_* and
        what `fill` raises.
        """

        def filled(part: Path) -> None:
            fill(part)
            self.place.check()  # libraries make the folders they write to, with all above them

        try:
            self._patiently(lambda: sealed_folder.publish(folder, filled, about, computed, readable))
        except EngineError as error:
            if error.code == "session_gone":
                durable.remove_empty(self.session)
            raise

    def fetch(self, read: Callable[[], T], cache: Path) -> T:
        """What `read` gives, which may download to `cache`, outside of the session. Waits while that disk is full.

        `read` may be called again. Raises EngineError disk_* and what `read` raises.
        """
        got: list[T] = []
        there = next((folder for folder in (cache, *cache.parents) if folder.is_dir()), self.session)
        patiently(lambda: got.append(read()), there, self._control, self._saves.tell)
        self._goes_on()
        return got[-1]

    def _patiently(self, write: Callable[[], None]) -> None:
        """Every write of a step but for its checkpoints, which wait in the same way (checkpoint_writer.py)."""

        def kept() -> None:
            with self.place.kept():
                write()

        patiently(kept, self.session, self._control, self._saves.tell)
        self._goes_on()

    def result(self, key: str, value: Any) -> None:
        """A small JSON value that outlives the step (a digest, a path, a figure), kept in the state."""
        self.state = self.state.changed(results=self.state.results | {key: value})

    def warn(self, code: str, what: Sentence) -> None:
        """Something the user should know; the run goes on. `code` is the warning's kind."""
        self.emit(warning(code, what))

    def say(self, kind: str, metrics: Mapping[str, Any]) -> None:
        """Progress inside a long unit: for the display only, no restart point."""
        self._report(kind, dict(metrics))

    def wait(self, seconds: float) -> None:
        """Waits for something outside (a network). Raises Paused where a pause is asked for: the last commit stands."""
        self._control.wait(seconds)
        if self._control.pause_reason is not None:
            raise Paused(self._control.pause_reason)

    def check_source(self, key: str, digest: str, what: Sentence) -> None:
        """Refuses to go on with other input than before. Raises EngineError source_changed."""
        before = self.state.results.get(key)
        if before is not None and before != digest:
            why = sentence("run.source_changed", what=what)
            if not self.accept_changes:
                raise EngineError("source_changed", why)
            self.mark("exactness_break", why=to_json(why))
        self.result(key, digest)

    def commit(self, payload: Payload = dict) -> None:
        """Makes everything up to the cursor survive a power cut before it returns."""
        self._saves.commit(lambda: self._snapshot(payload))

    def commit_finished(self, payload: Payload) -> None:
        """Before a step gives up: the units it has finished since the last commit are kept."""
        if self.state.cursor != self.acknowledged.cursor:
            self.commit(payload)

    def note_adjustments(self) -> None:
        """Tells the user and the history, once, that from here on the run goes on otherwise than configured."""
        if self.state.adjustments == self.state.noted:
            return
        why = adjustments.described(self.state.adjustments)
        self.mark("exactness_break", why=to_json(why))
        self.warn("exactness_break", sentence("run.adjusted", why=why))
        self.state = self.state.changed(noted=self.state.adjustments)

    def accept_config(self, seal: ConfigSeal, why: Sentence) -> None:
        """From here on the session is made with this configuration: known to the history and the next commit."""
        self.mark("exactness_break", why=to_json(why))
        self.warn("exactness_break", why)
        self.state = self.state.changed(config=seal)

    def go_to(self, cursor: Cursor, status: str = "running") -> None:
        """The end of a step: commits the beginning of the next. When its last point was made is said before."""
        self._report(self._kind, {}, last=True)
        self.spend()
        self._advance()
        self.state = self.state.changed(cursor=cursor, status=status)
        self._loaded = False
        self._loading()
        self.commit()
        self._folder = None

    def set_status(
        self, status: str, reason: dict[str, Any] | None = None, error: dict[str, Any] | None = None
    ) -> None:
        """What became of this run, written beside the last acknowledged cursor (not the cursor in memory)."""
        self._saves.settle()
        self.acknowledged = self.acknowledged.changed(status=status, reason=reason, error=error, updated=self._now())
        self._write_state()

    def leave_word(self, reason: dict[str, Any], error: dict[str, Any]) -> None:
        """Its folder was moved while it ran: where it lies now, if that is known, it says why it stands still."""
        self._control.leave()
        now = self.place.now()
        if now is not None:
            state = self.acknowledged.changed(status="paused", reason=reason, error=error, updated=self._now())
            store.write_state(now, state)

    def adjust(self, changed: Mapping[str, float]) -> None:
        """From the next start on the session runs with these (adjustments.py), from its last acknowledged cursor."""
        self._saves.settle()
        self.acknowledged = self.acknowledged.changed(adjustments=dict(changed))
        self._write_state()

    def _write_state(self) -> None:
        self.place.check()
        last_state.write(self.session, self.acknowledged)

    def _tell(self, message: Message) -> None:
        """What is said about saves; that the run waits is left for people looking on from another process too."""
        self.emit(message)
        if message.name == "waiting":
            self._waiting = True
            self._look_on({"waiting": message.data["sentence"]})
        elif message.name == "saved":
            self._goes_on()

    def _goes_on(self) -> None:
        if self._waiting:
            self._waiting = False
            self._look_on({})

    def _loading(self) -> None:
        """Until the first unit of a step in this process is done, nobody knows how long things take."""
        self._control.alive(hang_timeout.while_loading(self.config.runtime.stuck_seconds))

    def _snapshot(self, payload: Payload) -> Save:
        """This moment, to be written while the step goes on."""
        return Save(self.state.changed(updated=self._now()), tuple(self._pending), payload())

    def _acknowledge(self, written: Written) -> None:
        """The state in memory may be further by now and only learns where the last save stands."""
        saved = self.acknowledged = written.state
        self.state = self.state.changed(
            checkpoint=saved.checkpoint, points=saved.points, history_bytes=saved.history_bytes,
            history_crc=saved.history_crc,
        )  # fmt: skip
        del self._pending[: len(written.save.entries)]
        self.place.check()
        timeline.add(self.session, saved.points, saved.active_seconds, gpu_energy.joules())

    def _enter(self, kind: str, values: Mapping[str, Any]) -> int:
        number = self.state.points + len(self._pending) + 1
        self._pending.append({"number": number, "kind": kind, **values})
        self.emit(Message(kind, {"number": number, **values}))
        return number

    def spend(self) -> float:
        """Active seconds since the last restart point, added to the session's."""
        now = self._clock()
        seconds = max(0.0, now - self._last_tick)
        self._last_tick = now
        state, step = self.state, self.state.cursor.step
        by_step = state.step_seconds | {step: state.step_seconds.get(step, 0.0) + seconds}
        self.state = state.changed(active_seconds=state.active_seconds + seconds, step_seconds=by_step)
        return seconds

    def _advance(self) -> None:
        """The share is counted on only where it is written at once: what was shown once must be found again."""
        left = eta.remaining(self.state.work, self.state.totals, self._guesses, self._kin, self._before)
        self.state = share.advance(self.state, sum(left.values()))

    def _report(self, kind: str, metrics: dict[str, Any], last: bool = False) -> None:
        """The `last` of a run that pauses is always said: it stays to be read beside the history, which ends there."""
        now = self._clock()
        if now - self._last_event < PROGRESS_SECONDS and not last:
            return
        self._last_event, self._kind = now, kind
        if now - self._last_beat >= HEARTBEAT_SECONDS or last:
            self._advance()
            self._look_on({"metrics": metrics})  # before it is said: what was shown is found again after a cut
            if self.place.is_surely_there():
                self._moments.note(self.state.points + len(self._pending), self.state.active_seconds, last)
        self.emit(Message("progress", self._progress() | {"metrics": metrics}))

    def _progress(self) -> dict[str, Any]:
        """Active seconds measure all work so far and what of it a cut would cost: not what is loaded, again anyway."""
        points = self.state.points + len(self._pending)
        active = self.state.active_seconds + (self._clock() - self._last_tick if self._loaded else 0.0)
        told = eta.snapshot(self.state, self._kind, self._guesses, points, self._kin, self._before)
        unsaved = active - self.acknowledged.active_seconds - eta.loaded(self.state, self.acknowledged)
        return told | {"active_seconds": active, "unsaved_seconds": max(0.0, unsaved)}

    def _look_on(self, more: Mapping[str, Any]) -> None:
        """The progress file, for people looking on from another process."""
        self._last_beat = self._clock()
        about = {"run": self.state.run, "step": self.acknowledged.cursor.step, "metrics": {}}  # the step others know of
        about["loaded_seconds"] = eta.loaded(self.state, self.acknowledged)
        data = json.dumps(self._progress() | about | dict(more)).encode()
        if self.place.is_surely_there():
            live_progress.leave(self.session, data)
