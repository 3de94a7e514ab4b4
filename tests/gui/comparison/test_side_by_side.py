"""What two sessions are told apart by: their results, and the keys of their configurations that differ."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from so8t_engine.numerals import percent, share_text
from so8t_engine.session.catalog import Entry
from so8t_gui.comparison import side_by_side
from so8t_gui.comparison.against import Against
from so8t_gui.comparison.side_by_side import NOTHING, ComparedSession
from so8t_gui.i18n.translate import tr
from so8t_gui.plot.labels import phase_name
from so8t_gui.plot.series import Table
from so8t_gui.result import verdict
from so8t_gui.result.report_file import Change, RightShare, RunResult


def session(name: str, values: dict[str, Any] | None = None, **more: Any) -> ComparedSession:
    return ComparedSession(name, Entry(name, Path(name), "finished"), Table(), values, **more)


def with_results(**results: Any) -> ComparedSession:
    return replace(session("a"), entry=Entry("a", Path("a"), "finished", results=results))


def found(*sides: ComparedSession) -> dict[str, tuple[str, ...]]:
    return {line.label: line.cells for line in side_by_side.lines(sides)}


BASE, TUNED = tr("Right answers, base model"), tr("Right answers, tuned model")
RESULT = RunResult(
    graded=340,
    records=400,
    shares=(RightShare("base", 0.409, 0.358, 0.462), RightShare("tuned", 0.618, 0.565, 0.668)),
    formed=(RightShare("tuned", 0.9, 0.867, 0.926),),
    change=Change(96, 25, 5.3e-11, 0.209, 0.15, 0.268),
)


def test_each_share_stands_with_its_interval_and_the_number_of_questions() -> None:
    lines = found(replace(with_results(base=0.1, base_format=0.05), result=RESULT))
    assert lines[BASE] == (tr("{said}, of {n} questions", said=verdict.share_with_interval(RESULT.shares[0]), n=340),)
    assert lines[TUNED] == (tr("{said}, of {n} questions", said=verdict.share_with_interval(RESULT.shares[1]), n=340),)
    assert all(part in lines[TUNED][0] for part in (percent(0.618), share_text(0.565, 0), percent(0.668, 0), "340"))
    formed = tr("{said}, of {n} questions", said=verdict.share_with_interval(RESULT.formed[0]), n=400)
    assert lines[tr("Well-formed, tuned model")] == (formed,)
    assert lines[tr("Well-formed, base model")] == (percent(0.05),)
    assert lines[tr("Against its base model")] == (
        tr("{verdict} ({change})", verdict=tr("Better"), change=verdict.points(RESULT.change or pytest.fail())),
    )


@pytest.mark.parametrize(
    ("results", "before", "after"),
    [
        ({"base": 0.25, "tuned": 0.5}, percent(0.25), percent(0.5)),
        ({"base": 0.25}, percent(0.25), NOTHING),
        ({"base": 1.5, "tuned": 0.0}, NOTHING, percent(0.0)),
        ({"base": "many", "tuned": -1.0}, NOTHING, NOTHING),
        ({}, NOTHING, NOTHING),
    ],
)
def test_where_the_report_says_nothing_the_shares_are_those_of_the_state(
    results: dict[str, Any], before: str, after: str
) -> None:
    lines = found(replace(with_results(**results), result=RunResult(problem="gone")))
    assert (lines[BASE], lines[TUNED], lines[tr("Against its base model")]) == ((before,), (after,), (NOTHING,))


def test_finished_ones_are_held_against_the_first_of_them() -> None:
    unfinished = replace(session("x"), entry=Entry("x", Path("x"), "paused"))
    sides = [unfinished, *map(session, "abcde")]
    change = Change(9, 1, 0.02, 0.08, 0.01, 0.15)
    against: dict[str, Against | str] = {
        "b": Against("better", change, 100, "b is better"),
        "c": Against("unknown", change, 0, "nothing to say"),
        "d": "no answers",
    }
    lines = {line.label: line for line in side_by_side.lines(sides, against)}
    line = lines[tr("Against {session}", session="a")]
    assert [*lines][:2] == [tr("Results"), line.label]  # the answer, for whose sake they are compared
    better = tr("{verdict} ({change})", verdict=tr("Better"), change=verdict.points(change))
    reference = tr("reference")
    assert line.cells == (
        NOTHING,
        reference,
        tr("{said}, of {n} questions", said=better, n=100),
        NOTHING,
        "no answers",
        NOTHING,
    )
    assert line.told == ("", "", "b is better", "nothing to say", "", "")
    assert tr("Against {session}", session="a") not in found(unfinished, session("a"))


def test_losses_stand_phase_by_phase_as_two_phases_cannot_be_compared() -> None:
    table, warming = Table(), Table()
    for phase, losses in (("warmup", (9.0, 8.0)), ("ppo", (1.0, float("nan"), 4.0))):
        for loss in losses:
            table.add({"phase": phase, "loss": loss})
    for _ in range(side_by_side.LAST + 1):
        warming.add({"phase": "warmup", "loss": 0.5})
    few = [tr("{figure} (only {n} updates)", figure=figure, n=2) for figure in ("8.5", "2.5")]
    lines = found(replace(session("a"), table=table), replace(session("b"), table=warming))
    labels = [
        tr("Loss, {phase} (mean of the last {n})", phase=phase_name(name), n=side_by_side.LAST)
        for name in ("warmup", "ppo")
    ]
    assert {label: lines[label] for label in labels} == dict(
        zip(labels, [(few[0], "0.5"), (few[1], NOTHING)], strict=True)
    )
    assert [label for label in lines if label in labels] == labels
    table.add({"phase": "grpo", "loss": float("inf")})
    assert side_by_side.loss_at_the_end(table, "grpo") == NOTHING == side_by_side.loss_at_the_end(Table(), "ppo")


def test_every_value_that_differs_has_its_line_and_names_and_folders_have_none() -> None:
    one = {
        "name": "a",
        "data_root": "x",
        "seed": 1,
        "ppo": {"name": "p", "lr": 1e-5},
        "datasets": [{"path": "a"}],
    }  # without names: by their places
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


def test_sources_of_data_are_told_by_their_names_and_last() -> None:
    """One more moved all behind it: a dozen rows named datasets.N.path said that all were others."""
    shared = {"name": "shared", "path": "s", "max_rows": 5}
    one = {"datasets": [shared, {"name": "mine", "path": "m"}, {"name": "cut", "path": "c", "max_rows": 9}], "seed": 1}
    other = {
        "datasets": [{"name": "new", "path": "n"}, shared, {"name": "cut", "path": "d", "max_rows": None}],
        "seed": 2,
    }
    lines = side_by_side.lines([session("a", one), session("b", other), session("c", problem="gone")])
    labels = [line.label for line in lines]
    assert labels[labels.index("seed") + 1] == tr("Data: other sources")
    assert [(line.label, line.cells) for line in lines[labels.index("seed") + 2 :]] == [
        ("mine", (tr("used"), tr("not used"), NOTHING)),
        ("cut", ("path: c, max_rows: 9", "path: d, max_rows: " + tr("not set"), NOTHING)),
        ("new", (tr("not used"), tr("used"), NOTHING)),
    ]


def test_that_the_same_sources_stand_in_another_order_is_told() -> None:
    one, other = ([{"name": name, "path": name} for name in names] for names in ("ab", "ba"))
    lines = side_by_side.lines([session("x", {"datasets": one}), session("y", {"datasets": other})])
    assert (lines[-2].label, lines[-2].cells) == (tr("Data: other sources"), ())
    assert (lines[-1].label, lines[-1].cells) == (tr("Order"), ("a, b", "b, a"))
    same = side_by_side.lines([session("x", {"datasets": one}), session("y", {"datasets": one})])
    assert same[-1].label == tr("None")


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
