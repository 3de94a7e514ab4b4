"""The short form: what is typed stays as it was typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from so8t_engine.sentences import Sentence, verbatim
from so8t_gui.forms import basics, session_draft
from so8t_gui.forms.schema_fields import Field, FormSection, Need
from so8t_gui.forms.session_draft import SessionDraft


def test_the_base_model_that_is_shown_is_the_configuration_s(qtbot: QtBot) -> None:
    form = basics.Basics()
    qtbot.addWidget(form)
    parts = {name: part for name, part in vars(form).items() if isinstance(part, QWidget)}
    assert "_model" in parts and [name for name, part in parts.items() if not form.isAncestorOf(part)] == []
    form.put(SessionDraft(values={"model": {"model_name_or_path": "own/model"}}), anew=True)
    assert form._model.text() == "own/model"
    form.put(SessionDraft(), anew=True)
    assert form._model.text() == str(SessionDraft().value(session_draft.MODEL) or "")


def test_the_wheel_over_the_presets_changes_nothing(qtbot: QtBot) -> None:
    """It scrolls the page: another preset is another configuration, and what was entered would be gone."""
    form = basics.Basics()
    qtbot.addWidget(form)
    form.put_presets({name: Sentence("", {}) for name in "ab"})
    form.put(SessionDraft(preset="a"), anew=True)
    chosen: list[str] = []
    form.preset_chosen.connect(chosen.append)
    form.show()
    turn = QWheelEvent(
        QPointF(5, 5), form._source.mapToGlobal(QPointF(5, 5)), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(form._source, turn)

    assert (form._source.currentText(), chosen, turn.isAccepted()) == ("a", [], False)


def test_a_configuration_from_a_file_is_called_by_it(qtbot: QtBot) -> None:
    form = basics.Basics()
    qtbot.addWidget(form)
    form.put(SessionDraft(file="/home/a/mine.yaml"), anew=True)

    assert (form._source.currentIndex(), form._source.placeholderText()) == (-1, "mine.yaml")
    assert form._about.text().splitlines()[0] == "/home/a/mine.yaml", "its path is said once"
    form.put(SessionDraft(preset="demo"), anew=True)
    assert form._source.placeholderText() == ""


SECTIONS = (
    FormSection((), "", (Field(("name",), "text", "x"), Field(("seed",), "integer", 1))),
    FormSection(("ppo",), "", (Field(("ppo", "total_episodes"), "integer", 8), Field(("ppo", "gamma"), "number", 1.0))),
    FormSection(("grpo",), "", (Field(("grpo", "max_steps"), "integer", 9),)),
    FormSection(("alpha",), "", (Field(("alpha", "initial"), "number", 0.0), Field(("alpha", "final"), "number", 1.0))),
)  # fmt: skip
BUILT = {"vocab": 512}
VALUES = {
    "name": "x", "seed": 1, "algorithm": "ppo", "ppo": {"total_episodes": 64}, "grpo": {"max_steps": 9},
    "alpha": {"initial": 0.0, "final": 1.0}, "model": {"build": BUILT},
    "datasets": [{"name": "a", "source": "hub", "path": "owner/a"}, {"name": "b", "source": "hub", "path": "owner/b"}],
}  # fmt: skip


@pytest.fixture
def form(qtbot: QtBot) -> basics.Basics:
    made = basics.Basics()
    qtbot.addWidget(made)
    made.put_schema(SECTIONS)
    made.put(SessionDraft(values=VALUES), anew=True)
    return made


@pytest.fixture
def told(form: basics.Basics) -> list[SessionDraft]:
    drafts = list[SessionDraft]()
    form.draft_changed.connect(drafts.append)
    return drafts


def test_the_first_questions_are_those_of_the_schema_each_once_in_their_order(form: basics.Basics) -> None:
    rows = dict(form._rows)
    form.put_schema(SECTIONS)  # the engine told it again
    assert form._rows == rows
    assert list(form.labels.items()) == [
        ("name", "Name"), ("ppo.total_episodes", "Episodes"), ("grpo.max_steps", "Updates"), ("seed", "Seed"),
        ("alpha.initial", "From"), ("alpha.final", "To"),
    ]  # fmt: skip
    columns = [
        [column.itemAt(n).widget() for n in range(column.count())] for column in (form._run_rows, form._alpha_rows)
    ]
    assert columns == [list(rows.values())[:4], list(rows.values())[4:]]


@pytest.mark.parametrize(("algorithm", "asked"), [("ppo", "ppo.total_episodes"), ("grpo", "grpo.max_steps")])
def test_how_long_it_learns_is_asked_in_the_words_of_the_algorithm_alone(
    form: basics.Basics, algorithm: str, asked: str
) -> None:
    """What was typed into the other one and is no value does not stay behind."""
    form._rows["ppo.total_episodes"].type("many")
    form._rows["grpo.max_steps"].type("many")
    form.put(SessionDraft(values={**VALUES, "algorithm": algorithm}))
    assert [key for key in basics.LENGTHS if key in form._rows and not form._rows[key].isHidden()] == [asked]
    assert form.mistakes.keys() == {tuple(asked.split("."))} and form.unread == {asked: "many"}
    assert form.asks(tuple(asked.split("."))) and not form._rows["seed"].isHidden()
    other = next(key for key in ("ppo.total_episodes", "grpo.max_steps") if key != asked)
    assert not form.asks(tuple(other.split(".")))


def test_what_is_typed_is_told_with_the_draft_and_what_is_no_value_with_its_key(
    form: basics.Basics, told: list[SessionDraft]
) -> None:
    wrong = list[tuple[str, ...]]()
    form.wrong.connect(lambda path, _: wrong.append(path))
    form._rows["seed"].type("7")
    assert [draft.changes for draft in told] == [{("seed",): 7}] and not wrong
    form.take_up({"seed": "x", "alpha.final": "y"})
    assert wrong == [("seed",), ("alpha", "final")] and form.unread == {"seed": "x", "alpha.final": "y"}


def test_a_model_that_is_built_here_or_one_that_exists_is_chosen_by_a_click(
    form: basics.Basics, told: list[SessionDraft], qtbot: QtBot
) -> None:
    form.show()
    assert form._built.isVisible() and form._built.isChecked() and not form._existing.isChecked()
    form._existing.click()
    shown = form._model.placeholderText()
    assert (told[-1].value(session_draft.MODEL), told[-1].builds) == (shown, False)
    assert form.focusWidget() is form._model
    form._model.clearFocus()
    form.put(told[-1])
    assert form._existing.isChecked() and form._model.text() == shown
    form._model.setText("own/model@v2")
    form._existing.click()
    assert (told[-1].value(session_draft.MODEL), told[-1].value(session_draft.REVISION)) == ("own/model", "v2")
    form.put(told[-1])
    form._built.click()
    assert told[-1].builds and told[-1].changes == {}
    form.put(SessionDraft(values={**VALUES, "model": {}}))
    assert not form._built.isVisible() and form._existing.isChecked(), "this source builds none"


def test_the_base_model_is_taken_as_it_is_typed_and_not_written_over_meanwhile(
    form: basics.Basics, told: list[SessionDraft], qtbot: QtBot
) -> None:
    form.show()
    form.activateWindow()
    form._model.setFocus()
    qtbot.waitUntil(form._model.hasFocus)
    qtbot.keyClicks(form._model, "own/m@v")
    assert [told[-1].value(path) for path in (session_draft.MODEL, session_draft.REVISION)] == ["own/m", "v"]
    form.put(SessionDraft(values=VALUES))
    assert form._model.text() == "own/m@v"
    form._model.clearFocus()
    form.put(SessionDraft(values=VALUES))
    assert form._model.text() == ""


def test_a_folder_and_a_file_are_picked_in_a_dialog_or_not(
    form: basics.Basics, told: list[SessionDraft], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    files, roots = list[str](), list[bool]()
    form.file_chosen.connect(files.append)
    form.root_wanted.connect(lambda: roots.append(True))
    buttons = {part.text(): part for part in form.findChildren(QPushButton)}
    form._model.setText(str(tmp_path))
    begins = list[str]()

    def folder(_parent: QWidget, _title: str, begin: str) -> str:
        begins.append(begin)
        return picked

    for picked in ("", "/m"):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, name=picked: (name and "/c.yaml", ""))
        buttons["&Choose a folder ..."].click()
        buttons["Open a &YAML file ..."].click()
        assert files == [name for name in ("/c.yaml",) if picked]
        assert [draft.value(session_draft.MODEL) for draft in told] == [name for name in ("/m",) if picked]
    assert begins == [str(tmp_path)] * 2 and form._model.text() == "/m"
    buttons["Ch&oose in Settings ..."].click()
    form.put_root(Path("/s"))
    assert roots == [True] and form._root.text() == "/s"


def test_what_the_check_says_stands_beside_what_it_is_about_until_the_next_draft(form: basics.Basics) -> None:
    form.complain(("seed",), "Must be 0 or more.")
    form.complain(("datasets", "1", "path"), "Not there.")
    form.complain(("datasets", "0", "path"), "Not there either.")
    form.complain(("model", "model_name_or_path"), "No model.")
    form.complain(("gate", "enabled"), "Stands elsewhere.")
    texts = (form._rows["seed"]._error.text(), form._data_message.text(), form._model_message.text())
    assert texts[0] == "Must be 0 or more." and texts[2] == "No model."
    assert texts[1].startswith("b") and texts[1].endswith(": Not there."), "of several the first"
    form.put(SessionDraft(values=VALUES))
    assert (form._data_message.text(), form._model_message.text()) == ("", "")


def test_the_field_of_a_key_is_gone_to_where_it_stands(form: basics.Basics, qtbot: QtBot) -> None:
    form.resize(500, 200)
    form.show()
    form.activateWindow()
    places = (
        (("alpha", "final"), form._rows["alpha.final"].editor), (session_draft.MODEL, form._model),
        (session_draft.REVISION, form._model), (("datasets", "1", "path"), form._data.editor),
    )  # fmt: skip
    for path, editor in places:
        form.show_row(path)
        assert form.asks(path) and form.focusWidget() is editor
        assert form.viewport().rect().contains(editor.mapTo(form.viewport(), editor.rect().center()))
    assert {index.row() for index in form._data._table.selectionModel().selectedRows()} == {1}
    for path in (("model", "build"), ("gate", "enabled"), ("ppo", "gamma")):
        form.show_row(path)
        assert not form.asks(path) and form.focusWidget() is form._data.editor


def test_the_presets_are_listed_with_what_they_are(form: basics.Basics) -> None:
    form.put_presets({"old": verbatim("No more.")})
    form.put_presets({"demo": verbatim("To try."), "large": verbatim("For a large one.")})
    source, chosen = form._source, list[str]()
    form.preset_chosen.connect(chosen.append)
    tips = [source.itemData(n, Qt.ItemDataRole.ToolTipRole) for n in range(source.count())]
    assert [source.itemText(n) for n in range(source.count())] == ["demo", "large"]
    assert tips == ["To try.", "For a large one."]
    form.put(SessionDraft(preset="large", values=VALUES))
    assert source.currentText() == "large" and form._about.text() == "For a large one."
    source.activated.emit(0)
    assert chosen == ["large"]
    form.put(SessionDraft(file="/c.yaml", values={**VALUES, "description": "My own."}))
    assert form._about.text() == "/c.yaml\nMy own." and source.currentIndex() == -1


def test_the_curve_stands_where_it_would_after_a_resize_as_soon_as_its_keys_are_there(qtbot: QtBot) -> None:
    """It stood beside them in a slim window, until that was resized, and below them ever after."""
    made = basics.Basics()
    qtbot.addWidget(made)
    made.resize(200, 300)
    made.show()
    made.put_schema([FormSection(("alpha",), "", (Field(("alpha", "initial"), "number", 0.0),))])
    assert made._alpha.direction() == QBoxLayout.Direction.TopToBottom


def test_the_curve_of_alpha_stands_beside_its_keys_where_both_have_room(form: basics.Basics) -> None:
    widest = max(form._rows[key].width_beside for key in ("alpha.initial", "alpha.final"))
    way = QBoxLayout.Direction
    form.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    form.show()
    card, column = 2 * 18, 8  # margins
    least = widest + form._alpha.spacing() + form._preview.minimumSizeHint().width() + card + column
    for width, beside in ((least, True), (least - 1, False), (least, True)):
        form.resize(width, 300)
        assert form.viewport().width() == width
        assert form._alpha.direction() == (way.LeftToRight if beside else way.TopToBottom)
        assert [form._rows[key].minimumWidth() for key in ("alpha.initial", "name")] == [widest if beside else 0, 0]
    form.put_curve([(0.0, 0.5), (1.0, 1.0)], "")
    assert form._preview.points == ((0.0, 0.5), (1.0, 1.0))
    form.put_curve([], "Not that.")
    assert form._preview.accessibleDescription() == "Not that."


def test_what_is_about_the_data_is_handed_on_to_their_list(form: basics.Basics, told: list[SessionDraft]) -> None:
    form.put_adapters(["auto", "gsm8k"])
    form.hub = "owner/c"
    assert form._data.adapters == ("auto", "gsm8k") and form.hub == form._data._hub.text() == "owner/c"
    form.put_looks(["ok", "warning"])
    assert form._data._levels == ("ok", "warning")
    form.add_files(["/x/rows.jsonl"])
    assert [dataset["path"] for dataset in told[-1].datasets] == ["owner/a", "owner/b", "/x/rows.jsonl"]


def test_of_another_source_no_dataset_is_chosen_and_of_a_changed_one_the_choice_stays(form: basics.Basics) -> None:
    chosen = form._data._table.selectionModel()
    for anew, left in ((False, [1]), (True, [])):
        form._data._table.selectRow(1)
        form.put(SessionDraft(values=VALUES), anew=anew)
        assert [index.row() for index in chosen.selectedRows()] == left


def test_a_key_that_means_nothing_by_the_value_of_another_is_grey(qtbot: QtBot) -> None:
    need = Need(("gate", "enabled"), {"is": [True]}, verbatim("There are no gates."))
    made = basics.Basics()
    qtbot.addWidget(made)
    made.put_schema([FormSection(("alpha",), "", (Field(("alpha", "initial"), "number", 0.0, needs=(need,)),))])
    for enabled in (False, True):
        made.put(SessionDraft(values={**VALUES, "gate": {"enabled": enabled}}))
        editor = made._rows["alpha.initial"].editor
        assert editor.isEnabled() is enabled and ("There are no gates." in editor.toolTip()) is not enabled
