"""The last door for the window's own mistakes, in whatever thread: a traceback in its log, a sentence to the user."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from so8t_gui.i18n.translate import tr

NOT_MISTAKES = (KeyboardInterrupt, SystemExit)


class UnexpectedErrors(QObject):
    """Logs every exception that nobody caught. `told(sentence)`: each sentence once, in the window's thread.

    Three hooks of Python lead here: of the window's thread (slots and event handlers of Qt too), of other threads, and
    of code whose caller cannot be told (destructors). The window goes on.
    """

    told = Signal(str)
    _happened = Signal(str)

    def __init__(self, log: Path, parent: QObject | None = None) -> None:
        """`log`: the file that the sentence names; window_log.py writes it."""
        super().__init__(parent)
        self._log = log
        self._sentences: set[str] = set()
        self._happened.connect(self._tell)  # from another thread it is queued

    def install(self) -> None:
        sys.excepthook = self._uncaught
        threading.excepthook = self._in_thread
        sys.unraisablehook = self._unraisable

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, NOT_MISTAKES):
            sys.__excepthook__(kind, error, trace)
        else:
            self._note("unexpected", kind, error, trace)

    def _in_thread(self, args: threading.ExceptHookArgs) -> None:
        if not issubclass(args.exc_type, NOT_MISTAKES):
            name = args.thread.name if args.thread is not None else "a thread"
            self._note(f"unexpected, in {name}", args.exc_type, args.exc_value, args.exc_traceback)

    def _unraisable(self, args: sys.UnraisableHookArgs) -> None:
        doing = args.err_msg or "Exception ignored in"
        self._note(f"unexpected: {doing} {args.object!r}", args.exc_type, args.exc_value, args.exc_traceback)

    def _note(
        self, what: str, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sentence = tr(
            "An unexpected error occurred in the window ({what}). The run is not affected. The details are in {path}.",
            what=f"{kind.__name__}: {error}", path=self._log,
        )  # fmt: skip
        if sentence in self._sentences:  # every two seconds, perhaps: one traceback is enough
            logging.getLogger().error("%s, again: %s: %s", what, kind.__name__, error)
        else:
            logging.getLogger().error(what, exc_info=(kind, error or kind(), trace))
        try:
            self._happened.emit(sentence)
        except RuntimeError:
            pass  # at the very end of the program Qt's half of this object is gone; the log has it

    def _tell(self, sentence: str) -> None:
        if sentence not in self._sentences:
            self._sentences.add(sentence)
            self.told.emit(sentence)
