"""What is not started, and what the page Run says instead, in the whole application."""

from __future__ import annotations

import json

import pytest

from gui.application.test_layout import SMALL
from helpers.application import CUT, FINISHED, PAUSED, Application
from so8t_engine.run import eta
from so8t_engine.session import catalog, display_name, live_progress, lock, store
from so8t_engine.session.state import Cursor, PipelineState, Work
from so8t_gui.i18n.translate import tr
from so8t_gui.startup import unfinished_session
from so8t_gui.view import messages
from so8t_gui.widgets.tool_tip import tool_tip


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_a_session_of_a_newer_version_offers_no_resume_that_would_be_refused(application: Application) -> None:
    path = application.root / PAUSED / store.STATE
    path.write_text(
        json.dumps({**json.loads(path.read_text(encoding="utf-8")), "format_version": 99}), encoding="utf-8"
    )
    application.show(PAUSED)
    assert application.controller.runner.view.problem is not None
    assert "newer" in application.pages.run._message.text and not application.sees("&Resume")
    assert not any("Stopped by a problem" in text for text in application.pages.run.texts)


def test_a_run_of_another_program_is_told_and_nothing_is_started_beside_it(application: Application) -> None:
    """A command line in the same folder: said when the page is looked at again, and again where something is pressed.

    What is shown stays, whatever the other program does, until the user wants to see that.
    """
    controller, run = application.controller, application.pages.run
    application.show(FINISHED)
    told = unfinished_session.runs_elsewhere
    with lock.held(application.root / CUT, {"pid": 1}):
        application.open("sessions")
        application.open("run")
        application.wait(lambda: run._other.text != "")
        other = controller.offer.running_besides("")
        assert other is not None and other.session == CUT
        assert run._other.text == told(other) and catalog.title(CUT) in run._other.text
        for start in (lambda: controller.resume(PAUSED), lambda: controller.begin(["run", "--preset", "demo"])):
            application.pages.window._message.quieten()
            start()
            application.wait(lambda: application.pages.window._message.text != "")
            assert application.pages.window._message.text == unfinished_session.why_not_beside(other)
        assert controller.runner.view.session == FINISHED and not application.engine_starts
        application.press("Show &it")
        application.wait(lambda: controller.runner.view.phase == "elsewhere")
        assert not run._other.text
        controller.navigation.show_session(FINISHED)
        controller.navigation.reread()  # as by the clock of the page, which looks how far the other one is by now
        application.wait(lambda: controller.runner.view.session == FINISHED)
        application.wait(lambda: run._other.text != "")
    run.look_again()  # as it does by itself while the sentence stands there
    application.wait(lambda: not run._other.text)
    assert controller.runner.view.session == FINISHED
    controller.resume(PAUSED)
    application.wait(lambda: controller.runner.view.phase == "running")


def test_resume_is_grey_while_another_program_runs_what_is_shown_or_another_session(application: Application) -> None:
    """It was there to be pressed, and pressing it told what the window could have known."""
    run, controller = application.pages.run, application.controller
    resume, another = run._head._resume, run._head._another
    application.show(PAUSED)
    assert resume.isEnabled() and another.isEnabled() and not resume.toolTip()
    held = tr("Another program is already running this session. Pause it there.")
    with lock.held(application.root / PAUSED, {"pid": 1}):  # nothing else of the session has changed
        run.look_again()  # as it does by itself every two seconds
        application.wait(lambda: controller.runner.view.phase == "elsewhere")
        assert resume.isVisible() and not resume.isEnabled() and not another.isEnabled()
        assert resume.toolTip() == another.toolTip() == tool_tip(held)
        resume.click()
        assert not application.engine_starts
    run.look_again()
    application.wait(resume.isEnabled)
    assert another.isEnabled() and (resume.toolTip(), another.toolTip()) == ("", "")
    with lock.held(application.root / CUT, {"pid": 1}):
        application.open("sessions")
        application.open("run")
        application.wait(lambda: not resume.isEnabled())
        other = controller.offer.running_besides(PAUSED)
        assert other is not None and resume.toolTip() == tool_tip(unfinished_session.why_not_beside(other))
    run.look_again()
    application.wait(resume.isEnabled)
    application.press("&Resume")
    application.wait(lambda: controller.runner.view.phase == "running")


def test_what_another_program_runs_is_read_in_two_lines_beside_its_buttons(application: Application) -> None:
    """A short name left the status a column of a few letters, seven lines high, in a window of 1024 x 600 at 125 %."""
    application.pages.window.resize(*SMALL)
    display_name.give(application.root / CUT, "s")
    with lock.held(application.root / CUT, {"pid": 1}):
        application.show(CUT)
        application.wait(lambda: application.controller.runner.view.phase == "elsewhere")
        head = application.pages.run._head
        head._another.show()
        application.qtbot.wait(300)  # until it is laid out
        status = head._status
        assert status.fontMetrics().horizontalAdvance(status.text()) < 2 * status.width()


