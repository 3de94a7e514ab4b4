"""The title of the window says what is shown, and what runs where that is something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from so8t_gui.view.state import View
from so8t_gui.view.window_title import window_title

RUN = View(phase="running", session="a", title="mine")
REST = replace(RUN, phase="paused")
OTHER = View(phase="finished", session="b", title="other")


@pytest.mark.parametrize(
    ("run", "aside", "compared", "title"),
    [
        (View(), None, 0, ""), (RUN, None, 0, "mine"), (REST, None, 0, "mine"),
        (View(phase="starting"), None, 0, "New session"),
        (RUN, OTHER, 0, 'other ("mine" is running)'), (REST, OTHER, 0, "other"),
        (View(phase="starting"), OTHER, 0, 'other ("New session" is running)'),
        (RUN, None, 3, '3 sessions compared ("mine" is running)'),
        (RUN, OTHER, 2, '2 sessions compared ("mine" is running)'),
        (REST, None, 2, "2 sessions compared"),
    ],
)  # fmt: skip
def test_what_is_shown_stands_first_and_what_runs_besides(
    run: View, aside: View | None, compared: int, title: str
) -> None:
    assert window_title(run, aside, compared) == title
