"""What is said of lengths, of few texts and of many."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pytest

from so8t_engine.data import inspection


@pytest.mark.parametrize(
    ("lengths", "said"),
    [
        ([], (0, 0, 0, 0)),
        ([7], (7, 7, 7, 7)),
        ([9, 2], (2, 5, 2, 9)),
        (range(21), (0, 10, 19, 20)),
        (range(40), (0, 19, 37, 39)),
    ],
)
def test_of_twenty_texts_nineteen_are_no_longer_than_said(lengths: Sequence[int], said: tuple[int, ...]) -> None:
    found = inspection._lengths(pa.chunked_array([pa.array(["x" * length for length in lengths], pa.string())]))

    assert tuple(found[key] for key in ("least", "median", "most_of_20", "most")) == said


def test_a_record_that_is_asked_alone_is_told_as_such() -> None:
    example = {"id": "a", "source": "s", "file": None, "row_number": None, "row": None, "prompt": "Q", "completion": ""}
    shown = [str(line) for line in inspection.lines({"examples": [example]}, alone=True)]

    assert shown[1:] == ["   ? Q", "   = (asked in reinforcement learning; no answer to it is learnt)"]
