"""What happened to a session is told again after a restart of the window, and when it is shown later."""

from __future__ import annotations

import time

import pytest

from helpers import hostile_session
from helpers.application import CUT, FINISHED, PAUSED, Application
from helpers.hostile_session import harm
from so8t_engine.session import catalog, lock, store
from so8t_gui.i18n.translate import tr
from so8t_gui.startup import unfinished_session
from so8t_gui.view.notifications import Notice


def test_interruptions_and_the_end_are_told_of_a_session_that_is_shown(application: Application) -> None:
    log = application.pages.run._log
    foreign = hostile_session.make(application.root).name
    for session, lines in ((PAUSED, 2), (FINISHED, 2), (foreign, 4)):
        application.show(session)
        application.turn_to_curves()  # a finished one shows its result, and what is hidden is not read
        application.wait(lambda lines=lines: len(log.sentences.splitlines()) == lines)  # type: ignore[misc]
        assert not harm(log.sentences)
        if session != foreign:
            assert log.sentences.startswith("2026-11-23 ") and "412" in log.sentences.splitlines()[0]


def test_what_this_window_saw_is_still_told_when_the_session_is_looked_at_anew(application: Application) -> None:
    """As after the end of its engine, and when another program has gone on with it."""
    log, paused = application.pages.run._log, tr("Paused ({reason}).", reason=tr("by you"))
    application.run()
    application.rest()
    application.controller.runner.show(unfinished_session.chosen(catalog.entry(application.root / PAUSED)))
    log._look()
    application.wait(lambda: not log._reading)
    assert paused in log.sentences


def test_the_time_of_what_happened_stays_however_often_it_is_looked_at(application: Application) -> None:
    log = application.pages.run._log
    application.run()
    application.rest()
    application.wait(lambda: tr("Paused ({reason}).", reason=tr("by you")) in log.sentences and not log._reading)
    before = log.sentences
    application.qtbot.wait(1_100)
    log._look()
    application.wait(lambda: not log._reading)
    view, wall = log._view
    log.render_view(view, time.time() - wall - 1.2)  # drawn late, as on a busy machine
    assert log.sentences == before


def test_a_session_put_while_another_is_read_is_read_right_after_it(application: Application) -> None:
    log = application.pages.run._log
    application.show(PAUSED)
    application.wait(lambda: not log._reading)
    log._clock._clock.stop()  # its next look would come to the rescue
    log.put_session(application.root / FINISHED)
    log.put_session(application.root / PAUSED)
    application.wait(lambda: bool(log._past))


@pytest.mark.parametrize("application", ["en"], indirect=True)
@pytest.mark.parametrize(("session", "told"), [(FINISHED, []), (CUT, ["phi35-so8t-24gb: finished"])])
def test_the_end_is_told_of_a_run_and_not_of_what_was_finished_and_only_held(
    application: Application, session: str, told: list[str]
) -> None:
    """As `so8t rename` holds a finished session, for two seconds, while its report is made again."""
    runner = application.controller.runner
    notices: list[Notice] = []
    runner.notice.connect(notices.append)
    folder = application.root / session
    with lock.held(folder, {"pid": 1}):
        application.show(session)
        assert runner.view.phase == "elsewhere"
        state = store.read_state(folder)
        store.write_state(folder, state.changed(status="finished", share=1.0))
    application.pages.run.look_again()
    application.wait(lambda: runner.view.phase == "finished")
    assert [notice.title for notice in notices] == told
