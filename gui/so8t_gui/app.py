"""The window's program: one for each user, in the tray until it is opened. Read it from `main` down."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import time
from collections.abc import Mapping, Sequence

from so8t_engine import paths
from so8t_gui import missing_console

EXIT_NO_DISPLAY, EXIT_NO_ANSWER = 3, 4
YAML = (".yaml", ".yml")
WAY_OUT = "`so8t run` does the same work without a window."


def main(arguments: Sequence[str]) -> int:
    options, _ = parser().parse_known_args(arguments)  # Qt's own options are left to Qt
    problem = display_problem(os.environ) or library_problem()
    if options.check:
        print(problem or "A window can be shown here.")  # noqa: T201
        return EXIT_NO_DISPLAY if problem else 0
    if problem:
        missing_console.say(problem)
        return EXIT_NO_DISPLAY
    return _run(options)


def parser() -> argparse.ArgumentParser:
    tray = argparse.ArgumentParser(prog="so8t-tray", description="SO8T in the tray.")
    tray.add_argument("--hidden", action="store_true", help="only the icon in the tray")
    tray.add_argument("--after-crash", action="store_true", help=argparse.SUPPRESS)
    tray.add_argument("--quit", action="store_true", help="end the window that is running; its run is saved and paused")
    tray.add_argument("--check", action="store_true", help="only say whether a window can be shown here")
    tray.add_argument("--data-root", default="", metavar="FOLDER", help="folder of the sessions")
    tray.add_argument("request", nargs="*", metavar="resume [SESSION] | FILE.yaml")
    return tray


def handed_over(options: argparse.Namespace) -> tuple[list[str], list[str]]:
    """What is wanted, and the flags, as the first window hears them: it may work in another folder than this start."""
    from so8t_gui.desktop.single_instance import DATA_ROOT

    request = [os.path.abspath(word) if word.endswith(YAML) else word for word in options.request]  # noqa: PTH100
    flags = [*(["--hidden"] if options.hidden else []), *(["--quit"] if options.quit else [])]
    root = [f"{DATA_ROOT}{paths.data_root(options.data_root)}"] if options.data_root else []
    return request, [*flags, *root]


def library_problem() -> str:
    """Why Qt cannot be loaded: on a bare Linux its system libraries are missing."""
    try:
        from PySide6 import QtWidgets  # noqa: F401
    except ImportError as error:
        return f"Qt cannot be loaded ({error}), so no window can be shown: {WAY_OUT}"
    return ""


def display_problem(environment: Mapping[str, str]) -> str:
    """Why no window can be shown, where Qt itself would abort; empty where one can be, or it is not known."""
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
    if sys.platform == "win32":
        return True  # there are no such sockets
    for address in (f"/tmp/.X11-unix/X{number}", f"\0/tmp/.X11-unix/X{number}"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            try:
                connection.connect(address)
            except OSError:
                continue
            return True
    return False


def _run(options: argparse.Namespace) -> int:
    from PySide6.QtWidgets import QApplication

    from so8t_gui import settings_file
    from so8t_gui.desktop import theme, windows_calls
    from so8t_gui.desktop.single_instance import PATIENCE_SECONDS, SingleInstance
    from so8t_gui.i18n.language import Language
    from so8t_gui.i18n.translate import tr
    from so8t_gui.preferences import Preferences

    windows_calls.name_program()
    application = QApplication(["so8t"])
    application.setApplicationName("SO8T")
    application.setDesktopFileName("so8t")
    application.setQuitOnLastWindowClosed(False)
    path = settings_file.default_path()
    preferences = Preferences(application, path, options.data_root)
    language = Language()
    language.use(preferences.now.language)
    theme.apply(application, preferences.now.theme)
    request, flags = handed_over(options)
    instance = SingleInstance(path.parent)
    ends = time.monotonic() + PATIENCE_SECONDS
    while not instance.first():
        windows_calls.let_others_come_forward()
        if instance.hand_over([*request, *flags]):
            return 0
        if time.monotonic() > ends:
            return _tell_of_silence(in_window=not options.hidden and not options.quit)
        time.sleep(0.2)
    if options.quit:
        return 0

    from so8t_gui.controller import Controller
    from so8t_gui.desktop import window_log
    from so8t_gui.desktop.unexpected_errors import UnexpectedErrors

    window_log.keep(path.parent)
    errors = UnexpectedErrors(path.with_name(window_log.NAME), application)
    errors.install()
    controller = Controller(application, preferences, language)
    errors.told.connect(controller.tell_unexpected)
    instance.asked.connect(controller.hear)
    controller.start(options.hidden, options.after_crash, request)
    if instance.problem:
        controller.tell_unexpected(tr("A second start of SO8T cannot reach this window: {why}.", why=instance.problem))
    if os.environ.get("SO8T_TRACE_START"):
        sys.stderr.write("so8t: tray\n")  # for tests/bench/gui_footprint.py
    return application.exec()


def _tell_of_silence(in_window: bool) -> int:
    """The first window holds the lock and does not answer; at logon or after a crash nobody is there to read it."""
    from PySide6.QtWidgets import QMessageBox

    from so8t_gui.i18n.translate import tr

    text = tr("SO8T is running already, but its window does not answer. End that process, then start SO8T again.")
    if in_window:
        QMessageBox.warning(None, "SO8T", text)
    return EXIT_NO_ANSWER
