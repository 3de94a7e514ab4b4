"""Changing the theme recolours everything: each page looks as if the window had been started in that theme."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyleFactory, QStyleOptionButton, QWidget
from pytestqt.qtbot import QtBot

from gui import screenshots
from helpers import sample_sessions
from so8t_engine.commands import queries
from so8t_engine.config import file as config_file
from so8t_engine.session import catalog
from so8t_gui.desktop import hardware, theme
from so8t_gui.desktop.hardware import Gauge
from so8t_gui.engine.queries import QueryPool
from so8t_gui.settings_file import Settings
from so8t_gui.startup import unfinished_session
from so8t_gui.view.reduce import reduce
from so8t_gui.view.state import View
from so8t_gui.window_pages import WindowPages

PAGES = ("run", "compared", "sessions", "new", "new-keys", "settings", "doctor", "welcome", "result")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sessions")
    sample_sessions.make_all(folder)
    for name in (screenshots.NAME, sample_sessions.SAMPLES[2][0]):
        screenshots.write_history(folder / name, 60)
    return folder


@pytest.fixture(autouse=True)
def still(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing moves by itself: gauges stand, no cursor blinks, the engine is not asked."""
    monkeypatch.setattr(hardware, "reader", lambda: lambda: [Gauge("CPU", "50 %", 0.5)])
    monkeypatch.setattr(QueryPool, "ask", lambda *_: None)
    qapp.setCursorFlashTime(0)
    yield
    qapp.setCursorFlashTime(1_000)
    theme.apply(qapp, "light")


class Window:
    """The pages filled with samples, each looked at once as a user would have. `check`: what the engine found."""

    def __init__(self, root: Path, qtbot: QtBot, check: queries.Json) -> None:
        self._qtbot = qtbot
        self.pages = WindowPages(Settings(), root, "~/sessions", root)
        self.pages.run._strip._make = lambda: lambda: [Gauge("CPU", "50 %", 0.5)]
        self.pages.window.resize(screenshots.SIZE)
        self.pages.window.show()
        now = time.monotonic()
        self._now = now
        view = replace(screenshots.running(root / screenshots.NAME, now), notes=())  # they carry the time of day
        finished = unfinished_session.chosen(catalog.entry(root / screenshots.FINISHED))
        self._running, self._finished = view, reduce(View(), finished, now)
        self.pages.window.show_page("run")
        self.pages.run.render_view(view, now)
        qtbot.waitUntil(lambda: bool(self.pages.run._strip.gauges) and bool(self.pages.run._log._log))
        config = config_file.load_preset("demo")
        form = queries.form(config)
        self.pages.new._take_form(replace(self.pages.new.draft, preset="demo", values=form["values"]), form)
        self.pages.new._take_check(check)
        for page in PAGES:
            self._front(page)

    def pictures(self) -> dict[str, QImage]:
        return {page: self._front(page) for page in PAGES}

    def _front(self, page: str) -> QImage:
        run = self.pages.run
        name, _, part = page.partition("-")
        run.render_view(self._finished if page == "result" else self._running, self._now)
        if page == "result":
            self._qtbot.waitUntil(lambda: bool(run.result.cards))
            run.result.open_first()
        if page == "compared":
            run.overlay([run._log._session, run._log._session])  # type: ignore[list-item]
            self._qtbot.waitUntil(lambda: len(run.panel.chart.lines) == 2)
        elif page == "run":
            run.end_overlay()
            self._qtbot.waitUntil(lambda: len(run.panel.chart.lines) == 1)
        self.pages.window.show_page("run" if page in ("compared", "result") else name)
        if name == "new":
            self.pages.new._tabs.setCurrentIndex(1 if part else 0)
        if name == "sessions":
            model = self.pages.sessions._model
            self._qtbot.waitUntil(lambda: bool(model.shown) and len(model._sizes) == len(model.shown))
            self.pages.sessions.select([screenshots.NAME])
        focused = QApplication.focusWidget()
        if focused is not None:
            focused.clearFocus()
        return self._picture()

    def _picture(self) -> QImage:
        """Once it stands still: the plot is drawn for the room it had, and then given another by what is beside it."""
        pictures = [QImage()]

        def still() -> bool:
            self.pages.run.panel.chart.draw()
            self.pages.run.panel._tell_values()
            QApplication.processEvents()
            pictures.append(self.pages.window.grab().toImage())
            return pictures[-1] == pictures[-2]

        self._qtbot.waitUntil(still)
        return pictures[-1]


