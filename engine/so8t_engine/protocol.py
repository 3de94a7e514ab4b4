"""What the engine and its host tell each other: JSON lines, versioned; unknown ones are skipped.

Whatever is said to people crosses as a sentence: `{"code": ..., "args": {...}, "text": English}` (sentences.py).
Standard library only: the window imports this module. `EVENTS` and `COMMANDS` are the source of the table in
engine/DESIGN.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PROTOCOL_VERSION = 2
MAX_LINE_BYTES = 1 << 20
STEPS = ("collect", "integrate", "convert", "train", "evaluate")

EVENTS: dict[str, str] = {
    "hello": "protocol, version, pid: the first line, before anything heavy is loaded",
    "session": "session, title, path, step, unit, status: which session this engine runs",
    "incident": "run, kind, lost_seconds, lost_units, resumed_from, step, unit, notes: the run before was cut off",
    "step": "step, index, steps, state (running|done): a step begins or is over",
    "progress": "step, kind, unit, total, rate, eta_seconds, eta_total_seconds, metrics, unsaved_seconds",
    "point": "number, and the values of one history point (update, loss, alpha, reward, kl, ...)",
    "mark": "number, mark, and its values: a phase transition or an exactness break in the history",
    "saved": "checkpoint, step, unit, bytes, seconds, blocked_seconds: a commit that a power cut cannot take back",
    "waiting": "code, sentence: the run stands still until the cause is gone (disk full), then goes on by itself",
    "warning": "code, sentence: something the user should know; the run goes on",
    "restarting": "code, sentence, attempt, in_seconds: the process at work ended in trouble; a new one will go on",
    "paused": "reason (a sentence), step, unit: committed and at rest; resume continues here",
    "finished": "path, and in it report, final_model, gguf; results: small figures the steps left (base, tuned, ...)",
    "failed": "code, sentence, action: why it stopped and what to do",
    "bye": "exit_code: the last line",
}

COMMANDS: dict[str, str] = {
    "pause": "commit at the next restart point, then leave",
    "save": "commit at the next restart point and go on",
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
    """The message in a line, or None where it is not one (garbage, too long, another version).

    A `hello` is read whatever its version: who hears it says which one the other side speaks.
    """
    if len(line) > MAX_LINE_BYTES:
        return None
    try:
        body = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict):
        return None
    if body.pop("v", None) != PROTOCOL_VERSION and body.get("name") != "hello":
        return None
    name = body.pop("name", None)
    return Message(name, body) if isinstance(name, str) else None


def _finite(value: Any) -> Any:
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return value
