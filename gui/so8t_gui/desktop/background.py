"""Work beside the window's own thread: reading folders may take long on a slow disk, drawing must not wait for it."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from so8t_gui.desktop import collect_in_main_thread

NAME = "so8t-background"


class Background(QObject):
    """`run(work, then)` calls `work()` in a thread and `then(its value)` in the window's thread.

    `work` must not raise: it gives back what went wrong. An answer that comes after this object is gone is dropped.
    """

    _done = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count()
        self._then: dict[int, Callable[[Any], None]] = {}  # here, not in the thread: it leads to widgets
        self._done.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        number = next(self._numbers)
        self._then[number] = then

        def worker() -> None:
            value = work()
            try:
                self._done.emit(number, value)
            except RuntimeError:
                pass  # the widget that asked is gone

        collect_in_main_thread.stay_in_this_thread()
        threading.Thread(target=worker, daemon=True, name=NAME).start()

    def _tell(self, number: int, value: Any) -> None:
        self._then.pop(number)(value)
