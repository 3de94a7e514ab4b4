"""The page of a result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from so8t_gui.result.panel import ResultPanel, example_card
from so8t_gui.result.report_file import AnsweredQuestion, GgufFiles, RunResult
from so8t_gui.result.try_it import TryIt
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.scrolled_text import ScrolledText


def test_another_result_is_shown_from_its_beginning(qtbot: QtBot) -> None:
    panel = ResultPanel()
    qtbot.addWidget(panel)
    panel.verticalScrollBar().setRange(0, 100)
    panel.verticalScrollBar().setValue(70)
    panel.put(RunResult())

    assert panel.verticalScrollBar().value() == 0


def test_an_answer_without_a_visible_sign_says_that_there_is_nothing(qtbot: QtBot) -> None:
    card = example_card(AnsweredQuestion("Why?", "12", "   \n ", "12", False, True), ("Base", "Tuned"))
    qtbot.addWidget(card)

    assert [label.text() for label in card.findChildren(Label)].count("(nothing)") == 1


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"final": "5", "ended": "stop"}, ""),
        ({"final": " ", "ended": "stop"}, "ended its turn without an answer"),
        ({"final": "5", "ended": "length"}, "was cut off at 24 tokens"),
        ({"final": "", "sections": {"task": "a"}, "ended": "length"}, "before it had written an answer"),
    ],
)
def test_an_answer_that_is_none_or_was_cut_off_says_so_beside_its_tokens(
    qtbot: QtBot, answer: dict[str, Any], told: str
) -> None:
    trial = TryIt()
    qtbot.addWidget(trial)
    side = trial.sides["tuned"]
    side.begin("")
    side.end(answer | {"tokens": 24, "tokens_per_second": 9.0})

    *said, tokens = side.state.splitlines()
    assert tokens.startswith("24 tokens") and len(said) == bool(told) and told in "".join(said)


@pytest.mark.parametrize("make", [TryIt, lambda: ScrolledText(Label("long"))], ids=["try it", "long text"])
def test_the_keys_for_a_page_go_on_in_what_an_area_lies_in_when_it_has_come_to_its_end(
    qtbot: QtBot, make: Callable[[], QScrollArea]
) -> None:
    outer, inner = QScrollArea(), make()
    qtbot.addWidget(outer)
    outer.setWidget(inner)
    bars = inner.verticalScrollBar(), outer.verticalScrollBar()
    for bar in bars:
        bar.setRange(0, 10)
        bar.setPageStep(10)

    def press(key: Qt.Key) -> list[int]:
        qtbot.keyClick(inner.question if isinstance(inner, TryIt) else inner, key)
        return [bar.value() for bar in bars]

    down, up = Qt.Key.Key_PageDown, Qt.Key.Key_PageUp
    assert [press(down), press(down), press(down)] == [[10, 0], [10, 10], [10, 10]]
    assert [press(up), press(up), press(up)] == [[0, 10], [0, 0], [0, 0]]


def test_what_was_asked_and_half_said_stands_there_again_in_another_language(qtbot: QtBot, tmp_path: Path) -> None:
    before = TryIt()
    qtbot.addWidget(before)
    before.put(tmp_path)
    files = GgufFiles(types=("Q4_K_M", "Q8_0"))
    before.put_files(files)
    before.files.setCurrentIndex(1)
    tuned = before.sides["tuned"]
    tuned.answers("m.gguf")
    tuned.add("task", "Add ")
    tuned.add("task", "7.")
    after = TryIt()
    qtbot.addWidget(after)
    after.take_up(before.kept)
    after.put(tmp_path)
    after.put_files(files)

    assert after.kept == before.kept and after.kept.sides["tuned"].sections == {"task": "Add 7."}
    assert after.files.currentData() == "Q8_0"
    after.put(tmp_path / "other")
    assert not after.kept.sides["tuned"].sections
