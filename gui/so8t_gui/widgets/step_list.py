"""The five steps in a row: a sign of the state, the name, how long it took or how far it is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from so8t_gui.i18n.translate import tr
from so8t_gui.view import messages
from so8t_gui.view.state import Step, View
from so8t_gui.widgets import status_icons
from so8t_gui.widgets.panels import RADIUS, edge, surface
from so8t_gui.widgets.tool_tip import tool_tip

SIGNS = {"todo": "new", "running": "running", "stopped": "paused", "done": "finished"}


class StepList(QWidget):
    """Five tiles; `render_view` puts the steps of a view into them."""

    def __init__(self) -> None:
        super().__init__()
        self._tiles: list[StepTile] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for number, step in enumerate(View().steps, 1):
            tile = StepTile(number, step.name)
            self._tiles.append(tile)
            row.addWidget(tile, 1)

    @property
    def sentences(self) -> list[str]:
        return [tile.accessibleName() for tile in self._tiles]

    def render_view(self, view: View, now: float) -> None:
        for tile, step in zip(self._tiles, view.steps, strict=True):
            tile.put(step, step_text(step, view, now), view.phase == "failed" and step.state == "stopped")


def step_text(step: Step, view: View, now: float) -> str:
    """How long it took, or how far it is."""
    spent = step.seconds or 0.0
    match step.state:
        case "running":
            done = tr("{n} / {all}", n=view.unit, all=view.total) if view.total and step.name == view.step else ""
            if step.began is None:
                return done or tr("running")
            return ", ".join(part for part in (done, messages.duration(spent + now - step.began)) if part)
        case "done":
            return messages.duration(step.seconds) if step.seconds is not None else tr("done")
        case "stopped":
            return tr("stopped here")
        case _:
            return tr("not started")


class StepTile(QWidget):
    """One step, painted: sign and name above, time or progress below."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__()
        self._number, self._name = number, name
        self._state, self._text, self._failed = "todo", "", False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(130, 2 * self.fontMetrics().height() + 22)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, self.sizeHint().height())

    def put(self, step: Step, text: str, failed: bool) -> None:
        if (step.state, text, failed) != (self._state, self._text, self._failed):
            self._state, self._text, self._failed = step.state, text, failed
            self.setAccessibleName(f"{self._number}. {messages.step_name(self._name)}: {text}")
            self.setToolTip(tool_tip(self.accessibleName()))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sign = "failed" if self._failed else SIGNS[self._state]
        ink = status_icons.colour(sign, self.palette())
        here = self._state in ("running", "stopped")
        painter.setBrush(surface(self.palette()))
        painter.setPen(QPen(ink if here else edge(self.palette()), 2 if here else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        high = self.fontMetrics().height()
        painter.drawPixmap(12, 10 + (high - 16) // 2, status_icons.icon(sign, self.palette()).pixmap(QSize(16, 16)))
        font = self.font()
        font.setBold(here)
        painter.setFont(font)
        faded = self._state == "todo"
        roles = QPalette.ColorRole
        painter.setPen(self.palette().color(roles.PlaceholderText if faded else roles.WindowText))
        name = QRectF(36, 10, self.width() - 42, high)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip)
        called = f"{self._number}. {messages.step_name(self._name)}"  # whole in the tool tip
        painter.drawText(
            name, flags, QFontMetrics(font).elidedText(called, Qt.TextElideMode.ElideRight, int(name.width()))
        )
        painter.setFont(self.font())
        painter.setPen(self.palette().color(roles.PlaceholderText))
        below = QRectF(36, 12 + high, self.width() - 42, high)
        text = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, int(below.width()))
        painter.drawText(below, flags, text)
