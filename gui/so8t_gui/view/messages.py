"""What a view says as text: status line, tooltip, notes, durations; the same in tray, window and notifications.

Plain text in the window's current language, made whenever it is shown.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from so8t_engine import numerals
from so8t_engine.plain_text import plain
from so8t_engine.protocol import STEPS
from so8t_engine.sentences import Sentence, below, from_json, in_turn, named, sentence
from so8t_engine.session import live_progress
from so8t_gui.i18n.moment import moment
from so8t_gui.i18n.translate import say, tr
from so8t_gui.view.eta_uncertainty import eta_uncertainty
from so8t_gui.view.state import PACES, Note, View

MINUTE, HOUR, DAY = 60, 3_600, 86_400
FEW = ("model", "gguf", "reference", "llama", "report")  # units of which there are a few: no pace
BY_YOU = ("run.pause_by_window", "run.pause_ctrl_c")


def duration(seconds: float) -> str:
    """In two units at most: "2 min 10 s"."""
    left = max(0, round(seconds))
    if left < MINUTE:
        return tr("{s} s", s=left)
    if left < 10 * MINUTE:
        return tr("{min} min {s} s", min=left // MINUTE, s=left % MINUTE)
    if left < HOUR:
        return tr("{min} min", min=round(left / MINUTE))
    if left < DAY:
        return tr("{h} h {min} min", h=left // HOUR, min=left % HOUR // MINUTE)
    return tr("{d} d {h} h", d=left // DAY, h=left % DAY // HOUR)


def told_apart(title: str, begun: float | None) -> str:
    """A name, with the time the run was begun where others go by the same name."""
    return title if begun is None or not title else f"{title} ({moment(begun)})"


def name(view: View) -> str:
    """What the run is known by; empty where there is none."""
    return told_apart(view.title, view.begun)


def step_name(step: str) -> str:
    """By the engine's catalogue, as a heading."""
    name = plain(say(named("step", step)), most=80)
    return name[:1].upper() + name[1:]


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def status(view: View, now: float) -> str:
    """One line: what happens, or why nothing does."""
    where = tr("step {n} of {all}: {step}", n=view.step_number, all=len(STEPS), step=step_name(view.step))
    match view.phase:
        case "idle":
            return tr("Nothing is running.")
        case "starting":
            if view.share:
                return tr("Starting the engine; it goes on from {percent} ...", percent=percent(view.share))
            return tr("Starting the engine ...")
        case "running" if not view.kind and view.step in ("train", "evaluate"):
            return tr("Loading the model, {where}, {percent}", where=where, percent=percent(view.share))
        case "running":
            return tr("Running, {where}, {percent}", where=where, percent=percent(view.share))
        case "pausing":
            return tr("Pausing: saving at the next restart point ...")
        case "waiting":
            return tr("Waiting: {detail}", detail=say(view.waiting))
        case "restarting":
            left = max(0.0, (view.retry_at or now) - now)
            return tr("The engine is replaced; it goes on from the last save in {time}.", time=duration(left))
        case "elsewhere":
            return tr("Another program runs it, {where}, {percent}", where=where, percent=percent(view.share))
        case "paused" if view.cut:
            return tr("Cut off, {where}, {percent}", where=where, percent=percent(view.share))
        case "paused":
            reason = pause_reason(view.reason)
            if reason:
                return tr(
                    "Paused ({reason}), {where}, {percent}", reason=reason, where=where, percent=percent(view.share)
                )
            return tr("Paused, {where}, {percent}", where=where, percent=percent(view.share))
        case "finished":
            return f"{tr('Finished.')} {results(view)}".rstrip()
        case "failed":
            return (say(view.problem.sentence) if view.problem else "") or tr("Failed.")


def why_not_beside(view: View, session: str = "") -> str:
    """Why nothing else is started while this run lives; empty where it is `session` itself, or begins just now."""
    if view.phase == "starting" or view.session == session:
        return ""
    return one_at_a_time(name(view))


