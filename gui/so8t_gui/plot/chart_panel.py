"""The plot with its switches, a line of what is under the mouse, the same as text, and exports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QStackedLayout,
    QWidget,
)

from so8t_engine.plain_text import plain
from so8t_gui.i18n.translate import tr
from so8t_gui.plot import export as plot_export
from so8t_gui.plot.chart import Chart, ChartOptions, SessionCurves
from so8t_gui.plot.labels import series_meaning, series_name
from so8t_gui.widgets import file_choice
from so8t_gui.widgets.flow_layout import FlowLayout
from so8t_gui.widgets.ignored_wheel import ignore_wheel
from so8t_gui.widgets.label import Label
from so8t_gui.widgets.one_line import OneLine
from so8t_gui.widgets.panels import Banner, Card, button
from so8t_gui.widgets.tool_tip import tool_tip

WEIGHTS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
DEFAULT = WEIGHTS.index(ChartOptions().weight)
LOWEST = 170  # of the plot
COLUMN_LETTERS = 17
TITLE = 80  # characters of a session's name
TIP = Qt.ItemDataRole.ToolTipRole
EXTRAS = ("reward", "kl", "accuracy")


class ChartPanel(Card):
    """Shows the curves of one session, or several laid over each other. `switched`: the user has set it otherwise."""

    switched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chart = Chart()
        self._message = Banner()
        self._under, self._hint, self._pointed = OneLine(""), "", ""
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setTabStopDistance(COLUMN_LETTERS * self.fontMetrics().averageCharWidth())
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setAccessibleName(tr("The plot as a table"))
        self._text.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._text.verticalScrollBar().rangeChanged.connect(self._show_newest)
        self._writing = False
        self._stack = QStackedLayout()
        self.chart.setMinimumHeight(LOWEST)
        self.chart.setParent(self)  # a stack shows its first at once: without a parent as a window of its own
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self._text)
        self._names, self._titles = QWidget(), FlowLayout(spacing=20, between_rows=2)
        self._names.setLayout(self._titles)
        self._names.hide()
        self.body.setContentsMargins(14, 10, 14, 10)
        self.body.addLayout(self._switches())
        self.body.addWidget(self._names)
        self.body.addWidget(self._message)
        self.body.addLayout(self._stack, 1)
        self.body.addWidget(self._under)
        self.chart.followed.connect(self._follow.setChecked)
        self.chart.pointed.connect(self._point)
        self.chart.drawn.connect(self._tell_values)

    @property
    def as_text(self) -> bool:
        return self._as_text.isChecked()

    def take_up(self, options: ChartOptions, as_text: bool) -> None:
        """As the panel of another language was set, or that of the last start."""
        self._smooth.setValue(WEIGHTS.index(options.weight) if options.weight in WEIGHTS else DEFAULT)
        for box, on in ((self._log, options.log), (self._time, options.by_time), (self._follow, options.follow)):
            box.setChecked(on)
        self._extra.setCurrentIndex(max(0, self._extra.findData(options.extra)))
        extra = str(self._extra.currentData())
        self.chart.choose(log=options.log, by_time=options.by_time, extra=extra)
        self._as_text.setChecked(as_text)

    def forget(self) -> None:
        """What was said of an export, where something else is shown."""
        self._message.quieten()

    def put(self, lines: Sequence[SessionCurves]) -> None:
        self.chart.put(lines)
        self._name_lines()
        self.changed()

    def _name_lines(self) -> None:
        """The titles above the plot, where it shows several sessions."""
        lines = self.chart.lines
        while (item := self._titles.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if len(lines) > 1:
            for place, line in enumerate(lines):
                square = Label("■")
                square.setStyleSheet(f"color: {self.chart.colour(place).name()}")
                title = QWidget()
                row = QHBoxLayout(title)
                row.setContentsMargins(0, 0, 0, 0)
                row.addWidget(square)
                row.addWidget(Label(plain(line.title, most=TITLE)))
                self._titles.add(title)
        self._names.setVisible(len(lines) > 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._name_lines()

    def changed(self) -> None:
        """Something was added to a shown table."""
        self.chart.changed()
        empty = not any(len(line.table) for line in self.chart.lines)
        timeless = self.chart.options.by_time and not any(line.timeline for line in self.chart.lines)
        self._hint = ""
        if empty:
            self._hint = tr("Loss and alpha appear with the first update of the training step.")
        elif timeless:
            self._hint = tr("Times are available after the first save.")
        if self._as_text.isChecked():
            self._show_text()
        if self._hint or self._as_text.isChecked():
            self._tell_values()  # else with the next picture

    def _switches(self) -> FlowLayout:
        self._smooth = QSlider(Qt.Orientation.Horizontal)
        self._smooth.setRange(0, len(WEIGHTS) - 1)
        self._smooth.setValue(DEFAULT)
        self._smooth.setFixedWidth(110)
        self._smooth.setAccessibleName(tr("Smoothing"))
        self._smooth.valueChanged.connect(self._smoothed)
        label = Label(tr("&Smoothing"))
        label.setBuddy(self._smooth)
        label.setToolTip(tr("Evens each value out by those before it: farther right, the line is calmer and later."))
        self._log = self._box(tr("&Log scale"), "log")
        self._time = self._box(tr("By &time"), "by_time")
        self._follow = self._box(tr("Foll&ow"), "follow")
        self._follow.setChecked(True)
        self._follow.setToolTip(
            tr(
                "Always shows the whole run up to the newest update. "
                "Dragging it, or zooming with Ctrl and the wheel, turns this off."
            )
        )
        self._extra = QComboBox()
        ignore_wheel(self._smooth)
        ignore_wheel(self._extra)
        self._extra.setAccessibleName(tr("Another series below"))
        self._extra.addItem(tr("Loss and alpha only"), "")
        for name in EXTRAS:
            self._extra.addItem(tr("with {series}", series=series_name(name)), name)
            self._extra.setItemData(self._extra.count() - 1, tool_tip(series_meaning(name)), TIP)
        meanings = "\n".join(series_meaning(name) for name in ("loss", "alpha"))
        self._extra.setItemData(0, tool_tip(meanings), TIP)
        self._extra.setToolTip(tool_tip(meanings))
        self._extra.activated.connect(lambda _: self._choose(extra=self._extra.currentData()))
        self._as_text = QCheckBox(tr("As a ta&ble"))
        self._as_text.setAccessibleName(tr("The plot as a table"))
        self._as_text.toggled.connect(self._turn)
        row = FlowLayout(spacing=12)
        for control in (label, self._smooth, self._log, self._time, self._follow, self._extra):
            row.add(control)
        row.add(self._as_text, right=True)
        row.add(self._export_button(), right=True)
        return row

    def _export_button(self) -> QPushButton:
        made = button(tr("E&xport"), lambda: None)
        menu = QMenu(made)
        for ending in ("csv", "png", "svg"):
            action = QAction(ending.upper(), menu)
            action.triggered.connect(lambda *_, ending=ending: self._export(ending))
            menu.addAction(action)
        made.setMenu(menu)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, made.showMenu)
        return made

    def _box(self, label: str, name: str) -> QCheckBox:
        box = QCheckBox(label)
        box.setAccessibleName(label.replace("&", ""))
        box.clicked.connect(lambda on: self._choose(**{name: bool(on)}))
        return box

    def _choose(self, **changes: bool | str) -> None:
        self.chart.choose(**changes)
        self.changed()
        self.switched.emit()

    def _smoothed(self, place: int) -> None:
        self._smooth.setToolTip(tool_tip(tr("smoothing weight: {weight}", weight=WEIGHTS[place])))
        self.chart.choose(weight=WEIGHTS[place])
        if self._as_text.isChecked():
            self._show_text()
        self.switched.emit()

    def _turn(self, as_text: bool) -> None:
        self._pointed = ""
        if as_text:
            self._show_text()
            self._tell_values()
        self._stack.setCurrentIndex(int(as_text))
        for of_curves in (self._log, self._time, self._extra):
            of_curves.setEnabled(not as_text)
        self.switched.emit()

    def _show_text(self) -> None:
        parts = []
        for line in self.chart.lines:
            text = plot_export.as_text(line, self.chart.options.weight)
            parts.append(f"{plain(line.title)}\n{text}" if len(self.chart.lines) > 1 else text)
        text = "\n\n".join(parts)
        if text != self._text.toPlainText():
            place, self._writing = self._text.verticalScrollBar().value(), True
            self._text.setPlainText(text)
            self._text.verticalScrollBar().setValue(place)
            self._writing = False
        self._show_newest()

    def _show_newest(self, *_: object) -> None:
        """The end of the table, while the run is followed; of several sessions it is the end of none."""
        if self.chart.options.follow and len(self.chart.lines) == 1 and not self._writing:
            self._writing = True
            self._text.verticalScrollBar().setValue(self._text.verticalScrollBar().maximum())
            self._writing = False

    def _scrolled(self, place: int) -> None:
        """Who reads further above follows no longer, as with a plot that is dragged."""
        above = place < self._text.verticalScrollBar().maximum()
        if above and not self._writing and self._text.isVisible() and len(self.chart.lines) == 1:
            self.chart.choose(follow=False)

    def _point(self, text: str) -> None:
        self._pointed = text
        self._tell_values()

    def _tell_values(self) -> None:
        """The values under the mouse, else the newest."""
        self._under.setText(self._pointed or self._hint or self.chart.newest)

    def _export(self, ending: str) -> None:
        titles = ", ".join(line.title for line in self.chart.lines)
        name = f"{plain(titles, most=TITLE) or 'so8t'}.{ending}"
        path = file_choice.save_file(self, tr("Export the plot"), name, f"{ending.upper()} (*.{ending})")
        if path:
            self.export(Path(path) if Path(path).suffix else Path(f"{path}.{ending}"))

    def export(self, path: Path) -> None:
        try:
            if path.suffix.lower() != ".csv":
                plot_export.save_picture(path, self.chart)
            elif self.chart.lines:
                plot_export.save_csv(path, self.chart.lines)
        except OSError as error:
            sentence = tr("{path} could not be written: {why}.", path=path, why=error.strerror or error)
            self._message.say("error", sentence, close=(tr("&OK"), self._message.quieten))
            return
        self._message.say("ok", tr("Written to {path}.", path=path), close=(tr("&OK"), self._message.quieten))
