"""Whatever of its processes says a thing, a session has it in its own record: paused, replaced, given up, finished."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpers import toy_engine
from so8t_engine.protocol import Message
from so8t_engine.session import told

KILLED = "kill@60"


def kept(events: list[dict[str, Any]]) -> list[Message]:
    """Of what was said on standard output, as a window hears it."""
    said = (Message(event["name"], {key: event[key] for key in event.keys() - {"v", "name"}}) for event in events)
    return [told.placeless(message) for message in said if told.is_kept(message)]


@pytest.mark.parametrize("trouble", ["", KILLED, f"{KILLED}/always"], ids=["whole", "replaced", "given up"])
def test_what_a_window_hears_is_what_the_session_keeps(tmp_path: Path, trouble: str) -> None:
    events, _ = toy_engine.run(tmp_path, trouble)
    session = toy_engine.session_in(tmp_path)
    lines = told.read(session).lines
    assert [line.event for line in lines] == kept(events) and len(lines) > 3
    assert {"": "finished", KILLED: "finished"}.get(trouble, "failed") == lines[-1].event.name
    if not trouble:
        return
    names = [line.event.name for line in lines]
    assert names[(at := names.index("restarting")) : at + 3] == ["restarting", "session", "incident"]
    again, _ = toy_engine.resume(tmp_path, session.name)
    more = told.read(session).lines[len(lines) :]
    assert [line.event for line in more] == (kept(again) if trouble != KILLED else []), "a refusal is no history"
