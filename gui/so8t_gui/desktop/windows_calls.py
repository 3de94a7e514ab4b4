"""What only Windows is told: who this program is, why a shutdown should wait, who may come to the front.

Everywhere else, and where Windows lacks a call, these functions do nothing. `libraries` is the one place that loads
Windows' own; handles are passed as pointers, as they are wider than C's int.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

APPLICATION = "SO8T.SO8T"  # also of the shortcuts, so that the taskbar puts windows and shortcut together
ANY_PROCESS = 0xFFFFFFFF  # ASFW_ANY
TO_A_WINDOW = 0  # DEVICE_NOTIFY_WINDOW_HANDLE
NOT_AFTER_CRASHES = 0x1 | 0x2  # RESTART_NO_CRASH, RESTART_NO_HANG: those are the launcher's
LONGEST_COMMAND = 1_024  # RESTART_MAX_CMD_LINE


@dataclass(frozen=True)
class Libraries:
    user32: Any
    shell32: Any
    kernel32: Any


def libraries() -> Libraries | None:
    if sys.platform == "win32":
        return Libraries(ctypes.WinDLL("user32"), ctypes.WinDLL("shell32"), ctypes.WinDLL("kernel32"))
    return None


def name_program() -> None:
    """Taskbar, notifications and Task Manager say SO8T, not Python. Before the first window is made."""
    windows = libraries()
    if windows is not None:
        _call(windows.shell32, "SetCurrentProcessExplicitAppUserModelID", ctypes.c_wchar_p(APPLICATION))


def let_others_come_forward() -> None:
    """The user has just started this program, so it may hand on the right to be in front."""
    windows = libraries()
    if windows is not None:
        _call(windows.user32, "AllowSetForegroundWindow", ctypes.c_uint32(ANY_PROCESS))


def hear_suspend(window: int) -> None:
    """This window gets power messages on machines with Modern Standby, too."""
    windows = libraries()
    if windows is not None:
        _call(
            windows.user32, "RegisterSuspendResumeNotification", ctypes.c_void_p(window), ctypes.c_uint32(TO_A_WINDOW)
        )


def hold_shutdown(window: int, reason: str) -> None:
    """Windows shows the reason while it waits for this program to end; empty: nothing holds it."""
    windows = libraries()
    if windows is None:
        return
    if reason:
        _call(windows.user32, "ShutdownBlockReasonCreate", ctypes.c_void_p(window), ctypes.c_wchar_p(reason))
    else:
        _call(windows.user32, "ShutdownBlockReasonDestroy", ctypes.c_void_p(window))


def start_after_update(command: Sequence[str]) -> None:
    """Windows starts this program again when it has restarted for an update (the user allows it in its settings).

    It starts the image of this process with a command line of its own; in a virtual environment that is the bare
    interpreter, so it is told to start the command.
    """
    windows = libraries()
    line = subprocess.list2cmdline(["-c", f"import subprocess; subprocess.Popen({list(command)!r})"])
    if windows is not None and len(line) < LONGEST_COMMAND:
        wide = ctypes.c_wchar_p(line)
        _call(windows.kernel32, "RegisterApplicationRestart", wide, ctypes.c_uint32(NOT_AFTER_CRASHES))


def _call(library: Any, name: str, *arguments: Any) -> None:
    """What it returns changes nothing here: without it, Windows does as it did before."""
    try:
        getattr(library, name)(*arguments)
    except (AttributeError, OSError):
        return
