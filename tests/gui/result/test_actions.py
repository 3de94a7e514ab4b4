"""What became of handing a model over: what is said, and which line there is to copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from so8t_engine.sentences import sentence, to_json
from so8t_gui.engine.queries import QueryPool
from so8t_gui.result.actions import ResultActions
from so8t_gui.widgets.panels import Banner

FULL = to_json(sentence("disk.full", path="/x", error="28"))


@pytest.mark.parametrize(
    ("program", "value", "level", "said", "buttons"),
    [
        ("ollama", {"done": True, "line": "ollama run x", "sentence": FULL}, "ok", "Full\nollama run x", 2),
        ("ollama", {"done": False, "line": "ollama create x", "sentence": FULL}, "warning", "Full\nollama create x", 2),
        ("lmstudio", {"done": True, "line": "lms load x", "sentence": FULL}, "ok", "Full", 1),
        ("lmstudio", {"done": False, "line": "ln x y", "sentence": FULL}, "warning", "Full\nln x y", 2),
        ("ollama", {"done": True, "sentence": FULL}, "ok", "Full", 1),
        ("lmstudio", {"done": False, "line": "ln x y"}, "warning", "\nln x y", 2),
    ],
)
def test_what_is_typed_next_is_offered_where_there_is_something_to_type(
    qtbot: QtBot, program: str, value: dict[str, Any], level: str, said: str, buttons: int
) -> None:
    banner = Banner()
    actions = ResultActions(banner)
    for widget in (banner, actions):
        qtbot.addWidget(widget)
    actions._tell(program, value)
    found = banner.findChildren(QPushButton)
    assert banner._level == level and banner._text.text() == said.replace("Full", "The disk is full. /x: 28")
    assert len(found) == buttons
    if buttons == 2:
        found[0].click()
        assert QGuiApplication.clipboard().text() == value["line"]
    found[-1].click()
    assert banner.isHidden()


def test_results_that_are_lost_can_be_made_again_until_another_session_is_shown(qtbot: QtBot, tmp_path: Path) -> None:
    actions = ResultActions(Banner())
    qtbot.addWidget(actions)
    for complete in (True, False):
        actions.complete(complete)
        assert actions._again.isHidden() is complete
    actions.put(tmp_path)
    assert actions._again.isHidden()


@pytest.fixture
def asked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the engine is asked."""
    questions = list[tuple[Any, ...]]()
    monkeypatch.setattr(QueryPool, "ask", lambda _pool, *question: questions.append(question))
    return questions


@pytest.mark.parametrize(("program", "name"), [("ollama", "Add to Ollama"), ("lmstudio", "Add to LM Studio")])
def test_a_model_is_handed_over_once_at_a_time_and_only_what_is_shown_is_told_of(
    qtbot: QtBot, asked: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch, program: str, name: str
) -> None:
    banner = Banner()
    actions = ResultActions(banner)
    for widget in (banner, actions):
        qtbot.addWidget(widget)
    button = next(one for one in actions.findChildren(QPushButton) if one.accessibleName() == name)
    busy = set[str]()
    monkeypatch.setattr(QueryPool, "asking", lambda _pool, one: one in busy)
    button.click()
    assert not asked, "there is no session"
    actions.put(Path("/s/a"))
    busy.add(program)
    button.click()
    ((which, words, told, failed, seconds),) = asked
    assert (which, words, seconds) == (program, ["use", program, "a", "--data-root", "/s"], 3_600)
    assert name.removeprefix("Add to ") in banner.text and not button.isEnabled()
    assert [actions._ollama.isEnabled(), actions._lm_studio.isEnabled()].count(True) == 1
    busy.clear()
    told({"done": True, "sentence": FULL})
    assert button.isEnabled() and banner.text == "The disk is full. /x: 28"
    told("no answer")
    assert banner.text == "The disk is full. /x: 28"
    failed("No.")
    assert banner.text == "No." and banner._level == "error"
    actions.put(Path("/s/a"))
    assert banner.text == "No."
    actions.put(Path("/s/b"))
    assert banner.text == ""
    button.setEnabled(False)
    told({"done": True, "sentence": FULL})
    failed("No.")
    assert banner.text == "" and button.isEnabled(), "of the session before"


def test_each_button_of_a_result_says_what_is_wanted(qtbot: QtBot) -> None:
    actions, wanted = ResultActions(Banner()), list[str]()
    qtbot.addWidget(actions)
    actions.open_wanted.connect(wanted.append)
    actions.try_wanted.connect(lambda: wanted.append("try"))
    actions.again_wanted.connect(lambda: wanted.append("again"))
    for one in actions.findChildren(QPushButton):
        one.click()
    assert sorted(wanted) == ["again", "folder", "report", "try"]
