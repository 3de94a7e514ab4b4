"""What can be done with the model of a finished run: a row of buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from so8t_gui.i18n.translate import tr
from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.panels import button


class ResultActions(QWidget):
    """`open_wanted(what)`: report or folder."""

    open_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = FlowLayout()
        for control in (
            button(tr("Open re&port"), lambda: self.open_wanted.emit("report")),
            button(tr("Open &folder"), lambda: self.open_wanted.emit("folder")),
        ):
            row.add(control)
        self.setLayout(row)
