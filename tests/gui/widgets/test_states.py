"""Nothing is lost from a part in any of its states: what each shows, offers and greys out is what was looked at."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from gui import parts_of_pages, parts_of_states
from so8t_gui.desktop import theme


def test_every_state_shows_offers_and_greys_out_the_same(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    assert parts_of_states.text().splitlines() == parts_of_pages.expected("states")
