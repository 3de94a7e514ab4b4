"""What was filled in for a new session outlives the window, and whatever takes its place; by hand it goes in one click.

The window ends as by Quit, as by a crash, and starts again over the same settings folder.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gui.application.test_new_session_page import settled
from helpers.application import FINISHED, Application
from so8t_engine.config import file as config_file
from so8t_engine.session import catalog
from so8t_gui.forms import kept_drafts
from so8t_gui.i18n.translate import tr

SEED = ("seed",)


def kept(application: Application) -> dict[str, object]:
    file = application.folder / "config" / kept_drafts.NAME
    value: dict[str, object] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return value


def write_demo(file: Path) -> None:
    file.write_text(config_file.dump(config_file.load_preset("demo")), encoding="utf-8")


def fill_in(application: Application, data: Path) -> None:
    application.open("new")
    settled(application)
    data.write_text('{"prompt": "1 + 1?", "response": "2"}\n')
    application.pages.new._basics.add_files([str(data)])
    application.pages.new._basics._rows["seed"].type("4711")
    application.pages.new._basics._rows["name"].type("mine")


def start_anew(application: Application) -> None:
    """The pages of a new start of the program, over the same folder; the one before had a moment to itself."""
    application.wait(lambda: not application.pages.new._keep_clock.isActive())
    navigation = application.controller.navigation
    before, navigation.made = application.pages, None
    before.close()
    application.open("new")
    settled(application)


def duplicated(application: Application, session: str) -> None:
    """Until its form is there: the names of all sessions are read before."""
    application.controller.navigation.duplicate(session)
    application.wait(lambda: session in application.pages.new.draft.file)
    settled(application)


def test_what_was_filled_in_is_there_after_quit_and_can_be_thrown_away(application: Application) -> None:
    data = application.folder / "mine.jsonl"
    fill_in(application, data)
    application.controller.navigation.keep_place()  # as Quit does, at once
    assert "4711" in str(kept(application)) and str(data) in str(kept(application))
    start_anew(application)
    page = application.pages.new
    assert page.draft.value(SEED) == 4711 and page.draft.value(("name",)) == "mine"
    assert page.draft.datasets[-1]["path"] == str(data)
    assert page._basics._rows["seed"]._editor.text() == "4711"
    assert page._kept_note.text == tr("What you had changed and not started is here again.")
    application.press("Throw it away", page._kept_note)
    assert page.draft.changes == {} and page._kept_note.text == ""
    application.wait(lambda: kept(application) == {})
    start_anew(application)
    assert application.pages.new.draft.changes == {} and application.pages.new._kept_note.text == ""


def test_a_crash_leaves_what_was_typed_until_a_moment_before(application: Application) -> None:
    fill_in(application, application.folder / "mine.jsonl")
    application.wait(lambda: "seed" in str(kept(application)))  # nobody was asked to keep it
    start_anew(application)
    assert application.pages.new.draft.value(SEED) == 4711


def test_duplicating_a_session_over_a_filled_form_can_be_undone_also_after_a_start(application: Application) -> None:
    fill_in(application, application.folder / "mine.jsonl")
    page, filled = application.pages.new, application.pages.new.draft
    write_demo(application.root / FINISHED / "config.yaml")
    duplicated(application, FINISHED)
    assert (
        page.draft.file and page.draft.changes == {} and page.draft.value(("name",)) == f"{catalog.title(FINISHED)} 2"
    )
    assert page._kept_note.text == tr("What you had changed of {source} was put aside.", source='"mine"')
    application.press("Take it back", page._kept_note)
    settled(application)
    assert page.draft.is_same(filled) and page._kept_note.text == ""

    page._basics.preset_chosen.emit("phi35-so8t")
    settled(application)
    assert page.draft.preset == "phi35-so8t"
    start_anew(application)
    page = application.pages.new
    assert page.draft.changes == {} and page._drafts.aside is not None and page._drafts.aside.is_same(filled)
    application.press("Take it back", page._kept_note)
    settled(application)
    assert page.draft.is_same(filled)
    application.press("&Undo all changes")
    assert page.draft.changes == {}
    application.press("Take it back", page._kept_note)
    settled(application)
    assert page.draft.is_same(filled)
    application.press("&Undo all changes")
    application.press("Throw it away", page._kept_note)
    assert page._drafts.aside is None and kept(application) == {}


def test_another_language_keeps_what_was_put_aside(application: Application) -> None:
    fill_in(application, application.folder / "mine.jsonl")
    filled = application.pages.new.draft
    application.press("&Undo all changes")
    application.controller.navigation.make_anew()
    aside = application.pages.new._drafts.aside
    assert aside is not None and aside.is_same(filled)
    assert application.sees("Take it back")


def test_of_a_source_that_is_gone_the_changes_are_put_aside(application: Application) -> None:
    mine = application.folder / "mine.yaml"
    write_demo(mine)
    application.open("new")
    application.pages.new.start_from_file(str(mine))
    settled(application)
    application.pages.new._edited(SEED, 4711)
    application.controller.navigation.keep_place()
    mine.unlink()
    start_anew(application)
    page = application.pages.new
    assert page.draft.preset == "demo" and page.draft.changes == {} and str(mine) in page._message.text
    assert page._drafts.aside is not None and page._drafts.aside.changes == {SEED: 4711}
    write_demo(mine)
    application.press("Take it back", page._kept_note)
    settled(application)
    assert (page.draft.file, page.draft.value(SEED)) == (str(mine), 4711)


def test_what_has_begun_is_no_draft_any_more_and_what_was_refused_is(application: Application) -> None:
    fill_in(application, application.folder / "mine.jsonl")
    page = application.pages.new
    page._edited(("name",), "mine")
    settled(application)
    assert page.draft.changes and "4711" in str(kept(application))
    application.controller.runner.changed.emit(application.controller.runner.view, [])
    assert "4711" in str(kept(application))
    application.wait(lambda: application.controller.runner.view.session != "")  # another, that is shown
    page._emit_start()
    application.wait(lambda: application.controller.runner.view.phase == "running")
    assert kept(application) == {} and page.draft.value(SEED) == 4711
    write_demo(application.root / FINISHED / "config.yaml")
    duplicated(application, FINISHED)
    assert page.draft.file and page._kept_note.text == "", "a session has what was changed"
    page._edited(SEED, 4713)
    application.press("&Undo all changes")
    name = catalog.title(FINISHED)
    assert page._kept_note.text == tr("What you had changed of {source} was put aside.", source=f'"{name}"')
    application.press("Throw it away", page._kept_note)
    page._edited(SEED, 4712)  # for the next one
    page.keep()
    assert "4712" in str(kept(application))


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_secrets_are_not_written_down_and_a_damaged_file_is_no_obstacle(
    application: Application, qapp: QApplication
) -> None:
    application.open("new")
    settled(application)
    page = application.pages.new
    page._edited(SEED, 4711)
    page._edited(("convert", "teacher"), "https://user:secret@example.org/v1")
    page._edited(("convert", "teaching", "api_key_env"), "sk-secret")
    page._basics.draft_changed.emit(
        page.draft.with_datasets([{"name": "a", "source": "hub", "path": "https://h/x?token=secret"}])
    )
    page.keep()
    assert kept(application)["now"] == {
        "preset": "demo", "file": "",
        "changes": {"seed": 4711, "datasets": [{"name": "a", "source": "hub", "path": ""}]},
    }  # fmt: skip
    file = application.folder / "config" / kept_drafts.NAME
    for text in ("", "[]", '{"now": 1}', '{"now": {"preset": "demo", "file": "", "changes": {"datasets": [7]}}}'):
        page._draft = page._draft.__class__()
        page._keep_clock.stop()
        file.write_text(text)
        start_anew(application)
        page = application.pages.new
        assert (page.draft.preset, page.draft.changes) == ("demo", {}) and page._message.text == ""
    page._keep_clock.stop()
    file.write_text('{"now": {"preset": "demo", "file": "", "changes": {"seed": 7, "of.another.version": 1}}}')
    start_anew(application)
    assert application.pages.new.draft.changes == {SEED: 7}
