"""What options are called beside A, B, C: ア, イ, ウ, ①, ②, ③ and II, III, IV; one is held against its like alone."""

from __future__ import annotations

import re
import unicodedata

KANA, CIRCLED = "アイウエオカキク", "①②③④⑤⑥⑦⑧⑨⑩"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
ORDERS = (tuple("ABCDEFGHIJ"), tuple(KANA), tuple(CIRCLED), ROMAN)
MARK = r"[アイウエオカキクｱｲｳｴｵｶｷｸ①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥⅦⅧ]"
ALONE = re.compile(rf"[(（「【]?({MARK})[)）」】]?[.．。:：]?")
WITH_TEXT = re.compile(rf"[(（]?({MARK})(?:[)）.．:：、]\s*|\s+)(?!{MARK}(?:\W|$))(?![とやか]{MARK})\S[^\n、，]*")
IN_LETTERS = re.compile(r"\(?(I{2,3}|IV|VI{1,3}|i{2,3}|iv|vii{1,2})\)?[.:)]?")


def of(text: str) -> str | None:
    """The mark that a text is, or that stands before the option's own words."""
    if text.isascii():
        return found[1].upper() if (found := IN_LETTERS.fullmatch(text)) is not None else None
    found = ALONE.fullmatch(text) or WITH_TEXT.fullmatch(text)
    return (found[1] if found[1] in CIRCLED else unicodedata.normalize("NFKC", found[1])) if found is not None else None


def are_of_one_kind(one: str, other: str) -> bool:
    return any(one in marks and other in marks for marks in ORDERS)


def place(mark: str) -> int | None:
    """From 0; of a letter, whatever it is called."""
    return next((marks.index(mark) for marks in ORDERS if mark in marks), None)
