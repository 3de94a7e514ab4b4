"""Pairs of sentences with a number for how alike they are (STS-B, SICK, JSTS): the line asks for that number.

Only proposed. Whole numbers under any other name than one of likeness may be classes, which nobody can guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import verdict_names, verdict_values
from so8t_engine.data.adapters.parsed_row import Fields

PAIR = tuple(
    re.compile(
        rf"(?:sentence|text|sent|s|phrase|question|q|文章?|テキスト)_?(?:{mark})|(?:{mark})_(?:sentence|text|sent)|{word}"
    )
    for mark, word in (("1|a|first", "文一|premise"), ("2|b|second", "文二|hypothesis"))
)
ALIKE = re.compile(
    r"(?:\w+_)?(?:similarit(?:y|ies)|relatedness|sts)(?:_(?:score|label|judge?ment))?|類似度?(?:スコア)?|関連度"
)
ANY = re.compile(r"label|score|gold(?:_(?:label|score))?|target|rating|スコア|ラベル|評価値?|点数")
JAPANESE = re.compile(r"[ぁ-ヿ]")
SCALES = (1, 5, 10, 100)  # where one ends
FEWEST = 2  # rows


def mapping(rows: Sequence[Fields]) -> Columns | None:
    """What asks how alike they are, on the scale that the numbers show."""
    plain = {verdict_names.plain(name): name for name in rows[0]}
    pair = [next((plain[name] for name in plain if pattern.fullmatch(name)), None) for pattern in PAIR]
    one, other = pair
    if one is None or other is None or len(rows) < FEWEST:
        return None
    if not all(isinstance(row.get(name), str) for row in rows for name in (one, other)):
        return None
    for pattern, may_be_class in ((ALIKE, False), (ANY, True)):
        for name in (plain[name] for name in plain if pattern.fullmatch(name)):
            numbers = [verdict_values.number_of(row.get(name)) for row in rows]
            known = [number for number in numbers if number is not None]
            if len(known) < len(rows) or min(known) < 0 or max(known) > SCALES[-1]:
                continue
            if not (may_be_class and all(number.is_integer() for number in map(float, known))):
                end = next(end for end in SCALES if max(known) <= end)
                return Columns(prompt=f"{_asks(rows, one, end)}\\n\\n1. {{{one}}}\\n2. {{{other}}}", response=name)
    return None


def _asks(rows: Sequence[Fields], one: str, end: int) -> str:
    if any(JAPANESE.search(str(row[one])) for row in rows):
        return (
            f"次の 2 つの文の意味はどのくらい似ていますか。0 (まったく異なる) から {end} (同じ) の数で答えてください。"
        )
    return f"How similar in meaning are these two sentences, from 0 (not at all) to {end} (the same)?"
