"""The lines that cut through the plot: phases, phase transitions, interruptions; and the plot's colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPalette

from so8t_gui.plot.label_rows import rows
from so8t_gui.plot.labels import phase_name, sentence, short
from so8t_gui.plot.series import Array, PlotMark, Table
from so8t_gui.widgets import status_icons
from so8t_gui.widgets.tool_tip import tool_tip

MOST_LABELS = 12
TOP = 0.96  # of the plot's height: where the names of the first row begin
SHARE = 0.45  # of the height below it that names may take
GAP = 0.02  # of the height, between the names and the curves
MOST = 0.6  # of the height, however low the plot is
IN_FRONT = 10  # of curves that are zoomed to
LIGHT = ("#0969da", "#bc4c00", "#1a7f37", "#8250df", "#9a6700", "#cf222e")
DARK = ("#58a6ff", "#f0883e", "#3fb950", "#bc8cff", "#d29922", "#ff7b72")
TRANSITION, CUT = 3, 4


def hue(place: int, palette: QPalette) -> QColor:
    names = DARK if status_icons.is_dark(palette) else LIGHT
    return QColor(names[place % len(names)])


class EventLines:
    """The lines in `plot`; kept from one drawing to the next until there are others, or they stand elsewhere."""

    def __init__(self, plot: Any) -> None:
        self._plot = plot
        self._lines: list[pg.InfiniteLine] = []
        self._drawn: object = None
        self._arranged: object = None
        self.headroom = 0.0  # the share of the height that belongs to names

    def forget(self) -> None:
        """The next `draw` starts from nothing: another session, other colours."""
        self._drawn = None

    def draw(self, curves: Sequence[tuple[Table, Array]], by_time: bool, palette: QPalette) -> None:
        """Of each table and the places of its updates. Of several it is the beginnings of their phases alone, each in
        the colour of its curves: the warm-up of one may lie over the base training of another.
        """
        state = (*(_state(table, x, by_time) for table, x in curves), by_time)
        if self._drawn == state:
            return
        self._drawn, self._arranged = state, None
        for line in self._lines:
            self._plot.removeItem(line)
        self._lines = []
        known = [(table, x) if len(x) and np.isfinite(x).all() else None for table, x in curves]
        if len(known) == 1 and known[0] is not None:
            self._draw_all(*known[0], by_time, palette)
        elif len(known) > 1:
            self._draw_phases(known, by_time, palette)

    def _draw_phases(self, curves: Sequence[tuple[Table, Array] | None], by_time: bool, palette: QPalette) -> None:
        """What begins in several at one place has one name, in no session's colour."""
        found: dict[tuple[float, str], list[int]] = {}
        for place, one in enumerate(curves):
            for first, phase in one[0].phases if one is not None else ():
                at = _place(first - 1, one[1], by_time) if one is not None else 0.0
                found.setdefault((at, phase_name(phase)), []).append(place)
        for (at, name), places in found.items():
            colour = hue(places[0], palette) if len(places) == 1 else None
            self._add(PlotMark(0, "phase", name), at, name, palette, colour)

    def _draw_all(self, table: Table, x: Array, by_time: bool, palette: QPalette) -> None:
        phases = [PlotMark(first - 1, "phase", phase_name(phase)) for first, phase in table.phases]
        marks = [*phases, *table.marks]
        for number, mark in enumerate(marks):
            labelled = number >= len(marks) - MOST_LABELS or mark.kind == "phase"
            self._add(mark, _place(mark.x, x, by_time), short(mark) if labelled else None, palette)

    def arrange(self) -> bool:
        """Each name whole within the plot, in a row of its own where it would lie on another; to be called when the
        range of x has been set.

        Phases choose first. A name for which no row has room is left out, and so is that of a line that is not in
        sight; the line's tool tip has it. Returns whether the rows take more or less room than before.
        """
        view = self._plot.vb
        state = (*view.viewRange()[0], view.width(), view.height())
        if self._arranged == state or view.width() <= 0 or view.height() <= 0:
            return False
        self._arranged, before = state, self.headroom
        every = [line.label for line in self._lines if getattr(line, "label", None) is not None]
        labels = [label for label in every if 0 <= _at(label, view) <= view.width()]
        for label in every:
            label.setVisible(label in labels)
        row_height = max((label.boundingRect().height() for label in labels), default=0.0) / view.height()
        places = rows([_span(label, view) for label in labels], max(1, int(SHARE / row_height))) if labels else []
        for label, place in zip(labels, places, strict=True):
            label.setVisible(place is not None)
            if place is not None:
                left, right = _span(label, view)
                anchor = ((_at(label, view) - left) / max(1.0, right - left), 0)
                label.anchors = [anchor, anchor]  # pyqtgraph keeps one of the two, whichever half the line is in
                label.setPosition(TOP - place * row_height)
        taken = max((place + 1 for place in places if place is not None), default=0)
        self.headroom = min(1 - TOP + taken * row_height + GAP, MOST) if taken else 0.0
        return self.headroom != before

    def _add(self, mark: PlotMark, at: float, label: str | None, palette: QPalette, own: QColor | None = None) -> None:
        colour, style = _look(mark.kind, palette)
        colour = own or colour
        options = {"position": TOP, "color": colour, "anchors": [(0, 0), (0, 0)]}
        options["fill"] = palette.color(QPalette.ColorRole.Base)
        pen = pg.mkPen(colour, width=1, style=style)
        if label is not None:
            label = label.replace("{", "{{").replace("}", "}}")  # pyqtgraph takes it for a format of the value
        line = pg.InfiniteLine(at, angle=90, pen=pen, label=label, labelOpts=options)
        line.kind = mark.kind
        line.setToolTip(tool_tip(sentence(mark)))
        line.setZValue(IN_FRONT)
        self._plot.addItem(line)
        self._lines.append(line)


