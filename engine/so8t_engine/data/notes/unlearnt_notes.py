"""What is read and not learnt, and no fault: earlier answers of talks, reasons that are codes or single words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.answers import short_thoughts
from so8t_engine.data.adapters.parsed_row import Fields, Index
from so8t_engine.data.adapters.talks import talk
from so8t_engine.data.notes import label_notes
from so8t_engine.data.record import Record
from so8t_engine.sentences import Sentence, sentence


def short_thoughts_of(rows: Sequence[Fields], where: Columns, index: Index, tool: str | None) -> Sentence | None:
    """That a column of reasons holds none, and how to learn it all the same."""
    if short_thoughts.MARK not in index:
        return None
    place = index[short_thoughts.MARK][0]
    values = label_notes.first(Counter(str(row[place]) for row in rows if row.get(place)))
    line = column_names.line(where.model_copy(update={"reasoning": place}), tool)
    return sentence("data.short_thoughts", column=place, values=values, line=line)


def earlier_answers(records: Sequence[Record]) -> Sentence | None:
    """That of a talk only the last answer is learnt, and how many others are not."""
    counts = [_answers_in(record.messages) for record in records if record.messages and record.response]
    talks = [count for count in counts if count]
    return sentence("data.earlier_answers", count=sum(talks), talks=len(talks)) if talks else None


def _answers_in(messages: str) -> int:
    """How many answers a talk holds as records keep it; a call of a tool is none."""
    said = (turn["content"] for turn in json.loads(messages) if turn["role"] == talk.ASSISTANT)
    return sum(not (text.startswith('[{"') and text.endswith("}]")) and "call>" not in text for text in said)
