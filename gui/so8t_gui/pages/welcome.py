"""The first page a user sees: what SO8T is, whether to start at logon, the folder of its data, and two ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from so8t_gui.forms import session_folder
from so8t_gui.forms.pasted import unquoted
from so8t_gui.i18n.translate import tr
from so8t_gui.widgets import file_choice
from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.panels import Banner, Card, button, heading, quiet

WIDTH = 640


class WelcomePage(QWidget):
    """Each button emits `accepted(start at logon, folder of the data)` first, then its own signal; none where no
    session can lie in that folder. "Not now" asks for nothing that changes the system, whatever is ticked.
    """

    accepted = Signal(bool, str)
    demo_wanted = Signal()
    new_wanted = Signal()
    left = Signal()

    def __init__(self, default_root: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._autostart = QCheckBox(tr("Start at &logon, hidden in the tray"))
        self._autostart.setAccessibleName(tr("Start at logon"))
        self._root = QLineEdit()
        self._root.setAccessibleName(tr("Folder of the sessions"))
        self._root.setPlaceholderText(default_root)
        self._root_message = Banner()
        self._root.textEdited.connect(lambda _: self._root_message.say("error", ""))
        self._demo = button(tr("Try the &demo"), lambda: self._go(self.demo_wanted), main=True)
        new = button(tr("&New session ..."), lambda: self._go(self.new_wanted))
        later = button(tr("Not now"), lambda: self._go(self.left, at_logon=False))

        title = heading(tr("Welcome to SO8T"), 2.0)
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        about = Label(
            tr(
                "SO8T teaches a language model of the Phi-3.5 family to think before it answers, on your own computer. "
                "Every few minutes it saves everything: a power cut or a restart never costs more than that."
            )
        )
        about.setWordWrap(True)
        about.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        card = Card()
        card.body.addWidget(self._autostart)
        card.body.addWidget(
            quiet(tr("Then one click resumes a run that was cut off. You can turn this off in Settings."))
        )
        card.body.addSpacing(8)
        label = Label(tr("&Folder of the sessions (trained models need some gigabytes)"))
        label.setBuddy(self._root)
        label.setWordWrap(True)
        card.body.addWidget(label)
        row = QHBoxLayout()
        row.addWidget(self._root, 1)
        row.addWidget(button(tr("&Choose ..."), self._pick))
        card.body.addLayout(row)
        card.body.addWidget(self._root_message)
        ways = FlowLayout(spacing=10)
        ways.add(later)
        for way in (new, self._demo):
            ways.add(way, right=True)

        middle = QWidget()
        middle.setMaximumWidth(WIDTH)
        column = QVBoxLayout(middle)
        column.setSpacing(16)
        column.addStretch(1)
        for part in (title, about, card):
            column.addWidget(part)
        column.addLayout(ways)
        hint = quiet(tr("The demo builds and trains a tiny model from data that comes with SO8T, in a few minutes."))
        hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        column.addWidget(hint)
        column.addStretch(2)
        whole = QHBoxLayout(self)
        whole.addStretch(1)
        whole.addWidget(middle, 8)
        whole.addStretch(1)

    @property
    def kept(self) -> tuple[bool, str]:
        return self._autostart.isChecked(), self._root.text()

    def take_up(self, at_logon: bool, root: str) -> None:
        self._autostart.setChecked(at_logon)
        self._root.setText(root)

    def _go(self, way: SignalInstance, at_logon: bool | None = None) -> None:
        root = unquoted(self._root.text())
        problem = session_folder.problem(root)
        self._root_message.say("error", problem)
        if problem:
            self._root.setFocus()
            return
        self.accepted.emit(self._autostart.isChecked() if at_logon is None else at_logon, root)
        way.emit()

    def _pick(self) -> None:
        path = file_choice.folder(self, tr("Folder of the sessions"), self._root.text() or self._root.placeholderText())
        if path:
            self._root.setText(path)
            self._root_message.say("error", "")
