"""The form of a new session in the whole application: nothing moves, what is wrong is named, data are listed."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableWidget,
    QWidget,
)

from gui.application.test_layout import SMALL, overlapping
from gui.application.test_new_session_page import settled
from helpers.application import Application
from so8t_gui.forms.datasets import COLUMNS
from so8t_gui.i18n.translate import tr

DESELECT_ROW = QItemSelectionModel.SelectionFlag.Deselect | QItemSelectionModel.SelectionFlag.Rows


def places(page: QWidget) -> dict[QWidget, QPoint]:
    """Where everything stands that can be clicked, typed into or read."""
    for _ in range(5):
        QApplication.processEvents()
    kinds = (QAbstractButton, QLineEdit, QComboBox, QTableWidget, QLabel)
    return {one: one.mapTo(page, QPoint()) for one in page.findChildren(QWidget) if isinstance(one, kinds)}


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_what_is_wrong_is_said_beside_its_field_and_in_a_line_moves_nothing(application: Application) -> None:
    """It pushed down what was below, while one was about to click there; and it left a gap when it went."""
    page = application.pages.new
    application.open("new")
    settled(application)
    short = "must be 1 to 40 small letters, digits and -"
    assert page._form is not None
    for part, inner in ((page._basics, page._basics), (page._advanced, page._form)):
        page._tabs.setCurrentWidget(part)
        before = places(inner)
        for path in (("name",), ("ppo", "total_episodes"), ("model", "model_name_or_path"), ("datasets", "0", "path")):
            page._say_beside(path, short)
        assert len(before) > 20 and {one: at for one, at in places(inner).items() if one in before} == before
        said = [one for one in inner.findChildren(QLabel) if one.isVisible() and one.text().endswith(short)]
        assert len(said) == (4 if part is page._basics else 3) and all(
            short in one.toolTip().replace("\n", " ") for one in said
        )
        page._undo_all()
        assert {one: at for one, at in places(inner).items() if one in before} == before
        assert [one for one in inner.findChildren(QLabel) if one.isVisible() and one.text().endswith(short)] == []


def test_a_long_error_is_seen_whole_in_a_small_window_and_leaves_no_gap(application: Application) -> None:
    """It ended in dots where it was wider than its row; here the engine refuses what is typed."""
    page = application.pages.new
    application.pages.window.resize(*SMALL)
    application.open("new")
    settled(application)
    before = places(page._basics)
    row = page._basics._rows["name"]
    row.type("The session of this very afternoon, so that I find it again among all the others " + "and again" * 3)
    application.wait(lambda: "80" in row._error.text())
    hub = page._basics._data
    hub._hub.setText("what is no id of the Hub but a whole sentence pasted from somewhere")
    application.press("Add from &hub", hub)
    long = " ".join([row._error.text()] * 4)
    for path in (("name",), ("model", "model_name_or_path"), ("datasets", "0", "path")):
        page._say_beside(path, long)
    basics = page._basics
    wrong = (row._error, hub._refused, basics._model_message, basics._data_message)
    places(basics)
    for one in wrong:
        assert one.height() == one.heightForWidth(one.width())
        line = one.fontMetrics().height()
        assert one.height() >= 2 * line and one.text_width < one.height() // line * one.contentsRect().width()
        inside = one.parentWidget()
        assert inside is not None and inside.rect().contains(one.geometry()) and not overlapping(inside)
    assert not overlapping(basics)
    row._back.click()
    hub._hub.clear()
    settled(application)
    assert {one: at for one, at in places(basics).items() if one in before} == before


@pytest.mark.parametrize("application", ["ja"], indirect=True)
def test_what_was_typed_and_is_no_value_is_named_by_the_check_until_it_is_put_right(application: Application) -> None:
    """Start was grey beside "No problems found.", and stayed grey when the field had a number again."""
    page = application.pages.new
    application.open("new")
    settled(application)
    row = page._basics._rows["ppo.total_episodes"]
    row.type("many")
    assert not page._start.isEnabled() and page._undo.isEnabled()
    assert page._verdict.sentences[0] == f"{tr('Episodes')} (ppo.total_episodes): " + tr(
        "{value} is not a number.", value="many"
    )
    assert page._verdict._summary.text() == tr("To correct before it can run: {n}", n=1)
    page._tabs.setCurrentWidget(page._advanced)
    application.press("Show")
    assert page._tabs.currentWidget() is page._basics and row._editor.isVisible()
    row.type(str(2 * page.draft.value(row.field.path)))
    settled(application)
    assert page._start.isEnabled() and page._verdict._summary.text() == tr("No problems found.")
    row.type("many")
    page._undo.click()
    settled(application)
    assert row._editor.text() != "many" and page._start.isEnabled() and not page._undo.isEnabled()


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_the_list_of_data_stays_where_it_is_while_it_is_changed(application: Application) -> None:
    """It jumped to its first row, and what was chosen was not any more; Remove was offered where nothing was chosen."""
    page = application.pages.new
    application.pages.window.resize(1120, 720)
    application.open("new")
    settled(application)
    table, last = page._basics._data._table, len(page.draft.datasets) - 1
    assert not application.sees("Remove")
    table.selectRow(last)
    table.scrollToBottom()
    place, path = table.verticalScrollBar().value(), COLUMNS.index("path")
    assert place > 0 and application.sees("Remove")
    table.item(last, COLUMNS.index("adapter")).setText("columns")  # a further column is shown
    for _ in range(5):
        QApplication.processEvents()
    letters = table.columnWidth(path) // table.fontMetrics().averageCharWidth()
    assert (table.verticalScrollBar().value(), table.currentRow()) == (place, last) and letters >= 19
    assert [index.row() for index in table.selectionModel().selectedRows()] == [last]


@pytest.mark.parametrize("application", ["ja"], indirect=True)
def test_of_another_preset_nothing_is_said_until_it_has_been_looked_at(application: Application) -> None:
    """The green signs of the demo stood beside what needs a large GPU; what each is stands beside its name."""
    page = application.pages.new
    application.open("new")
    settled(application)
    assert len(page._verdict.sentences) > 4
    page._basics._data._table.selectRow(5)
    page._basics.preset_chosen.emit("phi35-so8t")
    application.wait(lambda: page.draft.preset == "phi35-so8t")
    assert (page._verdict.sentences, page._verdict._summary.text()) == ((), tr("Checking ..."))
    settled(application)
    assert page._verdict.sentences
    assert page._basics._data._selected == set()  # of the other list the same row was chosen, for the key Delete
    tips = [page._basics._source.itemData(n, Qt.ItemDataRole.ToolTipRole) for n in range(page._basics._source.count())]
    shown = tips[page._basics._source.currentIndex()].replace("\n", "")
    assert shown == page._basics._about.text() and len(set(tips)) == len(tips) > 3


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_how_a_file_is_read_is_chosen_from_a_list(application: Application) -> None:
    """Its name had to be known, and typed without a fault."""
    page = application.pages.new
    application.open("new")
    settled(application)
    table, place = page._basics._data._table, COLUMNS.index("adapter")
    table.editItem(table.item(3, place))
    [combo] = table.findChildren(QComboBox)
    application.wait(lambda: combo.view().isVisible())
    names = [combo.itemText(n) for n in range(combo.count())]
    assert combo.isEditable()  # one that this version does not know can be typed
    assert combo.currentText() == page.draft.datasets[3]["adapter"] == "auto" and {"gsm8k", "columns"} < set(names)
    combo.view().setCurrentIndex(combo.model().index(names.index("safety"), 0))
    application.qtbot.keyClick(combo.view(), Qt.Key.Key_Return)
    application.wait(lambda: page.draft.datasets[3]["adapter"] == "safety")
    assert table.item(3, place).text() == "safety"


@pytest.mark.parametrize("application", ["en"], indirect=True)
@pytest.mark.parametrize("part", ["_basics", "_advanced"])
def test_tab_comes_around_by_the_list_of_pages_and_goes_down_the_form(application: Application, part: str) -> None:
    """From Start it went back to the data, for ever: the list of datasets handed its focus on to its table."""
    page, window = application.pages.new, application.pages.window
    application.open("new")
    settled(application)
    page._tabs.setCurrentWidget(getattr(page, part))
    window.resize(820, 480)
    first = window._list
    first.setFocus()
    seen: list[QWidget] = []
    while not seen or (window.focusWidget() is not first and window.focusWidget() not in seen):
        at = window.focusWidget()
        assert at is not None
        seen.append(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
    assert window.focusWidget() is first and seen[-1] is page._start
    inside = [one for one in seen if getattr(page, part).isAncestorOf(one)]
    form = page._basics.widget() if part == "_basics" else page._advanced
    tops = [one.mapTo(form, one.rect().center()).y() for one in inside]
    if part == "_basics":
        assert all(later >= top - 40 for top, later in pairwise(tops)) and len(inside) > 15
    else:
        assert page._form is not None
        rows = [row for row in page._form.rows.values() if row._editor.isEnabled()]
        assert inside[1:] == [one for row in rows for one in (row.findChildren(QCheckBox) or [row._editor])]


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_what_a_teacher_is_asked_by_can_be_typed_once_one_is_chosen(application: Application) -> None:
    """Its fields took what was typed and meant nothing."""
    page = application.pages.new
    application.open("new")
    settled(application)
    page._tabs.setCurrentWidget(page._advanced)
    assert page._form is not None
    rows = page._form.rows
    names = ["convert.teacher", *(f"convert.teaching.{name}" for name in ("samples", "model", "api_key_env"))]

    def usable() -> list[bool]:
        return [rows[name]._editor.isEnabled() for name in names]

    def choose(key: str, value: str) -> None:
        combo = rows[key].findChild(QComboBox)
        combo.setCurrentIndex(combo.findData(value))
        combo.activated.emit(combo.currentIndex())

    assert usable() == [False] * 4
    assert "convert.missing_sections is teacher." in rows["convert.teacher"]._editor.toolTip()
    choose("convert.missing_sections", "teacher")
    assert usable() == [True, True, False, False]
    rows["convert.teacher"].type("http://127.0.0.1:1/v1")
    assert usable() == [True] * 4
    rows["convert.teaching.samples"].type("5")
    assert rows["convert.teaching.samples"].mistake == "It must be at most 4." and not page._start.isEnabled()
    assert page._verdict.sentences[0] == "convert.teaching.samples: It must be at most 4."
    rows["convert.teacher"].type("self")
    assert usable() == [True, True, False, False]
    choose("convert.missing_sections", "leave_out")
    assert usable() == [False] * 4 and page._mistakes == {} and rows["convert.teaching.samples"].unread == ""

    choose("algorithm", "grpo")
    assert rows["grpo.beta"]._editor.isEnabled() and not rows["ppo.kl_coef"]._editor.isEnabled()
    rows["gate.enabled"].findChild(QAbstractButton).click()
    assert not rows["alpha.schedule"]._editor.isEnabled()
    assert not page._basics._rows["alpha.schedule"]._editor.isEnabled()


def test_a_name_is_typed_as_people_write_it(application: Application) -> None:
    """My FAQ was refused, though Rename takes it; and while it was wrong the check said nothing else."""
    page = application.pages.new
    application.open("new")
    settled(application)
    before, row = len(page._verdict.sentences), page._basics._rows["name"]
    for typed in ("My FAQ", "社内 よくある質問"):
        row.type(typed)
        settled(application)
        assert page._verdict.problems == () and len(page._verdict.sentences) == before and page._start.isEnabled()
        assert page.draft.arguments[-1] == f'name="{typed}"'
    row.type(" ")
    application.wait(lambda: row._error.text() != "")
    assert [path for path, _ in page._verdict.problems] == [("name",)] and not page._start.isEnabled()
    assert len(page._verdict.sentences) == 1 + before and before > 5


@pytest.mark.parametrize("application", ["ja"], indirect=True)
def test_the_check_says_what_the_users_own_data_is_beside_the_demos(application: Application) -> None:
    """He took his file alone to be learnt."""
    page, file = application.pages.new, application.folder / "mine.jsonl"
    rows = [{"prompt": f"{n} + {n}?", "reasoning": f"Twice {n} is {2 * n}.", "response": str(2 * n)} for n in range(80)]
    file.write_text("\n".join(map(json.dumps, rows)))
    application.open("new")
    settled(application)
    page._basics.add_files([str(file)])
    settled(application)
    [told] = [said for said in page._verdict.sentences if "mine (自分のデータ)" in said]
    assert (
        "「削除」を押してください" in told
        and "- mine (自分のデータ): 80 行、学習 80 件、全体の 2%" in told.splitlines()
    )
    assert "- maths (SO8T に付属): 1,600 行、学習 1,600 件、全体の 39%" in told.splitlines()


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_how_long_a_base_is_taught_that_is_built_here_is_asked_first(application: Application) -> None:
    """Hundreds of updates that nobody saw stood in All keys alone; and once changed there, no other model was taken."""
    page = application.pages.new
    application.open("new")
    settled(application)
    row = page._basics._rows["model.build.max_steps"]
    assert row.isVisible() and row._editor.text() == "250" and row.label == "Base model updates"
    row.type("400")
    assert page.draft.options[-2:] == ["--set", "model.build.max_steps=400"]
    application.press("An existing one: a folder, or a hub id")
    assert not row.isVisible() and not page.draft.builds
    assert not any("max_steps" in word for word in page.draft.options)
    settled(application)
    assert page._verdict.problems == ()
    application.press("A tiny one built here, to try things out")
    assert row.isVisible() and row._editor.text() == "250" and page.draft.changes == {}


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_the_page_stays_where_it_is_while_rows_of_data_are_removed(application: Application) -> None:
    """Of the last row the button was greyed out under the mouse; its focus went on, and the page scrolled after it."""
    page = application.pages.new
    application.pages.window.resize(*SMALL)
    application.open("new")
    settled(application)
    table, basics = page._basics._data._table, page._basics
    table.setFocus()
    page._basics.ensureWidgetVisible(page._basics._data._out)
    place = basics.verticalScrollBar().value()
    left = [dataset["name"] for dataset in page.draft.datasets]
    for row, chosen in ((7, 6), (2, 2), (5, 4), (0, 0), (0, 0), (0, 0), (0, 0), (0, -1)):
        table.selectRow(row)
        page._basics._data._out.setFocus()
        application.press("Remove")
        for _ in range(3):
            QApplication.processEvents()
        del left[row]
        assert [dataset["name"] for dataset in page.draft.datasets] == left
        assert basics.verticalScrollBar().value() == place > 0
        rows = [index.row() for index in table.selectionModel().selectedRows()]
        assert rows == [chosen] if left else rows == []
    assert application.pages.window.focusWidget() is table and not application.sees("Remove")


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_several_rows_are_removed_and_one_is_chosen_then(application: Application) -> None:
    """Those that came into their places were chosen: another press took them, too."""
    page = application.pages.new
    application.open("new")
    settled(application)
    table, names = page._basics._data._table, [dataset["name"] for dataset in page.draft.datasets]
    table.selectAll()
    table.selectionModel().select(table.model().index(0, 0), DESELECT_ROW)
    application.press("Remove")
    assert [dataset["name"] for dataset in page.draft.datasets] == names[:1]
    assert [index.row() for index in table.selectionModel().selectedRows()] == [0]


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_a_way_back_that_was_taken_by_a_key_leaves_the_focus_in_its_row(application: Application) -> None:
    page = application.pages.new
    application.open("new")
    settled(application)
    row = page._basics._rows["seed"]
    row.type("4711")
    row._back.setFocus()
    QTest.keyClick(row._back, Qt.Key.Key_Space)
    assert not page.draft.changes and application.pages.window.focusWidget() is row.editor


@pytest.mark.parametrize("application", ["ja"], indirect=True)
def test_of_a_configuration_in_shift_jis_it_is_said_that_it_is_and_what_to_do(application: Application) -> None:
    """Editors of Windows save so in Japan; it was told to be no UTF-8, at some byte."""
    page, mine = application.pages.new, application.folder / "設定.yaml"
    mine.write_bytes("name: よくある質問\n".encode("cp932"))
    application.open("new")
    settled(application)
    page.start_from_file(str(mine))
    application.wait(lambda: page._message.text != "")
    assert "Shift_JIS (cp932) で保存されています" in page._message.text and "メモ帳" in page._message.text


def test_a_name_is_made_of_what_is_typed(application: Application) -> None:
    """My FAQ was refused as the name of a source, too: it takes no capitals and no blanks."""
    page = application.pages.new
    application.open("new")
    settled(application)
    table, place = page._basics._data._table, COLUMNS.index("name")
    for typed, name in (("My FAQ", "my-faq"), ("My  FAQ", "my-faq"), ("社内 よくある質問", "社内-よくある質問")):
        table.item(0, place).setText(typed)
        assert page.draft.datasets[0]["name"] == table.item(0, place).text() == name
    settled(application)
    assert page._verdict.problems == ()
