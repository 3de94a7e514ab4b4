"""What the plot shows: nothing where there is nothing, no stroke between phases, the colours of the report."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import so8t_resources
from so8t_gui.i18n.translate import tr
from so8t_gui.plot import chart as chart_module
from so8t_gui.plot.chart import Chart, SessionCurves
from so8t_gui.plot.chart_panel import WEIGHTS, ChartPanel
from so8t_gui.plot.event_lines import DARK, LIGHT
from so8t_gui.plot.labels import phase_name, values_at
from so8t_gui.plot.series import Table


@pytest.fixture
def chart(qtbot: QtBot) -> Chart:
    made = Chart()
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.show()
    return made


def table(**updates: int) -> Table:
    made, number = Table(), 0
    for phase, count in updates.items():
        for _ in range(count):
            number += 1
            made.add({"number": number, "phase": phase, "loss": 6.0 if phase == "pretrain" else 0.4, "alpha": 1.0})
    return made


def curve(chart: Chart, name: str) -> tuple[np.ndarray, np.ndarray]:
    item = chart._curves[0, name][1]
    xs, ys = item.getData()
    assert xs is not None and ys is not None
    return xs, np.asarray(item.opts["connect"])


def test_phases_are_not_joined(chart: Chart, qtbot: QtBot) -> None:
    """The loss of the base model and that of the warm-up are different things. Drawn once, a moment later."""
    chart.put([SessionCurves("x", table(pretrain=30, warmup=20, ppo=10))])
    qtbot.waitUntil(lambda: not chart._timer.isActive())
    for name in ("raw", "loss"):
        xs, joined = curve(chart, name)
        assert [float(x) for x, on in zip(xs, joined, strict=True) if not on] == [30.0, 50.0]
    assert curve(chart, "alpha")[1].all()


@pytest.mark.parametrize("count", [5_000, 60_000])
def test_phases_of_a_long_run_are_not_joined_either(chart: Chart, count: int) -> None:
    """Of what is thinned, the last point of a phase is the one that is not joined to the next."""
    chart.put([SessionCurves("x", table(pretrain=count, warmup=count))])
    chart.draw()
    xs, joined = curve(chart, "raw")
    [last] = [place for place, on in enumerate(joined) if not on]
    assert xs[last] <= count < xs[last + 1]


def test_alpha_is_dashed_among_several_sessions_also_where_one_was_shown_before(chart: Chart) -> None:
    """The axis says so; the curve that was there already stayed a line without gaps."""
    sessions = [SessionCurves(name, table(ppo=200)) for name in "ab"]
    for shown in (sessions[:1], sessions):
        chart.put(shown)
        chart.draw()
    image = chart.grab().toImage()
    at = chart._right.mapViewToScene(QPointF(100.0, 1.0))
    row = [image.pixelColor(x, round(at.y())) for x in range(round(at.x()) - 100, round(at.x()) + 100)]
    ground = row.count(chart.palette().color(QPalette.ColorRole.Base))
    assert 10 < ground < 190


def test_alpha_is_not_drawn_while_there_are_no_gates(chart: Chart) -> None:
    chart.put([SessionCurves("x", table(pretrain=30, warmup=20))])
    chart.draw()
    assert curve(chart, "alpha")[0].min() == 31


def test_axes_without_a_curve_have_no_numbers(chart: Chart) -> None:
    """Neither from 0 to 1, nor those of the session before."""
    for lines, numbers in (([], False), ([SessionCurves("x", table(warmup=9))], True), ([], False)):
        chart.put(lines)
        chart.draw()
        for side in ("left", "bottom", "right"):
            axis = chart._main.getAxis(side)
            assert (axis.style["showValues"], axis.style["tickLength"] != 0) == (numbers, numbers)
        assert bool(chart._main.getAxis("left").grid) is numbers and chart._main.getAxis("right").grid is False


def test_one_grid_is_drawn(chart: Chart) -> None:
    chart.put([SessionCurves("x", table(warmup=9))])
    chart.draw()
    assert chart._main.getAxis("left").grid and not chart._main.getAxis("right").grid


def test_loss_and_alpha_have_the_hues_of_the_report() -> None:
    page = Path(so8t_resources.path("report", "report.html")).read_text(encoding="utf-8")
    for names, theme in ((LIGHT, 0), (DARK, 1)):
        for series, place in (
            ("loss", chart_module.LOSS),
            ("alpha", chart_module.ALPHA),
            ("reward", chart_module.EXTRA),
        ):
            theirs = QColor(re.findall(rf"--{series}: (#\w+);", page)[theme])
            apart = abs(QColor(names[place]).hue() - theirs.hue()) % 360
            assert min(apart, 360 - apart) < 25, (series, names[place], theirs.name())


def seen(chart: Chart, text: str) -> tuple[float, float]:
    """Of a label of the plot: its left and right edge as shares of the plot's width."""
    QApplication.processEvents()
    view = chart._main.vb
    line = next(line for line in chart._marks._lines if line.label.format == text)
    edges = view.mapRectFromItem(line.label, line.label.boundingRect())
    return edges.left() / view.width(), edges.right() / view.width()


