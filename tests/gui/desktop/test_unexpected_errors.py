"""Mistakes of the window, in whatever thread: in its log with the traceback, told in one sentence, once."""

from __future__ import annotations

import io
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, qInstallMessageHandler
from pytestqt.qtbot import QtBot

from so8t_gui.desktop import window_log
from so8t_gui.desktop.background import Background
from so8t_gui.desktop.unexpected_errors import UnexpectedErrors


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    hooks, root = (sys.excepthook, threading.excepthook, sys.unraisablehook), logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    root.setLevel(level)
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    qInstallMessageHandler(None)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    window_log.keep(tmp_path / "deep")
    return tmp_path / "deep" / window_log.NAME


@pytest.fixture
def told(log: Path, qapp: QObject) -> Iterator[list[str]]:
    """The sentences for the user."""
    errors, sentences = UnexpectedErrors(log), list[str]()
    errors.told.connect(sentences.append)
    errors.install()
    yield sentences


def fail() -> int:
    raise ValueError("no such thing")


def in_the_windows_thread() -> None:
    try:
        fail()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)


def in_another_thread() -> None:
    thread = threading.Thread(target=fail, name="reader")
    thread.start()
    thread.join()


def in_a_destructor() -> None:
    class Broken:
        def __del__(self) -> None:
            fail()

    Broken()


@pytest.mark.parametrize("happen", [in_the_windows_thread, in_another_thread, in_a_destructor])
def test_an_error_nobody_caught_is_logged_and_told_once(
    happen: Callable[[], None], told: list[str], log: Path, qtbot: QtBot
) -> None:
    happen()
    qtbot.waitUntil(lambda: bool(told))
    text = log.read_text()
    assert "Traceback" in text and "in fail" in text

    happen()
    qtbot.waitUntil(lambda: "again: ValueError: no such thing" in log.read_text())
    assert log.read_text().count("Traceback") == 1
    assert len(told) == 1 and "ValueError: no such thing" in told[0] and "Traceback" not in told[0]
    assert str(log) in told[0]


def test_work_that_raises_is_logged_told_and_leaves_the_asker_ready(told: list[str], log: Path, qtbot: QtBot) -> None:
    background = Background()
    values: list[int] = []
    failures: list[Exception] = []
    with qtbot.captureExceptions() as raised:  # by pytest-qt in place of the hook
        background.run(fail, values.append, failures.append)
        qtbot.waitUntil(lambda: bool(failures))
    assert values == [] and [str(error) for error in failures] == ["no such thing"]
    kind, error, trace = raised[0]
    sys.excepthook(kind, error, trace)
    assert "in fail" in log.read_text() and len(told) == 1

    background.run(lambda: 3, values.append)
    qtbot.waitUntil(lambda: values == [3])


def test_an_error_whose_asker_is_gone_is_told_all_the_same(told: list[str], log: Path, qtbot: QtBot) -> None:
    go = threading.Event()
    parent = QObject()
    background = Background(parent)

    def wait_and_fail() -> int:
        go.wait(60)
        return fail()

    background.run(wait_and_fail, lambda _: None)
    with qtbot.waitSignal(background.destroyed):
        parent.deleteLater()
    go.set()
    qtbot.waitUntil(lambda: bool(told))
    assert "in fail" in log.read_text()


def test_a_program_that_is_asked_to_end_has_made_no_mistake(told: list[str], log: Path) -> None:
    threading.excepthook(threading.ExceptHookArgs((SystemExit, SystemExit(0), None, None)))
    assert told == [] and log.read_text() == ""


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    window_log.keep(tmp_path / "file" / "deep")


@pytest.mark.parametrize("there", [True, False])
def test_what_no_file_takes_goes_to_standard_error_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    (tmp_path / "file").write_text("")
    heard = io.StringIO()
    monkeypatch.setattr(sys, "stderr", heard if there else None)
    window_log.keep(tmp_path / "file" / "deep")
    logging.getLogger("so8t").warning("The disk is full.")
    assert ("The disk is full." in heard.getvalue()) is there


def test_an_interruption_by_the_user_is_left_to_python(
    told: list[str], log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = list[object]()
    monkeypatch.setattr(sys, "__excepthook__", lambda *what: seen.append(what[0]))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert seen == [KeyboardInterrupt] and told == [] and log.read_text() == ""
