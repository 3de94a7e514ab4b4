"""A program that somebody else made: where it is, and what came of calling it.

Always with a list of arguments, never through a shell: nothing in a name can become a command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from so8t_engine import lifeline
from so8t_engine.errors import EngineError
from so8t_engine.plain_text import plain
from so8t_engine.sentences import Sentence, of_error, sentence

LONGEST_REASON = 300


@dataclass(frozen=True)
class Delivery:
    """What became of it: `model` under this name, by `line`, which people may call themselves; `said` tells them.

    `done` is false where the program is not there. `place`: where the file lies now, if that is known.
    """

    done: bool
    model: str
    line: str
    said: Sentence
    place: Path | None = None


def find(name: str, elsewhere: Iterable[Path], environment: Mapping[str, str] = os.environ) -> Path | None:
    """On the path, then in the folders `elsewhere`, where installers put it without telling the path.

    Not `shutil.which`: on Windows that looks into the current folder first, which may be anybody's, and takes batch
    files, whose arguments go through a shell.
    """
    file = f"{name}.exe" if sys.platform == "win32" else name
    listed = (Path(folder) for folder in environment.get("PATH", "").split(os.pathsep) if folder)
    for folder in (*listed, *elsewhere):
        candidate = folder / file
        if folder.is_absolute() and candidate.is_file() and os.access(candidate, os.X_OK):
            return candidate
    return None


def call(program: Path, arguments: Sequence[str]) -> None:
    """To its end, or this process's. Raises EngineError other_program, with the last it said, where it fails."""
    command = [str(program), *arguments]
    try:
        done = lifeline.call(command)
    except OSError as error:
        not_started = sentence("use.not_started", program=program.stem, error=of_error(error))
        raise EngineError("other_program", not_started) from error
    if done.code:
        why = _last_line(done.stderr) or _last_line(done.stdout)
        failed = sentence("use.failed", program=program.stem, code=done.code, line=why)
        raise EngineError("other_program", failed if why else sentence("use.failed_silently", program=program.stem,
                                                                       code=done.code))  # fmt: skip


def _last_line(output: bytes) -> str:
    """Progress is drawn over and over in one line; what it ends with is what was wrong."""
    lines = [
        plain(part, most=None).strip() for part in output.decode("utf-8", "replace").replace("\r", "\n").split("\n")
    ]
    told = [part for part in lines if part]
    errors = [part for part in told if part.lower().startswith("error")]
    return (errors or told or [""])[-1][:LONGEST_REASON]
