"""The icon in the tray and its menu: what each entry wants, when it is there, how it is told in other languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from so8t_gui.desktop.tray import LONGEST_ENTRY, LONGEST_TIP, RECENT, Tray
from so8t_gui.i18n.language import Language
from so8t_gui.view.state import View

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
REASONS = QSystemTrayIcon.ActivationReason


@pytest.fixture
def tray(qapp: QObject) -> Iterator[Tray]:
    made = Tray()
    yield made
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete.value)


def entries(menu: QMenu) -> dict[str, QAction]:
    return {action.text().replace("&", ""): action for action in menu.actions() if action.isVisible() and action.text()}


def test_each_entry_wants_what_stands_on_it(tray: Tray) -> None:
    wanted = list[object]()
    for name in ("open", "new", "cancel", "pause", "settings", "quit"):
        getattr(tray, f"{name}_wanted").connect(lambda name=name: wanted.append(name))
    for name in ("resume", "recent", "autostart"):
        getattr(tray, f"{name}_wanted").connect(lambda what, name=name: wanted.append((name, what)))
    tray.show_recent([("a", "A")])
    tray.show_others([("b", "B"), ("c", "C")])
    tray.render_view(View(), 0.0, ("z", "Z"), "In 9 s.")
    texts = ["Open", "Start new ...", "Resume Z", "Do not resume automatically", "Settings", "Quit", "Start at logon"]
    for text in texts:
        entries(tray._menu)[text].trigger()
    for inner in (tray._others, tray._recent):
        inner.actions()[-1].trigger()
    tray.render_view(View(phase="running"), 0.0, None)
    entries(tray._menu)["Pause"].trigger()
    assert wanted == [
        "open", "new", ("resume", "z"), "cancel", "settings", "quit", ("autostart", True), ("resume", "c"),
        ("recent", "a"), "pause",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("view", "resumable", "counting", "there", "grey"),
    [
        (View(), None, "", {"Open", "Start new ...", "Resume another", "Quit"}, set()),
        (View(), ("z", "Z"), "", {"Open", "Start new ...", "Resume Z", "Resume another", "Quit"}, set()),
        (View(), None, "In 9 s.", {"Start new ...", "Do not resume automatically"}, set()),
        (View(phase="running"), ("z", "Z"), "", {"Pause", "Quit (the run is saved and paused)"}, {"Start new ..."}),
        (View(phase="pausing"), ("z", "Z"), "", {"Pause", "Start new ..."}, {"Start new ...", "Pause"}),
    ],
)
def test_what_can_be_done_follows_the_run(
    tray: Tray, view: View, resumable: tuple[str, str] | None, counting: str, there: set[str], grey: set[str]
) -> None:
    tray.show_others([("b", "B")])
    tray.show_recent([("b", "B")])
    tray.render_view(view, 0.0, resumable, counting)
    shown = entries(tray._menu)
    assert there <= shown.keys() and tray._resumable == (resumable[0] if resumable else "")
    assert ("Resume another" in shown) is not view.alive and ("Pause" in shown) is view.alive
    assert ("Resume Z" in shown) is (resumable is not None and not view.alive)
    assert ("Do not resume automatically" in shown) is bool(counting)
    first = tray._menu.actions()[0]
    assert {text for text, action in shown.items() if not action.isEnabled()} - {first.text()} == grey
    assert not first.isEnabled() and (first.text() == counting if counting else first.text() != "")
    assert first.text().split(",")[0].rstrip(".") in tray._icon.toolTip() or counting
    tray.show_others([])
    tray.render_view(view, 0.0, resumable, counting)
    assert "Resume another" not in entries(tray._menu)


def test_what_another_program_runs_is_told_by_the_session_shown_where_it_is_that_one(tray: Tray) -> None:
    running, line = "Another program runs B.", lambda: tray._menu.actions()[0].text()
    tray.render_view(View(), 0.0, None, elsewhere=running)
    assert line() == running
    tray.render_view(View(), 0.0, None, "In 9 s.", running)
    assert line() == "In 9 s."
    tray.render_view(View(phase="elsewhere", session="b", share=0.5), 0.0, None, elsewhere=running)
    assert line().startswith("Another program runs it") and "50" in line()


def test_lists_are_short_and_their_names_are_words(tray: Tray) -> None:
    many = [(f"{n}", f"A & B {n} {'x' * 200}") for n in range(RECENT + 3)]
    for show, menu in ((tray.show_others, tray._others), (tray.show_recent, tray._recent)):
        for _ in range(2):
            show(many)
        texts = [action.text() for action in menu.actions()]
        assert len(texts) == RECENT and texts[0].startswith("A && B 0")
        assert all(len(text) <= LONGEST_ENTRY + 1 for text in texts)
    assert tray._recent.isEnabled()
    tray.show_recent([])
    assert not tray._recent.isEnabled()
    tray.render_view(View(phase="paused", session="a", title="<b>" + "x" * 900), 0.0, ("z", "A & B"))
    assert tray._icon.toolTip().startswith("‹b›") and len(tray._icon.toolTip()) <= LONGEST_TIP
    assert tray._resume.text().replace("&Resume", "Resume") == "Resume A && B"


def test_a_click_or_two_open_the_window_and_the_button_for_the_menu_does_not(tray: Tray) -> None:
    opened = list[bool]()
    tray.open_wanted.connect(lambda: opened.append(True))
    for how, opens in ((REASONS.Trigger, True), (REASONS.DoubleClick, True), (REASONS.Context, False)):
        before = len(opened)
        tray._icon.activated.emit(how)
        assert (len(opened) > before) is opens
    heard = list[str]()
    tray.menu_opens.connect(lambda: heard.append("menu"))
    tray.message_clicked.connect(lambda: heard.append("message"))
    tray._menu.aboutToShow.emit()
    tray._icon.messageClicked.emit()
    assert heard == ["menu", "message"]


def test_in_another_language_its_entries_are_others_and_none_is_there_twice(tray: Tray) -> None:
    language, count = Language(), len(tray._menu.actions())
    tray.show_autostart(True)
    assert tray._autostart.isCheckable() and tray._autostart.isChecked()
    language.use("ja")
    try:
        tray.relabel()
        assert len(tray._menu.actions()) == count and "Open" not in entries(tray._menu)
    finally:
        language.use("en")


def test_it_is_seen_until_it_is_hidden(tray: Tray) -> None:
    for act, seen in ((tray.show, True), (tray.hide, False)):
        act()
        assert tray._icon.isVisible() is seen
    assert tray.there is QSystemTrayIcon.isSystemTrayAvailable() and tray.place == tray._icon.geometry()
    assert tray._icon.contextMenu() is tray._menu
