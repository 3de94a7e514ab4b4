"""Nothing is lost from the plot: axes, curves, lines and names are those that were looked at."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QApplication

from gui import parts_of_pages, parts_of_plot
from so8t_gui.desktop import theme


@pytest.mark.skipif(sys.platform != "linux", reason="written down on Linux")
def test_axes_curves_lines_and_names_are_all_there(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    assert parts_of_plot.text().splitlines() == parts_of_pages.expected("plot")
