"""The form with every key of a configuration, made from the engine's schema, section by section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from so8t_gui.forms.field_row import FieldRow, line_up, mistakes, unread, unused
from so8t_gui.forms.schema_fields import Field, FormSection, Keys
from so8t_gui.forms.session_draft import SessionDraft
from so8t_gui.i18n.translate import tr
from so8t_gui.widgets import shown_field
from so8t_gui.widgets.panels import Card, quiet
from so8t_gui.widgets.scroll_place import scroll_back


class SchemaForm(QWidget):
    """The form and its search over keys and descriptions. `edited(path, value)`, `wrong(path, text)`."""

    edited = Signal(tuple, object)
    wrong = Signal(tuple, str)

    def __init__(self, sections: Sequence[FormSection]) -> None:
        super().__init__()
        self.rows: dict[str, FieldRow] = {}
        self._cards: list[tuple[FormSection, Card]] = []
        self._search = QLineEdit()
        self._search.setPlaceholderText(tr("Search a key, for example kl_coef"))
        self._search.setAccessibleName(tr("Search the configuration's keys"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._narrow)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        for section in sections:
            card = Card(section.key or tr("General"), _first_paragraph(section.about))
            rows = QVBoxLayout()
            rows.setSpacing(0)
            card.body.addLayout(rows)
            for field in section.fields:
                row = self.rows[field.key] = FieldRow(field)
                row.edited.connect(self.edited)
                row.wrong.connect(self.wrong)
                rows.addWidget(row)
            column.addWidget(card)
            self._cards.append((section, card))
        line_up(self.rows.values())
        self._none = quiet(tr("No key matches the search."))
        self._none.hide()
        column.addWidget(self._none)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self._area = area
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._search)
        whole.addWidget(area, 1)

    def put(self, draft: SessionDraft, anew: bool = False) -> None:
        """`anew`: of another source, so that nothing typed before is kept."""
        for row in self.rows.values():
            path = row.field.path
            row.put(draft.value(path), draft.original(path), anew)
            row.put_unused(unused(row.field, draft))

    @property
    def unread(self) -> dict[str, str]:
        return unread(self.rows)

    @property
    def mistakes(self) -> dict[Keys, str]:
        return mistakes(self.rows)

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
        keys = (".".join(path[:length]) for length in range(len(path), 0, -1))
        return next((self.rows[key] for key in keys if key in self.rows), None)

    def show_row(self, path: Keys) -> None:
        """Of a key that no row has (`integrate.weights.ja`) its section."""
        below = [row for key, row in self.rows.items() if key.startswith(f"{path[0]}.")]
        row = self.row_of(path) or next(iter(below), None)
        if row is not None:
            self._search.clear()
            shown_field.show(self._area, row, row.editor)

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().strip()
        matching = 0
        for section, card in self._cards:
            fields = [
                field for field in section.fields if wanted in _searched(field) or wanted.replace(" ", "_") in field.key
            ]
            for field in section.fields:
                self.rows[field.key].setVisible(field in fields)
            card.setVisible(bool(fields))
            matching += len(fields)
        self._none.setVisible(not matching)


def _searched(field: Field) -> str:
    return " ".join((field.key, field.about, *field.choices)).casefold()


def _first_paragraph(about: str) -> str:
    """Of a section's description, without its marks for code."""
    return " ".join(about.partition("\n\n")[0].split()).replace("`", "")
