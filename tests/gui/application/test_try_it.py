"""A question to the models of a finished session: it stands above its answers, and is not asked while a run goes on."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from gui.application.test_language import choose
from helpers.application import CUT, FINISHED, PAUSED, Application
from so8t_engine.session import display_name, lock
from so8t_gui.i18n.translate import tr
from so8t_gui.pages.run import TRY
from so8t_gui.result.try_it import TryIt
from so8t_gui.view import messages

# Speaks as `so8t chat` does, one thing more whenever the test lets it.
CHAT = """
import json, os, sys, time
def say(**event):
    print(json.dumps(event), flush=True)
def wait(until):
    while not os.path.exists(f"{LOG}.{until}"):
        time.sleep(0.01)
side = "base" if "--base" in sys.argv else "tuned"
say(event="answering", file=f"{side}.gguf")
for number, (section, text) in enumerate((("logic", "B fits."), ("final", "B")) if side == "tuned" else (("", "Paris"),)):
    wait(f"{side}-{number}")
    say(event="text", section=section, text=text)
wait(f"{side}-end")
say(event="answer", sections={"logic": "B fits."} if side == "tuned" else {}, final="B" if side == "tuned" else "Paris",
    tokens=9, tokens_per_second=30.0, ended="stop")
"""  # noqa: E501


@pytest.fixture
def trial(application: Application) -> TryIt:
    script = application.folder / "chat.py"
    script.write_text(f"LOG = {str(application.folder / 'chat')!r}\n{CHAT}")
    application.pages.run.trial.engine = (sys.executable, str(script))
    application.show(FINISHED)
    application.press("Tr&y it")
    return application.pages.run.trial


def let(application: Application, *what: str) -> None:
    """The answering process goes on so far."""
    for one in what:
        (application.folder / f"chat.{one}").touch()


def press_enter(application: Application, trial: TryIt) -> None:
    application.qtbot.keyClick(trial.question, Qt.Key.Key_Return)


def test_a_question_that_was_asked_stands_above_its_answers_whatever_is_typed_meanwhile(
    application: Application, trial: TryIt
) -> None:
    """The answers stood under what had been typed since, and the question itself was nowhere."""
    assert not trial._above.isVisible()
    trial.question.setPlainText("7 + 8 = ?")
    press_enter(application, trial)
    tuned, base = trial.sides["tuned"], trial.sides["base"]
    application.wait(lambda: tuned.state == tr("Reading the question ..."))
    let(application, "tuned-0")
    application.wait(lambda: tuned.state == tr("Thinking ..."))
    let(application, "tuned-1")
    application.wait(lambda: tuned.state == tr("Writing the answer ..."))
    assert tuned.file.text() == tr("{file} answers", file="tuned.gguf")

    trial.question.setPlainText("And now?")
    assert trial._asked.text() == "7 + 8 = ?" and trial.busy.text() == ""
    press_enter(application, trial)
    assert trial.busy.isVisible() and trial.busy.text() == tr(
        "Not asked yet: the answers below are still being written. Wait for them, or stop."
    )
    let(application, "tuned-end", "base-0")
    application.wait(lambda: base.state == tr("Writing the answer ..."))
    assert tuned.file.text() == tr("Answered by {file}", file="tuned.gguf")
    let(application, "base-end")
    application.wait(lambda: application.sees("As&k"))
    assert trial.busy.text() == tr("Not asked yet: Enter asks it now.")
    assert trial._above.isVisible() and trial._asked.text() == "7 + 8 = ?"
    assert base.file.text() == tr("Answered by {file}", file="base.gguf") and trial.question.toPlainText() == "And now?"
    above = trial._asked.mapTo(trial, trial._asked.rect().bottomLeft()).y()
    assert above < base.mapTo(trial, base.rect().topLeft()).y()
    assert trial._asked.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse

    theme = application.pages.settings._theme
    theme.setCurrentIndex(theme.findData("dark"))
    theme.activated.emit(theme.currentIndex())
    assert trial._above.isVisible() and trial._asked.text() == "7 + 8 = ?"
    choose(application, "ja" if application.language.current == "en" else "en")
    application.open("run")
    after = application.pages.run.trial
    application.wait(lambda: application.pages.run._tabs.currentIndex() == TRY and after.isVisible())
    assert (after._asked.text(), after.question.toPlainText()) == ("7 + 8 = ?", "And now?")
    assert after._above.isVisible() and after.sides["base"].view.final == "Paris"
    assert after.sides["base"].file.text() == tr("Answered by {file}", file="base.gguf")
    application.show(PAUSED)
    assert not after._above.isVisible() and after._asked.text() == ""
    application.show(FINISHED)
    assert after._asked.text() == "7 + 8 = ?" and after.sides["base"].view.final == "Paris"


def test_half_an_answer_says_that_it_is_one(application: Application, trial: TryIt) -> None:
    trial.question.setPlainText("7 + 8 = ?")
    press_enter(application, trial)
    tuned, base = trial.sides["tuned"], trial.sides["base"]
    let(application, "tuned-0")
    application.wait(lambda: tuned.state == tr("Thinking ..."))
    choose(application, "ja" if application.language.current == "en" else "en")
    application.open("run")
    after = application.pages.run.trial
    application.wait(after.isVisible)
    assert after._asked.text() == "7 + 8 = ?" and after.sides["tuned"].view._texts["logic"].text() == "B fits."
    assert (after.sides["tuned"].file.text(), after.sides["base"].state) == ("tuned.gguf", "")
    assert after.sides["tuned"].state == tr("Stopped before its end.")
    assert base.kept.file == ""


def test_while_a_run_goes_on_nothing_can_be_asked_and_the_reason_stands_there(
    application: Application, trial: TryIt
) -> None:
    """It seemed to work for seconds, then was refused by the name of a folder."""
    trial.question.setPlainText("7 + 8 = ?")
    assert application.sees("As&k") and not trial.hindrance.isVisible()
    display_name.give(application.root / PAUSED, "My FAQ")
    application.run()
    application.controller.navigation.show_session(FINISHED)
    application.wait(lambda: application.pages.run._finished != "")
    application.press("Tr&y it")
    why = messages.one_model_at_a_time("My FAQ")
    assert "My FAQ" in why and PAUSED not in why
    application.wait(lambda: trial.hindrance.text == why)
    assert trial.hindrance.isVisible() and not application.sees("As&k")
    said = QAccessible.queryAccessibleInterface(trial._ask)
    assert said is not None and said.text(QAccessible.Text.Description) == why
    press_enter(application, trial)
    assert trial._process is None and trial.sides["tuned"].state == ""
    application.rest()
    application.wait(lambda: application.sees("As&k"))
    assert not trial.hindrance.isVisible()


def test_what_another_program_runs_is_in_the_way_as_well(application: Application, trial: TryIt) -> None:
    display_name.give(application.root / PAUSED, "My FAQ")
    with lock.held(application.root / PAUSED, {"pid": 1}):
        application.controller._look()
        application.wait(lambda: trial.hindrance.text == messages.one_model_at_a_time("My FAQ"))
    application.controller._look()
    application.wait(lambda: not trial.hindrance.isVisible())


def test_what_is_typed_takes_the_place_of_the_question_that_another_session_was_asked(
    application: Application, trial: TryIt
) -> None:
    """It was written in front of it, and both were asked as one."""
    application.qtbot.keyClicks(trial.question, "7 + 8")
    application.show(CUT)
    application.show(FINISHED)
    application.press("Tr&y it")
    application.qtbot.keyClicks(trial.question, " = ?")
    assert trial.question.toPlainText() == "7 + 8 = ?", "it is this session's own"
    application.show(PAUSED)
    application.finish()
    application.wait(lambda: application.pages.run._finished.endswith(PAUSED))
    application.press("Tr&y it")
    assert trial.question.textCursor().selectedText() == "7 + 8 = ?"
    application.qtbot.keyClicks(trial.question, "And now?")
    assert trial.question.toPlainText() == "And now?"
