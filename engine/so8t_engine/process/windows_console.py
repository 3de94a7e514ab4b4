"""Windows: a console that closes, a logoff and a shutdown end its programs; here they wait until the run is saved.

What the system calls runs in a thread of its own, and when it returns, or after some five seconds, the process is
ended. Python's own way (SIGBREAK) returns at once.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable

CLOSE, LOGOFF, SHUTDOWN = 2, 5, 6  # CTRL_CLOSE_EVENT and its like; Ctrl+C and Ctrl+Break stay signals


def hold(told: Callable[[], None]) -> object:
    """Calls `told` when the console closes, then holds on until this process ends by itself. Keep what it returns."""

    def closing(kind: int) -> bool:
        if kind not in (CLOSE, LOGOFF, SHUTDOWN):
            return False
        told()
        threading.Event().wait()
        return True

    handler = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint32)(closing)  # type: ignore[attr-defined,unused-ignore]
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    kernel.SetConsoleCtrlHandler(handler, 1)
    return handler
