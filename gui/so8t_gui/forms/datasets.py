"""The list of datasets of a new session: files picked or dropped, ids of the hub, each with its few settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from so8t_engine import paths
from so8t_engine.plain_text import plain
from so8t_gui.forms import columns_text, pasted
from so8t_gui.forms.session_draft import hub_dataset, local_dataset
from so8t_gui.i18n.translate import tr
from so8t_gui.widgets import status_icons
from so8t_gui.widgets.panels import button, quiet
from so8t_gui.widgets.tool_tip import tool_tip

COLUMNS = ("name", "path", "adapter", "columns", "max_rows", "use")
DEMO = "demo:"
KINDS = "*.jsonl *.ndjson *.json *.csv *.tsv *.parquet *.arrow *.feather *.zip *.gz *.bz2 *.xz *.zst"  # the engine's


class DatasetList(QWidget):
    """`edited(datasets)`: the whole list, as the configuration writes it."""

    edited = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._datasets: list[dict[str, Any]] = []
        self._levels: tuple[str, ...] = ()
        self._putting = False
        self._table = QTableWidget(0, len(COLUMNS))
        self._table.setAccessibleName(tr("Datasets"))
        self._table.setItemDelegate(_Words(self._table))
        heads = (tr("Name"), tr("File or hub id"), tr("Read as"), tr("Columns"), tr("Rows at most"))
        self._table.setHorizontalHeaderLabels([*heads, tr("Only to evaluate")])
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.setAlternatingRowColors(True)
        self._table.setTabKeyNavigation(False)
        self._table.setWordWrap(False)
        self._table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # a path is told by its end
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.horizontalHeader().setHighlightSections(False)
        self._table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._table.itemChanged.connect(self._changed)
        self._table.setMinimumHeight(9 * self.fontMetrics().height())
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self._table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        self._hub = QLineEdit()
        self._hub.setPlaceholderText(tr("owner/name on the Hugging Face hub"))
        self._hub.setAccessibleName(tr("Hub id of a dataset to add"))
        self._hub.returnPressed.connect(self._add_hub)
        row = QHBoxLayout()
        row.addWidget(self._hub, 1)
        row.addWidget(button(tr("Add from &hub"), self._add_hub))
        row.addWidget(button(tr("Add &files ..."), self._pick))
        row.addWidget(button(tr("Remove"), self._remove))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._table)
        whole.addLayout(row)
        whole.addWidget(quiet(tr(
            "Files (.jsonl, .json, .csv, .tsv, .parquet or .arrow, also compressed or in a .zip) and folders can be "
            "dropped here, too."
        )))  # fmt: skip

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
                self._table.setItem(row, column, self._cell(name, dataset, level))
        self._putting = False

    def put_levels(self, levels: Sequence[str]) -> None:
        """What the engine's check found in each: `ok` only where it has opened it."""
        self._levels = tuple(levels)
        self.put(self._datasets)

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

    def _cell(self, name: str, dataset: Mapping[str, Any], level: str) -> QTableWidgetItem:
        value = dataset.get(name)
        item = QTableWidgetItem("" if value is None else str(value))
        editable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        item.setFlags(editable)
        if name == "adapter":
            item.setText(str(value or "auto"))
            item.setToolTip(tr("`auto` recognises the format of the records; with `columns` you say what holds what."))
        elif name == "columns":
            item.setText(columns_text.to_text(value))
            item.setToolTip(
                tr("As prompt=question, response=solution; also answer= and reasoning=, where there are such")
            )
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
            dataset["path"], dataset["revision"] = pasted.hub_source(text)
        elif name == "path":
            dataset["path"] = pasted.unquoted(text)
        elif name == "use":
            dataset["use"] = "evaluation" if item.checkState() == Qt.CheckState.Checked else "train"
        elif name == "max_rows":
            dataset["max_rows"] = int(text) if text.isdecimal() else (text or None)
        elif name == "columns":
            dataset["columns"] = columns_text.from_text(text)
        else:
            dataset[name] = text
        self.edited.emit(datasets)

    def _add_hub(self) -> None:
        """What was pasted may be an address of the Hub, or a file after all."""
        source = pasted.hub_source(self._hub.text())
        if source.identity and pasted.is_path(source.identity):
            self._hub.clear()
            self.add_files([source.identity])
        elif source.identity:
            datasets = [*self._datasets, hub_dataset(*source, taken=_names(self._datasets))]
            self._hub.clear()
            self.edited.emit(datasets)
            self._table.scrollToBottom()
        else:
            self._hub.setFocus()

    def _pick(self) -> None:
        kinds = tr("Data ({kinds});;All files (*)", kinds=KINDS)
        paths, _ = QFileDialog.getOpenFileNames(self, tr("Add files"), "", kinds)
        if paths:
            self.add_files(paths)

    def _remove(self) -> None:
        selected = {index.row() for index in self._table.selectionModel().selectedRows()}
        if selected:
            self.edited.emit([dataset for row, dataset in enumerate(self._datasets) if row not in selected])


class _Words(QStyledItemDelegate):
    """Shows a value as words; what is edited is the value itself."""

    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        return plain(super().displayText(value, locale))


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
