"""The window's program from `main` on: whether a window can be shown, and what is there before the first one is."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6 import QtWidgets
from PySide6.QtWidgets import QApplication

from so8t_gui import app, controller, missing_console
from so8t_gui.desktop import single_instance, theme, window_log, windows_calls
from so8t_gui.desktop.unexpected_errors import UnexpectedErrors
from so8t_gui.i18n.language import Language
from so8t_gui.i18n.translate import tr
from so8t_gui.preferences import Preferences

ENDED = 7  # the code of an event loop that has ended


@pytest.mark.parametrize("problem", ["", "There is no display."])
def test_a_check_says_whether_a_window_can_be_shown_and_shows_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], problem: str
) -> None:
    monkeypatch.setattr(app, "display_problem", lambda _: problem)
    monkeypatch.setattr(app, "library_problem", lambda: "")
    assert app.main(["--check"]) == (app.EXIT_NO_DISPLAY if problem else 0)
    assert capsys.readouterr().out == (problem or "A window can be shown here.") + "\n"


def test_where_no_window_can_be_shown_that_is_said_and_nothing_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    said, run = list[str](), list[object]()
    monkeypatch.setattr(missing_console, "say", said.append)
    monkeypatch.setattr(app, "_run", lambda options: run.append(options.hidden) or ENDED)
    for display, library in (("no display", ""), ("", "no library"), ("", "")):
        monkeypatch.setattr(app, "display_problem", lambda _, display=display: display)
        monkeypatch.setattr(app, "library_problem", lambda library=library: library)
        code = app.main(["--hidden", "-style", "x"])
        assert code == (app.EXIT_NO_DISPLAY if display or library else ENDED)
    assert said == ["no display", "no library"] and run == [True]


@pytest.mark.skipif(sys.platform != "linux", reason="displays of X11")
@pytest.mark.parametrize("address", ["\0/tmp/.X11-unix/X{number}"])
def test_a_display_that_answers_is_one(address: str) -> None:
    number = str(70_000 + os.getpid() % 10_000)
    environment = {"DISPLAY": f":{number}.0"}
    assert f":{number}" in app.display_problem(environment)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(address.format(number=number))
        server.listen()
        assert app.display_problem(environment) == ""


def test_a_library_that_is_missing_is_a_sentence_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert app.library_problem() == ""
    monkeypatch.setitem(sys.modules, "PySide6", None)
    assert "so8t run" in app.library_problem()


class Began:
    """In the controller's place: what it was made of and what it was asked."""

    def __init__(self, application: QApplication, preferences: Preferences, language: Language) -> None:
        self.application, self.preferences, self.language = application, preferences, language
        self.started, self.told, self.heard = list[object](), list[str](), list[object]()
        self.seen = (application.applicationName(), application.desktopFileName(), tr("en"), windows_calls_made())

    def start(self, *how: object) -> None:
        self.started += how

    def tell_unexpected(self, sentence: str) -> None:
        self.told.append(sentence)

    def hear(self, arguments: Sequence[str]) -> None:
        self.heard.append(arguments)


CALLS = list[str]()


def windows_calls_made() -> list[str]:
    return list(CALLS)


