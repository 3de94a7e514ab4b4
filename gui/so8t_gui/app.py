"""The window's program: one for each user, in the tray until it is opened."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Mapping, Sequence

EXIT_NO_DISPLAY = 3
WAY_OUT = "`so8t run` does the same work without a window."


def main(arguments: Sequence[str]) -> int:
    options, rest = parser().parse_known_args(arguments)
    trouble = display_trouble(os.environ) or library_trouble()
    if options.check:
        print(trouble or "A window can be shown here.")  # noqa: T201
        return EXIT_NO_DISPLAY if trouble else 0
    if trouble:
        sys.stderr.write(trouble + "\n")
        return EXIT_NO_DISPLAY
    return _run(options, rest)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="so8t-tray", description="SO8T in the tray.")
    made.add_argument("--hidden", action="store_true", help="only the icon in the tray")
    made.add_argument("--after-crash", action="store_true", help=argparse.SUPPRESS)
    made.add_argument("--quit", action="store_true", help="end the one that runs; its run is saved and paused")
    made.add_argument("--check", action="store_true", help="only say whether a window can be shown here")
    made.add_argument("--data-root", default="", metavar="FOLDER", help="where the sessions live")
    made.add_argument("words", nargs="*", metavar="resume [SESSION] | FILE.yaml")
    return made


def library_trouble() -> str:
    """Why Qt cannot be loaded: on a bare Linux its system libraries are missing."""
    try:
        from PySide6 import QtWidgets  # noqa: F401
    except ImportError as error:
        return f"Qt cannot be loaded ({error}), so no window can be shown: {WAY_OUT}"
    return ""


def display_trouble(environment: Mapping[str, str]) -> str:
    """Why no window can be shown; Qt itself would abort. Empty where one can, or nobody knows."""
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM", "xcb") not in ("xcb", "wayland"):
        return ""
    if environment.get("WAYLAND_DISPLAY"):
        return ""
    display = environment.get("DISPLAY", "")
    if not display:
        return f"There is no display here (DISPLAY is not set), so no window can be shown: {WAY_OUT}"
    number = display.removeprefix(":").partition(".")[0]
    if display.startswith(":") and number.isdecimal() and not _answers(number):
        return f"The display {display} does not answer, so no window can be shown: {WAY_OUT}"
    return ""


def _answers(number: str) -> bool:
    for place in (f"/tmp/.X11-unix/X{number}", f"\0/tmp/.X11-unix/X{number}"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
            try:
                door.connect(place)
            except OSError:
                continue
            return True
    return False


def _run(options: argparse.Namespace, rest: Sequence[str]) -> int:
    from PySide6.QtWidgets import QApplication

    from so8t_gui import settings
    from so8t_gui.desktop import theme
    from so8t_gui.desktop.single_instance import Instance
    from so8t_gui.i18n.language import Language
    from so8t_gui.preferences import Preferences

    application = QApplication(["so8t"])
    application.setApplicationName("SO8T")
    application.setDesktopFileName("so8t")
    application.setQuitOnLastWindowClosed(False)
    path = settings.default_path()
    preferences = Preferences(application, path, options.data_root)
    language = Language()
    language.use(preferences.now.language)
    theme.apply(application, preferences.now.theme)
    words = [*options.words, *(["--hidden"] if options.hidden else []), *(["--quit"] if options.quit else [])]
    instance = Instance(path.parent)
    if not instance.first():
        instance.hand_over(words)
        return 0
    if options.quit:
        return 0

    from so8t_gui.controller import Shell
    from so8t_gui.desktop import window_log

    window_log.keep(path.parent)
    shell = Shell(application, preferences, language)
    window_log.catch(shell.tell_unexpected, path.parent)
    instance.asked.connect(shell.hear)
    shell.start(options.hidden, options.after_crash, options.words)
    if os.environ.get("SO8T_TRACE_START"):
        sys.stderr.write("so8t: tray\n")  # for tests/bench/gui_footprint.py
        sys.stderr.flush()
    return application.exec()
