"""Answers that look like what a spreadsheet makes of dates and long numbers are told."""

from __future__ import annotations

import pytest

from so8t_engine.data.notes import sheet_damage
from so8t_engine.data.record import Record


def record(prompt: str, response: str) -> Record:
    return Record("x", "s", prompt, response, "chat", "en", "train")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("When was the landing?", "25404"), ("締切はいつですか。", "45383"), ("Ratio 1:2?", "01-Feb"),
        ("Score?", "2-Mar"), ("Since?", "Feb-12"), ("Phone?", "4.91761E+11"),
    ],
)  # fmt: skip
def test_what_a_sheet_may_have_changed_is_told(asked: str, said: str) -> None:
    note = sheet_damage.note([record("What is ice?", "Frozen water."), record(asked, said), record(asked, said)])
    assert note is not None
    assert (note.args["count"], note.args["examples"]) == (2, [said])


@pytest.mark.parametrize(
    ("asked", "said"),
    [("How many seats?", "25404"), ("When?", "1969"), ("Which month?", "February"), ("What is e?", "2.718e0")],
)
def test_nothing_is_said_of_other_figures_and_days(asked: str, said: str) -> None:
    assert sheet_damage.note([record(asked, said)]) is None


def test_three_of_them_are_shown() -> None:
    note = sheet_damage.note([record("Score?", f"{day}-Mar") for day in (1, 1, 2, 3, 4)])
    assert note is not None and note.args == {"count": 5, "examples": ["1-Mar", "2-Mar", "3-Mar"]}
