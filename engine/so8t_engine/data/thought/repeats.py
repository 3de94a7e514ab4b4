"""Whether a thought only repeats the prompt or the final answer: such a section teaches that thinking is copying.

Compared both ways, by words (characters in Japanese): the thought stands in the prompt or in the answer, word for word
or nearly; or it holds nothing that does not stand there, behind "the answer is". A calculation is no repetition,
though all of its numbers may be known: it says what is done with them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from so8t_engine.data.texts.words import words

STATING = re.compile(
    r"\b(?:(?:so|thus|hence|therefore),? )?(?:the |my )?(?:final |correct |right )?"
    r"(?:answer|option|choice|result|solution)(?: is|:)|\b(?:it|this|that) is\b|\b(?:so|thus|hence|therefore)\b"
    r"|(?:したがって|よって|つまり|だから)、?|(?:答え|正解|解答|回答|結果)(?:は|:|：)|です|である",
    re.IGNORECASE,
)
CALCULATES = re.compile(r"\d\s*[-+*/×÷x^<>=]\s*[-(]?\d|=\s*-?\d")
NEARLY = 0.9  # of a thought's neighbouring words are neighbours in the other text
MOST_STATING = 12  # words around an answer that only state it
FEWEST = 4  # words from which on neighbours tell anything
FAR_LONGER = 3  # times as long as prompt and answer together: it cannot be their copy


def repeats(thought: str, prompt: str, final: str) -> bool:
    if len(thought) > FAR_LONGER * (len(prompt) + len(final)):
        return False
    own, others = words(thought), [words(prompt), words(final)]
    known = set().union(*others)
    if sum(word not in known for word in own) > MOST_STATING + (1 - NEARLY) * len(own):
        return False  # whatever else is looked at, too much of it is new; most thoughts end here
    own = words(STATING.sub(" ", thought))
    if not own or any(_contains(other, own) or _nearly(other, own) for other in others):
        return True
    return known.issuperset(own) and CALCULATES.search(thought) is None


def _contains(whole: Sequence[str], part: Sequence[str]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


def _nearly(whole: Sequence[str], part: Sequence[str]) -> bool:
    if len(part) < FEWEST:
        return False
    known = set(itertools.pairwise(whole))
    pairs = list(itertools.pairwise(part))
    return sum(pair in known for pair in pairs) >= NEARLY * len(pairs)
