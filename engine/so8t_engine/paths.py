"""Where things live on this machine, the names of new sessions and sources, and which start of the machine this is."""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from pathlib import Path, PureWindowsPath

import platformdirs

HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)
BOOT_VALUE = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"
SETTINGS, SETTINGS_BYTES = "settings.json", 1 << 20  # of the window
LONGEST_NAME = 48  # characters of a source's name, of up to 4 bytes each
CLOCK_SECONDS = 120  # by how much the clock may be set, or a reading of it differ, within one start of the machine


def data_root(chosen: str | Path | None) -> Path:
    """The folder with the sessions: the one chosen, else SO8T_DATA_ROOT, else the one chosen in the window, else the
    platform's data folder.
    """
    folder = chosen or os.environ.get("SO8T_DATA_ROOT")
    if folder:
        return at_home(folder).absolute()
    return _usual_root()


def default_root() -> Path:
    """Where nothing is chosen."""
    folder = os.environ.get("SO8T_DATA_ROOT")
    return at_home(folder).absolute() if folder else _of_platform()


def named_root(folder: str | Path | None) -> str:
    """For `--data-root` of a command that anybody may type: "" where that folder is looked in without it, whatever
    this process's environment says; it may have been set for this one command.
    """
    root = data_root(folder)
    return "" if root == _usual_root() else str(root)


def _usual_root() -> Path:
    folder = _of_window()
    return at_home(folder).absolute() if folder else _of_platform()


def _of_window() -> str:
    """What the window's settings say; whatever lies there, "" where they say nothing."""
    try:
        with (config_home() / SETTINGS).open("rb") as file:
            values = json.loads(file.read(SETTINGS_BYTES))
    except (OSError, ValueError, RecursionError):
        return ""
    folder = values.get("data_root") if isinstance(values, dict) else None
    return folder if isinstance(folder, str) else ""


def _of_platform() -> Path:
    return Path(platformdirs.user_data_dir("so8t", appauthor=False)) / "sessions"


def config_home() -> Path:
    """The folder with what the user chose: SO8T_CONFIG_HOME, else the platform's folder for settings."""
    return Path(os.environ.get("SO8T_CONFIG_HOME") or platformdirs.user_config_dir("so8t", appauthor=False))


def cache_home() -> Path:
    """The folder for what can be made again: SO8T_CACHE_HOME, else the platform's folder for caches."""
    return Path(os.environ.get("SO8T_CACHE_HOME") or platformdirs.user_cache_dir("so8t", appauthor=False))


def session_id(root: Path, name: str, stamp: str) -> str:
    """`stamp` is YYYYMMDD-HHMMSS; a number is added where that name is taken."""
    base = f"{stamp}-{name}"
    number = 2
    candidate = base
    while (root / candidate).exists():
        candidate, number = f"{base}-{number}", number + 1
    return candidate


def dataset_name(text: str) -> str:
    """What a file or a data set is called, as the name of a source: in any script, as it is part of files' names."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[^\w-]+", "-", plain).strip("-_")[:LONGEST_NAME].strip("-_") or "data"


def homely(text: str) -> str:
    """The same with ~ for the home folder: a report goes to other people."""
    try:
        home = str(Path.home())
    except RuntimeError:  # nobody knows where it is
        return text
    return text.replace(home, "~") if len(home) > 1 else text


def at_home(path: str | Path) -> Path:
    """`~` and `~user` as the home folders they mean; as it stands where there is no such user.

    `~$sales.xlsx` is no one's home but the file by which Excel marks an open one: `Path.expanduser` raises there.
    """
    return Path(os.path.expanduser(path))  # noqa: PTH111


def looks_local(name: str) -> bool:
    """Whether this can only be a folder, there or not: `owner/name` may be a repository of the Hugging Face hub.

    The hub itself allows letters, digits, `-`, `_` and `.`; so `C:\\models\\judge`, `models\\judge`, `~/judge`,
    `./judge`, `judge`, `a/b/c` and `//server/judge` are folders, whatever system reads them.
    """
    return HUB_ID.fullmatch(name) is None


def absolute(path: str, base: Path) -> str:
    """As it stands where it is absolute, by the rules of Windows too; else below `base`. `~` is the home folder."""
    if os.name != "nt" and PureWindowsPath(path).drive and "\\" in path:
        return path  # of a configuration that was written on Windows: no folder here, and to be named as it was written
    return os.path.normpath(base / at_home(path))


def boot_id(like: object = None) -> str:
    """Changes with every start of the machine; tells a power cut or reboot from a killed process.

    Linux counts starts by a random id, macOS too, Windows by a number. Where there is none of these it is the second
    of the start, which moves with the clock: then `like`, a value recorded before, is the answer if it is about the
    same. So it is for a value that an earlier version recorded, whose ids on Windows and macOS were seconds.
    """
    if isinstance(like, str) and like.isascii() and like.isdecimal():
        seconds = _boot_seconds()
        same = seconds is not None and abs(int(like) - seconds) <= CLOCK_SECONDS
        return like if same else str(seconds or "")
    counted = _boot_counted()
    return counted or str(_boot_seconds() or "")


def process_lives(number: int) -> bool:
    """Whether a process of this machine has that number. A signal 0 would not do: Windows ends the process by it."""
    import psutil

    try:
        return psutil.pid_exists(number)
    except OverflowError:  # no process can have it
        return False


def _boot_seconds() -> int | None:
    """Since the epoch, by a clock that may be set; None where the system does not say."""
    import psutil

    try:
        return int(psutil.boot_time())
    except (psutil.Error, OSError, RuntimeError):
        return None


if sys.platform == "win32":

    def _boot_counted() -> str:
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, BOOT_VALUE) as key:
                return f"boot-{int(winreg.QueryValueEx(key, 'BootId')[0])}"
        except (OSError, ValueError, TypeError):
            return ""

elif sys.platform == "darwin":

    def _boot_counted() -> str:
        import ctypes

        text, size = ctypes.create_string_buffer(64), ctypes.c_size_t(64)
        try:
            failed = ctypes.CDLL(None).sysctlbyname(b"kern.bootsessionuuid", text, ctypes.byref(size), None, 0)
        except (OSError, AttributeError):
            return ""
        return "" if failed else text.value.decode("ascii", "replace")

else:

    def _boot_counted() -> str:
        try:
            return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return ""
