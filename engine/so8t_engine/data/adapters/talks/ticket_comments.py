"""Comments on a ticket in columns of a table, as Jira and other trackers export them: which of them may answer it."""

from __future__ import annotations

import re

from so8t_engine.data.adapters.judged import verdict_names
from so8t_engine.data.adapters.parsed_row import Fields

STAMPED = re.compile(r"\d{1,4}[/.-]\w{2,3}[/.-]\d{2,4}[ T]\d{1,2}:\d{2}[^;\n]{0,6};")
BY = re.compile(rf"{STAMPED.pattern}([^;\n]*);")
NUMBERED = re.compile(r"(.+?)(?:[ _]?(\d{1,3}))?")  # as repeated_names.py tells them apart, or as people do
COMMENT = re.compile(
    r"(?P<last>(?:last|latest|final|newest)_|(?:最終|最新の?|最後の)|letzter_|dernier_|[uú]ltimo_)?(?:public_|agent_)?"
    r"(?:comments?|コメント|kommentare?|commentaires?|comentarios?|comment[oi]|comentários?|комментари[йи]|评论|댓글)"
)
ASKER = re.compile(r"(?:reporter|creator|requester|autor|rapporteur|informador|報告者|作成者)(?:_(?:id|name))?")
THANKS = re.compile(
    r"(?i)(?:ok|great|perfect|super|many)?[,!. ]*(?:thanks?\b(?! (?:you )?for (?:report|reach|contact|your|the|let))"
    r"|thx|cheers|danke|merci|gracias|grazie|obrigad|dziękuj|спасибо"
    r"|(?:どうも)?ありがとう(?!.{0,12}(?:報告|連絡|問い?合わ?せ))|助かりました|谢谢|감사)"
)
LONGEST_THANKS = 80  # characters


def stem(name: str) -> tuple[str, int]:
    """What a column is called, and its number among those of that name."""
    match = NUMBERED.fullmatch(name)
    return (match[1], int(match[2] or 1)) if match is not None else (name, 1)


def is_named_so(name: str) -> bool:
    return COMMENT.fullmatch(verdict_names.plain(stem(name)[0])) is not None


def is_last(name: str) -> bool:
    """Whether its name says that it is the last one."""
    found = COMMENT.fullmatch(verdict_names.plain(name))
    return found is not None and found["last"] is not None


def answers(row: Fields, said: str) -> bool:
    """Whether a comment may answer: nobody thanks, and it is not by whoever asked, where both are told."""
    by = BY.match(said)
    words = said[by.end() :] if by else said
    if not words.strip() or (len(words) <= LONGEST_THANKS and THANKS.match(words.strip())):
        return False
    askers = (str(row[name]).strip() for name in row if ASKER.fullmatch(verdict_names.plain(name)))
    return by is None or by[1].strip() not in {*askers} - {""}
