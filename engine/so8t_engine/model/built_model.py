"""The small base that a session built, as a folder; without torch."""

from __future__ import annotations

from pathlib import Path

from so8t_engine.errors import EngineError
from so8t_engine.sentences import sentence
from so8t_engine.session import manifest

MODEL = "model"


def folder(session: Path) -> Path:
    """Every file of it is held against its digest. Raises EngineError session_damaged."""
    problems = manifest.problems(session / MODEL)
    if problems:
        raise EngineError("session_damaged", sentence("model.built_unreadable", problem=problems[0]))
    return session / MODEL
