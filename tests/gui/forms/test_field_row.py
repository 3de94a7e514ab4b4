"""One editor a key: what is typed, chosen or ticked is told as its value, or why it is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gui.parts_of_states import FIELDS
from so8t_gui.forms.field_row import FieldRow
from so8t_gui.forms.schema_fields import Field

BY_KEY = {field.key: field for field in FIELDS}


def row_of(qtbot: QtBot, field: Field) -> tuple[FieldRow, list[Any]]:
    made, told = FieldRow(field), list[Any]()
    qtbot.addWidget(made)
    made.put(field.default, field.default)
    made.edited.connect(lambda path, value: told.append((path, value)))
    made.wrong.connect(lambda path, text: told.append((path, text)))
    made.show()
    return made, told


def types(text: str) -> Callable[[QtBot, FieldRow], None]:
    def act(qtbot: QtBot, row: FieldRow) -> None:
        line = row.findChild(QLineEdit)
        line.selectAll()
        qtbot.keyClicks(line, text) if text else qtbot.keyClick(line, Qt.Key.Key_Delete)

    return act


def ticks(place: int) -> Callable[[QtBot, FieldRow], None]:
    return lambda qtbot, row: row.findChildren(QCheckBox)[place].click()


def chooses(place: int) -> Callable[[QtBot, FieldRow], None]:
    def act(qtbot: QtBot, row: FieldRow) -> None:
        combo = row.findChild(QComboBox)
        combo.setCurrentIndex(place)
        combo.activated.emit(place)

    return act


@pytest.mark.parametrize(
    ("key", "act", "value"),
    [
        ("seed", types("3"), 3), ("lr", types("2"), 2.0), ("word", types("ab"), "ab"), ("word", types(""), ""),
        ("words", types("a, b"), ["a", "b"]), ("words", types(""), []), ("on", ticks(0), True),
        ("some", ticks(1), ["a", "b"]), ("some", ticks(0), []), ("kind", chooses(0), "a"), ("may", chooses(0), None),
        ("may", chooses(2), "b"), ("seed", types("x"), "x is not a number."),
        ("seed", types(""), "A value is required."),
    ],
)  # fmt: skip
def test_what_is_typed_chosen_or_ticked_is_told(
    qtbot: QtBot, key: str, act: Callable[[QtBot, FieldRow], None], value: Any
) -> None:
    row, told = row_of(qtbot, BY_KEY[key])
    act(qtbot, row)
    assert told[-1] == ((key,), value)
    wrong = isinstance(value, str) and value.endswith(".")
    assert row._error.text() == row.mistake == (value if wrong else "")


def test_what_was_typed_stays_until_the_value_is_another_and_the_way_back_tells_the_old_one(qtbot: QtBot) -> None:
    row, told = row_of(qtbot, BY_KEY["seed"])
    line, back = row.findChild(QLineEdit), row.findChild(QToolButton)
    types("x")(qtbot, row)
    row.put(17, 17)
    assert (line.text(), row._error.text(), back.isVisible()) == ("x", "x is not a number.", False)
    row.put(17, 17, anew=True)
    assert (line.text(), row._error.text()) == ("17", "")
    row.put(3, 17)
    assert (line.text(), back.isVisible(), row._label.font().bold()) == ("3", True, True)
    back.click()
    assert told[-1] == (("seed",), 17)


def test_the_key_stands_above_its_editor_where_there_is_no_room_beside_it(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    row, _ = row_of(qtbot, BY_KEY["seed"])
    row.setParent(place)
    row.show()
    place.show()
    for width, beside in (
        (row.width_beside, True),
        (row.width_beside - 1, False),
        (row.minimumSizeHint().width(), False),
    ):
        row.resize(width, row.sizeHint().height())
        QApplication.processEvents()
        label, editor = row._label.geometry(), row._editor.geometry()
        assert (editor.left() > label.right(), editor.top() > label.bottom()) == (beside, not beside), width
        assert row.rect().contains(editor) and editor.width() >= row._editor.minimumSizeHint().width()
    assert row.minimumSizeHint().width() < row.width_beside - 100


def test_a_key_that_means_nothing_is_grey_with_its_reason_and_what_was_no_value_goes(qtbot: QtBot) -> None:
    row, _ = row_of(qtbot, BY_KEY["seed"])
    line = row.findChild(QLineEdit)
    types("x")(qtbot, row)
    row.put_unused("It counts only at sea.")
    assert not line.isEnabled() and not row._label.isEnabled()
    assert (row.mistake, row.unread, line.text(), row._error.text()) == ("", "", "17", "")
    assert all(part.toolTip().startswith("It counts only at sea.\n") for part in (line, row._label))
    assert line.accessibleDescription().startswith("It counts only at sea.")

    row.complain("must be at least 1")
    assert line.isEnabled() and line.accessibleDescription() == "must be at least 1"
    row.complain("")
    assert not line.isEnabled()
    row.put_unused("")
    assert line.isEnabled() and "at sea" not in line.toolTip() + line.accessibleDescription()


def test_what_was_typed_into_a_key_that_counts_stays(qtbot: QtBot) -> None:
    row, _ = row_of(qtbot, BY_KEY["seed"])
    types("x")(qtbot, row)
    row.put_unused("")
    assert row.mistake and row.findChild(QLineEdit).text() == "x"


def test_a_long_error_has_the_whole_row_and_where_that_is_not_enough_more_lines(qtbot: QtBot) -> None:
    """It ended in "beginning with a lett...", beside as much room again; then in dots at the end of the row."""
    row, _ = row_of(qtbot, BY_KEY["seed"])
    long = "must be 1 to 40 small letters, digits and -, beginning with a letter or digit"
    room, line = row.fontMetrics().horizontalAdvance(long) + 20, row._error.fontMetrics().height()
    row.resize(room, row.height())
    height, place = row.heightForWidth(room), row.editor.pos()
    row.complain("must be a number")
    assert row._error.contentsRect().left() > row.editor.pos().x() and row.heightForWidth(room) == height
    row.complain(long)
    assert row._error.contentsRect().width() >= row._error.text_width
    assert (row.heightForWidth(room), row.editor.pos()) == (height, place)
    row.complain(f"{long}, {long}")
    assert row.heightForWidth(room) == height + line
    row.complain("")
    assert row.heightForWidth(room) == height


def test_an_error_stands_below_the_editor_as_long_as_it_fits_there_to_the_pixel(qtbot: QtBot) -> None:
    row, _ = row_of(qtbot, BY_KEY["seed"])
    row.complain("must be 1 to 40 small letters, digits and -, beginning with a letter")
    row.resize(row.width_beside, row.height())
    below = row.editor.x() + 4
    for spare, left in ((1, below), (0, below), (-1, 4)):
        row.resize(below + row._error.text_width + spare, row.height())
        assert row.width() >= row.width_beside and row._error.contentsMargins().left() == left


@pytest.mark.parametrize("key", ["seed", "word", "kind", "on", "some"])
def test_a_row_is_never_narrower_than_its_key_and_its_editor_one_above_the_other(qtbot: QtBot, key: str) -> None:
    row, _ = row_of(qtbot, BY_KEY[key])
    label, editor = row._label.sizeHint().width(), row.width_beside - row._beside
    least = row.minimumSizeHint().width()
    assert least >= min(label, editor) and least == min(QWidget.minimumSizeHint(row).width(), max(label, editor))


def test_what_is_put_right_is_no_longer_complained_of(qtbot: QtBot) -> None:
    row, told = row_of(qtbot, BY_KEY["seed"])
    types("x")(qtbot, row)
    types("3")(qtbot, row)
    assert (row.mistake, row.unread, row._error.text()) == ("", "", "") and told[-1] == (("seed",), 3)
    row.complain("The engine refuses it.")
    types("4")(qtbot, row)
    assert row._error.text() == "" and "refuses" not in row.editor.accessibleDescription()


def test_what_the_engine_refuses_is_still_said_of_a_key_that_means_nothing_now(qtbot: QtBot) -> None:
    row, _ = row_of(qtbot, BY_KEY["seed"])
    row.complain("The engine refuses it.")
    for why in ("It counts only at sea.", ""):
        row.put_unused(why)
        assert row._error.text() == "The engine refuses it." == row.editor.accessibleDescription()


def test_what_is_typed_into_a_key_that_counts_again_stays(qtbot: QtBot) -> None:
    row, _ = row_of(qtbot, BY_KEY["seed"])
    row.put_unused("It counts only at sea.")
    row.type("x")
    row.put_unused("")
    assert row.mistake and row.findChild(QLineEdit).text() == "x"


def test_a_long_value_is_seen_from_its_beginning(qtbot: QtBot) -> None:
    row, _ = row_of(qtbot, BY_KEY["word"])
    row.put("w" * 200, "", anew=True)
    assert row.findChild(QLineEdit).cursorPosition() == 0


def test_several_of_a_choice_may_have_no_value(qtbot: QtBot) -> None:
    row, told = row_of(qtbot, BY_KEY["some"])
    row.put(None, None)
    assert not any(box.isChecked() for box in row.findChildren(QCheckBox))
    ticks(0)(qtbot, row)
    assert told == [(("some",), [row.findChildren(QCheckBox)[0].text()])]
