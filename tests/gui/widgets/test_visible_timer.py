"""Nobody looks where nobody sees it; at rest it is looked seldom."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from so8t_gui.widgets.visible_timer import AT_REST_MS, RUNNING_MS, VisibleTimer


def test_it_looks_when_it_is_shown_and_then_until_it_is_hidden(qtbot: QtBot) -> None:
    widget, looks = QWidget(), list[int]()
    qtbot.addWidget(widget)
    timer = VisibleTimer(widget, lambda: looks.append(timer._clock.interval()))
    assert not timer._clock.isActive() and not looks
    widget.show()
    assert looks == [RUNNING_MS] and timer._clock.isActive()
    timer._clock.timeout.emit()
    timer.hurry(False)
    timer._clock.timeout.emit()
    timer.hurry(True)
    timer._clock.timeout.emit()
    assert looks[1:] == [RUNNING_MS, AT_REST_MS, RUNNING_MS]
    widget.hide()
    assert not timer._clock.isActive()
    widget.show()
    assert len(looks) == 5 and timer._clock.isActive()
