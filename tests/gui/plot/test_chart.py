"""The plot in use: drawn when somebody looks, followed, dragged, cleared; its inks, and values that are not known."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QPen, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from so8t_gui.desktop import theme
from so8t_gui.plot.chart import ALPHA, EXTRA, FAINT, FEW, LOSS, NAMED, Chart, SessionCurves
from so8t_gui.plot.event_lines import CUT, TRANSITION, hue
from so8t_gui.plot.labels import sentence, series_name, short
from so8t_gui.plot.series import PlotMark, Table


@pytest.fixture
def chart(qtbot: QtBot) -> Chart:
    made = Chart()
    qtbot.addWidget(made)
    made.resize(800, 400)
    return made


def table(updates: int) -> Table:
    made = Table()
    for number in range(1, updates + 1):
        made.add({"number": number, "phase": "ppo", "loss": 2.0 + number % 2, "alpha": 0.5, "kl": 1.0})
    return made


def lines(*updates: int, timeline: bool = True) -> list[SessionCurves]:
    return [SessionCurves("x", table(n), [(n, 3_600.0)] if timeline else []) for n in updates]


def test_it_is_drawn_when_it_is_seen_and_soon_after_something_has_changed(chart: Chart, qtbot: QtBot) -> None:
    chart.put(lines(9))
    assert not chart._timer.isActive() and not chart._curves, "nobody looks"
    chart.show()
    assert chart._curves.keys() == {(0, "raw"), (0, "loss"), (0, "alpha")}
    with qtbot.waitSignal(chart.drawn):
        chart.changed()
    chart.draw()
    assert not chart._timer.isActive(), "what it sets itself is no change"
    chart._main.setXRange(2, 5)
    assert chart._timer.isActive()


def test_alpha_has_its_axis_at_the_right(chart: Chart) -> None:
    chart.put(lines(9))
    chart.show()
    axis = chart._main.getAxis("right")
    assert axis.isVisible() and axis.geometry().left() > chart._main.vb.geometry().center().x()
    assert axis.linkedView() is chart._right


def test_curves_that_are_not_shown_any_more_are_gone_from_the_plot(chart: Chart) -> None:
    chart.show()
    chart.choose(extra="kl")
    chart.put(lines(9, 5))
    chart.draw()
    before = {key: item for key, (_, item) in chart._curves.items()}
    assert set(before) == {(place, name) for place in (0, 1) for name in ("loss", "alpha", "kl")}
    assert all(item.scene() is not None for item in before.values())
    chart.choose(extra="")
    chart.put(lines(9))
    chart.draw()
    left = {key for key, item in before.items() if item.scene() is not None}
    assert left == {(0, "loss"), (0, "alpha")} and chart._curves.keys() == {*left, (0, "raw")}


def pens(chart: Chart) -> dict[tuple[int, str], QPen]:
    return {key: item.opts["pen"] for key, (_, item) in chart._curves.items()}


@pytest.mark.parametrize("dark", [False, True])
def test_one_session_has_an_ink_for_each_series_and_of_several_each_has_its_own(chart: Chart, dark: bool) -> None:
    chart.setPalette(theme.palette(dark))
    chart.choose(extra="kl")
    chart.put(lines(9))
    chart.draw()
    inks = {name: (pen.color().name(), pen.width(), pen.style()) for (_, name), pen in pens(chart).items()}
    solid, dashed = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine
    places = {"loss": LOSS, "alpha": ALPHA, "kl": EXTRA}
    named = {name: hue(place, chart.palette()).name() for name, place in places.items()}
    assert inks == {**{name: (ink, 2, solid) for name, ink in named.items()}, "raw": (named["loss"], 1, solid)}
    assert pens(chart)[0, "raw"].color().alpha() == FAINT
    chart.put(lines(9, 5))
    chart.draw()
    for (place, name), pen in pens(chart).items():
        assert pen.color() == hue(place, chart.palette()) and pen.width() == 2
        assert pen.style() == (dashed if name == "alpha" else solid)


def bottom(chart: Chart) -> tuple[float, float]:
    """What is shown of the axis, without the margin at both ends."""
    low, high = chart._main.vb.viewRange()[0]
    spare = (high - low) * 0.01 / 1.02
    return low + spare, high - spare


@pytest.mark.parametrize(
    ("shown", "by_time", "low", "high"),
    [
        ([], False, 0.0, 1.0),
        (lines(1), False, 0.0, 1.0),
        (lines(2), False, 0.5, 2.0),
        (lines(9, 30), False, 0.5, 30.0),
        (lines(9), True, 0.0, 60.0),
        (lines(9, timeline=False), True, 0.0, 1.0),
        ([*lines(9), *lines(5, timeline=False)], True, 0.0, 60.0),
        ([SessionCurves("x", table(9), [(9, 0.0)])], True, 0.0, 1.0),
    ],
)
def test_followed_it_shows_all_there_is(
    chart: Chart, shown: list[SessionCurves], by_time: bool, low: float, high: float
) -> None:
    chart.choose(by_time=by_time)
    chart.put(shown)
    chart.draw()
    assert bottom(chart) == (pytest.approx(low, abs=1e-6), pytest.approx(high))
    drawn = [item.getData()[0] for _, item in chart._curves.values()]
    assert all(x is None or np.isfinite(x).all() for x in drawn), "what has no place is not drawn"


def test_a_phase_that_has_just_begun_has_room_for_its_name(chart: Chart) -> None:
    made = table(99)
    made.add({"number": 100, "phase": "grpo", "loss": 1.0, "alpha": 1.0})
    chart.put([SessionCurves("x", made)])
    chart.draw()
    assert bottom(chart) == pytest.approx((0.5, 99.5 + NAMED * 99.5))


def test_the_wheel_scrolls_the_page_and_zooms_with_ctrl_and_other_sessions_are_shown_whole(chart: Chart) -> None:
    """Who scrolled past it had a plot of ten million updates, and so had the sessions after it."""
    heard = list[bool]()
    chart.followed.connect(heard.append)
    chart.put(lines(100))
    chart.draw()
    whole, place = bottom(chart), QPointF(chart._graphics.viewport().rect().center())
    for keys, taken in ((Qt.KeyboardModifier.NoModifier, False), (Qt.KeyboardModifier.ControlModifier, True)):
        wheel = QWheelEvent(
            place, place, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False
        )
        QCoreApplication.sendEvent(chart._graphics.viewport(), wheel)
        assert (wheel.isAccepted(), bottom(chart) != whole, chart.options.follow) == (taken, taken, not taken)
    chart.put(lines(100))
    chart.draw()
    assert (bottom(chart), heard) == (whole, [False, True])


def test_who_drags_it_stays_there_until_it_is_to_follow_again(chart: Chart) -> None:
    told = list[bool]()
    chart.followed.connect(told.append)
    chart.put(lines(60))
    chart.draw()
    for _ in range(2):
        chart._main.vb.sigRangeChangedManually.emit([True, True])
    assert told == [False] and not chart.options.follow
    chart._main.setXRange(10, 20, padding=0)
    heights = chart._main.vb.viewRange()[1]
    chart.lines[0].table.add({"number": 61, "phase": "ppo", "loss": 99.0, "alpha": 1.0})
    chart.draw()
    assert chart._main.vb.viewRange() == [[10, 20], heights]
    shown = chart._curves[0, "loss"][1].getData()[0]
    assert (shown[0], shown[-1]) == (9, 21), "one beyond each edge"
    chart.choose(weight=0.5)
    assert told == [False]
    chart.choose(follow=True)
    assert told == [False, True] and bottom(chart) == pytest.approx((0.5, 61.0))
    for change in ({"by_time": True}, {"log": True}):
        chart.choose(follow=False)
        chart.choose(**change)
        assert chart.options.follow, "the place of before means nothing there"
    assert told == [False, True, False, True, False, True]


def test_alpha_has_the_axis_at_the_right_over_the_whole_of_the_plot(chart: Chart) -> None:
    chart.show()
    chart.put(lines(9))
    for size in ((800, 400), (600, 300)):
        chart.resize(*size)
        chart.draw()
        QApplication.processEvents()
        places = [box.sceneBoundingRect().getRect() for box in (chart._right, chart._main.vb)]
        assert places[0] == pytest.approx(places[1], abs=1)
        assert chart._right.viewRange()[0] == pytest.approx(chart._main.vb.viewRange()[0])
        low, high = chart._right.viewRange()[1]
        assert low == 0 and 1.04 < high < 1.4, "one stands below the names"
        ticks = chart._main.getAxis("right").tickValues(low, high, chart._right.height())
        assert max(value for _, values in ticks for value in values) == 1
    chart.put([])
    chart.draw()
    assert chart._right.viewRange()[1] == [0, 1.04]


def test_the_values_of_the_update_under_the_mouse_are_told(chart: Chart) -> None:
    told = list[str]()
    chart.pointed.connect(told.append)
    chart.show()
    chart.put(lines(60))
    chart.draw()

    def at(x: float) -> str:
        chart._mouse(chart._main.vb.mapViewToScene(QPointF(x, 2.5)))
        return told[-1].partition(",")[0]

    assert [at(0.5), at(17.0), at(17.1), at(60.4)] == ["update 1", "update 17", "update 18", "update 60"]
    chart._mouse(chart._main.sceneBoundingRect().bottomRight() + QPointF(5, 5))
    assert told[-1] == ""
    count = len(told)
    for shown, by_time in (([SessionCurves("x", table(0))], False), (lines(9, timeline=False), True)):
        chart.choose(by_time=by_time)
        chart.put(shown)
        chart.draw()
        chart._mouse(chart._main.sceneBoundingRect().center())
    assert len(told) == count, "there are none"
    chart.put(lines(9, 5))
    chart._mouse(chart._main.sceneBoundingRect().center())
    assert told[count:] == [""]


def test_the_newest_values_are_those_of_one_session(chart: Chart) -> None:
    nothing = [SessionCurves("x", table(0))]
    for shown, told in ((lines(9), "update 9, loss"), (lines(9, 5), ""), ([], ""), (nothing, "")):
        chart.put(shown)
        assert chart.newest.startswith(told) and bool(chart.newest) is bool(told)


def test_a_flat_curve_and_a_curve_of_nothing_have_a_scale(chart: Chart) -> None:
    flat = Table()
    for number in range(1, 9):
        flat.add({"number": number, "phase": "ppo", "loss": 3.0, "alpha": 1.0})
    chart.put([SessionCurves("x", flat)])
    chart.draw()
    low, high = chart._main.vb.viewRange()[1]
    assert low < 3.0 and high > 4.0
    chart.choose(log=True, extra="kl")
    assert np.isfinite(chart._main.vb.viewRange()).all() and np.isfinite(chart._extra.vb.viewRange()).all()


@pytest.mark.parametrize(
    ("mark", "name", "told"),
    [
        (PlotMark(3, "phase", "warm-up"), "warm-up", "warm-up"),
        (PlotMark(3, "interruption", "The power went."), "interrupted", "The power went."),
        (PlotMark(3, "phase_transition"), "transition", "phase transition"),
        (PlotMark(3, "of_tomorrow"), "of tomorrow", "of tomorrow"),
    ],
)
def test_a_line_has_a_short_name_and_says_what_it_was(qtbot: QtBot, mark: PlotMark, name: str, told: str) -> None:
    assert (short(mark), sentence(mark)) == (name, told)


def test_lines_are_told_apart_by_ink_and_stroke_and_those_of_before_are_gone(chart: Chart) -> None:
    chart.show()
    made = table(30)
    made.add({"number": 31, "kind": "mark", "mark": "phase_transition", "direction": "down", "size": 0.1, "since": 5})
    made.add({"number": 32, "kind": "mark", "mark": "of_tomorrow"})
    made.interrupted(10, "The power went.")
    chart.put([SessionCurves("x", made)])
    chart.draw()
    before = list(chart._marks._lines)
    looks = [(line.pen.color().name(), line.pen.style()) for line in before]
    dash, dot, palette = Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, chart.palette()
    faint, moved, cut = (
        colour.name() for colour in (palette.placeholderText().color(), hue(TRANSITION, palette), hue(CUT, palette))
    )
    assert looks == [(faint, dot), (moved, dash), (faint, dot), (cut, dot)]
    assert all(line.scene() is not None for line in before)
    chart.put(lines(30))
    chart.draw()
    assert not any(line.scene() for line in before) and len(chart._marks._lines) == 1


def test_a_name_stands_at_the_side_of_its_line_that_has_the_room(chart: Chart) -> None:
    """A phase behind its line; an event in the right half before it."""
    chart.show()
    made = table(30)
    for at in (5, 25):
        made.interrupted(at, "The power went.")
    chart.put([SessionCurves("x", made)])
    chart.draw()
    view = chart._main.vb
    for line, before in zip(chart._marks._lines, (False, False, True), strict=True):
        place = view.mapRectFromItem(line.label, line.label.boundingRect())
        at = view.mapFromView(QPointF(line.value(), 0.0)).x()
        assert abs((place.right() if before else place.left()) - at) < 4


def test_a_name_with_braces_is_written_as_it_is_and_of_many_marks_the_newest_have_names(chart: Chart) -> None:
    made = table(30)
    for number in range(20):
        made.add({"number": 31 + number, "kind": "mark", "mark": f"{{of}} {number}"})
    chart.put([SessionCurves("x", made)])
    chart.draw()
    labels = [getattr(line, "label", None) for line in chart._marks._lines]
    assert [label is not None for label in labels] == [True, *[False] * 8, *[True] * 12]
    assert labels[-1].toPlainText() == "{of} 19" and "{of} 3" in chart._marks._lines[4].toolTip()


def test_the_mouse_is_heard_where_it_moves_over_the_plot(chart: Chart) -> None:
    told = list[str]()
    chart.pointed.connect(told.append)
    chart.show()
    chart.put(lines(60))
    chart.draw()
    chart._graphics.scene().sigMouseMoved.emit(chart._main.vb.mapViewToScene(QPointF(17.0, 2.5)))
    assert told[-1].startswith("update 17,")


@pytest.mark.parametrize(("updates", "smooth"), [(FEW - 1, True), (FEW, False)])
def test_few_values_have_smooth_edges_and_the_smoothed_line_has_always(
    chart: Chart, updates: int, smooth: bool
) -> None:
    chart.resize(2_000, 400)
    chart.put(lines(updates))
    chart.draw()
    looks = {name: item.opts["antialias"] for (_, name), (_, item) in chart._curves.items()}
    assert looks == {"raw": smooth, "loss": True, "alpha": True}


@pytest.mark.parametrize(("width", "of_values", "of_the_line"), [(2_000, 1_000, 500), (300, 200, 200)])
def test_of_many_updates_as_many_points_are_drawn_as_can_be_seen(
    chart: Chart, width: int, of_values: int, of_the_line: int
) -> None:
    """Two of each bucket; of a thick line half as many buckets as of a thin one, and some in any case."""
    chart.resize(width, 400)
    chart.show()
    made = Table()
    for number in range(1, 20_001):
        made.add({"number": number, "phase": "ppo", "loss": 2.0 + number * 7 % 11, "alpha": 0.5})
    chart.put([SessionCurves("x", made)])
    chart.draw()
    drawn = {name: len(item.getData()[0]) for (_, name), (_, item) in chart._curves.items()}
    assert chart._graphics.width() == width
    for name, buckets in (("raw", of_values), ("loss", of_the_line)):
        assert 0.9 * 2 * buckets < drawn[name] <= 2 * buckets + 2


def test_why_there_is_no_curve_stands_in_the_middle_also_of_a_window_of_another_size(chart: Chart) -> None:
    chart.show()
    chart.choose(extra="reward")
    chart.put(lines(9))
    chart.draw()
    assert chart.nothing
    for size in ((900, 500), (600, 400)):
        chart.resize(*size)
        QApplication.processEvents()
        view, place = chart._extra.vb, chart._nothing.pos()
        assert (place.x(), place.y()) == (pytest.approx(view.width() / 2), pytest.approx(view.height() / 2))


def test_the_name_of_a_small_axis_leaves_its_unit_out_where_it_has_no_room(chart: Chart) -> None:
    """It ran into the one above."""
    chart.show()
    chart.put(lines(9))
    for height, named in ((240, "KL"), (900, series_name("kl"))):
        chart.resize(700, height)
        chart.choose(extra="kl")
        QApplication.processEvents()
        chart.draw()
        assert chart._extra.getAxis("left").labelText == named
