"""Show, beside what the check says: the field comes into view and is marked, on whichever part it stands."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget

from gui.application.test_layout import SMALL
from gui.application.test_new_session_page import settled
from helpers.application import Application
from so8t_gui.widgets import shown_field
from so8t_gui.widgets.panels import Banner
from so8t_gui.widgets.shown_field import Mark


def press_show(application: Application, words: str) -> None:
    """Of the one message with these words."""
    messages = application.pages.new._verdict.findChildren(Banner)
    [message] = [one for one in messages if words in one.text and one.isVisible()]
    [show] = [one for one in message.findChildren(QPushButton) if one.objectName() == "go"]
    show.setFocus()
    show.click()
    for _ in range(3):
        QApplication.processEvents()


def is_seen_whole(field: QWidget, area: QScrollArea) -> bool:
    inside = QRect(field.mapTo(area.viewport(), QPoint()), field.size())
    return field.isVisible() and area.viewport().rect().contains(inside)


def marked(application: Application) -> list[QWidget]:
    return [mark._field for mark in application.pages.new.findChildren(Mark) if mark.isVisible()]


@pytest.mark.parametrize("size", [SMALL, (1120, 720)])
@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_what_is_amiss_is_brought_into_view_and_marked(application: Application, size: tuple[int, int]) -> None:
    """Nothing was to be seen of it: half a row at the edge, or none, and a box that had the focus."""
    application.pages.window.resize(*size)
    application.open("new")
    settled(application)
    page, file = application.pages.new, application.folder / "mine.jsonl"
    form = page._form
    assert form is not None
    rows = [{"prompt": f"{n} + {n}?", "response": "" if n % 2 else str(2 * n)} for n in range(80)]
    file.write_text("\n".join(map(json.dumps, rows)))
    page._basics.add_files([str(file)])
    page._edited(("evaluate", "gguf"), ["nothing"])
    page._edited(("seed",), -1)
    settled(application)

    form._search.setText("alpha")  # the row is not among those that are seen
    press_show(application, "evaluate.gguf")
    row = form.rows["evaluate.gguf"]
    assert page._tabs.currentWidget() is page._advanced and is_seen_whole(row, form._area)
    assert marked(application) == [row] and row.isAncestorOf(QApplication.focusWidget())

    press_show(application, "(seed)")
    row = page._basics._rows["seed"]
    assert page._tabs.currentWidget() is page._basics and is_seen_whole(row, page._basics)
    assert marked(application) == [row] and QApplication.focusWidget() is row.editor

    page._tabs.setCurrentWidget(page._advanced)
    page._undo_all()
    page._basics.add_files([str(file)])
    settled(application)
    press_show(application, "mine: of 80 rows")
    table = page._basics._data._table
    assert page._tabs.currentWidget() is page._basics and marked(application) == [table]
    assert {index.row() for index in table.selectionModel().selectedRows()} == {len(page.draft.datasets) - 1}
    line = page._basics._data.place_of_row
    line.moveTopLeft(table.mapTo(page._basics.viewport(), line.topLeft()))
    assert page._basics.viewport().rect().contains(line.adjusted(0, 0, page._basics.width() - line.right() - 20, 0))
    [mark] = page.findChildren(Mark)
    assert mark.geometry().contains(table.geometry())
    mark.end()
    assert marked(application) == []


@pytest.mark.parametrize("size", [SMALL, (1120, 720)])
def test_neither_the_mark_of_a_changed_value_nor_the_line_around_a_field_touches_what_is_read(
    application: Application, size: tuple[int, int]
) -> None:
    """A key in bold pushed its editor to the right, out of line; the line cut through the h of "heldout_fraction"."""
    application.pages.window.resize(*size)
    application.open("new")
    settled(application)
    page = application.pages.new
    form = page._form
    assert form is not None
    basics = [row for row in page._basics._rows.values() if row.isVisible()]

    def places() -> list[tuple[int, int, int]]:
        QApplication.processEvents()
        corners = [row._editor.mapTo(row.window(), QPoint()) for row in basics]
        return [(at.x(), at.y(), row._editor.width()) for at, row in zip(corners, basics, strict=True)]

    before = places()
    first = [row for row in basics if row.field.key in ("name", "seed", "model.build.max_steps", "warmup.max_steps")]
    assert len({before[basics.index(row)][0] for row in first}) == 1, "in line"
    for row in basics:
        row.put(row._original, "another")
        assert row._label.font().bold()
    assert places() == before
    page._tabs.setCurrentWidget(page._advanced)
    for key in ("integrate.heldout_fraction", "seed"):
        row = form.rows[key]
        shown_field.show(form._area, row, row.editor)
        QApplication.processEvents()
        [mark] = [mark for mark in page.findChildren(Mark) if mark.isVisible()]
        whole = QRect(row.mapTo(page, QPoint()), row.size())
        line = QRect(mark.mapTo(page, QPoint()), mark.size()).adjusted(2, 2, -2, -2)
        assert line.contains(whole.adjusted(0, 1, 0, -1)), "it runs outside"
