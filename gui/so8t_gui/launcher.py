"""`so8t-tray`: starts the window, and starts it again after a crash, not after Quit. No Qt, and small.

It is no part of the run: the window outlives it, and the engine depends on the window alone.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from so8t_engine.standard_streams import OF_EVERY_CHILD
from so8t_gui import missing_console

CRASHES, WITHIN_SECONDS = 5, 600.0
PAUSE_SECONDS = 1.0
AFTER_CRASH = "--after-crash"
KEPT = "--kept"


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of the last window: 0 after Quit."""
    missing_console.open_log()
    given = list(sys.argv[1:] if arguments is None else arguments)
    return keep([sys.executable, "-m", "so8t_gui", KEPT], given)


def keep(
    command: Sequence[str],
    arguments: Sequence[str],
    clock: Callable[[], float] = time.monotonic,
    pause: float = PAUSE_SECONDS,
) -> int:
    """Runs `command` with `arguments` until it ends other than by a crash; returns its exit code, 1 after CRASHES."""
    crashes: list[float] = []
    extra = list(arguments)
    while True:
        window = subprocess.Popen([*command, *extra], env={**os.environ, **OF_EVERY_CHILD})
        _pass_on(window)
        code = window.wait()
        if not crashed(code):
            return code
        now = clock()
        crashes = [when for when in crashes if now - when < WITHIN_SECONDS] + [now]
        if len(crashes) > CRASHES:
            missing_console.say(f"The window crashed {len(crashes)} times in ten minutes; it is not started again.")
            return 1
        extra = [AFTER_CRASH, "--hidden", *_folder(arguments)]
        time.sleep(pause)


def _folder(arguments: Sequence[str]) -> list[str]:
    """Where the sessions are, if that was said: the window that comes after a crash looks there, too."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--data-root")
    folder = parser.parse_known_args(list(arguments))[0].data_root
    return ["--data-root", folder] if folder else []


def crashed(code: int) -> bool:
    """By a signal that is not sent to end a program, by an exception of Windows, or with Python's traceback (1)."""
    requests = {-int(number) for number in (signal.SIGTERM, signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGTERM))}
    return (code < 0 and code not in requests) or code == 1 or code >= 0xC0000000


def _pass_on(window: subprocess.Popen[bytes]) -> None:
    """A request to end this program is passed to the window, which pauses the run first."""

    def ask(_number: int, _frame: object) -> None:
        window.terminate()

    signal.signal(signal.SIGTERM, ask)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, ask)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal reaches the window, too


if __name__ == "__main__":
    sys.exit(main())
