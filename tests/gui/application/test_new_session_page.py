"""Every button of the page New session, pressed in the whole application; the engine's command line answers it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QToolButton,
    QWidget,
)

from helpers.application import Application, Presses
from so8t_engine.config import file as config_file
from so8t_gui.forms.datasets import COLUMNS
from so8t_gui.i18n.translate import tr

presses = Presses("new")
NAMES = ("form", "check", "curve")


def settled(application: Application) -> None:
    """Nothing is asked any more, and nothing is about to be."""
    page = application.pages.new
    application.wait(
        lambda: (
            bool(page.draft.values)
            and page._form is not None
            and not any(page._desk.asking(name) for name in NAMES)
            and not (page._check_clock.isActive() or page._curve_clock.isActive())
        )
    )


def names(application: Application) -> list[str]:
    return [str(dataset["name"]) for dataset in application.pages.new.draft.datasets]


def names_of(datasets: list[dict[str, Any]]) -> str:
    return tr(", ").join(str(dataset["name"]) for dataset in datasets)


def drop(place: QWidget, file: Path) -> bool:
    """Whether a file that is dragged onto it and let go there is taken; it stays where it lies.

    The file manager proposes to move it, as some do: told so, it would delete the file.
    """
    mime, left = QMimeData(), Qt.MouseButton.LeftButton
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    over = QDragEnterEvent(QPoint(5, 5), actions, mime, left, Qt.KeyboardModifier.NoModifier)
    over.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(place, over)
    let_go = QDropEvent(QPointF(5, 5), actions, mime, left, Qt.KeyboardModifier.NoModifier)
    let_go.setDropAction(Qt.DropAction.MoveAction)
    if over.isAccepted():
        QApplication.sendEvent(place, let_go)
        assert over.dropAction() == let_go.dropAction() == Qt.DropAction.CopyAction
    return over.isAccepted() and let_go.isAccepted()


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_every_button_of_the_page_new_session(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    application.open("new")
    settled(application)
    presses.run(application, monkeypatch)


def go_on(application: Application) -> str:
    return tr("Go on with {source}", source=application.pages.new.draft.preset or application.pages.new.draft.file)


@pytest.mark.parametrize("application", ["ja"], indirect=True)
def test_after_a_file_that_was_refused_nothing_else_is_started_unless_the_user_wants_that(
    application: Application,
) -> None:
    """Opened by a later start of the program: the demo stood there, and Start began it."""
    page, broken = application.pages.new, application.folder / "broken.yaml"
    broken.write_text("name: [broken\n")
    application.controller.hear([str(broken)])
    settled(application)
    assert page.draft.preset == "demo" and broken.name in page._message.text and not page._start.isEnabled()
    assert page._summary.text() == tr("Not opened: {file}", file=broken)
    application.press(go_on(application))
    assert page._start.isEnabled() and page._message.text == ""

    application.controller.hear([str(broken)])
    assert not page._start.isEnabled()  # before the engine has answered, too
    settled(application)
    assert not page._start.isEnabled()
    page._basics.preset_chosen.emit("demo")
    settled(application)
    assert page._start.isEnabled() and page._message.text == "" and not application.engine_starts


@presses.of("Open a &YAML file ...", "Go on with demo")
def open_file(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, whole = application.folder / "broken.yaml", application.folder / "mine.yaml"
    broken.write_text("name: [broken\n")
    whole.write_text(config_file.dump(config_file.load_preset("demo", ["seed=77"])), encoding="utf-8")
    page = application.pages.new
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(broken), ""))
    application.press("Open a &YAML file ...")
    application.wait(lambda: page._message.text != "")
    assert page.draft.preset == "demo"
    application.press(go_on(application))
    application.pressed.add("Go on with demo")
    assert page._message.text == ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(whole), ""))
    application.press("Open a &YAML file ...")
    application.wait(lambda: page.draft.file == str(whole))
    assert page.draft.values["seed"] == 77


@presses.of(
    "A tiny one built here, to try things out",
    "An existing one: a folder, or a hub id",
    "&Choose a folder ...",
)
def base_model(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    page, folder = application.pages.new, application.folder / "model"
    assert page.draft.builds
    application.press("An existing one: a folder, or a hub id")
    assert not page.draft.builds and page.draft.value(("model", "model_name_or_path"))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    application.press("&Choose a folder ...")
    assert page.draft.value(("model", "model_name_or_path")) == str(folder)
    application.press("A tiny one built here, to try things out")
    assert page.draft.builds


@presses.of("Add &files ...", "Add from &hub", "Remove", "Undo", "&OK")
def datasets(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    page, before = application.pages.new, names(application)
    file = application.folder / "mine.jsonl"
    file.write_text('{"prompt": "1 + 1?", "response": "2"}\n')
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    application.press("Add &files ...")
    assert names(application) == [*before, "mine"]
    page._basics._data._hub.setText("openai/gsm8k")
    application.press("Add from &hub")
    assert len(names(application)) == len(before) + 2 and page._basics._data._hub.text() == ""
    other = file.with_name("other.jsonl")
    other.write_bytes(file.read_bytes())
    assert drop(page._basics._data._table.viewport(), other)
    table = page._basics._data._table
    assert table.verticalScrollBar().value() == table.verticalScrollBar().maximum()  # what was added is seen
    assert names(application)[-1] == "other" and len(names(application)) == len(before) + 3
    whole, notice = page.draft.datasets, page._basics._data._taken_out
    for place in (len(before), 0, 0):
        table.selectRow(place)
        application.press("Remove")
    assert notice.text == tr("Removed: {names}", names=names_of(whole[1:2]))
    application.press("Undo")
    assert notice.text == tr("Removed: {names}", names=names_of(whole[:1]))
    table.setFocus()
    for _ in range(3):  # one more than there are
        application.qtbot.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.draft.datasets == whole and notice.text == ""
    for _ in range(3):
        table.clearSelection()  # the key Ctrl would choose rows beside those that are
        table.selectRow(len(before))
        application.press("Remove")
    application.press("&OK")
    assert names(application) == before and notice.text == ""


def test_an_address_with_a_revision_is_asked_for_in_that_revision(application: Application) -> None:
    """Of a dataset and of a model; the revision is shown behind the id, where it can be taken away again."""
    application.open("new")
    settled(application)
    page = application.pages.new
    page._basics._data._hub.setText("https://huggingface.co/datasets/openai/gsm8k/tree/e53f048")
    application.press("Add from &hub")
    added = len(page.draft.datasets) - 1
    assert (page.draft.datasets[added]["path"], page.draft.datasets[added]["revision"]) == ("openai/gsm8k", "e53f048")
    table, path = page._basics._data._table, COLUMNS.index("path")
    assert table.item(added, path).text() == "openai/gsm8k@e53f048"
    page._basics._model.setFocus()
    page._basics._model.textEdited.emit("https://huggingface.co/microsoft/Phi-3.5-mini-instruct/tree/2fe1924")
    words = page.draft.arguments
    assert "model.revision=2fe1924" in [word.replace('"', "") for word in words]
    assert any('"openai/gsm8k"' in word and '"e53f048"' in word for word in words)
    settled(application)
    assert page._verdict.problems == ()

    table.item(added, path).setText("openai/gsm8k")
    page._basics._model.textEdited.emit("microsoft/Phi-3.5-mini-instruct")
    assert page.draft.datasets[added]["revision"] is None and page.draft.value(("model", "revision")) is None


@presses.of("Ch&oose in Settings ...")
def session_folder(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """One folder for all sessions: one that lay elsewhere was not listed, nor looked for after a power cut."""
    other = application.folder / "else"
    application.press("Ch&oose in Settings ...")
    assert application.pages.window.page == "settings"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(other))
    application.press("&Choose ...")
    application.open("new")
    assert application.pages.new._basics._root.text() == str(other)
    application.wait(lambda: not application.pages.new._check_clock.isActive())
    settled(application)


@presses.of("Use these columns")
def read_what_the_engine_proposes(application: Application, _: pytest.MonkeyPatch) -> None:
    """It named a line of YAML, and the column in which to write it was hidden."""
    page, file = application.pages.new, application.folder / "odd.jsonl"
    before = page.draft.datasets
    for number in (20, 900):  # seen to its end, and not
        page._basics.draft_changed.emit(page.draft.with_datasets(before))
        rows = [{"demando": f"{n} + {n}?", "respondo": f"Estas {n + n}.", "arvo": n} for n in range(number)]
        file.write_text("\n".join(map(json.dumps, rows)))
        page._basics.add_files([str(file)])
        settled(application)
        assert page._basics._data._levels[-1] == "error" and not page._start.isEnabled()
        application.press("Use these columns")
        settled(application)
        assert page.draft.datasets[-1]["columns"] == {"prompt": "demando", "response": "respondo"}
        assert page._basics._data._levels[-1] == "ok" and page._verdict.problems == () and page._start.isEnabled()
        all_in_sight(application)
        lost = tr("It can run. Warnings: {n}", n=1)  # many answers without thought are not learnt, few are
        assert page._verdict._summary.text() == (lost if number > 20 else tr("No problems found."))
    page._basics.draft_changed.emit(page.draft.with_datasets(before))


def all_in_sight(application: Application) -> None:
    """Of the data; and which column holds what is still said as the engine proposed it once another cell is edited."""
    table = application.pages.new._basics._data._table
    assert table.horizontalScrollBar().maximum() == 0
    assert table.viewport().rect().right() >= table.visualRect(table.model().index(0, len(COLUMNS) - 1)).right() > 0
    row, columns = table.rowCount() - 1, COLUMNS.index("columns")
    in_turn = {"response": "respondo", "prompt": "demando"}
    table.item(row, columns).setText(", ".join(f"{role}={name}" for role, name in in_turn.items()))
    said = table.item(row, columns).text()
    table.item(row, COLUMNS.index("max_rows")).setText("7")
    table.item(row, COLUMNS.index("max_rows")).setText("")
    assert table.item(row, columns).text() == said == "response=respondo, prompt=demando"
    settled(application)


@presses.of("Show")
def go_to_the_wrong_key(application: Application, _: pytest.MonkeyPatch) -> None:
    page = application.pages.new
    page._edited(("ppo", "learning_rate"), -1.0)
    settled(application)
    assert [path for path, _ in page._verdict.problems] == [("ppo", "learning_rate")] and not page._start.isEnabled()
    application.press("Show")
    assert page._tabs.currentWidget() is page._advanced and page._form is not None
    assert page._form.rows["ppo.learning_rate"].isVisible()


@presses.of()
def way_back_of_each_key(application: Application, _: pytest.MonkeyPatch) -> None:
    page, changed = application.pages.new, 0
    assert page._form is not None and len(page._form.rows) > 140
    for key, row in page._form.rows.items():
        value = page.draft.value(row.field.path)
        if isinstance(value, bool):
            page._edited(row.field.path, not value)
            back = row.findChild(QToolButton)
            assert isinstance(back, QToolButton) and not back.isHidden(), key
            back.click()
            assert page.draft.value(row.field.path) is value and back.isHidden(), key
            changed += 1
    assert changed > 10


@presses.of("&Undo all changes", "Take it back", "Throw it away")
def undo(application: Application, _: pytest.MonkeyPatch) -> None:
    page = application.pages.new
    page._tabs.setCurrentWidget(page._basics)
    before = page.draft
    assert before.changes
    application.press("&Undo all changes")
    assert not page.draft.changes and not page._undo.isEnabled()
    application.press("Take it back")
    settled(application)
    assert page.draft.is_same(before)
    application.press("&Undo all changes")
    application.press("Throw it away")
    assert not page.draft.changes and page._drafts.aside is None and page._kept_note.text == ""


@presses.of("Start al&though the check says no", "Check a&gain")
def start_all_the_same(application: Application, _: pytest.MonkeyPatch) -> None:
    """On a machine without the GPU that the configuration wants."""
    page = application.pages.new
    page._edited(("runtime", "device"), "cuda:7")
    application.press("Check a&gain")
    settled(application)
    assert page._verdict.unfit and page._verdict.problems == () and not page._start.isEnabled()
    application.press("Start al&though the check says no")
    assert page.draft.force and page._start.isEnabled()


@presses.of("&Start")
def start(application: Application, _: pytest.MonkeyPatch) -> None:
    """The page that follows never has what stood there before, live, below the title of the new session."""
    arguments, seen = application.pages.new.draft.arguments, list[str]()
    runner, pages = application.controller.runner, application.pages.window._list
    pages.currentRowChanged.connect(lambda _: seen.append(runner.view.phase))
    application.press("&Start")
    application.wait(lambda: runner.view.phase == "running")
    assert seen == ["starting"]
    where = ["--data-root", str(application.folder / "else")]
    assert application.page == "run" and application.engine_starts == [[*arguments, *where]]
    assert arguments[0] == "run" and "--force" in arguments


def test_nothing_that_was_not_opened_has_a_green_sign(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that cannot be used are named before the start; what lies on the hub is said to be unseen."""
    page, folder = application.pages.new, application.folder
    (folder / "broken.jsonl").write_text("one\ntwo\n")
    (folder / "odd.jsonl").write_text('{"demando": "q", "respondo": "a"}\n')
    thought = "7 and 5 make 12, carry 1; then 1 and 2 and 1 make 4."
    (folder / "few.jsonl").write_text(json.dumps({"prompt": "17 + 25?", "reasoning": thought, "response": "42"}) + "\n")
    files = [str(folder / f"{name}.jsonl") for name in ("broken", "odd", "few")]
    application.open("new")
    settled(application)
    assert page._verdict._summary.text() == tr("No problems found.")
    assert page._basics._data._levels == ("ok",) * 8

    page._basics.draft_changed.emit(page.draft.with_datasets([]))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (files, ""))
    application.press("Add &files ...")
    assert page._basics._data._levels == () and not application.sees("&Start"), "nobody has looked at these"
    assert "ok" not in [finding["level"] for finding in page._verdict._listed]
    settled(application)
    assert [path for path, _ in page._verdict.problems] == [("datasets", "0", "path"), ("datasets", "1", "path")]
    assert "broken.jsonl" in page._verdict.problems[0][1] and "respondo" in page._verdict.problems[1][1]
    assert [sentence.split(":")[0] for sentence in page._verdict.sentences[:2]] == ["broken", "odd"]
    assert page._basics._data_message.text().startswith("broken: ")
    assert page._basics._data._levels[:2] == ("error", "error") and not application.sees("&Start")

    table, read_as, columns = page._basics._data._table, COLUMNS.index("adapter"), COLUMNS.index("columns")
    assert table.isColumnHidden(columns)
    table.item(1, read_as).setText("columns")
    assert not table.isColumnHidden(columns)
    table.item(1, columns).setText("prompt=demando, response=respondo")
    settled(application)
    assert [path for path, _ in page._verdict.problems] == [("datasets", "0", "path")]
    assert page._basics._data._levels[:2] == ("error", "ok") and table.item(1, columns).text().startswith(
        "prompt=demando"
    )

    some_asked = page.draft.changed(("integrate", "heldout_fraction"), 0.5)
    page._basics.draft_changed.emit(some_asked.with_datasets(page.draft.datasets[2:]))
    page._basics._data._hub.setText("openai/gsm8k")
    application.press("Add from &hub")
    settled(application)
    assert page._basics._data._levels == ("ok", "note") and application.sees("&Start")
    assert page._verdict._summary.text() == tr("What was looked at fits. Not looked at: {n}", n=1)