def test_one_measured_unit_names_no_time_but_a_range(application: Application) -> None:
    """Of a run whose first update has just been done: "3 min 20 s left", an hour later still an hour."""
    folder, run = application.root / CUT, application.pages.run
    totals, guesses = {"train/update": 101, "evaluate/answers": 4}, {"evaluate/answers": 0.05}

    def standing(done: int) -> None:
        work = {"train/update": Work(done, 2.0 * done)}
        state = PipelineState(CUT, run=2, cursor=Cursor("train", done), totals=totals, work=work)
        live = eta.snapshot(state, "update", guesses, 0) | {"run": 2}
        (folder / live_progress.NAME).write_text(json.dumps(live))

    standing(1)
    with lock.held(folder, {"pid": 1}):
        application.show(CUT)
        between = tr("between {low} and {high} left", low=tr("{min} min", min=1), high=tr("{min} min", min=11))
        application.wait(lambda: between in run._head.texts)
        assert between in application.controller.tray._icon.toolTip()
        standing(100)
        run.look_again()  # as it does by itself every two seconds
        application.wait(lambda: tr("{time} left", time=tr("{s} s", s=2)) in run._head.texts)
        assert between not in " ".join(run.texts)


def test_start_is_grey_while_this_window_or_another_program_runs_something_and_says_why(
    application: Application,
) -> None:
    """It was blue, and refused once it was pressed; so were, in the menu of the tray, all but those of an own run."""
    controller, new, tray = application.controller, application.pages.new, application.controller.tray
    start, entries = new._start, (tray._resume, tray._others.menuAction(), tray._new)

    def waits(why: str) -> None:
        application.wait(lambda: new._summary.text() == why)
        assert not start.isEnabled() and start.toolTip() == tool_tip(why)
        assert not any(entry.isVisible() and entry.isEnabled() for entry in entries)

    def is_free() -> None:
        application.wait(start.isEnabled)
        assert start.toolTip() == "" and all(entry.isEnabled() and entry.isVisible() for entry in entries)
        assert tr("{source}, unchanged", source="demo") == new._summary.text()

    application.open("new")
    application.wait(lambda: new._form is not None and not new._desk.asking("check"))
    is_free()
    application.run()
    application.open("new")
    waits(messages.one_at_a_time(messages.name(controller.runner.view)))
    application.rest()
    is_free()
    with lock.held(application.root / CUT, {"pid": 1}):
        application.open("sessions")
        application.open("new")
        application.wait(lambda: controller.offer.running_besides("") is not None)
        other = controller.offer.running_besides("")
        assert other is not None
        waits(unfinished_session.why_not_beside(other))
        assert tray._status.text() == unfinished_session.runs_elsewhere(other)
    application.open("sessions")
    application.open("new")
    is_free()
    controller.begin(new.draft.arguments)
    application.wait(lambda: controller.runner.view.phase == "running")


def test_start_while_a_run_goes_on_says_why_it_does_nothing(application: Application) -> None:
    """It only went to the page Run, as if it had begun."""
    controller = application.controller
    application.run()
    begun = len(application.engine_starts)
    for start in (lambda: controller.begin(["run", "--preset", "demo"]), lambda: controller.resume(CUT)):
        application.open("new")
        application.pages.window._message.quieten()
        start()
        application.wait(lambda: application.pages.window._message.text != "")
        assert application.pages.window._message.text == messages.why_not_beside(controller.runner.view)
        assert catalog.title(PAUSED) in application.pages.window._message.text
    assert len(application.engine_starts) == begun


def test_why_nothing_was_started_is_said_no_longer_than_it_is_so(application: Application) -> None:
    """It stood below every page after that run was paused, through the next one and after its end."""
    controller, window = application.controller, application.pages.window
    application.run()
    application.open("new")
    controller.resume(CUT)
    application.wait(lambda: window._message.text != "")
    controller.runner.save()
    application.wait(lambda: controller.runner.view.share == 0.71)
    assert window._message.text == messages.why_not_beside(controller.runner.view)
    application.rest()
    application.wait(lambda: window._message.text == "")
    with lock.held(application.root / CUT, {"pid": 1}):
        application.open("sessions")
        controller.resume(PAUSED)
        application.wait(lambda: window._message.text != "")
    application.wait(lambda: window._message.text == "")
    window.tell("warning", "of no run")
    application.run()
    assert window._message.text == "of no run"


def test_that_a_report_cannot_be_opened_is_said_of_its_own_session_alone(application: Application) -> None:
    application.opened.ends_with(3)
    for page in ("run", "sessions"):
        application.show(FINISHED)
        message = application.pages.run._opening
        if page == "sessions":
            application.select(FINISHED)
            message = application.pages.sessions._message
        application.press("Open re&port")
        application.wait(lambda message=message: message.text != "")  # type: ignore[misc]
        assert FINISHED in message.text
        if page == "sessions":
            application.select(PAUSED)
        else:
            application.show(PAUSED)
        assert message.text == "", page
