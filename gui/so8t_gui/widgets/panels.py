"""What all pages are made of: a titled card, a message with its icon, headings, quiet text, buttons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPalette, QPen, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from so8t_engine.plain_text import plain
from so8t_engine.sentences import LONGEST_TEXT
from so8t_gui.widgets import status_icons
from so8t_gui.widgets.breaking_label import BreakingLabel
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.scrolled_text import ScrolledText
from so8t_gui.widgets.tool_tip import tool_tip

RADIUS = 8.0
NUMBER = re.compile(r"\d+")
LETTER = re.compile(r" ?\(&\w\)|&(?=[^&\s])")


class Card(QFrame):
    """A rounded panel with a title and a quiet line below it; widgets go into `body`."""

    def __init__(self, title: str = "", about: str = "") -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(18, 14, 18, 16)
        self.body.setSpacing(8)
        if title:
            self.body.addWidget(heading(title, 1.08))
        if about:
            self.body.addWidget(quiet(about))

    def event(self, event: QEvent) -> bool:
        """Windows and splitters ask nobody how high they must be at a width; so it is told where that changes. Out of
        sight Qt does not ask the rows inside anew: what they were before, at another width or with other buttons, would
        be kept.
        """
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self.body.activate()
            wrapped = self.body.hasHeightForWidth()
            self.setMinimumHeight(self.body.minimumHeightForWidth(self.width()) if wrapped else 0)
        return done

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(surface(self.palette()))
        painter.setPen(QPen(edge(self.palette()), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


class Banner(QFrame):
    """A message with the icon of its level, on a tinted ground; hidden while it is empty, scrolled where it is long.

    `narrow`: for a slim column that scrolls itself: buttons below the text, and long words are broken, not cut off.
    `opaque`: for one that lies on other things.
    """

    def __init__(self, narrow: bool = False, opaque: bool = False) -> None:
        super().__init__()
        self._opaque = opaque
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 9, 12, 9)
        row.setSpacing(10)
        self._mark = Label()
        self._text = BreakingLabel() if narrow else Label()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        ways = QBoxLayout.Direction
        self._buttons = QBoxLayout(ways.TopToBottom if narrow else ways.LeftToRight)
        if narrow:
            self._text.setMinimumWidth(1)
            self._buttons.setAlignment(Qt.AlignmentFlag.AlignLeft)
            below = QVBoxLayout()
            below.addWidget(self._text)
            below.addLayout(self._buttons)
            row.addLayout(below, 1)
        else:
            row.addWidget(ScrolledText(self._text), 1)
            row.addLayout(self._buttons)
        self._level = "note"
        self._acts: dict[str, tuple[str, Callable[[], None]]] = {}
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, lambda: self._act("no"))  # none while hidden
        self.hide()

    @property
    def text(self) -> str:
        shown = self._text.whole if isinstance(self._text, BreakingLabel) else self._text.text()
        return shown if not self.isHidden() else ""

    def say(self, level: str, text: str, **buttons: tuple[str, Callable[[], None]]) -> None:
        """`level`: ok, note, warning or error; `buttons`: object name = (label, what it does).

        They have no letters of their own: messages come and go, several at once, and a letter of two controls presses
        neither. A question, which has a `no`, does have them; Esc says no, wherever on its page the focus is. Saying
        the same again, or counting on, leaves the buttons as they are: one may have the focus, or be held down.
        """
        labels = {name: label for name, (label, _) in self._acts.items()}
        same = (level, {name: label for name, (label, _) in buttons.items()}) == (self._level, labels)
        counts_on = "no" not in buttons and NUMBER.sub("", text) == NUMBER.sub("", self.text)
        self._acts = buttons
        if same and (text == self.text or counts_on):
            self._put_text(text)
            return
        self._clear()
        question = "no" in buttons
        self._escape.setEnabled(question)
        self._level = level
        self._put_text(text)
        self._paint_mark()
        for name, (label, _) in buttons.items():
            made = button(label if question else without_letter(label), partial(self._act, name))
            made.setObjectName(name)
            self._buttons.addWidget(made)
            made.show()
            _tab_here(self, made)
        self.setVisible(bool(text))
        self.update()

    def _act(self, name: str) -> None:
        self._acts[name][1]()

    def reword(self, before: str, now: str) -> None:
        """What it names goes by another name: the same is said by that, with the buttons that stand there."""
        text = self.text.replace(before, now)
        if before:
            self._put_text(text)

    def _put_text(self, text: str) -> None:
        if text != (self._text.whole if isinstance(self._text, BreakingLabel) else self._text.text()):
            self._text.setText(text)
            self._text.setAccessibleName(plain(text, most=LONGEST_TEXT, lines=True))

    def quieten(self) -> None:
        self._acts = {}
        self._clear()
        self.hide()

    def _clear(self) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _paint_mark(self) -> None:
        self._mark.setPixmap(status_icons.icon(self._level, self.palette()).pixmap(QSize(18, 18)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_mark()

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = status_icons.colour(self._level, self.palette())
        ground, line = QColor(ink), QColor(ink)
        ground.setAlphaF(0.12)
        line.setAlphaF(0.45)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for brush in (surface(self.palette()), ground) if self._opaque else (ground,):
            painter.setBrush(brush)
            painter.setPen(QPen(line, 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def surface(palette: QPalette) -> QColor:
    return palette.color(QPalette.ColorRole.Base)


def edge(palette: QPalette) -> QColor:
    """The colour of a line that can just be seen."""
    line = QColor(palette.color(QPalette.ColorRole.WindowText))
    line.setAlphaF(0.16)
    return line


def heading(text: str, size: float = 1.5) -> Label:
    label = Label(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * size)
    font.setBold(True)
    label.setFont(font)
    return label


def quiet(text: str = "") -> Label:
    """Secondary text: paler, never smaller."""
    label = Label(text)
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def without_letter(label: str) -> str:
    """A label without its mnemonic, which Japanese puts in brackets behind the word."""
    return LETTER.sub("", label)


def button(label: str, act: Callable[[], None], main: bool = False, about: str = "") -> QPushButton:
    """`label` with its mnemonic, `about`: the tool tip; the main one of a page has the palette's highlight."""
    made = QPushButton(label)
    made.setAccessibleName(label.replace("&", ""))
    made.setToolTip(tool_tip(about))
    made.clicked.connect(lambda: act())
    if main:
        emphasize(made)
    return made


