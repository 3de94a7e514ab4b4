"""Which GGUF file of a session is taken, and what the model is called in other programs.

Names come from folders that may have been copied or renamed by anyone, and go into other programs' command lines and
folders: what is not plain letters, digits, dots and dashes does not get there.
"""

from __future__ import annotations

import re
from pathlib import Path

from so8t_engine.errors import EngineError
from so8t_engine.export.gguf_types import FILE_TYPES
from so8t_engine.sentences import sentence
from so8t_engine.session import catalog, gguf_files

PART = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
MODEL = re.compile(rf"(?:[A-Za-z0-9][A-Za-z0-9_-]{{0,39}}/)?{PART}(?::{PART})?", re.ASCII)  # ollama/types/model/name.go
PUBLISHER = "so8t"
NAMELESS = "model"


def newest(root: Path) -> Path:
    """The newest session that has one. Raises EngineError no_gguf."""
    for entry in catalog.sessions(root):
        if gguf_files.of(entry.path):
            return entry.path
    raise EngineError("no_gguf", sentence("use.no_session", root=root))


def file(session: Path, kind: str | None) -> Path:
    """The one of this type; where none is named, the one that the report advises. Raises EngineError no_gguf, usage."""
    there, advised = gguf_files.of(session), gguf_files.advised(session)
    if advised is None:
        raise EngineError("no_gguf", sentence("use.no_gguf", session=session.name))
    if kind is None:
        return advised
    known_type(kind)
    if kind.upper() not in there:
        types = sorted(there)
        raise EngineError("no_gguf", sentence("use.not_this_type", session=session.name, type=kind, types=types))
    return there[kind.upper()]


def known_type(kind: str) -> str:
    """As llama.cpp writes it. Raises EngineError usage."""
    if kind.upper() not in FILE_TYPES:
        raise EngineError("usage", sentence("export.unknown_type", type=kind, types=list(FILE_TYPES)))
    return kind.upper()


def title(session: Path) -> str:
    """The run's own name, in letters that every file system and program takes."""
    letters = re.sub(r"[^a-z0-9._]+", "-", catalog.title(session.name).lower())
    return letters.strip("._-")[:40] or NAMELESS
