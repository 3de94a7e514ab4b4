"""Runs a session's five steps from its cursor; turns every way of ending into a state, an event and an exit code."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from so8t_engine import garbage, paths
from so8t_engine.errors import EXIT_FINISHED, EXIT_PAUSED, EngineError, as_json, failed, warning
from so8t_engine.protocol import STEPS, Emit, Message
from so8t_engine.run import (
    adjustments,
    evaluation_again,
    failures,
    gpu_energy,
    past_sessions,
    session_config,
)
from so8t_engine.run.context import PROGRESS, Context, Paused
from so8t_engine.run.control import Control
from so8t_engine.run.resumption import GOES_ON, Resumption
from so8t_engine.sentences import Sentence, first_line, from_json, in_turn, sentence, to_json
from so8t_engine.session import (
    display_name,
    durable,
    history,
    incidents,
    layout,
    lock,
    place,
    recovery,
    results,
    scratch,
    set_aside,
    share,
    start_counter,
    store,
    timeline,
    told,
    verification,
)  # fmt: skip
from so8t_engine.session.state import Cursor, PipelineState, wall_clock

log = logging.getLogger("so8t")


SENTENCES = {"out_of_memory": "run.out_of_memory", "device_error": "run.device_error"}


def run_session(
    session: Path,
    emit: Emit,
    control: Control,
    asked: Resumption = GOES_ON,
    clock: Callable[[], float] = time.monotonic,
    now: Callable[[], str] = wall_clock,
) -> int:
    """Runs until finished, paused or failed; returns the process's exit code.

    Everything that goes wrong is an event; only what cannot be attributed to this session (it is locked, newer,
    damaged beyond its checkpoints) is raised as EngineError before the session is touched.
    """
    verification.refuse_links(session)  # before the first write into it
    owner = {"pid": os.getpid(), "parent": os.getppid(), "boot": paths.boot_id(), "since": now()}
    before = lock.read_owner(session)
    scratch.sweep()
    with place.held(session) as where, lock.held(session, owner):
        for name in (history.NAME, incidents.NAME):  # appended to and cut in place
            durable.unshare(session / name)
        emit = told.keeping(where, emit, now, watched=True)
        if asked.from_start:
            _start_over(session, asked.accept_changes)
        with where.kept():
            context, ended = _open(where, emit, control, before, asked, clock, now)
        try:
            with (
                where.kept(),
                durable.translated(session),
            ):  # what a library meets on the disk while it writes into a `.part` folder
                _run_steps(context, ended)
        except Paused as pause:
            return _rest(context, pause.reason, now)
        except EngineError as error:
            log.error("%s: %s", error.code, error.detail, exc_info=error)
            if error.code == "disk_full" and control.pause_reason is not None:
                return _rest(context, control.pause_reason, now, error)
            return _fail(context, _changed_course(context, error))
        except Exception as error:
            log.critical("unexpected", exc_info=error)
            code = failures.classify(error)
            if code is not None:
                why = sentence(SENTENCES[code], error=first_line(error))
                return _fail(context, _changed_course(context, EngineError(code, why)))
            what = f"{type(error).__name__}: {error}"
            why = sentence("run.unexpected", step=context.state.cursor.step, error=what)
            return _fail(context, EngineError("unexpected", why))
        emit(results.finished(session, context.state.results))
        return EXIT_FINISHED


def _open(
    where: place.Place,
    emit: Emit,
    control: Control,
    before: dict[str, object],
    asked: Resumption,
    clock: Callable[[], float],
    now: Callable[[], str],
) -> tuple[Context, bool]:
    """Recovers the session, records the interruption if there was one, and marks it as running.

    Also says whether all steps were done before the cut.
    """
    session = where.session
    away = verification.gone(session, verification.read_pointer(session)[0])  # until the state is written anew
    recovered = recovery.recover(session, asked.accept_changes)
    if asked.evaluate_again:
        recovered = evaluation_again.begin(session, recovered, asked.accept_changes)
    state = recovered.state
    if state.status == "finished":
        raise EngineError("session_finished", sentence("session.finished", session=session.name))
    file = session_config.read(session, state.config)
    session_config.refuse_changes(session, file, asked.accept_changes)
    missing = [] if away is None else [sentence("session.checkpoint_missing", checkpoint=away)]
    notes = (*recovered.notes, *missing, *session_config.put_back(session, file))
    cause = incidents.cause(before, boot_now=paths.boot_id(like=before.get("boot")))
    heartbeat = incidents.heartbeat(session, PROGRESS)
    incident = incidents.describe(state, notes, heartbeat, cause, now())
    if incident is not None:
        incidents.record(session, incident)
    config = adjustments.settings(file.config, state.adjustments)
    guess = past_sessions.guess(config, session.parent, session.name)
    state = share.caught_up(state, heartbeat).changed(
        status="running", run=state.run + 1, reason=None, error=None, updated=now(),
        started=start_counter.next_number(session.parent), totals=state.totals or guess.totals,
        config=state.config or file.seal, step_seconds=share.step_seconds(state),
    )  # fmt: skip
    store.write_state(session, state)
    where.holds(store.STATE)
    timeline.mark(session, "began", _moment(state, state.updated))
    title = display_name.of(session) or config.name
    about = {"session": session.name, "title": title, "path": str(session), "status": "running"}
    so_far = {"share": state.share, "step_seconds": state.step_seconds}
    emit(Message("session", {**about, **_where(state.cursor), **so_far}))
    if incident is not None:
        emit(Message("incident", incident))
    for note in notes:
        log.warning("recovery: %s", note)
    for mark in recovered.marks:
        emit(Message("mark", {name: value for name, value in mark.items() if name != "kind"}))
        if mark["mark"] == "exactness_break":
            emit(warning("exactness_break", from_json(mark["why"])))
    ready = recovery.Recovered(state, recovered.folder, notes)
    context = Context(
        session, config, ready, emit, control, guess.seconds, clock, now, asked.accept_changes,
        place=where, kin=guess.kin, before=guess.before,
    )  # fmt: skip
    for name in layout.FOLDERS:
        if (session / name).is_file():  # an older folder of ours may be replaced, this is nobody's but the user's
            kept = set_aside.move(session, session / name)
            context.warn("set_aside", sentence("session.not_a_folder", name=name, kept=kept))
    context.note_adjustments()
    if file.changed is not None:
        context.accept_config(file.seal, file.changed)
    return context, recovered.ended


def _start_over(session: Path, accept_changes: bool) -> None:
    """Not with a configuration that was changed unnoticed: it is looked at before anything is set aside."""
    seal = recovery.sealed_config(session)
    session_config.refuse_changes(session, session_config.read(session, seal), accept_changes)
    recovery.start_over(session)


def _worked(context: Context, step: str) -> float:
    """Seconds on this step, in all runs."""
    return round(context.state.step_seconds.get(step, 0.0), 3)


def _run_steps(context: Context, ended: bool) -> None:
    """`ended`: all are done, and only the end itself is to be committed once more."""
    for number in range(len(STEPS) if ended else STEPS.index(context.state.cursor.step), len(STEPS)):
        name = STEPS[number]
        about = {"step": name, "index": number + 1, "steps": len(STEPS)}
        context.emit(Message("step", about | {"state": "running", "seconds": _worked(context, name)}))
        context.loads()
        with garbage.rarely_looked_for():
            step = import_module(f"so8t_engine.steps.{name}")
        step.run(context, context.state.cursor)
        context.spend()
        context.emit(Message("step", about | {"state": "done", "seconds": _worked(context, name)}))
        if number + 1 < len(STEPS):
            context.go_to(Cursor(STEPS[number + 1]))
    context.go_to(context.state.cursor, status="finished")


def _changed_course(context: Context, error: EngineError) -> EngineError:
    """Some failures are met by a new process with other settings; where those are used up, the run stops.

    Returns the error the run ends with.
    """
    before = context.state.adjustments
    if error.code == "out_of_memory":
        changed, last = adjustments.halved(context.config, before), "memory"
        more = "run.with_half_the_micro_batch" if changed else "run.no_smaller_micro_batch"
    elif error.code == "not_finite":
        changed, last = adjustments.rolled_back(before, context.state.cursor.unit), "training"
        more = "run.back_to_the_last_save" if changed else "run.going_back_did_not_help"
    else:
        return error
    if changed is not None:
        context.adjust(changed)
    return EngineError(last if changed is None else error.code, in_turn(error.sentence, sentence(more)))


def _rest(context: Context, reason: Sentence, now: Callable[[], str], full: EngineError | None = None) -> int:
    """As was asked. `full`: the disk had no room for what was done since the last save, which is said and stands."""
    if full is not None:
        context.warn(full.code, in_turn(full.sentence, sentence("run.save_given_up")))
    try:
        context.set_status("paused", reason=to_json(reason))
    except EngineError as error:
        if error.code != "disk_full":
            raise
        log.error("the status could not be written: %s", error)  # then it counts as cut off, which loses no more
    timeline.mark(context.session, "paused", _moment(context.acknowledged, now()) | {"why": to_json(reason)})
    context.emit(Message("paused", {"reason": to_json(reason), **_where(context.acknowledged.cursor)}))
    return EXIT_PAUSED


def _fail(context: Context, error: EngineError) -> int:
    """Nothing saved is touched: the status lies beside the last acknowledged cursor, `resume` tries again."""
    try:
        if error.code == "session_gone":
            context.leave_word(to_json(error.sentence), as_json(error))
        elif error.code.startswith(("disk_", "reward")):  # what the user mends outside, and goes on
            context.set_status("paused", reason=to_json(error.sentence), error=as_json(error))
        else:
            context.set_status("failed", error=as_json(error))
        if error.code != "session_gone":
            about = _moment(context.acknowledged, wall_clock()) | {"why": to_json(error.sentence)}
            timeline.mark(context.session, "failed", about)
    except (EngineError, OSError) as second:
        log.error("the status could not be written: %s", second)
    context.emit(failed(error))
    return error.exit_code


def _moment(state: PipelineState, when: str) -> dict[str, object]:
    """For the timeline."""
    more = {} if (joules := gpu_energy.joules()) is None else {"joules": joules}
    return {
        "run": state.run,
        "when": when,
        "active_seconds": round(state.active_seconds, 3),
        **_where(state.cursor),
        **more,
    }


def _where(cursor: Cursor) -> dict[str, object]:
    return {"step": cursor.step, "unit": cursor.unit}
