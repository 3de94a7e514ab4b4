"""The live plot: loss and alpha over one x, another series below, marks; by pyqtgraph, at most ten times a second.

The tables belong to others and grow; the chart keeps what it has smoothed and drawn of them. series.py does the sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from so8t_gui.i18n.translate import tr
from so8t_gui.plot.axes import AlphaAxis, UpdatesAxis, ValueAxis
from so8t_gui.plot.event_lines import EventLines, hue, newest_mark, newest_phase
from so8t_gui.plot.labels import SHARES, series_name, values_at
from so8t_gui.plot.series import LEARNING, Array, Smooth, Table, thinned
from so8t_gui.widgets.ignored_wheel import turn_with_ctrl

REDRAW_MS = 100
FEW = 400  # points of a thin line that are worth smooth edges
FAINT = 120  # opacity of the values themselves, behind the smoothed line
FLAT = 1e-9  # of its height: what smoothing leaves of a loss that does not change is no curve to be seen
TICK, GRID = -5, 51  # pixels to the outside; opacity of the lines across
EDGE = 0.08  # of the curves' height: what stays free below and above them
NAMED = 0.12  # of the width: the room a phase that has just begun has for its name
LOSS, ALPHA, EXTRA = 1, 0, 2  # colours, as in the report


@dataclass(frozen=True)
class ChartOptions:
    """What the user chose. `weight`: of the smoothing, 0 to below 1; `extra`: a column below the plot, or empty."""

    weight: float = 0.9
    log: bool = False
    by_time: bool = False
    follow: bool = True
    extra: str = ""


@dataclass
class SessionCurves:
    """One session's curves. `timeline`: (points, active seconds) of its saves."""

    title: str
    table: Table
    timeline: list[tuple[int, float]] = field(default_factory=list)


TIMES = ((180.0, 1.0), (10_800.0, 60.0), (float("inf"), 3_600.0))  # up to so many seconds in all: the seconds of a unit


def time_unit(seconds: float) -> float:
    """The seconds of the unit in which so many are shown: seconds, minutes or hours."""
    return next(unit for most, unit in TIMES if seconds <= most)


