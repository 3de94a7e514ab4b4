"""The list of datasets of a new session: files picked or dropped, ids of the hub, each with its few settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QLocale, QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from so8t_engine import paths
from so8t_engine.plain_text import plain
from so8t_gui.forms import column_widths, columns_text, pasted
from so8t_gui.forms.schema_fields import Keys
from so8t_gui.forms.session_draft import hub_dataset, local_dataset
from so8t_gui.i18n.translate import tr
from so8t_gui.widgets import file_choice, status_icons
from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.panels import Banner, button, quiet
from so8t_gui.widgets.tool_tip import tool_tip
from so8t_gui.widgets.wrapped_lines import WrappedLines

COLUMNS = ("name", "path", "adapter", "columns", "max_rows", "use")
SHOWN = tuple(
    getattr(Qt.ItemDataRole, f"{role}Role") for role in ("Edit", "ToolTip", "CheckState", "Decoration")
)  # of a cell
PATH = COLUMNS.index("path")
LETTERS = {"name": 10, "path": 20, "adapter": 9, "columns": 12}  # of a cell that are seen in any case
DEMO = "demo:"
LONGEST_NAMES = 200  # characters
BETWEEN = 8  # pixels to the next column
# The engine's.
KINDS = (
    "*.jsonl *.ndjson *.json *.csv *.tsv *.xlsx *.xlsm *.ods *.parquet *.arrow *.feather *.tmx *.xml *.txt *.text *.md"
    " *.markdown *.mdx *.rmd *.qmd *.log *.rtf *.gift *.aiken *.html *.htm *.xhtml *.ipynb *.yaml *.yml"
    " *.zip *.gz *.bz2 *.xz *.zst"
)


class DatasetList(QWidget):
    """`edited(datasets)`: the whole list, as the configuration writes it."""

    edited = Signal(object)  # a list would be copied, the columns of each dataset in another order

    def __init__(self) -> None:
        super().__init__()
        self.adapters: tuple[str, ...] = ()  # from which one is chosen
        self._datasets: list[dict[str, Any]] = []
        self._levels: tuple[str, ...] = ()
        self._putting = False
        self._removed: list[list[tuple[int, dict[str, Any]]]] = []  # (place, dataset), the last at the end
        self._table = QTableWidget(0, len(COLUMNS))
        self._table.setAccessibleName(tr("Datasets"))
        self._table.setItemDelegate(_Words(self._table))
        self._table.setItemDelegateForColumn(COLUMNS.index("adapter"), _Choice(self._table, lambda: self.adapters))
        heads = [tr("Name"), tr("File or hub id"), tr("Read as"), tr("Columns")]
        short = [tr("Rows at most"), tr("Only to evaluate")]  # in two lines: their values need little room
        self._table.setHorizontalHeaderLabels([*heads, *(head.replace(" ", "\n", 1) for head in short)])
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.setAlternatingRowColors(True)
        self._table.setTabKeyNavigation(False)
        self._table.setWordWrap(False)
        self._table.setItemDelegateForColumn(PATH, _Places(self._table))
        self._table.setColumnHidden(COLUMNS.index("columns"), True)  # until one of the data needs it
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.horizontalHeader().setHighlightSections(False)
        self._table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._table.itemChanged.connect(self._changed)
        self._table.setMinimumHeight(9 * self.fontMetrics().height())
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self._table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self._table)
        undo.setContext(Qt.ShortcutContext.WidgetShortcut)
        undo.activated.connect(self._bring_back)
        self._taken_out = Banner()
        self._hub = QLineEdit()
        self._hub.setPlaceholderText(tr("Hugging Face: owner/name"))
        self._hub.setToolTip(tr("The id of a dataset on the Hugging Face hub, or its address"))
        self._hub.setAccessibleName(tr("Hub id of a dataset to add"))
        self._hub.returnPressed.connect(self._add_hub)
        self._refused = WrappedLines()
        self._hub.textChanged.connect(lambda _: self._refused.setText(""))
        row = FlowLayout()
        row.add(self._hub, grows=True)
        row.add(button(tr("Add from &hub"), self._add_hub))
        row.add(button(tr("Add &files ..."), self._pick))
        self._out = button(tr("Remove"), self._remove)
        self._out.setEnabled(False)
        self._table.itemSelectionChanged.connect(lambda: self._out.setEnabled(bool(self._selected)))
        row.add(self._out)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._table)
        whole.addLayout(row)
        whole.addWidget(self._refused)
        whole.addWidget(self._taken_out)
        whole.addWidget(quiet(tr(
            "Files (.jsonl, .json, .csv, .tsv, .xlsx, .ods, .parquet, .txt and others, also compressed or in a .zip) "
            "and folders can be dropped here, too."
        )))  # fmt: skip

    @property
    def editor(self) -> QWidget:
        """What takes the keys."""
        return self._table

    @property
    def hub(self) -> str:
        return self._hub.text()

    @hub.setter
    def hub(self, text: str) -> None:
        self._hub.setText(text)

    def put(self, datasets: Sequence[Mapping[str, Any]]) -> None:
        """Shows them; a file that is not there is marked. Another list has not been looked at yet."""
        if [dict(dataset) for dataset in datasets] != self._datasets:
            self._levels = ()
        self._datasets = [dict(dataset) for dataset in datasets]
        self._putting = True
        self._table.setRowCount(len(self._datasets))
        wanted = any(columns_text.is_wanted(dataset) for dataset in self._datasets)
        self._table.setColumnHidden(COLUMNS.index("columns"), not wanted)
        for row, dataset in enumerate(self._datasets):
            for column, name in enumerate(COLUMNS):
                level = self._levels[row] if row < len(self._levels) else ""
                self._put_cell(row, column, self._cell(name, dataset, level))
        self._putting = False
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Long names and paths end in dots before anything has to be scrolled to; what is left is for the paths."""
        table, header = self._table, self._table.horizontalHeader()
        shown = [column for column in range(len(COLUMNS)) if not table.isColumnHidden(column)]
        wishes = [BETWEEN + max(table.sizeHintForColumn(column), header.sectionSizeHint(column)) for column in shown]
        widths = column_widths.shared(table.viewport().width(), wishes, [self._least(column) for column in shown])
        for column, width in zip(shown, widths, strict=True):
            if column != PATH:
                header.resizeSection(column, width)
        fits = sum(widths) <= table.viewport().width()
        header.setSectionResizeMode(PATH, QHeaderView.ResizeMode.Stretch if fits else QHeaderView.ResizeMode.Fixed)
        if not fits:
            header.resizeSection(PATH, self._least(PATH))

    def _least(self, column: int) -> int:
        head = self._table.horizontalHeader().sectionSizeHint(column)
        return max(head, LETTERS.get(COLUMNS[column], 0) * self.fontMetrics().averageCharWidth())

    def put_levels(self, levels: Sequence[str]) -> None:
        """What the engine's check found in each: `ok` only where it has opened it."""
        self._levels = tuple(levels)
        self.put(self._datasets)

    def select(self, path: Keys) -> None:
        """The dataset that a key such as `datasets.2.path` is about."""
        if path[1:] and path[1].isdecimal() and int(path[1]) < self._table.rowCount():
            self._table.selectRow(int(path[1]))

    def choose_none(self) -> None:
        """Of another list nothing is chosen, that the key Delete would take out of it; nor is anything brought back."""
        self._removed = []
        self._taken_out.quieten()
        self._table.selectionModel().clear()

    @property
    def place_of_row(self) -> QRect:
        """Of the current one, in the editor."""
        row = self._table.visualRect(self._table.currentIndex())
        return row.translated(self._table.viewport().pos())

    def add_files(self, paths: Sequence[str]) -> None:
        """Those that are listed already are passed over."""
        datasets = list(self._datasets)
        listed = {dataset.get("path") for dataset in datasets}
        for path in paths:
            if path not in listed:
                datasets.append(local_dataset(path, _names(datasets)))
        self.edited.emit(datasets)
        self._table.scrollToBottom()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.put(self._datasets)

    def _put_cell(self, row: int, column: int, cell: QTableWidgetItem) -> None:
        """Into the one that is there: another would take selection, focus and place with it."""
        there = self._table.item(row, column)
        if there is None:
            self._table.setItem(row, column, cell)
            return
        for role in SHOWN:
            if there.data(role) != cell.data(role):
                there.setData(role, cell.data(role))

    def _cell(self, name: str, dataset: Mapping[str, Any], level: str) -> QTableWidgetItem:
        value = dataset.get(name)
        item = QTableWidgetItem("" if value is None else str(value))
        editable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        item.setFlags(editable)
        if name == "name":
            item.setToolTip(tool_tip(item.text()))
        elif name == "adapter":
            item.setText(str(value or "auto"))
            item.setToolTip(tr("`auto` recognises the format of the records; with `columns` you say what holds what."))
        elif name == "columns":
            item.setText(columns_text.to_text(value))
            how = tr("As prompt=question, response=solution; also answer= and reasoning=, where there are such")
            item.setToolTip(tool_tip(f"{item.text()}\n{how}".strip()))
        elif name == "use":
            item.setText("")
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            on = value == "evaluation"
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            item.setToolTip(tr("Never trained on; only asked at the end"))
        elif name == "path":
            problem = _missing(dataset)
            if dataset.get("source") == "hub":
                item.setText(pasted.shown(item.text(), dataset.get("revision")))
            item.setToolTip(tool_tip(problem or item.text()))
            sign = "warning" if problem else level
            if sign:
                item.setIcon(status_icons.icon(sign, self.palette()))
        return item

    def _changed(self, item: QTableWidgetItem) -> None:
        if self._putting:
            return
        datasets = [dict(dataset) for dataset in self._datasets]
        dataset, name, text = datasets[item.row()], COLUMNS[item.column()], item.text().strip()
        if name == "path" and dataset.get("source") == "hub":
            source = pasted.hub_source(text)
            if self._refuse(source.identity, text):
                self.put(self._datasets)
                return
            dataset["path"], dataset["revision"] = source
        elif name == "path":
            dataset["path"] = pasted.unquoted(text)
        elif name == "use":
            dataset["use"] = "evaluation" if item.checkState() == Qt.CheckState.Checked else "train"
        elif name == "max_rows":
            dataset["max_rows"] = int(text) if text.isdecimal() else (text or None)
        elif name == "columns":
            dataset["columns"] = columns_text.from_text(text)
        elif name == "name" and text:
            dataset["name"] = paths.dataset_name(text)  # as that of a file is made: it becomes part of files' names
        else:
            dataset[name] = text
        self.edited.emit(datasets)

    def _add_hub(self) -> None:
        """What was pasted may be an address of the Hub, or a file after all."""
        source = pasted.hub_source(self._hub.text())
        if source.identity and pasted.is_path(source.identity):
            self._hub.clear()
            self.add_files([source.identity])
        elif not self._hub.text().strip():
            self._hub.setFocus()
        elif not self._refuse(source.identity, self._hub.text()):
            datasets = [*self._datasets, hub_dataset(*source, taken=_names(self._datasets))]
            self._hub.clear()
            self.edited.emit(datasets)
            self._table.scrollToBottom()

    def _refuse(self, identity: str, typed: str) -> bool:
        """Says so where nothing on the Hub can have that name."""
        refused = not pasted.is_id(identity)
        text = tr('"{name}" is no id of the Hub. One looks like openai/gsm8k.', name=plain(typed.strip(), most=60))
        self._refused.setText(text if refused else "")
        return refused

    def _pick(self) -> None:
        # All of them first: of several names that are typed, Qt drops those that its list does not show.
        kinds = tr("All files (*);;Data ({kinds})", kinds=KINDS)
        paths = file_choice.open_files(self, tr("Add files"), kinds)
        if paths:
            self.add_files(paths)

    @property
    def _selected(self) -> set[int]:
        return {index.row() for index in self._table.selectionModel().selectedRows()}

    def _remove(self) -> None:
        """The row behind them is chosen then; where there is none the keys go to the list: a button that is greyed out
        hands them on to whatever follows, and the page scrolls there.
        """
        selected, left = self._selected, len(self._datasets) - len(self._selected)
        if not selected:
            return
        if not left and self._out.hasFocus():
            self._table.setFocus()
        datasets = [dataset for row, dataset in enumerate(self._datasets) if row not in selected]
        self._table.selectRow(max(0, min(min(selected), left - 1)))
        self._removed.append([(row, self._datasets[row]) for row in sorted(selected)])
        self._tell_removed()
        self.edited.emit(datasets)

    def _bring_back(self) -> None:
        """What was removed last, to its place."""
        if self._removed:
            datasets = [dict(dataset) for dataset in self._datasets]
            for row, dataset in self._removed.pop():
                datasets.insert(row, dataset)
            self._tell_removed()
            self.edited.emit(datasets)

    def _tell_removed(self) -> None:
        if self._removed:
            names = tr(", ").join(_names([dataset for _, dataset in self._removed[-1]]))
            said = tr("Removed: {names}", names=plain(names, most=LONGEST_NAMES))
            undo, read = (tr("Undo"), self._bring_back), (tr("&OK"), self._taken_out.quieten)
            self._taken_out.say("note", said, undo=undo, close=read)
        else:
            self._taken_out.quieten()


