"""Sessions beside each other are told apart by what a user calls them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from so8t_engine.session.catalog import Entry
from so8t_gui.comparison.laid_over import names
from so8t_gui.i18n.moment import moment

EARLY, LATE = "2026-11-22T19:00:00+00:00", "2026-11-23T08:15:01+00:00"


def at(created: str) -> str:
    return moment(datetime.fromisoformat(created).timestamp())


@pytest.mark.parametrize(
    ("titles", "called"),
    [
        (["demo", "other"], ["demo", "other"]),
        (["mine", "other", "mine"], ["mine ({early})", "other", "mine ({late})"]),
        ([], []),
    ],
)
def test_curves_are_called_by_the_names_of_their_runs(titles: list[str], called: list[str]) -> None:
    created, begun = [EARLY, EARLY, LATE], {"early": at(EARLY), "late": at(LATE)}  # as dates are written now
    entries = [Entry(str(n), Path(str(n)), "paused", name=title, created=created[n]) for n, title in enumerate(titles)]
    assert names(entries) == [name.format(**begun) for name in called]
