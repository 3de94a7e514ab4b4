"""How a text says at its end what it comes to without speaking of an answer: "so it is B", "Hence, no.", よって、はい。

Letters, yes and no only: a sentence that ends in another word may say anything.
"""

from __future__ import annotations

import re

from so8t_engine.data.adapters.answers import option_marks

SO = r"(?:so|therefore|thus|hence|consequently)"
LETTER = r"\**\(?((?-i:I{2,3}|IV|[A-J]))\)?\**"
CALLED = r"(?:option|choice)\s+"
RIGHT = r"(?:correct|right|best)"
ENGLISH = re.compile(
    rf"(?:^|(?<=[\s,;:.!?。])){SO}\b[,:]?\s+(?:that\s+)?"
    rf"(?:(?:it|this|that)(?:'s| is| must be| has to be)\s+"
    rf"|(?:the\s+)?(?:{RIGHT}\s+)?(?:option|choice)(?: is| must be)\s+)?"
    rf"(?:{CALLED})?(?:{LETTER}|(yes|no|true|false))[.!]*\s*$",
    re.IGNORECASE,
)
CALLED_RIGHT = re.compile(
    rf"(?:^|(?<=[,;:.!?])\s*|(?:^|(?<=[\s,;:.!?。])){SO}\b,?\s+|{CALLED})(?:{CALLED})?{LETTER}"
    rf" is (?:therefore |thus |the )*{RIGHT}(?: answer| option| choice| one)?[.!]*\s*$"
    rf"|(?:^|(?<=\s))the {RIGHT} (?:option|choice)(?: is| must be):?\s+(?:{CALLED})?{LETTER}[.!]*\s*$"
    rf"|(?:^|(?<=[\s,;:.!?。])){SO}\b,?\s+((?-i:[A-Z])[a-zà-ÿ-]{{3,}}) is (?:therefore |the )*{RIGHT}"
    r" (?:answer|option|choice)[.!]*\s*$",
    re.IGNORECASE,
)
SO_JA = ("よって", "したがって", "従って", "ゆえに", "だから", "つまり", "以上より", "以上から", "そのため", "ですから")
LEADS_JA = rf"(?:{'|'.join(SO_JA)})[、,]?"
JAPANESE = re.compile(
    rf"{LEADS_JA}\s*(?:(?:正解|正答|選択肢)は?[、:：]?\s*)?[「（(]?"
    rf"(I{{2,3}}|IV|[A-J]|はい|いいえ|{option_marks.MARK})[」）)]?"
    r"(?:です|である|だ|となる|となります|になる|になります|が(?:正しい|正解|適切)(?:です|である|だ)?|を選ぶ|を選びます)?[。.！]*\s*$"
)
LAST = frozenset((*"abcdefghij", "ii", "iii", "iv", "yes", "no", "true", "false"))  # words
LAST_OF_RIGHT = frozenset(("correct", "right", "best", "answer", "option", "choice", "one"))
AROUND = " .!*()\n"
NEAR = 80  # characters at the end


def result(text: str) -> str | None:
    near = text[-NEAR:]
    last = near.rstrip(AROUND).rpartition(" ")[2].strip(AROUND).lower()  # of most texts it is none of these
    match = ENGLISH.search(near) if last in LAST else None
    if match is None and (last in LAST or last in LAST_OF_RIGHT):
        match = CALLED_RIGHT.search(near)
    if match is None and not near.isascii() and any(map(near.__contains__, SO_JA)):
        match = JAPANESE.search(near)
    return next(filter(None, match.groups()), None) if match is not None else None
