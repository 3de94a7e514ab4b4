"""After a change of language nothing in sight speaks the one before."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabWidget,
    QWidget,
)
from shiboken6 import isValid

import so8t_resources
from helpers.application import CUT, FAILED, FINISHED, LONG, PAUSED, Application
from so8t_engine.protocol import Message
from so8t_gui.desktop.tray import Tray
from so8t_gui.i18n import language
from so8t_gui.i18n.translate import tr
from so8t_gui.pages.run import TRY
from so8t_gui.preferences import settings_file
from so8t_gui.widgets.tall_page import TallPage
from so8t_gui.window_pages import WindowPages

PAGES = ("run", "sessions", "new", "settings", "doctor", "welcome")
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
ITS_OWN_NAME = "日本語"


def texts(widget: QWidget) -> Iterator[str]:
    """Everything a widget says, aloud or in a tool tip."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.windowTitle())
    yield from (action.text() for action in widget.actions())
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    elif isinstance(widget, QTabWidget):
        yield from (widget.tabText(place) for place in range(widget.count()))
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QPlainTextEdit) and widget.accessibleName() and not widget.isReadOnly():
        yield widget.toPlainText()


def everything(application: Application) -> set[str]:
    window, tray = application.pages.window, application.controller.tray
    widgets = [window, *window.findChildren(QWidget)]
    said = {text for widget in widgets for text in texts(widget) if text}
    said |= {window._list.item(row).text() for row in range(window._list.count())}
    said |= {str(value) for place in range(8)
             if (value := application.pages.sessions._model.headerData(place, Qt.Orientation.Horizontal))}  # fmt: skip
    return said | {action.text() for action in tray._menu.actions() if action.text()} | {tray._icon.toolTip()}


def english() -> list[re.Pattern[str]]:
    """The window's own texts that are another in Japanese; what stands in for values may be anything."""
    catalogue = ElementTree.parse(so8t_resources.path("i18n", "so8t_ja.ts"))
    patterns = []
    for message in catalogue.iter("message"):
        source, translation = str(message.findtext("source")), message.findtext("translation")
        pieces = [re.escape(text or "") for text, *_ in string.Formatter().parse(source)]
        if translation != source and len("".join(pieces)) > 6:
            patterns.append(re.compile(".+".join(pieces)))
    return patterns


def choose(application: Application, language: str) -> None:
    """By the box of the page Settings."""
    application.open("settings")
    box = application.pages.settings._language
    box.setCurrentIndex(box.findData(language))
    box.activated.emit(box.currentIndex())
    before = application.pages
    application.wait(lambda: application.pages is not before)


def change(application: Application, language: str) -> None:
    """Then every page is looked at."""
    choose(application, language)
    application.wait(lambda: application.pages.settings._autostart_message.text != "")
    for page in PAGES:
        application.open(page)
        QApplication.processEvents()


