"""What others do while the window is open: a folder is renamed, a session given a name, an engine killed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from helpers import sample_sessions
from helpers.application import CUT, PAUSED, Application
from so8t_engine.protocol import Message
from so8t_engine.session import catalog, display_name, identity
from so8t_engine.session.state import Cursor, PipelineState
from so8t_gui import shown_session
from so8t_gui.i18n.moment import moment
from so8t_gui.i18n.translate import say, tr
from so8t_gui.startup import after_crash
from so8t_gui.view import messages
from so8t_gui.view.notifications import Notice


@pytest.fixture
def session(session: Path) -> Path:
    """It has a name of its own."""
    display_name.give(session, "mine")
    return session


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_a_folder_that_is_renamed_while_it_runs_can_be_adopted_on_the_page_run(
    application: Application, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Resume was a dead end there: no session has that name any more."""
    view = lambda: application.controller.runner.view  # noqa: E731
    monkeypatch.setenv("SO8T_TROUBLE", "away:rename:train:100:tick")
    application.show(session.name)
    application.controller.resume(session.name)
    application.wait(lambda: application.sees("A&dopt"))
    renamed = application.root / "20270101-000000-renamed"
    assert not application.sees("&Resume") and (view().title, view().path) == ("mine", str(renamed))
    said = application.pages.run._message.text
    assert (
        said.startswith(f"The folder of session {session.name} was moved or renamed while it ran") and "Adopt" in said
    )

    monkeypatch.delenv("SO8T_TROUBLE")
    application.press("A&dopt")
    application.wait(lambda: identity.foreign(renamed) is None)
    application.wait(lambda: view().phase == "paused")
    assert (view().session, view().title) == (renamed.name, "mine")
    application.open("run")
    application.press("&Resume")
    application.wait(lambda: view().phase == "finished")


@pytest.mark.parametrize("application", ["ja"], indirect=True)
def test_a_folder_that_was_renamed_at_rest_can_be_adopted_where_resume_found_none(
    application: Application, session: Path
) -> None:
    application.show(session.name)
    renamed = session.rename(session.with_name("20270101-000000-renamed"))
    application.controller.resume(session.name)
    application.wait(lambda: application.sees("A&dopt"))
    what = identity.foreign(renamed)
    assert say(what) in application.pages.run._message.text and application.controller.runner.view.title == "mine"


def test_of_folders_that_hold_it_only_the_one_that_is_meant_is_found(tmp_path: Path) -> None:
    name = "20260101-000000-x"
    whole = sample_sessions.make(tmp_path, name, PipelineState(name, "paused", Cursor("train", 3)))
    assert shown_session.renamed_folder(tmp_path, name) is None
    one = whole.rename(tmp_path / "one")
    assert shown_session.renamed_folder(tmp_path, name) == one
    two = Path(shutil.copytree(one, tmp_path / "two"))
    assert shown_session.renamed_folder(tmp_path, name) is None
    assert shown_session.renamed_folder(tmp_path, name, two) == two
    assert shown_session.renamed_folder(tmp_path, name, tmp_path.parent / "trash") is None


def test_a_name_given_on_the_command_line_is_seen_soon_and_taken_away_again(application: Application) -> None:
    application.controller.shown._clock.setInterval(100)  # of two seconds
    application.show(PAUSED)
    view = lambda: application.controller.runner.view  # noqa: E731
    own = view().title
    for given in ("mine", "夜の学習", ""):
        display_name.give(application.root / PAUSED, given)
        application.wait(lambda given=given: view().title == (given or own))  # type: ignore[misc]
        assert application.pages.run._head.texts[0] == (given or own)
    application.run()
    display_name.give(application.root / PAUSED, "while it runs")
    application.wait(lambda: application.controller.tray._icon.toolTip().startswith("while it runs"))


