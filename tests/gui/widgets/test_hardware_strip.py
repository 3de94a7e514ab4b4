"""The row of gauges: as many as are read, named, warned of; a reader that fails is made anew."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from so8t_gui.desktop.hardware import Gauge
from so8t_gui.widgets.hardware_strip import MOST, Dial, HardwareStrip

LOAD = Gauge("GPU", "40 %", 0.4)


def test_as_many_gauges_are_seen_as_were_read(qtbot: QtBot) -> None:
    strip = HardwareStrip()
    qtbot.addWidget(strip)
    assert strip.gauges == []
    for gauges in ([LOAD, Gauge("CPU", "1 %", 0.01)], [LOAD], [LOAD] * (MOST + 1)):
        strip._show(gauges)
        assert strip.gauges == gauges[:MOST]


def test_a_reader_that_fails_is_made_anew_and_one_look_is_made_at_a_time(qtbot: QtBot) -> None:
    made, fails = list[int](), [True]

    def make() -> object:
        made.append(len(made))

        def read() -> list[Gauge]:
            if fails:
                raise OSError(fails.pop())
            return [LOAD]

        return read

    strip = HardwareStrip(make)  # type: ignore[arg-type]
    qtbot.addWidget(strip)
    with qtbot.captureExceptions():
        strip._look()
        strip._look()
        qtbot.waitUntil(lambda: not strip._reading)
    assert made == [0] and strip.gauges == []
    for _ in range(2):
        strip._look()
        qtbot.waitUntil(lambda: not strip._reading)
    assert made == [0, 1] and strip.gauges == [LOAD]


def test_a_gauge_is_named_and_grows_with_its_words(qtbot: QtBot) -> None:
    dial = Dial()
    qtbot.addWidget(dial)
    dial.put(LOAD)
    assert dial.accessibleName() == "GPU: 40 %" and dial.sizeHint().width() == 150
    long = Gauge("A GPU of a long name", "40.0 / 80.0 GiB of its memory", 0.5)
    dial.put(long)
    words = dial.fontMetrics().horizontalAdvance(f"{long.name}   {long.text}")
    assert dial.sizeHint().width() == words + 8 > 150
    assert dial.accessibleName() == f"{long.name}: {long.text}"


@pytest.mark.parametrize(("share", "filled"), [(-1.0, 5), (0.0, 5), (0.5, 100), (2.0, 200)])
def test_a_bar_is_never_empty_and_never_longer_than_it_can_be(qtbot: QtBot, share: float, filled: int) -> None:
    dial = Dial()
    qtbot.addWidget(dial)
    dial.put(Gauge("", "", share))
    dial.resize(200, dial.sizeHint().height())
    picture = dial.grab().toImage()
    high = dial.fontMetrics().height() + 6
    row = [picture.pixelColor(x, high).name() for x in range(200)]
    ink = row[2]
    assert abs(sum(name == ink for name in row) - filled) <= 2, QApplication.style().objectName()
