"""That of answers of which nobody accepted any the one with most votes is learnt, and the line for accepted ones."""

from __future__ import annotations

from collections.abc import Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.judged import peoples_answers, verdicts
from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import talk
from so8t_engine.sentences import Sentence, sentence


def note(rows: Sequence[Fields], where: Columns, tool: str | None) -> Sentence | None:
    place = str(where.response)
    given = [(row, talk.opened(verdicts.at(row, place))) for row in rows]
    found = [answers for row, answers in given if peoples_answers.unaccepted(row, place, answers)]
    if not found:
        return None
    mark = peoples_answers.acceptance(found[0])
    if mark is None:
        return sentence("data.unaccepted_learnt", count=len(found))
    line = column_names.line(where.model_copy(update={"label": f"{place}.{mark}"}), tool)
    return sentence("data.unaccepted_learnt_line", count=len(found), line=line)
