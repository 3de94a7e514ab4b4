"""A small sign of a state or level beside a text; it follows the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize

from so8t_gui.widgets import status_icons
from so8t_gui.widgets.label import Label


class StatusSign(Label):
    """`put(name)`: of a state or level (status_icons.HUES). `side` in pixels."""

    def __init__(self, name: str, side: int) -> None:
        super().__init__()
        self._name, self._side = name, side
        self.put(name)

    def put(self, name: str) -> None:
        self._name = name
        self.setPixmap(status_icons.icon(name, self.palette()).pixmap(QSize(self._side, self._side)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.put(self._name)
