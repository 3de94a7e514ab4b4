"""What the page Run hands on to the page that takes its place in another language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from so8t_gui.plot.chart import ChartOptions
from so8t_gui.plot.session_history import SessionHistory
from so8t_gui.result.try_it import AskedQuestion
from so8t_gui.widgets.log_view import LogPlace


@dataclass(frozen=True)
class RunPlace:
    """What a user was looking at and has typed. `history`: also what the run has not saved yet.

    `every`: whether all questions of the result are seen; `reference`: what other sessions are compared with.
    """

    finished: str
    tab: int
    asked: AskedQuestion
    overlay: tuple[Path, ...]
    options: ChartOptions
    as_text: bool
    log: LogPlace
    places: tuple[int, int]
    history: SessionHistory | None
    every: bool
    reference: str
