"""The page of a result."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from so8t_gui.result.panel import ResultPanel
from so8t_gui.result.report_file import RunResult


def test_another_result_is_shown_from_its_beginning(qtbot: QtBot) -> None:
    panel = ResultPanel()
    qtbot.addWidget(panel)
    panel.verticalScrollBar().setRange(0, 100)
    panel.verticalScrollBar().setValue(70)
    panel.put(RunResult())

    assert panel.verticalScrollBar().value() == 0