def difference(first: QImage, second: QImage) -> list[tuple[int, int]]:
    """Pixels that differ, every second one in both directions."""
    assert first.size() == second.size()
    return [
        (x, y)
        for y in range(0, first.height(), 2)
        for x in range(0, first.width(), 2)
        if first.pixel(x, y) != second.pixel(x, y)
    ]


@pytest.mark.parametrize(
    ("before", "after"), [("light", "dark"), pytest.param("dark", "light", marks=pytest.mark.soak)]
)
def test_every_page_looks_as_if_started_in_that_theme(
    qapp: QApplication, qtbot: QtBot, root: Path, before: str, after: str
) -> None:
    check = queries.check(lambda: config_file.load_preset("demo"), root)  # once: free memory is another each time
    theme.apply(qapp, before)
    switched = Window(root, qtbot, check)
    theme.apply(qapp, after)
    pictures = switched.pictures()
    switched.pages.close()
    fresh = Window(root, qtbot, check)
    expected = fresh.pictures()
    fresh.pages.close()
    for page in PAGES:
        there = difference(pictures[page], expected[page])
        assert not there, f"{page}: {len(there)} pixels differ, the first at {there[0]}, the last at {there[-1]}"


def test_boxes_and_fields_have_an_edge_and_nothing_else_has_one(qapp: QApplication) -> None:
    def drawn(style: QStyle, element: QStyle.PrimitiveElement) -> QImage:
        picture, option = QImage(24, 24, QImage.Format.Format_ARGB32), QStyleOptionButton()
        picture.fill(Qt.GlobalColor.white)
        option.rect, option.palette = QRect(0, 0, 24, 24), QPalette()  # type: ignore[attr-defined]
        painter = QPainter(picture)
        style.drawPrimitive(element, option, painter)
        painter.end()
        return picture

    outlined, plain = theme.Outlined("Fusion"), QStyleFactory.create("Fusion")
    for element in (theme.Outlined.BOX, theme.Outlined.DOT):
        assert drawn(outlined, element) != drawn(plain, element)
    for element in (QStyle.PrimitiveElement.PE_FrameFocusRect, QStyle.PrimitiveElement.PE_PanelButtonCommand):
        assert drawn(outlined, element) == drawn(plain, element)


def test_the_theme_follows_the_system_while_it_is_wanted(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted, dark = ["system"], [False]
    monkeypatch.setattr(theme, "system_is_dark", lambda _: dark[0])
    follower = theme.Follower(qapp, lambda: wanted[0])

    def ground(goes_dark: bool) -> int:
        dark[0] = goes_dark
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark if goes_dark else Qt.ColorScheme.Light)
        return QWidget().palette().color(QPalette.ColorRole.Window).lightness()

    assert ground(True) < 60 and ground(False) > 200 and ground(True) < 60
    assert isinstance(qapp.style(), theme.Outlined), "boxes and fields are seen on a dark ground, too"
    wanted[0] = "light"
    assert ground(True) > 200
    wanted[0] = "system"
    follower.deleteLater()
    QCoreApplication.sendPostedEvents(follower, QEvent.Type.DeferredDelete.value)
    assert ground(True) > 200, "an application that has ended follows nothing"


def test_the_system_is_dark_where_it_says_so() -> None:
    def says(scheme: Qt.ColorScheme) -> bool:
        hints = SimpleNamespace(colorScheme=lambda: scheme)
        return theme.system_is_dark(SimpleNamespace(styleHints=lambda: hints))  # type: ignore[arg-type]

    schemes = (Qt.ColorScheme.Dark, Qt.ColorScheme.Light, Qt.ColorScheme.Unknown)
    assert [says(scheme) for scheme in schemes] == [True, False, False]


@pytest.mark.parametrize("dark", [False, True])
def test_an_empty_field_that_is_greyed_out_has_another_ground(dark: bool) -> None:
    """It has no text that could be paler: it looked like one that can be typed into."""
    colours = theme.palette(dark)
    greyed = colours.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Base)
    assert greyed == colours.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Window)
    assert greyed != colours.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Base)
