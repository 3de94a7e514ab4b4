"""A thought and an answer under headings of one text ("Reasoning: ... Answer: ...", 【思考】...【回答】...).

Told apart where that is evident: the text begins with a heading for thought, or ends with one that says that what
follows is the final answer; it has no other headings, and nobody asked for them.
"""

from __future__ import annotations

import re

from so8t_engine.data.adapters.answers import shown_formats

THOUGHTS = (
    r"reasoning(?: process)?|thoughts?|thinking(?: process)?|thought process|chain[ -]of[ -]thought|rationale"
    r"|explanation|scratchpad|step[ -]by[ -]step(?: reasoning| solution)?|solution|working"
    r"|思考(?:過程|プロセス)?|考え方?|推論(?:過程)?|理由|根拠|解説|説明|解き方|途中式|検討|計算(?:過程)?"
)
FINALS = r"final (?:answer|response|result)|最終(?:的な)?(?:回答|解答|答え|結論)"
ANSWERS = rf"{FINALS}|(?:correct )?answer|response|conclusion|回答|解答|答え?|結論"
SAYS_SO = r"(?:(?:so|therefore|thus|hence),? )?the (?:final |correct )?answer is|(?:よって|したがって|ゆえに)、?答えは"


def _heading(names: str) -> str:
    """On a line of its own, or with a colon: `## Answer`, `**Answer:**`, `Answer:`; in brackets always."""
    return (
        rf"(?:#{{1,6}}[^\S\n]*(?:\*\*)?(?:{names})(?:\*\*)?[^\S\n]*(?:[:：](?:\*\*)?|(?=\n))"
        rf"|(?:\*\*)?[【\[](?:{names})[】\]](?:\*\*)?[^\S\n]*[:：]?"
        rf"|\*\*(?:{names})(?:[:：]\*\*|\*\*[^\S\n]*(?:[:：]|(?=\n)))"
        rf"|(?:{names})[^\S\n]*[:：])"
    )


THOUGHT = re.compile(rf"\s*(?P<name>{_heading(THOUGHTS)})", re.IGNORECASE)
ANSWER = re.compile(
    rf"\n[^\S\n]*(?P<name>{_heading(ANSWERS)}|【(?:{ANSWERS})】)|(?P<inside>【(?:{ANSWERS})】)", re.IGNORECASE
)
FINAL = re.compile(rf"\n[^\S\n]*(?P<name>{_heading(FINALS)}|(?:\*\*)?(?:{SAYS_SO})[:：](?:\*\*)?)", re.IGNORECASE)
OTHER = re.compile(
    r"\n[^\S\n]*(?:#{1,6}\s(?![^\S\n]*(?:step|ステップ|手順))|【|(?:action|observation)(?: input)?:)", re.IGNORECASE
)
SIGNS = (":", "：", "#", "]", "】", "**")  # of which a heading has one
WORDS = re.compile(r"[\w ]+")
A_NUMBER = re.compile(rf"(?:{SAYS_SO})?:?\s*(-?\d[\d,]*(?:\.\d+)?)\s*[.。]?", re.IGNORECASE)


def split(answer: str, asked: str = "") -> tuple[str, str] | None:
    """(the thought, the answer); None where the text has no such headings. `asked`: what it answers."""
    if not any(map(answer.__contains__, SIGNS)) or "\\boxed" in answer or "####" in answer:  # results
        return None
    begins = THOUGHT.match(answer)
    found = _last(answer, begins.end()) if begins is not None else None
    found = found if found is not None else _final(answer)
    if found is None:
        return None
    thought = answer[begins.end() if begins is not None else 0 : found.start()].strip()
    final = answer[found.end() :].strip()
    if not thought or not final or OTHER.search(f"\n{thought}") or OTHER.search(f"\n{final}"):
        return None
    names = [_name(match[0]) for match in (begins, found) if match is not None]
    if asked and all(name in asked.lower() for name in names):
        return None
    if shown_formats.is_one(answer[: found.start()], asked):
        return None
    number = A_NUMBER.fullmatch(final)
    return thought, number[1] if number is not None else final


def _last(answer: str, start: int) -> re.Match[str] | None:
    """The only heading of an answer, or the last where it is called final."""
    found = list(ANSWER.finditer(answer, start))
    if not found or (len(found) > 1 and not re.search(FINALS, found[-1][0], re.IGNORECASE)):
        return None
    return found[-1]


def _final(answer: str) -> re.Match[str] | None:
    """The heading of a last paragraph that is said to be the answer."""
    found = list(FINAL.finditer(answer))
    return found[0] if len(found) == 1 and "\n\n" not in answer[found[0].end() :].strip() else None


def _name(heading: str) -> str:
    return " ".join(WORDS.findall(heading.lower())).strip()
