"""A trace without tags where the answer should stand, beside the gold one: a model thinking aloud before it answers.

Told by the column's name (`r1_solution_1`), or because the text begins as models begin to think and doubts itself.
"""

from __future__ import annotations

import re

from so8t_engine.data.adapters.answers import conclusions

NAMED = re.compile(
    r"(?i)(?:\w+_)?(?:r1|qwq|o1|reasoner)_(?:solution|generation|response|output|attempt|completion)s?_?\d*"
)
BEGINS = re.compile(
    r"\s*(?:(?:okay|ok|alright|all right|hmm+|well|so)\b[,.…]*\s+(?:let|i|so|the|we|first|from|this|here)\b"
    r"|(?:let me|let's) (?:think|see|try|start|work|figure|parse|break)|hmm+\b|i need to|first, i\b|we need to\b"
    r"|まず[、,]?|えっと|うーん|さて[、,]|よし[、,]|嗯|好的?[,,、]|首先)",
    re.IGNORECASE,
)
DOUBTS = re.compile(
    r"\b(?:wait|hmm+|hold on|another way)\b|\b(?:but|no), (?:actually|wait)\b"
    r"|\blet(?: me|'s) (?:just )?(?:double[- ]?check|check|verify|re-?check|reconsider|see if)\b"
    r"|待って|いや、|うーん|確認してみ|検算|等等[,,]|等一下|再检查|验证一下",
    re.IGNORECASE,
)


def is_one(text: str, place: str | None, gold: str) -> bool:
    """Whether an answer is a trace whose result is the gold one. `place`: the answer's column."""
    if not gold or len(gold) > conclusions.LONGEST or len(text) < 2 * len(gold) or ("<" in text and "</" in text):
        return False
    if place is not None and NAMED.fullmatch(place):
        return True
    return BEGINS.match(text) is not None and DOUBTS.search(text) is not None
