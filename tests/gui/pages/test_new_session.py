"""The page New session by itself: what the engine is asked, what its answers change, and when Start may be pressed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit
from pytestqt.qtbot import QtBot

from so8t_engine.sentences import sentence, to_json
from so8t_gui.engine.queries import QueryPool
from so8t_gui.pages import new_session
from so8t_gui.pages.new_session import NewSessionPage

SCHEMA = {
    "properties": {
        "name": {"type": "string"}, "seed": {"type": "integer"},
        "ppo": {"type": "object", "properties": {"gamma": {"type": "number"}}},
        "alpha": {"type": "object", "properties": {"initial": {"type": "number"}}},
    }
}  # fmt: skip
VALUES: dict[str, Any] = {
    "name": "x", "seed": 1, "algorithm": "ppo", "ppo": {"gamma": 1.0, "total_episodes": 64, "batch_size": 8},
    "alpha": {"initial": 0.0}, "model": {"model_name_or_path": "own/m"},
    "datasets": [{"name": "a", "source": "hub", "path": "owner/a"}],
}  # fmt: skip
PRESETS = [{"name": "demo", "description": "To try."}, {"name": "large"}]
FULL = to_json(sentence("disk.full", path="/x", error="28"))
WRONG = {"key": "seed", "sentence": FULL}


def form(seed: int = 1) -> dict[str, Any]:
    return {
        "schema": SCHEMA, "presets": PRESETS, "adapters": ["auto"], "values": {**VALUES, "seed": seed},
        "points": [[0, 1], [1, 0.5]],
    }  # fmt: skip


class Engine:
    """What it was asked and has not answered yet, by name."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.open = dict[str, tuple[Any, ...]]()
        self.words = list[list[str]]()
        monkeypatch.setattr(QueryPool, "ask", lambda _, name, *rest: self._ask(name, *rest))
        monkeypatch.setattr(QueryPool, "asking", lambda _, name: name in self.open)

    def _ask(self, name: str, words: list[str], *rest: Any) -> None:
        self.open[name] = rest
        self.words.append(list(words))

    def answers(self, name: str, value: Any) -> None:
        self.open.pop(name)[0](value)

    def refuses(self, name: str, why: str) -> None:
        self.open.pop(name)[1](why)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    return Engine(monkeypatch)


@pytest.fixture
def bare(engine: Engine, qtbot: QtBot, tmp_path: Path) -> NewSessionPage:
    made = NewSessionPage(tmp_path)
    qtbot.addWidget(made)
    made.resize(1_100, 700)
    made.show()
    return made


@pytest.fixture
def page(bare: NewSessionPage, engine: Engine) -> NewSessionPage:
    """As it stands when the engine has told what it shows and has nothing against it."""
    engine.answers("form", form())
    engine.answers("check", {"problems": [], "findings": []})
    return bare


def looks(page: NewSessionPage) -> tuple[str, bool, bool, bool, bool]:
    """What it says, and whether one can start, undo, check again, and start all the same."""
    controls = (page._start, page._undo, page._again)
    return page._summary.text(), *(one.isEnabled() for one in controls), not page._force.isHidden()  # type: ignore[return-value]


def test_when_it_is_first_seen_the_demo_is_asked_for_and_shown(
    bare: NewSessionPage, engine: Engine, tmp_path: Path
) -> None:
    assert engine.words == [["config", "form", "--preset", "demo"]] and bare.kept is None
    assert looks(bare) == ("Asking the engine ...", False, False, False, False) and not bare._waiting.isHidden()
    bare.put_hindrance("Another one runs.")
    assert bare._reading.text() == "Reading the configuration ...", "also where the line below says why nothing starts"
    bare.put_hindrance("")
    bare.hide()
    bare.show()
    assert len(engine.words) == 1
    engine.answers("form", form())
    check = ["config", "check", "--preset", "demo", "--data-root", str(tmp_path)]
    assert engine.words[1:] == [check] and bare._waiting.isHidden() and bare._reading.text() == ""
    assert bare._verdict._summary.text() == "Checking ..."
    assert bare._basics._preview.points == ((0.0, 1.0), (1.0, 0.5)) and bare._basics._data.adapters == ("auto",)
    engine.answers("check", {"problems": [], "findings": []})
    assert looks(bare) == ("demo, unchanged", True, False, True, False)
    wanted = list[list[str]]()
    bare.start_wanted.connect(wanted.append)
    bare._start.click()
    assert wanted == [["run", "--preset", "demo"]]
    bare.hide()
    bare.show()
    assert len(engine.words) == 2


