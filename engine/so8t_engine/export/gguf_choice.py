"""Which GGUF file of a session is taken, and what the model is called in other programs.

Names come from folders that may have been copied or renamed by anyone, and go into other programs' command lines and
folders: what is not plain letters, digits, dots and dashes does not get there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from so8t_engine.errors import EngineError
from so8t_engine.export.gguf_types import FILE_TYPES
from so8t_engine.sentences import Sentence, sentence
from so8t_engine.session import catalog, gguf_files, results

PART = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
MODEL = re.compile(rf"(?:[A-Za-z0-9][A-Za-z0-9_-]{{0,39}}/)?{PART}(?::{PART})?", re.ASCII)  # ollama/types/model/name.go
PUBLISHER = "so8t"
NAMELESS = "model"


def newest(root: Path, tell: Callable[[Sentence], None]) -> Path:
    """The newest session that has one; newer ones that should have are told of. Raises EngineError no_gguf."""
    passed_over: list[catalog.Entry] = []
    for entry in catalog.sessions(root):
        if gguf_files.of(entry.path):
            for newer in passed_over:
                tell(catalog.passed_over(newer, entry, results.GGUF))
            return entry.path
        if entry.status == "damaged" or (entry.status == "finished" and _had_one(entry.path)):
            passed_over.append(entry)
    raise EngineError("no_gguf", sentence("use.no_session", root=root))


def _had_one(session: Path) -> bool:
    """As far as its report knows; where that is gone too, it had."""
    return not (session / results.FIGURES).is_file() or gguf_files.best(gguf_files.reported(session)) is not None


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
    """The run's own name, in letters that every file system and program takes; no two sessions beside each other have
    the same: the oldest has it as it is, the others with the time of their creation behind it.
    """
    own = _letters(catalog.title(session.name))
    same = [name for name in catalog.names(session.parent) if _letters(catalog.title(name)) == own]
    oldest = min(same, key=lambda name: (catalog.STAMP.match(name) is not None, name), default=session.name)
    stamp = catalog.STAMP.match(session.name)
    return own if session.name == oldest or stamp is None else f"{own}-{stamp[0].strip('-')}"


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9._]+", "-", text.lower()).strip("._-")[:40] or NAMELESS
