"""The page about the data: what things are called, the largest first, and how much of a row is shown."""

from __future__ import annotations

import pytest

from so8t_engine.evaluate import data_page, report_page


@pytest.mark.parametrize(
    ("counts", "kind", "shares"),
    [
        ({}, "split", []),
        ({"heldout": 1, "train": 3}, "split", [("training", 3, 0.75), ("held out for the evaluation", 1, 0.25)]),
        ({"of old": 1}, "split", [("of old", 1, 1.0)]),
        ({"ja": 2, "en": 2, "xx": 4}, "language", [("xx", 4, 0.5), ("English", 2, 0.25), ("Japanese", 2, 0.25)]),
        ({"maths": 1}, "category", [("maths", 1, 1.0)]),
    ],
)
def test_shares_are_of_the_whole_and_the_largest_comes_first(
    counts: dict[str, int], kind: str, shares: list[tuple[str, int, float]]
) -> None:
    assert data_page._shares(counts, kind, report_page.Speaker("en")) == shares


def test_a_row_is_shown_up_to_four_thousand_characters() -> None:
    frame = len(data_page._row({"a": ""}))
    assert data_page._row({"a": "語"}) == '{\n "a": "語"\n}'
    whole = data_page._row({"a": "x" * (4_000 - frame)})
    assert len(whole) == 4_000 and whole.endswith('x"\n}')
    cut = data_page._row({"a": "x" * (4_001 - frame)})
    assert len(cut) == 4_001 and cut.endswith('x"\n…')
