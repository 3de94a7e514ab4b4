"""Every page in both languages and themes: drawn, nothing cut off, every control named, colours that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from gui import screenshots
from helpers import sample_sessions
from helpers.at_rest import painted_often
from so8t_gui.desktop import theme
from so8t_gui.i18n.language import Language
from so8t_gui.settings_file import Settings

ROLES = QPalette.ColorRole


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sessions")
    sample_sessions.make_all(made)
    screenshots.write_history(made / screenshots.NAME, 300)
    return made


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[Language]:
    language = Language()
    yield language
    language.use("en")
    theme.apply(qapp, "light")


def cut_off(window: QWidget) -> list[str]:
    """Words that do not fit where they stand."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, (QLabel, QPushButton, QCheckBox)) or not widget.text():
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            if widget.height() < widget.heightForWidth(widget.width()) - 1:
                found.append(f"{widget.text()!r}: {widget.height()} high")
        elif widget.width() < widget.minimumSizeHint().width() - 1:
            found.append(f"{widget.text()!r}: {widget.width()} of {widget.minimumSizeHint().width()}")
    return found


def out_of_reach(window: QWidget) -> list[str]:
    """What stands beyond the right edge of the area it lies in, where no bar leads to it."""
    found = []
    for area in window.findChildren(QScrollArea):
        inner, seen = area.widget(), area.viewport().width()
        if area.isVisible() and inner is not None and area.horizontalScrollBar().maximum() < inner.width() - seen:
            found.append(f"{type(inner).__name__}: {inner.width()} of {seen}")
    return found


def sideways(window: QWidget) -> list[str]:
    """Areas that are scrolled sideways."""
    areas = [area for area in window.findChildren(QScrollArea) if area.isVisible()]
    return [type(area.widget()).__name__ for area in areas if area.horizontalScrollBar().maximum() > 0]


def nameless(window: QWidget) -> list[str]:
    """Controls that a screen reader could not tell."""
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)
    found = []
    for widget in window.findChildren(QWidget):
        inner = isinstance(widget.parent(), (QAbstractSpinBox, QComboBox)) or "qt_" in widget.objectName()
        if not isinstance(widget, kinds) or not widget.isVisible() or inner:
            continue
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        words = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not words and not widget.accessibleName():
            found.append(type(widget).__name__)
    return found


def turned_by_the_wheel(window: QWidget) -> list[str]:
    """Controls that a user who scrolls the page past them changes."""
    found = []
    for control in window.findChildren(QWidget):
        if not isinstance(control, (QComboBox, QAbstractSpinBox, QAbstractSlider)) or not control.isVisible():
            continue
        if isinstance(control, QScrollBar) or not control.isEnabled():
            continue
        wheel = QWheelEvent(
            QPointF(1, 1), QPointF(1, 1), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        wheel.accept()
        QCoreApplication.sendEvent(control, wheel)
        if wheel.isAccepted():
            found.append(f"{type(control).__name__} {control.accessibleName()}")
    return found


LOOKS = [  # the longer words on the darker ground in the gate, all pairs in the soak
    pytest.param(tongue, look, marks=[pytest.mark.soak] * ((tongue, look) != ("ja", "dark")))
    for tongue in screenshots.LANGUAGES
    for look in screenshots.THEMES
]


@pytest.mark.parametrize(("tongue", "look"), LOOKS)
def test_every_page_is_whole_and_small_too(
    qapp: QApplication, spoken: Language, root: Path, tongue: str, look: str
) -> None:
    spoken.use(tongue)
    theme.apply(qapp, look)
    pages = screenshots.pages_of(Settings(language=tongue, theme=look), root)
    seen = {}
    try:
        for name, window in screenshots.each(pages, root):
            assert not cut_off(window), name
            assert not nameless(window), name
            assert not painted_often(), name
            assert not turned_by_the_wheel(window), name
            seen[name] = size_of(window)
            breaks_rows_and_cuts_nothing(window, name)
    finally:
        pages.close()
    assert len(seen) == 12 and min(seen.values()) > 8_000


def breaks_rows_and_cuts_nothing(window: QWidget, name: str) -> None:
    """Made small, as on a screen of 1280 x 720 at 150 %, of 800 x 600 at 125 % and at 150 %."""
    size = window.size()
    for wide, high in ((853, 440), (640, 440), (533, 360)):
        window.resize(wide, high)
        screenshots.settle(0.1)
        screenshots.settle(10, lambda: not out_of_reach(window))  # a busy machine lays out later
        assert (window.width(), window.height()) == (wide, high), name
        assert not cut_off(window), name
        assert not out_of_reach(window), name
        assert not sideways(window), name
    window.resize(size)


def size_of(window: QWidget) -> int:
    """Bytes of its picture: an empty page is small."""
    buffer = QBuffer()
    window.grab().save(buffer, "PNG")  # type: ignore[call-overload]
    return buffer.size()


def contrast(first: QColor, second: QColor) -> float:
    """WCAG 2.2: from 1 to 21; text needs 4.5, large text and icons 3."""
    bright, dim = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def luminance(colour: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(value) for value in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True])
def test_words_can_be_read_on_their_ground(dark: bool) -> None:
    palette = theme.palette(dark)
    pairs = [
        (ROLES.WindowText, ROLES.Window), (ROLES.Text, ROLES.Base), (ROLES.Text, ROLES.AlternateBase),
        (ROLES.ButtonText, ROLES.Button), (ROLES.HighlightedText, ROLES.Highlight), (ROLES.Link, ROLES.Base),
        (ROLES.PlaceholderText, ROLES.Base), (ROLES.PlaceholderText, ROLES.Window),
        (ROLES.ToolTipText, ROLES.ToolTipBase),
    ]  # fmt: skip
    for ink, ground in pairs:
        assert contrast(palette.color(ink), palette.color(ground)) >= 4.5, (ink, ground)
