"""Nothing is lost from what is painted by hand: the painter is told what was looked at."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from gui import parts_of_pages, parts_of_paintings
from so8t_gui.desktop import theme


def test_lines_shapes_inks_and_places_are_all_there(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    assert parts_of_paintings.text().splitlines() == parts_of_pages.expected("paintings")