@pytest.mark.parametrize("updates", [2, 13, 200])
def test_the_names_of_phases_and_marks_are_whole_at_both_edges(chart: Chart, updates: int) -> None:
    made = table(pretrain=updates, warmup=1)
    made.interrupted(updates, "cut")
    chart.put([SessionCurves("x", made)])
    chart.draw()
    for text in (phase_name("pretrain"), phase_name("warmup"), tr("interrupted")):
        left, right = seen(chart, text)
        assert left >= 0 and right <= 1, text


def test_there_is_no_alpha_while_the_base_model_is_built(chart: Chart) -> None:
    made = table(pretrain=2, warmup=1)
    assert tr("alpha") not in values_at(made, 1)
    assert tr("alpha") in values_at(made, 2)


def lying(chart: Chart) -> list[QRectF]:
    """Where the names in the plot stand, in pixels of it."""
    QApplication.processEvents()
    view = chart._main.vb
    labels = [line.label for line in chart._marks._lines if line.label.isVisible()]
    return [view.mapRectFromItem(label, label.boundingRect()) for label in labels]


@pytest.mark.parametrize("phases", [{"pretrain": 200, "warmup": 3, "ppo": 2}, {"pretrain": 3, "warmup": 3, "ppo": 200}])
@pytest.mark.parametrize("cuts", [0, 4])
def test_no_name_lies_on_another_where_much_happens_at_once(chart: Chart, phases: dict[str, int], cuts: int) -> None:
    made = table(**phases)
    for number in range(cuts):
        made.interrupted(200 + number, "cut")
    chart.put([SessionCurves("x", made)])
    chart.draw()
    for _ in range(2):
        places = lying(chart)
        assert len(places) == 3 + cuts
        for number, place in enumerate(places):
            assert place.top() >= 0 and place.bottom() <= chart._main.vb.height()
            assert not any(place.adjusted(1, 1, -1, -1).intersects(other) for other in places[:number])
        chart.resize(500, 330)  # closer still


def test_a_name_for_which_there_is_no_room_is_left_out(chart: Chart) -> None:
    chart.resize(500, 160)
    made = table(pretrain=200, warmup=3, ppo=200)
    for number in range(12):
        made.interrupted(200, f"cut {number}")
    chart.put([SessionCurves("x", made)])
    chart.draw()
    places = lying(chart)
    assert 3 <= len(places) < 15
    for number, place in enumerate(places):
        assert not any(place.adjusted(1, 1, -1, -1).intersects(other) for other in places[:number])


def test_the_values_themselves_are_seen_and_not_only_their_mean(chart: Chart) -> None:
    """Of a loss that jumps the smoothed line is flat."""
    jumping = Table()
    for number in range(1, 201):
        jumping.add({"number": number, "phase": "pretrain", "loss": 1.0 if number % 2 else 9.0, "alpha": 1.0})
    chart.put([SessionCurves("s", jumping)])
    chart.draw()
    low, high = chart._main.viewRange()[1]

    assert low <= 1.0 and high >= 9.0


def test_on_a_logarithmic_scale_there_is_no_place_for_nothing(chart: Chart) -> None:
    chart.choose(log=True)
    heights = chart._height(np.array([0.0, 0.1, 10.0, -1.0, np.nan]))

    assert np.array_equal(heights, [np.nan, -1.0, 1.0, np.nan, np.nan], equal_nan=True)


def test_a_smoother_line_is_drawn_at_once_and_stands_in_the_table_too(qtbot: QtBot) -> None:
    panel = ChartPanel()
    qtbot.addWidget(panel)
    panel.put([SessionCurves("x", table(ppo=30))])
    shown = list[object]()
    panel._show_text = lambda: shown.append(panel.chart.options.weight)  # type: ignore[method-assign]
    for as_text, place in ((False, 0), (True, 5), (True, 10)):
        panel._as_text.setChecked(as_text)
        shown.clear()
        panel._smooth.setValue(place)
        assert panel.chart.options.weight == WEIGHTS[place]
        assert shown == ([WEIGHTS[place]] if as_text else [])
        assert f"{WEIGHTS[place]}" in panel._smooth.toolTip()


@pytest.mark.parametrize("count", [1, 2, 3, 500])
def test_the_axis_below_counts_whole_updates(chart: Chart, qtbot: QtBot, count: int) -> None:
    """With two updates it had 0.6, 0.8, ... of an update; hours have parts."""
    chart.choose(extra="reward")
    chart.put([SessionCurves("x", table(warmup=count), [(0, 0.0), (count, 600.0)])])
    qtbot.waitUntil(lambda: not chart._timer.isActive())
    for plot in (chart._main, chart._extra):
        axis = plot.getAxis("bottom")
        low, high = plot.vb.viewRange()[0]
        ticks = [tick for _, values in axis.tickValues(low, high, 700) for tick in values]
        assert ticks and all(tick == round(tick) for tick in ticks), ticks
    chart.choose(by_time=True)
    spacing = [step for step, _ in chart._main.getAxis("bottom").tickSpacing(0.0, 0.2, 700)]
    assert min(spacing) < 1