def test_nothing_stays_in_the_language_before(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the sentence about the entry at logon, a failed session and settings that cannot be kept."""
    first = application.language.current
    other = {"en": "ja", "ja": "en"}[first]
    application.controller.preferences.switch_autostart(True)
    application.wait(lambda: application.controller.preferences.autostart is not None)
    application.show(FAILED)
    application.controller.offer.look(application.root)
    application.wait(lambda: application.controller.offer.newest is not None)
    path = application.controller.preferences.path
    monkeypatch.setattr(settings_file.json, "dump", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "no room")))
    change(application, other)
    assert application.controller.preferences.problem and str(path) in application.controller.preferences.problem
    said = everything(application) - {ITS_OWN_NAME, "English"}
    if other == "en":
        wrong = {text for text in said if JAPANESE.search(text)}
    else:
        patterns = english()
        wrong = {text for text in said if any(pattern.fullmatch(text) for pattern in patterns)}
    assert len(said) > 100 and not wrong


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_what_was_typed_chosen_and_scrolled_to_is_there_in_the_other_language(application: Application) -> None:
    """All of it was thrown away with the pages."""
    application.show(FINISHED)
    pages = application.pages
    application.wait(lambda: bool(pages.run.result.cards))
    pages.window.resize(1000, 560)
    trial = pages.run.trial
    trial.question.setPlainText("7 + 8 = ?")
    trial.sides["base"].answers("base-Q4_K_M.gguf")
    trial.sides["base"].end({"sections": {"task": "add"}, "final": "15", "tokens": 3, "tokens_per_second": 9.0})
    pages.run._tabs.setCurrentIndex(TRY)
    pages.run.panel._log.click()
    pages.run._log._find.setText("loss")
    application.select(PAUSED, CUT)
    pages.sessions._filter.setText("phi35")
    pages.sessions._table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    application.open("new")
    new = pages.new
    application.wait(lambda: new._form is not None and not new._desk.asking("check"))
    new._basics.draft_changed.emit(new.draft.changed(("seed",), 77))
    assert new._form is not None
    new._form.rows["ppo.learning_rate"].type("1e-")
    new._basics.hub = "owner/na"
    new._form.take_up({}, "ppo", 0)
    new._tabs.setCurrentIndex(1)
    new._tabs.setCurrentIndex(0)
    QApplication.processEvents()
    new._basics.verticalScrollBar().setValue(120)
    draft, selected = new.draft, [row.session for row in pages.sessions.selected]
    starts = len(application.engine_starts)

    choose(application, "ja")
    pages = application.pages
    assert application.page == "settings" and pages.window.isVisible()
    assert pages.new.draft == draft and pages.new.draft.changes == {("seed",): 77}
    application.open("new")
    application.wait(lambda: pages.new._basics.verticalScrollBar().value() == 120)
    assert pages.new._form is not None and pages.new._form.search == "ppo" and pages.new._basics.hub == "owner/na"
    assert pages.new._form.rows["ppo.learning_rate"].unread == "1e-" and not pages.new._start.isEnabled()
    application.open("sessions")
    application.wait(lambda: [row.session for row in pages.sessions.selected] == selected)
    assert set(selected) == {PAUSED, CUT} and pages.sessions._filter.text() == "phi35"
    assert pages.sessions._table.horizontalHeader().sortIndicatorSection() == 0
    application.open("run")
    application.wait(lambda: pages.run._finished != "" and pages.run._tabs.currentIndex() == TRY)
    assert pages.run.trial.question.toPlainText() == "7 + 8 = ?"
    assert pages.run.trial.sides["base"].view.final == "15"
    assert pages.run.trial.sides["base"].file.text() == tr("Answered by {file}", file="base-Q4_K_M.gguf")
    assert (
        pages.run.panel._log.isChecked() and pages.run.panel.chart.options.log and pages.run._log.kept.search == "loss"
    )
    assert len(application.engine_starts) == starts


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_points_that_a_run_has_not_saved_yet_stay_in_the_plot(application: Application) -> None:
    """They were gone, and those that came afterwards had the numbers of those that were missing."""
    application.run()
    application.show(PAUSED)
    run = application.pages.run
    assert run.curves.history is not None
    first = run.curves.history.table.newest + 1
    points = [Message("point", {"number": first + n, "phase": "ppo", "loss": 0.5 + n}) for n in range(3)]
    run.take(points[:2])
    losses = [*run.curves.history.table.columns["loss"].values]

    choose(application, "ja")
    run = application.pages.run
    application.wait(lambda: run.curves.history is not None)
    assert run.curves.history is not None
    run.take(points[2:])
    assert [*run.curves.history.table.columns["loss"].values] == pytest.approx([*losses, 2.5], nan_ok=True)
    assert losses[-2:] == [0.5, 1.5] and len(run.curves.history.table) == len(losses) + 1

    application.rest()  # on the disk there is none of them: whoever looks again sees what there is
    for session in (FINISHED, PAUSED):
        application.show(session)
    assert len(run.curves.history.table) == len(losses) - 2


def test_it_stays_the_same_window_and_the_keys_stay_in_their_field(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was gone for seconds, as after a crash, and the arrow keys then turned the pages."""
    monkeypatch.setattr(Tray, "there", property(lambda _: True))
    application.open("settings")
    window, navigation, was_seen = application.pages.window, application.controller.navigation, list[bool]()
    native, prepare = window.winId(), navigation._prepare
    first = application.language.current
    for other in ({"en": "ja", "ja": "en"}[first], first):
        before = application.pages
        before.settings._language.setFocus()
        stood = below(window, before)

        def note(pages: WindowPages, last: WindowPages = before) -> None:
            was_seen.append(last.settings.isVisible())
            prepare(pages)

        navigation._prepare = note
        choose(application, other)
        after = application.pages
        assert (after.window, window.winId(), window.isVisible()) == (window, native, True)
        assert after.settings.isVisible() and application.page == "settings"
        assert not isValid(before.settings) or not before.settings.isVisible()
        assert window.focusWidget() is after.settings._language
        application.wait(
            lambda stood=stood, after=after: moved(stood, below(window, after)) < after.settings._theme.height() / 2
        )
    assert was_seen == [True, True]
    kept = list[int]()
    navigation.keep_place = lambda: kept.append(1)  # type: ignore[method-assign]
    window.close()
    assert kept == [1], "that the user closes it is heard once"


def below(window: QWidget, pages: WindowPages) -> list[int]:
    """Where what may be clicked next stands: the rows below moved, and a click on the theme fell beside it."""
    chosen = (pages.settings._language, pages.settings._theme)
    return [one.mapTo(window, one.rect().center()).y() for one in chosen]


def moved(before: list[int], after: list[int]) -> int:
    return max(abs(one - other) for one, other in zip(before, after, strict=True))


@pytest.mark.parametrize("scrolled", [False, True])
def test_the_log_shows_its_newest_lines_still_or_those_to_which_the_user_had_scrolled(
    application: Application, scrolled: bool
) -> None:
    """It stood at its oldest lines, and stayed there."""
    application.run()
    engine = application.controller.runner._engine
    engine.happened.emit([Message("warning", {"code": "x", "sentence": f"line {n}"}) for n in range(150)])
    application.pages.run._log._tabs.setCurrentIndex(0)
    before = application.pages.run._log._sentences.verticalScrollBar()
    application.wait(lambda: before.maximum() > 100)
    if scrolled:
        before.triggerAction(QScrollBar.SliderAction.SliderToMinimum)
        for _ in range(40):
            before.triggerAction(QScrollBar.SliderAction.SliderSingleStepAdd)
    assert before.value() == (40 if scrolled else before.maximum())

    choose(application, {"en": "ja", "ja": "en"}[application.language.current])
    application.open("run")
    log = application.pages.run._log
    bar = log._sentences.verticalScrollBar()
    application.wait(lambda: bar.maximum() > 100)
    application.wait(lambda: bar.value() == (40 if scrolled else bar.maximum()))
    engine.happened.emit([Message("warning", {"code": "x", "sentence": "the newest"})])
    application.wait(lambda: log.sentences.endswith("the newest"))
    assert bar.value() == (40 if scrolled else bar.maximum())
    assert log._tabs.currentIndex() == 0


class ShownWindows(QObject):
    """The windows that are shown while it watches."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.kinds.append(type(watched).__name__)
        return False


def test_no_part_of_a_page_is_a_window_of_its_own_while_the_pages_are_made(
    application: Application, qapp: QApplication
) -> None:
    """The plot and the list of sessions flashed at a corner of the screen, in frames of their own."""
    application.show(FINISHED)
    shown = ShownWindows()
    qapp.installEventFilter(shown)
    try:
        choose(application, {"en": "ja", "ja": "en"}[application.language.current])
        for page in PAGES:
            application.open(page)
            QApplication.processEvents()
        application.show(FINISHED)
    finally:
        qapp.removeEventFilter(shown)
    assert shown.kinds == []


@pytest.mark.parametrize("application", ["en"], indirect=True)
def test_a_choice_of_the_language_that_is_in_use_makes_nothing_anew_and_another_only_the_page_in_front(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window stood still for two seconds with a finished result, also where no word became another."""
    monkeypatch.setattr(language, "chosen", lambda choice: "en" if choice == "system" else choice)
    application.show(FINISHED)
    application.open("settings")
    before, box = application.pages, application.pages.settings._language
    for choice in ("system", "en"):
        box.setCurrentIndex(box.findData(choice))
        box.activated.emit(box.currentIndex())
        application.wait(lambda choice=choice: application.controller.preferences.now.language == choice)
        QApplication.processEvents()
        assert application.pages is before
    choose(application, "ja")
    pages = application.pages
    look = application.controller.offer.looked
    with application.qtbot.waitSignal(look, timeout=LONG):
        application.controller.offer.look(application.root)
    application.controller.drawing.render()
    made = {name for name in PAGES if pages.is_made(name)}
    assert made == {"settings"}
    application.open("run")
    application.wait(lambda: bool(pages.run.result.cards))
    assert pages.run._head._waiting, "what was known before it was there"


class FirstSight(QObject):
    """What is there when the window is painted for the first time."""

    def __init__(self, application: Application) -> None:
        super().__init__()
        self._application, self.seen = application, list[tuple[int, bool]]()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        window = self._application.pages.window
        if event.type() == QEvent.Type.Paint and watched is window._leave:
            [area] = [one for one in window.findChildren(TallPage) if one.isVisible()]
            whole = window._leave.height() >= window._leave.sizeHint().height()
            self.seen.append((area.horizontalScrollBar().maximum(), whole))
        return super().eventFilter(watched, event)


def test_in_another_language_nothing_is_seen_before_it_is_laid_out(
    application: Application, qapp: QApplication
) -> None:
    """In a small window a bar stood below the page, and Quit had lost its last line, for a second or two."""
    application.run()
    application.open("settings")
    application.pages.window.resize(800, 600)
    sight = FirstSight(application)
    qapp.installEventFilter(sight)
    choose(application, {"en": "ja", "ja": "en"}[application.language.current])
    application.wait(lambda: bool(sight.seen))
    qapp.removeEventFilter(sight)
    assert set(sight.seen) == {(0, True)}
