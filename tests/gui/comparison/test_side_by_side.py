"""What two sessions are told apart by: their results, and the keys of their configurations that differ."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from so8t_engine.numerals import percent
from so8t_engine.session.catalog import Entry
from so8t_gui.comparison import side_by_side
from so8t_gui.comparison.side_by_side import NOTHING, ComparedSession
from so8t_gui.i18n.translate import tr
from so8t_gui.plot.labels import phase_name
from so8t_gui.plot.series import Table


def session(name: str, values: dict[str, Any] | None = None, **more: Any) -> ComparedSession:
    return ComparedSession(name, Entry(name, Path(name), "finished"), Table(), values, **more)


def with_results(**results: Any) -> ComparedSession:
    return replace(session("a"), entry=Entry("a", Path("a"), "finished", results=results))


def found(*sides: ComparedSession) -> dict[str, tuple[str, ...]]:
    return {line.label: line.cells for line in side_by_side.lines(sides)}


@pytest.mark.parametrize(
    ("results", "before", "after"),
    [
        ({"base": 0.25, "tuned": 0.5}, percent(0.25), percent(0.5)),
        ({"base": 0.25}, percent(0.25), NOTHING),
        ({"tuned": 1.0}, NOTHING, percent(1.0)),
        ({"base": 1.5, "tuned": 0.0}, NOTHING, percent(0.0)),
        ({"base": "many", "tuned": 0.5}, NOTHING, percent(0.5)),
    ],
)
def test_shares_are_told_before_and_after_as_far_as_there_are_any(
    results: dict[str, Any], before: str, after: str
) -> None:
    [told] = found(with_results(**results))[tr("Right answers")]
    assert told == tr("{before}, then {after}", before=before, after=after)


@pytest.mark.parametrize("results", [{}, {"base": None, "tuned": -1.0}])
def test_where_neither_share_is_known_nothing_is_told(results: dict[str, Any]) -> None:
    assert found(with_results(**results))[tr("Right answers")] == (NOTHING,)


def test_the_loss_at_the_end_is_the_mean_of_the_last_phase_alone() -> None:
    table = Table()
    for phase, losses in (("warmup", (9.0, 8.0)), ("ppo", (1.0, float("nan"), 4.0))):
        for loss in losses:
            table.add({"phase": phase, "loss": loss})
    assert side_by_side.loss_at_the_end(table) == f"2.5 ({phase_name('ppo')})"
    for _ in range(side_by_side.LAST):
        table.add({"phase": "ppo", "loss": 0.5})
    assert side_by_side.loss_at_the_end(table) == f"0.5 ({phase_name('ppo')})"
    table.add({"phase": "grpo", "loss": float("inf")})
    assert side_by_side.loss_at_the_end(table) == NOTHING == side_by_side.loss_at_the_end(Table())


def test_every_value_that_differs_has_its_line_and_names_and_folders_have_none() -> None:
    one = {"name": "a", "data_root": "x", "seed": 1, "ppo": {"name": "p", "lr": 1e-5}, "datasets": [{"path": "a"}]}
    other = {
        "name": "b",
        "seed": 1,
        "ppo": {"name": "q", "lr": None, "on": True},
        "datasets": [{"path": "a"}, {"w": 2}],
    }
    lines = side_by_side.lines([session("a", one), session("b", other)])
    about = [line.label for line in lines].index(tr("Configuration: keys that differ"))
    assert {line.label: line.cells for line in lines[about + 1 :]} == {
        "ppo.name": ("p", "q"), "ppo.lr": ("1e-05", tr("not set")), "ppo.on": (NOTHING, "true"),
        "datasets.1.w": (NOTHING, "2"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sides", "label", "cells"),
    [
        ([session("a", {"seed": 1}), session("b", {"seed": 1})], tr("None"), ("", "")),
        ([session("a", {"seed": 1}), session("b")], tr("Asking the engine ..."), ("", "")),
        ([session("a", {"seed": 1}), session("b", problem="gone")], tr("Cannot be read"), ("", "gone")),
    ],
)
def test_that_nothing_differs_is_said_of_two_that_are_known(
    sides: list[ComparedSession], label: str, cells: tuple[str, ...]
) -> None:
    lines = side_by_side.lines(sides)
    assert (lines[-1].label, lines[-1].cells) == (label, cells)


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", "a"), (["a", 1, True], "a, 1, true"), ([], tr("not set")), ({}, tr("not set")), (None, tr("not set")),
     ("あ", "あ"), (0.5, "0.5")],
)  # fmt: skip
def test_a_value_is_shown_as_it_is_written(value: Any, text: str) -> None:
    assert side_by_side.flat({"key": value}) == {"key": text}


@pytest.mark.parametrize(
    ("seconds", "told"), [({}, NOTHING), ({"train": 0.0}, NOTHING), ({"a": 60.0, "b": 5.0}, "1 min 5 s")]
)
def test_how_long_it_took_is_told_where_somebody_has_counted(seconds: dict[str, float], told: str) -> None:
    assert side_by_side._time(Entry("a", Path("a"), "finished", step_seconds=seconds)) == told
