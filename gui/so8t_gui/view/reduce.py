"""How a view changes: `reduce(view, event, now)`, pure and total. No Qt here.

What people read comes in as JSON and is kept as Sentence (`SENTENCES`), to be said when it is shown.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from so8t_engine.protocol import PROTOCOL_VERSION, STEPS, Message
from so8t_engine.sentences import Sentence, from_json, in_turn, sentence, verbatim
from so8t_engine.session import live_progress
from so8t_gui.engine.events import (
    Chosen,
    Event,
    Exited,
    FolderRenamed,
    Garbage,
    NotStarted,
    Pausing,
    Renamed,
    Silent,
    Started,
)
from so8t_gui.view.state import PACES, Note, Problem, RunPhase, Step, StepState, View

GUESSES = 40  # of the end of the run; their spread is its uncertainty
NOTES = 200
EXIT_PAUSED = 75
SENTENCES = ("sentence", "action", "reason", "why")  # fields of the protocol that people read


def reduce(view: View, event: Event, now: float) -> View:
    """The next view. Never raises: an event that makes no sense leaves a view that does."""
    match event:
        case Message():
            change = MESSAGES.get(event.name)
            try:
                return view if change is None else change(view, _with_sentences(event.data), now)
            except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
                return _noted(view, "process", {"what": "broken", "name": event.name}, now)
        case Started():
            return _started(view, event, now)
        case Pausing():
            return replace(view, phase="pausing") if view.alive else view
        case Exited():
            return _exited(view, event, now)
        case NotStarted():
            problem = Problem("engine_missing", event.reason, sentence("window.install_again"))
            return replace(view, phase="failed", problem=problem)
        case Silent():
            return _noted(view, "process", {"what": "silent", "seconds": event.seconds}, now)
        case Garbage():
            return _noted(view, "process", {"what": "garbage", "line": event.line[:120]}, now)
        case Chosen():
            chosen = _chosen(event, now)
            same = event.session == view.session  # what this window has seen of it happen is still to be told
            return replace(chosen, notes=view.notes) if same else chosen
        case Renamed():
            return replace(view, title=event.title) if event.session == view.session else view
        case FolderRenamed():
            return _folder_renamed(view, event) if event.session == view.session else view


def _folder_renamed(view: View, event: FolderRenamed) -> View:
    """What ended the run stays in sight; what can be done about it is to adopt the folder."""
    said = view.problem.sentence if view.problem and view.problem.code == "session_gone" else event.what
    problem = Problem("session_foreign", said or verbatim(""), sentence("action.session_foreign"))
    return replace(view, session=event.folder, path=event.path, problem=problem)


def _started(view: View, event: Started, now: float) -> View:
    """What is known of a session stays while its engine starts: how far it is, how long its steps took."""
    anew = View(phase="starting", session=event.session, title=event.title, path=event.path, heard=now)
    if not event.session or event.session != view.session:
        return anew
    steps = tuple(replace(step, began=None) for step in view.steps)
    return replace(
        anew,
        path=view.path or event.path,
        steps=steps,
        share=view.share,
        paces=view.paces,
        notes=view.notes,
        estimated=view.estimated,
    )


def _hello(view: View, data: Mapping[str, Any], now: float) -> View:
    """An engine of another version is refused; its process is ended by who started it (engine/process.py)."""
    theirs = data.get("protocol")
    if theirs == PROTOCOL_VERSION:
        return replace(view, heard=now)
    other = sentence("window.other_protocol", theirs="?" if theirs is None else str(theirs), ours=PROTOCOL_VERSION)
    return replace(view, problem=Problem("engine_version", other, sentence("window.one_version")))


def _made(view: View, data: Mapping[str, Any], now: float) -> View:
    """From here on it is known what would go on, whatever happens to the engine."""
    return replace(view, session=data["session"], title=data["title"], path=data["path"], heard=now)


def _session(view: View, data: Mapping[str, Any], now: float) -> View:
    index = STEPS.index(data["step"]) if data["step"] in STEPS else len(STEPS)
    steps = tuple(
        Step(name, "done" if i < index else "stopped" if i == index else "todo") for i, name in enumerate(STEPS)
    )
    same = view.session == data["session"]
    if same:
        steps = tuple(replace(new, seconds=kept.seconds) for kept, new in zip(view.steps, steps, strict=True))
    steps = _with_seconds(steps, data.get("step_seconds"))
    share, anew = _number(data.get("share")), (index, data.get("unit")) == (0, 0)
    if same and not (anew and share == 0):  # an engine of another version says no share
        share = max(view.share, share or 0.0)
    phase: RunPhase = view.phase if view.phase == "pausing" else "running"
    opened = replace(
        view, phase=phase, session=data["session"], title=data.get("title") or data["session"], path=data["path"],
        steps=steps, share=min(1.0, share or 0.0), problem=None, reason=None, waiting=None, retry_at=None, heard=now,
        cut=False,
    )  # fmt: skip
    begins = view.phase in ("starting", "idle") and opened.share > 0
    return _noted(opened, "resumed", {"share": opened.share}, now) if begins else opened


def _incident(view: View, data: Mapping[str, Any], now: float) -> View:
    incident = {
        **data,
        "kind": str(data["kind"]),
        "lost_seconds": _number(data.get("lost_seconds")),
        "step": str(data["step"]),
        "unit": int(data["unit"]),
    }
    incident["told"] = bool(view.notes) and view.notes[-1].kind == "restarting"  # by what, the line before says
    view = _noted(replace(view, incident=incident, notes=_without_its_end(view.notes)), "incident", incident, now)
    notes = data.get("notes")
    for note in notes if isinstance(notes, list) else []:
        view = _noted(view, "warning", {"sentence": from_json(note)}, now)
    return view


def _without_its_end(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """That the engine was gone is told by the interruption, with what it has cost: one thing, told once."""
    return tuple(note for note in notes if note.kind != "process" or note.data.get("what") != "ended")


def _step(view: View, data: Mapping[str, Any], now: float) -> View:
    here = STEPS.index(data["step"])
    steps = list(view.steps)
    if data["state"] == "running":
        steps = [replace(step, state="done") if i < here else step for i, step in enumerate(steps)]
        spent = _number(data.get("seconds")) or steps[here].seconds  # what is loaded once more is no work
        steps[here] = replace(steps[here], state="running", seconds=spent, began=None if spent else now)
        view = replace(view, kind="", unit=0, total=0, rate=None, eta=None, ends=())
    else:
        began = steps[here].began
        before = steps[here].seconds or 0.0
        seconds = _number(data.get("seconds"))  # an engine of another version says none
        if seconds is None and began is not None:
            seconds = before + now - began
        steps[here] = replace(steps[here], state="done", seconds=seconds)
        view = _noted(view, "step", {"step": data["step"], "seconds": seconds}, now)
    return replace(view, steps=tuple(steps), heard=now)


def _progress(view: View, data: Mapping[str, Any], now: float) -> View:
    eta_total = _number(data.get("eta_total_seconds"))
    unsaved = _number(data.get("unsaved_seconds"))
    metrics = {name: value for name, value in (data.get("metrics") or {}).items() if value is not None}
    phase: RunPhase = "running" if view.phase in ("starting", "waiting", "restarting") else view.phase
    active, rate = _number(data.get("active_seconds")) or 0.0, _number(data.get("rate"))
    known = eta_total is not None and live_progress.measured(rate)
    ends = (*view.ends, now + (eta_total or 0.0))[-GUESSES:] if known else view.ends
    loading = data["kind"] == live_progress.SETUP
    steps = view.steps if loading else _at_work(view.steps, data.get("step"), active, now)
    share = _number(data.get("share"))
    if share is None:  # an engine of another version
        share = active / (active + eta_total) if eta_total is not None and active + eta_total > 0 else 0.0
    return replace(
        view, phase=phase, share=min(1.0, max(view.share, share)), paces=_paces(view, data["kind"], rate),
        kind="" if loading else data["kind"], loading=loading, steps=steps,
        unit=int(data["unit"]), total=int(data["total"]),
        rate=rate, eta=_number(data.get("eta_seconds")), eta_total=eta_total, ends=ends,
        eta_low=_number(data.get("eta_low_seconds")), eta_high=_number(data.get("eta_high_seconds")),
        estimated=view.estimated or live_progress.time_left(data) is not None,
        unsaved=unsaved, heard=now,
        saved=view.saved if unsaved is None else now - unsaved, waiting=None,
        metrics={**view.metrics, **metrics}, points=int(data.get("points") or view.points),
    )  # fmt: skip


def _at_work(steps: tuple[Step, ...], name: Any, active: float, now: float) -> tuple[Step, ...]:
    """The clock of the running step goes by the work that the engine has counted, less that of the steps before it.

    Where nobody knows theirs (an engine of another version) it goes on as it began.
    """
    before = [step.seconds for step in steps if step.state == "done"]
    spent = active - sum(seconds or 0.0 for seconds in before)
    known = None not in before and spent > 0

    def at_work(step: Step) -> Step:
        return replace(step, seconds=spent, began=now) if known else replace(step, began=step.began or now)

    return tuple(at_work(step) if (step.name, step.state) == (name, "running") else step for step in steps)


def _point(view: View, data: Mapping[str, Any], now: float) -> View:
    metrics = {name: value for name, value in data.items() if value is not None and name != "number"}
    return replace(view, metrics={**view.metrics, **metrics}, points=int(data["number"]))


def _mark(view: View, data: Mapping[str, Any], now: float) -> View:
    if data["mark"] == "phase_transition":
        data = {**data, "direction": str(data["direction"]), "size": float(data["size"]), "since": int(data["since"])}
    return _noted(view, "mark", data, now)


def _saved(view: View, data: Mapping[str, Any], now: float) -> View:
    share = _number(data.get("share")) or 0.0  # an engine of another version says none
    since = _number(data.get("seconds")) or 0.0  # it holds the moment before it was written
    return replace(view, saved=now - since, unsaved=since, heard=now, share=min(1.0, max(view.share, share)))


def _waiting(view: View, data: Mapping[str, Any], now: float) -> View:
    phase: RunPhase = "pausing" if view.phase == "pausing" else "waiting"
    return _noted(replace(view, phase=phase, waiting=data["sentence"], heard=now), "waiting", data, now)


def _warning(view: View, data: Mapping[str, Any], now: float) -> View:
    return _noted(view, "warning", data, now)


def _restarting(view: View, data: Mapping[str, Any], now: float) -> View:
    view = replace(view, phase="restarting", retry_at=now + float(data["in_seconds"]), unsaved=None)
    return _noted(view, "restarting", data, now)


def _paused(view: View, data: Mapping[str, Any], now: float) -> View:
    return _noted(_at_rest(view, "paused", now, reason=data["reason"]), "paused", data, now)


def _finished(view: View, data: Mapping[str, Any], now: float) -> View:
    view = replace(view, results=dict(data.get("results") or {}), path=data.get("path") or view.path)
    view = replace(_at_rest(view, "finished", now), share=1.0)
    view = replace(view, steps=tuple(replace(step, state="done") for step in view.steps))
    return _noted(view, "finished", {}, now)


def _failed(view: View, data: Mapping[str, Any], now: float) -> View:
    problem = Problem(data["code"], data["sentence"] or verbatim(""), data.get("action"))
    return _noted(_at_rest(view, "failed", now, problem=problem), "failed", data, now)


MESSAGES: dict[str, Callable[[View, Mapping[str, Any], float], View]] = {
    "hello": _hello,
    "made": _made,
    "session": _session,
    "incident": _incident,
    "step": _step,
    "progress": _progress,
    "point": _point,
    "mark": _mark,
    "saved": _saved,
    "waiting": _waiting,
    "warning": _warning,
    "restarting": _restarting,
    "paused": _paused,
    "finished": _finished,
    "failed": _failed,
}


def _exited(view: View, event: Exited, now: float) -> View:
    """After its last message the view is at rest already; else the process ended without one."""
    if not view.alive:
        return view
    if view.problem is not None:
        return _at_rest(view, "failed", now, problem=view.problem)
    if event.code == EXIT_PAUSED and not event.crashed:
        return _at_rest(view, "paused", now)
    ended = sentence("window.ended_with_code", code=event.code)
    if event.crashed:
        ended = sentence("window.ended_by_signal", signal=event.code)
    if event.error_line:
        ended = in_turn(ended, verbatim(event.error_line))
    problem = Problem("engine_crashed", ended, sentence("window.resume_goes_on"))
    view = replace(_at_rest(view, "failed", now, problem=problem), cut=True)
    return _noted(view, "process", {"what": "ended", "sentence": ended}, now)


def _chosen(event: Chosen, now: float) -> View:
    index = STEPS.index(event.step) if event.step in STEPS else len(STEPS)
    done = len(STEPS) if event.status == "finished" else index
    phases: dict[str, RunPhase] = {"finished": "finished", "failed": "failed", "new": "idle", "running": "elsewhere"}
    phase = phases.get(event.status, "paused")
    view = View(
        phase=phase, session=event.session, title=event.title, path=event.path,
        steps=_with_seconds(_steps(done, "running" if phase == "elsewhere" else "stopped"), event.step_seconds),
        share=1.0 if phase == "finished" else event.share, cut=event.status == "cut", results=event.results,
        problem=Problem(event.code, event.detail, event.action) if phase == "failed" and event.detail else None,
        reason=event.detail if phase == "paused" else None,
    )  # fmt: skip
    live = event.live
    whole = isinstance(live.get("kind"), str) and all(isinstance(live.get(name), int) for name in ("unit", "total"))
    if not whole:
        return view
    if phase == "elsewhere":
        return _progress(view, live, now)
    return replace(view, kind=live["kind"], unit=event.unit, total=max(event.unit, live["total"]))


def _steps(index: int, here: StepState) -> tuple[Step, ...]:
    """`here` in step `index`, counted from 0; after the last one all are done."""

    def state(i: int) -> StepState:
        return "done" if i < index else here if i == index else "todo"

    return tuple(Step(name, state(i)) for i, name in enumerate(STEPS))


def _with_seconds(steps: tuple[Step, ...], seconds: Any) -> tuple[Step, ...]:
    """Of each step the time the session has counted; where it has not, what is known stays."""
    counted = seconds if isinstance(seconds, Mapping) else {}
    known = {name: _number(counted.get(name)) for name in STEPS}
    return tuple(replace(step, seconds=known[step.name] or step.seconds) for step in steps)


def _paces(view: View, kind: str, rate: float | None) -> Mapping[str, str]:
    """The first rate of a kind decides whether it is said for a second, a minute or an hour; it stays so."""
    if not rate or kind in view.paces:
        return view.paces
    per = next((name for name, seconds in PACES.items() if rate * seconds >= 1), "hour")
    return {**view.paces, kind: per}


def _at_rest(
    view: View, phase: RunPhase, now: float, reason: Sentence | None = None, problem: Problem | None = None
) -> View:
    steps = tuple(
        replace(step, state="stopped", began=None, seconds=_spent(step, now))
        if step.state == "running" and phase != "finished"
        else step
        for step in view.steps
    )
    nothing_moves = replace(view, waiting=None, retry_at=None, unsaved=None, rate=None, eta=None, ends=(), steps=steps)
    return replace(nothing_moves, phase=phase, reason=reason, problem=problem)


def _spent(step: Step, now: float) -> float | None:
    return step.seconds if step.began is None else (step.seconds or 0.0) + now - step.began


def _noted(view: View, kind: str, data: Mapping[str, Any], now: float) -> View:
    return replace(view, notes=(*view.notes, Note(kind, dict(data), now))[-NOTES:])


def _with_sentences(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same with its sentences as values; null and "" say nothing and become None."""
    sentences = {name: from_json(data[name]) if data[name] else None for name in SENTENCES if name in data}
    return {**data, **sentences}


def _number(value: Any) -> float | None:
    try:
        return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else None
    except OverflowError:  # JSON has whole numbers that no float holds
        return None
