"""Where the window is after the launcher has started the program again."""

from __future__ import annotations

import pytest

from helpers.application import Application
from so8t_gui import settings_file


def test_after_a_crash_the_window_is_open_where_it_was(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It came back hidden in the tray. One that was closed stays closed, and so does one that began hidden since."""
    controller, window = application.controller, application.pages.window
    monkeypatch.setattr(controller.preferences, "mend_autostart", lambda: None)
    monkeypatch.setattr(controller.lifecycle, "wait_for_tray", lambda desktop_is_there: None)

    def opens(after_crash: bool = True) -> bool:
        """Whether it is seen after a hidden start on what a window that was killed has left."""
        controller.preferences.now = settings_file.load(controller.preferences.path)[0]
        window.hide()
        controller.start(hidden=True, after_crash=after_crash)
        return window.isVisible()

    assert opens() and opens()
    window.close()
    assert not opens()
    application.open("sessions")
    assert not opens(after_crash=False) and not opens()
