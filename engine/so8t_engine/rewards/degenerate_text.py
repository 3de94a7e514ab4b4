"""Text that is no answer at all: empty, one character or phrase over and over, punctuation without a word; the end of
a sentence without its beginning, and tags of the thinking format among it.
"""

from __future__ import annotations

import re

from so8t_engine.data.texts import fragments
from so8t_engine.data.thought import thinking
from so8t_engine.rewards import answer_matching

LONGEST_PHRASE = 12  # words (characters, in a script without spaces)
TIMES = 4  # a phrase this often in a row, and...
SHORTEST_RUN = 8  # words
SHARE = 0.5  # ...over this share of the words
RUN = re.compile(r"([^\W\d])\1{7,}|([^\w\s])\2{15,}")
FEW_KINDS, MANY_WORDS = 0.1, 40  # forty words or more, fewer than one in ten of them distinct


def is_answer(final: str) -> bool:
    """Whether somebody who asked could call this an answer, right or wrong: where nothing else is known of it."""
    return says_something(final) and not fragments.is_fragment(final) and not thinking.holds_tag(final)


def says_something(text: str) -> bool:
    """Whether it has words, and is not the same over and over."""
    words = answer_matching.words(text)
    if not words or RUN.search(text):
        return False
    if len(words) >= MANY_WORDS and len(set(words)) < FEW_KINDS * len(words):
        return False
    return _repeated(words) <= SHARE * len(words)


def _repeated(words: list[str]) -> int:
    """The most words that one phrase, TIMES or more in a row, takes up; `1 + 1 + 1 + 1` is too short to count.

    One word over and over is a phrase of two, too: eight of it are the shortest run either way.
    """
    most = 0
    for width in range(2, min(LONGEST_PHRASE, len(words) // TIMES) + 1):
        run = 0  # how many words in a row equal the one `width` before them
        for position in range(width, len(words)):
            run = run + 1 if words[position] == words[position - width] else 0
            if run >= (TIMES - 1) * width and run + width >= SHORTEST_RUN:
                most = max(most, run + width)
    return most