def emphasize(made: QPushButton) -> None:
    """The main button of a page."""
    made.setProperty("main", True)
    made.setDefault(True)
    made.setStyleSheet(
        "QPushButton { background: palette(highlight); color: palette(highlighted-text); border: none;"
        " border-radius: 6px; padding: 7px 18px; font-weight: 600; }"
        "QPushButton:hover { border: 2px solid palette(link); padding: 5px 16px; }"
        "QPushButton:focus { border: 2px solid palette(window-text); padding: 5px 16px; }"
        "QPushButton:disabled { background: palette(midlight); color: palette(placeholder-text); }"
    )


def tab_in_order(page: QWidget) -> None:
    """Tab goes through a page as its layouts stand, also where parts of it were made later than others.

    No part may hand its focus on to a control inside of it: it stays where it was made, and Tab goes in circles there.
    """
    stops = list(_stops(page))
    for first, second in pairwise(stops):
        QWidget.setTabOrder(first, second)


def _stops(widget: QWidget | None) -> Iterator[QWidget]:
    if widget is None:
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, QTabWidget):
        yield widget.tabBar()
        for place in range(widget.count()):
            yield from _stops(widget.widget(place))
    elif isinstance(widget, QScrollArea):
        yield from _stops(widget.widget())
    elif not isinstance(widget, (QComboBox, QAbstractSpinBox)):
        yield from _stops_of(widget.layout())


def _stops_of(layout: QLayout | None) -> Iterator[QWidget]:
    for place in range(0 if layout is None else layout.count()):
        item = layout.itemAt(place) if layout is not None else None
        if item is not None:
            yield from _stops(item.widget())
            yield from _stops_of(item.layout())


def _tab_here(place: QWidget, made: QWidget) -> None:
    """A control made later is reached after what stands before it, not at the end of the whole window."""
    before = place.previousInFocusChain()
    while before is not None and before is not place and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
        before = before.previousInFocusChain()
    if before not in (None, place, made) and before.window() is made.window():
        QWidget.setTabOrder(before, made)


def column(widget: QWidget, margins: int = 24, spacing: int = 14) -> QVBoxLayout:
    """The layout of a page."""
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(margins, margins - 4, margins, margins - 4)
    layout.setSpacing(spacing)
    return layout
