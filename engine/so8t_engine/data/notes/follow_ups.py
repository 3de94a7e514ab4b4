"""That questions go on from one that their row does not hold ("and the second?"): nobody can understand them alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from so8t_engine.data.adapters.parsed_row import Fields
from so8t_engine.data.adapters.talks import turn_columns
from so8t_engine.data.record import Record
from so8t_engine.sentences import Sentence, sentence

FEWEST, MOST_SHOWN = 2, 3
LONGEST, LONGEST_CJK = 60, 20  # characters
GOES_ON = re.compile(
    r"(?i)(?:and|und|et|y|e|en|och|и|a|ve)[ ,]+(?:(?!\d).){1,50}[?？]"
    r"|(?:and |und |et |y |e )?(?:why(?: not| so| is that)?|how so|which(?: one)?|when|where|warum(?: nicht)?|pourquoi"
    r"|¿?por qué|perché)[?？]"
    r"|(?:continue|go on|more|another one|the (?:first|second|third|other|last|next) one|the other|weiter|noch eins"
    r"|tell me more|what else|say more)[.!?]?"
)
GOES_ON_CJK = re.compile(
    r"(?:じゃあ?|では|それでは|それじゃ|あと|で、|もう[1１一](?:つ|個)は|(?:[2２二3３三]つ目|次|他|ほか)に?は|それは|那|还有|그럼|그리고)"
    r".{0,16}[?？]?|(?:続き|続けて|つづき|なぜ|どうして|他には|继续|계속).{0,8}"
)


def note(rows: Sequence[Fields], records: Sequence[Record]) -> Sentence | None:
    """One is enough where a column says which rows are of one talk."""
    alone = [record.prompt.strip() for record in records if record.messages is None and not record.choices]
    found = [asked for asked in alone if goes_on(asked)]
    if not found or (len(found) < FEWEST and _of_talks(rows) is None):
        return None
    return sentence("data.follow_ups", count=len(found), examples=found[:MOST_SHOWN])


def goes_on(asked: str) -> bool:
    """Whether a question by its words goes on from another one."""
    if asked.isascii() or len(asked) > LONGEST_CJK:
        return len(asked) <= LONGEST and GOES_ON.fullmatch(asked) is not None
    return GOES_ON_CJK.fullmatch(asked) is not None or GOES_ON.fullmatch(asked) is not None


def _of_talks(rows: Sequence[Fields]) -> str | None:
    """The column that says which talk a row is of, where several are of one."""
    names = (name for name in rows[0] if turn_columns.IDS.fullmatch(re.sub(r"[^\w]+", "_", name.strip().lower())))
    return next((name for name in names if _repeats([row.get(name) for row in rows])), None)


def _repeats(values: Sequence[object]) -> bool:
    counts = Counter(str(value) for value in values if value not in (None, ""))
    return bool(counts) and max(counts.values()) > 1
