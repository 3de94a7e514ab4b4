"""A process of the engine's command line that the window asks something: its input is empty, its end is heard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QProcess

from so8t_gui.engine.interpreter import engine_environment, engine_python


def program() -> tuple[str, ...]:
    return (engine_python(), "-m", "so8t_engine.cli")


def child(
    owner: QObject,
    *,
    finished: Callable[[int, QProcess.ExitStatus], None],
    trouble: Callable[[QProcess.ProcessError], None],
    quitting: Callable[[], None],
) -> QProcess:
    """Not started yet; it goes with `owner`, whose methods the others are: so none is called when that is gone.

    `quitting`: the window's program ends, and the process must not outlive it.
    """
    process = QProcess(owner)
    process.setStandardInputFile(QProcess.nullDevice())
    process.setProcessEnvironment(engine_environment())
    process.finished.connect(finished)
    process.errorOccurred.connect(trouble)
    application = QCoreApplication.instance()
    if application is not None:
        application.aboutToQuit.connect(quitting)
    return process
