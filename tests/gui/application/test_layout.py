"""A small window: the name of a session stays readable, nothing grows by itself, the head keeps its height."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from itertools import combinations, product

import shiboken6
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLayout, QScrollArea, QWidget

from gui import screenshots
from helpers.application import FINISHED, PAUSED, Application
from so8t_engine.errors import EngineError, failed
from so8t_engine.sentences import to_json, verbatim
from so8t_gui.i18n.moment import moment
from so8t_gui.i18n.translate import tr
from so8t_gui.pages.sessions import STATUSES
from so8t_gui.sessions.list import BESIDE_STATE, LONG_DATE, NAME_LETTERS
from so8t_gui.sessions.rows import COLUMNS, state_word
from so8t_gui.view.reduce import reduce
from so8t_gui.widgets.scrolled_text import ScrolledText
from so8t_gui.widgets.step_list import BESIDE_SIGN, what_is_counted, what_it_does
from so8t_gui.widgets.tall_page import TallPage
from so8t_gui.widgets.tool_tip import tool_tip

SMALL = (806, 460)  # a screen of 1024 x 600 at 125 %
LONG = "学習を続けられません。データの置かれたフォルダーが見つからないため、読み込みに失敗しました。" * 6


def beside(layout: QLayout) -> Iterator[QWidget]:
    """What is seen of a layout, those within it too."""
    for item in (layout.itemAt(place) for place in range(layout.count())):
        widget, inner = item.widget(), item.layout()
        if widget is not None and widget.isVisible():
            yield widget
        elif inner is not None:
            yield from beside(inner)


def overlapping(page: QWidget) -> list[tuple[QWidget, QWidget]]:
    laid = [one.layout() for one in (page, *page.findChildren(QWidget)) if one.isVisible() and one.layout()]
    pairs = [pair for layout in laid for pair in combinations(beside(layout), 2)]
    return [(first, second) for first, second in pairs if first.geometry().intersects(second.geometry())]


def test_the_name_of_a_session_is_readable_in_a_small_window(application: Application) -> None:
    window = application.pages.window
    window.resize(1024, 640)
    application.select(PAUSED)
    QApplication.processEvents()
    table = application.pages.sessions._table
    letter = table.fontMetrics().averageCharWidth()
    assert window.width() == 1024 and table.columnWidth(0) >= NAME_LETTERS * letter
    window.resize(1900, 900)
    QApplication.processEvents()
    assert not any(table.isColumnHidden(column) for column in range(table.model().columnCount()))
    assert table.columnWidth(0) >= NAME_LETTERS * letter


def test_every_state_of_a_session_is_seen_whole(application: Application) -> None:
    """ "Newer version" was cut off."""
    application.select(PAUSED)
    table = application.pages.sessions._table
    state = COLUMNS.index("state")
    statuses = {row.status for row in application.pages.sessions._model.shown}
    assert "newer" in statuses and table.sizeHintForColumn(state) <= table.columnWidth(state)
    for status in STATUSES:
        assert table.fontMetrics().horizontalAdvance(state_word(status)) + BESIDE_STATE <= table.columnWidth(state)


def test_a_hint_of_the_settings_is_one_line_where_there_is_room(application: Application) -> None:
    application.open("settings")
    application.pages.window.resize(1120, 720)
    text = tr("Old sessions stay where they are. A run that is going on is not moved.")
    [hint] = [label for label in application.pages.settings.findChildren(QLabel) if label.text() == text]
    application.wait(lambda: hint.width() >= hint.fontMetrics().horizontalAdvance(text))


def test_nothing_is_scrolled_sideways_in_a_small_window(application: Application) -> None:
    """800 x 600; the check of a new session lies below its form there."""
    window = application.pages.window
    application.open("new")
    application.wait(lambda: bool(application.pages.new.draft.values))
    for page, tab in (("new", 0), ("new", 1), ("settings", 0)):
        application.open(page)
        application.pages.new._tabs.setCurrentIndex(tab)
        window.resize(800, 600)
        for _ in range(5):
            QApplication.processEvents()
        assert window.width() == 800
        bars = [area.horizontalScrollBar() for area in getattr(application.pages, page).findChildren(QScrollArea)]
        assert bars and [bar.maximum() for bar in bars if bar.isVisible()] == [], (page, tab)
    window.resize(1120, 720)


def test_a_page_for_which_there_is_room_is_as_high_as_the_window(application: Application) -> None:
    """The plot takes what is left, and no more; in a small window nothing lies on anything else."""
    window, now = application.pages.window, time.monotonic()
    application.show(FINISHED)
    for page in ("run", "sessions", "new", "settings", "doctor"):
        application.open(page)
        window.resize(1120, 760)
        if page == "run":
            application.turn_to_curves()
            application.pages.run.render_view(screenshots.running(application.root / PAUSED, now), now)
        for _ in range(5):
            QApplication.processEvents()
        area = window._stack.currentWidget()
        assert isinstance(area, TallPage)
        assert area.widget().size() == area.viewport().size() == area.maximumViewportSize(), page
        if page == "new":
            application.pages.new._verdict.put({"findings": [{"level": "ok", "what": LONG}] * 9})
        window.resize(*SMALL)
        for _ in range(5):
            QApplication.processEvents()
        assert overlapping(area.widget()) == [], page


def test_a_window_is_opened_no_larger_than_its_screen(application: Application) -> None:
    """Its buttons at the right lay outside of a small screen, or of a large one at 200 %."""
    window = application.pages.window
    for wanted in (QSize(1120, 720), QSize(5000, 4000)):
        window.hide()
        window.resize(wanted)
        window.bring_up()
        room = window.screen().availableSize()
        assert window.width() <= room.width() and window.height() < room.height()
    assert window.minimumSizeHint().width() <= 800 and window.minimumSizeHint().height() <= 500


def test_dates_in_the_list_of_sessions_are_seen_whole(application: Application) -> None:
    """`11/22/26 10:10 PM` lost its last letters beside a wide column of short names."""
    application.pages.window.resize(1120, 760)
    application.select(PAUSED)
    QApplication.processEvents()
    table = application.pages.sessions._table
    for name in ("started", "saved"):
        column = COLUMNS.index(name)
        texts = [moment(LONG_DATE), str(table.model().index(0, column).data())]
        needed = max(table.fontMetrics().horizontalAdvance(text) for text in texts)
        assert not table.isColumnHidden(column) and table.columnWidth(column) >= needed + 8
    assert not table.isColumnHidden(COLUMNS.index("size"))


def test_no_message_moves_what_is_clicked_to_another_place(application: Application) -> None:
    """One that came by itself pushed the table of sessions down, so that a click landed on another row."""
    pages = application.pages
    pages.window.resize(1120, 760)
    now = time.monotonic()
    for name in ("run", "sessions", "new", "settings"):
        application.open(name)
        page = getattr(pages, name)
        if name == "run":
            page.render_view(screenshots.running(application.root / PAUSED, now), now)
            clicked = [*page._head.findChildren(QAbstractButton), page._actions, page._tabs]
            banners = [page._message, page._counting, page._hindrance, page._other, page._sleep, page._opening]
        elif name == "sessions":
            application.select(PAUSED)
            clicked, banners = [page._table.viewport(), *page._actions.findChildren(QAbstractButton)], [page._message]
        elif name == "new":
            application.wait(lambda: page._form is not None)  # noqa: B023
            clicked, banners = [page._tabs, page._start, page._again], [page._message]
        else:
            clicked, banners = page.findChildren(QAbstractButton), [page._message, page._root_message]
        banners.append(pages.window._message)
        clicked = [one for one in clicked if one.isVisible()]
        for banner in banners:
            if banner is pages.window._message:  # nothing at all
                clicked = [one for one in page.findChildren(QWidget) if one.isVisible()]
            before = {one: one.mapTo(pages.window, QPoint()) for one in clicked}
            banner.say("warning", LONG, close=("OK", banner.quieten))
            for _ in range(5):
                QApplication.processEvents()
            there = {one: place for one, place in before.items() if shiboken6.isValid(one)}  # a check may end meanwhile
            assert banner.isVisible() and there == {one: one.mapTo(pages.window, QPoint()) for one in there}, name
            if banner is pages.window._message:
                area = pages.window._areas[pages.window._names.index(name)]
                bar = area.verticalScrollBar()
                bar.setValue(bar.maximum())
                end = page.mapTo(pages.window, page.contentsRect().bottomLeft()).y()
                assert end < banner.mapTo(pages.window, QPoint()).y(), "what it lies on can be scrolled to"
            banner.quieten()
            for _ in range(5):
                QApplication.processEvents()


def test_a_long_message_does_not_widen_the_window(application: Application) -> None:
    window, run, now = application.pages.window, application.pages.run, time.monotonic()
    view = screenshots.running(application.root / PAUSED, now)
    broken = reduce(view, failed(EngineError("stuck", verbatim(LONG))), now)
    for size, shown in product([(1024, 640), (1120, 760)], [view, broken]):
        window.resize(*size)
        run.render_view(shown, now)
        run.tell_sleep(LONG)
        run.count_down(LONG)
        window.tell("error", LONG)
        QApplication.processEvents()
        assert window.width() == size[0] and window.minimumSizeHint().width() <= size[0]


def test_all_that_can_be_done_at_rest_fits_a_small_window(application: Application) -> None:
    """A session that could go on and others that wait: four buttons, in Japanese too wide for one row."""
    window, run, now = application.pages.window, application.pages.run, time.monotonic()
    window.resize(1024, 640)
    running = screenshots.running(application.root / PAUSED, now)
    run._head.put_others([("20991231-235959-other", "another")])
    run.render_view(dataclasses.replace(running, phase="paused"), now)
    QApplication.processEvents()
    shown = [each for each in run._head.findChildren(QAbstractButton) if each.isVisible() and each.text()]
    assert len(shown) == 4 and window.width() == 1024 and window.minimumSizeHint().width() <= 800
    room = run._head.rect()
    assert all(room.contains(each.geometry()) for each in shown)


def test_all_messages_at_once_leave_the_window_as_high_as_it_is(application: Application) -> None:
    """The page is scrolled then; the button that has the focus is brought into sight."""
    window, run, now = application.pages.window, application.pages.run, time.monotonic()
    window.resize(1024, 600)
    view = screenshots.running(application.root / PAUSED, now)
    for shown in (view, reduce(view, failed(EngineError("stuck", verbatim("\n".join([LONG] * 13)))), now)):
        run.render_view(shown, now)
        for tell in (run.tell_sleep, run.count_down, run.tell_hindrance):
            tell(LONG)
        run.tell_elsewhere(LONG, "x")
        window.tell("error", LONG)
        for _ in range(5):
            QApplication.processEvents()
        assert window.size() == QSize(1024, 600) and window.minimumSizeHint().height() <= 600
    page = run.parentWidget().parentWidget()
    assert isinstance(page, TallPage) and page.verticalScrollBar().maximum() > 0
    assert run.width() == page.viewport().width() and run.minimumSizeHint().width() <= run.width()


def test_a_message_of_many_lines_scrolls_and_the_window_stays_on_its_screen(application: Application) -> None:
    window, run, now = application.pages.window, application.pages.run, time.monotonic()
    window.resize(1024, 640)
    lines = [f"datasets.{number}.path: {LONG}" for number in range(13)]
    view = screenshots.running(application.root / PAUSED, now)
    run.render_view(reduce(view, failed(EngineError("stuck", verbatim("\n".join(lines)))), now), now)
    QApplication.processEvents()
    text = run._message.findChild(ScrolledText)
    assert window.size() == QSize(1024, 640) and window.minimumSizeHint().height() <= 640
    assert text is not None and run._message.text.splitlines()[:13] == lines
    bar = text.verticalScrollBar()
    assert 4 * text.fontMetrics().lineSpacing() <= text.height() < run.height() / 4
    assert bar.maximum() > 10 * text.height()
    text.setFocus()
    application.qtbot.keyClick(text, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    run.render_view(reduce(view, failed(EngineError("stuck", verbatim("Short."))), now), now)
    QApplication.processEvents()
    assert text.height() < 3 * text.fontMetrics().lineSpacing() and text.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_what_the_check_finds_is_whole_beside_the_form(application: Application) -> None:
    """A finding with a button and a long word is no wider than its column, and makes no other wider."""
    application.open("new")
    application.pages.window.resize(1120, 760)
    verdict = application.pages.new._verdict
    problem = {"key": "datasets.0.path", "sentence": to_json(verbatim("collect.max_bad_fraction_allows_no_more " * 3))}
    verdict.put({"problems": [problem], "findings": [{"level": "ok", "what": LONG}]})
    QApplication.processEvents()
    findings = verdict._findings
    inner = findings.widget()
    assert inner.width() <= findings.viewport().width()
    edges = [one.mapTo(inner, one.rect().bottomRight()).x() for one in inner.findChildren(QWidget) if one.isVisible()]
    assert edges and max(edges) <= inner.width() and application.sees("Show")


def test_the_head_keeps_its_height_from_run_to_pause(application: Application) -> None:
    """In a narrow window its last line has two rows while something runs, and none at a pause: the page jumped."""
    run, now = application.pages.run, time.monotonic()
    view = screenshots.running(application.root / PAUSED, now)
    application.show(PAUSED)
    for wide, most in ((1120, 6), (853, 20)):  # Japanese letters are a little higher; a line more of state
        application.pages.window.resize(wide, 760)
        heights = []
        for shown in (view, view, application.controller.runner.view):
            run.render_view(shown, now)
            QApplication.processEvents()
            heights.append(run._head.height())
        assert max(heights[1:]) - min(heights) <= most
        assert "\N{NO-BREAK SPACE}%" in run._head._status.text() and any(" %" in text for text in run.texts)


def test_the_tile_of_the_step_that_runs_says_what_it_counts_in_a_small_window_too(application: Application) -> None:
    """It said "25 / 460": of what, nowhere."""
    window = application.pages.window
    window.resize(*SMALL)
    application.run()
    application.wait(lambda: application.controller.runner.view.total == 9)
    tile = application.pages.run._steps._tiles[3]
    said = tr("{n} of {all} parts", n=3, all=9)
    application.wait(lambda: said in tile.accessibleName())

    def said_whole() -> bool:
        """The count in full, or in short where only so it has room beside how long it took."""
        room = tile.width() - BESIDE_SIGN
        shown = tile.shown(room)
        in_short = shown.startswith("3/9, ") and not shown.endswith("\N{HORIZONTAL ELLIPSIS}")
        return tile.shown_briefly(room) == "3/9" if tile._slim else shown.startswith(said) or in_short

    application.wait(said_whole)  # the layout gives it its room
    assert tile.shown(1_000).startswith(f"{said}, ")
    what = tr("A part is one update of the model's weights, or one batch of answers that it learns from.")
    now = tr("Now: {what}.", what=tr("updates"))
    assert tile.accessibleDescription() == f"{what} {now}"
    assert tile.toolTip() == tool_tip(f"{tile.accessibleName()}\n{what_it_does('train')}\n{what} {now}")
    application.rest()
    application.wait(lambda: tr("stopped here") in tile.accessibleName())
    assert tile.accessibleDescription() == what and now not in tile.toolTip(), "what it has counted, nothing now"
    told = [what_is_counted(step, "") for step in ("collect", "integrate", "convert", "train", "evaluate")]
    assert len(set(told)) == 4 and what in told and told[0] == told[1]
