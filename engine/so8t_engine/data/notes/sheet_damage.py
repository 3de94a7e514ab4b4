"""Answers that a spreadsheet may have changed as it opened a table: 1/2 to 01-Feb, 491761234567 to 4.91761E+11, a date
to the number of its day. What stood there cannot be told, so it is only said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from so8t_engine.data.record import Record
from so8t_engine.sentences import Sentence, sentence

_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
CHANGED = re.compile(rf"\d{{1,2}}-{_MONTH}|{_MONTH}-\d{{2}}|\d(?:\.\d+)?E\+\d{{2}}")
DAY = re.compile(r"[2-4]\d{4}")  # 1954 to 2036
ASKS_FOR_DAY = re.compile(r"(?i)^when\b|\bdate\b|\bdeadline\b|\bwhat day\b|いつ|日付|期限|期日|何日|年月日|締め?切")
LONGEST, SHOWN = 12, 3


def note(records: Sequence[Record]) -> Sentence | None:
    """How many answers look so, with the first ones."""
    found = [record.response for record in records if _is_changed(record)]
    examples = list(dict.fromkeys(found))[:SHOWN]
    return sentence("data.sheet_damage", count=len(found), examples=examples) if found else None


def _is_changed(record: Record) -> bool:
    said = record.response
    if len(said) > LONGEST or not any(map(str.isdecimal, said)):
        return False
    of_day = DAY.fullmatch(said) is not None and ASKS_FOR_DAY.search(record.prompt) is not None
    return of_day or CHANGED.fullmatch(said) is not None
