"""What the page Run keeps while a run goes on, is paused, and goes on again: time left, counts, what was read."""

from __future__ import annotations

import json

import pytest

from gui.application.test_language import choose
from helpers.application import CUT, FINISHED, PAUSED, Application
from so8t_engine.protocol import Message
from so8t_engine.session import live_progress, store
from so8t_gui import settings_file
from so8t_gui.desktop.sleep_inhibitor import SleepInhibitor
from so8t_gui.i18n.translate import tr
from so8t_gui.view import messages


def test_a_time_left_that_was_shown_does_not_vanish_where_a_step_begins(application: Application) -> None:
    application.run()
    engine, run = application.controller.runner._engine, application.pages.run

    def left(step: str, rate: float | None, low: float, high: float) -> str:
        about = {"step": step, "kind": "x", "unit": 0, "total": 9, "rate": rate, "eta_total_seconds": 60.0}
        engine.happened.emit([
            Message("step", {"step": step, "state": "running"}),
            Message("progress", about | {"eta_low_seconds": low, "eta_high_seconds": high}),
        ])  # fmt: skip
        return run._head._left.text()

    assert left("train", None, 6.0, 600.0) == tr(
        "time left: still measuring (at a guess {time})", time=tr("{min} min", min=1)
    )
    assert left("train", 0.5, 58.0, 62.0) == tr("{time} left", time=messages.duration(60))
    least, most = messages.duration(5), tr("{min} min", min=10)
    assert left("evaluate", None, 6.0, 600.0) == tr("between {low} and {high} left", low=least, high=most)


def test_the_step_at_which_a_session_is_paused_keeps_its_count_also_where_it_is_shown_later(
    application: Application,
) -> None:
    folder = application.root / PAUSED
    state = store.read_state(folder)
    live = {"run": state.run, "step": state.cursor.step, "kind": "update", "unit": state.cursor.unit, "total": 4_000}
    (folder / live_progress.NAME).write_text(json.dumps(live))
    application.show(PAUSED)
    steps = application.pages.run._steps
    parts = tr("{n} of {all} parts", n=state.cursor.unit, all=4_000)
    assert any(f"{parts}, {tr('stopped here')}" in sentence for sentence in steps.sentences)
    application.run()
    application.wait(lambda: any(tr("{n} of {all} parts", n=3, all=9) in sentence for sentence in steps.sentences))
    application.rest()
    stopped = f"{tr('{n} of {all} parts', n=3, all=9)}, {tr('stopped here')}"
    application.wait(lambda: any(stopped in sentence for sentence in steps.sentences))


@pytest.mark.parametrize("pressed", [True, False])
def test_that_the_machine_may_fall_asleep_is_said_until_it_was_read(
    application: Application, monkeypatch: pytest.MonkeyPatch, pressed: bool
) -> None:
    """It came back with every run, resume and kill, and stood over the results of another session. The settings, which
    have a box for it, said nothing."""
    monkeypatch.setattr(SleepInhibitor, "problem", property(lambda it: "asleep" if it._mode is not None else ""))
    application.run()
    assert application.pages.run._sleep.text == "asleep"
    application.controller.navigation.show_session(FINISHED)
    application.wait(lambda: application.controller.navigation.aside is not None)
    assert application.pages.run._sleep.text == "", "it is not about this one"
    application.controller.navigation.show_run()
    assert application.pages.run._sleep.text == "asleep"
    assert application.pages.settings._asleep.isHidden()
    if pressed:
        application.press("&OK", application.pages.run._sleep)
        assert application.pages.run._sleep.text == ""
    application.rest()
    application.controller.resume(CUT)
    application.wait(lambda: application.controller.runner.view.phase == "running")
    choose(application, {"en": "ja", "ja": "en"}[application.language.current])
    application.open("run")
    assert application.controller.runner._inhibitor.problem == "asleep" and application.pages.run._sleep.text == ""
    path = application.controller.preferences.path
    assert settings_file.load(path)[0].sleep_told, "after the next start, too"
    assert not application.pages.settings._asleep.isHidden()
    if pressed:
        return
    monkeypatch.setattr(SleepInhibitor, "holds", property(lambda it: it._mode is not None))
    application.rest()
    application.run()
    assert not settings_file.load(path)[0].sleep_told, "on another desktop it can"
    assert application.pages.settings._asleep.isHidden()