def behind(run: View) -> str:
    """Said where another session is shown in the place of this run."""
    called = name(run) or tr("New session")
    if run.alive:
        return tr('This is another session. "{name}" goes on meanwhile.', name=called)
    return tr('This is another session. "{name}" is no longer running.', name=called)


def goes_on(run: View) -> str:
    """Said where this run is not seen; empty where none is alive."""
    return tr('"{name}" goes on meanwhile.', name=name(run) or tr("New session")) if run.alive else ""


def one_at_a_time(running: str) -> str:
    return tr('"{name}" is running. One run at a time: wait until it is done, or pause it first.', name=running)


def one_model_at_a_time(running: str) -> str:
    """Why no model answers while a run of this name goes on."""
    what = sentence("chat.busy", session=tr('"{name}"', name=running))
    return say(in_turn(what, sentence("action.chat_busy")))


def two_at_once(running: str) -> str:
    """`running`: the sentence that something runs elsewhere; why nothing is started beside it."""
    reason = tr("Two runs at once would take each other's memory: wait until it is done, or pause it there.")
    return f"{running} {reason}"


def run_by_another() -> str:
    """Why the session itself is not resumed here."""
    return tr("Another program is already running this session. Pause it there.")


def headline(view: View, now: float) -> str:
    """The status where the sentence about a problem stands beside it already."""
    if view.phase != "failed" or not view.step:
        return status(view, now)
    where = tr("step {n} of {all}: {step}", n=view.step_number, all=len(STEPS), step=step_name(view.step))
    if view.cut:
        return tr("Cut off, {where}, {percent}", where=where, percent=percent(view.share))
    if not view.resumable:
        return tr("Cannot go on as it is, {where}, {percent}", where=where, percent=percent(view.share))
    return tr("Stopped by a problem, {where}, {percent}", where=where, percent=percent(view.share))


def results(view: View) -> str:
    """What the evaluation found; empty where the view does not know."""
    base, tuned = view.results.get("base"), view.results.get("tuned")
    if not isinstance(base, float) or not isinstance(tuned, float):
        return ""
    before, after = numerals.percent(base), numerals.percent(tuned)
    return tr("Right held-out answers: {before} before, {after} after.", before=before, after=after)


def pause_reason(reason: Sentence | None) -> str:
    return tr("by you") if reason is not None and reason.code in BY_YOU else say(reason)


def problem(view: View) -> str:
    """What went wrong and what to do about it; empty where nothing did."""
    if view.problem is None:
        return ""
    action = view.problem.action
    return say(below(view.problem.sentence, *([action] if action else []))).strip()


def whole(finding: Mapping[str, Any]) -> str:
    """A finding of the engine's check, as its JSON is: what it found, why that matters, what to change."""
    return say(in_turn(*(from_json(finding[key]) for key in ("what", "why", "change") if finding.get(key))))


def remaining(view: View) -> str:
    """The time left: a range while little was measured, then a time with its uncertainty; empty where nothing runs.

    Before it was measured on this machine it is a guess, and called one; measured once, it does not vanish any more.
    """
    if view.eta_total is None or not view.moving:
        return ""
    if not view.estimated:
        return _guessed(view.eta_total)
    spread = eta_uncertainty(view.ends)
    if view.eta_low is not None and view.eta_high is not None:
        return _between(view.eta_total, view.eta_low, view.eta_high, spread or 0.0)
    if view.phase == "elsewhere" or (spread is not None and spread < max(5.0, 0.03 * view.eta_total)):
        return tr("{time} left", time=duration(view.eta_total))
    if spread is None or spread > view.eta_total / 3:
        return _guessed(view.eta_total)
    return tr("{time} left (give or take {spread})", time=duration(view.eta_total), spread=duration(spread))


def _guessed(total: float) -> str:
    if total <= 0:
        return tr("time left: still measuring")
    about = max(live_progress.ROUGH[0][1], total)
    return tr("time left: still measuring (at a guess {time})", time=_roughly(about, round))