def test_a_change_is_checked_once_nobody_types_any_more_and_can_be_undone(
    page: NewSessionPage, engine: Engine, tmp_path: Path
) -> None:
    page._basics._rows["seed"].type("7")
    assert looks(page) == ("demo, changed settings: 1", True, True, True, False)
    assert page._check_clock.isActive() and not page._curve_clock.isActive() and not engine.open
    page._form.rows["ppo.gamma"].type("0.5")  # type: ignore[union-attr]
    assert page.draft.changes == {("seed",): 7, ("ppo", "gamma"): 0.5}
    page._check_clock.timeout.emit()
    sets = ["--set", "ppo.gamma=0.5", "--set", "seed=7"]
    assert engine.words[-1] == ["config", "check", "--preset", "demo", *sets, "--data-root", str(tmp_path)]
    assert not page._check_clock.isActive()
    page._undo.click()
    assert page.draft.changes == {} and page._drafts.aside is not None
    assert page._basics._rows["seed"].editor.text() == "1" and looks(page)[0] == "demo, unchanged"  # type: ignore[attr-defined]
    engine.answers("check", {"problems": [{"key": "seed", "sentence": FULL}], "findings": []})
    assert page._verdict.problems == (), "of a draft that has changed since"


def test_the_curve_of_alpha_is_asked_for_where_what_it_is_made_of_has_changed(
    page: NewSessionPage, engine: Engine
) -> None:
    page._basics._rows["alpha.initial"].type("0.25")
    assert page._curve_clock.isActive() and page._curve_clock.interval() < page._check_clock.interval()
    page._curve_clock.timeout.emit()
    assert engine.words[-1][0] == "alpha" and "alpha.initial=0.25" in engine.words[-1]
    engine.answers("curve", {"points": [[0, 0.25], [1, 1]]})
    assert page._basics._preview.points == ((0.0, 0.25), (1.0, 1.0))
    page._curve_clock.stop()
    page._basics._rows["seed"].type("7")
    assert not page._curve_clock.isActive()
    page._basics._rows["alpha.initial"].type("0.5")
    page._ask_curve()
    engine.refuses("curve", "Not that.")
    assert page._basics._preview.points == () and page._basics._preview.accessibleDescription() == "Not that."


@pytest.mark.parametrize(
    ("answer", "starts", "force"),
    [
        ({"problems": [], "findings": []}, True, False),
        ({"problems": [WRONG], "findings": []}, False, False),
        ({"problems": [], "findings": [{"level": "error", "what": FULL}]}, False, True),
        ({"problems": [], "findings": [{"level": "warning", "what": FULL}]}, True, False),
        (
            {"problems": [{"key": "seed", "sentence": FULL}], "findings": [{"level": "error", "what": FULL}]},
            False,
            False,
        ),
    ],
)
def test_what_the_check_finds_says_whether_one_can_start(
    page: NewSessionPage, engine: Engine, answer: dict[str, Any], starts: bool, force: bool
) -> None:
    page._again.click()
    engine.answers("check", {**answer, "datasets": ["ok"]})
    _, start, _, _, forced = looks(page)
    assert (start, forced) == (starts, force) and page._basics._data._levels == ("ok",)
    beside = [page._basics._rows["seed"]._error.text(), page._form.rows["seed"]._error.text()]  # type: ignore[union-attr]
    assert beside == (["The disk is full. /x: 28"] * 2 if answer["problems"] else ["", ""])
    page._force.click()
    assert page.draft.force and page._start.isEnabled() is not bool(answer["problems"])
    assert page.draft.arguments[-1] == "--force"


def test_what_cannot_be_checked_is_said_and_can_be_started(page: NewSessionPage, engine: Engine) -> None:
    page._again.click()
    engine.refuses("check", "The engine is gone.")
    assert page._verdict.sentences == ("The engine is gone.",) and page._start.isEnabled()


def test_what_is_no_value_keeps_one_from_starting_wherever_it_was_typed(page: NewSessionPage, engine: Engine) -> None:
    assert page._form is not None
    for row in (page._basics._rows["seed"], page._form.rows["ppo.gamma"]):
        row.type("many")
        assert not page._start.isEnabled() and page._undo.isEnabled() and row.field.path in page._mistakes
        page._undo.click()
        assert page._start.isEnabled() and not page._mistakes and page._drafts.aside is None


