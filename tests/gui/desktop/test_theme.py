"""Light and dark: what is greyed out, what is wanted, and labels that show words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyle,
    QStyleFactory,
    QStyleOptionButton,
    QStyleOptionFrame,
    QWidget,
)
from pytestqt.qtbot import QtBot

from so8t_gui.desktop import theme
from so8t_gui.desktop.theme import DARK, LIGHT, ROLE


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_greyed_out_is_paler_on_the_ground_around_it(dark: bool) -> None:
    made, colours = theme.palette(dark), DARK if dark else LIGHT
    off, on = QPalette.ColorGroup.Disabled, QPalette.ColorGroup.Active
    assert {role: made.color(on, role).name() for role in colours} == colours
    assert made.color(off, ROLE.Highlight) == QColor(colours[ROLE.Mid])
    assert made.color(off, ROLE.Base) == QColor(colours[ROLE.Window])
    for role in (ROLE.WindowText, ROLE.Text, ROLE.ButtonText):
        assert made.color(off, role) != made.color(on, role)
    assert made.color(off, ROLE.Link) == made.color(on, ROLE.Link)


def test_the_theme_is_the_user_s_or_the_system_s(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    for system in (True, False):
        monkeypatch.setattr(theme, "system_is_dark", lambda _, system=system: system)
        wanted = [theme.wants_dark(qapp, name) for name in ("system", "dark", "light")]
        assert wanted == [system, True, False]


def test_a_label_of_qt_shows_words_and_never_html(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    from_qt, own = QLabel("<b>x</b>"), QLabel("x")
    own.setTextFormat(own.textFormat().RichText)
    for label in (from_qt, own):
        qapp.style().polish(label)
    assert from_qt.textFormat() == from_qt.textFormat().PlainText and own.textFormat() == own.textFormat().RichText


def test_style_sheets_are_set_again_where_the_theme_has_changed(qapp: QApplication) -> None:
    label = QLabel("x")
    label.setStyleSheet("color: palette(highlight)")
    try:
        theme.apply(qapp, "dark")
        assert qapp.palette() == theme.palette(True) and label.styleSheet() == "color: palette(highlight)"
        assert label.grab().toImage() != QLabel("x").grab().toImage()
    finally:
        theme.apply(qapp, "light")
    assert qapp.palette() == theme.palette(False)


def test_what_is_typed_stands_a_little_inside_of_its_field_and_buttons_are_two_lines_high(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    plain, style = QStyleFactory.create("Fusion"), qapp.style()
    option, inside = QStyleOptionFrame(), QStyle.SubElement.SE_LineEditContents
    option.rect = QRect(0, 0, 100, 30)
    assert style.subElementRect(inside, option) == plain.subElementRect(inside, option).adjusted(5, 0, -2, 0)
    other = QStyle.SubElement.SE_FrameContents
    assert style.subElementRect(other, option) == plain.subElementRect(other, option)
    button = QStyleOptionButton()
    button.fontMetrics = QFontMetrics(qapp.font())
    line = button.fontMetrics.height()
    for kind, least in ((QStyle.ContentsType.CT_PushButton, 2 * line), (QStyle.ContentsType.CT_MenuBarItem, 0)):
        high = style.sizeFromContents(kind, button, QSize(50, 3)).height()
        assert high == max(least, plain.sizeFromContents(kind, button, QSize(50, 3)).height())


@pytest.mark.parametrize("flat", [False, True])
def test_a_button_shows_that_it_has_the_keys_a_flat_one_too(qtbot: QtBot, flat: bool) -> None:
    """ "Quit" did not: Tab seemed to lead nowhere."""
    both = QWidget()
    qtbot.addWidget(both)
    row = QHBoxLayout(both)
    first, button = QPushButton("a"), QPushButton("b")
    for one in (first, button):
        one.setFlat(flat)
        row.addWidget(one)
    theme.apply(QApplication.instance(), "light")
    both.show()
    both.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    without = button.grab().toImage()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert button.hasFocus() and button.grab().toImage() != without