def _between(total: float, low: float, high: float, spread: float) -> str:
    """`low`, `high`: the engine's, by what it has measured; `spread`: by how much the time itself has moved lately."""
    low, high = max(0.0, min(low, total - spread)), max(high, total + spread)
    if live_progress.is_one_time(low, high):
        return tr("{time} left", time=duration(total))
    if high - low <= 2 * total / 3:
        return tr("{time} left (give or take {spread})", time=duration(total), spread=duration((high - low) / 2))
    least, most = _roughly(low, math.floor), _roughly(high, math.ceil)
    return tr("between {low} and {high} left", low=least, high=most) if low else tr("up to {time} left", time=most)


def _roughly(seconds: float, rounded: Callable[[float], int]) -> str:
    """In one or two figures: the ends of a range are not known to the second."""
    whole = live_progress.rough(seconds, rounded)
    return tr("{min} min", min=whole // MINUTE) if MINUTE <= whole < HOUR else duration(whole)


def safety(view: View, now: float) -> str:
    """What a power cut would cost right now."""
    lost = view.would_lose(now)
    return "" if lost is None else tr("A power cut now would cost {time}.", time=duration(lost))


def saved(view: View, now: float) -> str:
    """How long ago, and what that means."""
    if view.saved is None or not view.moving:
        return ""
    ago = tr("Saved {time} ago.", time=duration(max(0.0, now - view.saved)))
    return f"{ago} {safety(view, now)}".rstrip()


def pace(view: View) -> str:
    """Of the current step's units; while a source arrives, how much of it is there."""
    if not view.moving:
        return ""
    if arriving := _arriving(view.metrics):
        return arriving
    if not view.rate or view.kind in FEW:
        return ""
    units, per = unit_name(view.kind), view.paces.get(view.kind, "second")
    rate = figure(view.rate * PACES[per])
    match per:
        case "second":
            return tr("{rate} {what} a second", rate=rate, what=units)
        case "minute":
            return tr("{rate} {what} a minute", rate=rate, what=units)
        case _:
            return tr("{rate} {what} an hour", rate=rate, what=units)


def _arriving(metrics: Mapping[str, Any]) -> str:
    done, total, left = metrics.get("fetched"), metrics.get("to_fetch"), metrics.get("fetch_seconds")
    if done is None or total is None or done >= total:
        return ""
    amount = {"source": metrics.get("source"), "done": done, "total": total}
    if left is None:
        return say(sentence("terminal.fetched", **amount))
    return say(sentence("terminal.fetched_left", left=left, **amount))


def figure(value: float) -> str:
    """Three figures, and never 1e+03: the unit stays the same, so the number may become large."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def tray_line(view: View, now: float) -> str:
    """Which session it is, its status and the time left, in the first line of the tray's menu."""
    rest, said = remaining(view), status(view, now)
    told = tr("{status}; {rest}", status=said, rest=rest) if rest else said
    return tr("{name}: {what}", name=name(view), what=told) if name(view) and view.phase != "idle" else told


def unit_name(kind: str) -> str:
    names = {
        "shard": tr("shards"),
        "pretrain": tr("updates of the base model"),
        "warmup": tr("warm-up updates"),
        "rollout": tr("rollout batches"),
        "update": tr("updates"),
        "cycle": tr("iterations"),
        "model": tr("mergings of the model"),
        "gguf": tr("GGUF files"),
        "reference": tr("reference answers"),
        "llama": tr("checks in llama.cpp"),
        "answers": tr("batches of answers"),
        "gguf_answers": tr("batches of answers in llama.cpp"),
        "report": tr("reports"),
    }
    return names.get(kind, plain(kind, most=80).replace("_", " ")).strip() or "?"


def tooltip(view: View, now: float) -> str:
    lines = [name(view) or "SO8T", status(view, now), remaining(view)]
    alpha, loss = view.metrics.get("alpha"), view.metrics.get("loss")
    if view.moving and loss is not None and view.kind == "pretrain":  # there are no gates yet
        lines.append(tr("loss {loss}", loss=f"{loss:.3f}"))
    elif view.moving and alpha is not None and loss is not None:
        lines.append(
            tr(
                "alpha {alpha}, loss {loss}",
                alpha=f"{alpha:.3f}",
                loss=f"{loss:.3f}",
            )
        )
    lines.append(safety(view, now))
    return "\n".join(line for line in lines if line)


def cut_off(data: Mapping[str, Any]) -> str:
    """After an interruption, as its JSON is: "... resumed at Train, part 412, 2 min 10 s of work is done again."."""
    why = cause(str(data["kind"]))
    where = tr("resumed at {step}, part {unit}", step=step_name(str(data["step"])), unit=data["unit"])
    lost = data.get("lost_seconds")
    if data.get("told") is True:
        return _gone_on(where, lost)
    if lost is None:
        return tr("The last run was cut off: {cause}; {where}.", cause=why, where=where)
    if round(lost) <= 0:
        return tr("The last run was cut off: {cause}; {where}, nothing was lost.", cause=why, where=where)
    return tr(
        "The last run was cut off: {cause}; {where}, {time} of work is done again.",
        cause=why, where=where, time=duration(float(lost)),
    )  # fmt: skip


def _gone_on(where: str, lost: float | None) -> str:
    """Behind a line that has told what had happened."""
    if lost is None:
        return tr("The run goes on: {where}.", where=where)
    if round(lost) <= 0:
        return tr("The run goes on: {where}, nothing was lost.", where=where)
    return tr("The run goes on: {where}, {time} of work is done again.", where=where, time=duration(float(lost)))


def cause(kind: str) -> str:
    """Of an interruption, by its kind in the incidents file."""
    return say(named("incident", kind))


def mark_name(kind: str) -> str:
    names = {
        "phase_transition": tr("phase transition"),
        "exactness_break": tr("not bit-identical from here on"),
        "evaluated_again": tr("evaluated again"),
    }
    return names.get(kind, plain(kind, most=80).replace("_", " ")).strip() or "?"


def note(entry: Note) -> str:
    """A line of the list of what happened."""
    return _note(entry, tr("en"))


@lru_cache(maxsize=256)
def _note(entry: Note, _language: str) -> str:
    """Kept, in each language: the whole list is drawn with every change of the view."""
    data = entry.data
    match entry.kind:
        case "incident":
            return cut_off(data)
        case "mark" if data.get("mark") == "phase_transition":
            way = tr("rose") if data["direction"] == "up" else tr("fell")
            size = f"{abs(float(data['size'])):.3g}"
            return tr(
                "Phase transition: the loss {way} by {size} after update {n}.", way=way, size=size, n=data["since"]
            )
        case "mark":
            return f"{mark_name(str(data.get('mark')))}: {say(data.get('why'))}".rstrip(": ")
        case "paused":
            return tr("Paused ({reason}).", reason=pause_reason(data["reason"]))
        case "resumed":
            return tr("Goes on from {percent}.", percent=percent(float(data["share"])))
        case "step" if data.get("seconds") is not None:
            return tr("{step}: done in {time}.", step=step_name(str(data["step"])), time=duration(data["seconds"]))
        case "step":
            return tr("{step}: done.", step=step_name(str(data["step"])))
        case "process":
            return _process(data)
        case "finished":
            return tr("Finished.")
        case _:
            return say(data.get("sentence")) or entry.kind


def _process(data: Mapping[str, Any]) -> str:
    match data["what"]:
        case "broken":
            return tr("The engine sent a message that cannot be read ({name}).", name=data["name"])
        case "silent":
            return tr("No sign of life from the engine for {time}.", time=duration(data["seconds"]))
        case "garbage":
            return tr("The engine printed a line that is not a message: {line}", line=data["line"])
        case _:
            return say(data["sentence"])
