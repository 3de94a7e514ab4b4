"""What a run has found stays in sight: after it ended, when it is opened again, after a restart of the window."""

from __future__ import annotations

import dataclasses

import pytest

from helpers.application import FINISHED, PAUSED, Application
from so8t_engine.session import durable, store
from so8t_engine.session.state import dump
from so8t_gui.i18n.translate import tr
from so8t_gui.view import messages
from so8t_gui.view.notifications import Notice


def sentence(before: str, after: str) -> str:
    return tr("Right held-out answers: {before} before, {after} after.", before=before, after=after)


def test_the_result_of_a_run_stays_after_its_end(application: Application) -> None:
    """The page looks again every 15 seconds whether another program has made the history longer: here our own has."""
    application.show(PAUSED)
    application.finish()
    run, runner = application.pages.run, application.controller.runner
    history = run._history
    assert history is not None and history.table.newest == 1_009
    notes = [messages.note(note) for note in runner.view.notes]
    seconds = [step.seconds for step in runner.view.steps]
    assert sentence("37.6 %", "57.4 %") in run.texts[1] and any(second is not None for second in seconds) and notes

    for _ in range(2):
        run._clock._clock.timeout.emit()
        application.wait(lambda: not run._reading)
        application.qtbot.wait(100)
    assert history.size == (application.root / PAUSED / "history.jsonl").stat().st_size
    assert sentence("37.6 %", "57.4 %") in run.texts[1]
    assert [step.seconds for step in runner.view.steps] == seconds
    assert [messages.note(note) for note in runner.view.notes] == notes

    application.open("sessions")
    application.select(PAUSED)
    application.press("&Show")
    application.qtbot.wait(200)
    assert sentence("37.6 %", "57.4 %") in run.texts[1]


@pytest.fixture
def with_result(application: Application) -> Application:
    """The finished session among the samples holds a result."""
    folder = application.root / FINISHED
    state = dataclasses.replace(store.read_state(folder), results={"base": 0.25, "tuned": 0.5, "reward_functions": {}})
    durable.replace(folder / store.STATE, dump(state), durable=False)
    return application


def test_a_finished_session_of_the_list_shows_its_result(with_result: Application) -> None:
    """Also after the window was made anew; and looking at it is not the news that it has finished."""
    application, told = with_result, list[Notice]()
    application.controller.runner.notice.connect(told.append)
    application.select(FINISHED)
    application.press("&Show")
    application.wait(lambda: application.controller.runner.view.session == FINISHED)
    assert sentence("25.0 %", "50.0 %") in application.pages.run.texts[1]
    application.controller.navigation.make_anew()
    application.wait(lambda: application.pages.run.texts[0] != "")
    assert sentence("25.0 %", "50.0 %") in application.pages.run.texts[1]
    assert told == []


@pytest.mark.parametrize("results", [{}, {"base": "many"}, {"base": 0.5}])
def test_a_finished_session_without_a_result_is_finished_all_the_same(
    application: Application, results: dict[str, object]
) -> None:
    folder = application.root / FINISHED
    state = dataclasses.replace(store.read_state(folder), results=results)
    durable.replace(folder / store.STATE, dump(state), durable=False)
    application.show(FINISHED)
    assert application.pages.run.texts[1] == tr("Finished.")
