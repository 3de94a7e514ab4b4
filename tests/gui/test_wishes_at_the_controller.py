"""What the controller makes of what others say: who hears of another name, of a folder that is gone, of settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from so8t_engine.sentences import verbatim
from so8t_gui.controller import Controller
from so8t_gui.desktop import theme
from so8t_gui.desktop.single_instance import DATA_ROOT
from so8t_gui.engine.events import Chosen
from so8t_gui.i18n.language import Language
from so8t_gui.preferences import Preferences
from so8t_gui.startup.unfinished_session import UnfinishedSession
from so8t_gui.view.notifications import Notice
from so8t_gui.view.state import Problem, View

pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
RUN = View(phase="running", session="a", title="A", path="/s/a")


@pytest.fixture
def controller(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Controller]:
    made = Controller(qapp, Preferences(qapp, tmp_path / "settings.json", str(tmp_path / "sessions")), Language())
    monkeypatch.setattr(made.offer, "look", lambda root, then=lambda: None: then())
    yield made
    if made.navigation.made is not None:
        made.navigation.made.close()
    made.tray.hide()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete.value)


def heard(monkeypatch: pytest.MonkeyPatch, *methods: tuple[object, str]) -> list[tuple[object, ...]]:
    """In the place of these methods: their names, each with what it was given."""
    calls = list[tuple[object, ...]]()
    for owner, name in methods:
        monkeypatch.setattr(owner, name, lambda *given, name=name: calls.append((name, *given)))
    return calls


def test_another_name_and_a_folder_that_is_gone_or_adopted_are_told_to_run_and_window(
    controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner, navigation = controller.runner, controller.navigation
    of_run = heard(monkeypatch, (runner, "rename"), (runner, "forget"))
    of_window = heard(monkeypatch, (navigation, "rename"), (navigation, "forget"), (navigation, "read"))
    controller._renamed("a", "mine")
    controller._removed("a")
    assert of_run == [("rename", "a", "mine"), ("forget", "a")]
    assert of_window == [("rename", "a", controller.offer.title_of("a"), "mine"), ("forget", "a")]
    of_window.clear()
    for shown, read in (("b", []), ("a - Copy", [("read", "c")])):
        runner.view = View(phase="paused", session=shown)
        controller._adopted("a - Copy", "c")
        assert of_window == read


def test_a_start_of_a_run_shows_it_without_another_session_in_its_place(
    controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(controller.runner, "start_once_rested", lambda *_: None)
    calls = heard(monkeypatch, (controller.navigation, "open"), (controller.navigation, "show_run"))
    controller.begin(["run"])
    assert calls == [("open", "run"), ("show_run",)]
    for session in ("20260101-000000-a", ""):
        calls.clear()
        controller.resume(session)
        assert calls == [("show_run",)], "a window that is hidden stays so"
    calls.clear()
    controller._resume_named(["b"])
    assert calls == [("open", "run"), ("show_run",)]


def test_a_resume_without_a_name_is_of_what_is_offered(controller: Controller, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = heard(monkeypatch, (controller, "resume"), (controller.navigation, "open"))
    offered = [None, ("20260101-000000-b", "b")]
    monkeypatch.setattr(type(controller.offer), "offered", property(lambda _: offered[0]))
    for names, session in ((["a"], "a"), ([], "")):
        controller._resume_named(names)
        assert calls[-1] == ("resume", session)
    offered.reverse()
    controller._resume_named([])
    assert calls[-1] == ("resume", "20260101-000000-b")


def test_why_nothing_is_started_is_said_as_long_as_that_runs(
    controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller.navigation.open("run")
    holds = list[Callable[[], bool]]()
    monkeypatch.setattr(controller.navigation.pages.window, "tell", lambda _level, _said, until: holds.append(until))
    controller.runner.view = RUN
    controller.resume("b")
    views = (RUN, replace(RUN, phase="paused"), replace(RUN, session="c"), View())
    for view, said in zip(views, (True, False, False, False), strict=True):
        controller.runner.view = view
        assert holds[0]() is said
    controller.navigation.tell(Notice("A: stopped", "It is full.", "critical"))
    controller.navigation.tell(Notice("The disk is almost full", "Free some.", "warning", about="disk"))
    assert [hold() for hold in holds[1:]] == [True, True]
    controller.runner.view = RUN
    assert [hold() for hold in holds[1:]] == [False, True]


def test_a_later_start_for_another_folder_opens_the_window_until_that_folder_is_chosen(
    controller: Controller, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = list[Callable[[], bool]]()
    window = controller.navigation.pages.window
    monkeypatch.setattr(window, "tell", lambda _level, _said, until: told.append(until))
    assert not controller.navigation.visible
    controller.hear([f"{DATA_ROOT}{tmp_path / 'other'}"])
    assert controller.navigation.visible and told[0]()
    monkeypatch.setattr(controller.preferences, "_forced_root", str(tmp_path / "other"))
    assert not told[0]()


def test_who_runs_what_is_told_apart_by_what_the_folder_says_and_a_run_elsewhere_is_read_again(
    controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = heard(monkeypatch, (controller.runner, "tell_apart"), (controller.navigation, "reread"))
    runs = list[str]()
    monkeypatch.setattr(controller.offer, "runs", lambda session: session in runs)
    for view, running, read in (
        (View(phase="paused", session="a"), [], False), (View(phase="elsewhere", session="a"), [], True),
        (View(phase="paused", session="a"), ["a"], True), (RUN, ["a"], False), (RUN, [], False),
    ):  # fmt: skip
        calls.clear()
        runs[:] = running
        controller.runner.view = view
        controller._looked([])
        assert calls == [("tell_apart", controller.offer.begun), *([("reread",)] if read else [])]


def test_a_run_that_died_before_it_was_made_is_begun_again_with_the_words_of_its_start(
    controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = list[str]()
    monkeypatch.setattr(controller.runner, "start_again", begun.append)
    controller.after_crash.unmade.emit()
    assert "10 s" in controller.offer.counting and begun == []
    for _ in range(10):
        controller.offer._countdown._tick()
    assert begun == [""] and controller.offer.counting == ""


def test_each_setting_takes_effect_at_once_where_it_was_changed_and_nowhere_else(
    controller: Controller, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pages, navigation = controller.navigation.pages, controller.navigation
    calls = heard(
        monkeypatch, (pages.settings, "put"), (pages.settings, "tell"), (pages, "set_root"), (controller, "_look"),
        (theme, "apply"), (controller._language, "use"), (controller.runner, "hold_awake"), (navigation, "reread"),
    )  # fmt: skip
    monkeypatch.setattr(controller, "_speak_anew", lambda: None)
    before = controller.preferences.now
    for change, more in (
        ({"threads": 3}, []), ({"theme": "dark"}, ["apply"]), ({"language": "ja"}, ["use"]),
        ({"data_root": str(tmp_path / "b")}, ["set_root", "_look"]),
    ):  # fmt: skip
        calls.clear()
        now = replace(before, **change)  # type: ignore[arg-type]
        controller._preferences_changed(before, now)
        assert [name for name, *_ in calls] == ["hold_awake", "put", *more] and calls[1] == ("put", now)
    controller.preferences.problem = "They cannot be kept."
    calls.clear()
    controller._preferences_changed(before, before)
    assert calls[1:] == [("put", before), ("tell", "warning", "They cannot be kept.")]


def test_that_the_machine_may_sleep_is_read_once_and_no_more_said(
    controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller.navigation.open("run")
    said = list[str]()
    monkeypatch.setattr(type(controller.runner._inhibitor), "problem", "It may fall asleep.")
    monkeypatch.setattr(controller.navigation.pages.run, "tell_sleep", said.append)
    controller.drawing.render()
    controller._sleep_read()
    assert said[0] == "It may fall asleep." and said[-1] == "" and controller.preferences.now.sleep_told


def test_in_another_language_everything_that_stays_is_said_anew(
    controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong with a folder was said by the window, in the language of then: it is read again."""
    calls = heard(
        monkeypatch, (controller.tray, "relabel"), (controller.preferences, "say_anew"),
        (controller.navigation, "make_anew"), (controller.navigation, "reread"), (controller.offer, "look"),
    )  # fmt: skip
    stored, full = (Problem(code, verbatim("It is.")) for code in ("stored", "disk_full"))
    for problem, reread in ((None, []), (full, []), (stored, ["reread"])):
        calls.clear()
        controller.runner.view = View(phase="failed", session="a", problem=problem)
        controller._speak_anew()
        assert [name for name, *_ in calls] == ["relabel", "say_anew", "make_anew", *reread, "look"]


