"""While a run goes on the machine is kept awake; where it cannot be, a sentence says so."""

from __future__ import annotations

import pytest

from so8t_gui.desktop.sleep_inhibitor import SleepInhibitor


def test_the_machine_is_held_awake_as_long_as_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "yes")  # wakepy's own way to be tested: all but the system's part
    inhibitor = SleepInhibitor()
    inhibitor.hold(True)
    mode = inhibitor._mode
    assert mode.active and inhibitor.problem == "" and inhibitor.holds
    inhibitor.hold(True)
    assert inhibitor._mode is mode
    inhibitor.hold(False)

    assert not mode.active and inhibitor.problem == ""


def test_a_desktop_that_offers_no_way_is_told_of_while_it_matters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAKEPY_FORCE_FAILURE", "yes")
    inhibitor = SleepInhibitor()
    inhibitor.hold(True)
    assert "no way to stay awake" in inhibitor.problem and not inhibitor.holds
    inhibitor.hold(False)

    assert inhibitor.problem == ""
