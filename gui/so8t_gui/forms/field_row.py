"""One editor per field of the schema, with a line for what is wrong below it and a button back to the old value."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from so8t_gui.forms import schema_fields
from so8t_gui.forms.schema_fields import Field, Keys
from so8t_gui.forms.session_draft import SessionDraft
from so8t_gui.i18n.translate import say, tr
from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.ignored_wheel import ignore_wheel
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.level_text import level
from so8t_gui.widgets.tool_tip import tool_tip
from so8t_gui.widgets.wrapped_lines import WrappedLines

SPACE = 6  # between key, editor and button


class FieldRow(QWidget):
    """Key, editor, button back, and what is wrong. `edited(path, value)`, `wrong(path, text)`.

    Below each there is room for a line, so that a short error moves nothing; rows need no space between them.
    """

    edited = Signal(tuple, object)
    wrong = Signal(tuple, str)

    WIDE, NARROW = 250, 150

    def __init__(self, field: Field, label: str = "", narrow: bool = False) -> None:
        super().__init__()
        self.field = field
        self._shows: Any = self  # no value of a configuration
        self._unread, self._mistake = "", ""
        self._unused, self._complaint = "", ""
        self._editor, self._put = self._make_editor()
        self._editor.setAccessibleName(label or field.key)
        hint = "\n".join(part for part in (field.key, field.about, schema_fields.limits(field)) if part)
        self._hint = hint
        self._label = Label(label or schema_fields.label(field))
        self._beside = self.NARROW if narrow else self.WIDE
        self._label.setBuddy(self._editor)
        self._back = QToolButton()
        self._back.setText("↺")
        self._back.setAutoRaise(True)
        self._back.setToolTip(tr("Back to the value it had"))
        self._back.setAccessibleName(tr("Reset {key}", key=field.key))
        self._back.clicked.connect(self._go_back)
        self._original: Any = field.default
        self._error = WrappedLines()
        fields = QHBoxLayout()
        fields.setSpacing(SPACE)
        fields.addWidget(self._editor, 1)
        fields.addWidget(self._back)
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(SPACE)
        row.addWidget(self._label)
        row.addLayout(fields, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addWidget(self._error)
        keep = self._back.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._back.setSizePolicy(keep)
        self._back.hide()
        self._stand(beside=True)
        self._explain()

    def _go_back(self) -> None:
        """The button is gone then, and its focus would go on to what follows: the page may scroll there."""
        if self._back.hasFocus():
            self.editor.setFocus()
        self.edited.emit(self.field.path, self._original)

    @property
    def label(self) -> str:
        """What stands beside it."""
        return self._label.text()

    @property
    def editor(self) -> QWidget:
        """What takes the keys. It is no focus proxy: Qt's Tab would come back to it from wherever the row stands."""
        return self._editor.findChild(QCheckBox) or self._editor if self.field.kind == "choices" else self._editor

    @property
    def key_width(self) -> int:
        """Of the key as it is where its value was changed, in bold: the mark moves nothing."""
        font = self._label.font()
        font.setBold(True)
        return QFontMetrics(font).horizontalAdvance(self._label.text()) + 2

    def line_up(self, width: int) -> None:
        """So wide is the column of keys that it stands in."""
        self._beside = max(self._beside, width)
        self._stand(self._stands_beside)

    @property
    def width_beside(self) -> int:
        """What it takes to have the key beside its editor."""
        fields = self._row.itemAt(1)
        return self._beside + SPACE + (fields.minimumSize().width() if fields is not None else 0)

    def minimumSizeHint(self) -> QSize:
        """With the key above its editor."""
        hint, beside = super().minimumSizeHint(), self.width_beside - self._beside
        return QSize(min(hint.width(), max(self._label.sizeHint().width(), self.key_width, beside)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand(beside=event.size().width() >= self.width_beside)

    def _stand(self, beside: bool) -> None:
        """The key beside its editor, or above it."""
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._row.setSpacing(SPACE if beside else 0)
        self._label.setMinimumWidth(self._beside if beside else 0)
        self._stands_beside = beside
        self._place_error()

    def _place_error(self) -> None:
        """Below the editor; a long one has the whole row, and as many lines as it needs."""
        indent = (self._beside + SPACE if self._stands_beside else 0) + 4
        fits = indent + self._error.text_width <= self.width()
        self._error.setContentsMargins(indent if fits else 4, 0, 0, 0)

    def put(self, value: Any, original: Any, anew: bool = False) -> None:
        """Shows a value. What was typed, even if it is wrong, stays unless the value has changed, or `anew`."""
        changed = value != original
        self._original = original
        self._back.setVisible(changed)
        font = self._label.font()
        if font.bold() != changed:
            font.setBold(changed)
            self._label.setFont(font)
        if anew or value != self._shows:
            self._shows, self._unread, self._mistake = value, "", ""
            self.complain("")
            self._put(value)

    def put_unused(self, why: str) -> None:
        """Greyed out where the key means nothing by another's value, and `why`; empty where it counts.

        What was typed there and is no value goes. What the engine refuses can be corrected even so.
        """
        if why == self._unused:
            return
        self._unused = why
        if why and self._mistake:
            self._unread, self._mistake = "", ""
            self._put(self._shows)
            self.complain("")
        else:
            self._explain()

    @property
    def unread(self) -> str:
        """What is typed in it and is no value; empty where it is one."""
        return self._unread

    @property
    def mistake(self) -> str:
        """Why what is typed in it is no value; empty where it is one."""
        return self._mistake

    def type(self, text: str) -> None:
        if isinstance(self._editor, QLineEdit):
            self._editor.setText(text)
            self._typed(text)

    def complain(self, text: str) -> None:
        """Shows what is wrong below the field; empty: nothing is."""
        if text == self._complaint:
            return
        self._error.setText(text)
        self._place_error()
        self._complaint = text
        self._explain()

    def _explain(self) -> None:
        counts = not self._unused or bool(self._complaint)
        hint = "\n".join(part for part in (self._unused, self._hint) if part)
        self._editor.setAccessibleDescription(self._complaint or hint)
        for part in (self._editor, self._label):
            part.setEnabled(counts)
            part.setToolTip(tool_tip(hint))

    def _tell(self, value: Any) -> None:
        self._shows, self._mistake = value, ""
        self.complain("")
        self.edited.emit(self.field.path, value)

    def _typed(self, text: str) -> None:
        value, error = schema_fields.read(self.field, text)
        self._unread, self._mistake = text if error else "", error
        if error:
            self.complain(error)
            self.wrong.emit(self.field.path, error)
        else:
            self._tell(value)

    def _make_editor(self) -> tuple[QWidget, Callable[[Any], None]]:
        field = self.field
        if field.kind == "boolean" and not field.optional:
            box = QCheckBox()
            box.clicked.connect(lambda on: self._tell(bool(on)))
            return box, lambda value: box.setChecked(bool(value))
        if field.kind == "choice":
            return self._choice()
        if field.kind == "choices":
            return self._choices()
        line = QLineEdit()
        level(line)
        line.setPlaceholderText(tr("not set") if field.optional else "")
        line.setMinimumWidth(16 * line.fontMetrics().averageCharWidth())  # a number with all its digits
        line.textEdited.connect(self._typed)

        def put(value: Any) -> None:
            line.setText(schema_fields.shown(field, value))
            line.setCursorPosition(0)

        return line, put

    def _choice(self) -> tuple[QWidget, Callable[[Any], None]]:
        combo = QComboBox()
        if self.field.optional:
            combo.addItem(tr("not set"), None)
        for choice in self.field.choices:
            combo.addItem(choice, choice)
        combo.activated.connect(lambda _: self._tell(combo.currentData()))
        ignore_wheel(combo)
        return combo, lambda value: combo.setCurrentIndex(combo.findData(value))

    def _choices(self) -> tuple[QWidget, Callable[[Any], None]]:
        group = QWidget()
        row = FlowLayout()
        group.setLayout(row)
        boxes = [QCheckBox(choice) for choice in self.field.choices]

        def clicked() -> None:
            self._tell([box.text() for box in boxes if box.isChecked()])

        def put(value: Any) -> None:
            for box in boxes:
                box.setChecked(box.text() in (value or []))

        for box in boxes:
            box.setAccessibleName(f"{self.field.key}: {box.text()}")
            box.clicked.connect(clicked)
            row.add(box)
        return group, put


def line_up(rows: Collection[FieldRow]) -> int:
    """All editors begin at one place, whatever is changed; the width of the keys."""
    width = max((row.key_width for row in rows), default=0)
    for row in rows:
        row.line_up(width)
    return width


def unused(field: Field, draft: SessionDraft) -> str:
    """Why the key means nothing in this draft; empty where it counts."""
    why = field.unused(draft.value)
    return "" if why is None else say(why)


def unread(rows: Mapping[str, FieldRow]) -> dict[str, str]:
    """By key."""
    return {key: row.unread for key, row in rows.items() if row.unread}


def mistakes(rows: Mapping[str, FieldRow]) -> dict[Keys, str]:
    """What was typed and is no value, by key."""
    return {row.field.path: row.mistake for row in rows.values() if row.mistake}