def test_a_session_that_another_program_runs_is_in_the_way_of_others_unless_this_window_is_still_at_work(
    controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = Chosen("b", "b", "/s/b", "running", "train")
    other = UnfinishedSession("b", "b", Path("/s/b"), "running", "1 %", "Another program runs it.", chosen)
    controller.offer.waiting = [other]
    refused, started = list[str](), list[bool]()
    monkeypatch.setattr(controller, "_refuse", lambda sentence, holds: refused.append(sentence) or holds())
    for running, session, view, starts in (
        (False, "a", View(), False), (False, "b", View(), True), (True, "a", View(phase="failed"), True),
        (False, "", View(phase="paused", session="b"), True), (False, "", View(phase="elsewhere", session="b"), False),
    ):  # fmt: skip
        monkeypatch.setattr(type(controller.runner), "running", property(lambda _, running=running: running))
        controller.runner.view = view
        refused.clear()
        started.clear()
        controller._start_alone(lambda: started.append(True), session)
        assert (bool(started), bool(refused)) == (starts, not starts)


def test_a_later_start_is_heard_word_by_word(controller: Controller, monkeypatch: pytest.MonkeyPatch) -> None:
    navigation = controller.navigation
    calls = heard(
        monkeypatch, (controller.lifecycle, "quit"), (navigation, "open_configuration"), (navigation, "open"),
        (controller, "_resume_named"),
    )  # fmt: skip
    own = f"{DATA_ROOT}{controller.preferences.root}"
    for words, expected in (
        (["--quit", "resume"], [("quit",)]), (["/c.yaml"], [("open_configuration", "/c.yaml")]),
        (["/c.yml", own], [("open_configuration", "/c.yml")]), (["resume"], [("_resume_named", [])]),
        (["resume", "a", own], [("_resume_named", ["a"])]), (["--hidden"], []), ([own], [("open",)]),
        (["/c.json"], [("open",)]), (["--hidden", "/c.yaml"], [("open_configuration", "/c.yaml")]),
    ):  # fmt: skip
        calls.clear()
        controller.hear(words)
        assert calls == expected, words


def test_what_was_agreed_to_is_done_with_the_session_that_is_shown(
    controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = heard(
        monkeypatch, (controller.navigation, "adopt"), (controller, "resume"), (controller.runner, "start_again")
    )
    for session, option, expected in (
        ("a", "adopt", ("adopt", "a")), ("a", "--x --y", ("resume", "a", "--x", "--y")),
        ("", "--x --y", ("start_again", "--x --y")),
    ):  # fmt: skip
        controller.runner.view = View(phase="failed", session=session)
        controller.start_again(option)
        assert calls.pop() == expected and not calls


def test_a_message_that_no_desktop_shows_has_its_level_in_the_window_and_a_mistake_is_the_windows(
    controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller.navigation.open("run")
    told, notices = list[tuple[str, str]](), list[Notice]()
    monkeypatch.setattr(controller.notifications, "show", notices.append)
    monkeypatch.setattr(
        controller.navigation.pages.window, "tell",
        lambda level, said, *_: told.append((level, said if isinstance(said, str) else said())),
    )  # fmt: skip
    for kind, level in (("information", "note"), ("warning", "warning"), ("critical", "error")):
        controller.notifications.unseen.emit(Notice("T", "Said.", kind))  # type: ignore[arg-type]
        assert told.pop() == (level, "T\nSaid.")
    controller.tell_unexpected("A mistake.")
    assert told == [("error", "A mistake.")] and notices == [Notice("SO8T", "A mistake.", "critical", about="window")]
