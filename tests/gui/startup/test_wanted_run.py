"""Which run goes on by itself after a crash, and when that is given up."""

from __future__ import annotations

from pathlib import Path

import pytest

from so8t_engine.session.catalog import Entry
from so8t_engine.session.selection import ORDER, StandsBy
from so8t_gui.startup import wanted_run
from so8t_gui.startup.wanted_run import MOST_TRIES, WantedRun, next_try


def entry(step: str = "train", unit: int = 4, status: str = "cut", stands_by: StandsBy = "cut") -> Entry:
    return Entry("s", Path("/s"), status, step, 4, unit, stands_by=stands_by)


def test_only_what_nobody_has_paused_or_ended_goes_on() -> None:
    wanted = WantedRun("/s")
    going = [kind for kind in ORDER if wanted_run.goes_on(wanted, entry(stands_by=kind, status="paused"))]

    assert going == ["cut", "by_itself", "passing"]
    assert not wanted_run.goes_on(wanted, entry(status="finished", stands_by="by_itself"))
    assert not wanted_run.goes_on(wanted, entry(status="damaged"))


def test_a_run_that_was_never_tried_again_begins_at_the_first_unit() -> None:
    assert WantedRun("/s") == WantedRun("/s", tries=0, step=0, unit=0)


def test_a_run_that_gets_no_further_is_given_up_after_three_tries() -> None:
    wanted: WantedRun | None = WantedRun("/s")
    for tries in range(1, MOST_TRIES + 1):
        assert wanted is not None
        wanted = next_try(wanted, entry())
        assert wanted == WantedRun("/s", tries, 3, 4)
    assert wanted is not None and MOST_TRIES == 3

    assert next_try(wanted, entry()) is None and next_try(wanted, entry("convert", 90)) is None
    assert next_try(wanted, entry(unit=5)) == WantedRun("/s", 1, 3, 5)
    assert next_try(wanted, entry("evaluate", 0)) == WantedRun("/s", 1, 4, 0)


def test_a_session_at_its_very_beginning_is_tried_too() -> None:
    first = next_try(WantedRun("/s"), entry("collect", 0))
    assert first == WantedRun("/s", 1, 0, 0)


def test_it_is_kept_and_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "config" / wanted_run.NAME
    assert wanted_run.read(file) is None
    wanted_run.keep(file, WantedRun("/s/日本語", 2, 3, 4))
    assert wanted_run.read(file) == WantedRun("/s/日本語", 2, 3, 4)
    wanted_run.keep(file, None)
    wanted_run.keep(file, None)
    assert wanted_run.read(file) is None
    file.write_text('{"path": "/s"}')
    assert wanted_run.read(file) == WantedRun("/s", 0, 0, 0)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"path": 3}', '{"path": ""}', '{"path": "/s", "tries": -1}',
                '{"path": "/s", "tries": true}', '{"path": "/s", "unit": "1"}'],
)  # fmt: skip
def test_nonsense_is_no_wish(tmp_path: Path, content: str) -> None:
    (tmp_path / wanted_run.NAME).write_text(content)
    assert wanted_run.read(tmp_path / wanted_run.NAME) is None


def test_where_it_cannot_be_kept_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    wanted_run.keep(tmp_path / "file" / wanted_run.NAME, WantedRun("/s"))
    assert wanted_run.read(tmp_path / "file" / wanted_run.NAME) is None
