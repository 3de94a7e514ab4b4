"""Work beside the window's own thread: reading folders may take long on a slow disk, drawing must not wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal


class Background(QObject):
    """`run(work, then)` calls `work()` in a thread and `then(its value)` in the window's thread.

    `work` must not raise: it gives back what went wrong. An answer that comes after this object is gone is dropped.
    """

    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        def worker() -> None:
            value = work()
            try:
                self._done.emit(then, value)
            except RuntimeError:
                pass  # the widget that asked is gone

        threading.Thread(target=worker, daemon=True, name="so8t-background").start()

    def _tell(self, then: Callable[[Any], None], value: Any) -> None:
        then(value)
