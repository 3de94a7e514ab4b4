"""Work beside the window's own thread: reading folders may take long on a slow disk, drawing must not wait for it."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from so8t_gui.desktop import collect_in_main_thread

NAME = "so8t-background"
Result = TypeVar("Result")
Then = Callable[[Any], None]
Failed = Callable[[Exception], None]


class _Courier(QObject):
    """What the threads send from. It lives as long as one of them holds it, whatever becomes of whoever asked: a signal
    of an object that another thread is deleting ends the process (a page goes while its folders are being read)."""

    returned = Signal(int, object)
    raised = Signal(int, object)


class Background(QObject):
    """`run(work, then)` calls `work()` in a thread of its own and `then(result)` in the window's thread.

    An exception of `work` comes back to the window's thread, too: `failed(error)` is called instead of `then`, so that
    whoever asked is ready for the next question, and then the error is raised, for the hooks of unexpected_errors.py
    to log it and tell the user. An answer that comes after this object is gone is dropped; an error never is.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count()
        self._waiting: dict[int, tuple[Then, Failed | None]] = {}  # not in the thread: they lead to widgets
        self._courier, self._gone = _Courier(), threading.Event()
        self._courier.returned.connect(self._return, Qt.ConnectionType.QueuedConnection)
        self._courier.raised.connect(self._raise, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(self._gone.set)

    def run(self, work: Callable[[], Result], then: Callable[[Result], None], failed: Failed | None = None) -> None:
        number, courier, gone = next(self._numbers), self._courier, self._gone
        self._waiting[number] = (then, failed)

        def worker() -> None:
            try:
                result = work()
            except Exception as error:
                if gone.is_set():  # whoever asked is gone: threading.excepthook is all that is left to hear it
                    raise
                courier.raised.emit(number, error)
            else:
                courier.returned.emit(number, result)

        collect_in_main_thread.stay_in_this_thread()
        threading.Thread(target=worker, daemon=True, name=NAME).start()

    def _return(self, number: int, result: object) -> None:
        then, _ = self._waiting.pop(number)
        then(result)

    def _raise(self, number: int, error: Exception) -> None:
        _, failed = self._waiting.pop(number)
        if failed is not None:
            failed(error)
        raise error
