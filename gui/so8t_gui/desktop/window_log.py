"""The window's own log, and the last door for its mistakes: a line in the log and a sentence, never a lost run."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from so8t_gui.i18n.translate import tr

NAME = "window.log"
MOST_BYTES = 500_000
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def keep(folder: Path) -> None:
    """Into `folder`; where that cannot be written, to standard error if there is one (a window on Windows has none)."""
    handler: logging.Handler
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / NAME, maxBytes=MOST_BYTES, backupCount=1, encoding="utf-8", delay=False)
    except OSError:
        handler = logging.StreamHandler() if sys.stderr is not None else logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    qInstallMessageHandler(_said_by_qt)


def catch(tell: Callable[[str], None], folder: Path) -> None:
    """Exceptions that nobody caught: logged with their traceback, told in a sentence. The window goes on."""

    def unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logging.getLogger().error("unexpected", exc_info=(kind, error, trace))
        words = tr("Something unexpected went wrong in the window ({what}). The run goes on. Log: {path}",
                   what=f"{kind.__name__}: {error}", path=folder / NAME)  # fmt: skip
        tell(words)

    sys.excepthook = unexpected


def _said_by_qt(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    logging.getLogger("qt").log(LEVELS.get(kind, logging.WARNING), words)
