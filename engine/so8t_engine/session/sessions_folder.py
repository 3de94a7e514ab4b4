"""Whether a folder can hold sessions, as far as its name and what lies there say: a file, a name that is too long.

Standard library only, like catalog.py; whether anything can be written there, doctor/ asks.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from so8t_engine.errors import EngineError
from so8t_engine.sentences import Sentence, sentence

LONGEST_NAME, LONGEST_PATH = 255, 4096  # where the system does not say
BELOW = 200  # the longest path in a session, its own name included


def refuse_unusable(root: Path) -> Path:
    """The folder itself. Raises EngineError data_root, disk_permission."""
    wrong = problem(root)
    if wrong is not None:
        code = "disk_permission" if wrong.code == "session.root_not_read" else "data_root"
        raise EngineError(code, wrong)
    return root


def problem(root: Path) -> Sentence | None:
    """Why no sessions can be there; None also where the folder is only still to be made."""
    try:
        with os.scandir(root):
            return None
    except (FileNotFoundError, NotADirectoryError):
        return _too_long(root) or _file_in_the_way(root) or _no_drive(root)
    except PermissionError as error:
        return sentence("session.root_not_read", root=root, error=error.strerror)
    except (OSError, ValueError) as error:  # ValueError: a character that is in no name
        return _too_long(root) or sentence("session.root_no_name", root=root, error=_words(error))


def _too_long(root: Path) -> Sentence | None:
    """Each name has its limit, and so has the path with what lies in a session."""
    names, paths = _limits(root)
    longest = max((_length(part) for part in root.parts), default=0)
    if longest > names:
        return sentence("session.root_name_too_long", root=root, length=longest, most=names)
    length = _length(str(root)) + BELOW
    if length > paths:
        return sentence("session.root_path_too_long", root=root, length=length - BELOW, most=paths - BELOW)
    return None


def _limits(root: Path) -> tuple[int, int]:
    """Of a name and of a path, in the system's own units."""
    if sys.platform != "win32":
        for folder in (root, *root.parents):
            try:
                return os.pathconf(folder, "PC_NAME_MAX"), os.pathconf(folder, "PC_PATH_MAX")
            except (OSError, ValueError):
                continue
    return LONGEST_NAME, LONGEST_PATH


def _length(text: str) -> int:
    """Windows counts UTF-16 units, the others bytes."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 if os.name == "nt" else len(os.fsencode(text))


def _no_drive(root: Path) -> Sentence | None:
    """Windows alone has drives that may not be there."""
    anchor = Path(root.anchor)
    return sentence("session.root_no_drive", root=root, drive=anchor) if root.anchor and not anchor.exists() else None


def _file_in_the_way(root: Path) -> Sentence | None:
    """What is there, in its place or above it, and is no folder."""
    there = next((path for path in (root, *root.parents) if path.exists()), root)
    return sentence("session.root_is_a_file", root=root, path=there) if there.exists() and not there.is_dir() else None


def _words(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
