"""A mistake in a background thread of the whole application: logged, told, and the page works again afterwards."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import qInstallMessageHandler

from gui.screenshots import FAILED as STUCK
from helpers.application import CUT, PAUSED, Application, drawn
from so8t_engine.session import catalog
from so8t_gui import autostart
from so8t_gui.desktop import window_log
from so8t_gui.desktop.unexpected_errors import UnexpectedErrors
from so8t_gui.pages import sessions as sessions_page
from so8t_gui.plot import session_history
from so8t_gui.widgets import log_view


@pytest.fixture
def log(application: Application) -> Iterator[Path]:
    """The hooks as app.py sets them; the file of the window's log."""
    hooks, root = (sys.excepthook, threading.excepthook, sys.unraisablehook), logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    folder = application.controller.preferences.path.parent
    window_log.keep(folder)
    errors = UnexpectedErrors(folder / window_log.NAME, application.controller)
    errors.install()
    errors.told.connect(application.controller.tell_unexpected)
    yield folder / window_log.NAME
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    root.setLevel(level)
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    qInstallMessageHandler(None)


def broken(*_: Any) -> Any:
    raise RuntimeError("nobody thought of this")


def told(application: Application, log: Path) -> None:
    """Once in the window, with its traceback in the log; the message can be closed."""
    message = application.pages.window._message
    application.wait(lambda: "nobody thought of this" in message.text)
    assert str(log) in message.text
    text = log.read_text()
    assert "Traceback" in text and "in broken" in text
    application.press("&OK", message)
    assert message.text == ""


def test_sessions_that_cannot_be_listed(application: Application, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sessions_page.catalog, "sessions", broken)
        application.open("sessions")
        told(application, log)
        assert "nobody thought of this" in application.pages.sessions._nothing.text()
    application.wait(lambda: application.pages.sessions._model.rowCount() == 6)
    assert catalog.sessions(application.root)


def test_sizes_that_cannot_be_measured(application: Application, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = application.pages.sessions
    with monkeypatch.context() as patch:
        patch.setattr(sessions_page.session_rows, "size_of", broken)
        application.pages.window.resize(1600, 900)  # a size is measured once it is seen
        application.open("sessions")
        told(application, log)
    application.wait(lambda: not page._queue and not page._measuring)


def test_curves_that_cannot_be_read(application: Application, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    application.show(PAUSED)
    with monkeypatch.context() as patch:
        patch.setattr(session_history, "read", broken)
        application.controller.navigation.compare([application.root / PAUSED, application.root / CUT])
        told(application, log)
        assert not application.sees("Back to the run")

        history = session_history.history.NAME
        with (application.root / PAUSED / history).open("ab") as file:
            file.write(b'{"number": 99999, "kind": "mark", "mark": "x"}\n')
        run = application.pages.run
        run.look_again()
        application.wait(lambda: not run.curves.reading)
    application.controller.navigation.compare([application.root / PAUSED, application.root / CUT])
    application.wait(lambda: len(drawn(application)) == 2 and min(drawn(application)) > 50)


def test_a_log_that_cannot_be_read(application: Application, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = application.pages.run._log
    with monkeypatch.context() as patch:
        patch.setattr(log_view, "last_lines", broken)
        application.show(PAUSED)
        told(application, log)
    view._look()
    application.wait(lambda: "rollout batch" in view._lines.toPlainText())


def test_a_gpu_that_cannot_be_read(application: Application, log: Path) -> None:
    strip = application.pages.run._strip
    application.wait(lambda: not strip._reading and bool(strip.gauges))
    strip._read = broken
    strip._look()
    told(application, log)
    strip._look()
    application.wait(lambda: not strip._reading)
    assert strip.gauges


def test_an_entry_at_logon_that_cannot_be_changed(
    application: Application, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    application.open("settings")
    monkeypatch.setattr(autostart, "enable", broken)
    application.press("Start SO8T at &logon, hidden in the tray")
    told(application, log)
    page = application.pages.settings
    assert not page._autostart.isChecked() and "nobody thought of this" in page._autostart_message.text


def test_the_start_goes_on_without_a_list_of_sessions(
    application: Application, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("so8t_gui.startup.offer_resume.unfinished_session.waiting", broken)
    application.pages.window.hide()
    application.controller.start(hidden=True, after_crash=False, arguments=["mine.yaml"])
    told_later = application.pages.window._message
    application.wait(lambda: application.pages.window.isVisible() and application.page == "new")
    application.wait(lambda: "nobody thought of this" in told_later.text)
    assert "in broken" in log.read_text()


def test_what_the_page_run_says_of_a_failure_is_not_said_a_second_time_over_it(application: Application) -> None:
    """Without a tray it stood twice in the window until the next look."""
    controller = application.controller
    application.run()
    controller.runner.notice.connect(controller.navigation.tell)
    controller.runner._engine.happened.emit([STUCK])
    assert application.pages.run._message.text != "" and application.pages.window._message.text == ""
