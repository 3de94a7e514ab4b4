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


class Background(QObject):
    """`run(work, then)` calls `work()` in a thread of its own and `then(result)` in the window's thread.

    An exception of `work` comes back to the window's thread, too: `failed(error)` is called instead of `then`, so that
    whoever asked is ready for the next question, and then the error is raised, for the hooks of unexpected_errors.py
    to log it and tell the user. An answer that comes after this object is gone is dropped; an error never is.
    """

    _returned = Signal(int, object)
    _raised = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count()
        self._waiting: dict[int, tuple[Then, Failed | None]] = {}  # not in the thread: they lead to widgets
        self._returned.connect(self._return, Qt.ConnectionType.QueuedConnection)
        self._raised.connect(self._raise, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], Result], then: Callable[[Result], None], failed: Failed | None = None) -> None:
        number = next(self._numbers)
        self._waiting[number] = (then, failed)

        def worker() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - whatever it is, the window's thread raises it
                try:
                    self._raised.emit(number, error)
                except RuntimeError:  # whoever asked is gone: threading.excepthook is all that is left to hear it
                    raise error from None
                return
            try:
                self._returned.emit(number, result)
            except RuntimeError:
                pass  # the widget that asked is gone

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
