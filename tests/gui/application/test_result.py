"""What a run has found stays in sight: after it ended, when it is opened again, after a restart of the window."""

from __future__ import annotations

import dataclasses
import shutil

import pytest
from PySide6.QtCore import Qt

from helpers import sample_report
from helpers.application import FINISHED, PAUSED, Application, drawn
from so8t_engine.sentences import sentence as of_report
from so8t_engine.session import durable, store
from so8t_engine.session.state import dump
from so8t_gui.i18n.translate import say, tr
from so8t_gui.pages.run import RESULT
from so8t_gui.result.answer_view import FoldedSection, Said, section_title
from so8t_gui.view import messages
from so8t_gui.view.notifications import Notice
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.panels import Card


def sentence(before: float, after: float) -> str:
    shares = {"before": f"{before}\N{NO-BREAK SPACE}%", "after": f"{after}\N{NO-BREAK SPACE}%"}
    return tr("Right held-out answers: {before} before, {after} after.", **shares)


def test_the_result_of_a_run_stays_after_its_end(application: Application) -> None:
    """The page looks again every 15 seconds whether another program has made the history longer: here our own has."""
    application.show(PAUSED)
    application.finish()
    run, runner = application.pages.run, application.controller.runner
    history = run.curves.history
    assert history is not None and history.table.newest == 1_009
    notes = [messages.note(note) for note in runner.view.notes]
    seconds = [step.seconds for step in runner.view.steps]
    assert sentence(37.6, 57.4) in run.texts[1] and any(second is not None for second in seconds) and notes

    for _ in range(2):
        run._clock._clock.timeout.emit()
        application.wait(lambda: not run.curves.reading)
        application.qtbot.wait(100)
    assert history.size == (application.root / PAUSED / "history.jsonl").stat().st_size
    assert sentence(37.6, 57.4) in run.texts[1]
    assert [step.seconds for step in runner.view.steps] == seconds
    assert [messages.note(note) for note in runner.view.notes] == notes

    application.open("sessions")
    application.select(PAUSED)
    application.press("&Show")
    application.qtbot.wait(200)
    assert sentence(37.6, 57.4) in run.texts[1]


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
    assert sentence(25.0, 50.0) in application.pages.run.texts[1]
    application.controller.navigation.make_anew()
    application.wait(lambda: application.pages.run.texts[0] != "")
    assert sentence(25.0, 50.0) in application.pages.run.texts[1]
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


def examples(application: Application) -> int:
    return len(application.pages.run.result.cards)


def test_that_a_run_which_ends_becomes_its_result_page(application: Application) -> None:
    """Verdict, time and examples of its report, and what can be done; another session has a page of its own kind."""
    application.show(PAUSED)
    assert not application.pages.run.result.isVisible() and application.pages.run.panel.isVisible()
    cut = {"tuned_cut": sample_report.share(300, 0.7, 0.8, 400)}
    body = sample_report.report(**cut)
    body["samples"] = [one | {"language": language} for one in body["samples"] for language in ("en", "ja")]
    sample_report.write(application.root / PAUSED, body)
    application.finish()
    application.wait(lambda: examples(application) == 3)
    run = application.pages.run
    assert {one.language for one in run.result._result.examples[:3]} == {application.language.current}
    troubles = say(of_report("report.many_cut", count=300, total=400))
    assert run.result._troubles.isVisible() and run.result._troubles.text() == troubles
    assert "evaluate.max_new_tokens" in run.result._advice.text()
    assert run.result.isVisible() and not run.panel.isVisible()
    assert "61.8" in run.result.texts[0] and "26.8" in run.result.texts[0] and "PPO" in run.result.texts[1]
    assert application.sees("Open re&port") and application.sees("Open &folder")
    application.turn_to_curves()
    assert run.panel.isVisible() and not run.result.isVisible()
    application.show(FINISHED)
    application.wait(lambda: examples(application) == 3)
    assert run._tabs.currentIndex() == RESULT and run.result.isVisible() and "1" in run.result.texts[2]


def test_that_the_result_page_is_there_after_a_restart_of_the_window(application: Application) -> None:
    """A new controller finds nothing but the folder."""
    for other in application.root.iterdir():
        if other.name != FINISHED:
            shutil.rmtree(other)
    assert not application.controller.runner.view.session
    application.controller.start(hidden=False, after_crash=False)
    application.wait(lambda: examples(application) == 3)
    assert application.page == "run" and application.pages.run.result.isVisible()
    application.controller.navigation.make_anew()
    application.wait(lambda: examples(application) == 3)
    assert application.pages.run.result.isVisible()


def test_that_curves_of_others_are_laid_over_a_result_and_go_away_again(application: Application) -> None:
    application.show(FINISHED)
    application.wait(lambda: examples(application) == 3)
    application.controller.navigation.compare([application.root / PAUSED, application.root / FINISHED])
    application.wait(lambda: len(drawn(application)) == 2)
    run = application.pages.run
    assert run.panel.isVisible() and not run.result.isVisible()
    application.press("Back to the run")
    assert run.result.isVisible() and not run.panel.isVisible()


