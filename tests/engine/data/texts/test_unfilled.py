"""Holes of a template that nobody has filled in, and what only looks like them."""

from __future__ import annotations

from so8t_engine.data.texts import unfilled


def test_the_words_of_a_link_are_no_hole() -> None:
    assert not unfilled.has_holes("Why does ice float?", "It is less dense. More in [our help](/help).")
    assert not unfilled.has_holes("Where is it?", "Open [your account](https://example.org/a).")
    assert unfilled.has_holes("Why does ice float?", "Ask [our help desk].")