def _state(table: Table, x: Array, by_time: bool) -> object:
    """What the lines of a table depend on."""
    counts = (len(table.marks), len(table.phases), len(table) > 0, table.cuts)
    return id(table), counts, (len(x), x[-1]) if by_time and len(x) else 0


def newest_phase(table: Table, x: Array, by_time: bool) -> float:
    """Where on `x` the line of the phase stands that began last; 0 where there is none."""
    known = bool(table.phases) and len(x) > 0 and bool(np.isfinite(x).all())
    return _place(table.phases[-1][0] - 1, x, by_time) if known else 0.0


def newest_mark(table: Table, x: Array, by_time: bool) -> float:
    """Where on `x` the last line stands that is no phase's: behind the last update, where a run was cut off there."""
    known = bool(table.marks) and len(x) > 0 and bool(np.isfinite(x).all())
    return max(_place(mark.x, x, by_time) for mark in table.marks) if known else 0.0


def _at(label: Any, view: Any) -> float:
    """Its line, in pixels of the plot."""
    return float(view.mapFromView(QPointF(label.line.value(), 0.0)).x())


def _span(label: Any, view: Any) -> tuple[float, float]:
    """(left, right) of a name in pixels of the plot: a phase lies behind its line, an event in the right half before
    it, and none beyond an edge."""
    at, width = _at(label, view), label.boundingRect().width()
    left = at - width if label.line.kind != "phase" and at > view.width() / 2 else at
    left = max(0.0, min(left, view.width() - width))
    return left, left + width


def _look(kind: str, palette: QPalette) -> tuple[QColor, Qt.PenStyle]:
    if kind == "phase_transition":
        return hue(TRANSITION, palette), Qt.PenStyle.DashLine
    if kind == "interruption":
        return hue(CUT, palette), Qt.PenStyle.DotLine
    return palette.color(QPalette.ColorRole.PlaceholderText), Qt.PenStyle.DotLine


def _place(behind: int, x: Array, by_time: bool) -> float:
    """Between the update before and the one after."""
    step = 0.0 if by_time else 0.5
    return float(x[min(behind, len(x)) - 1]) + step if behind else float(x[0]) - step
