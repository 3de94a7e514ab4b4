"""Human progress on a terminal: a live line while it is one, plain lines where it is not."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from so8t_engine.plain_text import plain
from so8t_engine.process import columns
from so8t_engine.protocol import STEPS, Message
from so8t_engine.sentences import ENGLISH, Sentence, from_json, named, say, sentence
from so8t_engine.session import live_progress
from so8t_engine.typed import AS_THEY_ARE, Typed

PLAIN_SECONDS = 10.0
BAR = 24
STEP_WIDTH = 10
RESULTS = (("terminal.right_answers", "base", "tuned"), ("terminal.thinking_format", "base_format", "tuned_format"))
SECTIONS = ("base_sections", "tuned_sections")
PLACES = (("terminal.report", "report"), ("terminal.model", "final_model"), ("terminal.gguf", "gguf"))


class Display:
    """Draws events in one language. What it keeps are the newest values, from which the line is drawn again."""

    def __init__(
        self,
        out: TextIO,
        language: str = ENGLISH,
        typed: Typed = AS_THEY_ARE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._console = Console(file=out, soft_wrap=True)
        self._live: Live | None = None
        self._language, self._typed, self._clock = language, typed, clock
        self._step = ""
        self._progress: dict[str, Any] = {}
        self._point: dict[str, Any] = {}
        self._last_plain = float("-inf")
        self._saved_at: float | None = None
        self._told_left = False  # the time left: once told, it stays

    def __call__(self, message: Message) -> None:
        draw = getattr(self, f"_on_{message.name}", None)
        if draw is not None:
            draw(message.data)

    def close(self) -> None:
        if self._console.is_terminal:
            self._console.show_cursor(True)  # a process that was killed while it drew could not
        if self._live is not None:
            self._live.stop()
            self._live = None

    def _print(self, what: Sentence | str, style: str = "") -> None:
        self._console.print(Text(plain(self._say(what), most=None, lines=True), style=style))

    def _say(self, what: Sentence | str) -> str:
        return say(what, self._language, typed=self._typed) if isinstance(what, Sentence) else what

    def _on_made(self, data: dict[str, Any]) -> None:
        self._typed = self._typed.reaching(Path(data["path"]))

    def _on_session(self, data: dict[str, Any]) -> None:
        self._on_made(data)
        self._print(sentence("terminal.session", session=data["session"]), "bold")
        self._print(sentence("terminal.folder", path=data["path"]))
        if self._console.is_terminal:
            self._live = Live(console=self._console, auto_refresh=False, transient=True)
            self._live.start()

    def _on_incident(self, data: dict[str, Any]) -> None:
        self._print(interruption(data), "yellow")
        for note in data.get("notes", []):
            self._print(f"  {self._say(from_json(note))}", "yellow")

    def _on_step(self, data: dict[str, Any]) -> None:
        head = f"[{data['index']}/{data['steps']}]"
        name = self._say(named("step", data["step"]))
        if data["state"] == "done":
            self._print(f"{head} {columns.padded(name, STEP_WIDTH)} {self._say(sentence('terminal.done'))}", "green")
            return
        self._step = data["step"]
        self._progress, self._point = {}, {}
        self._last_plain = float("-inf")
        if self._live is None:
            self._print(f"{head} {name} ...")
        self._redraw()

    def _on_progress(self, data: dict[str, Any]) -> None:
        self._progress = data
        self._redraw()

    def _on_point(self, data: dict[str, Any]) -> None:
        self._point = {**self._point, **{key: value for key, value in data.items() if value is not None}}

    def _on_mark(self, data: dict[str, Any]) -> None:
        what = named("mark", str(data.get("mark")))
        why = from_json(data.get("why", ""))
        if data.get("mark") == "phase_transition":
            size, since = abs(data["size"]), data["since"]
            rose = sentence("terminal.loss_rose", size=size, since=since)
            why = rose if data["direction"] == "up" else sentence("terminal.loss_fell", size=size, since=since)
        self._print(sentence("terminal.mark", mark=what, why=why), "magenta")

    def _on_saved(self, data: dict[str, Any]) -> None:
        self._saved_at = self._clock() - float(data.get("seconds") or 0.0)  # of the moment before it was written
        self._redraw()

    def _on_waiting(self, data: dict[str, Any]) -> None:
        self._print(sentence("terminal.waiting", what=from_json(data["sentence"])), "yellow")

    def _on_warning(self, data: dict[str, Any]) -> None:
        self._print(sentence("terminal.warning", what=from_json(data["sentence"])), "yellow")

    def _on_restarting(self, data: dict[str, Any]) -> None:
        self.close()
        what = from_json(data["sentence"])
        self._print(sentence("terminal.restarting", what=what, seconds=data["in_seconds"]), "yellow")

    def _on_paused(self, data: dict[str, Any]) -> None:
        self.close()
        step, reason = named("step", data["step"]), from_json(data["reason"])
        self._print(sentence("terminal.paused", reason=reason, step=step, unit=data["unit"]), "yellow")

    def _on_finished(self, data: dict[str, Any]) -> None:
        self.close()
        self._print(sentence("terminal.finished"), "bold green")
        results = data.get("results", {})
        rows = []
        for code, before, after in RESULTS:
            if isinstance(results.get(before), float) and isinstance(results.get(after), float):
                figures = sentence("terminal.before_and_after", before=results[before], after=results[after])
                rows.append((self._say(Sentence(code)), self._say(figures)))
        if all(isinstance(results.get(key), float) for key in SECTIONS):
            before, after = (results[key] for key in SECTIONS)
            thinking = sentence("terminal.sections_before_and_after", before=before, after=after)
            rows.append((self._say(Sentence("terminal.thinking_sections")), self._say(thinking)))
        places = [(self._say(Sentence(code)), str(Path(data["path"], data[key]))) for code, key in PLACES]
        if not any(Path(data["path"], data["gguf"]).glob("*.gguf")):  # none was asked for, or none could be made
            places[-1] = (places[-1][0], self._say(Sentence("terminal.no_gguf")))
        for line in [*columns.aligned(rows), *columns.aligned(places)]:
            self._print(line)

    def _on_failed(self, data: dict[str, Any]) -> None:
        self.close()
        what = from_json(data["sentence"])
        if not self._typed.session and isinstance(what.args.get("session"), str):
            self._typed = replace(self._typed, session=what.args["session"])  # nothing runs: what was refused names it
        self._print(what, "bold red")
        action = self._say(from_json(data["action"]))
        if action:
            self._print(action)

    def _redraw(self) -> None:
        if self._live is not None:
            self._live.update(self._line(), refresh=True)
        elif self._progress and self._clock() - self._last_plain >= PLAIN_SECONDS:
            self._last_plain = self._clock()
            self._print(f"    {self._say(self._standing())}")

    def _line(self) -> Table:
        now = self._progress
        filled = int(BAR * now["unit"] / now["total"]) if now.get("total") else 0
        number = STEPS.index(self._step) + 1 if self._step in STEPS else 0
        row = Table.grid(padding=(0, 1))
        head = Text(f"[{number}/{len(STEPS)}] {self._say(named('step', self._step))}", style="bold")
        bar = Text("━" * filled, style="cyan") + Text("━" * (BAR - filled), style="bright_black")
        row.add_row(head, bar, Text(self._say(self._standing())))
        return row

    def _standing(self) -> Sentence:
        """Units, speed, time left, figures and the last save, as far as they are known."""
        now = self._progress
        if not now:
            return sentence("terminal.loading")
        parts = [live_progress.units(now)]
        if now.get("rate"):
            parts.append(sentence("terminal.rate", rate=now["rate"]))
        if now.get("eta_seconds") is not None:
            parts.append(self._left(now))
        if (fetched := _fetched(now.get("metrics", {}))) is not None:
            parts.append(fetched)
        for key in ("loss", "alpha", "reward"):
            value = self._point.get(key, now.get("metrics", {}).get(key))
            if isinstance(value, (int, float)):
                parts.append(sentence("terminal.figure", name=named("figure", key), value=value))
        if self._saved_at is not None:
            parts.append(sentence("terminal.saved", seconds=self._clock() - self._saved_at))
        return sentence("plain.clauses", parts=parts)

    def _left(self, now: dict[str, Any]) -> Sentence:
        left = live_progress.time_left(now, self._told_left)
        if left is None:
            return live_progress.not_yet(now)
        self._told_left = True
        if live_progress.is_one_time(*left):
            return sentence("terminal.left", step=now["eta_seconds"], total=now["eta_total_seconds"])
        return sentence("terminal.left_between", low=left[0], high=left[1])


def _fetched(metrics: Mapping[str, Any]) -> Sentence | None:
    """How much of a source has arrived, while it does."""
    done, total, left = metrics.get("fetched"), metrics.get("to_fetch"), metrics.get("fetch_seconds")
    if done is None or total is None or done >= total:
        return None
    if left is None:
        return sentence("terminal.fetched", source=metrics.get("source"), done=done, total=total)
    return sentence("terminal.fetched_left", source=metrics.get("source"), done=done, total=total, left=left)


def interruption(incident: Mapping[str, Any]) -> Sentence:
    """What cut the last run off, what was lost and where it goes on."""
    parts = []
    if incident.get("lost_seconds") is not None:
        parts.append(sentence("terminal.lost_time", seconds=incident["lost_seconds"]))
    if incident.get("lost_units"):
        parts.append(sentence("terminal.lost_units", units=incident["lost_units"]))
    parts.append(sentence("terminal.resumed_at", step=named("step", incident["step"]), unit=incident["unit"]))
    return sentence("terminal.interrupted", cause=named("incident", incident["kind"]), parts=parts)
