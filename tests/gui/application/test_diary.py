"""What happened to a session is told again after a restart of the window, and when it is shown later."""

from __future__ import annotations

import time
from datetime import datetime

import pytest

from helpers import hostile_session
from helpers.application import CUT, FINISHED, PAUSED, Application
from helpers.hostile_session import harm
from so8t_engine.protocol import Message, encode
from so8t_engine.sentences import to_json, verbatim
from so8t_engine.session import catalog, lock, store, told
from so8t_gui.i18n.moment import to_the_second
from so8t_gui.i18n.translate import tr
from so8t_gui.startup import unfinished_session
from so8t_gui.view import messages
from so8t_gui.view.notifications import Notice
from so8t_gui.view.state import Note, View


def test_interruptions_and_the_end_are_told_of_a_session_that_is_shown(application: Application) -> None:
    log = application.pages.run._log
    foreign = hostile_session.make(application.root).name
    for session, lines in ((PAUSED, 2), (FINISHED, 2), (foreign, 4)):
        application.show(session)
        application.turn_to_curves()  # a finished one shows its result, and what is hidden is not read
        application.wait(lambda lines=lines: len(log.sentences.splitlines()) == lines)  # type: ignore[misc]
        assert not harm(log.sentences)
        if session != foreign:
            assert log.sentences.startswith(to_the_second(CUT_AT)) and "412" in log.sentences.splitlines()[0]


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
    assert texts(lines(application))[-1] == tr("Paused ({reason}).", reason=tr("by you"))
    before = log.sentences
    application.qtbot.wait(1_100)
    log._look()
    application.wait(lambda: not log._reading)
    view, wall = log._view
    log.render_view(view, time.time() - wall - 1.2)  # drawn late, as on a busy machine
    assert log.sentences == before


CUT_AT = datetime.fromisoformat("2026-11-23T03:12:00+00:00").timestamp()


def lines(application: Application) -> list[str]:
    """What is said, in the list of the page, once all that is recorded is read."""
    log = application.pages.run._log
    application.wait(lambda: not log._reading)
    log._look()
    application.wait(lambda: not log._reading)
    said: list[str] = log.sentences.splitlines()
    return said


def texts(said: list[str]) -> list[str]:
    """Without day and time."""
    parts = [(line, *line.partition("  ")) for line in said]
    return [rest if gap and when[0].isdigit() else line for line, when, gap, rest in parts]


def look_anew(application: Application, session: str) -> None:
    """As a window that was started just now: it has seen nothing itself."""
    application.rest()
    application.controller.runner.view = View()
    application.controller.navigation.make_anew()
    application.show(session)
    if application.controller.runner.view.phase == "finished":
        application.turn_to_curves()


def test_the_history_of_a_session_is_the_same_for_every_window(application: Application) -> None:
    """Over a pause, Quit and start, two resumes, another session shown meanwhile, and its end. No line twice."""
    before = texts(recorded(application))
    paused, goes_on = tr("Paused ({reason}).", reason=tr("by you")), tr("Goes on from {percent}.", percent="{}")
    application.run()
    application.rest()
    seen = lines(application)
    assert texts(seen)[-1] == paused and len(seen) == len(before) + 2
    look_anew(application, PAUSED)
    assert lines(application) == seen, "after Quit and start"
    application.finish()
    application.turn_to_curves()
    whole = lines(application)
    assert whole[: len(seen)] == seen, "a resume takes nothing away"
    ends = [tr("Finished."), paused]
    assert len(whole) == len(seen) + 3 and texts(whole)[-1] == ends[0]
    assert [text for text in texts(whole) if text in ends] == ends[::-1]
    assert sum(text.startswith(goes_on.split("{}")[0]) for text in texts(whole)) == 2
    look_anew(application, PAUSED)
    assert lines(application) == whole, "as a result that was shown later"


def recorded(application: Application) -> list[str]:
    """Of the paused session, before anything happens: nobody can tell its end by the record of an older version."""
    application.show(PAUSED)
    return [line for line in lines(application) if tr("Paused ({reason}).", reason=tr("by you")) not in line]


def test_thousands_of_lines_are_read_once_and_what_comes_is_added(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, made = application.root / PAUSED, 10_000
    many = (Message("warning", {"code": "slow", "sentence": to_json(verbatim(str(n)))}) for n in range(made))
    text = "".join(encode(Message("warning", {told.WHEN: "2099-01-01T00:00:00+00:00", **one.data})) for one in many)
    (folder / told.NAME).write_text(text, encoding="utf-8")
    application.show(PAUSED)
    assert texts(lines(application))[-2:-1] == [str(made - 1)]
    said = list[object]()
    note = messages.note

    def counted(entry: Note) -> str:
        said.append(entry)
        return note(entry)

    monkeypatch.setattr(messages, "note", counted)
    told.add(folder, Message("finished"), "2099-01-01T00:00:01+00:00")
    assert texts(lines(application))[-1] == tr("Finished.") and len(said) < 10, "only what is new is said anew"


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
