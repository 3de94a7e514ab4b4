"""The form with every key of a configuration, made from the engine's schema, section by section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from so8t_gui.forms.field_row import FieldRow, line_up, mistakes, unread, unused
from so8t_gui.forms.schema_fields import Field, FormSection, Keys
from so8t_gui.forms.session_draft import SessionDraft
from so8t_gui.i18n.translate import tr
from so8t_gui.widgets import shown_field
from so8t_gui.widgets.panels import Card, quiet
from so8t_gui.widgets.scroll_place import scroll_back


class SchemaForm(QWidget):
    """The form and its search over keys and descriptions. `edited(path, value)`, `wrong(path, text)`.

    Most sessions are begun without a look at it, and to lay out so many rows takes longer than all else of its page:
    they are made when they are first seen or asked for, and `made` is emitted then.
    """

    edited = Signal(tuple, object)
    wrong = Signal(tuple, str)
    made = Signal()

    def __init__(self, sections: Sequence[FormSection]) -> None:
        super().__init__()
        self._sections = sections
        self._rows: dict[str, FieldRow] = {}
        self._cards: list[tuple[FormSection, Card]] = []
        self._draft: SessionDraft | None = None  # until there are rows that show it
        self._complaints: dict[str, str] = {}  # by key, as long
        self._search = QLineEdit()
        self._search.setPlaceholderText(tr("Search a key, for example kl_coef"))
        self._search.setAccessibleName(tr("Search the configuration's keys"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._narrow)
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._search)
        whole.addWidget(area, 1)

    @property
    def keys(self) -> tuple[str, ...]:
        """Of its rows."""
        return tuple(field.key for section in self._sections for field in section.fields)

    @property
    def rows(self) -> Mapping[str, FieldRow]:
        """By key."""
        if not self._rows:
            self._make()
        return self._rows

    def showEvent(self, event: QShowEvent) -> None:
        if not self._rows:
            self._make()
        super().showEvent(event)

    def _make(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        for section in self._sections:
            card = Card(section.key or tr("General"), _first_paragraph(section.about))
            rows = QVBoxLayout()
            rows.setSpacing(0)
            card.body.addLayout(rows)
            for field in section.fields:
                row = self._rows[field.key] = FieldRow(field)
                row.edited.connect(self.edited)
                row.wrong.connect(self.wrong)
                rows.addWidget(row)
            column.addWidget(card)
            self._cards.append((section, card))
        line_up(self._rows.values())
        self._none = quiet(tr("No key matches the search."))
        self._none.hide()
        column.addWidget(self._none)
        column.addStretch(1)
        draft, self._draft = self._draft, None
        if draft is not None:
            self._show(draft, anew=True)
        for key, text in self._complaints.items():
            self._rows[key].complain(text)
        self._area.setWidget(inner)
        self.made.emit()

    def put(self, draft: SessionDraft, anew: bool = False) -> None:
        """`anew`: of another source, so that nothing typed before is kept."""
        if self._rows:
            self._show(draft, anew)
            return
        before, self._draft = self._draft, draft
        for key in tuple(self._complaints):
            path = tuple(key.split("."))
            if anew or before is None or before.value(path) != draft.value(path):
                del self._complaints[key]

    def _show(self, draft: SessionDraft, anew: bool) -> None:
        for row in self._rows.values():
            path = row.field.path
            row.put(draft.value(path), draft.original(path), anew)
            row.put_unused(unused(row.field, draft))

    def complain(self, path: Keys, text: str) -> None:
        """Beside the field, until its value changes."""
        key = self._key_of(path)
        if key and self._rows:
            self._rows[key].complain(text)
        elif key:
            self._complaints[key] = text

    @property
    def unread(self) -> dict[str, str]:
        return unread(self._rows)

    @property
    def mistakes(self) -> dict[Keys, str]:
        return mistakes(self._rows)

    @property
    def search(self) -> str:
        return self._search.text()

    @property
    def place(self) -> int:
        return self._area.verticalScrollBar().value()

    def take_up(self, texts: Mapping[str, str], search: str, place: int) -> None:
        for key, text in texts.items():
            self.rows[key].type(text)
        self._search.setText(search)
        scroll_back(self._area, place)

    def row_of(self, path: Keys) -> FieldRow | None:
        """Where a key can be changed, or what it is an entry of (`evaluate.gguf.0`)."""
        key = self._key_of(path)
        return self.rows[key] if key else None

    def _key_of(self, path: Keys) -> str:
        """Its own, or that of the row in which it is an entry; empty where it has none."""
        mine, keys = self.keys, (".".join(path[:length]) for length in range(len(path), 0, -1))
        return next((key for key in keys if key in mine), "")

    def show_row(self, path: Keys) -> None:
        """Of a key that no row has (`integrate.weights.ja`) its section."""
        below = [row for key, row in self.rows.items() if key.startswith(f"{path[0]}.")]
        row = self.row_of(path) or next(iter(below), None)
        if row is not None:
            self._search.clear()
            shown_field.show(self._area, row, row.editor)

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().strip()
        matching, rows = 0, self.rows
        for section, card in self._cards:
            fields = [
                field for field in section.fields if wanted in _searched(field) or wanted.replace(" ", "_") in field.key
            ]
            for field in section.fields:
                rows[field.key].setVisible(field in fields)
            card.setVisible(bool(fields))
            matching += len(fields)
        self._none.setVisible(not matching)


def _searched(field: Field) -> str:
    return " ".join((field.key, field.about, *field.choices)).casefold()


def _first_paragraph(about: str) -> str:
    """Of a section's description, without its marks for code."""
    return " ".join(about.partition("\n\n")[0].split()).replace("`", "")
