"""Japanese stands in the middle of a field, as English does."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from so8t_gui.desktop import theme
from so8t_gui.settings_file import Settings
from so8t_gui.widgets.level_text import level

TEXT = "設定に従う"
DARK = 120


def off_the_middle(field: QWidget) -> float:
    """Of its ink, in pixels; what stands left, without its frame."""
    picture = field.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    inner = range(5, picture.height() - 5)
    columns = range(8, picture.width() // 2)
    rows = [y for y in inner if any(picture.pixelColor(x, y).lightness() < DARK for x in columns)]
    return (rows[0] + rows[-1] + 1 - picture.height()) / 2


@pytest.mark.parametrize("text", [TEXT, "demo"])
def test_the_ink_is_in_the_middle_of_every_kind_of_field(qapp: QApplication, qtbot: QtBot, text: str) -> None:
    """It stood three pixels higher."""
    theme.apply(qapp, Settings(theme="light").theme)
    page, spare = QWidget(), QLineEdit()
    qtbot.addWidget(page)
    line, number, choice = QLineEdit(), QSpinBox(), QComboBox()
    choice.setEditable(True)
    number.setSpecialValueText(text)
    column = QVBoxLayout(page)
    for field in (spare, line, number, choice):
        column.addWidget(field)
    level(page)
    level(page)
    line.setText(text)
    choice.setEditText(text)
    page.resize(300, 200)
    page.show()
    spare.setFocus()  # a cursor is ink, too
    QApplication.processEvents()
    for field in (line, number, choice):
        assert abs(off_the_middle(field)) <= 1.5, type(field).__name__
    line.clear()
    assert line.textMargins().top() == 0
