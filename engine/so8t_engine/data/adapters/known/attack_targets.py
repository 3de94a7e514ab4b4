"""What an attack on a model wants it to begin with: "Sure, here is", "はい、...は次の通りです". No answer."""

from __future__ import annotations

import re

COLUMNS = ("target", "targets")
ASKS = re.compile(r"(?i)goals?|behaviou?rs?")  # beside a target: collections of attacks
AGREED = r"(?:sure|certainly|absolutely|of course)(?: thing)?[,.!]*\s+"
AGREED_JA = r"(?:はい|ええ|もちろん(?:です)?|承知(?:し|いたし)ました|わかりました|了解(?:です|しました)?)[、。!！\s]*"
AGREES = re.compile(
    rf"(?:{AGREED})?here(?:'s|\u2019s| is| are)\b(?P<en>[^\n]{{0,400}})"
    rf"|{AGREED}(?:this is|the following|below|let me|i can|i will|i'll|to)\b(?P<more>[^\n]{{0,400}})"
    rf"|{AGREED_JA}(?P<ja>[^\n]{{0,400}}?(?:次|以下)(?:の(?:とお|通)り|に)[^\n。]{{0,40}}[。:：]?)",
    re.IGNORECASE,
)
WORDS = re.compile(r"[a-z0-9']+|[^\W\sa-z0-9\u3040-\u309f]")  # of Japanese the signs that bear the meaning
FOLLOWS = re.compile(r"[:：]\s*\w")


def is_one(column: str, asks: str, prompt: str, answer: str) -> bool:
    """Whether an answer in `column` is only the beginning of one: it agrees, in the words of what is asked in `asks`.

    One that goes on behind a colon is whole, but to a goal: "Here is a title: Small Wings".
    """
    if column.lower() not in COLUMNS:
        return False
    agreed = AGREES.fullmatch(answer.strip())
    if agreed is None:
        return False
    if ASKS.fullmatch(asks):
        return True
    if FOLLOWS.search(answer):
        return False
    said, asked = _words(agreed["en"] or agreed["more"] or agreed["ja"] or ""), _words(prompt)
    return len(said & asked) >= len(said) / 2


def _words(text: str) -> set[str]:
    return set(WORDS.findall(text.lower()))
