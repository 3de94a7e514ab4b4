"""Where the window is after the launcher has started the program again."""

from __future__ import annotations

import pytest

from helpers.application import CUT, FAILED, Application
from so8t_engine.session import catalog
from so8t_gui import settings_file
from so8t_gui.i18n.translate import tr
from so8t_gui.startup import unfinished_session
from so8t_gui.startup.offer_resume import countdown_text
from so8t_gui.view import messages
from so8t_gui.view.notifications import Notice


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


def test_what_is_counted_down_is_said_once_and_counts_on_every_page(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the page "in 10 s" stood still, while the same sentence above counted down. Here no desktop shows it."""
    controller, run, message = application.controller, application.pages.run, application.pages.window._message
    monkeypatch.setattr(controller.notifications, "show", controller.notifications.unseen.emit)
    application.open("settings")
    cut = unfinished_session.of(catalog.entry(application.root / CUT))
    controller._go_on_after_crash(cut)
    title = tr("{name}: cut off", name=cut.name)
    for left in (10, 9):
        assert message.text == f"{title}\n{countdown_text(left, cut.text)}"
        controller.offer._countdown._tick()
    application.open("run")
    assert (run._counting.text, message.text) == (countdown_text(8, cut.text), "")
    controller.offer._countdown._tick()
    application.open("sessions")
    assert message.text == f"{title}\n{countdown_text(7, cut.text)}"
    application.open("run")
    application.press("&Cancel", run._counting)
    application.open("settings")
    assert message.text == run._counting.text == ""
    controller.runner.show(unfinished_session.of(catalog.entry(application.root / FAILED)).chosen)
    said = messages.problem(controller.runner.view).splitlines()[0]
    controller.runner.notice.emit(Notice("a: stopped", said, "critical"))
    assert message.text == f"a: stopped\n{said}"
    application.open("run")
    application.open("settings")
    assert message.text == "", "it was read there"
