"""Nobody stops listening: who hears what in the whole application, as it was looked at."""

from __future__ import annotations

from gui import parts_of_application, parts_of_pages
from helpers.application import Application


def test_every_signal_is_heard_by_as_many_as_before(application: Application) -> None:
    assert parts_of_application.text(application.controller).splitlines() == parts_of_pages.expected("application")
