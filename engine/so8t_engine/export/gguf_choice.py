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
from so8t_engine.session import catalog
from so8t_engine.session.results import GGUF

FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}-(?P<kind>[A-Za-z0-9_]{1,12})\.gguf", re.ASCII)
PART = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
MODEL = re.compile(rf"(?:[A-Za-z0-9][A-Za-z0-9_-]{{0,39}}/)?{PART}(?::{PART})?", re.ASCII)  # ollama/types/model/name.go
PUBLISHER = "so8t"
NAMELESS = "model"


def newest(root: Path) -> Path:
    """The newest session that has one. Raises EngineError no_gguf."""
    for entry in catalog.sessions(root):
        if _files(entry.path):
            return entry.path
    raise EngineError("no_gguf", sentence("use.no_session", root=root))


def file(session: Path, kind: str | None) -> Path:
    """The one of this type; the smallest where none is named, as the Modelfile. Raises EngineError no_gguf, usage."""
    there = _files(session)
    if not there:
        raise EngineError("no_gguf", sentence("use.no_gguf", session=session.name))
    if kind is None:
        return min(there.values(), key=lambda path: path.stat().st_size)
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


def kind_of(path: Path) -> str:
    found = FILE.fullmatch(path.name)
    return found["kind"].upper() if found else ""


def title(session: Path) -> str:
    """The run's own name, in letters that every file system and program takes."""
    letters = re.sub(r"[^a-z0-9._]+", "-", catalog.title(session.name).lower())
    return letters.strip("._-")[:40] or NAMELESS


def _files(session: Path) -> dict[str, Path]:
    """By type; no links, which could lead out of the session."""
    folder = session / GGUF
    if folder.is_symlink() or not folder.is_dir():
        return {}
    plain = (path for path in sorted(folder.iterdir()) if FILE.fullmatch(path.name) and not path.is_symlink())
    return {kind_of(path): path for path in plain if path.is_file()}