class _Words(QStyledItemDelegate):
    """Shows a value as words; what is edited is the value itself."""

    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        return plain(super().displayText(value, locale))


class _Places(_Words):
    """A path is told by its end."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft


class _Choice(_Words):
    """An adapter is chosen from those there are, by a list that opens; one that is not in it can be typed."""

    def __init__(self, table: QTableWidget, names: Callable[[], Sequence[str]]) -> None:
        super().__init__(table)
        self._names = names

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        made = QComboBox(parent)
        made.setEditable(True)
        made.addItems(list(self._names()))
        made.setAccessibleName(tr("Read as"))
        made.activated.connect(lambda _: self._done(made))
        QTimer.singleShot(0, made, made.showPopup)
        return made

    def _done(self, made: QWidget) -> None:
        self.commitData.emit(made)
        self.closeEditor.emit(made)


def _names(datasets: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(dataset["name"]) for dataset in datasets]


def _missing(dataset: Mapping[str, Any]) -> str:
    """That a local file is not there or cannot be read; empty for all others."""
    path = str(dataset.get("path") or "")
    if dataset.get("source") != "local" or path.startswith(DEMO) or any(sign in path for sign in "*?["):
        return ""
    try:
        return "" if paths.at_home(path).exists() else tr("There is no {path}.", path=path)
    except OSError as error:
        return tr("{path} cannot be read: {why}.", path=path, why=error.strerror or error)