def test_that_a_folded_section_opens_by_mouse_and_by_key(application: Application) -> None:
    application.show(FINISHED)
    application.wait(lambda: examples(application) == 3)
    run = application.pages.run
    lids = run.result.cards[0].findChildren(FoldedSection)
    application.wait(lambda: any(lid.isVisible() for lid in lids))
    assert [lid.text() for lid in lids] == [section_title("task"), section_title("logic")]

    def seen(text: str) -> bool:
        return any(label.text() == text and label.isVisible() for label in run.result.cards[0].findChildren(Label))

    assert seen("12") and seen("9 + 3 = 12"), "as open as what the base said beside it"
    application.qtbot.mouseClick(lids[1], Qt.MouseButton.LeftButton)
    assert not seen("9 + 3 = 12")
    application.qtbot.keyClick(lids[1], Qt.Key.Key_Space)
    assert seen("9 + 3 = 12")


MANY = [
    {
        "category": "general", "language": "en", "gold": "Open the page of order 128.", "base_right": None,
        "prompt": "How do I return order number 128?", "base": "I do not know.", "tuned_right": None,
        "tuned": "<final>Open the page of order 1114, </think-logic> <final>1</final>", "tuned_format": False,
    },
    {**sample_report.SAMPLES[2], "gold": "", "tuned_right": None, "tuned": "<final>No.</final>"},
    *({**sample_report.SAMPLES[2], "prompt": f"Question {number}"} for number in range(31)),
]  # fmt: skip


def said_on(card: Card) -> list[str]:
    return [label.text() for label in card.findChildren(Label) if label.isVisible() and label.text()]


def test_all_questions_of_the_report_can_be_seen_each_with_what_was_expected_and_came_of_it(
    application: Application,
) -> None:
    """Three were seen, without a hint of more; that an answer was malformed was hidden, and what was expected."""
    sample_report.write(application.root / FINISHED, sample_report.report() | {"samples": MANY})
    application.show(FINISHED)
    application.wait(lambda: examples(application) == 3)
    run = application.pages.run
    count = tr(
        "{shown} of {n} in the report; {asked} were asked, {checked} could be checked.",
        shown=3, n=33, asked=400, checked=340,
    )  # fmt: skip
    assert run.result._count.isVisible() and run.result._count.text() == count
    run.result._more.setFocus()
    application.qtbot.keyClick(run.result._more, Qt.Key.Key_Space)
    assert examples(application) == 33 and not run.result._more.isVisible()
    by_prompt = {card.findChildren(Said)[0].text(): card for card in run.result.cards}
    assert len(by_prompt) == 33
    application.wait(lambda: all(card.isVisible() for card in run.result.cards))

    free = said_on(by_prompt["How do I return order number 128?"])
    assert tr("Not checked: the expected answer is a text that can be put in other words") in free
    assert tr("Expected: {gold}", gold="Open the page of order 128.") in free
    assert say(of_report("report.not_well_formed")) in free and "1" in free
    assert "<final>Open the page of order 1114, </think-logic> <final>1</final>" in free

    none = said_on(by_prompt[sample_report.SAMPLES[2]["prompt"]])
    assert tr("Not checked: the data give no answer to it") in none
    assert not any(text.startswith(tr("Expected: {gold}", gold="")) for text in none)
    right = said_on(by_prompt["Question 7"])
    well, word = say(of_report("report.well_formed")), say(of_report("report.is_right"))
    assert f"{word}{tr(', ')}{well}" in right, "of the tuned one"
    assert f"{word}{tr(', ')}{say(of_report('report.not_well_formed'))}" in right, "of the base"
    assert not any("<final>" in text for text in right)

    application.controller.navigation.make_anew()
    application.wait(lambda: examples(application) == 33)


def test_tab_comes_from_the_verdict_to_each_thought_and_to_all_questions_in_their_order(
    application: Application,
) -> None:
    sample_report.write(application.root / FINISHED, sample_report.report() | {"samples": MANY})
    application.show(FINISHED)
    application.wait(lambda: examples(application) == 3)
    result = application.pages.run.result
    lids = [lid for card in result.cards for lid in card.findChildren(FoldedSection)]
    application.wait(lambda: bool(lids) and all(lid.isVisible() for lid in lids))
    result.setFocus()
    window, reached = application.pages.window, []
    for _ in range(len(lids) + 1):
        application.qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        reached.append(window.focusWidget())
    assert reached == [*lids, result._more]


def test_that_a_finished_session_whose_report_is_gone_says_so(application: Application) -> None:
    (application.root / FINISHED / "report" / "report.json").unlink()
    application.show(FINISHED)
    told = tr("The report of this session is not in its folder; its figures cannot be shown.")
    application.wait(lambda: application.pages.run.result.texts[0] == told)
    assert examples(application) == 0 and application.sees("Open &folder")
