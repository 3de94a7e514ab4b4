"""A session as someone else might have written it: its texts would harm a terminal, a window or a reader."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

from helpers import sample_sessions
from so8t_engine.session import history, store
from so8t_engine.session.state import Cursor, PipelineState

MARKUP = (
    "<img src='/nowhere/picture.png'><b>bold</b><a href='http://x.invalid'>here</a> [red]R[/red] {0} {x!r} %s &lt; &A"
)
CONTROLS = "\x1b[2J\x1b[31mred\x1b]0;title\x07 \u202etxt.exe\u2066 \x9b1m \x00\x08"
HALF = "\ud83d"  # in no UTF-8, but JSON can write it
EVIL = f"{MARKUP} {CONTROLS} one\ntwo\u2028three\r"
SEEN = "<img src='/nowhere/picture.png'><b>bold</b>"  # of it, wherever it is shown whole
NAME = "20261125-000000-foreign"


def sentence(deep: int = 0) -> dict[str, Any]:
    """As JSON: a known code with wrong arguments, in itself `deep` times."""
    inner: Any = EVIL if deep == 0 else sentence(deep - 1)
    return {"code": "plain.in_turn", "args": {"parts": [inner, {"code": EVIL, "args": {}, "text": EVIL}]}, "text": EVIL}


def make(root: Path, name: str = NAME, status: str = "failed", **changes: Any) -> Path:
    """Readable for the program: the strings are the only thing that is wrong with it."""
    error = {"code": EVIL, "sentence": sentence(3), "action": EVIL} if status == "failed" else None
    results = {"base": EVIL, EVIL: EVIL, "gguf": EVIL}
    fields: dict[str, Any] = {"reason": sentence(2), "error": error, "results": results, "created": EVIL} | changes
    folder = sample_sessions.make(root, name, PipelineState(name, status, Cursor("train", 7), "000001", **fields))
    body = json.loads((folder / store.STATE).read_text(encoding="utf-8"))
    (folder / store.STATE).write_text(json.dumps(body | {"reason": {**sentence(2), "args": {"parts": [EVIL + HALF]}}}))
    live = {"run": 0, "step": "train", "kind": EVIL, "unit": 3, "total": 9, "active_seconds": 1e400, "rate": EVIL}
    (folder / "progress.json").write_text(json.dumps(live | {"metrics": {EVIL: EVIL}, "eta_total_seconds": 5.0}))
    entries = [
        {"number": n, "kind": "point", "phase": EVIL, "update": n, "alpha": 1.0, "loss": 1.0 / n, EVIL: EVIL}
        for n in range(1, 31)
    ]
    marks = [
        {"number": 31, "kind": "mark", "mark": EVIL, "why": sentence(1)},
        {"number": 32, "kind": "mark", "mark": "exactness_break", "why": EVIL},
    ]
    history.extend(folder / history.NAME, history.Prefix(), [*entries, *marks])
    incident = {"run": 1, "kind": EVIL, "when": EVIL, "lost_seconds": 5.0, "lost_units": 1, "resumed_from": EVIL,
                "step": EVIL, "unit": 7, "points": 12, "notes": [sentence(1), EVIL]}  # fmt: skip
    history.extend(folder / "incidents.jsonl", history.Prefix(), [incident])
    (folder / "logs" / "engine.log").write_bytes(f"line {EVIL}\n\x1b[31mcolour\x1b[0m\n".encode() + b"\xff\n")
    data = f"datasets: [{{name: a, source: local, path: {json.dumps(EVIL)}}}]"
    config = f"name: demo\ndescription: {json.dumps(EVIL)}\nmodel: {{build: {{}}}}\n{data}\n"
    (folder / store.CONFIG).write_text(config)
    return folder


def harm(text: str) -> set[str]:
    """The characters in a shown text that nobody sees, and that a terminal or a layout obeys; line breaks are not."""
    return {
        character
        for character in text
        if character not in "\n\u200c\u200d" and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    }
