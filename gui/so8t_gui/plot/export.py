"""The plot as text and as files: a table to read aloud, CSV of every value, PNG and SVG of what is visible."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage, QPainter

from so8t_gui.i18n.translate import tr
from so8t_gui.plot.chart import Chart, SessionCurves
from so8t_gui.plot.labels import phase_name, sentence, value_text
from so8t_gui.plot.series import VALUES, Table

ROWS = 24


def as_text(curves: SessionCurves, weight: float) -> str:
    """Up to ROWS updates spread over the run, the newest last, then what was marked; the loss as it is and smoothed.

    Columns stand apart by tabs: letters of Japanese are not twice as wide as others in every font.
    """
    table = curves.table
    if not len(table):
        return tr("No updates yet.")
    smooth = [("loss", table.smoothed("loss", weight))] if weight > 0 else []
    more = [("alpha", table.alpha), *((name, table.columns[name].values) for name in VALUES[2:])]
    series = [("loss", table.columns["loss"].values), *smooth, *more]
    picked = np.unique(np.linspace(0, len(table) - 1, min(ROWS, len(table))).round().astype(int))
    rows = [
        [str(row + 1), phase_name(_phase(table, row + 1)), *(_cell(name, values[row]) for name, values in series)]
        for row in picked
    ]
    losses = [tr("loss"), tr("smoothed")] if smooth else [tr("loss")]
    names = [tr("update"), tr("phase"), *losses, tr("alpha"), tr("reward"), "KL", tr("right answers")]
    lines = ["\t".join(row) for row in [names, *rows]]
    lines += [tr("After update {n}: {event}", n=mark.x, event=sentence(mark)) for mark in table.marks]
    return "\n".join(lines)


def save_csv(path: Path, curves: SessionCurves) -> None:
    """Every update with all its values. Raises OSError."""
    table = curves.table
    seconds = table.seconds(curves.timeline)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["update", "history_number", "phase", "active_seconds", *VALUES])
        for row in range(len(table)):
            values = [_exact(float(table.columns[name].values[row])) for name in VALUES]
            number = int(table.numbers.values[row])
            rows.writerow([row + 1, number, _phase(table, row + 1), _exact(float(seconds[row])), *values])


def save_picture(path: Path, chart: Chart) -> None:
    """PNG (two pixels for each of the screen's) or SVG, by its ending. Raises OSError."""
    if path.suffix.lower() == ".svg":
        _save_svg(path, chart)
        return
    picture = QImage(chart.size() * 2, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(2)
    chart.render(picture)
    if not picture.save(str(path)):
        raise OSError(None, tr("the picture could not be written"))


def _save_svg(path: Path, chart: Chart) -> None:
    from PySide6.QtSvg import QSvgGenerator

    body = QBuffer()
    made = QSvgGenerator()
    made.setOutputDevice(body)
    made.setSize(chart.size())
    made.setViewBox(chart.rect())
    made.setTitle("SO8T")
    painter = QPainter(made)
    chart.scene.render(painter)
    painter.end()
    path.write_bytes(body.data().data())


def _phase(table: Table, x: int) -> str:
    return next((phase for first, phase in reversed(table.phases) if first <= x), "")


def _cell(name: str, value: float) -> str:
    return value_text(name, value) if math.isfinite(value) else "-"


def _exact(value: float) -> str:
    return repr(value) if math.isfinite(value) else ""
