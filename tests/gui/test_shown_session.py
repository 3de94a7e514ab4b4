"""The session that is shown is looked at while that is wanted, at a steady pace."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from so8t_gui.shown_session import ShownSession
from so8t_gui.view.state import View


def test_it_is_looked_at_only_while_it_is_watched_and_whoever_asks_again_does_not_put_that_off(qtbot: QtBot) -> None:
    """Each turn of a run asks for it; a clock begun anew each time would never be due."""
    parent, watched = QObject(), [False]
    shown = ShownSession(View, lambda: watched[0], parent)
    shown.watch()
    assert not shown._clock.isActive()

    watched[0] = True
    shown.watch()
    begun = shown._clock.timerId()
    shown.watch()
    assert shown._clock.isActive() and shown._clock.timerId() == begun

    watched[0] = False
    shown.look()
    assert not shown._clock.isActive()
