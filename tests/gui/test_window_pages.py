"""The pages in their window: whatever one wants reaches the one it is meant for, once and with what it carries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from so8t_gui.settings_file import Settings
from so8t_gui.window_pages import PageHandlers, WindowPages


@pytest.fixture
def pages(qtbot: QtBot, tmp_path: Path) -> WindowPages:
    made = WindowPages(Settings(), tmp_path, "/usual", tmp_path)
    qtbot.addWidget(made.window)
    return made


def test_every_wish_reaches_its_handler(pages: WindowPages) -> None:
    heard = list[tuple[Any, ...]]()

    def handler(name: str) -> Callable[..., None]:
        return lambda *what: heard.append((name, *what))

    names = [field.name for field in fields(PageHandlers)]
    pages.connect(PageHandlers(**{name: handler(name) for name in names}))
    run, listed, new, settings, welcome = pages.run, pages.sessions, pages.new, pages.settings, pages.welcome
    wishes: list[tuple[Any, tuple[Any, ...], str]] = [
        (run.resume_wanted, ("a",), "resume"), (run.remedy_wanted, ("--x",), "start_again"),
        (run.new_wanted, (), "new_session"), (run.demo_wanted, (), "begin_demo"), (run.pause_wanted, (), "pause"),
        (run.save_wanted, (), "save"), (run.cancel_wanted, (), "cancel_countdown"), (run.stale, (), "reread"),
        (run.seen, (), "look"), (run.shown_wanted, ("a",), "show_session"), (run.back_wanted, (), "back"),
        (listed.resume_wanted, ("a",), "resume"), (listed.new_wanted, (), "new_session"),
        (listed.shown_wanted, ("a",), "show_session"), (listed.overlay_wanted, ([Path("/s")],), "compare"),
        (listed.duplicate_wanted, ("a",), "duplicate"), (listed.mend_wanted, ("a", "--x"), "mend"),
        (listed.renamed, ("a", "mine"), "renamed"), (listed.removed, ("a",), "removed"),
        (listed.adopted, ("x", "a"), "adopted"), (listed.turned, (), "look"),
        (new.start_wanted, (["run"],), "begin"), (new.root_wanted, (), "settings"),
        (settings.changed, (Settings(theme="dark"),), "change_settings"), (run.panel.switched, (), "switch_plot"),
        (run.sleep_read, (), "sleep_read"), (run.arranged, (), "moved"),
        (settings.autostart_wanted, (True,), "switch_autostart"), (welcome.accepted, (True, "/s"), "welcomed"),
        (welcome.demo_wanted, (), "begin_demo"), (welcome.new_wanted, (), "new_session"),
        (welcome.left, (), "show_run"), (pages.window.closed, (), "window_closed"),
        (pages.window.quit_wanted, (), "quit"),
    ]  # fmt: skip
    for signal, what, name in wishes:
        heard.clear()
        signal.emit(*what)
        assert heard == [(name, *what)], name
    assert {name for _, _, name in wishes} == set(names)
    heard.clear()
    pages.window.picked.emit("new")
    assert heard == [("moved",)]


def test_another_folder_of_sessions_is_that_of_every_page_which_shows_it(pages: WindowPages, tmp_path: Path) -> None:
    other = tmp_path / "other"
    pages.set_root(other)
    assert [page._root for page in (pages.sessions, pages.new, pages.doctor)] == [other] * 3


def test_what_was_typed_on_the_pages_is_taken_up_by_those_of_another_language(
    pages: WindowPages, qtbot: QtBot, tmp_path: Path
) -> None:
    pages.welcome.take_up(True, "/mine")
    pages.sessions._filter.setText("x")
    pages.run.trial.question.setPlainText("Why?")
    after = WindowPages(Settings(), tmp_path, "/usual", tmp_path)
    qtbot.addWidget(after.window)
    after.take_up(pages.kept)
    assert after.welcome.kept == (True, "/mine") and after.sessions._filter.text() == "x"
    assert after.run.trial.question.toPlainText() == "Why?"
    kept = list[bool]()
    after.new.keep = lambda: kept.append(True)  # type: ignore[method-assign]
    after.keep()
    after.window.show()
    after.close()
    assert kept == [True] and not after.window.isVisible()


def test_a_page_is_made_when_it_is_first_seen_or_told_something(pages: WindowPages, tmp_path: Path) -> None:
    """All of them were made before the one in front could be seen: a change of language took seconds."""
    names, heard = ("run", "sessions", "new", "settings", "doctor", "welcome"), list[str]()
    pages.made = heard.append
    pages.set_root(tmp_path / "other")
    pages.put_settings(Settings(threads=7))
    pages.keep()
    pages.window.show()
    assert heard == [] and not any(pages.is_made(name) for name in names)
    for name in ("settings", "welcome", "settings"):
        pages.window.show_page(name)
    assert heard == ["settings", "welcome"] and pages.settings.isHidden() is False
    assert pages.settings._threads.value() == 7 and pages.sessions._root == tmp_path / "other"
    assert heard == ["settings", "welcome", "sessions"] and not pages.is_made("run")


def test_what_a_page_that_was_not_seen_would_have_taken_up_is_there_after_two_changes_of_language(
    pages: WindowPages, qtbot: QtBot, tmp_path: Path
) -> None:
    pages.run.trial.question.setPlainText("Why?")
    pages.sessions._filter.setText("x")
    pages.welcome.take_up(True, "/mine")
    between, after = (WindowPages(Settings(), tmp_path, "/usual", tmp_path) for _ in range(2))
    for made in (between, after):
        qtbot.addWidget(made.window)
    between.take_up(replace(pages.kept, places=(3, 0, 5, 0, 0, 0), settings=40))
    after.take_up(between.kept)
    assert not between.is_made("run") and after.kept.places == (3, 0, 5, 0, 0, 0) and after.kept.settings == 40
    assert after.run.trial.question.toPlainText() == "Why?" and after.sessions._filter.text() == "x"
    assert after.welcome.kept == (True, "/mine")