def test_another_source_is_shown_when_the_engine_has_told_of_it(page: NewSessionPage, engine: Engine) -> None:
    page._basics._rows["seed"].type("7")
    page.resize(700, 400)
    bar = page._basics.verticalScrollBar()
    page._tabs.setCurrentWidget(page._advanced)
    bar.setValue(20)
    page.start_from_file("/c.yaml")
    assert engine.words[-1] == ["config", "form", "/c.yaml"] and not page._start.isEnabled()
    assert page.draft.preset == "demo"
    first = page._form
    assert bar.value() == 20
    engine.answers("form", form(seed=3))
    assert bar.value() == 0 and page._tabs.currentWidget() is page._basics, "it is read from its beginning"
    assert (page.draft.file, page.draft.preset, page.draft.changes) == ("/c.yaml", "", {})
    assert page._form is first and page._basics._rows["seed"].editor.text() == "3"  # type: ignore[attr-defined]
    assert page._drafts.aside is not None and page._drafts.aside.changes == {("seed",): 7}
    assert looks(page)[0] == "/c.yaml, unchanged" and "check" in engine.open
    page._take_back()
    assert engine.words[-1] == ["config", "form", "--preset", "demo"] and page._drafts.aside is None
    engine.answers("form", form())
    assert page.draft.changes == {("seed",): 7}
    page._take_back()
    assert "form" not in engine.open
    page.start_from_preset("large")
    assert engine.words[-1] == ["config", "form", "--preset", "large"]


def test_after_a_source_that_is_refused_what_is_shown_starts_only_when_that_is_wanted(
    page: NewSessionPage, engine: Engine
) -> None:
    page.start_from_file("/gone.yaml")
    engine.refuses("form", "There is no such file.")
    assert looks(page)[:2] == ("Not opened: /gone.yaml", False) and page._message.text == "There is no such file."
    assert page.kept is None and page.draft.preset == "demo"
    page._message._act("close")
    assert looks(page)[:2] == ("demo, unchanged", True) and page._message.text == "" and page.kept is not None


@pytest.mark.parametrize("file", ["/gone.yaml", ""])
def test_where_nothing_is_shown_yet_the_demo_takes_the_place_of_what_is_refused(
    bare: NewSessionPage, engine: Engine, file: str
) -> None:
    if file:
        bare.start_from_file(file)
    engine.refuses("form", "There is no such file.")
    assert bare._message.text == "There is no such file."
    assert engine.words[-1] == ["config", "form", "--preset", "demo"]
    engine.answers("form", form())
    assert bare.draft.preset == "demo" and not bare._start.isEnabled()
    bare._message._act("close")
    engine.answers("check", {"problems": [], "findings": []})
    assert bare._start.isEnabled()


def test_what_the_engine_proposes_for_a_dataset_is_taken_over(page: NewSessionPage) -> None:
    page._change_dataset(("datasets", "0", "path"), {"columns": {"prompt": "q"}})
    assert page.draft.datasets == [{**VALUES["datasets"][0], "columns": {"prompt": "q"}}]
    page._change_dataset(("datasets", "1", "path"), {"columns": {"prompt": "z"}})
    assert len(page.draft.datasets) == 1


def test_a_key_is_gone_to_among_the_first_questions_or_where_its_mistake_is(page: NewSessionPage) -> None:
    assert page._form is not None
    page._open_row(("ppo", "gamma"))
    assert page._tabs.currentWidget() is page._advanced
    page._open_row(("seed",))
    assert page._tabs.currentWidget() is page._basics
    page._form.rows["seed"].type("many")
    page._open_row(("seed",))
    assert page._tabs.currentWidget() is page._advanced and page.focusWidget() is page._form.rows["seed"].editor


def test_what_was_typed_is_taken_up_by_the_page_of_another_language(
    page: NewSessionPage, engine: Engine, qtbot: QtBot, tmp_path: Path
) -> None:
    assert page._form is not None
    page._basics._rows["seed"].type("7")
    page._basics._rows["name"].type("")
    page._form.rows["ppo.gamma"].type("many")
    page._form._search.setText("ppo")
    page._basics.hub = "owner/b"
    page._tabs.setCurrentWidget(page._advanced)
    page._force.click()
    kept = page.kept
    assert kept is not None
    after = NewSessionPage(tmp_path)
    qtbot.addWidget(after)
    after.take_up(kept)
    asked = len(engine.words)
    after.show()
    assert len(engine.words) == asked and after.kept == kept and after._force.isChecked()
    assert after._tabs.currentWidget() is after._advanced and after._form is not None
    assert (after._form.unread, after._form.search, after._basics.hub) == ({"ppo.gamma": "many"}, "ppo", "owner/b")


