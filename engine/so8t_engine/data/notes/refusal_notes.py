"""That answers refuse what nobody calls safe or harmful, and the line that leaves them out."""

from __future__ import annotations

from collections.abc import Sequence

from so8t_engine.config import label_limits
from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import refusal_labels, verdicts
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.notes import label_notes
from so8t_engine.sentences import Sentence, sentence


def note(rows: Sequence[Fields], where: Columns, tool: str | None) -> Sentence | None:
    found = [(row, name) for row in rows if (name := refusal_labels.refusing(row)) is not None]
    count = sum(refusal_labels.is_harmless(row) is None for row, _ in found)
    if not count:
        return None
    column = found[0][1]
    if any(column in place for place in verdicts.places(where) if place != column):
        return None  # as the user has a limit for it
    good = [word for word in refusal_labels.complying(rows, column) if label_limits.UNHELD.isdisjoint(word)]
    if not good:
        return sentence("data.refusals_learnt", column=column, count=count)
    line = label_notes.line_with(f"{column} = {'|'.join(good)}", where, tool, column)
    return sentence("data.refusals_learnt_line", column=column, count=count, line=line)
