"""The plot as words and as files: what is written is what is seen, whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from so8t_gui.plot import export
from so8t_gui.plot.chart import Chart, SessionCurves
from so8t_gui.plot.series import Table


@pytest.fixture
def chart(qtbot: QtBot) -> Chart:
    made = Chart()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


def test_a_picture_has_two_pixels_for_each_of_the_screens_and_shows_the_plot_to_its_corner(
    chart: Chart, tmp_path: Path
) -> None:
    export.save_picture(tmp_path / "plot.png", chart)
    picture, seen = QImage(str(tmp_path / "plot.png")), chart.grab().toImage()

    assert (picture.width(), picture.height()) == (600, 400)
    assert picture.pixelColor(598, 398) == seen.pixelColor(299, 199) == picture.pixelColor(1, 1)


def test_a_vector_picture_is_written_with_its_size(chart: Chart, tmp_path: Path) -> None:
    export.save_picture(tmp_path / "plot.SVG", chart)
    text = (tmp_path / "plot.SVG").read_text(encoding="utf-8")

    assert "<title>SO8T</title>" in text and 'viewBox="0 0 300 200"' in text and "<path" in text


def test_a_plot_without_updates_says_so_in_words() -> None:
    assert export.as_text(SessionCurves("s", Table()), 0.9) == "No updates yet."
