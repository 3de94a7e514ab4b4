"""What mail programs and ticket systems leave around an answer: the message it answers, its head, a signature.

Only where it is plain: under a line or a head that says whose message follows, or where it repeats what was asked.
"""

from __future__ import annotations

import re

SIGNS = ("元のメッセージ", "件名", "のメッセージ", "のメール", "Betreff:", "ngliche Nachricht")
WROTE = (  # whose message follows
    r"(?:On|Am|Le|El|Il)\b[^\n]{4,120}\n?[^\n]{0,80}\b(?:wrote|schrieb[^\n:]{0,60}|a écrit|escribió|ha scritto)\s*:"
    r"|[^\n]{1,80}\bwrote:|\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}[^\n]{0,100}(?:[>＞]|のメール|のメッセージ|さんは?書きました)\s*[:：]"
    r"|[^\n]{0,80}のメッセージ[:：]"
)
NAMES = "From|Sent|Date|To|Cc|Subject|Von|Gesendet|An|Betreff|差出人|送信者|送信日時|日時|宛先|件名"
HEAD = rf"(?:(?:{NAMES})\s*[:：][^\n]*\n){{3,}}"
TO_THE_END = r"(?=(?:\n[^\S\n]*(?:>[^\n]*)?)*(?:\n-- ?\n|\Z))"  # all that follows is quoted
MARKED = r"Original Message|Forwarded message|Ursprüngliche Nachricht|元のメッセージ|転送されたメッセージ"
BEGINS = re.compile(
    rf"\n\s*(?:-{{2,}} ?(?:{MARKED}) ?-{{2,}}[^\n]*\n|(?P<head>(?:_{{10,}}\s*\n)?{HEAD})"
    rf"|(?:On|Am|Le)\b(?=[^\n]*\n?[^\n]*\d)[^\n]{{4,120}}\n?[^\n]{{0,80}}"
    rf"\b(?:wrote|schrieb[^\n:]{{0,60}}|a écrit)\s?:[^\S\n]*{TO_THE_END}"
    r"|\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}[^\n]{0,100}(?:[>＞]|のメール|のメッセージ)\s?[:：][^\S\n]*(?=\n))"
)
QUOTED = re.compile(rf"(?m)(?:^(?P<wrote>{WROTE})\s*\n\s*)?(?P<lines>(?:^>[^\n]*(?:\n|\Z))+)")
SIGNATURE = re.compile(r"\n-- ?\n(?:[^\n]{1,60}(?:\n|\Z)){1,6}\Z")
GREETS = re.compile(r"(?i)\s*(?:hi|hello|dear)\b|[^\n]{1,30}様")
OF_TICKETS = re.compile(
    r"(?:\d{1,2}/[A-Z][a-z]{2}/\d{2,4}|\d{4}[-/]\d{1,2}[-/]\d{1,2})"
    r"(?: \d{1,2}:\d{2}(?::\d{2})?(?: [AP]M)?)?;[^;\n]{1,40};\s*"
)
OF_MAIL = re.compile(r"(?i)\be-?mails?\b|\bletter\b|\bquot|メール|手紙|引用|返信")
LEAST = 8  # characters of a line that repeats what was asked


def may_hold(text: str) -> bool:
    """Told by a few characters, which is quick: most texts have none."""
    if (">" in text and ("\n>" in text or text[0] == ">")) or "Subject:" in text:
        return True
    if text[:1].isdigit() and ";" in text[:60]:
        return True
    return not text.isascii() and any(sign in text for sign in SIGNS)


def without_left_overs(answer: str, asked: str = "") -> str:
    """The answer alone; as it is where a mail is what was asked for, or nothing else is there."""
    if OF_MAIL.search(asked):
        return answer
    alone = OF_TICKETS.sub("", answer, count=1) if OF_TICKETS.match(answer) else answer
    begins = BEGINS.search(alone)
    if begins is not None and alone[: begins.start()].strip():
        follows = alone[begins.end() :].splitlines()
        alone = alone if begins["head"] and not _repeated(follows, asked) else alone[: begins.start()]
    if "```" not in alone:
        alone = QUOTED.sub(lambda quote: "" if _repeats(quote, asked) else quote[0], alone)
    if alone == answer:
        return answer
    signed = SIGNATURE.search(alone) if GREETS.match(alone) else None
    alone = (alone[: signed.start()] if signed is not None else alone).strip()
    return alone or answer


def _repeats(quote: re.Match[str], asked: str) -> bool:
    """Whether what is quoted is what was asked, be it with a line that says whose message it is."""
    said = [line for line in map(_plain, quote["lines"].splitlines()) if not re.fullmatch(WROTE, line)]
    found = _repeated(said, asked)
    return found > 0 and 2 * found >= sum(len(line) >= LEAST for line in said)


def _repeated(lines: list[str], asked: str) -> int:
    """How many of them stand in what was asked."""
    plain = " ".join(asked.split())
    return sum(len(line) >= LEAST and line in plain for line in map(_plain, lines))


def _plain(line: str) -> str:
    return " ".join(line.lstrip("> ").split())
