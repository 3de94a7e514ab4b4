"""What stands where an answer is looked for and is none: a correction that nobody made, a note among colleagues,
an earlier answer of a talk whose last is missing."""

from __future__ import annotations

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields, Skip
from so8t_engine.data.adapters.talks import open_talks, ticket_marks


def refuse(row: Fields, where: Columns, named: bool) -> None:
    """Raises Skip. `named`: the mapping is the user's own."""
    place = where.response
    if place in row and row[str(place)] in ("", None) and verdict_names.is_revision(str(place)):
        raise Skip(drop_reasons.UNREVISED)
    if ticket_marks.holds_note(row, place):
        raise Skip(drop_reasons.INTERNAL_NOTE)
    if not (named or place or where.chosen):
        open_talks.refuse(row, where.messages)
