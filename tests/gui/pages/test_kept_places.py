"""What a page hands on to the one that takes its place in another language arrives there, all of it."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from so8t_gui.pages.run import RunPage
from so8t_gui.pages.sessions import ListPlace, SessionsPage
from so8t_gui.plot.chart import ChartOptions
from so8t_gui.result.try_it import AskedQuestion, SaidAnswer, TryIt
from so8t_gui.widgets.log_view import LogPlace, LogView

LOG = LogPlace(search="disk", tab=1, happened=3, log=4)
OPTIONS = ChartOptions(weight=0.5, log=True, by_time=True, extra="kl")
ANSWER = SaidAnswer(
    "tuned-Q8_0.gguf", {"task": "T", "final": "F"}, {"sections": {"task": "T"}, "final": "F", "tokens": 3}
)
ASKED = AskedQuestion(None, "7 + 8 = ?", None, {"base": SaidAnswer(), "tuned": SaidAnswer()})
LISTED = ListPlace(("20261123-081500-one",), "one", "paused", 2, Qt.SortOrder.AscendingOrder, 0)


def differs(kept: Any, new: Any, *but: str) -> bool:
    """In every field, so that one that is forgotten shows."""
    names = [field.name for field in fields(kept) if field.name not in but]
    return all(getattr(kept, name) != getattr(new, name) for name in names)


def test_the_list_of_sessions(qtbot: QtBot, tmp_path: Path) -> None:
    page = SessionsPage(tmp_path)
    qtbot.addWidget(page)
    assert differs(LISTED, page.kept, "place")
    page.take_up(LISTED)
    assert page.kept == LISTED


def test_the_log(qtbot: QtBot) -> None:
    view = LogView()
    qtbot.addWidget(view)
    assert differs(LOG, view.kept)
    view.take_up(LOG)
    assert view.kept == LOG


def test_what_was_asked_and_answered(qtbot: QtBot, tmp_path: Path) -> None:
    trial = TryIt()
    qtbot.addWidget(trial)
    answers = {"base": ANSWER, "tuned": replace(ANSWER, file="")}
    kept = replace(trial.kept, session=tmp_path, question="And now?", sides=answers, asked="7 + 8 = ?", held=True)
    assert differs(kept, trial.kept, "kind")
    trial.take_up(kept)
    assert trial.kept.question == "And now?" and trial.kept.sides != answers, "another session is shown"
    trial.put(tmp_path)
    assert trial.kept == kept


def test_the_page_of_a_run(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = RunPage()
    qtbot.addWidget(page)
    monkeypatch.setattr(page.comparison, "put", lambda *_: None)  # it would ask an engine
    kept = replace(  # the others come with a session
        page.kept, asked=ASKED, overlay=(Path("/a"), Path("/b")), options=OPTIONS, as_text=True, log=LOG
    )
    page.take_up(kept)
    assert page.kept == kept
