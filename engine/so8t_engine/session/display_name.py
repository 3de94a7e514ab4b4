"""The name a person gave a session to know it by, at its start or later; its folder, its id and all results stay.

A small file of its own, so that it can be given while the session runs, and goes where the session goes, also where its
folder is renamed. Whoever adopts a copy knows it by the name of its folder again (adoption.py).
"""

from __future__ import annotations

import json
from pathlib import Path

from so8t_engine import session_name
from so8t_engine.errors import EngineError
from so8t_engine.plain_text import plain
from so8t_engine.sentences import sentence
from so8t_engine.session import durable, wary_read

NAME = "display_name.json"
LONGEST = session_name.LONGEST


def of(session: Path) -> str:
    """Empty where it has none; whatever lies in the file, it is one line of visible characters."""
    name = wary_read.json_object(session / NAME).get("name")
    return plain(name, most=LONGEST).strip() if isinstance(name, str) else ""


def give(session: Path, name: str) -> str:
    """The name as it is kept; an empty one takes it away. Raises EngineError usage (too long), disk_*."""
    kept = session_name.kept(name)
    if len(kept) > LONGEST:
        raise EngineError("usage", sentence("session.name_too_long", count=len(kept), most=LONGEST))
    if kept != of(session):
        durable.replace(session / NAME, (json.dumps({"name": kept}, ensure_ascii=False) + "\n").encode())
    return kept
