"""The basic choices of a new session: source, base model, data, length, folder and the schedule of alpha."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from so8t_engine.plain_text import plain
from so8t_engine.sentences import Sentence
from so8t_gui.forms import pasted
from so8t_gui.forms.alpha_preview import AlphaPreview
from so8t_gui.forms.datasets import DatasetList
from so8t_gui.forms.draft_summary import source_of
from so8t_gui.forms.field_row import SPACE, FieldRow, line_up, mistakes, unread, unused
from so8t_gui.forms.findings import named
from so8t_gui.forms.preset_descriptions import description
from so8t_gui.forms.schema_fields import FormSection, Keys
from so8t_gui.forms.session_draft import BUILD_LENGTH, DATASETS, MODEL, REVISION, SessionDraft
from so8t_gui.i18n.translate import say, tr
from so8t_gui.widgets import file_choice, shown_field
from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.ignored_wheel import ignore_wheel
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.one_line import OneLine
from so8t_gui.widgets.panels import Card, button, quiet
from so8t_gui.widgets.scroll_place import scroll_to_top
from so8t_gui.widgets.tool_tip import tool_tip
from so8t_gui.widgets.wrapped_lines import WrappedLines

ALPHA = ("alpha.schedule", "alpha.initial", "alpha.final", "alpha.annealing_steps")
RUN = (
    "name", "algorithm", "model.build.max_steps", "warmup.max_steps", "ppo.total_episodes", "grpo.max_steps",
    "rloo.max_steps", "seed",
)  # fmt: skip
LENGTHS = ("ppo.total_episodes", "grpo.max_steps", "rloo.max_steps")


LONGEST_SOURCE = 80  # characters of what a session is a copy of


class Basics(QScrollArea):
    """Shows a draft and gives back a changed one. `root_wanted`: another folder for sessions, which all share."""

    preset_chosen = Signal(str)
    file_chosen = Signal(str)
    draft_changed = Signal(object)
    wrong = Signal(tuple, str)
    root_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._draft = SessionDraft()
        self._presets: dict[str, Sentence] = {}
        self._rows: dict[str, FieldRow] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 10, 8, 0)
        self._column.setSpacing(12)
        for card in (self._source_card(), self._model_card(), self._data_card(), self._run_card(), self._alpha_card()):
            self._column.addWidget(card)
        self._column.addStretch(1)
        self.setWidget(inner)

    def begin(self) -> None:
        """Another source: what it is and its name, not the middle of the form where the one before was left."""
        scroll_to_top(self)

    def put_root(self, root: Path) -> None:
        self._root.setText(str(root))

    def put(self, draft: SessionDraft, anew: bool = False) -> None:
        self._draft = draft
        self._put_source()
        self._built.setVisible(draft.original(("model", "build")) is not None)
        self._built.setChecked(draft.builds)
        self._existing.setChecked(not draft.builds)
        name = pasted.shown(str(draft.value(MODEL) or ""), draft.value(REVISION))
        if self._model.text() != name and not self._model.hasFocus():
            self._model.setText(name)
        self._data.put(draft.datasets)
        if anew:
            self._data.choose_none()
        for message in (self._data_message, self._model_message):
            message.setText("")
        for key, row in self._rows.items():
            asked = _is_asked(key, row.field.path, draft)
            row.put(draft.value(row.field.path), draft.original(row.field.path), anew or not asked)
            row.put_unused(unused(row.field, draft))
            row.setVisible(asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_curve()

    def _place_curve(self) -> None:
        """The curve of alpha stands beside its keys, or below them where that would leave either too narrow."""
        rows = [self._rows[key] for key in ALPHA if key in self._rows]
        widest = max((row.width_beside for row in rows), default=0)
        card, column = self._alpha_card_margins, self._column.contentsMargins()
        room = self.viewport().width() - card.left() - card.right() - column.left() - column.right()
        beside = room >= widest + self._alpha.spacing() + self._preview.minimumSizeHint().width()
        way = QBoxLayout.Direction
        self._alpha.setDirection(way.LeftToRight if beside else way.TopToBottom)
        for row in rows:
            row.setMinimumWidth(widest if beside else 0)

    @property
    def unread(self) -> dict[str, str]:
        return unread(self._rows)

    @property
    def mistakes(self) -> dict[Keys, str]:
        return mistakes(self._rows)

    def take_up(self, texts: Mapping[str, str]) -> None:
        for key, text in texts.items():
            self._rows[key].type(text)

    @property
    def labels(self) -> dict[str, str]:
        """What stands beside each key."""
        return {key: row.label for key, row in self._rows.items()}

    @property
    def hub(self) -> str:
        """What is typed for a dataset that was not added yet."""
        return self._data.hub

    @hub.setter
    def hub(self, text: str) -> None:
        self._data.hub = text

    def put_schema(self, sections: Sequence[FormSection]) -> None:
        fields = {field.key: field for section in sections for field in section.fields}
        labels = {
            "name": tr("Name"), "algorithm": tr("Algorithm"),
            "model.build.max_steps": tr("Base model updates"), "warmup.max_steps": tr("Warm-up updates"),
            "ppo.total_episodes": tr("Episodes"), "grpo.max_steps": tr("Updates"), "rloo.max_steps": tr("Updates"),
            "seed": tr("Seed"), "alpha.schedule": tr("Schedule"), "alpha.initial": tr("From"), "alpha.final": tr("To"),
            "alpha.annealing_steps": tr("Updates (empty: all)"),
        }  # fmt: skip
        for keys, column in ((RUN, self._run_rows), (ALPHA, self._alpha_rows)):
            for key in keys:
                if key in fields and key not in self._rows:
                    row = self._rows[key] = FieldRow(fields[key], labels[key], narrow=True)
                    row.edited.connect(self._edited)
                    row.wrong.connect(self.wrong)
                    column.addWidget(row)
        self._root_label.setMinimumWidth(max(FieldRow.NARROW, line_up(self._rows.values())))
        self._place_curve()

    def put_presets(self, presets: Mapping[str, Sentence]) -> None:
        """The description of each, by its name."""
        self._presets = dict(presets)
        self._source.clear()
        for name, about in presets.items():
            self._source.addItem(name, name)
            self._source.setItemData(self._source.count() - 1, tool_tip(say(about)), Qt.ItemDataRole.ToolTipRole)

    def put_adapters(self, names: Sequence[str]) -> None:
        self._data.adapters = tuple(names)

    def put_curve(self, points: Sequence[tuple[float, float]], problem: str) -> None:
        self._preview.put(points, problem)

    def add_files(self, paths: Sequence[str]) -> None:
        self._data.add_files(paths)

    def put_looks(self, levels: Sequence[str]) -> None:
        """What the engine's check found in each dataset."""
        self._data.put_levels(levels)

    def complain(self, path: tuple[str, ...], text: str) -> None:
        """What the engine's check says about a key that stands here."""
        row = self._rows.get(".".join(path))
        if row is not None:
            row.complain(text)
        if path[:1] == DATASETS and not self._data_message.text():  # of several the first
            self._data_message.setText(f"{named(path, self._draft.datasets)}: {text}")
        if path[:1] == ("model",):
            self._model_message.setText(text)

    def asks(self, path: Keys) -> bool:
        """Whether the key can be changed here."""
        return self._editor_of(path) is not None

    def show_row(self, path: Keys) -> None:
        """Goes to the field of a key."""
        place, row = self._editor_of(path), self._rows.get(".".join(path))
        if path[:1] == DATASETS:
            self._data.select(path)
        if place is not None:
            shown_field.show(self, row or place, place, self._data.place_of_row if path[:1] == DATASETS else None)

    def _editor_of(self, path: Keys) -> QWidget | None:
        row = self._rows.get(".".join(path))
        if row is not None:
            return None if row.isHidden() else row.editor
        if path[:1] == DATASETS:
            return self._data.editor
        return self._model if path in (MODEL, REVISION) else None

    def _edited(self, path: tuple[str, ...], value: object) -> None:
        self.draft_changed.emit(self._draft.changed(path, value))

    def _source_card(self) -> Card:
        card = Card(tr("Start from"))
        self._source = QComboBox()
        ignore_wheel(self._source)  # another preset is another configuration
        self._source.setAccessibleName(tr("Preset"))
        self._source.activated.connect(lambda _: self.preset_chosen.emit(str(self._source.currentData())))
        self._about = quiet()
        row = FlowLayout()
        row.add(self._source, grows=True)
        row.add(button(tr("Open a &YAML file ..."), self._pick_file))
        card.body.addLayout(row)
        card.body.addWidget(self._about)
        return card

    def _put_source(self) -> None:
        index = self._source.findData(self._draft.preset) if self._draft.preset else -1
        self._source.setCurrentIndex(index)
        copied = self._draft.copied
        named = (
            source_of(self._draft) if copied else Path(self._draft.file).name
        )  # whole below, where it is never cut off
        self._source.setPlaceholderText(plain(named, most=LONGEST_SOURCE))
        own = str(self._draft.original(("description",)) or "")
        about = say(self._presets.get(self._draft.preset) or description(own))
        whole = named if copied else self._draft.file
        self._about.setText(f"{whole}\n{about}" if whole else about)

    def _model_card(self) -> Card:
        card = Card(tr("Base model"))
        self._built = QRadioButton(tr("A tiny one built here, to try things out"))
        self._existing = QRadioButton(tr("An existing one: a folder, or a hub id"))
        self._model = QLineEdit()
        self._model.setPlaceholderText("microsoft/Phi-3.5-mini-instruct")
        self._model.setAccessibleName(tr("Folder or hub id of the base model"))
        self._model_message = WrappedLines()
        self._built.clicked.connect(lambda: self.draft_changed.emit(self._draft.with_build()))
        self._existing.clicked.connect(self._use_existing)
        self._model.textEdited.connect(self._put_model)
        row = FlowLayout()
        row.add(self._model, grows=True)
        row.add(button(tr("&Choose a folder ..."), self._pick_model))
        card.body.addWidget(self._built)
        card.body.addWidget(self._existing)
        card.body.addLayout(row)
        card.body.addWidget(self._model_message)
        return card

    def _data_card(self) -> Card:
        card = Card(tr("Data"), tr("What it learns from, and what it is asked at the end."))
        self._data = DatasetList()
        self._data.edited.connect(lambda datasets: self.draft_changed.emit(self._draft.with_datasets(datasets)))
        self._data_message = WrappedLines()
        card.body.addWidget(self._data)
        card.body.addWidget(self._data_message)
        return card

    def _run_card(self) -> Card:
        card = Card(tr("How long, and where"))
        self._run_rows = QVBoxLayout()
        self._run_rows.setSpacing(0)
        self._root = OneLine("")
        row = FlowLayout(spacing=SPACE)
        self._root_label = Label(tr("Session's folder"))
        row.add(self._root_label)
        row.add(self._root, grows=True)
        row.add(button(tr("Ch&oose in Settings ..."), self.root_wanted.emit))
        card.body.addLayout(self._run_rows)
        card.body.addLayout(row)
        return card

    def _alpha_card(self) -> Card:
        card = Card(tr("Strength of the gates (alpha)"), tr("How strongly the rotation gates act, update by update."))
        self._alpha_rows = QVBoxLayout()
        self._alpha_rows.setSpacing(0)
        self._preview = AlphaPreview()
        left = QVBoxLayout()
        left.addLayout(self._alpha_rows)
        left.addStretch(1)
        self._alpha = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._alpha.setSpacing(24)
        self._alpha.addLayout(left, 1)
        self._alpha.addWidget(self._preview, 1)
        card.body.addLayout(self._alpha)
        self._alpha_card_margins = card.body.contentsMargins()
        return card

    def _put_model(self, text: str) -> None:
        self.draft_changed.emit(self._draft.with_model(*pasted.hub_source(text)))

    def _use_existing(self) -> None:
        source = pasted.hub_source(self._model.text() or self._model.placeholderText())
        self.draft_changed.emit(self._draft.with_model(*source))
        self._model.setFocus()

    def _pick_file(self) -> None:
        path = file_choice.open_file(self, tr("Open a configuration"), "YAML (*.yaml *.yml);;(*)")
        if path:
            self.file_chosen.emit(path)

    def _pick_model(self) -> None:
        path = file_choice.folder(self, tr("Folder of the base model"), self._model.text())
        if path:
            self._model.setText(path)
            self.draft_changed.emit(self._draft.with_model(path))


def _is_asked(key: str, path: Keys, draft: SessionDraft) -> bool:
    """Lengths are, of what is done at all."""
    if path == BUILD_LENGTH:
        return draft.builds
    return key not in LENGTHS or path == draft.length
