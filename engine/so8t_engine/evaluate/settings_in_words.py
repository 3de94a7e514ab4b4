"""What a run was set to, in the reader's language: report.json says it in English, for programs.

The session's configuration gives the same as sentences. Where it says something else by now, or is gone, the report's
own words stand as they are.
"""

from __future__ import annotations

from pathlib import Path

from so8t_engine.config import file, in_words
from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence
from so8t_engine.session import store


def of(session: Path) -> dict[str, Sentence]:
    """By its English words, as report.json has them; {} where there is no configuration that can be read."""
    try:
        config = file.load(session / store.CONFIG)
    except (EngineError, OSError, ValueError):
        return {}
    return {str(said): said for _, said in in_words.settings(config)}
