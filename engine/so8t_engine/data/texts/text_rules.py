"""Rules for a text by itself: broken encoding repaired, left-overs cleaned, personal data masked, repetition found."""

from __future__ import annotations

import re
import zlib
from collections import Counter

import ftfy
from ftfy.badness import BADNESS_RE, MOJIBAKE_CATEGORIES

from so8t_engine.config.run_config import Integrate
from so8t_engine.data.texts import chat_pages, citations, mail, markup, program_marks

# E-mail addresses but for those that stand for none; telephone numbers with a country code, or as they are written in
# North America and Japan. Not every row of digits: those of a sum are wanted, and so is +12.50.
E_MAIL = re.compile(r"\b[\w.+-]+@(?!example\.)(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}\b", re.ASCII)
PHONE = re.compile(
    r"(?<![\w.+-])(?:\+(?!\d+\.\d+(?![.\d]))(?=(?:[ .()-]{0,2}\d){8})"
    r"\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?\d{2,10}(?:[ .-]\d{2,10}){0,4}|\d{1,4}(?:[ .-]\d{2,10}){1,4})"
    r"|\(\d{3}\) ?\d{3}[-.]\d{4}|\d{3}-\d{3}-\d{4}|0\d{1,4}-\d{1,4}-\d{4})(?![\w-])",
    re.ASCII,
)
OF_PHONES = re.compile(r"[-.+]\d(?:(?<=\+\d)|\d{3})", re.ASCII)  # -5678, .5678, +8: each has one, quickly looked for
# What ftfy takes for a sign of a wrong encoding is so long at most, and has a character of these: Chinese, Japanese and
# Korean text has hardly any, English beside quotation marks none ("common" are dashes, the apostrophe, ...).
SIGN = 7
OF_SIGNS = re.compile(f"[{''.join(marks for name, marks in MOJIBAKE_CATEGORIES.items() if name != 'common')}]+")
UNREADABLE = "\ufffd"
# What is left of UTF-8 that was read as cp1252 and cannot be repaired, as bytes of it are lost ("ã§ã™ã€‚"); of UTF-8
# read as cp932, and of cp932 read as cp1252.
OTHERS = "¡¢£¤¥¦§¨©ª¬\xad®¯±²³´µ¶¸¹º»¼½¾¿ŒœŠšŸŽžƒˆ˜™‚„†‡•‰‹›€"
AFTER = OTHERS + "…‘’“”–—\xa0«°·"  # which may stand behind a letter in good text, too
MAY_BE_GARBLED = re.compile("[à-ïÐÑ‚ƒ縺繧繝]")
GARBLED = re.compile(
    f"[à-ï](?:[{OTHERS}][{AFTER}]|[{AFTER}][{OTHERS}])|(?:[ÐÑ][{AFTER}]){{3}}|[Ѐ-ӿ][ÐÑ]|(?:[‚ƒ][^\\s]){{3}}|(?:[縺繧繝][^\\s]?){{3}}"
)
LOST = re.compile("[\x80-\x9f]")  # controls that are bytes of another encoding
LINES, LINE_CHARS = 4, 0.5  # a line (or sentence) so often, and the share of the text that repeated ones may take
PARTS = re.compile(r"[^\n.!?。！？]+")
LONG, PACKED = 1_000, 0.06  # bytes; a long text that packs to less says one thing over and over


def restored(text: str) -> str:
    """Repaired while it still holds all bytes it was read from: cleaning takes controls out."""
    return text if text.isascii() or not LOST.search(text) else ftfy.fix_encoding(text)


def repaired(name: str) -> str:
    """The name of a column, which was read in a wrong encoding before its file was saved."""
    fixed = ftfy.fix_encoding(name)
    return name if UNREADABLE in fixed else fixed


def prepared(text: str, rules: Integrate, asked: str = "") -> tuple[str, list[str]]:
    """The text as it is kept, and the names of the rules that changed it. `asked`: what it answers."""
    if not text:
        return text, []
    changed: list[str] = []
    if rules.clean_markup:
        plain = program_marks.in_words(text, asked) if program_marks.may_hold(text) else text
        plain = markup.without_left_overs(plain, asked) if markup.may_hold(plain) else plain
        if plain != text:
            text, changed = plain, ["clean_markup"]
    if rules.fix_encoding and not text.isascii() and is_bad(text):
        fixed = ftfy.fix_encoding(text)
        if fixed != text:
            text, changed = fixed, [*changed, "fix_encoding"]
    if rules.mask_personal_data:
        masked = E_MAIL.sub("[e-mail]", text) if "@" in text else text
        masked = PHONE.sub("[phone]", masked) if OF_PHONES.search(masked) else masked
        if masked != text:
            text, changed = masked, [*changed, "mask_personal_data"]
    return text, changed


def answered(text: str, rules: Integrate, asked: str, sourced: bool = False) -> tuple[str, list[str]]:
    """The same of an answer, without a next turn that whoever gave it made up. `sourced`: its row has its sources."""
    alone = mail.without_left_overs(text, asked) if rules.clean_markup and mail.may_hold(text) else text
    if rules.clean_markup and chat_pages.may_hold(alone):
        alone = chat_pages.without_left_overs(alone, asked)
    before = ["clean_markup"] if alone != text else []
    text, changed = prepared(alone, rules, asked)
    changed = before + [rule for rule in changed if rule not in before]
    if rules.cut_citations and not sourced and "[" in text:
        alone = citations.without_marks(text, asked)
        if alone != text:
            text, changed = alone, [*changed, "cut_citations"]
    if rules.cut_next_turn and markup.may_go_on(text):
        alone = markup.without_next_turn(text, asked)
        if alone != text:
            text, changed = alone, [*changed, "cut_next_turn"]
    return text, changed


def is_bad(text: str) -> bool:
    """What ftfy.badness.is_bad says, which looks at all of a text."""
    signs = OF_SIGNS.finditer(text)
    return any(BADNESS_RE.search(text, max(found.start() - SIGN, 0), found.end() + SIGN) for found in signs)


def is_broken(text: str) -> bool:
    """What could not be read once stands there as a mark of that, or as letters of another encoding."""
    if text.isascii():
        return False
    return UNREADABLE in text or (MAY_BE_GARBLED.search(text) is not None and GARBLED.search(text) is not None)


def repeats_itself(text: str) -> bool:
    """One sentence over and over, or next to nothing said in a long text."""
    data = text.encode()
    if len(data) >= LONG and len(zlib.compress(data, 1)) < PACKED * len(data):
        return True
    found = PARTS.findall(text)
    if len(found) - len(set(found)) < LINES - 1:
        return False
    parts = Counter(part.strip() for part in found)
    again = sum(count * len(part) for part, count in parts.items() if count >= LINES and len(part) > 3)
    return again > LINE_CHARS * len(text)
