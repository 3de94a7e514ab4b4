"""What is scrolled has no ground of its own: that of the tab or card on which it stands is seen through it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from so8t_gui.result.panel import ResultPanel
from so8t_gui.result.try_it import TryIt
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.scrolled_text import ScrolledText

RED = QColor("#ff0000")


class Ground(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), RED)
        painter.end()


@pytest.mark.parametrize("make", [lambda: ScrolledText(Label("a line")), ResultPanel, TryIt])
def test_the_ground_on_which_it_stands_is_seen(qtbot: QtBot, make: Callable[[], QScrollArea]) -> None:
    ground = Ground()
    qtbot.addWidget(ground)
    layout = QVBoxLayout(ground)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(made := make())
    ground.resize(700, 900 if made.sizeHint().height() > 100 else made.sizeHint().height())
    ground.show()
    image = ground.grab().toImage()
    within = made.viewport().rect().translated(made.mapTo(ground, made.viewport().pos()))
    assert any(image.pixelColor(within.right() - 2, line) == RED for line in range(within.top() + 2, within.bottom()))
