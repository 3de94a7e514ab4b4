"""Ctrl+C while the program is still being loaded ends it at once, without a traceback: imported before what takes time.

A KeyboardInterrupt would be raised inside of whatever is being imported, which may make another error of it.
"""

from __future__ import annotations

import signal
import threading

_before = signal.getsignal(signal.SIGINT)
_ours = _before is signal.default_int_handler and threading.current_thread() is threading.main_thread()
if _ours:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def heard() -> None:
    """It is loaded: from here on Ctrl+C is a KeyboardInterrupt."""
    if _ours and signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
