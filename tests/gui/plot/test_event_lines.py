"""Where the lines of phases and events stand."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from so8t_gui.i18n.language import Language
from so8t_gui.i18n.translate import tr
from so8t_gui.plot.chart import Chart, SessionCurves
from so8t_gui.plot.event_lines import newest_phase
from so8t_gui.plot.series import Table


@pytest.mark.parametrize(
    ("x", "by_time", "at"),
    [
        ([1.0, 2.0, 3.0, 4.0], False, 2.5),
        ([0.0, 60.0, 90.0, 100.0], True, 60.0),
        ([0.0, 60.0, np.nan, 100.0], True, 0.0),  # times that are not known
        ([], False, 0.0),
    ],
)
def test_the_phase_that_began_last_stands_between_two_updates(x: list[float], by_time: bool, at: float) -> None:
    table = Table()
    table.extend(
        [{"number": n, "kind": "point", "phase": "warmup" if n < 3 else "ppo", "loss": 1.0} for n in (1, 2, 3, 4)]
    )
    assert newest_phase(table, np.array(x), by_time) == at
    assert newest_phase(Table(), np.array(x), by_time) == 0.0


def with_cut(updates: int, cut: int) -> Table:
    """A run of two phases, the second of which begins with its last update, that was cut off behind `cut`."""
    made = Table()
    for n in range(1, updates + 1):
        made.add({"number": n, "kind": "point", "phase": "warmup" if n < updates else "ppo", "loss": 1.0, "alpha": 1.0})
    made.interrupted(cut, "")
    return made


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("width", [420, 900])
@pytest.mark.parametrize("compared", [False, True])
@pytest.mark.parametrize(("updates", "cut"), [(16, 16), (17, 3), (300, 299), (300, 150), (300, 1)])
def test_the_name_of_each_line_is_whole_within_the_plot(
    qtbot: QtBot, language: str, width: int, compared: bool, updates: int, cut: int
) -> None:
    """It said "interrupte", and beside each other "PPC"."""
    spoken = Language()
    spoken.use(language)
    try:
        chart = Chart()
        qtbot.addWidget(chart)
        chart.resize(width, 400)
        chart.show()
        tables = [with_cut(updates, cut), with_cut(updates // 2, 1)] if compared else [with_cut(updates, cut)]
        chart.put([SessionCurves(str(n), table) for n, table in enumerate(tables)])
        for _ in range(2):
            chart.draw()
            QApplication.processEvents()
        view, seen = chart._main.vb, list[str]()
        for line in chart._marks._lines:
            assert line.label.mapToItem(view, QPointF()).y() >= 0
            if line.label.isVisible():
                seen.append(line.label.textItem.toPlainText())
                box = line.label.mapRectToItem(view, line.label.boundingRect())
                assert box.left() >= -1 and box.right() <= view.width() + 1, seen[-1]
        assert {"PPO"} <= set(seen) and (compared or tr("interrupted") in seen)
        chart.choose(follow=False)
        chart._main.setXRange(updates + 10, updates + 20, padding=0)
        chart.draw()
        assert not any(line.label.isVisible() for line in chart._marks._lines), "its line is not in sight"
    finally:
        spoken.use("en")