@pytest.fixture
def run(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., tuple[int, list[Began]]]]:
    before, began = (qapp.applicationName(), qapp.desktopFileName(), qapp.quitOnLastWindowClosed()), list[Began]()
    CALLS.clear()
    monkeypatch.setenv("SO8T_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr(controller, "Controller", lambda *parts: began.append(Began(*parts)) or began[-1])
    monkeypatch.setattr(UnexpectedErrors, "install", lambda errors: CALLS.append("errors"))
    monkeypatch.setattr(window_log, "keep", lambda folder: CALLS.append(str(folder)))
    monkeypatch.setattr(windows_calls, "name_program", lambda: CALLS.append("name"))
    (tmp_path / "settings.json").write_text(json.dumps({"language": "ja", "theme": "dark"}))

    def start(*arguments: str) -> tuple[int, list[Began]]:
        with pytest.MonkeyPatch.context() as within:  # there is but one application in a process
            within.setattr(QtWidgets, "QApplication", lambda _: qapp)
            within.setattr(qapp, "exec", lambda: ENDED, raising=False)
            return app._run(app.parser().parse_args(arguments)), began

    yield start
    for one in [*(one.language for one in began), Language()]:
        one.use("en")
    theme.apply(qapp, "light")
    qapp.setApplicationName(before[0])
    qapp.setDesktopFileName(before[1])
    qapp.setQuitOnLastWindowClosed(before[2])


def test_a_first_start_is_prepared_and_then_begun(
    run: Callable[..., tuple[int, list[Began]]], qapp: QApplication, tmp_path: Path
) -> None:
    qapp.setQuitOnLastWindowClosed(True)
    code, (began,) = run("--hidden", "resume", "a")
    assert code == ENDED and began.started == [True, False, ["resume", "a"]] and not began.told
    assert began.seen == ("SO8T", "so8t", "ja", ["name", str(tmp_path), "errors"])
    assert not qapp.quitOnLastWindowClosed() and qapp.palette() == theme.palette(dark=True)


def test_a_first_start_that_no_later_one_can_reach_says_so(
    run: Callable[..., tuple[int, list[Began]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "_written", lambda *_: "no room")
    _, (began,) = run()
    assert len(began.told) == 1 and "no room" in began.told[0]


def test_a_mistake_of_the_window_is_told_by_it(
    run: Callable[..., tuple[int, list[Began]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = list[UnexpectedErrors]()
    monkeypatch.setattr(UnexpectedErrors, "install", lambda errors: made.append(errors))
    _, (began,) = run("--after-crash")
    made[0].told.emit("A mistake.")
    assert began.told == ["A mistake."] and began.started == [False, True, []]


def test_a_quit_where_nothing_runs_begins_nothing(run: Callable[..., tuple[int, list[Began]]]) -> None:
    assert run("--quit") == (0, [])
    assert tr("en") == "en", "its language has gone with it"


def test_a_first_window_that_does_not_answer_is_told_of_where_somebody_reads_it(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = list[object]()
    monkeypatch.setattr(QtWidgets.QMessageBox, "warning", lambda *words: said.append(words[2]))
    assert [app._tell_of_silence(seen) for seen in (False, True)] == [app.EXIT_NO_ANSWER] * 2
    assert len(said) == 1 and "does not answer" in str(said[0])


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """There is a first window: what was handed over to it, and what was said where it does not answer."""
    seen = list[object]()
    answers = [False, True]
    monkeypatch.setattr(single_instance.SingleInstance, "first", lambda _: False)
    monkeypatch.setattr(windows_calls, "let_others_come_forward", lambda: seen.append("forward"))
    monkeypatch.setattr(app, "_tell_of_silence", lambda in_window: seen.append(in_window) or app.EXIT_NO_ANSWER)
    monkeypatch.setattr(app.time, "sleep", lambda _: None)

    def hand_over(_: object, words: Sequence[str]) -> bool:
        seen.append(list(words))
        return answers.pop(0) if answers else False

    monkeypatch.setattr(single_instance.SingleInstance, "hand_over", hand_over)
    return seen


def test_a_second_start_hands_over_what_it_was_asked_and_ends(
    run: Callable[..., tuple[int, list[Began]]], second: list[object]
) -> None:
    assert run("--hidden", "resume", "a") == (0, [])
    assert second == ["forward", ["resume", "a", "--hidden"]] * 2, "until it is heard"


@pytest.mark.parametrize(("words", "in_window"), [((), True), (("--hidden",), False), (("--quit",), False)])
def test_a_second_start_that_nobody_hears_says_so_where_somebody_reads_it(
    run: Callable[..., tuple[int, list[Began]]], second: list[object], monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...], in_window: bool,
) -> None:  # fmt: skip
    monkeypatch.setattr(single_instance.SingleInstance, "hand_over", lambda *_: False)
    monkeypatch.setattr(single_instance, "PATIENCE_SECONDS", 0.0)
    assert run(*words) == (app.EXIT_NO_ANSWER, []) and second[-1] is in_window
