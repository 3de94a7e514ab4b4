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
from so8t_engine.session import catalog, disk_errors, display_name, gguf_files, manifest, results

PART = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
MODEL = re.compile(rf"(?:[A-Za-z0-9][A-Za-z0-9_-]{{0,39}}/)?{PART}(?::{PART})?", re.ASCII)  # ollama/types/model/name.go
PUBLISHER = "so8t"
NAMELESS = "model"


def latest(root: Path, tell: Callable[[Sentence], None]) -> Path:
    """Of the sessions that have one the one that worked last; later ones that should have are told of.

    Raises EngineError no_gguf.
    """
    passed_over: list[catalog.Entry] = []
    for entry in catalog.latest(root):
        if gguf_files.of(entry.path):
            for newer in passed_over:
                tell(catalog.passed_over(newer, entry, results.GGUF))
            return entry.path
        if entry.status == "damaged" or (entry.status == "finished" and _had_one(entry.path)):
            passed_over.append(entry)
    raise EngineError("no_gguf", sentence("use.no_session", root=root))


def _had_one(session: Path) -> bool:
    """As far as its report knows; where that is gone too, it had."""
    figures = gguf_files.reported(session)
    return figures is None or gguf_files.best(figures) is not None


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


def refuse_changed(file: Path) -> None:
    """Before it goes where nobody checks it any more: it is the one that was written. Reads all of it.

    Raises EngineError results_damaged, disk_*.
    """
    with disk_errors.translated(file):
        wrong = manifest.problem_of(file)
    if wrong is not None:
        raise EngineError("results_damaged", sentence("use.changed", file=file.name, what=wrong))


def refuse_written_to(file: Path) -> None:
    """As `refuse_changed`; but read, as it may be large, only where it is of another size, or was written to after its
    manifest was. Raises EngineError results_damaged, disk_*.
    """
    seal = file.with_name(manifest.NAME)
    with disk_errors.translated(file):
        try:
            size, _ = manifest.read(file.parent)[0].get(file.name, (file.stat().st_size, ""))
            untouched = (size == file.stat().st_size) and file.stat().st_mtime_ns <= seal.stat().st_mtime_ns
        except ValueError:
            untouched = False
    if not untouched:
        refuse_changed(file)


def known_type(kind: str) -> str:
    """As llama.cpp writes it. Raises EngineError usage."""
    if kind.upper() not in FILE_TYPES:
        raise EngineError("usage", sentence("export.unknown_type", type=kind, types=list(FILE_TYPES)))
    return kind.upper()


def title(session: Path) -> str:
    """What the session is called now, in letters that every file system and program takes; no two sessions beside each
    other have the same: of those that were never renamed the oldest has it as it is, the others with the time of their
    creation behind it.
    """
    own, stamp = _called(session), catalog.STAMP.match(session.name)
    same = [name for name in catalog.names(session.parent) if _called(session.parent / name) == own]
    if set(same) <= {session.name}:
        return own
    kept = [name for name in same if not _renamed(session.parent / name)]
    oldest = min(kept, key=lambda name: (catalog.STAMP.match(name) is not None, name), default="")
    return own if session.name == oldest or stamp is None else f"{own}-{stamp[0].strip('-')}"


def _called(session: Path) -> str:
    """By the name it was given; by its first one where that has no letter to keep."""
    given = _letters(display_name.of(session) or "")
    return given if given != NAMELESS else _letters(catalog.title(session.name))


def _renamed(session: Path) -> bool:
    return _called(session) != _letters(catalog.title(session.name))


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9._]+", "-", text.lower()).strip("._-")[:40] or NAMELESS
