"""How the plot is shown outlives the window: its switches are settings, kept as soon as they are set."""

from __future__ import annotations

from helpers.application import PAUSED, Application
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
