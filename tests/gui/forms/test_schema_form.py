"""The form of every key: what its search leaves, and a row's sign of what is wrong."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from so8t_gui.forms.schema_fields import Field, FormSection
from so8t_gui.forms.schema_form import SchemaForm
from so8t_gui.forms.session_draft import SessionDraft
from so8t_gui.widgets import status_icons
from so8t_gui.widgets.ignored_wheel import ignore_wheel
from so8t_gui.widgets.label import Label

SECTIONS = (
    FormSection((), "", (Field(("seed",), "integer", 1, about="Where chance begins."),)),
    FormSection(
        ("ppo",),
        "How it learns.",
        (
            Field(("ppo", "kl_coef"), "number", 0.1, about="Holds it near the base."),
            Field(("ppo", "batch_size"), "integer", 8),
            Field(("ppo", "kl_estimator"), "choice", "k1", choices=("k1", "k3")),
        ),
    ),
)


@pytest.fixture
def form(qtbot: QtBot) -> SchemaForm:
    made = SchemaForm(SECTIONS)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("", {"seed", "ppo.kl_coef", "ppo.batch_size", "ppo.kl_estimator"}),
        ("k3", {"ppo.kl_estimator"}),
        ("KL Coef", {"ppo.kl_coef"}),
        ("chance", {"seed"}),
        ("no such key", set()),
    ],
)
def test_the_search_leaves_what_fits_and_the_cards_it_stands_on(form: SchemaForm, typed: str, left: set[str]) -> None:
    form._search.setText("nothing fits this")
    form._search.setText(typed)
    assert {key for key, row in form.rows.items() if row.isVisible()} == left
    cards = {section.key for section, card in form._cards if card.isVisible()}
    assert cards == {key.rpartition(".")[0] for key in left} and form._none.isVisible() is not bool(left)
    form.show_row(("seed",))
    assert form._search.text() == "" and form.rows["seed"].isVisible()


def test_what_is_wrong_stands_below_its_row_in_the_colour_of_an_error(form: SchemaForm) -> None:
    row = form.rows["ppo.batch_size"]
    row.complain("Must be at least 1.")
    shown = row._error
    assert shown.isVisible() and shown.text() == "Must be at least 1."
    assert shown.ink == status_icons.colour("error", row.palette())
    assert row._editor.accessibleDescription() == "Must be at least 1."
    row.complain("")
    assert shown.text() == "" and row._editor.accessibleDescription() == row._hint


def test_a_changed_value_has_its_name_in_bold_until_it_is_put_back(form: SchemaForm) -> None:
    row = form.rows["ppo.batch_size"]
    for value, bold in ((16, True), (8, False)):
        row.put(value, 8)
        assert row._label.font().bold() is bold


def test_the_wheel_over_a_list_is_left_to_the_form_that_scrolls(qtbot: QtBot) -> None:
    combo = QComboBox()
    qtbot.addWidget(combo)
    ignore_wheel(combo)
    still = QPoint(0, 0)
    wheel = QWheelEvent(
        QPointF(1, 1), QPointF(1, 1), still, QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    wheel.accept()
    QCoreApplication.sendEvent(combo, wheel)
    assert not wheel.isAccepted()


def test_every_row_shows_the_draft_and_what_was_typed_is_taken_up_by_another_form(
    form: SchemaForm, qtbot: QtBot
) -> None:
    values = {"seed": 3, "ppo": {"kl_coef": 0.5, "batch_size": 4, "kl_estimator": "k3"}}
    draft = SessionDraft(values=values, changes={("seed",): 7})
    form.put(draft)
    texts = {key: row.editor.text() for key, row in form.rows.items() if isinstance(row.editor, QLineEdit)}
    assert texts == {"seed": "7", "ppo.kl_coef": "0.5", "ppo.batch_size": "4"}
    assert form.rows["seed"]._label.font().bold() and not form.rows["ppo.kl_coef"]._label.font().bold()
    form.rows["ppo.batch_size"].type("many")
    form._search.setText("batch")
    form.put(draft)
    assert form.unread == {"ppo.batch_size": "many"} and form.mistakes.keys() == {("ppo", "batch_size")}
    assert form._search.isClearButtonEnabled()
    other = SchemaForm(SECTIONS)
    qtbot.addWidget(other)
    other.put(draft)
    other.take_up(form.unread, form.search, form.place)
    assert (other.unread, other.search, other.place) == (form.unread, "batch", 0)
    form.put(draft, anew=True)
    assert form.unread == {} and form.mistakes == {}


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("seed", "seed"), ("ppo.kl_coef", "ppo.kl_coef"), ("ppo.kl_coef.0", "ppo.kl_coef"),
        ("ppo.gone", "ppo.kl_coef"), ("ppo", "ppo.kl_coef"), ("gone.key", None),
    ],
)  # fmt: skip
def test_the_row_of_a_key_or_of_what_it_is_in_is_gone_to(form: SchemaForm, path: str, key: str | None) -> None:
    form._search.setText("seed")
    keys = tuple(path.split("."))
    found = form.row_of(keys)
    assert found is form.rows.get(path.removesuffix(".0"))
    form.show_row(keys)
    assert form._search.text() == ("" if key else "seed")
    assert key is None or form.focusWidget() is form.rows[key].editor


def test_rows_are_made_when_they_are_first_seen_with_what_was_changed_and_complained_of_until_then(
    qtbot: QtBot,
) -> None:
    form = SchemaForm(SECTIONS)
    qtbot.addWidget(form)
    made: list[int] = []
    form.made.connect(lambda: made.append(len(form._rows)))
    draft = SessionDraft(values={"seed": 1, "ppo": {"kl_coef": 0.1, "batch_size": 8, "kl_estimator": "k1"}})
    form.put(draft, anew=True)
    form.complain(("ppo", "kl_coef"), "Too small.")
    form.complain(("ppo", "batch_size"), "Too large.")
    form.complain(("ppo", "kl_estimator", "0"), "No such one.")
    form.complain(("elsewhere",), "Nobody has it.")
    changed = draft.changed(("ppo", "batch_size"), 4)
    form.put(changed)
    assert not made and (form.mistakes, form.unread, form.place) == ({}, {}, 0)
    assert form.keys == ("seed", "ppo.kl_coef", "ppo.batch_size", "ppo.kl_estimator")
    form.show()
    assert made == [4] and tuple(form.rows) == form.keys
    row = form.rows["ppo.batch_size"]
    assert isinstance(row.editor, QLineEdit) and row.editor.text() == "4" and row._label.font().bold()
    said = {key: row._error.text() for key, row in form.rows.items() if row._error.text()}
    assert said == {"ppo.kl_coef": "Too small.", "ppo.kl_estimator": "No such one."}, "of another value it was said"
    form.complain(("ppo", "kl_estimator", "0"), "")
    form.put(changed, anew=True)
    assert made == [4] and not any(row._error.text() for row in form.rows.values())


def test_what_another_source_was_complained_of_is_not_said_of_the_next(qtbot: QtBot) -> None:
    form = SchemaForm(SECTIONS)
    qtbot.addWidget(form)
    form.put(SessionDraft(values={"seed": 1}), anew=True)
    form.complain(("seed",), "Too small.")
    form.put(SessionDraft(preset="other", values={"seed": 1}), anew=True)
    assert form.rows["seed"]._error.text() == ""


def test_what_was_searched_for_in_the_form_before_is_searched_for_in_rows_that_are_made_for_it(qtbot: QtBot) -> None:
    form = SchemaForm(SECTIONS)
    qtbot.addWidget(form)
    form.take_up({}, "k3", 0)
    form.show()
    assert {key for key, row in form.rows.items() if row.isVisible()} == {"ppo.kl_estimator"}


def test_of_what_a_section_is_about_the_first_paragraph_stands_on_its_card(qtbot: QtBot) -> None:
    about = "How long\nit takes, in `steps`.\n\nAnd much more."
    made = SchemaForm((FormSection(("ppo",), about, (Field(("ppo", "n"), "integer", 1),)),))
    qtbot.addWidget(made)
    made.show()
    texts = [label.text() for label in made.findChildren(Label)]
    assert "How long it takes, in steps." in texts and "ppo" in texts
