"""How the plot is shown outlives the window: its switches are settings, kept as soon as they are set. What is said
below it and beside it does not outlive what it is about.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from helpers.application import CUT, PAUSED, Application
from so8t_gui import settings_file
from so8t_gui.plot.chart_panel import WEIGHTS


def test_the_switches_of_the_plot_are_there_at_the_next_start(application: Application) -> None:
    """Also after a crash: nothing is said to the window before it."""
    application.show(PAUSED)
    panel = application.pages.run.panel
    panel._smooth.setValue(2)
    for label in ("&Log scale", "By &time", "As a ta&ble"):
        application.press(label, panel)
    panel._extra.setCurrentIndex(panel._extra.findData("kl"))
    panel._extra.activated.emit(panel._extra.currentIndex())
    kept = settings_file.load(application.controller.preferences.path)[0]
    assert kept == application.controller.preferences.now

    navigation = application.controller.navigation
    before, navigation.made = application.pages, None
    before.close()
    application.open("run")
    again = application.pages.run.panel
    assert again is not panel and again._log.isChecked() and again._time.isChecked() and again.as_text
    options = again.chart.options
    assert (options.log, options.by_time, options.weight, options.extra) == (True, True, WEIGHTS[2], "kl")
    assert options.follow and again._extra.currentData() == "kl" and again._smooth.value() == 2
    for label in ("As a ta&ble", "&Log scale"):  # a switch of curves is grey beside a table
        application.press(label, again)
    assert not settings_file.load(application.controller.preferences.path)[0].plot_log


def test_what_the_mouse_has_left_is_no_longer_read_and_what_was_exported_is_no_longer_said(
    application: Application,
) -> None:
    """The values of an old update, and of another session that its curve could not be written, stayed for good."""
    application.show(PAUSED)
    panel = application.pages.run.panel
    application.wait(lambda: "180" in panel._under.text())
    newest = panel._under.text()
    panel.chart._mouse(panel.chart._main.sceneBoundingRect().center())
    assert panel._under.text() != newest
    QApplication.sendEvent(panel.chart, QEvent(QEvent.Type.Leave))
    assert panel._under.text() == newest

    nowhere = application.folder / "none" / "c.svg"
    for leave in (
        lambda: application.show(CUT),
        lambda: application.controller.navigation.compare([application.root / CUT, application.root / PAUSED]),
        lambda: application.press("Back to the run"),
    ):
        panel.export(nowhere)
        assert str(nowhere) in panel._message.text
        leave()
        assert panel._message.text == ""
