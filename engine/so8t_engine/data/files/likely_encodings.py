"""Which encoding makes good words of the bytes of a text: by the letters of the languages it may be in (alphabets.py).

A byte is a letter in most encodings, but only in the right one are all of them letters of one language, small inside
words, with nothing else between them.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from so8t_engine.data.files import alphabets
from so8t_engine.data.texts import detect_language

# Of two in which the text is the same the first one is meant.
ENCODINGS = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859-2", "iso8859-7",
    "koi8-r", "koi8-u", "cp874", "gb18030", "big5", "cp949", "cp932", "euc-jp", "cp866", "iso8859-5", "cp850", "cp852",
    "mac-roman",
)  # fmt: skip
RARE, OLD = 0.05, frozenset(("cp866", "iso8859-5", "cp850", "cp852", "mac-roman"))  # which hardly anybody has today
OF_CHINESE = {"gb18030": "gb2312", "big5": "big5"}
LOOKED_AT = 1 << 15  # bytes of lines that are not plain
WORDS = 3  # that are shown
LIKELY, POSSIBLE = 0.7, 0.5  # of 1: what the characters of the right encoding come to, of one language, of several
CLOSE = 0.04  # two so near to each other may both be right
SURE, UNLIKELY = 0.5, 0.1  # probabilities of a language that decide between two
MARKS = {
    **dict.fromkeys("„“”‚‘’–—…«»‹›€£°§©®™·•²³¹½¼¾×÷±µ†‡‰¿¡ªº\xa0\u200c", 0.85),  # letters in a wrong encoding, too
    **dict.fromkeys("、。，．・：；？！「」『』（）《》【】〈〉～ー\u3000％＋－＝／", 1.0),
}
INSIDE = frozenset("’‘·\u200c・ー")  # marks that may stand between letters
CONTROLS = re.compile("[\x80-\x9f]")
WORD = re.compile(r"[^\W\d_]+(?:['’·¶±¦»ľ¼¾][^\W\d_]+)*")
KANA, HALF_KANA = re.compile("[\u3041-\u30ff]"), re.compile("[\uff66-\uff9f]")
VOICED = "ｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎｳ"  # what ﾞ stands behind


@dataclass(frozen=True)
class LikelyEncoding:
    """`score`: 0 to 1; `text`: what the bytes are in it; `languages`: whose letters those are."""

    encoding: str
    score: float
    text: str
    languages: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        """Of different words that are not plain."""
        return len({word for word in WORD.findall(self.text) if not word.isascii()})

    def words(self, other: LikelyEncoding | None = None) -> list[str]:
        """Some that are not plain, and if possible other ones in `other`."""
        mine = [word for word in WORD.findall(self.text) if not word.isascii()]
        theirs = set(WORD.findall(other.text)) if other is not None else set[str]()
        unlike = [word for word in mine if word not in theirs]
        return list(dict.fromkeys(unlike or mine))[:WORDS]


def guesses(head: bytes) -> list[LikelyEncoding]:
    """Those that are possible, the likeliest first; none twice under two names."""
    data = b"\n".join(_not_plain(head))
    found: dict[str, LikelyEncoding] = {}
    for name in ENCODINGS:
        text = decoded(data, name)
        if text is not None and text not in found and not CONTROLS.search(text):
            found[text] = _guess(text, name)
    possible = (one for one in found.values() if one.score >= (POSSIBLE if one.count >= WORDS else LIKELY))
    return sorted(possible, key=lambda one: -one.score)


def rivals(found: list[LikelyEncoding]) -> list[LikelyEncoding]:
    """The likeliest, and the next where it may as well be that, whatever language the plain letters are of."""
    close = [one for one in found[:2] if one.score >= found[0].score - CLOSE]
    likely = [_likelihood(one) for one in close] if len(close) == 2 else []
    decided = likely and max(likely) >= SURE and min(likely) <= UNLIKELY
    return [close[likely.index(max(likely))]] if decided else close


def _likelihood(guess: LikelyEncoding) -> float:
    told = detect_language.probabilities(guess.text)
    return sum(told.get(language, 0.0) for language in guess.languages)


def decoded(data: bytes, name: str) -> str | None:
    """The text, whose last character may be cut off; None where it is not in this encoding."""
    try:
        return codecs.getincrementaldecoder(name)().decode(data)
    except UnicodeError:
        return None


def _not_plain(head: bytes) -> Iterator[bytes]:
    size = 0
    for line in head.splitlines():
        if not line.isascii():
            size += len(line)
            yield line
            if size > LOOKED_AT:
                return


def _guess(text: str, name: str) -> LikelyEncoding:
    count = _characters(text)
    total = sum(count.values())
    if not total:
        return LikelyEncoding(name, 0.0, text)
    if name in OF_CHINESE:
        of = {character: _of_hanzi(character, OF_CHINESE[name]) for character, _ in count}
        return LikelyEncoding(name, _mean(count, of, total), text, frozenset(("zh",)))
    if name == "cp949":
        of = {character: _of_hangul(character) for character, _ in count}
        return LikelyEncoding(name, _mean(count, of, total), text, frozenset(("ko",)))
    if name in ("cp932", "euc-jp"):
        return LikelyEncoding(name, _of_japanese(text, count, total), text, frozenset(("ja",)))
    scores = {language: _mean(count, letters, total) for language, letters in alphabets.weights().items()}
    best = max(scores.values())
    languages = frozenset(language for language, score in scores.items() if score == best)
    return LikelyEncoding(name, best - RARE * (name in OLD), text, languages)


def _mean(count: Counter[tuple[str, float]], letters: Mapping[str, float], total: int) -> float:
    """`count`: of (character, what its place is worth)."""
    return sum(
        number * place * (MARKS.get(character) or letters.get(character, 0.0))
        for (character, place), number in count.items()
    ) / total  # fmt: skip


def _characters(text: str) -> Counter[tuple[str, float]]:
    """All beyond ASCII, with what their place is worth: a capital inside a word little, a mark there nothing."""
    count = Counter[tuple[str, float]]()
    around = f" {text} "
    for number, character in enumerate(text, 1):
        if character.isascii():
            continue
        before, after = around[number - 1], around[number + 1]
        place = 1.0
        if character in MARKS:
            place = 0.0 if character not in INSIDE and before.isalpha() and after.isalpha() else 1.0
        elif character.isupper() and before.isalpha():
            place = 0.85 if before.isupper() else 0.0
        elif before.isdigit() or after.isdigit():
            place = 0.5
        if character > "\u036f" and (_is_latin(before) or _is_latin(after)) and character < "\u2000":
            place = 0.0  # another script in one word
        count[character, place] += 1
    return count


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _of_hanzi(character: str, plane: str) -> float:
    if character in alphabets.HANZI:
        return 1.0
    try:
        first = character.encode(plane)[0]
    except UnicodeError:
        return 0.0
    is_usual = first < 0xD8 if plane == "gb2312" else 0xA4 <= first <= 0xC6
    return 0.6 if is_usual and "\u4e00" <= character <= "\u9fff" else 0.0


def _of_hangul(character: str) -> float:
    if character in alphabets.HANGUL:
        return 1.0
    return 0.6 if "가" <= character <= "힣" else 0.0


def _of_japanese(text: str, count: Counter[tuple[str, float]], total: int) -> float:
    half = HALF_KANA.findall(text)
    if len(half) > total / 2:
        astray = sum(
            (mark in "ﾞﾟ" and before not in VOICED) or (mark in "ｧｨｩｪｫｬｭｮｯｰ" and not HALF_KANA.match(before))
            for before, mark in zip(f" {text}", text, strict=False)
        )  # fmt: skip
        return 0.75 if astray <= 0.02 * len(half) else 0.3
    return sum(number * _of_kana(character) for (character, _), number in count.items()) / total


def _of_kana(character: str) -> float:
    if character in MARKS or KANA.match(character):
        return 1.0
    try:
        first = character.encode("iso2022_jp")[3]
    except UnicodeError:
        return 0.0
    return 0.7 if 0x30 <= first < 0x50 else 0.2
