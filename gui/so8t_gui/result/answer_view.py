"""What a model said: six folded boxes of thinking, and below them the final answer in bold.

An answer that knows no tags, as the base model's, stands there as it is.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from so8t_engine.sentences import named
from so8t_gui.i18n.translate import say, tr
from so8t_gui.result.answer_text import SECTIONS, AnswerParts
from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.panels import quiet
from so8t_gui.widgets.tool_tip import tool_tip

# Each with three to one against white and against the dark ground, too.
COLOURS = {
    "task": "#2f81f7", "safety": "#e5534b", "logic": "#8f63e8", "ethics": "#1b8f9e", "practical": "#2a9a49",
    "creative": "#b87f00",
}  # fmt: skip
ARROW_ROOM = 17  # pixels of a lid before its word
SHORT = 600  # characters of a thought that stand open beside the other model's answer


def section_title(name: str) -> str:
    """The engine's word, as the report has it, with a capital letter."""
    word = say(named("section", name))
    return word[:1].upper() + word[1:]


class Said(Label):
    """Words of the data or of a model, in whatever language; they can be selected and copied."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


class FoldedSection(QPushButton):
    """The lid of one box: pressed, its text is seen below; an arrow says which way it goes. Greyed out where the answer
    has no such section.
    """

    def __init__(self, name: str, title: str) -> None:
        super().__init__(title)
        self.setCheckable(True)
        self.setToolTip(tool_tip(tr("Opens and closes this part of the thought")))
        self.setStyleSheet(
            f"QPushButton {{ border: 1px solid {COLOURS[name]}; border-left: 5px solid {COLOURS[name]};"
            f" border-radius: 4px; padding: 2px 8px 2px {ARROW_ROOM}px; background: palette(button); }}"
            "QPushButton:hover { background: palette(midlight); }"
            "QPushButton:checked { background: palette(midlight); }"
            "QPushButton:focus { border: 2px solid palette(window-text); border-left-width: 5px;"
            f" padding: 1px 7px 1px {ARROW_ROOM}px; }}"
            "QPushButton:disabled { border: 1px dashed palette(mid); color: palette(placeholder-text);"
            " background: transparent; }"
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isEnabled():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.ButtonText))
        painter.translate(5 + ARROW_ROOM / 2, self.height() / 2)
        painter.rotate(90 if self.isChecked() else 0)
        painter.drawPolygon([QPointF(-2.5, -4), QPointF(-2.5, 4), QPointF(3.5, 0)])


class AnswerView(QWidget):
    """`put(parts)`: as often as there is more of it; a box that was opened stays open.

    `all_boxes`: six of them, whatever the answer holds; else only where it thinks at all.
    """

    def __init__(self, all_boxes: bool = False) -> None:
        super().__init__()
        self._all_boxes = all_boxes
        self._lids: dict[str, FoldedSection] = {}
        self._bodies: dict[str, QFrame] = {}
        self._texts: dict[str, Said] = {}
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._row, self._row_of_lids = QWidget(), FlowLayout(spacing=6)
        thought = quiet(tr("Thought:"))
        thought.setWordWrap(False)
        self._row_of_lids.add(thought)
        self._row.setLayout(self._row_of_lids)
        column.addWidget(self._row)
        self._final = Said()
        column.addWidget(self._final)
        column.addStretch(1)
        self.put(AnswerParts())

    @property
    def final(self) -> str:
        return self._final.text()

    def put(self, parts: AnswerParts) -> None:
        for name in SECTIONS:  # what nothing is said in has no widgets: an answer may stand there dozens of times
            if name not in self._lids and (self._all_boxes or name in parts.sections):
                self._make(name)
        for name, lid in self._lids.items():
            text = parts.sections.get(name, "")
            self._texts[name].setText(text)
            lid.setEnabled(bool(text))
            lid.setVisible(bool(text) or self._all_boxes)
            if not text:
                lid.setChecked(False)
        self._row.setVisible(self._all_boxes or bool(parts.sections))
        font = self._final.font()
        font.setBold(parts.tagged)
        self._final.setFont(font)
        self._final.setText(parts.final)
        self._final.setVisible(bool(parts.final))

    def open_if_short(self) -> None:
        """A thought of a few lines stands open; a long one would push the answer out of sight."""
        if sum(len(text.text()) for text in self._texts.values()) <= SHORT:
            for lid in self._lids.values():
                lid.setChecked(lid.isEnabled())

    def _make(self, name: str) -> None:
        lid = self._lids[name] = FoldedSection(name, section_title(name))
        lid.toggled.connect(lambda opened: self._bodies[name].setVisible(opened))
        self._row_of_lids.add(lid)
        self._column.insertWidget(self._column.indexOf(self._final), self._body(name))

    def _body(self, name: str) -> QFrame:
        frame = self._bodies[name] = QFrame()
        frame.setObjectName("section")
        frame.setStyleSheet(
            f"QFrame#section {{ border: none; border-left: 3px solid {COLOURS[name]};"
            " background: palette(alternate-base); }"
        )
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(10, 5, 8, 5)
        text = self._texts[name] = Said()
        inside.addWidget(text)
        frame.hide()
        return frame
