"""What is painted by hand, as the painter is told it: signs, icons, tiles, gauges, bars. Part of `parts_of_pages`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, get_args
from unittest import mock

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from helpers.painter_that_writes import EvenLetters, WritingPainter
from so8t_gui.desktop import icons, theme
from so8t_gui.desktop.hardware import Gauge
from so8t_gui.forms import alpha_preview
from so8t_gui.result import right_shares
from so8t_gui.result.report_file import RightShare
from so8t_gui.sessions.table import SHARE, ProgressCell
from so8t_gui.view.state import Step
from so8t_gui.view.tray_icon import Icon
from so8t_gui.widgets import hardware_strip, panels, status_icons, step_list

STEPS = {
    "not begun": (Step("train"), False), "running": (Step("train", "running"), False),
    "stopped": (Step("train", "stopped"), False), "failed": (Step("train", "stopped"), True),
    "done": (Step("train", "done"), False),
}  # fmt: skip


def text() -> str:
    parts = []
    for name, lines in _paintings():
        parts += [f"# {name}", *lines]
    return "\n".join(parts) + "\n"


def _paintings() -> Iterator[tuple[str, list[str]]]:
    for name in status_icons.HUES:
        painter = WritingPainter()
        status_icons.paint(painter, name, QColor("black"), QColor("white"))  # type: ignore[arg-type]
        yield f"sign {name} {status_icons.HUES[name]}", painter.lines
    for icon in get_args(Icon):
        with mock.patch.object(icons, "QPainter", WritingPainter):
            icons.pixmap(icon, 0.25, 64)
        yield f"icon {icon}", WritingPainter.lines
    for name, (step, failed) in STEPS.items():
        tile = step_list.StepTile(4, "train")
        tile.put(step, ("3 of 9 parts", "a sentence that is too long for it"), failed)
        yield f"step {name} {tile.sizeHint().toTuple()}", _painted(step_list, tile, 160, 62)
    for gauge in (Gauge("GPU", "40 %", 0.4, "load"), Gauge("GPU", "99 °C", 0.99, "temperature"), Gauge("CPU", "?")):
        dial = hardware_strip.Dial()
        dial.put(gauge)
        yield f"gauge {gauge.text}", _painted(hardware_strip, dial, 150, 32)
    shares = right_shares.RightShares()
    shares.put([("Base model", RightShare("base", 0.4, 0.3, 0.5)), ("After", RightShare("tuned", 1.0, 0.95, 1.0))])
    yield "right answers", _painted(right_shares, shares, 600, 80)
    yield "right answers where there is little room", _painted(right_shares, shares, 330, 80)
    preview = alpha_preview.AlphaPreview()
    preview.put([(0.0, 1.0), (0.5, 0.6), (1.0, 0.4)])
    yield "alpha", _painted(alpha_preview, preview, 300, 180)
    preview.put([], "not known")
    yield "alpha that is not known", _painted(alpha_preview, preview, 300, 180)
    banner = panels.Banner()
    banner.say("warning", "A sentence.")
    yield "a message", _painted(panels, banner, 300, 40)
    yield "a card", _painted(panels, panels.Card(), 300, 100)
    for state in ("", "chosen", "nothing done", "not known"):
        yield f"progress {state}".rstrip(), _progress(state)
    for state in ("", "with the focus", "round"):
        yield f"edge {state}".rstrip(), _edge(state)


def _painted(module: Any, widget: QWidget, width: int, height: int) -> list[str]:
    widget.resize(width, height)
    widget.fontMetrics = EvenLetters  # type: ignore[method-assign,assignment]
    with mock.patch.object(module, "QPainter", WritingPainter):
        widget.paintEvent(None)  # type: ignore[arg-type]
    return WritingPainter.lines


class _Cell(ProgressCell):
    def initStyleOption(self, option: Any, index: Any) -> None:
        option.text = index.data(0)


def _progress(state: str) -> list[str]:
    share = {"nothing done": 0.0, "not known": None}.get(state, 0.25)
    chosen = QStyle.StateFlag.State_Selected if state == "chosen" else QStyle.StateFlag.State_None
    painter = WritingPainter()
    style = SimpleNamespace(drawControl=lambda element, option, *_: painter.drawControl(element, option.text))
    option = SimpleNamespace(
        rect=QRect(10, 20, 200, 30), state=chosen, palette=theme.palette(False), text="",
        widget=SimpleNamespace(style=lambda: style),
    )  # fmt: skip
    index = SimpleNamespace(data=lambda role: share if role == SHARE else "25 %")
    _Cell().paint(painter, option, index)  # type: ignore[arg-type]
    return painter.lines


def _edge(state: str) -> list[str]:
    painter, style = WritingPainter(), QApplication.style()
    focus = QStyle.StateFlag.State_HasFocus if state == "with the focus" else QStyle.StateFlag.State_None
    option = SimpleNamespace(rect=QRect(10, 20, 200, 30), state=focus, palette=theme.palette(False))
    edge: Callable[..., None] = style._edge  # type: ignore[attr-defined]
    edge(option, painter, round_=state == "round")
    return painter.lines
