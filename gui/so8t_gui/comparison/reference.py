"""Which of several finished sessions the others are held against: chosen above the table of what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from so8t_engine.plain_text import plain
from so8t_gui.i18n.translate import tr
from so8t_gui.widgets.ignored_wheel import ignore_wheel
from so8t_gui.widgets.label import Label

LONGEST = 60  # characters of a name
LETTERS = 24  # of the widest that are seen


class ReferenceChoice(QWidget):
    """`chosen(session)` by the user. Hidden where there are not two to choose from."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._box = QComboBox()
        ignore_wheel(self._box)
        self._box.setAccessibleName(tr("The session that the others are held against"))
        self._box.setMinimumWidth(LETTERS * self._box.fontMetrics().averageCharWidth())
        self._box.activated.connect(lambda _: self.chosen.emit(self._box.currentData()))
        label = Label(tr("Compare &with"))
        label.setBuddy(self._box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(label)
        row.addWidget(self._box)
        row.addStretch(1)
        self.hide()

    def put(self, sessions: Sequence[tuple[str, str]], reference: str) -> None:
        """(id, name) of those that are finished."""
        if [(self._box.itemData(n), self._box.itemText(n)) for n in range(self._box.count())] != list(sessions):
            self._box.clear()
            for session, name in sessions:
                self._box.addItem(plain(name, most=LONGEST), session)
        self._box.setCurrentIndex(self._box.findData(reference))
        self.setVisible(len(sessions) > 1)
