"""The five steps in a row: a sign of the state, the name, how long it took or how far it is."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from so8t_engine import numerals
from so8t_gui.i18n.translate import tr
from so8t_gui.view import messages
from so8t_gui.view.state import Step, View
from so8t_gui.widgets import status_icons
from so8t_gui.widgets.panels import RADIUS, edge, surface
from so8t_gui.widgets.tool_tip import tool_tip

BESIDE_SIGN = 42  # pixels of a tile: the sign and the margins
SIGN, SPACE, SLIM_MARGIN = 16, 8, 7
LEAST = 60  # pixels of a tile; its words end in dots then
ROOMY = 5 * 100  # pixels of all tiles from which on one has the room for its count
SIGNS = {"todo": "new", "running": "running", "stopped": "paused", "done": "finished"}


class StepList(QWidget):
    """Five tiles; `render_view` puts the steps of a view into them."""

    def __init__(self) -> None:
        super().__init__()
        self._tiles: list[StepTile] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        for number, step in enumerate(View().steps, 1):
            tile = StepTile(number, step.name)
            self._tiles.append(tile)
            row.addWidget(tile, 1)

    @property
    def sentences(self) -> list[str]:
        return [tile.accessibleName() for tile in self._tiles]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """All tiles look alike: slim where the words of one have no room beside its sign."""
        roomy, tiles = self.width() >= ROOMY, len(self._tiles)
        room = (self.width() - (tiles - 1) * SPACE) // tiles - BESIDE_SIGN
        slim = any(room < tile.words_width(roomy) for tile in self._tiles)
        for tile in self._tiles:
            tile.may_keep_room(roomy and not slim)
            tile.be_slim(slim)

    def render_view(self, view: View, now: float) -> None:
        for tile, step in zip(self._tiles, view.steps, strict=True):
            counted = _is_counted(step, view)
            about = what_is_counted(step.name, view.kind if step.state == "running" else "") if counted else ""
            failed = view.phase == "failed" and step.state == "stopped"
            tile.put(step, step_texts(step, view, now), failed=failed, about=about, brief=brief_texts(step, view, now))
            tile.keep_room(step_texts(step, replace(view, unit=view.total), now)[0] if counted else "")
        self._fit()


def _is_counted(step: Step, view: View) -> bool:
    return step.state in ("running", "stopped") and step.name == view.step and view.total > 0


def step_texts(step: Step, view: View, now: float) -> tuple[str, ...]:
    """How far it is, and how long it took; the first is what matters where there is room for one."""
    spent = step.seconds or 0.0
    done = tr("{n} of {all} parts", n=view.unit, all=view.total) if _is_counted(step, view) else ""
    match step.state:
        case "running":
            if step.began is None:
                worked = messages.duration(spent) if spent else ""
                return tuple(part for part in (done or tr("running"), worked) if part)
            return tuple(part for part in (done, messages.duration(spent + now - step.began)) if part)
        case "done":
            return (messages.duration(step.seconds) if step.seconds is not None else tr("done"),)
        case "stopped":
            worked = messages.duration(step.seconds) if step.seconds else ""
            return tuple(part for part in (done, tr("stopped here"), worked) if part)
        case _:
            return (tr("not started"),)


def brief_texts(step: Step, view: View, now: float) -> tuple[str, ...]:
    """The same beside the sign of a slim tile: the first that fits; that it has not begun, is done or stopped, the sign
    says."""
    if _is_counted(step, view):
        return (f"{view.unit}/{view.total}", numerals.percent(view.unit / view.total, 0))
    if step.seconds is None and step.began is None:
        return ()
    minutes = round((step.seconds or 0.0) / 60)
    whole = (tr("{min} min", min=minutes),) if step.state == "done" and 0 < minutes < 60 else ()
    return (*step_texts(step, view, now)[:1], *whole)


def what_it_does(step: str) -> str:
    return {
        "collect": tr("Reads the records of all data, and leaves out what cannot be used."),
        "integrate": tr("Joins them, leaves out what is there twice, and keeps questions for the end."),
        "convert": tr("Puts the records into the form that is learnt; a teacher, if there is one, writes thoughts."),
        "train": tr("Loads or builds the base model, warms it up on the records, then lets it learn from rewards."),
        "evaluate": tr("Asks base and tuned model the questions that were kept, and makes GGUF files and report."),
    }.get(step, "")


def what_is_counted(step: str, kind: str) -> str:
    """What a part of this step is, and which kind is being worked on."""
    match step:
        case "train":
            part = tr("A part is one update of the model's weights, or one batch of answers that it learns from.")
        case "evaluate":
            part = tr("A part is one batch of answered questions, or one file that is made or checked.")
        case "convert":
            part = tr("A part is one file of records; where a teacher writes, some records of it.")
        case _:
            part = tr("A part is one file of records.")
    return f"{part} {tr('Now: {what}.', what=messages.unit_name(kind))}" if kind else part


class StepTile(QWidget):
    """One step, painted: sign and name above, time or progress below."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__()
        self._number, self._name = number, name
        self._state, self._texts, self._failed, self._about = "todo", tuple[str, ...](), False, ""
        self._widest, self._roomy = "", True
        self._slim, self._brief = False, tuple[str, ...]()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(130, 2 * self.fontMetrics().height() + 22)

    def minimumSizeHint(self) -> QSize:
        wanted = self._widest if self._roomy else ""
        room = BESIDE_SIGN + self.fontMetrics().horizontalAdvance(wanted) + 1 if wanted else 0
        return QSize(max(LEAST, room), self.sizeHint().height())

    def keep_room(self, widest: str) -> None:
        """As wide as this text from the first, so that it does not grow with the digits of a count."""
        if widest != self._widest:
            self._widest = widest
            self.updateGeometry()

    def may_keep_room(self, roomy: bool) -> None:
        """In a window that is too small for it a count ends in dots as everything does."""
        if roomy != self._roomy:
            self._roomy = roomy
            self.updateGeometry()

    @property
    def _called(self) -> str:
        return f"{self._number}. {messages.step_name(self._name)}"

    @property
    def name_width(self) -> int:
        """Of its name in bold: the tile of the step at work does not come to look otherwise."""
        return QFontMetrics(_bold(self.font())).horizontalAdvance(self._called) + 1

    def words_width(self, keeps_room: bool) -> int:
        """Of its name, or of the first of its texts where that is wider and no room is kept for it."""
        texts = () if keeps_room and self._widest else self._texts[:1]
        return max([self.name_width, *(self.fontMetrics().horizontalAdvance(text) + 1 for text in texts)])

    def be_slim(self, slim: bool) -> None:
        """The name has the whole width, below the sign: so it is whole in a small window, too."""
        if slim != self._slim:
            self._slim = slim
            self.update()

    def put(
        self, step: Step, texts: tuple[str, ...], failed: bool, about: str = "", brief: tuple[str, ...] = ()
    ) -> None:
        """`texts`: all of them where there is room, else the first; `about`: what they count, for the tool tip;
        `brief`: the first of them that fits beside the sign of a slim tile."""
        if (step.state, texts, failed, about) != (self._state, self._texts, self._failed, self._about):
            self._state, self._texts, self._failed, self._about = step.state, texts, failed, about
            self._brief = brief
            self.setAccessibleName(f"{self._called}: {', '.join(texts)}")
            self.setAccessibleDescription(about)
            told = (self.accessibleName(), what_it_does(self._name), about)
            self.setToolTip(tool_tip("\n".join(part for part in told if part)))
            self.update()

    def shown(self, room: int) -> str:
        """What of its texts is painted in a line of this width: all of them, else the count in short and how long it
        took, else the first.
        """
        rest, short = self._texts[1:], self._brief[:1] or self._texts[:1]
        wanted = (", ".join(parts) for parts in (self._texts, (*short, *rest), (*short, *rest[-1:])))
        metrics = self.fontMetrics()
        fits = (text for text in wanted if metrics.horizontalAdvance(text) < room)  # as wide, Qt would cut its end off
        return metrics.elidedText(next(fits, self._texts[0]), Qt.TextElideMode.ElideRight, room)

    def shown_briefly(self, room: int) -> str:
        """The first of its brief texts that fits into this width; none is cut off: all is in the tool tip."""
        return next((text for text in self._brief if self.fontMetrics().horizontalAdvance(text) <= room), "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sign = "failed" if self._failed else SIGNS[self._state]
        ink = status_icons.colour(sign, self.palette())
        here = self._state in ("running", "stopped")
        painter.setBrush(surface(self.palette()))
        painter.setPen(QPen(ink if here else edge(self.palette()), 2 if here else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        high, slim = self.fontMetrics().height(), self._slim
        left = SLIM_MARGIN if slim else 12
        picture = status_icons.icon(sign, self.palette()).pixmap(QSize(SIGN, SIGN))
        painter.drawPixmap(left, 10 + (high - SIGN) // 2, picture)
        upper = QRectF(36, 10, self.width() - BESIDE_SIGN, high)
        lower = QRectF(36, 12 + high, self.width() - BESIDE_SIGN, high)
        if slim:
            upper.setLeft(left + SIGN + 4)
            lower.setLeft(left)
            for line in (upper, lower):
                line.setRight(self.width() - 3)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip)
        bold = here and (not slim or self.name_width <= lower.width())
        font = _bold(self.font()) if bold else self.font()
        painter.setFont(font)
        faded = self._state == "todo"
        roles = QPalette.ColorRole
        painter.setPen(self.palette().color(roles.PlaceholderText if faded else roles.WindowText))
        name = lower if slim else upper
        painter.drawText(
            name, flags, QFontMetrics(font).elidedText(self._called, Qt.TextElideMode.ElideRight, int(name.width()))
        )
        painter.setFont(self.font())
        painter.setPen(self.palette().color(roles.PlaceholderText))
        if slim:
            painter.drawText(upper, flags, self.shown_briefly(int(upper.width())))
        elif self._texts:
            painter.drawText(lower, flags, self.shown(int(lower.width())))


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made
