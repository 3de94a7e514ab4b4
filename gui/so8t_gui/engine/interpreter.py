"""Which Python the engine runs in: this one, or the one of an environment of its own (SO8T_ENGINE_PYTHON)."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePath


def engine_python() -> str:
    """On Windows the window runs in pythonw.exe, which has no standard output; its sibling does."""
    return os.environ.get("SO8T_ENGINE_PYTHON") or with_output(sys.executable, sys.platform == "win32")


def with_output(executable: str, windows: bool) -> str:
    path = Path(executable)
    if not windows or PurePath(executable).stem.lower() != "pythonw":
        return executable
    return str(path.with_name("python.exe"))
