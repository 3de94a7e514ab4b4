"""Whether a word that a text gives as its result is plainly another than the gold one: Saturn is not Jupiter.

Of more words nobody knows, nor of those that begin alike (Roman, Romans, Romania), of Japanese in two scripts (東京,
とうきょう), or of words that only speak of a result ("The answer is obvious").
"""

from __future__ import annotations

import re

WORD, NAME = re.compile(r"[^\W\d_]{4,}"), re.compile(r"[A-ZÄÖÜÉ][a-zà-ÿ]{2,}")  # Rom, Ulm; USA may be America
AROUND = " \t*_.。!！\"'“”‘’「」『』`"
ARTICLE = re.compile(r"\A[Tt]he\s+(?=[A-Z])")  # before what has no capital a description stands
KANJI, KATAKANA, HIRAGANA = (
    re.compile(r"[一-龠々]{2,}(?<!的)"),
    re.compile(r"[ァ-ヴー・]{2,}"),
    re.compile(r"[ぁ-ん]{3,}"),
)
HANGUL = re.compile(r"[가-힣]{2,}(?<![다요])")  # without the ends of sentences
LONGEST = 40  # characters of such a sentence
PREFERRED = re.compile(
    r"([一-龠々]{2,8}|[ァ-ヴー・]{2,12})の(?:方|ほう)が(?!.*(?:ない|ません|より|が、))[^、。]+[。.]?\s*$"
)
V = re.compile(r"ヴ([ァィェォ])?")  # ヴェネツィア, ベネチア
NO_RESULT = frozenset((
    "obvious", "clear", "unclear", "evident", "simple", "easy", "known", "unknown", "correct", "incorrect", "right",
    "wrong", "given", "above", "below", "here", "there", "that", "this", "these", "those", "both", "neither", "same",
    "different", "none", "nothing", "unique", "undefined", "uncertain", "complicated", "straightforward", "true",
    "false", "immediate", "complete", "done",
    "eindeutig", "klar", "offensichtlich", "bekannt", "unbekannt", "richtig", "falsch", "korrekt", "einfach", "unklar",
    "folgende", "folgendes", "clara", "claro", "obvia", "evidente", "correcta", "incorrecta", "sencilla", "simple",
    "siguiente", "claire", "évidente", "correcte", "connue", "inconnue", "suivante", "chiara", "ovvia", "corretta",
    "semplice", "seguente", "óbvia", "correta", "simples", "seguinte", "очевиден", "прост", "верен", "известен",
    "显然", "明显", "正确", "错误", "如下", "未知", "唯一", "肯定", "否定", "확실", "분명", "다음", "아래", "위",
    "以上", "以下", "上記", "下記", "前述", "前者", "後者", "左記", "右記", "次の通り", "不明", "未定", "複数", "全部",
    "同上", "正解", "不正解", "正答", "明白", "明確", "明らか", "簡単", "単純", "これ", "それ", "あれ", "いずれも",
    "どちらも",
))  # fmt: skip


def are_other(said: str, gold: str) -> bool:
    one, other = _bare(said), _bare(gold)
    if one in NO_RESULT or other in NO_RESULT:
        return False
    script, of_gold = _script(one), _script(other)
    if script is not None and of_gold is not None:
        apart = one not in other and other not in one and one[0] != other[0]
        return script is of_gold and apart and (script is not KANJI or one[-1] != other[-1])  # 医院, 病院
    if not (_is_word(said) and _is_word(gold)) or one[:3] == other[:3]:
        return False
    return one[:4] != other[:4] and one.isascii() == other.isascii()


def preferred(text: str) -> str | None:
    """The word that a short Japanese sentence begins with and calls the one of two: 大阪の方が多いです。"""
    match = PREFERRED.match(text) if len(text) <= LONGEST else None
    return match[1] if match is not None else None


def may_be_one(gold: str) -> bool:
    """Whether a gold answer is such a word."""
    return _is_word(gold) or _script(_bare(gold)) is not None


def _is_word(text: str) -> bool:
    """Of three letters a name alone."""
    return WORD.fullmatch(_bare(text)) is not None or NAME.fullmatch(text.strip(AROUND)) is not None


def _script(word: str) -> re.Pattern[str] | None:
    """Of a Japanese word that is written in one alone; None of any other."""
    if word.isascii():
        return None
    return next((script for script in (KANJI, KATAKANA, HIRAGANA, HANGUL) if script.fullmatch(word)), None)


def _bare(text: str) -> str:
    word = ARTICLE.sub("", text.strip(AROUND)) if text.isascii() else V.sub(_as_b, text.strip(AROUND))
    return word.casefold()


def _as_b(match: re.Match[str]) -> str:
    return {"ァ": "バ", "ィ": "ビ", "ェ": "ベ", "ォ": "ボ"}.get(match[1] or "", "ブ")
