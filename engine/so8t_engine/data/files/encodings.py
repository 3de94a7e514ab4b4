"""The encoding of a text file: by its byte order mark, by the configuration, else by what its first bytes can be.

Without a word in the configuration are read: UTF-8, UTF-16 and UTF-32, the encodings of Japanese, whose text is
recognised by its kana, and any other that alone makes good words of the bytes, if there are enough of them, which is
said with some. What two encodings make good words of is named, never taken.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from so8t_engine.data.files import likely_encodings
from so8t_engine.data.files.likely_encodings import LikelyEncoding
from so8t_engine.sentences import Sentence, sentence

UTF8 = "utf-8"
HEAD = 1 << 18  # bytes that are looked at
MARKS = (
    (codecs.BOM_UTF8, UTF8),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
FEW = 0.05  # of the lines: with so few that are not UTF-8 it is a text in UTF-8 with bad lines
ZEROS = 0.02  # of every second byte, and few of the others: only UTF-16 has them
SOME = 0.1  # of the lines that are not plain: with so many in UTF-8 there are two encodings in one file
ENOUGH = 8  # different words: of five random ones and more none of 1,100 texts in 18 encodings was taken for another
KANA = re.compile("[\u3041-\u30ff]")
JAPANESE = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]")
KANA_SHARE, JAPANESE_SHARE = 0.1, 0.9  # of the characters beyond ASCII


@dataclass(frozen=True)
class Encoding:
    """`name` as Python has it; `guessed`: recognised by the text alone, so people are told; `words`: some of them,
    where these have told it.
    """

    name: str
    guessed: bool = False
    words: tuple[str, ...] = ()


def find(head: bytes, given: str | None) -> Encoding:
    """`head`: the first bytes. Raises ValueError with a Sentence: what it looks like, and the key that says so."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return Encoding(name)
    if given is not None:
        return Encoding(codecs.lookup(given).name)
    even, odd = head[::2].count(0), head[1::2].count(0)
    for name, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > max(ZEROS * len(head) / 2, 10 * others) and likely_encodings.decoded(head, name) is not None:
            return Encoding(name, guessed=True)
    if b"\x1b$" in head and _is_japanese(head, "iso2022_jp"):
        return Encoding("iso2022_jp", guessed=True)
    if likely_encodings.decoded(head, UTF8) is not None or _mostly_utf8(head):
        return Encoding(UTF8)
    bad = _lines_of_another(head)
    if not bad:
        for name in ("cp932", "euc_jp"):
            if _is_japanese(head, name):
                return Encoding(name, guessed=True)
    found = likely_encodings.guesses(b"\n".join(bad.values()) if bad else head)
    only = likely_encodings.rivals(found) if found and not bad else []
    if len(only) == 1 and only[0].score >= likely_encodings.LIKELY and only[0].count >= ENOUGH:
        return Encoding(only[0].encoding, guessed=True, words=tuple(only[0].words()))
    raise ValueError(_looks_like(bad, found))


def read_as(path: Path, encoding: Encoding) -> Sentence:
    """What people are told of one that was recognised."""
    name = encoding.name.replace("_", "-")
    if not encoding.words:
        return sentence("data.read_as", path=path, encoding=name)
    return sentence("data.read_as_by_words", path=path, encoding=name, words=encoding.words)


def _looks_like(bad: Mapping[int, bytes], found: list[LikelyEncoding]) -> Sentence:
    """`bad`: the lines in another encoding than UTF-8, by their number, where the others are UTF-8."""
    if bad:
        more = {"count": len(bad), "first": min(bad), "last": max(bad)}
        if not found:
            return Sentence("data.mixed_encodings_untold", more)
        return Sentence("data.mixed_encodings", {**more, "encoding": found[0].encoding, "words": found[0].words()})
    if not found:
        return sentence("data.no_encoding")
    [first, *others] = likely_encodings.rivals(found)
    if not others:
        return sentence("data.other_encoding", encoding=first.encoding, words=first.words())
    return sentence(
        "data.two_encodings", encoding=first.encoding, words=first.words(others[0]), other=others[0].encoding,
        other_words=others[0].words(first),
    )  # fmt: skip


def _lines_of_another(head: bytes) -> dict[int, bytes]:
    """Those that are not UTF-8, by their number, where some of the others are; else none."""
    lines = [(number, line) for number, line in enumerate(head.split(b"\n"), 1) if not line.isascii()]
    bad = {number: line for number, line in lines if not _is_utf8(line)}
    return bad if len(lines) - len(bad) >= max(1, SOME * len(lines)) else {}


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
        return True
    except UnicodeDecodeError:
        return False


def _mostly_utf8(head: bytes) -> bool:
    lines = [line for line in head.split(b"\n") if line.strip()]
    bad = sum(not _is_utf8(line) for line in lines)
    good = sum(not line.isascii() for line in lines) - bad
    return bad <= FEW * len(lines) or good > bad


def _is_japanese(head: bytes, name: str) -> bool:
    text = likely_encodings.decoded(head, name)
    if text is None:
        return False
    foreign = sum(not character.isascii() for character in text)
    return len(KANA.findall(text)) > KANA_SHARE * foreign and len(JAPANESE.findall(text)) > JAPANESE_SHARE * foreign
