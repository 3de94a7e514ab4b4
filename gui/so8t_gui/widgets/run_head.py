"""The head of the page Run: name, what happens, how far it is, what a power cut would cost, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QVBoxLayout, QWidget

from so8t_engine.plain_text import plain
from so8t_gui.desktop import icons
from so8t_gui.i18n.translate import tr
from so8t_gui.view import messages
from so8t_gui.view.state import View
from so8t_gui.view.tray_icon import tray_icon
from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.one_line import OneLine
from so8t_gui.widgets.panels import Card, button, heading
from so8t_gui.widgets.tool_tip import tool_tip

LONGEST_ENTRY = 80  # letters of a session in a menu
UNBROKEN = "\N{NO-BREAK SPACE}%"  # a number and its sign in one line
STATUS_LETTERS = 28  # of the status in a line at least: the buttons beside it wrap before it becomes a slim column
STATUS_SHARE = 3  # of the head's width it keeps no more than one in so many: the smallest window has no room for both
FINE = 1_000  # steps of the progress bar


class RunHead(Card):
    """`resume_wanted`, `pause_wanted`, `save_wanted`, `new_wanted`, `demo_wanted`: its buttons. `open_wanted`:
    its folder. `another_wanted(session)`: to be resumed in place of the one that is shown.
    """

    resume_wanted = Signal()
    another_wanted = Signal(str)
    pause_wanted = Signal()
    save_wanted = Signal()
    new_wanted = Signal()
    demo_wanted = Signal()
    open_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon = Label()
        self._title = heading("", 1.4)
        self._said, self._status = "", Label()
        self._status.setWordWrap(True)
        self._status.setMinimumHeight(2 * self._status.fontMetrics().lineSpacing())  # the page below stays where it is
        self._resume = button(tr("&Resume"), self.resume_wanted.emit, main=True)
        self._another = button(tr("Resume &another ..."), self._open_others)
        self._others = QMenu(self._another)
        self._waiting: list[tuple[str, str]] = []
        self._session, self._held, self._hindrance = "", "", ""
        self._saved: float | None = None  # when, as far as is known
        self._saves = False  # it was asked to, and has not yet
        self._pause = button(tr("&Pause"), self.pause_wanted.emit, main=True)
        self._save = button(tr("Sa&ve now"), self._ask_save, about=tr("Before you turn the computer off"))
        self._new = button(tr("Start &new ..."), self.new_wanted.emit)
        self._about_demo = tr(
            "The demo builds and trains a tiny model from data that comes with SO8T, in a few minutes."
        )
        self._demo = button(tr("Try the &demo"), self.demo_wanted.emit, main=True)
        self._folder = button(tr("Open &folder"), self.open_wanted.emit)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._icon)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._status)
        top.addLayout(names, 1)
        buttons = FlowLayout(
            spacing=12, between_rows=4
        )  # all in one row would keep a Japanese window from being 1024 pixels wide
        for control in (
            self._new, self._folder, self._save, self._pause, self._another, self._resume, self._demo,
        ):  # fmt: skip
            buttons.add(control)
        top.addLayout(buttons)
        self._bar = QProgressBar()
        self._bar.setRange(0, FINE)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(10)
        self._bar.setStyleSheet(
            "QProgressBar { background: palette(midlight); border: none; border-radius: 5px; }"
            "QProgressBar::chunk { background: palette(highlight); border-radius: 5px; }"
        )
        self._bar.setAccessibleName(tr("Progress of the whole run"))
        self._about_share = tr(
            "Share of the whole run's time. The parts of a step take different times: their number may be at another "
            "share."
        )
        self._bar.setToolTip(tool_tip(self._about_share))
        self._left, self._rate, self._safe = OneLine(""), OneLine(""), OneLine("")
        foot = self._foot_rows = FlowLayout(spacing=24, between_rows=2)
        self._foot_width = 0
        for label in (self._left, self._rate, self._safe):
            foot.add(label, right=label is self._safe)
        self.body.addLayout(top)
        self.body.addWidget(self._bar)
        self._foot = QWidget()
        self._foot.setLayout(foot)
        self.body.addWidget(self._foot)
        self.render_view(View(), 0.0)  # all its buttons at once would be wider than a small window

    @property
    def texts(self) -> list[str]:
        """Everything it says."""
        return [self._title.text(), self._said, *(label.text() for label in (self._left, self._rate, self._safe))]

    def render_view(self, view: View, now: float) -> None:
        side = round(2.4 * self.fontMetrics().height())
        self._icon.setPixmap(icons.icon(tray_icon(view), view.share).pixmap(QSize(side, side)))
        self._title.setText(messages.name(view) or (tr("New session") if view.alive else tr("No session is shown")))
        self._said = messages.headline(view, now)
        self._saves = self._saves and view.phase == "running" and view.saved == self._saved
        self._saved = view.saved
        self._status.setText(self._said.replace(" %", UNBROKEN))
        told = self._said.endswith(messages.percent(view.share))
        self._status.setToolTip(tool_tip(self._about_share if told else ""))
        self._bar.setValue(round(FINE * view.share))
        self._bar.setAccessibleDescription(messages.percent(view.share))
        for label, text in (
            (self._left, messages.remaining(view)),
            (self._rate, messages.pace(view)),
            (self._safe, saving() if self._saves else messages.saved(view, now)),
        ):
            label.setText(text)
        self._keep_foot()
        if view.session != self._session:
            self._session = view.session
            self._fill_others()
        _show(self._another, not view.alive and bool(self._others.actions()))
        elsewhere = view.phase == "elsewhere"
        _show(self._resume, view.resumable or elsewhere)
        self._held = messages.run_by_another() if elsewhere else ""
        self._allow()
        _show(self._pause, view.alive)
        self._pause.setEnabled(view.phase != "pausing")
        _show(self._save, view.alive)
        self._save.setEnabled(view.phase == "running" and not self._saves)
        _show(self._new, not view.alive)
        _show(self._demo, not view.session and not view.alive)
        _show(self._folder, bool(view.path) and view.phase != "finished")
        for part in (self._bar, self._foot):  # nothing moves any more
            _show(part, view.phase != "finished")

    def _ask_save(self) -> None:
        """Said at once: the next restart point may be a minute away, or behind the loading of a model."""
        self._saves = True
        self._save.setEnabled(False)
        self._safe.setText(saving())
        self._keep_foot()
        self.save_wanted.emit()

    def put_hindrance(self, why: str) -> None:
        """Why nothing is resumed while another session runs; empty: nothing is in the way."""
        self._hindrance = why
        self._allow()

    def _allow(self) -> None:
        """What would be refused is grey, and says why."""
        why = self._held or self._hindrance
        for control in (self._resume, self._another):
            control.setEnabled(not why)
            control.setToolTip(tool_tip(why))
            control.setAccessibleDescription(why)
        self._demo.setEnabled(not self._hindrance)
        self._demo.setToolTip(tool_tip(self._hindrance or self._about_demo))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        letters = STATUS_LETTERS * self._status.fontMetrics().averageCharWidth()
        self._status.setMinimumWidth(min(letters, event.size().width() // STATUS_SHARE))

    def _keep_foot(self) -> None:
        """As high as it ever was at this width: what stands below it stays where it is at a pause."""
        width = self._foot.width()
        kept = self._foot.minimumHeight() if width == self._foot_width else 0
        self._foot_width = width
        self._foot.setMinimumHeight(max(kept, self._foot_rows.heightForWidth(width)))

    def put_others(self, sessions: list[tuple[str, str]]) -> None:
        """(id, text) of the unfinished sessions, among them perhaps the one that is shown."""
        if sessions != self._waiting:
            self._waiting = sessions
            self._fill_others()

    def _fill_others(self) -> None:
        self._others.clear()
        for session, text in self._waiting:
            if session != self._session:
                action = self._others.addAction(plain(text, most=LONGEST_ENTRY).replace("&", "&&"))
                action.triggered.connect(lambda *_, session=session: self.another_wanted.emit(session))

    def _open_others(self) -> None:
        self._others.popup(self._another.mapToGlobal(self._another.rect().bottomLeft()))


def saving() -> str:
    return tr("Saving at the next restart point ...")


def _show(widget: QWidget, wanted: bool) -> None:
    if widget.isHidden() == wanted:
        widget.setVisible(wanted)
