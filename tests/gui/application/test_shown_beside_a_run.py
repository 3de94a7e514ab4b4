"""Another session, shown on the page Run while a run goes on: it is that session, whole, and the run is behind it."""

from __future__ import annotations

from gui.application.test_language import choose
from helpers.application import CUT, FINISHED, PAUSED, Application, drawn, titles
from so8t_engine.protocol import Message
from so8t_engine.session import display_name
from so8t_gui.i18n.translate import tr
from so8t_gui.view import messages
from so8t_gui.widgets.tool_tip import tool_tip


def show_beside(application: Application, session: str) -> None:
    application.select(session)
    application.press("&Show")
    application.wait(lambda: application.pages.run._session == session)


def points(application: Application, first: int, count: int) -> list[Message]:
    return [
        Message("point", {"number": first + n, "phase": "ppo", "loss": 0.5 + n, "alpha": 1.0}) for n in range(count)
    ]


def come(application: Application, events: list[Message]) -> None:
    """As the engine of the run sends them."""
    application.controller.runner._engine.happened.emit(events)


def test_what_is_shown_is_the_other_session_alone_and_says_so(application: Application) -> None:
    """Its curves lay without a name over the head, the steps and the log of the run."""
    display_name.give(application.root / FINISHED, "the other")
    application.run()
    run, running = application.pages.run, application.controller.runner
    name = messages.name(running.view)
    show_beside(application, FINISHED)
    assert run._head.texts[0] == "the other" and run._steps.sentences == [
        f"{number}. {messages.step_name(step.name)}: {tr('done') if seconds is None else messages.duration(seconds)}"
        for number, (step, seconds) in enumerate(
            ((step, step.seconds) for step in application.controller.navigation.seen.steps), 1
        )
    ]
    assert run._behind.text == tr('This is another session. "{name}" goes on meanwhile.', name=name)
    application.turn_to_curves()
    application.wait(lambda: drawn(application) != [] and min(drawn(application)) > 20)
    assert titles(application) == [FINISHED] and run._log._session == application.root / FINISHED
    assert not application.sees("&Pause") and running.view.session == PAUSED and running.view.phase == "running"
    window = application.pages.window
    both = tr('{shown} ("{name}" is running)', shown="the other", name=name)
    assert window.windowTitle() == f"{both} - SO8T"
    window._pick(window._list, 1)
    assert window.windowTitle() == f"{name} - SO8T", "no session is shown, and that one runs"
    application.open("run")
    run.overlay([application.root / FINISHED, application.root / CUT])
    compared = tr('{shown} ("{name}" is running)', shown=tr("{n} sessions compared", n=2), name=name)
    assert window.windowTitle() == f"{compared} - SO8T"
    run.end_overlay()
    assert window.windowTitle() == f"{both} - SO8T"

    application.press("Back to the run")
    assert window.windowTitle() == f"{name} - SO8T"
    assert run._head.texts[0] == name and run._behind.text == "" and application.sees("&Pause")
    assert titles(application) == [PAUSED] and run._log._session == application.root / PAUSED
    assert len(application.engine_starts) == 1


def test_points_of_the_run_that_came_meanwhile_are_there_on_return_each_once(application: Application) -> None:
    application.show(PAUSED)
    application.run()
    run = application.pages.run
    history = run.curves.history
    assert history is not None
    losses, first = [*history.table.columns["loss"].values], history.table.newest + 1
    come(application, points(application, first, 2))
    show_beside(application, CUT)
    application.wait(lambda: titles(application) == [CUT])
    others = len(run.panel.chart.lines[0].table)
    come(application, points(application, first, 5))
    assert len(run.panel.chart.lines[0].table) == others and titles(application) == [CUT]

    choose(application, "ja" if application.language.current == "en" else "en")
    run = application.pages.run
    application.open("run")
    application.wait(lambda: titles(application) == [CUT])
    come(application, points(application, first + 5, 1))
    application.press("Back to the run")
    application.wait(lambda: titles(application) == [PAUSED])
    found = [*run.panel.chart.lines[0].table.columns["loss"].values]
    assert found[len(losses) :] == [0.5, 1.5, 2.5, 3.5, 4.5, 0.5] and len(found) == len(losses) + 6


def test_a_run_that_ends_meanwhile_is_said_to_and_one_click_shows_its_end(application: Application) -> None:
    application.run()
    show_beside(application, CUT)
    name = messages.name(application.controller.runner.view)
    resume = application.pages.run._head._resume
    assert resume.isVisible() and not resume.isEnabled()
    assert resume.toolTip() == tool_tip(messages.one_at_a_time(name))
    application.rest()
    application.wait(resume.isEnabled)
    application.wait(lambda: application.pages.run._behind.text != "")
    assert application.pages.run._behind.text == tr(
        'This is another session. "{name}" is no longer running.', name=name
    )
    application.press("Back to the run")
    assert application.pages.run._session == PAUSED and application.sees("&Resume")


def test_it_is_followed_where_it_is_renamed_and_gone_where_it_is_removed(application: Application) -> None:
    application.run()
    show_beside(application, CUT)
    application.pages.sessions.renamed.emit(CUT, "mine")
    application.wait(lambda: application.pages.run._head.texts[0] == "mine")
    application.pages.sessions.removed.emit(CUT)
    application.wait(lambda: application.pages.run._session == PAUSED)
    assert application.pages.run._behind.text == ""


def test_what_was_wanted_first_does_not_come_back_after_the_way_back(application: Application) -> None:
    """The folder is read in a thread: whoever goes back sooner has gone back."""
    application.run()
    navigation = application.controller.navigation
    navigation.show_session(CUT)
    navigation.show_run()
    navigation.show_session(FINISHED)
    application.wait(lambda: navigation.aside is not None)
    application.qtbot.wait(50)
    assert navigation.seen.session == FINISHED


def test_two_of_the_same_name_are_told_apart(application: Application) -> None:
    for session in (PAUSED, CUT):
        display_name.give(application.root / session, "twin")
    application.run()
    running, run = application.controller.runner, application.pages.run
    show_beside(application, CUT)
    application.wait(lambda: run._head.texts[0] != "twin")
    assert run._head.texts[0].startswith("twin (")
    assert messages.name(running.view) in run._behind.text
