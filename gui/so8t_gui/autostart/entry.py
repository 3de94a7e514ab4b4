"""What the three platforms share: how an entry stands, the command it starts, whether that is ours and still there."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

HIDDEN = "--hidden"
MODULES = ("so8t_gui", "so8t_gui.launcher")
SCRIPTS = ("so8t-tray", "so8t-tray.exe")


class Refused(Exception):
    """The system did not allow it; its text is for the user."""


@dataclass(frozen=True)
class Status:
    """`on`: it starts at the next logon. `broken`: there is an entry, but what it starts is gone or unreadable.

    `way`: "xdg", "task", "run", "launch-agent" or empty; `place`: the file, task or registry value; `ours`: SO8T
    wrote the command, so it may mend it; `chosen_off`: the user switched the entry off in the system's own settings.
    """

    on: bool
    sentence: str
    way: str = ""
    place: str = ""
    command: tuple[str, ...] = ()
    broken: bool = False
    ours: bool = True
    chosen_off: bool = False

    @property
    def level(self) -> str:
        return "warning" if self.broken else "note"


def tr(text: str, **values: Any) -> str:
    """As translate.tr where Qt is loaded: by the window, or by a command line in Japanese; English is spared it."""
    if "PySide6.QtCore" in sys.modules:
        from so8t_gui.i18n import translate

        return translate.tr(text, **values)
    return text.format(**values) if values else text


def command(interpreter: str, hidden: bool, windows: bool = False) -> tuple[str, ...]:
    """What is to start: `so8t-tray` beside the interpreter, else the window by the interpreter (without a console)."""
    here = Path(interpreter)
    rest = (HIDDEN,) if hidden else ()
    script = here.with_name("so8t-tray.exe" if windows else "so8t-tray")
    if script.is_file():
        return (str(script), *rest)
    quiet = here.with_name("pythonw.exe")
    return (str(quiet if windows and quiet.is_file() else here), "-m", MODULES[0], *rest)


def is_ours(argv: Sequence[str]) -> bool:
    """Whether `command` could have made it, here or where the program was before. Anything else a person wrote."""
    if not argv:
        return False
    rest = tuple(word for word in argv[1:] if word != HIDDEN)
    name = _name(argv[0]).casefold()
    if name in SCRIPTS:
        return not rest
    return name.startswith("python") and len(rest) == 2 and rest[0] == "-m" and rest[1] in MODULES


def is_there(argv: Sequence[str]) -> bool:
    """Whether its program still exists. A name without a folder is looked for by the system: taken as there."""
    if not argv:
        return False
    program = Path(argv[0])
    try:
        return not program.is_absolute() or program.is_file()
    except (OSError, ValueError):
        return False


def unwritable(command: Sequence[str]) -> str:
    """Why an entry cannot name this program, whatever its form: characters that neither XML nor a registry keeps."""
    for word in command:
        for character in word:
            if character < " " or character in "\x7f\ufffe\uffff" or "\ud800" <= character <= "\udfff":
                return tr("The path {path} has a character that an entry at logon cannot hold.", path=ascii(word))
    return ""


def gone(command: Sequence[str]) -> str:
    """What to say of an entry whose program is not there."""
    program = command[0] if command else "-"
    return tr("The entry at logon starts {program}, which is no longer there.", program=program)


def reason(error: OSError) -> str:
    return str(error.strerror or error)


def _name(program: str) -> str:
    windows = PureWindowsPath(program).name
    return windows if "\\" in program else PurePosixPath(program).name
