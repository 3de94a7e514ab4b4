"""The page Settings. A change takes effect at once; the page only says what was chosen (`changed`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from so8t_gui.desktop.sleep_inhibitor import no_way
from so8t_gui.forms import session_folder
from so8t_gui.forms.pasted import unquoted
from so8t_gui.i18n.translate import tr
from so8t_gui.settings_file import MOST_THREADS, Settings
from so8t_gui.widgets import file_choice
from so8t_gui.widgets.ignored_wheel import ignore_wheel
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.panels import Banner, Card, button, column, heading, quiet
from so8t_gui.widgets.scroll_place import scroll_back

FOLDER_LETTERS = 24  # of a path are seen


class SettingsPage(QWidget):
    """`changed(Settings)`. `autostart_wanted(on)`: the system decides whether that worked; `put_autostart` shows it."""

    changed = Signal(object)
    autostart_wanted = Signal(bool)

    def __init__(self, settings: Settings, default_root: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._default_root = default_root
        self._message = Banner()
        inner = QWidget()
        cards = QVBoxLayout(inner)
        cards.setContentsMargins(0, 0, 8, 0)
        cards.setSpacing(14)
        for card in (self._look_card(), self._logon_card(), self._work_card()):  # what changes all rows is above them
            cards.addWidget(card)
        cards.addStretch(1)
        inner.setMaximumWidth(860)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self._area = area
        page = column(self)
        page.addWidget(heading(tr("Settings")))
        page.addWidget(area, 1)
        page.addWidget(self._message)
        self.put(settings)

    @property
    def place(self) -> int:
        return self._area.verticalScrollBar().value()

    def scroll_to(self, place: int) -> None:
        scroll_back(self._area, place)

    def put(self, settings: Settings) -> None:
        self._settings = settings
        if not self._root_message.text:
            self._root.setText(settings.data_root)
        for rule, radio in self._rules.items():
            radio.setChecked(rule == settings.on_logon)
        for combo, value in ((self._language, settings.language), (self._theme, settings.theme)):
            combo.setCurrentIndex(combo.findData(value))
        self._threads.setValue(settings.threads)
        self._notify.setChecked(settings.notifications)
        self._awake.setChecked(settings.inhibit_sleep)
        self._asleep.setVisible(settings.sleep_told)

    def put_autostart(self, on: bool, sentence: str = "", level: str = "note") -> None:
        """What the system says: whether SO8T starts at logon, and how, or what is wrong with the entry."""
        self._autostart.setChecked(on)
        self._autostart_message.say(level, sentence)

    def tell(self, level: str, sentence: str) -> None:
        """A message about the settings as a whole: that they could not be saved, for example."""
        self._message.say(level, sentence, close=(tr("&OK"), self._message.quieten))

    def _change(self, **fields: Any) -> None:
        made = replace(self._settings, **fields)
        if made != self._settings:
            self._settings = made
            self.changed.emit(made)

    def _logon_card(self) -> Card:
        card = Card(tr("When the computer starts"))
        self._autostart = QCheckBox(tr("Start SO8T at &logon, hidden in the tray"))
        self._autostart.setAccessibleName(tr("Start SO8T at logon"))
        self._autostart.clicked.connect(self.autostart_wanted)
        self._autostart_message = Banner()
        card.body.addWidget(self._autostart)
        card.body.addSpacing(4)
        card.body.addWidget(Label(tr("If there is an unfinished session:")))
        self._rules: dict[str, QRadioButton] = {}
        for rule, label in (
            ("ask", tr("&Ask: a notification, and one click resumes it")),
            ("auto", tr("&Resume it after 30 s, which can be cancelled")),
            ("off", tr("Lea&ve it alone")),
        ):
            radio = self._rules[rule] = QRadioButton(label)
            radio.setAccessibleName(label.replace("&", ""))
            radio.clicked.connect(lambda _=False, rule=rule: self._change(on_logon=rule))
            card.body.addWidget(radio)
        card.body.addWidget(self._autostart_message)  # below what may be clicked next
        return card

    def _work_card(self) -> Card:
        card = Card(tr("General"))
        self._root = QLineEdit()
        self._root.setAccessibleName(tr("Folder of the sessions"))
        self._root.setPlaceholderText(self._default_root)
        self._root.setMinimumWidth(FOLDER_LETTERS * self._root.fontMetrics().averageCharWidth())
        self._root.editingFinished.connect(lambda: self._choose_root(unquoted(self._root.text())))
        self._root_message = Banner()
        folder = QHBoxLayout()
        folder.setSpacing(8)
        folder.addWidget(self._root, 1)
        folder.addWidget(button(tr("&Choose ..."), self._pick_root))
        self._threads = QSpinBox()
        ignore_wheel(self._threads)
        self._threads.setAccessibleName(tr("Processor threads"))
        self._threads.setRange(0, MOST_THREADS)
        self._threads.setSpecialValueText(tr("as configured"))
        self._threads.setMinimumWidth(160)
        self._threads.valueChanged.connect(lambda value: self._change(threads=value))
        self._awake = QCheckBox(tr("&Keep the computer awake while it trains"))
        self._awake.setAccessibleName(tr("Keep the computer awake while it trains"))
        self._awake.clicked.connect(lambda on: self._change(inhibit_sleep=bool(on)))
        self._asleep = quiet(no_way())  # known since a run could not be kept awake
        self._notify = QCheckBox(tr("&Notify when a session ends or has to pause"))
        self._notify.setAccessibleName(tr("Notifications"))
        self._notify.clicked.connect(lambda on: self._change(notifications=bool(on)))
        form = _form()
        form.addRow(_label(tr("Folder of the sessions")), folder)
        stay = quiet(tr("Old sessions stay where they are. A run that is going on is not moved."))
        wide = stay.sizePolicy()
        wide.setHorizontalPolicy(QSizePolicy.Policy.Expanding)  # a form gives it no more than its words need, else
        stay.setSizePolicy(wide)
        form.addRow("", stay)
        form.addRow(_label(tr("Processor threads")), _left(self._threads))
        card.body.addLayout(form)
        card.body.addWidget(self._awake)
        card.body.addWidget(self._asleep)
        card.body.addWidget(self._notify)
        card.body.addWidget(self._root_message)
        return card

    def _look_card(self) -> Card:
        card = Card(tr("Appearance"))
        self._language = _choices(
            tr("Language"), [("system", tr("Same as the system")), ("en", "English"), ("ja", "日本語")]
        )
        self._theme = _choices(
            tr("Theme"), [("system", tr("Same as the system")), ("light", tr("Light")), ("dark", tr("Dark"))]
        )
        self._language.activated.connect(lambda _: self._change(language=self._language.currentData()))
        self._theme.activated.connect(lambda _: self._change(theme=self._theme.currentData()))
        form = _form()
        form.addRow(_label(tr("Language")), _left(self._language))
        form.addRow(_label(tr("Theme")), _left(self._theme))
        card.body.addLayout(form)
        return card

    def _pick_root(self) -> None:
        path = file_choice.folder(self, tr("Folder of the sessions"), self._root.text() or self._root.placeholderText())
        if path:
            self._root.setText(path)
            self._choose_root(path)

    def _choose_root(self, path: str) -> None:
        """One where no session can lie is not taken; what was typed stays, to be corrected."""
        problem = session_folder.problem(path)
        self._root_message.say("error", problem)
        if not problem:
            self._change(data_root=path)


def _choices(name: str, entries: Sequence[tuple[str, str]]) -> QComboBox:
    combo = QComboBox()
    ignore_wheel(combo)
    combo.setAccessibleName(name)
    combo.setMinimumWidth(160)
    for value, label in entries:
        combo.addItem(label, value)
    return combo


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.setHorizontalSpacing(18)
    form.setVerticalSpacing(8)
    return form


def _label(text: str) -> Label:
    """As high as the fields, so that it is level with their text; equally wide on all cards."""
    made = Label(text)
    made.setMinimumSize(22 * made.fontMetrics().averageCharWidth(), 2 * made.fontMetrics().height())
    return made


def _left(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    return row
