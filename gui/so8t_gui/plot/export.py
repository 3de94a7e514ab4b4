"""The plot as text and as files: a table to read aloud, CSV of every value, PNG and SVG of what is visible."""

from __future__ import annotations

import csv
import math
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage, QPainter

from so8t_gui.i18n.translate import tr
from so8t_gui.plot.chart import Chart, SessionCurves
from so8t_gui.plot.labels import phase_name, sentence, value_text
from so8t_gui.plot.series import VALUES, Table

ROWS = 188  # that are spread over a long run: a table of two hundred is scrolled through
NEWEST = 12  # that are there without a gap
MEASURED = 3  # columns at the end, of rollouts: reward, KL, right answers
AGAIN = "\N{DITTO MARK}"
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
