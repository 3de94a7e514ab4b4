"""Where things live on this machine, and the names of new sessions."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs


def data_root(chosen: str | Path | None) -> Path:
    """The folder with the sessions: the one chosen, else SO8T_DATA_ROOT, else the platform's data folder."""
    folder = chosen or os.environ.get("SO8T_DATA_ROOT")
    if folder:
        return Path(folder).expanduser().absolute()
    return Path(platformdirs.user_data_dir("so8t", appauthor=False)) / "sessions"


def config_home() -> Path:
    """The folder with what the user chose: SO8T_CONFIG_HOME, else the platform's folder for settings."""
    return Path(os.environ.get("SO8T_CONFIG_HOME") or platformdirs.user_config_dir("so8t", appauthor=False))


def session_id(root: Path, name: str, stamp: str) -> str:
    """`stamp` is YYYYMMDD-HHMMSS; a number is added where that name is taken."""
    base = f"{stamp}-{name}"
    number = 2
    candidate = base
    while (root / candidate).exists():
        candidate, number = f"{base}-{number}", number + 1
    return candidate


def homely(text: str) -> str:
    """The same with ~ for the home folder: a report goes to other people."""
    try:
        home = str(Path.home())
    except RuntimeError:  # nobody knows where it is
        return text
    return text.replace(home, "~") if len(home) > 1 else text


def boot_id() -> str:
    """Changes with every start of the machine; tells a power cut or reboot from a killed process."""
    if sys.platform == "linux":
        try:
            return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        except OSError:
            return ""
    import psutil

    return str(int(psutil.boot_time()))


def process_lives(number: int) -> bool:
    """Whether a process of this machine has that number. A signal 0 would not do: Windows ends the process by it."""
    import psutil

    try:
        return psutil.pid_exists(number)
    except OverflowError:  # no process can have it
        return False
