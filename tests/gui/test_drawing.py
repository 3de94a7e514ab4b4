"""When tray and pages are drawn: what turns is drawn even while nobody looks, what only moves while somebody does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from so8t_engine.protocol import Message
from so8t_gui.controller import Controller
from so8t_gui.drawing import Drawing
from so8t_gui.engine.events import Chosen
from so8t_gui.i18n.language import Language
from so8t_gui.preferences import Preferences
from so8t_gui.startup.unfinished_session import UnfinishedSession
from so8t_gui.view.state import View

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
RUN = View(phase="running", session="a", title="A", path="/s/a")


class Drawn:
    """Its drawing, and what was drawn: `tray` and `page` by title and phase of the view."""

    def __init__(self, controller: Controller, monkeypatch: pytest.MonkeyPatch) -> None:
        self.controller, self.tray, self.page = controller, list[tuple[str, str]](), list[tuple[str, str]]()
        monkeypatch.setattr(controller.tray, "render_view", lambda view, *_: self.tray.append((view.title, view.phase)))
        self.it = controller.findChild(Drawing)

    def open(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.controller.navigation.open("run")
        run = self.controller.navigation.pages.run
        monkeypatch.setattr(run, "render_view", lambda view, *_: self.page.append((view.title, view.phase)))
        self.tray.clear()

    def take(self, before: View, after: View) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        self.tray.clear()
        self.page.clear()
        self.controller.runner.view = after
        self.it.take(before, [])
        return self.tray, self.page


@pytest.fixture
def drawn(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawn]:
    made = Controller(qapp, Preferences(qapp, tmp_path / "settings.json", str(tmp_path / "sessions")), Language())
    monkeypatch.setattr(made.offer, "look", lambda *_: None)
    yield Drawn(made, monkeypatch)
    if made.navigation.made is not None:
        made.navigation.made.close()
    made.tray.hide()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete.value)


def test_while_nobody_looks_only_what_turns_is_drawn(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(RUN, session="b", title="B")
    assert drawn.take(RUN, replace(RUN, share=0.5)) == ([], [])
    assert drawn.take(RUN, replace(RUN, phase="pausing")) == ([("A", "pausing")], [])
    assert drawn.take(RUN, other) == ([("B", "running")], [])
    drawn.open(monkeypatch)
    assert drawn.take(RUN, replace(RUN, share=0.5)) == ([("A", "running")], [("A", "running")])
    drawn.controller.navigation.pages.window.hide()
    assert drawn.take(RUN, replace(RUN, phase="pausing")) == ([("A", "pausing")], [])


def test_it_is_drawn_every_second_while_something_runs(drawn: Drawn) -> None:
    rest = replace(RUN, phase="paused")
    for before, after, ticks in ((rest, RUN, True), (RUN, RUN, True), (RUN, rest, False), (rest, rest, False)):
        drawn.take(before, after)
        assert drawn.it.clock.isActive() is ticks and drawn.it.clock.interval() == 1_000
    drawn.it.clock.stop()
    drawn.take(RUN, replace(RUN, session="b"))
    assert drawn.it.clock.isActive()
    drawn.tray.clear()
    drawn.it.clock.timeout.emit()
    assert drawn.tray == [("A", "running")]


def test_what_is_in_the_way_stands_on_the_page_that_is_seen(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    controller = drawn.controller
    drawn.open(monkeypatch)
    run = controller.navigation.pages.run
    said = list[tuple[str, str]]()
    for name in ("count_down", "tell_hindrance", "tell_sleep"):
        monkeypatch.setattr(run, name, lambda text, *_, name=name: said.append((name, text)))
    there = {"offer": "", "crash": "It crashed again."}
    monkeypatch.setattr(type(controller.offer), "hindrance", property(lambda _: there["offer"]))
    monkeypatch.setattr(type(controller.after_crash), "hindrance", property(lambda _: there["crash"]))
    drawn.it.render()
    assert said == [("count_down", ""), ("tell_hindrance", "It crashed again."), ("tell_sleep", "")]
    there["offer"] = "Its disk is away."
    said.clear()
    drawn.it.render()
    assert said[1] == ("tell_hindrance", "Its disk is away.")


def test_the_sessions_of_the_folder_are_offered_by_tray_and_page(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    controller = drawn.controller
    drawn.it.show_folder([])
    drawn.open(monkeypatch)
    run = controller.navigation.pages.run
    offered, elsewhere = list[object](), list[object]()
    monkeypatch.setattr(run, "put_others", offered.append)
    monkeypatch.setattr(run, "tell_elsewhere", lambda *what: elsewhere.append(what))
    shown = list[object]()
    monkeypatch.setattr(controller.tray, "show_recent", shown.append)
    monkeypatch.setattr(controller.tray, "show_others", shown.append)
    drawn.it.show_folder([])
    assert shown == [[], controller.offer.others] and offered == [[]] and elsewhere == [("", "")]
    assert drawn.tray == [("", "idle")]


def test_points_reach_the_page_also_while_nobody_looks(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn.open(monkeypatch)
    drawn.controller.navigation.pages.window.hide()
    run, taken = drawn.controller.navigation.pages.run, list[object]()
    monkeypatch.setattr(run, "follow", taken.append)
    monkeypatch.setattr(run, "take", taken.append)
    drawn.controller.runner.view = RUN
    drawn.it.take(RUN, [Message("point", {})])
    assert taken == [drawn.controller.runner.view, [Message("point", {})]]


@pytest.mark.parametrize(
    ("view", "elsewhere", "told", "run_hindered", "new_hindered", "busy"),
    [
        (View(), "", "", "", "", ""),
        (RUN, "", "", '"A" is', '"A" is', '"A"'), (RUN, "b", "", '"A" is', '"A" is', '"A"'),
        (replace(RUN, title=""), "", "", '"New session" is', '"New session" is', '"New session"'),
        (View(), "b", '"B" is running', '"B" is running', '"B" is running', '"B"'),
        (replace(RUN, phase="elsewhere", session="b"), "b", "", "", '"B" is running', '"B"'),
    ],
)  # fmt: skip
def test_what_runs_elsewhere_and_what_is_in_the_way_is_said_on_the_pages(
    drawn: Drawn, monkeypatch: pytest.MonkeyPatch, view: View, elsewhere: str, told: str, run_hindered: str,
    new_hindered: str, busy: str,
) -> None:  # fmt: skip
    controller = drawn.controller
    drawn.open(monkeypatch)
    pages, said = controller.navigation.pages, dict[str, object]()
    for part, name in (
        (pages.run, "tell_elsewhere"), (pages.run, "put_hindrance"), (pages.run, "put_busy"),
        (pages.new, "put_hindrance"),
    ):  # fmt: skip
        key = f"{type(part).__name__}.{name}"
        monkeypatch.setattr(part, name, lambda *what, key=key: said.update({key: what}))
    if elsewhere:
        event = Chosen("b", "B", "/s/b", "running", "train")
        controller.offer.waiting = [UnfinishedSession("b", "B", Path("/s/b"), "running", "1 %", "It runs.", event)]
    controller.runner.view = view
    drawn.it.show_elsewhere()
    sentence, session = said["RunPage.tell_elsewhere"]  # type: ignore[misc]
    assert sentence.startswith(told) and bool(sentence) is bool(told) and session == ("b" if told else "")
    for key, expected in (
        ("RunPage.put_hindrance", run_hindered), ("RunPage.put_busy", busy),
        ("NewSessionPage.put_hindrance", new_hindered),
    ):  # fmt: skip
        (text,) = said[key]  # type: ignore[misc]
        assert expected in text and bool(text) is bool(expected), key


def test_the_window_is_drawn_also_while_nobody_sees_it_and_its_pages_only_while_somebody_does(
    drawn: Drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn.open(monkeypatch)
    window, titles, watched = drawn.controller.navigation.pages.window, list[str](), list[bool]()
    monkeypatch.setattr(window, "render_view", lambda view, *_: titles.append(view.title))
    monkeypatch.setattr(drawn.controller.shown, "watch", lambda: watched.append(True))
    window.hide()
    drawn.take(RUN, replace(RUN, phase="pausing"))
    assert titles == ["A"] and watched == [True] and drawn.page == []


def test_what_could_be_resumed_and_what_is_in_its_way_is_told_to_the_tray(
    drawn: Drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[tuple[object, ...]]()
    offer = drawn.controller.offer
    monkeypatch.setattr(drawn.controller.tray, "render_view", lambda _view, _now, *more: told.append(more))
    event = Chosen("b", "B", "/s/b", "paused", "train")
    rests = UnfinishedSession("b", "B", Path("/s/b"), "paused", "1 %", "", event)
    for waiting, expected in (
        ([], (None, "", "")), ([rests], (("b", '"B" (1 %)'), "", "")),
        ([replace(rests, status="running", problem="It runs.")],
         (None, "", '"B" is running, started by another program, such as a command line.')),
    ):  # fmt: skip
        offer.waiting = waiting
        drawn.it.render()
        assert told[-1] == expected
