"""The list of datasets of a new session, by itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from so8t_engine.data.files import byte_streams, file_kinds, notebooks, web_pages
from so8t_gui.desktop import theme
from so8t_gui.forms import column_widths, datasets
from so8t_gui.forms.datasets import COLUMNS, LETTERS, DatasetList


def test_the_dialog_for_files_offers_every_kind_that_the_engine_reads(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def chosen(*words: Any) -> tuple[list[str], str]:
        offered.append(words[-1])
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", chosen)
    form = DatasetList()
    qtbot.addWidget(form)
    next(part for part in form.findChildren(QPushButton) if part.text() == "Add &files ...").click()
    everything, _, data = offered[0].partition(";;")
    kinds = data.partition("(")[2].partition(")")[0].split()
    assert everything == "All files (*)", "Qt drops what its list does not show of several names that are typed"

    assert set(kinds) == {
        f"*{ending}"
        for ending in (
            *file_kinds.ENDINGS,
            *file_kinds.BY_THEMSELVES,
            *file_kinds.NOTES,
            *web_pages.ENDINGS,
            notebooks.ENDING,
            *byte_streams.PACKINGS,
            byte_streams.ARCHIVE,
        )
    }


def test_where_a_dataset_lies_can_be_read_whole_at_its_place(qtbot: QtBot) -> None:
    form = DatasetList()
    qtbot.addWidget(form)
    form.put([{"name": "a", "source": "hub", "path": "owner/a", "revision": "v2"}])
    items = [form._table.item(0, column) for column in range(form._table.columnCount())]

    assert [item.text() for item in items if item is not None and "owner/a" in item.toolTip()] == ["owner/a@v2"]


def form_of(qtbot: QtBot, *datasets: dict[str, Any]) -> tuple[DatasetList, list[list[dict[str, Any]]]]:
    form, told = DatasetList(), list[list[dict[str, Any]]]()
    qtbot.addWidget(form)
    form.put(list(datasets))
    form.edited.connect(told.append)
    return form, told


HUB = {"name": "a", "source": "hub", "path": "owner/a", "use": "train", "max_rows": 9}
LOCAL = {"name": "b", "source": "local", "path": "/no/such/b.jsonl", "use": "evaluation", "max_rows": None}


@pytest.mark.parametrize(
    ("column", "typed", "changed"),
    [
        ("name", " c ", {"name": "c"}), ("path", "owner/c@v2", {"path": "owner/c", "revision": "v2"}),
        ("adapter", "gsm8k", {"adapter": "gsm8k"}), ("max_rows", "12", {"max_rows": 12}),
        ("max_rows", "", {"max_rows": None}), ("max_rows", "few", {"max_rows": "few"}),
        ("columns", "prompt=q, response=a", {"columns": {"prompt": "q", "response": "a"}}), ("name", "", {"name": ""}),
    ],
)  # fmt: skip
def test_what_is_typed_into_a_cell_is_told_as_its_dataset(
    qtbot: QtBot, column: str, typed: str, changed: dict[str, Any]
) -> None:
    form, told = form_of(qtbot, HUB, LOCAL)
    form._table.item(0, COLUMNS.index(column)).setText(typed)
    assert told == [[{**HUB, **changed}, LOCAL]]


def test_a_path_with_the_quotes_of_a_file_manager_is_taken_without_them(qtbot: QtBot) -> None:
    form, told = form_of(qtbot, LOCAL)
    form._table.item(0, COLUMNS.index("path")).setText("'/x/y z.csv'")
    assert told == [[{**LOCAL, "path": "/x/y z.csv"}]]


@pytest.mark.parametrize(("dataset", "use"), [(HUB, "evaluation"), (LOCAL, "train")])
def test_the_tick_says_what_a_dataset_is_for(qtbot: QtBot, dataset: dict[str, Any], use: str) -> None:
    form, told = form_of(qtbot, dataset)
    item = form._table.item(0, COLUMNS.index("use"))
    on = item.checkState() == Qt.CheckState.Checked
    assert on is (dataset["use"] == "evaluation")
    item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
    assert told == [[{**dataset, "use": use}]]


def test_a_file_that_is_not_there_has_a_sign_and_a_sentence(qtbot: QtBot) -> None:
    form, _ = form_of(qtbot, HUB, LOCAL)
    items = [form._table.item(row, COLUMNS.index("path")) for row in (0, 1)]
    assert [item.icon().isNull() for item in items] == [True, False]
    assert [item.toolTip() for item in items] == ["owner/a", "There is no /no/such/b.jsonl."]


def test_what_is_pasted_as_a_hub_id_is_added_as_what_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    form, told = form_of(qtbot, HUB)
    file = tmp_path / "rows.jsonl"
    file.write_text("{}\n")
    for pasted in ("https://huggingface.co/datasets/owner/b", str(file)):
        form._hub.setText(pasted)
        form._hub.returnPressed.emit()
        assert form._hub.text() == ""
    form._hub.returnPressed.emit()
    added = [datasets[-1] for datasets in told]
    assert [(dataset["source"], dataset["path"]) for dataset in added] == [("hub", "owner/b"), ("local", str(file))]
    assert all(datasets[0] == HUB for datasets in told)


def test_what_cannot_be_an_id_of_the_hub_becomes_no_row_and_is_told_at_the_field(qtbot: QtBot) -> None:
    form, told = form_of(qtbot, HUB)
    for typed in ("not a hub id!!", "owner/name/more", "@main", "データ"):
        form._hub.setText(typed)
        form._add_hub()
        assert told == [] and form._hub.text() == typed and f'"{typed}"' in form._refused.text()
    form._hub.setText("gsm8k")
    assert form._refused.text() == ""
    form._add_hub()
    assert [dataset["path"] for dataset in told.pop()] == ["owner/a", "gsm8k"]
    cell = form._table.item(0, COLUMNS.index("path"))
    cell.setText("owner / a")
    assert told == [] and '"owner / a"' in form._refused.text()
    assert form._table.item(0, COLUMNS.index("path")).text() == "owner/a"


def test_the_chosen_rows_are_removed_and_without_a_choice_none(qtbot: QtBot) -> None:
    form, told = form_of(qtbot, HUB, LOCAL)
    form._table.clearSelection()
    form._remove()
    form._table.selectRow(0)
    form._remove()
    assert told == [[LOCAL]]


def test_of_a_long_path_the_end_is_seen_which_names_the_file(qtbot: QtBot) -> None:
    """It was broken into two lines, of which the row had no room for the second."""
    form = DatasetList()
    qtbot.addWidget(form)
    form.put([{"name": "data", "source": "local", "path": "/home/someone/documents/data/日本語の質問.jsonl"}])
    table, modes = form._table, []
    for name in ("name", "path"):
        option, index = QStyleOptionViewItem(), table.model().index(0, COLUMNS.index(name))
        table.itemDelegateForIndex(index).initStyleOption(option, index)
        modes.append(option.textElideMode)
    assert not table.wordWrap() and modes[1] == Qt.TextElideMode.ElideLeft != modes[0]


@pytest.mark.parametrize("columns", [None, {"prompt": "question", "response": "answer"}])
def test_the_paths_have_all_the_room_that_the_other_columns_leave(qtbot: QtBot, columns: dict[str, str] | None) -> None:
    form = DatasetList()
    qtbot.addWidget(form)
    form.put([{"name": "a", "source": "hub", "path": f"owner/{'a' * 300}", "columns": columns}])
    form.resize(900, 300)
    form.show()
    qtbot.waitExposed(form)
    table, place = form._table, COLUMNS.index("path")
    widths = [table.columnWidth(column) for column in range(len(COLUMNS)) if not table.isColumnHidden(column)]

    assert table.isColumnHidden(COLUMNS.index("columns")) is (columns is None)
    assert sum(widths) == table.viewport().width() and table.columnWidth(place) > max(widths) - 1
    form.resize(200, 300)
    qtbot.waitUntil(lambda: table.columnWidth(place) == LETTERS["path"] * form.fontMetrics().averageCharWidth())


def test_the_dataset_that_a_key_is_about_is_selected_and_no_other_word_selects_any(qtbot: QtBot) -> None:
    form, _ = form_of(qtbot, {"name": "a"}, {"name": "b"})
    for path, row in ((("datasets", "1", "path"), 1), (("datasets", "0"), 0)):
        form.select(path)
        assert [index.row() for index in form._table.selectionModel().selectedRows()] == [row]
    for path in (("datasets",), ("datasets", "x"), ("datasets", "2")):
        form.select(path)
        assert [index.row() for index in form._table.selectionModel().selectedRows()] == [0]


def test_a_path_that_no_disk_takes_is_told_with_the_reason() -> None:
    path = "/" + "x" * 300
    assert datasets._missing({"source": "local", "path": path}) == f"{path} cannot be read: {os.strerror(36)}."


def test_what_is_picked_is_added_once_and_nothing_where_none_was(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    form, told = form_of(qtbot, LOCAL)
    picked = list[str]()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (list(picked), ""))
    add = next(part for part in form.findChildren(QPushButton) if part.text() == "Add &files ...")
    add.click()
    assert not told
    picked += ["/x/rows.csv", LOCAL["path"], "/y/rows.csv"]
    add.click()
    ((_, *added),) = told
    assert [(dataset["name"], dataset["path"]) for dataset in added] == [
        ("rows", "/x/rows.csv"),
        ("rows-2", "/y/rows.csv"),
    ]


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_an_adapter_is_chosen_from_a_list_or_typed(qtbot: QtBot) -> None:
    form, told = form_of(qtbot, HUB)
    form.adapters = ("auto", "gsm8k")
    table, place = form._table, COLUMNS.index("adapter")
    assert table.item(0, place).text() == "auto"
    form.show()
    table.editItem(table.item(0, place))
    (combo,) = table.findChildren(QComboBox)
    assert [combo.itemText(n) for n in range(combo.count())] == ["auto", "gsm8k"] and combo.isEditable()
    combo.setCurrentText("gsm8k")
    combo.activated.emit(1)
    assert told == [[{**HUB, "adapter": "gsm8k"}]]
    form.put(told[0])
    assert table.item(0, place).text() == "gsm8k"


def test_what_the_check_found_stands_beside_each_until_the_list_is_another(qtbot: QtBot) -> None:
    form, _ = form_of(qtbot, HUB, {**HUB, "name": "c"})
    place = COLUMNS.index("path")

    def signs() -> list[bool]:
        return [not form._table.item(row, place).icon().isNull() for row in range(form._table.rowCount())]

    assert signs() == [False, False]
    form.put_levels(["ok"])
    assert signs() == [True, False]
    form.put([HUB, {**HUB, "name": "c"}])
    assert signs() == [True, False], "it is the same"
    form.put([HUB])
    assert signs() == [False]


@pytest.mark.parametrize("path", ["demo:maths", "/x/*.csv", "/x/?.csv", "/x/[ab].csv"])
def test_a_pattern_and_what_comes_with_so8t_are_not_looked_for(path: str) -> None:
    assert datasets._missing({"source": "local", "path": path}) == ""
    assert datasets._missing({"source": "local", "path": "/x/none.csv"}) == "There is no /x/none.csv."


def test_it_offers_to_remove_what_is_chosen_and_what_is_shown_is_never_told_as_typed(qtbot: QtBot) -> None:
    form, told = form_of(qtbot, HUB, LOCAL)
    assert not form._out.isEnabled()
    form._table.selectRow(1)
    assert form._out.isEnabled()
    form._table.clearSelection()
    assert not form._out.isEnabled()
    form.put([LOCAL, HUB])
    form.put_levels(["ok", "ok"])
    assert not told


def test_cells_say_what_is_meant_by_them(qtbot: QtBot) -> None:
    form, _ = form_of(qtbot, {**HUB, "columns": {"prompt": "q", "response": "a"}}, {**HUB, "max_rows": None})
    tips = {name: form._table.item(0, place).toolTip() for place, name in enumerate(COLUMNS)}
    assert "recognises" in tips["adapter"] and "prompt=question" in tips["columns"]
    assert "only asked at the end" in tips["use"] and tips["name"] == "a" and tips["max_rows"] == ""
    texts = [form._table.item(0, COLUMNS.index(name)).text() for name in ("columns", "use", "max_rows")]
    assert texts == ["prompt=q, response=a", "", "9"] and form._table.item(1, COLUMNS.index("max_rows")).text() == ""
    flags = [form._table.item(0, COLUMNS.index(name)).flags() for name in ("use", "name")]
    assert not flags[0] & Qt.ItemFlag.ItemIsEditable and flags[1] & Qt.ItemFlag.ItemIsEditable
    assert flags[0] & Qt.ItemFlag.ItemIsUserCheckable and not flags[1] & Qt.ItemFlag.ItemIsUserCheckable


def test_the_columns_are_asked_for_where_one_of_the_data_needs_them(qtbot: QtBot) -> None:
    form, _ = form_of(qtbot, HUB, {**LOCAL, "columns": {"prompt": "q", "response": "a"}})
    place = COLUMNS.index("columns")
    assert not form._table.isColumnHidden(place)
    form.put([HUB, LOCAL])
    assert form._table.isColumnHidden(place)


def test_long_names_leave_the_paths_some_letters_and_nothing_has_to_be_scrolled_to(qtbot: QtBot) -> None:
    """ "Rows at most" and "Only to evaluate" were out of sight, and of a path there was "/tmp/g....jsonl"."""
    form, _ = form_of(qtbot, HUB)
    form.resize(620, 300)
    form.show()
    table, place = form._table, COLUMNS.index("path")
    letter = form.fontMetrics().averageCharWidth()
    columns = {"prompt": "question" * 20, "response": "answer"}
    for name in ("a", "n" * 90):
        form.put([{**HUB, "path": "p" * 90, "name": name, "columns": columns}])
        widths = [table.columnWidth(column) for column in range(len(COLUMNS))]
        assert sum(widths) == table.viewport().width() and table.horizontalScrollBar().maximum() == 0
        assert widths[place] >= LETTERS["path"] * letter and widths[0] >= (name != "a") * LETTERS["name"] * letter
        last = table.visualRect(table.model().index(0, len(COLUMNS) - 1))
        assert table.viewport().rect().contains(last)
    table.horizontalHeaderItem(place).setText("its head is longer than that " * 2)  # as it is in Japanese
    form.put([HUB])
    assert table.columnWidth(place) >= table.horizontalHeader().sectionSizeHint(place)


@pytest.mark.parametrize(
    ("room", "widths"), [(30, [10, 20, 5]), (40, [13, 22, 5]), (50, [18, 27, 5]), (99, [30, 40, 5])]
)
def test_the_columns_of_a_table_share_what_is_left_by_equal_parts(room: int, widths: list[int]) -> None:
    assert column_widths.shared(room, [30, 40, 5], [10, 20, 10]) == widths


def test_what_is_added_is_seen_and_without_an_id_the_keys_go_to_its_field(qtbot: QtBot) -> None:
    form, told = form_of(qtbot, *({**HUB, "name": f"n{number}"} for number in range(60)))
    form.edited.connect(form.put)
    form.resize(700, 300)
    form.show()
    form.activateWindow()
    bar = form._table.verticalScrollBar()
    for add in (lambda: form.add_files(["/x/rows.csv"]), lambda: (form._hub.setText("owner/b"), form._add_hub())):
        bar.setValue(0)
        add()
        assert bar.value() == bar.maximum() > 0
    form._table.setFocus()
    form._add_hub()
    assert form.focusWidget() is form._hub and len(told) == 2


def test_the_key_delete_takes_rows_out_where_the_list_has_the_keys_and_nowhere_else(qtbot: QtBot) -> None:
    form, told = form_of(qtbot, HUB, LOCAL)
    form.show()
    form.activateWindow()
    form._table.selectRow(1)
    for part, removed in ((form._out, []), (form._table, [[HUB]])):
        part.setFocus()
        qtbot.waitUntil(part.hasFocus)
        qtbot.keyClick(part, Qt.Key.Key_Delete)
        assert told == removed


def test_the_keys_stay_with_the_button_as_long_as_there_is_something_to_remove(qtbot: QtBot) -> None:
    form, _ = form_of(qtbot, HUB, LOCAL)
    form.edited.connect(form.put)
    form.show()
    form.activateWindow()
    form._table.selectRow(0)
    for place in (form._out, form._table):
        form._out.setFocus()
        qtbot.waitUntil(form._out.hasFocus)
        form._out.click()
        assert form.focusWidget() is place


def test_of_another_list_nothing_is_chosen_and_the_place_of_a_row_is_that_in_the_editor(qtbot: QtBot) -> None:
    form, _ = form_of(qtbot, HUB, LOCAL)
    form.show()
    form.select(("datasets", "1", "path"))
    table, place = form._table, form.place_of_row
    row = table.visualRect(table.currentIndex())
    assert place.size() == row.size() and place.topLeft() == row.topLeft() + table.viewport().pos() != row.topLeft()
    form.choose_none()
    assert not table.currentIndex().isValid() and not table.selectionModel().hasSelection()


def test_signs_take_the_colours_of_another_theme(qtbot: QtBot) -> None:
    form, _ = form_of(qtbot, LOCAL)
    pictures = list[object]()
    for dark in (False, True):
        form.setPalette(theme.palette(dark))
        pictures.append(form._table.item(0, COLUMNS.index("path")).icon().pixmap(16).toImage())
    assert pictures[0] != pictures[1]
