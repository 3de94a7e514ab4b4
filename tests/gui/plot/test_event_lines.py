"""Where the lines of phases and events stand."""

from __future__ import annotations

import numpy as np
import pytest

from so8t_gui.plot.event_lines import newest_phase
from so8t_gui.plot.series import Table


@pytest.mark.parametrize(
    ("x", "by_time", "at"),
    [
        ([1.0, 2.0, 3.0, 4.0], False, 2.5),
        ([0.0, 60.0, 90.0, 100.0], True, 60.0),
        ([0.0, 60.0, np.nan, 100.0], True, 0.0),  # times that are not known
        ([], False, 0.0),
    ],
)
def test_the_phase_that_began_last_stands_between_two_updates(x: list[float], by_time: bool, at: float) -> None:
    table = Table()
    table.extend(
        [{"number": n, "kind": "point", "phase": "warmup" if n < 3 else "ppo", "loss": 1.0} for n in (1, 2, 3, 4)]
    )
    assert newest_phase(table, np.array(x), by_time) == at
    assert newest_phase(Table(), np.array(x), by_time) == 0.0
