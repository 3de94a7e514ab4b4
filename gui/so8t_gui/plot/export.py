"""The plot as text and as files: a table to read aloud, CSV of every value, PNG and SVG of what is visible."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QBuffer, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette

from so8t_engine.plain_text import plain
from so8t_gui.i18n.translate import tr
from so8t_gui.plot.chart import Chart, SessionCurves
from so8t_gui.plot.labels import phase_name, sentence, value_text
from so8t_gui.plot.series import VALUES, Table

ROWS = 188  # that are spread over a long run: a table of two hundred is scrolled through
NEWEST = 12  # that are there without a gap
MEASURED = 3  # columns at the end, of rollouts: reward, KL, right answers
AGAIN = "\N{DITTO MARK}"
MILLISECONDS = 3  # decimals of seconds
SQUARE, SPACE, BETWEEN = 10, 6, 20  # pixels of a legend
STEPS = (1, 2, 5)  # and ten times as many: one row for so many updates


def as_text(curves: SessionCurves, weight: float) -> str:
    """Updates spread over the run, the newest last, what was marked between them; the loss as it is and smoothed.

    The first and the last of each phase are among them; which others, the last line says.

    Columns stand apart by tabs: letters of Japanese are not twice as wide as others in every font.
    """
    table = curves.table
    if not len(table):
        return tr("No updates yet.")
    smooth = [("loss", table.smoothed("loss", weight))] if weight > 0 else []
    more = [("alpha", table.alpha), *((name, table.columns[name].values) for name in VALUES[2:])]
    series = [("loss", table.columns["loss"].values), *smooth, *more]
    step = _step(len(table))
    picked = _picked(table, step)
    rows = [
        [str(row + 1), phase_name(_phase(table, row + 1)), *(_cell(name, values[row]) for name, values in series)]
        for row in picked
    ]
    repeated = _repeat_batches(rows)
    losses = [tr("loss"), tr("smoothed")] if smooth else [tr("loss")]
    names = [tr("update"), tr("phase"), *losses, tr("alpha"), tr("reward"), "KL", tr("right answers")]
    marks = [(mark.x, tr("After update {n}: {event}", n=mark.x, event=sentence(mark))) for mark in table.marks]
    told = [(row + 1, "\t".join(cells)) for row, cells in zip(picked, rows, strict=True)]
    lines = ["\t".join(names), *(text for _, text in sorted([*told, *marks], key=lambda line: line[0]))]
    if step > 1:
        lines.append(
            tr(
                "Shown: one update in {step}, the first and the last of each phase, and the newest {newest}. "
                "The CSV of Export has every update.",
                step=step, newest=NEWEST,
            )
        )  # fmt: skip
    if repeated:
        lines.append(tr("{sign} As above: measured once, of the batch that all these updates learn from.", sign=AGAIN))
    return "\n".join(lines)


def _repeat_batches(rows: list[list[str]]) -> bool:
    """What is measured once a batch is written once: in the other rows of its updates a sign says so. Whether any has
    it.
    """
    measured, found = ["-"] * MEASURED, False
    for before, row in pairwise([["", "", *measured], *rows]):
        own = row[-MEASURED:]
        same = own == measured and row[1] == before[1] and own[0] != "-"
        measured = own
        if same:
            row[-MEASURED:] = [AGAIN if cell != "-" else cell for cell in own]
            found = True
    return found


def _step(updates: int) -> int:
    """One row for how many updates."""
    steps = (step * int(10**power) for power in range(20) for step in STEPS)
    return next(step for step in steps if updates <= NEWEST + step * ROWS)


def _picked(table: Table, step: int) -> list[int]:
    """The rows that are shown, from 0: each `step`th update, the ends of the phases, the newest."""
    updates = len(table)
    starts = [first - 1 for first, _ in table.phases]
    ends = [start - 1 for start in starts if start]
    return sorted({*range(step - 1, updates, step), *starts, *ends, *range(max(0, updates - NEWEST), updates)})


def save_csv(path: Path, lines: Sequence[SessionCurves]) -> None:
    """Every update with all its values; of several sessions, each with its name. Raises OSError."""
    named = len(lines) > 1
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        names = ["update", "history_number", "phase", "active_seconds", *VALUES]
        rows.writerow(["session", *names] if named else names)
        for line in lines:
            rows.writerows([line.title, *row] if named else row for row in _rows(line))


def _rows(line: SessionCurves) -> Iterator[list[object]]:
    table = line.table
    seconds = table.seconds(line.timeline)
    columns = {name: column.values for name, column in table.columns.items()} | {"alpha": table.alpha}
    for row in range(len(table)):
        when = round(float(seconds[row]), MILLISECONDS)
        values = (_exact(float(columns[name][row])) for name in VALUES)
        yield [row + 1, int(table.numbers.values[row]), _phase(table, row + 1), _exact(when), *values]


def save_picture(path: Path, chart: Chart) -> None:
    """PNG (two pixels for each of the screen's) or SVG, by its ending; above several curves stands whose they are.
    Raises OSError.
    """
    legend = _legend(chart)
    size = chart.size() + QSize(0, legend.height)
    if path.suffix.lower() == ".svg":
        _save_svg(path, chart, legend, size)
        return
    picture = QImage(size * 2, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(2)
    painter = QPainter(picture)
    legend.paint(painter, chart)
    chart.render(painter, QPoint(0, legend.height))
    painter.end()
    if not picture.save(str(path)):
        raise OSError(None, tr("the picture could not be written"))


def _save_svg(path: Path, chart: Chart, legend: _Legend, size: QSize) -> None:
    from PySide6.QtSvg import QSvgGenerator

    body = QBuffer()
    made = QSvgGenerator()
    made.setOutputDevice(body)
    made.setResolution(chart.logicalDpiX())  # that for which its axes are drawn
    made.setSize(size)
    made.setViewBox(QRect(QPoint(), size))
    made.setTitle("SO8T")
    painter = QPainter(made)
    legend.paint(painter, chart)
    chart.paint_on(painter, QRectF(QPointF(0, legend.height), QSizeF(chart.size())))
    painter.end()
    path.write_bytes(body.data().data())


@dataclass(frozen=True)
class _Legend:
    """(left, baseline, colour, name) of each session, in rows; empty where there is one."""

    entries: tuple[tuple[int, int, QColor, str], ...] = ()
    height: int = 0

    def paint(self, painter: QPainter, chart: Chart) -> None:
        if not self.entries:
            return
        painter.setFont(chart.font())
        painter.fillRect(0, 0, chart.width(), self.height, chart.palette().color(QPalette.ColorRole.Base))
        for left, line, colour, name in self.entries:
            painter.fillRect(left, line - SQUARE, SQUARE, SQUARE, colour)
            painter.setPen(chart.palette().color(QPalette.ColorRole.Text))
            painter.drawText(left + SQUARE + SPACE, line, name)


def _legend(chart: Chart) -> _Legend:
    if len(chart.lines) < 2:
        return _Legend()
    metrics, entries = chart.fontMetrics(), []
    high, room = metrics.lineSpacing() + SPACE, chart.width() - SQUARE - 3 * SPACE
    left, row = SPACE, 0
    for place, line in enumerate(chart.lines):
        name = metrics.elidedText(plain(line.title), Qt.TextElideMode.ElideMiddle, room)
        wide = SQUARE + SPACE + metrics.horizontalAdvance(name)
        if left > SPACE and left + wide > chart.width() - SPACE:
            left, row = SPACE, row + 1
        entries.append((left, row * high + SPACE + metrics.ascent(), chart.colour(place), name))
        left += wide + BETWEEN
    return _Legend(tuple(entries), (row + 1) * high + SPACE)


def _phase(table: Table, x: int) -> str:
    return next((phase for first, phase in reversed(table.phases) if first <= x), "")


def _cell(name: str, value: float) -> str:
    return value_text(name, value) if math.isfinite(value) else "-"


def _exact(value: float) -> str:
    return repr(value) if math.isfinite(value) else ""
