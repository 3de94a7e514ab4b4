"""The window: names of pages at the left, the chosen one beside them. No logic."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QMainWindow, QStackedWidget, QWidget

from so8t_gui import icons
from so8t_gui.view_state import View
from so8t_gui.words import tr

SIZE = QSize(1120, 720)
NAVIGATION = 176


class MainWindow(QMainWindow):
    """`closed`: by the user; it is only hidden. `shown_page` carries a page's name whenever another one is shown."""

    closed = Signal()
    shown_page = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("SO8T")
        self.setWindowIcon(icons.icon("idle"))
        self.setMinimumSize(760, 520)
        self.resize(SIZE)
        self._names: list[str] = []
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Pages"))
        self._list.setFixedWidth(NAVIGATION)
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setStyleSheet(
            "QListWidget { background: palette(alternate-base); padding: 10px 8px; }"
            "QListWidget::item { padding: 9px 12px; border-radius: 6px; }"
            "QListWidget::item:hover { background: palette(midlight); }"
            "QListWidget::item:selected { background: palette(highlight); color: palette(highlighted-text); }"
        )
        self._stack = QStackedWidget()
        self._list.currentRowChanged.connect(self._chosen)
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(self._stack, 1)
        self.setCentralWidget(inner)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)

    def add_page(self, name: str, title: str, page: QWidget) -> None:
        """In this order; Ctrl+1 is the first. `title` is empty for one that is reached by other ways."""
        self._names.append(name)
        self._stack.addWidget(page)
        item = QListWidgetItem(title)
        item.setHidden(not title)
        self._list.addItem(item)
        if len(self._names) < 10:
            row = len(self._names) - 1
            QShortcut(QKeySequence(f"Ctrl+{row + 1}"), self, lambda: self._list.setCurrentRow(row))

    def show_page(self, name: str) -> None:
        if name in self._names:
            self._list.setCurrentRow(self._names.index(name))

    @property
    def page(self) -> str:
        row = self._list.currentRow()
        return self._names[row] if row >= 0 else ""

    def bring_up(self) -> None:
        """In front of everything, also where it was minimised."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def render_view(self, view: View) -> None:
        self.setWindowIcon(icons.icon(view.icon, view.share))
        self.setWindowTitle(f"{view.title} - SO8T" if view.title else "SO8T")

    def place(self) -> str:
        return bytes(self.saveGeometry().toBase64().data()).decode()

    def put_at(self, place: str) -> None:
        self.restoreGeometry(QByteArray.fromBase64(place.encode()))

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.hide()
        self.closed.emit()

    def _chosen(self, row: int) -> None:
        if row >= 0:
            self._stack.setCurrentIndex(row)
            self.shown_page.emit(self._names[row])
