"""Light and dark: Fusion with palettes of our own, so that every desktop shows the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComplex,
    QWidget,
)

ROLE, GROUP = QPalette.ColorRole, QPalette.ColorGroup
Colours = dict[QPalette.ColorRole, str]

LIGHT: Colours = {
    ROLE.Window: "#f4f6f9", ROLE.WindowText: "#1d2430", ROLE.Base: "#ffffff", ROLE.AlternateBase: "#f0f3f7",
    ROLE.Text: "#1d2430", ROLE.Button: "#ffffff", ROLE.ButtonText: "#1d2430", ROLE.BrightText: "#b3261e",
    ROLE.ToolTipBase: "#1d2430", ROLE.ToolTipText: "#f4f6f9", ROLE.PlaceholderText: "#5b6675", ROLE.Link: "#1858b8",
    ROLE.LinkVisited: "#6b3fa0", ROLE.Highlight: "#1f6feb", ROLE.HighlightedText: "#ffffff", ROLE.Light: "#ffffff",
    ROLE.Midlight: "#e6eaf0", ROLE.Mid: "#c3cad4", ROLE.Dark: "#98a2b0", ROLE.Shadow: "#5b6675",
}  # fmt: skip
DARK: Colours = {
    ROLE.Window: "#14181f", ROLE.WindowText: "#e6eaf0", ROLE.Base: "#1b212b", ROLE.AlternateBase: "#212936",
    ROLE.Text: "#e6eaf0", ROLE.Button: "#252d3a", ROLE.ButtonText: "#e6eaf0", ROLE.BrightText: "#ff8a80",
    ROLE.ToolTipBase: "#e6eaf0", ROLE.ToolTipText: "#14181f", ROLE.PlaceholderText: "#9aa5b4", ROLE.Link: "#6cb0ff",
    ROLE.LinkVisited: "#c49bff", ROLE.Highlight: "#2f72d8", ROLE.HighlightedText: "#ffffff", ROLE.Light: "#38424f",
    ROLE.Midlight: "#2b3442", ROLE.Mid: "#3a4554", ROLE.Dark: "#0e1116", ROLE.Shadow: "#000000",
}  # fmt: skip
EDGE = 0.75  # opacity of an edge, in the colour of quiet text
FADED = (ROLE.WindowText, ROLE.Text, ROLE.ButtonText)


def palette(dark: bool) -> QPalette:
    colours = DARK if dark else LIGHT
    made = QPalette()
    for role, name in colours.items():
        made.setColor(role, QColor(name))
    for role in FADED:
        made.setColor(GROUP.Disabled, role, QColor("#7d8896" if dark else "#7a8593"))
    made.setColor(GROUP.Disabled, ROLE.Highlight, QColor(colours[ROLE.Mid]))
    made.setColor(GROUP.Disabled, ROLE.Base, QColor(colours[ROLE.Window]))  # an empty field has no text to fade
    return made


class Outlined(QProxyStyle):
    """Fusion with more room, and edges that can be seen on dark ground, too, around boxes, dots and fields.

    WCAG 2.2, 1.4.11: three to one against what is beside them.
    """

    BOX, DOT = QStyle.PrimitiveElement.PE_IndicatorCheckBox, QStyle.PrimitiveElement.PE_IndicatorRadioButton
    FIELD = QStyle.PrimitiveElement.PE_FrameLineEdit
    ROOMY = (
        QStyle.ContentsType.CT_PushButton, QStyle.ContentsType.CT_ComboBox, QStyle.ContentsType.CT_LineEdit,
        QStyle.ContentsType.CT_SpinBox, QStyle.ContentsType.CT_TabBarTab,
    )  # fmt: skip
    INDENT = 5

    def polish(self, what: Any) -> Any:
        """Of a widget, before it is first seen. Qt's own labels (tool tips, message boxes) show text, never HTML."""
        if isinstance(what, QLabel) and what.textFormat() == Qt.TextFormat.AutoText:
            what.setTextFormat(Qt.TextFormat.PlainText)
        return super().polish(what)

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        super().drawPrimitive(element, option, painter, widget)
        if element in (self.BOX, self.DOT, self.FIELD):
            self._edge(option, painter, round_=element == self.DOT)

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        super().drawControl(element, option, painter, widget)
        if element != QStyle.ControlElement.CE_PushButton or not isinstance(option, QStyleOptionButton):
            return
        flat, focused = QStyleOptionButton.ButtonFeature.Flat, QStyle.StateFlag.State_HasFocus
        if option.features & flat and option.state & focused:  # Fusion shows it nowhere
            self._edge(option, painter)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        super().drawComplexControl(control, option, painter, widget)
        if control == QStyle.ComplexControl.CC_SpinBox:
            self._edge(option, painter)

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        wanted = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]  # may be None
        if kind in self.ROOMY:
            wanted.setHeight(max(wanted.height(), 2 * option.fontMetrics.height()))
        return wanted

    def subElementRect(self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None) -> QRect:
        rect = super().subElementRect(element, option, widget)  # type: ignore[arg-type]  # may be None
        return rect.adjusted(self.INDENT, 0, -2, 0) if element == QStyle.SubElement.SE_LineEditContents else rect

    def _edge(self, option: QStyleOption, painter: QPainter, round_: bool = False) -> None:
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ink = option.palette.color(ROLE.Highlight if focused else ROLE.PlaceholderText)
        ink.setAlphaF(1.0 if focused else EDGE)
        painter.setPen(QPen(ink, 1))
        edge = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
        if round_:
            painter.drawEllipse(edge)
        else:
            painter.drawRoundedRect(edge, 2, 2)
        painter.restore()


def apply(application: QApplication, theme: str) -> None:
    """`theme`: system, light or dark. Called again, it recolours what is open.

    Qt evaluates `palette(...)` in a style sheet once, when the sheet is set; so each is set again.
    """
    if not isinstance(application.style(), Outlined):
        application.setStyle(Outlined("Fusion"))
    wanted = palette(wants_dark(application, theme))
    if application.palette() == wanted:
        return
    application.setPalette(wanted)
    for widget in application.allWidgets():
        sheet = widget.styleSheet()
        if sheet:
            widget.setStyleSheet("")
            widget.setStyleSheet(sheet)


class Follower(QObject):
    """As long as it lives, the application goes light or dark with the system, where `theme` says `system` then."""

    def __init__(self, application: QApplication, theme: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application, self._theme = application, theme
        application.styleHints().colorSchemeChanged.connect(self._changed)

    def _changed(self, _: Qt.ColorScheme) -> None:
        apply(self._application, self._theme())


def wants_dark(application: QApplication, theme: str) -> bool:
    if theme == "system":
        return system_is_dark(application)
    return theme == "dark"


def system_is_dark(application: QApplication) -> bool:
    return application.styleHints().colorScheme() == Qt.ColorScheme.Dark