def test_two_runs_of_one_name_are_told_apart_wherever_the_tray_and_messages_name_them(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller, said = application.controller, list[Notice]()
    monkeypatch.setattr(controller.notifications, "show", said.append)
    title = catalog.title(CUT)
    state = PipelineState("", "paused", Cursor("train", 3), created="2026-11-24T08:15:00Z")
    twin = sample_sessions.make(application.root, f"20261124-081500-{title}", state)
    with application.qtbot.waitSignal(controller.offer.looked):
        controller.tray.menu_opens.emit()
    entries = {entry.session: entry for entry in catalog.sessions(application.root)}
    begun = {name: controller.offer.begun[name] for name in (CUT, twin.name)}
    names = {name: f"{title} ({moment(at)})" for name, at in begun.items()}
    assert PAUSED not in controller.offer.begun and entries[PAUSED].title != title
    recent = [action.text() for action in controller.tray._recent.actions()]
    assert all(any(name in text for text in recent) for name in names.values())
    offered = controller.offer.offered
    assert offered is not None and names[CUT] in offered[1]

    controller.resume(CUT)
    application.wait(lambda: controller.runner.view.phase == "running")
    name = f"{controller.runner.view.title} ({moment(begun[CUT])})"
    application.wait(lambda: controller.tray._icon.toolTip().startswith(name))
    assert application.pages.run._head.texts[0] == name
    controller.runner._take([Message("waiting", {"code": "disk_full", "sentence": "The disk is full."})])
    assert said[-1].title == tr("{name}: waiting", name=name)
    assert name in messages.why_not_beside(controller.runner.view)


def killed_at(application: Application, event: str) -> None:
    """The engine is killed as soon as it has said this."""
    script = application.folder / "engine.py"
    before = script.read_text()
    script.write_text(before.replace("hello()\n", f"hello()\nEVENT = {event!r}\n{KILL}", 1))


KILL = """
def killed_by(said):
    if said == EVENT and not os.path.exists(LOG + ".killed"):
        open(LOG + ".killed", "w").close()
        os.kill(os.getpid(), 9)
killed_by("hello")
if not resumed:
    say("made", session=name, title=name, path=ROOT + "/" + name)
killed_by("made")
"""


@pytest.mark.parametrize("started", ["new, hello", "new, made", "resume, hello"])
def test_an_engine_that_is_killed_right_after_its_start_goes_on_by_itself(
    application: Application, monkeypatch: pytest.MonkeyPatch, started: str
) -> None:
    """Before it had told of a session, or opened the one that was paused by hand, nothing counted down."""
    controller = application.controller
    monkeypatch.setattr(after_crash, "COUNTDOWN_SECONDS", 1)
    way, event = started.split(", ")
    killed_at(application, event)
    made = "20991231-235959-made"
    if event == "made":
        sample_sessions.make(application.root, made, PipelineState(made, "new", Cursor("collect", 0)))
    begin = (
        (lambda: controller.begin(["run", "--preset", "demo"])) if way == "new" else lambda: controller.resume(PAUSED)
    )
    said, twice = set[str](), set[str]()
    controller.runner.changed.connect(lambda *_: said.add(application.pages.run._message.text))
    controller.offer.notice.connect(controller.navigation.tell)  # as where there is no tray
    controller.offer.counted.connect(lambda: twice.add(application.pages.window._message.text))
    begin()
    application.wait(lambda: controller.offer.counting != "")
    assert said == {""}, "no error flashes up of what goes on by itself"
    application.wait(lambda: bool(twice))
    assert twice == {""}, "the page Run counts already"
    assert application.pages.run._counting.text == controller.offer.counting and application.sees("&Cancel")
    application.wait(lambda: controller.runner.view.phase == "running")
    first, second = application.engine_starts
    expected = {"new, made": ["resume", made], "resume, hello": ["resume", PAUSED], "new, hello": first[:2]}
    assert second[:2] == expected[started] and (event != "hello" or first == second)


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_that_countdown_can_be_cancelled_and_ends_after_three_tries(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = application.controller
    killed_at(application, "hello")
    controller.begin(["run", "--preset", "demo"])
    application.wait(lambda: controller.offer.counting != "")
    application.press("&Cancel")
    assert controller.offer.counting == "" and len(application.engine_starts) == 1

    monkeypatch.setattr(after_crash, "COUNTDOWN_SECONDS", 1)
    script = application.folder / "engine.py"
    script.write_text(script.read_text().replace('open(LOG + ".killed", "w").close()', "pass"))
    os.unlink(f"{application._log}.killed")  # noqa: PTH108
    controller.begin(["run", "--preset", "demo"])
    application.wait(lambda: "crashed again and again" in application.pages.run._hindrance.text)
    assert len(application.engine_starts) == 5 and controller.offer.counting == ""
