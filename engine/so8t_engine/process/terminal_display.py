"""Human progress on a terminal: a live line while it is one, plain lines where it is not."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from so8t_engine.protocol import STEPS, Message

PLAIN_SECONDS = 10.0
BAR = 24
RESULTS = (
    ("Right held-out answers", "base", "tuned"),
    ("In the thinking format", "base_format", "tuned_format"),
)


class Display:
    """Draws events. Has state because a terminal line is redrawn from the newest values."""

    def __init__(self, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = Console(file=out, highlight=False, soft_wrap=True)
        self._live: Live | None = None
        self._clock = clock
        self._step = ""
        self._progress: dict[str, Any] = {}
        self._point: dict[str, Any] = {}
        self._last_plain = float("-inf")
        self._saved_at: float | None = None

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

    def say(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style=style))

    def _on_session(self, data: dict[str, Any]) -> None:
        self.say(f"Session {data['session']}", "bold")
        self.say(f"Folder  {data['path']}")
        if self._console.is_terminal:
            self._live = Live(console=self._console, auto_refresh=False, transient=True)
            self._live.start()

    def _on_incident(self, data: dict[str, Any]) -> None:
        cause = {
            "power": "a power cut or restart",
            "killed": "its process being killed",
            "damage": "damage on the disk",
            "stuck": "standing still",
            "crashed": "a crash of its process",
            "out_of_memory": "memory that ran out",
            "device_error": "an error of the GPU",
            "not_finite": "numbers that were none",
        }
        lost = "" if data.get("lost_seconds") is None else f"lost {duration(data['lost_seconds'])}, "
        units = "" if not data.get("lost_units") else f"{data['lost_units']} units to do again, "
        self.say(
            f"The last run was cut off by {cause.get(data['kind'], data['kind'])}: {lost}{units}"
            f"resumed at {data['step']} unit {data['unit']}.",
            "yellow",
        )
        for note in data.get("notes", []):
            self.say(f"  {note}", "yellow")

    def _on_step(self, data: dict[str, Any]) -> None:
        if data["state"] == "done":
            self.say(f"[{data['index']}/{data['steps']}] {data['step']:<10} done", "green")
            return
        self._step = data["step"]
        self._progress, self._point = {}, {}
        self._last_plain = float("-inf")
        if self._live is None:
            self.say(f"[{data['index']}/{data['steps']}] {data['step']} ...")
        self._redraw()

    def _on_progress(self, data: dict[str, Any]) -> None:
        self._progress = data
        self._redraw()

    def _on_point(self, data: dict[str, Any]) -> None:
        self._point = {**self._point, **{key: value for key, value in data.items() if value is not None}}

    def _on_mark(self, data: dict[str, Any]) -> None:
        why = data.get("why", "")
        if data.get("mark") == "phase_transition":
            why = f"the loss went {data['direction']} by {abs(data['size']):.3g} after update {data['since']}"
        self.say(f"{str(data.get('mark')).replace('_', ' ')}: {why}", "magenta")

    def _on_saved(self, data: dict[str, Any]) -> None:
        self._saved_at = self._clock()
        self._redraw()

    def _on_waiting(self, data: dict[str, Any]) -> None:
        self.say(f"Waiting: {data['detail']} It goes on by itself once that is mended; Ctrl+C stops.", "yellow")

    def _on_warning(self, data: dict[str, Any]) -> None:
        self.say(f"Note: {data['detail']}", "yellow")

    def _on_restarting(self, data: dict[str, Any]) -> None:
        self.close()
        self.say(f"{data['sentence']} A new process goes on in {duration(data['in_seconds'])}.", "yellow")

    def _on_paused(self, data: dict[str, Any]) -> None:
        self.close()
        self.say(
            f"Paused ({data['reason']}), saved at {data['step']} unit {data['unit']}. `so8t resume` goes on.", "yellow"
        )

    def _on_finished(self, data: dict[str, Any]) -> None:
        self.close()
        self.say("Finished.", "bold green")
        found = data.get("results", {})
        for title, before, after in RESULTS:
            if isinstance(found.get(before), float) and isinstance(found.get(after), float):
                self.say(f"{title:<26} {found[before]:6.1%} before   {found[after]:6.1%} after")
        for title, key in (("Report", "report"), ("Model", "final_model"), ("GGUF", "gguf")):
            self.say(f"{title:<7} {Path(data['path'], data[key])}")

    def _on_failed(self, data: dict[str, Any]) -> None:
        self.close()
        self.say(data["sentence"], "bold red")
        if data.get("action"):
            self.say(data["action"])

    def _redraw(self) -> None:
        if self._live is not None:
            self._live.update(self._line(), refresh=True)
        elif self._progress and self._clock() - self._last_plain >= PLAIN_SECONDS:
            self._last_plain = self._clock()
            self.say("    " + ", ".join(self._words()))

    def _line(self) -> Table:
        unit, total = self._progress.get("unit", 0), self._progress.get("total", 0)
        filled = int(BAR * unit / total) if total else 0
        number = STEPS.index(self._step) + 1 if self._step in STEPS else 0
        row = Table.grid(padding=(0, 1))
        bar = Text("━" * filled, style="cyan") + Text("━" * (BAR - filled), style="bright_black")
        row.add_row(f"[bold]\\[{number}/{len(STEPS)}] {self._step}[/]", bar, ", ".join(self._words()))
        return row

    def _words(self) -> list[str]:
        now = self._progress
        if not now:
            return ["loading"]
        words = [f"{now.get('kind')} {now.get('unit')}/{now.get('total')}"]
        if now.get("rate"):
            words.append(f"{now['rate']:.2g}/s")
        if now.get("eta_seconds") is not None:
            words.append(f"step {duration(now['eta_seconds'])}, all {duration(now['eta_total_seconds'])} left")
        for key in ("loss", "alpha", "reward"):
            value = self._point.get(key, now.get("metrics", {}).get(key))
            if isinstance(value, (int, float)):
                words.append(f"{key} {value:.3f}")
        if self._saved_at is not None:
            words.append(f"saved {duration(self._clock() - self._saved_at)} ago")
        return words


def duration(seconds: float) -> str:
    """3725 -> `1 h 02 min`; 130 -> `2 min 10 s`; 9.4 -> `9 s`."""
    whole = round(seconds)
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
    if whole >= 60:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole} s"
