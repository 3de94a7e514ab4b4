"""How fast the live plot draws: a history of --points updates, whole, zoomed, panned, growing, some seconds each.

Counts pictures that were really painted (the widget is grabbed after every change). Runs on any display, also with
QT_QPA_PLATFORM=offscreen. The last line is one JSON object: frames a second for each kind of movement.
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import statistics
import time
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
import PySide6
from PySide6.QtWidgets import QApplication

from so8t_gui.plot.chart import Chart, SessionCurves
from so8t_gui.plot.series import Column, Table


def filled(points: int) -> Table:
    """Losses that fall with noise, alpha that falls as a sigmoid."""
    table = Table()
    x = np.arange(1, points + 1, dtype=float)
    noise = np.random.default_rng(1).standard_normal(points)
    values = {
        "loss": 2 * np.exp(-x / points * 3) + 0.2 * noise,
        "alpha": 0.382 + 0.618 / (1 + np.exp(10 * (x / points - 0.5))),
        "reward": x / points + 0.1 * noise,
    }
    _fill(table.x, x)
    _fill(table.numbers, x)
    for name, column in table.columns.items():
        _fill(column, values.get(name, np.full(points, math.nan)))
    table.phases.append((1, "ppo"))
    table.newest = points
    return table


def _fill(column: Column, values: np.ndarray) -> None:
    column._room, column._used = values.copy(), len(values)


def frames(chart: Chart, seconds: float, move: Callable[[int], None]) -> dict[str, float]:
    """Each frame: one movement, drawn and painted."""
    times: list[float] = []
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends or len(times) < 5:
        began = time.perf_counter()
        move(len(times))
        chart.draw()
        chart.grab()
        QApplication.processEvents()
        times.append(time.perf_counter() - began)
    slow = sorted(times)[int(0.99 * (len(times) - 1))]
    return {"fps": round(1 / statistics.fmean(times), 1), "p99_ms": round(1_000 * slow, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=5.0, help="for each kind of movement (default 5)")
    parser.add_argument("--size", default="1100x420", help="of the plot in pixels (default 1100x420)")
    arguments = parser.parse_args()
    application = QApplication([])
    width, height = (int(part) for part in arguments.size.split("x"))
    chart = Chart()
    chart.resize(width, height)
    table = filled(arguments.points)
    chart.show()
    chart.put([SessionCurves("bench", table)])
    chart.draw()
    box, points = chart._main.vb, arguments.points

    def still(_: int) -> None:
        chart.choose(follow=True)

    def pan(n: int) -> None:
        low = points * (0.1 + 0.5 * (n % 100) / 100)
        chart.options = type(chart.options)(follow=False)
        box.setXRange(low, low + points * 0.3, padding=0)

    def zoom(n: int) -> None:
        half = points * 0.5 * 0.93 ** (n % 100)
        chart.options = type(chart.options)(follow=False)
        box.setXRange(points / 2 - half, points / 2 + half, padding=0)

    def grow(n: int) -> None:
        """A point arrives in every frame: smoothing is done anew."""
        number = table.newest + 1
        chart.options = type(chart.options)()
        table.add({"number": number, "phase": "ppo", "loss": 0.1, "alpha": 0.382})

    found = {
        name: frames(chart, arguments.seconds, move)
        for name, move in (("whole", still), ("pan", pan), ("zoom", zoom), ("grow", grow))
    }
    application.quit()
    where = {"python": platform.python_version(), "pyside": PySide6.__version__, "pyqtgraph": pg.__version__}
    print(
        json.dumps({"points": points, "size": arguments.size, "display": application.platformName(), **found, **where})
    )


if __name__ == "__main__":
    main()
