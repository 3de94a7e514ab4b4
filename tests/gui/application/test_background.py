"""Started hidden: what the system can talk to, and what a shutdown asks of a run."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from helpers.application import PAUSED, Application
from so8t_gui.desktop import windows_calls
from so8t_gui.i18n.translate import tr


def test_a_hidden_start_has_a_native_window(application: Application) -> None:
    """Windows sends the question about shutdown, and suspend, to native windows only."""
    controller = application.controller
    application.pages.close()
    controller.navigation.made = None
    controller.start(hidden=True, after_crash=False)
    native = [widget for widget in QApplication.topLevelWidgets() if widget.internalWinId()]
    assert "background window" in [widget.objectName() for widget in native]
    assert not any(widget.isVisible() for widget in native) and controller.navigation.made is None


def test_a_shutdown_is_held_while_a_run_lives_and_saves_it(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []
    monkeypatch.setattr(windows_calls, "hold_shutdown", lambda _window, reason: held.append(reason))
    application.run()
    assert held == [tr("SO8T saves the run.")]
    runner = application.controller.runner
    assert runner.view.saved is None
    runner.save_now(60_000)
    assert runner.view.saved is not None and runner.view.phase == "running"  # it goes on if the user stays
    application.rest()
    assert held == [tr("SO8T saves the run."), ""] and runner.view.session == PAUSED
    runner.save_now(60_000)  # nothing to wait for
