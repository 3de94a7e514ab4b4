"""What became of handing a model over: what is said, and which line there is to copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from so8t_engine.sentences import sentence, to_json
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
