"""How long the process at work may be silent, by what its units took so far."""

from __future__ import annotations

import pytest

from so8t_engine.run.hang_timeout import of_next_unit
from so8t_engine.session.state import Cursor, PipelineState, Work


@pytest.mark.parametrize(
    ("totals", "work", "seconds"),
    [
        ({}, {}, 1200),  # nothing is known of it: it loads
        ({"train/warmup": 9}, {}, 1200),
        ({"train/warmup": 9}, {"train/warmup": Work(2, 10.0)}, 100),  # never less than was set
        ({"train/warmup": 9}, {"train/warmup": Work(2, 60.0)}, 300),
        ({"train/warmup": 9, "train/update": 9}, {"train/warmup": Work(2, 60.0)}, 1200),  # one was never measured
        ({"train/warmup": 9, "train/update": 9}, {"train/warmup": Work(2, 60.0), "train/update": Work(1, 50.0)}, 500),
        ({"train/warmup": 2, "train/update": 9}, {"train/warmup": Work(2, 60.0), "train/update": Work(1, 20.0)}, 200),
        ({"train/warmup": 2}, {"train/warmup": Work(2, 60.0)}, 1200),  # all done: it publishes
        ({"train/setup": 1, "train/warmup": 9}, {"train/warmup": Work(2, 60.0)}, 300),  # loading is no unit
        ({"collect/shard": 9, "train/warmup": 9}, {"train/warmup": Work(2, 60.0)}, 300),  # of another step
        ({"train/warmup": 9}, {"train/warmup": Work(0, 0.0)}, 100),
    ],
)  # fmt: skip
def test_that_a_unit_may_take_ten_times_the_slowest_kind_and_loading_twelve_times_what_was_set(
    totals: dict[str, int], work: dict[str, Work], seconds: float
) -> None:
    assert of_next_unit(PipelineState("s", cursor=Cursor("train"), totals=totals, work=work), 100.0) == seconds