def test_files_can_be_dropped_as_a_configuration_or_as_data(page: NewSessionPage, engine: Engine) -> None:
    def drop(*urls: str) -> QDropEvent:
        data = QMimeData()
        data.setUrls([QUrl(url) for url in urls])
        copy, none = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPointF(5, 5).toPoint(), copy, data, Qt.MouseButton.LeftButton, none)
        enter.ignore()
        page.dragEnterEvent(enter)
        event = QDropEvent(QPointF(5, 5), copy, data, Qt.MouseButton.LeftButton, none)
        assert enter.isAccepted() is any(url.startswith("file") for url in urls)
        page.dropEvent(event)
        return event

    assert drop("file:///c.YAML").dropAction() == Qt.DropAction.CopyAction
    assert engine.words[-1] == ["config", "form", "/c.YAML"]
    asked = len(engine.words)
    drop("file:///a.yaml", "file:///b.csv")
    assert [dataset["path"] for dataset in page.draft.datasets] == ["owner/a", "/a.yaml", "/b.csv"]
    drop("http://host/c.yaml")
    assert len(engine.words) == asked and len(page.draft.datasets) == 3


def test_the_folder_of_the_sessions_is_shown_and_checked_in(
    page: NewSessionPage, engine: Engine, tmp_path: Path
) -> None:
    wanted = list[bool]()
    page.root_wanted.connect(lambda: wanted.append(True))
    page._basics.root_wanted.emit()
    page.set_root(tmp_path / "other")
    assert wanted == [True] and page._basics._root.text() == str(tmp_path / "other") and page._check_clock.isActive()
    page._check()
    assert engine.words[-1][-1] == str(tmp_path / "other")


def test_the_check_stands_beside_the_form_where_both_have_room(page: NewSessionPage) -> None:
    way = QBoxLayout.Direction
    letters = new_session.FORM_LETTERS * page.fontMetrics().averageCharWidth()
    wide = letters * (new_session.FORM + new_session.CHECK) // new_session.FORM + page._middle.spacing() + 1
    for width, beside in ((wide + 1, True), (wide - 4, False), (wide + 1, True)):
        page.resize(width, 700)
        assert page._middle.direction() == (way.LeftToRight if beside else way.TopToBottom)


def test_what_has_begun_is_kept_no_longer_and_what_is_here_again_is_said(
    engine: Engine, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "kept.json"

    def made() -> NewSessionPage:
        page = NewSessionPage(tmp_path, kept_in=file)
        qtbot.addWidget(page)
        page.show()
        engine.answers("form", form())
        return page

    first = made()
    assert not first._kept_note.text
    first._basics._rows["seed"].type("7")
    assert first._keep_clock.isActive() and not file.exists()
    first.keep()
    assert file.exists() and not first._keep_clock.isActive()
    again = made()
    assert again.draft.changes == {("seed",): 7} and "is here again" in again._kept_note.text
    for arguments in (["run", "--preset", "demo"], ["run", "--preset", "demo", "--set", "seed=8", "--data-root", "/s"]):
        again.begun(arguments)
        assert file.exists()
    again.begun([*again.draft.arguments, "--data-root", "/s"])
    assert not file.exists()
    third = made()
    third._basics._rows["seed"].type("9")
    third.keep()
    fourth = made()
    fourth._kept_note._act("discard")
    assert fourth.draft.changes == {} and fourth._basics._rows["seed"].findChild(QLineEdit).text() == "1"
    fourth._forget_aside()
    assert fourth._drafts.aside is None and not file.exists()


def test_its_clocks_are_due_once_after_each_change(page: NewSessionPage) -> None:
    clocks = (page._check_clock, page._keep_clock, page._curve_clock)
    assert [(clock.isSingleShot(), clock.interval()) for clock in clocks] == [(True, 600), (True, 600), (True, 200)]


def test_a_preset_that_was_chosen_and_refused_is_not_the_one_in_sight(page: NewSessionPage, engine: Engine) -> None:
    source = page._basics._source
    source.setCurrentText("large")
    source.activated.emit(source.currentIndex())
    engine.refuses("form", "There is no such preset.")
    assert source.currentText() == "demo" and looks(page)[0] == "Not opened: large"
    page.start_from_file("/c.yaml")
    engine.answers("form", form())
    assert page._message.text == "" and looks(page)[0] == "/c.yaml, unchanged"


def test_what_is_in_the_way_is_said_at_the_button_and_what_was_put_aside_can_be_forgotten(
    page: NewSessionPage, engine: Engine
) -> None:
    page.put_hindrance("Something runs.")
    assert looks(page)[1] is False and page._start.toolTip() == "Something runs."
    page.put_hindrance("")
    assert looks(page)[1] is True and page._start.toolTip() == ""
    page._basics._rows["seed"].type("7")
    page._undo.click()
    assert page._kept_note.text
    page._forget_aside()
    assert not page._kept_note.text and not page._keep_clock.isActive()
