"""Which Python the engine runs in, this one or the one of an environment of its own (SO8T_ENGINE_PYTHON), and how."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath

from PySide6.QtCore import QProcessEnvironment

from so8t_engine.standard_streams import OF_EVERY_CHILD
from so8t_gui.i18n.translate import tr

LANGUAGE = "SO8T_LANG"  # what is written for people, such as reports


def engine_python() -> str:
    """On Windows the window runs in pythonw.exe, which has no standard output; its sibling does."""
    return os.environ.get("SO8T_ENGINE_PYTHON") or with_output(sys.executable, sys.platform == "win32")


def with_output(executable: str, windows: bool) -> str:
    path = Path(executable)
    if not windows or PurePath(executable).stem.lower() != "pythonw":
        return executable
    return str(path.with_name("python.exe"))


def engine_environment(changes: Mapping[str, str] = OF_EVERY_CHILD) -> QProcessEnvironment:
    """This program's environment with `changes`; what the engine prints is UTF-8 whatever the console's code page."""
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert(LANGUAGE, tr("en"))  # a translation gives its own code
    for name, value in {**OF_EVERY_CHILD, **changes}.items():
        environment.insert(name, value)
    return environment
