"""Whether a text begins in the middle of a sentence: with a sign that only ever follows something."""

from __future__ import annotations

import re

# A point, a colon or a mark stands before a word, too (`.NET`, `:q`, `?x=1`, `...`), but not before a space.
# Dutch begins sentences with 's and 't, before a capital.
FOLLOWS = re.compile(
    r"\s*(?:[,;)\]}、。，．：；？！）］｝」』】〉》ーをゝゞ々]"
    r"|[.:?!](?=\s)"
    r"|['\u2019](?:t|s|re|ve|ll|m|d)\b(?!-|\s+[A-Z]))"
)


def is_fragment(text: str) -> bool:
    return FOLLOWS.match(text) is not None
