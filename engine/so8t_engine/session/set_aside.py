"""What a session no longer uses and nobody may lose: `set-aside/NNN-name`, never swept, never read again."""

from __future__ import annotations

from pathlib import Path

from so8t_engine.session import durable

FOLDER = "set-aside"


def move(session: Path, path: Path) -> str:
    """Takes a file or folder of the session out of its place. Returns where it is now, below the session."""
    target = _next(session, path.name)
    durable.rename(path, target)
    return target.relative_to(session).as_posix()


def copy(session: Path, name: str, data: bytes) -> str:
    """Keeps these bytes; once, however often it is asked for."""
    for kept in sorted((session / FOLDER).glob(f"[0-9]*-{name}")):
        if kept.is_file() and kept.read_bytes() == data:
            return kept.relative_to(session).as_posix()
    target = _next(session, name)
    durable.replace(target, data)
    return target.relative_to(session).as_posix()


def _next(session: Path, name: str) -> Path:
    folder = session / FOLDER
    durable.make_folder(folder, below=session)
    numbers = (entry.name.partition("-")[0] for entry in folder.iterdir())
    return folder / f"{1 + max((int(number) for number in numbers if number.isdecimal()), default=0):03d}-{name}"
