"""What the plot is made of, as text: axes, curves, lines with their names. Part of `parts_of_pages`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtGui import QPen
from PySide6.QtWidgets import QApplication

from helpers import parts_of_page
from so8t_gui.plot.chart import Chart, SessionCurves
from so8t_gui.plot.series import Table

SIDES = ("left", "right", "bottom")


def text() -> str:
    """One session, the same in other ways, two sessions, none."""
    chart = Chart()
    chart.resize(900, 500)
    chart.show()
    one = [SessionCurves("one", _table(30), [(12, 3_600.0), (30, 9_000.0)])]
    two = [*one, SessionCurves("two", _table(20), [(20, 7_200.0)])]
    states: dict[str, Callable[[], None]] = {
        "one session": lambda: chart.put(one),
        "with its reward": lambda: chart.choose(extra="reward"),
        "by time": lambda: chart.choose(extra="", by_time=True),
        "logarithmic": lambda: chart.choose(by_time=False, log=True),
        "smoother": lambda: chart.choose(log=False, weight=0.99),
        "a phase that has just begun": lambda: chart.put([SessionCurves("late", _table(30, late=28))]),
        "two sessions": lambda: chart.put(two),
        "two sessions with their KL": lambda: chart.choose(extra="kl"),
        "none": lambda: chart.put([]),
    }
    parts, before, pointed = list[str](), list[str](), list[str]()
    chart.pointed.connect(pointed.append)
    for name, make in states.items():
        make()
        for _ in range(2):  # the room for names follows from the height, which is laid out by the first
            chart.draw()
            QApplication.processEvents()
        chart._mouse(chart._main.mapToScene(chart._main.boundingRect().center()))
        lines = [*_lines(chart), f"under the mouse {pointed[-1]!r}", f"newest {chart.newest!r}"]
        parts += [f"# {name}", *(parts_of_page.differing(before, lines) if before else lines)]
        before = lines
    chart.close()
    chart.deleteLater()
    return "\n".join(parts) + "\n"


def _table(updates: int, late: int = 0) -> Table:
    """`late`: updates of the first phase, else a third of them."""
    made, first = Table(), late or updates // 3
    for number in range(1, updates + 1):
        second = number > first
        entry: dict[str, Any] = {"number": number, "phase": "ppo" if second else "warmup", "update": number}
        entry |= {"loss": 2.0 / number, "alpha": 1.0 - number / 100}
        made.add({**entry, "reward": number / 50, "kl": number / 20} if second else entry)
    made.add({"number": updates + 1, "kind": "mark", "mark": "phase_transition", "direction": "down", "size": 0.1,
              "since": updates - 5})  # fmt: skip
    made.interrupted(updates // 2, "cut off by a power cut")
    return made


def _lines(chart: Chart) -> Iterator[str]:
    for name, plot in (("above", chart._main), ("below", chart._extra)):
        if not plot.isVisible():
            yield f"{name} hidden"
            continue
        yield f"{name} x={_numbers(plot.vb.viewRange()[0])} y={_numbers(plot.vb.viewRange()[1])}{_moved(plot.vb)}"
        for side in SIDES:
            axis = plot.getAxis(side)
            if axis.isVisible():
                yield f" {side} {_axis(axis)}"
    yield f"at the right y={_numbers(chart._right.viewRange()[1])}{_moved(chart._right)}"
    yield f"rows {[chart._graphics.ci.layout.rowStretchFactor(row) for row in (0, 1)]}"
    for (place, name), (box, item) in chart._curves.items():
        xs, ys = item.getData()
        where = "right" if box is chart._right else "below" if box is chart._extra else "above"
        breaks = [float(x) for x, on in zip(xs, item.opts["connect"], strict=True) if not on]
        look = f"{_pen(item.opts['pen'])} smooth={item.opts['antialias']} {item.opts['segmentedLineMode']}"
        at = [0, len(xs) // 2, -1] if len(xs) else []
        points = ", ".join(f"({xs[one]:.3g}, {ys[one]:.3g})" for one in at)
        yield f"curve {place} {name} {where} {len(xs)}: {points} breaks={breaks} {look}"
    for line in chart._marks._lines:
        label = getattr(line, "label", None)
        named = f"{label.format!r} {label.color.name()} {_anchors(label)}" if label is not None else "no name"
        yield f"line {line.value():.3g} {line.angle} {_pen(line.pen)} {named} tip={line.toolTip()!r}"


def _axis(axis: Any) -> str:
    style = {name: axis.style[name] for name in ("showValues", "maxTickLevel")}
    return (
        f"{axis.labelText!r} {axis.labelStyle.get('color')} {style} pen={axis.pen().color().name()} "
        f"ink={axis.textPen().color().name()} grid={axis.grid} log={axis.logMode} prefix={axis.autoSIPrefix} "
        f"width={axis.fixedWidth}"
    )


def _moved(box: Any) -> str:
    return f" mouse={box.state['mouseEnabled']} menu={box.menuEnabled()}"


def _pen(pen: QPen) -> str:
    return f"{pen.color().name()} alpha={pen.color().alpha()} width={pen.width()} {pen.style().name}"


def _anchors(label: Any) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in label.anchors]


def _numbers(values: Any) -> list[float]:
    return [float(f"{value:.3g}") for value in values]
