"""Sessions beside each other in the plot are told apart by what a user calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from so8t_gui.plot import session_history

DEMO, LATER, OTHER = "20261122-190000-demo", "20261123-081501-demo", "20261122-221003-phi35-so8t-24gb"


@pytest.mark.parametrize(
    ("sessions", "names"),
    [
        ([DEMO, OTHER], ["demo", "phi35-so8t-24gb"]),
        ([DEMO, OTHER, LATER], ["2026-11-22 19:00:00 demo", "phi35-so8t-24gb", "2026-11-23 08:15:01 demo"]),
        (["renamed", DEMO], ["renamed", "demo"]),
        ([], []),
    ],
)
def test_curves_are_called_by_the_names_of_their_runs(sessions: list[str], names: list[str]) -> None:
    assert session_history.names([Path("anywhere", session) for session in sessions]) == names
