"""Tells an answer from noise: nothing at all, one character or phrase over and over, marks without a word."""

from __future__ import annotations

import re

from so8t_engine.rewards import answer_matching

LONGEST_PHRASE = 12  # words (characters, in a script without spaces)
TIMES = 4  # a phrase this often in a row, and...
SHORTEST_RUN = 8  # words
SHARE = 0.5  # ...over this share of the words
RUN = re.compile(r"([^\W\d])\1{7,}|([^\w\s])\2{15,}")
FEW_KINDS, MANY_WORDS = 0.1, 40  # forty words or more of which not one in ten is new


def says_something(text: str) -> bool:
    """Whether somebody who asked could call this an answer, right or wrong."""
    spoken = answer_matching.words(text)
    if not spoken or RUN.search(text):
        return False
    if len(spoken) >= MANY_WORDS and len(set(spoken)) < FEW_KINDS * len(spoken):
        return False
    return _repeated(spoken) <= SHARE * len(spoken)


def _repeated(spoken: list[str]) -> int:
    """The most words that one phrase, TIMES or more in a row, takes up; `1 + 1 + 1 + 1` is too short to count."""
    most = 0
    for width in range(1, min(LONGEST_PHRASE, len(spoken) // TIMES) + 1):
        run = 0  # how many words in a row equal the word `width` before them
        for place in range(width, len(spoken)):
            run = run + 1 if spoken[place] == spoken[place - width] else 0
            if run >= (TIMES - 1) * width and run + width >= SHORTEST_RUN:
                most = max(most, run + width)
    return most