class Chart(QWidget):
    """`followed(on)`: the user dragged the plot, or came back; `pointed(text)`: what is under the mouse; `drawn`."""

    followed = Signal(bool)
    pointed = Signal(str)
    drawn = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.options = ChartOptions()
        self.lines: list[SessionCurves] = []
        self._smooth: dict[tuple[int, str], Smooth] = {}
        self._own_change = False
        self._unit = 1.0  # seconds of the axis below, where it shows times
        self._graphics = pg.GraphicsLayoutWidget()
        self._graphics.setFrameShape(self._graphics.Shape.NoFrame)
        self._graphics.setAccessibleName(tr("Plot of loss and alpha"))
        turn_with_ctrl(self._graphics)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._graphics)
        self._main, self._extra = (
            self._graphics.addPlot(
                row=row,
                col=0,
                enableMenu=False,
                axisItems={"left": ValueAxis("left"), "bottom": UpdatesAxis("bottom"), "right": AlphaAxis("right")},
            )
            for row in (0, 1)
        )
        self._right = pg.ViewBox(enableMenu=False)
        self._marks = EventLines(self._main)
        self._nothing = pg.TextItem(anchor=(0.5, 0.5))  # why there is no curve below
        self._nothing.setParentItem(self._extra.vb)
        self._make_axes()
        self._curves: dict[tuple[int, str], tuple[Any, pg.PlotCurveItem]] = {}
        self._drawn: set[tuple[int, str]] = set()
        self._timer = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._timer.timeout.connect(self.draw)
        self._recolour()

    def put(self, lines: Sequence[SessionCurves]) -> None:
        """Shows these sessions instead, whole; of several the smoothed curves only."""
        self.lines = list(lines)
        self._smooth.clear()
        self._marks.forget()
        if not self.options.follow:
            self.options = replace(self.options, follow=True)
            self.followed.emit(True)
        self.changed()

    def changed(self) -> None:
        """Something was added to a table: drawn soon, if anyone is looking."""
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def choose(self, **changes: Any) -> None:
        """Fields of ChartOptions."""
        before, self.options = self.options, replace(self.options, **changes)
        if before.by_time != self.options.by_time or before.log != self.options.log:
            self.options = replace(self.options, follow=True)
        self.draw()
        if before.follow != self.options.follow:
            self.followed.emit(self.options.follow)

    def paint_on(self, painter: QPainter, place: QRectF) -> None:
        """Lines and letters as such, for exports."""
        self._graphics.render(painter, place, self._graphics.viewport().rect())

    def _make_axes(self) -> None:
        main, extra = self._main, self._extra
        for plot in (main, extra):
            plot.hideButtons()
            plot.getAxis("left").setWidth(58)
            plot.getAxis("right").setWidth(52)
            plot.getAxis("right").setGrid(False)  # two grids whose lines do not meet cannot be read
            plot.getAxis("left").enableAutoSIPrefix(False)
            plot.getAxis("bottom").enableAutoSIPrefix(False)
        main.scene().addItem(self._right)
        main.getAxis("right").linkToView(self._right)
        self._right.setXLink(main)
        self._right.setMouseEnabled(x=False, y=False)
        extra.setXLink(main)
        extra.showAxis("right")
        extra.getAxis("right").setStyle(showValues=False)
        extra.setMouseEnabled(y=False)
        self._graphics.ci.layout.setRowStretchFactor(0, 5)
        self._graphics.ci.layout.setContentsMargins(0, 4, 0, 0)
        self._graphics.ci.layout.setVerticalSpacing(0)
        main.vb.sigResized.connect(self._resized)
        extra.vb.sigResized.connect(self._say_why_nothing)
        main.vb.sigRangeChangedManually.connect(self._dragged)
        main.vb.sigXRangeChanged.connect(self._moved)
        main.scene().sigMouseMoved.connect(self._mouse)

    def _resized(self, *_: object) -> None:
        self._right.setGeometry(self._main.vb.sceneBoundingRect())
        if self._marks.arrange():
            self.changed()

    def _dragged(self, *_: object) -> None:
        if self.options.follow:
            self.options = replace(self.options, follow=False)
            self.followed.emit(False)

    def _moved(self, *_: object) -> None:
        if not self._own_change:
            self.changed()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.draw()

    def leaveEvent(self, event: QEvent) -> None:
        """A quick mouse is nowhere between the curves and what lies beside the plot."""
        super().leaveEvent(event)
        self.pointed.emit("")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
            self.draw()

    def colour(self, place: int) -> QColor:
        return hue(place, self.palette())

    def _recolour(self) -> None:
        palette = self.palette()
        self._marks.forget()
        self._graphics.setBackground(palette.color(QPalette.ColorRole.Base))
        ink = palette.color(QPalette.ColorRole.Text)
        for plot in (self._main, self._extra):
            for name in ("left", "right", "bottom"):
                plot.getAxis(name).setStyle(maxTickLevel=0)
                plot.getAxis(name).setPen(palette.color(QPalette.ColorRole.Mid))
                plot.getAxis(name).setTextPen(ink)

    def xs(self, line: SessionCurves) -> Array:
        return line.table.seconds(line.timeline) / self._unit if self.options.by_time else line.table.x.values

    def smooth(self, place: int, name: str) -> Array:
        """(N,) the smoothed column of this line, continued by what is new, from the start for another weight."""
        smooth = self._smooth.get((place, name))
        if smooth is None or smooth.weight != self.options.weight:
            smooth = self._smooth[place, name] = Smooth(self.options.weight)
        smooth.follow(self.lines[place].table, name)
        return smooth.values

    def draw(self) -> None:
        """Draws everything that is visible."""
        self._own_change = True
        self._drawn.clear()
        many = len(self.lines) > 1
        self._choose_unit()
        xs = [self.xs(line) for line in self.lines]
        visible = self._range(xs)
        loss, extra = [], []
        self._extra.setVisible(bool(self.options.extra))
        self._graphics.ci.layout.setRowStretchFactor(1, 2 if self.options.extra else 0)
        self._graphics.ci.layout.setRowMaximumHeight(1, 10_000 if self.options.extra else 0)
        for place, (line, x) in enumerate(zip(self.lines, xs, strict=True)):
            shade = self.colour(place) if many else self.colour(LOSS)
            if not many:
                faint = QColor(shade)
                faint.setAlpha(FAINT)
                raw = self._height(line.table.columns["loss"].values)
                raw = self._curve((place, "raw"), self._main, x, raw, visible, pg.mkPen(faint, width=1))
                loss.append(np.quantile(raw, (0.02, 0.98)) if len(raw) else raw)
            heights, pen = self._height(self.smooth(place, "loss")), pg.mkPen(shade, width=2)
            loss.append(self._curve((place, "loss"), self._main, x, heights, visible, pen))
            alpha = pg.mkPen(shade if many else self.colour(ALPHA), width=2)
            if many:
                alpha.setStyle(Qt.PenStyle.DashLine)
            self._curve((place, "alpha"), self._right, x, line.table.alpha, visible, alpha)
            if self.options.extra:
                pen = pg.mkPen(shade if many else self.colour(EXTRA), width=2)
                heights = self.smooth(place, self.options.extra)
                extra.append(self._curve((place, self.options.extra), self._extra, x, heights, visible, pen))
        for gone in self._curves.keys() - self._drawn:
            box, item = self._curves.pop(gone)
            box.removeItem(item)
        tables = [line.table for line in self.lines]
        self._marks.draw(list(zip(tables, xs, strict=True)), self.options.by_time, self.palette())
        self._marks.arrange()
        self._right.setYRange(0, max(1.04, 1 / (1 - self._marks.headroom)), padding=0)
        if self.options.follow:
            _fit(self._main, loss, self._marks.headroom)
        _fit(self._extra, extra)
        self._name_axes(many)
        self._say_why_nothing()
        self._own_change = False
        self.drawn.emit()

    @property
    def newest(self) -> str:
        """The values of the newest update; empty for several sessions."""
        table = self.lines[0].table if len(self.lines) == 1 else None
        return values_at(table, len(table) - 1) if table else ""

    def _choose_unit(self) -> None:
        """A run of minutes has no hours that could be read. What was zoomed to stays in sight."""
        timed = [line for line in self.lines if line.timeline and len(line.table)]
        last = max((float(line.table.seconds(line.timeline, -1)[0]) for line in timed), default=0.0)
        before, self._unit = self._unit, time_unit(last)
        if self.options.by_time and not self.options.follow and before != self._unit:
            low, high = (end * before / self._unit for end in self._main.vb.viewRange()[0])
            self._main.setXRange(low, high, padding=0)

    def _range(self, xs: Sequence[Array]) -> tuple[float, float]:
        if not self.options.follow:
            low, high = self._main.vb.viewRange()[0]
            return float(low), float(high)
        ends = [float(np.nanmax(x)) for x in xs if len(x) and np.isfinite(x).any()]
        high = max(ends, default=1.0)
        low = 0.0 if self.options.by_time or high <= 1 else 0.5  # where the line of the first phase stands
        known = [(line.table, x, self.options.by_time) for line, x in zip(self.lines, xs, strict=True)]
        newest = max((newest_phase(*of) for of in known), default=0.0)
        last = newest_mark(*known[0]) if len(known) == 1 else 0.0  # of several no events are shown
        shown = max(high, last, newest + NAMED * (high - low) if newest else 0.0)
        self._main.setXRange(low, shown if shown > low else low + 1, padding=0.01)
        return low, high

    def _height(self, y: Array) -> Array:
        if not self.options.log:
            return y
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(y > 0, np.log10(y), np.nan)

    def _curve(
        self, key: tuple[int, str], plot: Any, x: Array, y: Array, visible: tuple[float, float], pen: QPen
    ) -> Array:
        """Draws the visible part; returns its heights."""
        thick = pen.width() > 1
        buckets = max(200, self._graphics.width() // (4 if thick else 2))
        shown_x, shown_y = thinned(x, y, *visible, buckets) if len(x) and np.isfinite(x).all() else (x[:0], y[:0])
        if key not in self._curves:
            item = pg.PlotCurveItem()
            plot.addItem(item)
            self._curves[key] = (plot, item)
        item = self._curves[key][1]
        solid = pen.style() == Qt.PenStyle.SolidLine  # Qt strokes a long path many times more slowly than single lines
        item.setSegmentedLineMode("on" if solid else "off")  # which are too short for dashes
        breaks = np.zeros(len(shown_x), dtype=np.int8) if key[1] == "alpha" else self._breaks(key[0], x, shown_x)
        item.setData(shown_x, shown_y, pen=pen, antialias=thick or len(shown_x) < FEW, connect=1 - breaks)
        self._drawn.add(key)
        return shown_y

    def _breaks(self, place: int, x: Array, shown: Array) -> Any:
        """(len(shown),) one where a phase ends behind the point: its loss and that of the next are different things."""
        starts = [first - 1 for first, _ in self.lines[place].table.phases[1:] if first <= len(x)]
        ends = np.zeros(len(shown), dtype=np.int8)
        for start in starts:
            last = int(np.searchsorted(shown, x[start], side="left")) - 1
            if last >= 0:
                ends[last] = 1
        return ends

    def _name_axes(self, many: bool) -> None:
        plain = self.palette().color(QPalette.ColorRole.Text).name()
        loss, alpha = (plain, plain) if many else (self.colour(LOSS).name(), self.colour(ALPHA).name())
        self._main.getAxis("left").setLogMode(y=self.options.log)
        self._main.setLabel("left", tr("loss"), color=loss)
        self._main.setLabel("right", tr("alpha (dashed)") if many else tr("alpha"), color=alpha)
        drawn = any(len(line.table) for line in self.lines)
        for plot in (self._main, self._extra):
            plot.getAxis("bottom").whole = not self.options.by_time
            for side in ("left", "bottom", *(["right"] if plot is self._main else [])):
                of_curves = drawn and not (plot is self._extra and side == "left" and self.nothing)
                # neither numbers nor ticks of nothing, or of the session before
                plot.getAxis(side).setStyle(showValues=of_curves, tickLength=TICK if of_curves else 0)
                if side == "left":
                    plot.getAxis(side).setGrid(GRID if of_curves else False)
        times = {1.0: tr("active seconds"), 60.0: tr("active minutes"), 3_600.0: tr("active hours")}
        below = times[self._unit] if self.options.by_time else tr("updates")
        self._main.setLabel("bottom", "" if self.options.extra else below, color=plain)
        self._extra.setLabel("bottom", below, color=plain)
        self._extra.getAxis("left").share = self.options.extra in SHARES
        name, room = series_name(self.options.extra), self._extra.vb.height()
        if 0 < room < self.fontMetrics().horizontalAdvance(name):
            name = name.partition(" (")[0]  # its unit stands in the list
        self._extra.setLabel("left", name, color=plain if many else self.colour(EXTRA).name())
        for plot in (self._main, self._extra):
            for side in ("left", "right", "bottom"):
                plot.getAxis(side).resizeEvent()  # else a label stands where one of another length was centred

    def _say_why_nothing(self, *_: object) -> None:
        """In the middle of the lower plot, where no curve is to be seen in it."""
        view = self._extra.vb
        self._nothing.setText(self.nothing, self.palette().color(QPalette.ColorRole.PlaceholderText))
        self._nothing.setTextWidth(-1)
        if self._nothing.boundingRect().width() > view.width() > 0:
            self._nothing.setTextWidth(view.width())
        self._nothing.setPos(view.width() / 2, view.height() / 2)

    @property
    def nothing(self) -> str:
        """Why the lower plot is empty; empty where it is not, or is not shown."""
        tables = [line.table for line in self.lines if len(line.table)]
        if not self.options.extra or not tables or any(table.has(self.options.extra) for table in tables):
            return ""
        if any(phase in LEARNING for table in tables for _, phase in table.phases):
            return tr("There are no such values in this run.")
        if all(table.learns is False for table in tables):
            return tr("No such values: this run has no reinforcement learning (PPO, GRPO or RLOO).")
        return tr("Nothing yet: reinforcement learning (PPO, GRPO or RLOO) has not begun.")

    def _mouse(self, place: Any) -> None:
        if len(self.lines) != 1 or not self._main.sceneBoundingRect().contains(place):
            self.pointed.emit("")
            return
        x = self.xs(self.lines[0])
        if not len(x) or not np.isfinite(x).all():
            return
        row = int(np.clip(np.searchsorted(x, self._main.vb.mapSceneToView(place).x()), 0, len(x) - 1))
        self.pointed.emit(values_at(self.lines[0].table, row))


def _fit(plot: Any, heights: Sequence[Array], headroom: float = 0.0) -> None:
    """`headroom`: the share of the height that stays free above the curves."""
    values = [y for y in heights if len(y)]
    if not values:
        return
    every = np.concatenate(values)
    low, high = float(every.min()), float(every.max())
    flat = high - low <= FLAT * max(abs(low), abs(high))
    size = 1.0 if flat else high - low
    above = max(1 + EDGE, (1 + EDGE) / (1 - headroom) - EDGE)
    plot.setYRange(low - EDGE * size, low + above * size, padding=0)
