"""What stands where an answer is looked for and is none: a correction that nobody made, a note among colleagues."""

from __future__ import annotations

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields, Skip
from so8t_engine.data.adapters.talks import ticket_marks


def refuse(row: Fields, place: str | None) -> None:
    """Raises Skip."""
    if place in row and row[str(place)] in ("", None) and verdict_names.is_revision(str(place)):
        raise Skip(drop_reasons.UNREVISED)
    if ticket_marks.holds_note(row, place):
        raise Skip(drop_reasons.INTERNAL_NOTE)
