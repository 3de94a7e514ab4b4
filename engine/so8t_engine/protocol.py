"""What the engine and its host tell each other: JSON lines, versioned; unknown ones are skipped.

Whatever is said to people crosses as a sentence: `{"code": ..., "args": {...}, "text": English}` (sentences.py).
Standard library only: the window imports this module. `EVENTS` and `COMMANDS` are the source of the tables in
engine/DESIGN.md (`python -m so8t_engine.protocol` prints them).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PROTOCOL_VERSION = 2
MAX_LINE_BYTES = 1 << 20
STEPS = ("collect", "integrate", "convert", "train", "evaluate")

FOREIGN = "foreign"  # what `decode` makes of a message of another version; neither an event nor a command


@dataclass(frozen=True)
class Kind:
    """What a message carries. `open`: besides these fields, values that depend on the case."""

    fields: tuple[str, ...]
    meaning: str
    open: bool = False


EVENTS: dict[str, Kind] = {
    "hello": Kind(("protocol", "version", "pid"), "the first line, before anything heavy is loaded"),
    "made": Kind(("session", "title", "path"), "a new session is on the disk; what will work on it is about to start"),
    "session": Kind(
        ("session", "title", "path", "status", "step", "unit", "share", "step_seconds"),
        "which session this engine runs; `share` of the run is done, `step_seconds` by step were worked",
    ),
    "incident": Kind(
        (
            "run", "kind", "when", "lost_seconds", "lost_units", "resumed_from", "step", "unit", "points", "notes",
        ),
        "the run before was cut off; `notes` are sentences about what was repaired",
    ),
    "step": Kind(
        ("step", "index", "steps", "state", "seconds"),
        "a step begins or goes on (`running`) or is over (`done`); `seconds` of work on it so far, in all runs",
    ),
    "progress": Kind(
        (
            "step", "kind", "unit", "total", "of_kind", "kind_total", "rate", "eta_seconds", "eta_total_seconds",
            "eta_low_seconds", "eta_high_seconds", "share", "active_seconds", "unsaved_seconds", "points", "metrics",
        ),
        "at most five a second; `unit` of `total` in the step, `of_kind` of `kind_total` and `rate` (a second) are of "
        "units of this kind; the time left of the whole run lies between `low` and `high`; `share` of the whole run "
        "never falls",
    ),
    "point": Kind(("number",), "one history point and its values (update, loss, alpha, reward, kl, ...)", open=True),
    "mark": Kind(("number", "mark"), "a phase transition or an exactness break in the history", open=True),
    "saved": Kind(
        ("checkpoint", "step", "unit", "share", "bytes", "seconds", "blocked_seconds"),
        "a commit that a power cut cannot take back",
    ),
    "waiting": Kind(("code", "sentence"), "the run waits until the cause is gone (disk full), then continues"),
    "warning": Kind(("code", "sentence"), "something the user should know; the run continues"),
    "restarting": Kind(
        ("code", "sentence", "attempt", "in_seconds"), "the process at work ended in trouble; a new one will continue"
    ),
    "paused": Kind(("reason", "step", "unit"), "committed and at rest; `reason` is a sentence; resume continues here"),
    "finished": Kind(
        ("path", "report", "final_model", "gguf", "results"),
        "all is there, below `path`; `results`: small figures the steps left (base, tuned, ...)",
    ),
    "failed": Kind(("code", "sentence", "action"), "why it stopped and what to do, two sentences"),
    "bye": Kind(("exit_code",), "the last line"),
}  # fmt: skip

COMMANDS: dict[str, Kind] = {
    "pause": Kind(
        ("why",), "commit at the next restart point, then leave; `why`: `suspend`, `logoff`, `quit`, else by the user"
    ),
    "save": Kind((), "commit at the next restart point and continue"),
}


@dataclass(frozen=True)
class Message:
    """One line either way. `name` is an event or a command, `data` its plain JSON values."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)


Emit = Callable[[Message], None]


def encode(message: Message) -> str:
    """One line with its newline. Non-finite numbers become null: JSON has no NaN."""
    envelope = {"v": PROTOCOL_VERSION, "name": message.name}
    body = envelope | _finite(message.data) | envelope  # first to be read, and no field can take its place
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n"


def decode(line: str) -> Message | None:
    """The message in a line, None where it is not one (garbage, too long).

    A message of another protocol version is not read: it becomes FOREIGN with its `name` and `protocol`, which whoever
    does not know it skips. Only `hello` is passed on from any version: its `protocol` is how both sides find out.
    """
    if len(line) > MAX_LINE_BYTES:
        return None
    try:
        body = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict):
        return None
    version, name = body.pop("v", None), body.pop("name", None)
    if not isinstance(name, str) or not isinstance(version, int):
        return None
    if version != PROTOCOL_VERSION and name != "hello":
        return Message(FOREIGN, {"protocol": version, "name": name})
    return Message(name, body)


def _finite(value: Any) -> Any:
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return value


def tables() -> str:
    """EVENTS and COMMANDS as engine/DESIGN.md has them."""
    lines = []
    for title, kinds in (("event", EVENTS), ("command", COMMANDS)):
        lines += [f"| {title} | fields | meaning |", "| --- | --- | --- |"]
        for name, kind in kinds.items():
            fields = ", ".join([*(f"`{field}`" for field in kind.fields), *["..."] * kind.open])
            lines.append(f"| `{name}` | {fields} | {kind.meaning} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    print(tables(), end="")  # noqa: T201
