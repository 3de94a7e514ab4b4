"""The window: the names of the pages at the left, the chosen page beside them. No logic."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPalette, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from so8t_engine.plain_text import plain
from so8t_gui.desktop import icons
from so8t_gui.i18n.translate import tr
from so8t_gui.view.state import View
from so8t_gui.view.tray_icon import tray_icon
from so8t_gui.view.window_title import window_title
from so8t_gui.widgets.enter_presses import EnterPresses
from so8t_gui.widgets.focus_outline import FocusOutline
from so8t_gui.widgets.label import laid_out
from so8t_gui.widgets.notice_over import NoticeOver
from so8t_gui.widgets.panels import Banner
from so8t_gui.widgets.scroll_place import scroll_back
from so8t_gui.widgets.tall_page import TallPage
from so8t_gui.widgets.tool_tip import tool_tip

SIZE = QSize(1120, 720)
NAVIGATION, SLIM = 196, 132  # in a window of less than WIDE, as on a screen of 800 x 600 at 125 % and more
WIDE = 700
BESIDE_NAME, ABOVE_NAME = 2 * (8 + 12 + 4), 2 * 9  # margins of a page's name and of their list
NEW_LINE = "\u2028"
BETWEEN_WORDS = re.compile(r"(?<=[ぁ-ゖ])(?=[ァ-ヶ])")  # 新しい|セッション; Qt breaks Japanese anywhere
TITLE = 120  # characters of a session's name


class MainWindow(QMainWindow):
    """`closed`: by the user; it is only hidden. `quit_wanted`: the way out below the names of the pages.
    `picked(name)`: the user chose this page, which may be the one in front.
    """

    picked = Signal(str)
    closed = Signal()
    quit_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("SO8T")
        self.setWindowIcon(icons.icon("idle"))
        self.resize(SIZE)
        self.empty()
        self.present()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Quit), self, self.quit_wanted.emit)
        EnterPresses(self)

    def empty(self) -> None:
        """Without pages, in the language of now. What was there stays in sight until `present`."""
        self._names: list[str] = []
        self._areas: list[TallPage] = []
        self._makers: list[Callable[[], QWidget]] = []
        self._titles: list[str] = []
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Pages"))
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        self._list.setWordWrap(True)  # in a slim window a long name has two lines
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setStyleSheet(
            "QListWidget { background: palette(alternate-base); padding: 10px 8px; outline: 0; }"
            "QListWidget::item { padding: 9px 12px; border-radius: 6px; }"
            "QListWidget::item:hover { background: palette(midlight); }"
            "QListWidget::item:selected { background: palette(highlight); color: palette(highlighted-text); }"
        )
        FocusOutline(self._list)
        self._message = Banner(opaque=True)
        self._told: tuple[str, str | Callable[[], str]] | None = None
        self._holds: Callable[[], bool] = lambda: True
        self._stack = QStackedWidget()
        self._by_program = False
        self._list.currentRowChanged.connect(self._chosen)
        names = self._list
        names.itemClicked.connect(lambda item: self._pick(names, names.row(item)))
        pages = NoticeOver(self._stack, self._message, self._cover)
        self._inner = QWidget()
        row = QHBoxLayout(self._inner)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._navigation())
        row.addWidget(pages, 1)

    def _cover(self, height: int) -> None:
        for area in self._areas:
            area.cover(height)

    def present(self) -> None:
        """The pages that were added since `empty` take the place of those before, which go. It stays the same window
        of the desktop: nothing flashes, what is clicked meanwhile is clicked on these, and the keys stay in it."""
        if self.centralWidget() is not self._inner:
            self.setUpdatesEnabled(False)  # until all is laid out: a bar came and went, a button had lost a line
            QTimer.singleShot(0, self, lambda: self.setUpdatesEnabled(True))
            self.setCentralWidget(self._inner)
            if self.isVisible():
                self._inner.show()

    def _navigation(self) -> QWidget:
        """The names of the pages, and Quit below them: everything the tray offers is here, too."""
        side = self._side = QWidget()
        side.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        side.setAutoFillBackground(True)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 12)
        column.addWidget(self._list, 1)
        leave = self._leave = QPushButton(tr("&Quit SO8T"))
        leave.setFlat(True)
        leave.setToolTip(tr("A run is saved and paused first."))
        leave.clicked.connect(self.quit_wanted)
        column.addWidget(leave)
        self._fit_navigation()
        return side

    def _fit_navigation(self) -> None:
        self._side.setFixedWidth(NAVIGATION if self.width() >= WIDE else SLIM)

    def add_page(self, name: str, title: str, make: Callable[[], QWidget]) -> None:
        """In this order; Ctrl+1 is the first. A page without a title is not in the list. `make`: called when the page
        is first shown, unless it was filled in before."""
        self._names.append(name)
        self._makers.append(make)
        self._areas.append(TallPage())
        self._stack.addWidget(self._areas[-1])
        item = QListWidgetItem(title)
        item.setToolTip(tool_tip(title))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, title)
        self._titles.append(title)
        self._list.addItem(item)
        item.setHidden(not title)
        self._fit_navigation()
        self._fit_names()
        row = len(self._names) - 1
        if title:
            names = self._list
            QShortcut(QKeySequence(f"Ctrl+{row + 1}"), self._inner, lambda: self._pick(names, row))

    @property
    def places(self) -> tuple[int, ...]:
        """Where each page is scrolled to."""
        return tuple(area.verticalScrollBar().value() for area in self._areas)

    def scroll_to(self, name: str, place: int) -> None:
        scroll_back(self._areas[self._names.index(name)], place)

    def fill(self, name: str, page: QWidget) -> None:
        """What stands in the place of that name."""
        area = self._areas[self._names.index(name)]
        if area.widget() is not page:
            area.put(page)

    def show_page(self, name: str) -> None:
        """The keys of one that is not in the list are its main button's: no name is chosen that could have them."""
        row = self._names.index(name)
        self._by_program = True
        self._list.setCurrentRow(row)
        self._by_program = False
        if self._list.item(row).isHidden():
            for main in self._areas[row].findChildren(QPushButton):
                if main.property("main"):
                    main.setFocus()

    def _pick(self, names: QListWidget, row: int) -> None:
        if names.currentRow() != row:
            names.setCurrentRow(row)
        elif names is self._list:
            self.picked.emit(self._names[row])

    @property
    def page(self) -> str:
        """Empty before the first was shown."""
        row = self._list.currentRow()
        return self._names[row] if row >= 0 else ""

    def bring_up(self) -> None:
        """In front of everything, even where it was minimised; never larger than the screen where it is opened."""
        if not self.isVisible():
            self.resize(self.size().boundedTo(self._room()))
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _room(self) -> QSize:
        """What a window may have of its screen, title bar and all: 1366x768 at 150 % is 911x512."""
        title = self.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
        return self.screen().availableSize() - QSize(0, title)

    @property
    def focused(self) -> tuple[bool, type[QWidget], int] | None:
        """Which control has the keys: is it of the page in front or beside it, its kind, and its number among those."""
        one = self.focusWidget()
        for on_page, part in ((True, self._stack.currentWidget()), (False, self._side)):
            if one is not None and part is not None and part.isAncestorOf(one):
                return on_page, type(one), part.findChildren(type(one)).index(one)
        return None

    def focus(self, place: tuple[bool, type[QWidget], int] | None) -> None:
        """That control, on the page in front or beside it; where there is none, the names of the pages."""
        on_page, kind, number = place or (False, QListWidget, 0)
        part = self._stack.currentWidget() if on_page else self._side
        found = [] if part is None else part.findChildren(kind)[number : number + 1]
        (found[0] if found else self._list).setFocus()

    def tell(self, level: str, said: str | Callable[[], str], holds: Callable[[], bool] = lambda: True) -> None:
        """On the lower end of every page, until it is closed or no longer `holds`. `said`: as it is at any time, where
        it changes; nothing stands there while it is empty."""
        self._told = level, said
        self._holds = holds
        self._tell()

    def reword(self, change: Callable[[str], str]) -> None:
        """What stands there, where it does not change by itself."""
        if self._told is not None and isinstance(self._told[1], str):
            self._told = self._told[0], change(self._told[1])
            self._tell()

    def _tell(self) -> None:
        if self._told is None:
            return
        level, said = self._told
        text = said if isinstance(said, str) else said()
        if text:
            self._message.say(level, text, close=(tr("&OK"), self._forget_told))
        else:
            self._message.quieten()

    def _forget_told(self) -> None:
        self._told = None
        self._message.quieten()

    def render_view(self, view: View, title: str | None = None) -> None:
        """`title`: where something else than the run is shown."""
        leave = tr("&Quit SO8T\n(the run is saved\nand paused)") if view.alive else tr("&Quit SO8T")
        if leave != self._leave.text():
            self._leave.setText(leave)
        if self._told is not None and not self._holds():
            self._forget_told()
        self._tell()
        self.setWindowIcon(icons.icon(tray_icon(view), view.share))
        shown = plain(window_title(view) if title is None else title, most=TITLE)
        shown = shown.replace("[*]", "[*][*]")  # Qt's sign of what is not saved, and itself
        self.setWindowTitle(f"{shown} - SO8T" if shown else "SO8T")

    def place(self) -> str:
        """Position and size, for `put_at` of a later start."""
        return bytes(self.saveGeometry().toBase64().data()).decode()

    def put_at(self, place: str) -> None:
        self.restoreGeometry(QByteArray.fromBase64(place.encode()))

    def minimumSizeHint(self) -> QSize:
        """Of a small window; a large one need not be as large as its names of pages are then."""
        hint = super().minimumSizeHint()
        return hint - QSize(self._side.width() - SLIM, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_navigation()
        self._fit_names()

    def _fit_names(self) -> None:
        """Two lines for a name that has no room in one: a list with margins of its own would end it in dots."""
        for row in range(self._list.count()):
            item, name = self._list.item(row), self._titles[row]
            fits = self._list.fontMetrics().horizontalAdvance(name) <= self._side.width() - BESIDE_NAME
            item.setText(name if fits else BETWEEN_WORDS.sub(NEW_LINE, name))
            _, high = laid_out(item.text(), self._side.width() - BESIDE_NAME, self._list.font(), self._list)
            item.setSizeHint(QSize(0, high + ABOVE_NAME))

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.hide()
        self.closed.emit()

    def _chosen(self, row: int) -> None:
        if row >= 0:
            self.fill(self._names[row], self._makers[row]())
            self._stack.setCurrentIndex(row)
            self._tell()
            if not self._by_program:
                self.picked.emit(self._names[row])
