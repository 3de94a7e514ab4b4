"""Warns while a run is on that the disk of its session is almost full, before the engine has to wait for space."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from so8t_gui.i18n.translate import tr
from so8t_gui.view.notifications import Notice

LOW_BYTES = 3 << 30
LOOK_MS = 60_000


class LowDiskWarning(QObject):
    """`notice(Notice)`, once each time the space falls below LOW_BYTES. `session` gives the folder, "" for none."""

    notice = Signal(object)

    def __init__(self, session: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._warned = False
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self.look)

    def watch(self, running: bool) -> None:
        self._clock.start() if running else self._clock.stop()

    def forget(self) -> None:
        """Another run: it is warned of anew."""
        self._warned = False

    def look(self) -> None:
        try:
            free = shutil.disk_usage(Path(self._session() or ".")).free
        except OSError:
            return
        if free < LOW_BYTES and not self._warned:
            text = tr("{size} GiB are left on the disk that holds the session.", size=f"{free / (1 << 30):.1f}")
            self.notice.emit(Notice(tr("The disk is almost full"), text, "warning", about="disk"))
        self._warned = free < LOW_BYTES
