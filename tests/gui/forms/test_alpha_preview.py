"""The small plot of alpha beside its keys."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from so8t_gui.forms.alpha_preview import AlphaPreview


def test_the_curve_has_room_of_its_own_however_little_there_is(qtbot: QtBot) -> None:
    page, preview = QWidget(), AlphaPreview()
    QVBoxLayout(page).addWidget(preview)
    qtbot.addWidget(page)
    page.resize(300, 50)
    page.show()
    assert preview.height() == 9 * preview.fontMetrics().height()


def test_the_curve_is_told_in_five_numbers_and_where_there_is_none_why(qtbot: QtBot) -> None:
    preview = AlphaPreview()
    qtbot.addWidget(preview)
    told = "Alpha at 0, 25, 50, 75 and 100 % of the updates: 0.000, 0.200, 0.500, 0.800, 1.000"
    for points, problem, said in (
        ([(n / 10, n / 10) for n in range(11)], "", told), ([], "Not that.", "Not that."),
    ):  # fmt: skip
        preview.put(points, problem)
        assert preview.points == tuple(points) and preview.accessibleDescription() == said
        assert preview.toolTip().replace("\n", " ") == said
    assert preview.accessibleName() == "Preview of alpha"
