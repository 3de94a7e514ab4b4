"""Numbers and times that a short text says in words, in figures: "twenty-five litres", "half past two", 六十五分.

A number that is mostly no result ("the other two", "three quarters", "about fifty", 一緒, 十分な) is followed by a sign
that nobody sees: it has been mentioned, and the text does not end with it.
"""

from __future__ import annotations

import functools
import re

MENTIONED = "\N{WORD JOINER}"
TO_NINETEEN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
VALUES = {word: n for n, word in enumerate(TO_NINETEEN)} | {word: 10 * n for n, word in enumerate(TENS, 2)}
SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(TO_NINETEEN[1:10])}))?|{'|'.join(reversed(TO_NINETEEN))})"
HUNDREDS = rf"(?:(?:a|{SMALL}) hundred(?:(?: and)? {SMALL})?|{SMALL})"
BEFORE = frozenset((
    "the", "these", "those", "other", "another", "of", "both", "for", "in", "into", "by", "per", "every", "each",
    "first", "last", "next", "any", "all", "on", "at", "to", "with", "than", "under", "over", "about", "nearly",
    "almost", "around", "roughly", "approximately", "from", "between", "like", "or", "my", "his", "her", "our", "their",
    "your", "no", "number", "option", "chapter", "step", "case",
))  # fmt: skip
IN_ENGLISH = re.compile(
    rf"(?<![\w-])(?=[aefnostz])(?P<number>(?:(?:a|{HUNDREDS}) thousand(?:,? (?:and )?{HUNDREDS})?|{HUNDREDS}))"
    r"(?P<half> and a half)?(?![\w-])"
    rf"(?P<point> point(?: (?:{'|'.join(TO_NINETEEN[:10])}))+(?![\w-]))?"
    r"(?P<behind> (?:halves|half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|dozen"
    r"|score|pairs?|times|more|less|fewer|million|billion|trillion|hundred|thousand|point|or|to|of)\b)?",
    re.IGNORECASE,
)
YEAR, BESIDE = (
    re.compile(rf"\b(1\d|20){MENTIONED}? ([1-9]\d)\b"),
    re.compile(r"(\d) (\d+)\b"),
)  # nineteen eighty-four, two three
HOUR = rf"(?P<hour>1[0-2]|[1-9]|{'|'.join(reversed(TO_NINETEEN[1:13]))})(?![\w-])"
MINUTES = r"(?P<minutes>half|(?:a )?quarter|five|ten|twenty|twenty-five)"
CLOCK = re.compile(
    rf"(?<![\w-])(?<!from )(?:{MINUTES} (?P<way>past|to) {HOUR}(?! minutes?\b)(?P<noon> ?[ap]\.?m\b)?"
    rf"|{HOUR.replace('hour', 'full')} o'clock|(?P<noon2>noon|midday|midnight)\b)",
    re.IGNORECASE,
)
IN_MINUTES = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}
MAY_BE_ENGLISH = re.compile(
    r"(?i)\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|(?:four|fif|six|seven|eigh|nine)"
    r"teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|quarter|half|o'clock|noon|midday|midnight)\b"
)
KANJI = "一二三四五六七八九"
MAY_BE_KANJI = re.compile(rf"[{KANJI}十百千万億]")
IN_KANJI = re.compile(
    rf"(?:(?<![一-龠々])|(?<=[約計全各残時前後年月]))(?P<number>[{KANJI}十百千][{KANJI}十百千万]*)"
    r"(?P<counter>(?:時間|ヶ月|か月|週間|種類|ページ|メートル|キロ|センチ|ミリ|グラム|リットル|パーセント|ドル"
    r"|[個人本枚匹円分時日年月回点冊台歳度杯頭羽軒秒倍割問つ])間?(?!(?!半)[一-龠々]|つ)"
    r"|(?<=時)半|時(?=[一二三四五六七八九十半])|(?P<alone>(?=です|である|だ[。]|になる|になります|となる|となります|[。、．.]|\s*$))"
    r"|(?=[とをにで足引掛割]))"
    r"(?P<half>半(?=[に。でか]|\s*$))?"
)
SCALED = re.compile(r"(?<![\d.,])(\d{1,4}(?:\.\d+)?)(万|億)(?:(\d{1,4})(千)?)?(?![\d万千])")
AND_A_HALF = re.compile(rf"(?<![\d.])(\d+){MENTIONED}?(時間|年|か月|ヶ月|日|分)半")
SCALES = {"十": 10, "百": 100, "千": 1000}


@functools.lru_cache(maxsize=4096)
def in_figures(text: str) -> str:
    if text.isascii():
        return _english(text) if MAY_BE_ENGLISH.search(text) else text
    if MAY_BE_KANJI.search(text):
        text = IN_KANJI.sub(_from_kanji, SCALED.sub(_from_scaled, text))
    if "半" in text:
        text = AND_A_HALF.sub(r"\1.5\2", text)
    return _english(text) if MAY_BE_ENGLISH.search(text) else text


def _english(text: str) -> str:
    figures = IN_ENGLISH.sub(_from_english, CLOCK.sub(_from_clock, text))
    return BESIDE.sub(rf"\1 \2{MENTIONED}", YEAR.sub(r"\1\2", figures)) if figures != text else text


def _from_english(match: re.Match[str]) -> str:
    whole = thousands = 0
    for word in re.findall(r"[a-z]+", match["number"].lower()):
        whole += VALUES.get(word, 0)
        if word == "hundred":
            whole = 100 * (whole or 1)
        if word == "thousand":
            thousands, whole = 1000 * (whole or 1), 0
    digits = [str(VALUES[word.lower()]) for word in match["point"].split()[1:]] if match["point"] else []
    figures = f"{thousands + whole}{'.5' if match['half'] else '.' if digits else ''}{''.join(digits)}"
    before = match.string[max(0, match.start() - 16) : match.start()].lower().split()[-1:]
    is_result = not BEFORE.intersection(before) and not match["behind"] and match["number"].lower() != "one"
    return f"{figures}{'' if is_result else MENTIONED}{match['behind'] or ''}"


def _from_clock(match: re.Match[str]) -> str:
    if match["noon2"]:
        return "0:00" if match["noon2"].lower() == "midnight" else "12:00"
    said = (match["hour"] or match["full"]).lower()
    hour = int(said) if said.isdecimal() else VALUES[said]
    minutes = IN_MINUTES[match["minutes"].lower()] if match["minutes"] else 0
    if match["way"] and match["way"].lower() == "to":
        hour, minutes = (hour - 1) or 12, 60 - minutes
    return f"{hour}:{minutes:02}{match['noon'] or ''}"


def _from_kanji(match: re.Match[str]) -> str:
    number = _of_kanji(match["number"])
    if number is None:
        return match[0]
    is_result = (match["counter"] or match["alone"] is not None) and match["number"] != "一" and match[0] != "十分"
    is_result = is_result and match.string[match.end() : match.end() + 1] not in ("の", "は", "が", "も", "を")
    return f"{number}{'' if is_result else MENTIONED}{match['counter']}{match['half'] or ''}"


def _of_kanji(text: str) -> int | None:
    """None where the signs are in no order: 三三七."""
    total, part, one = 0, 0, 0
    for sign in text:
        if sign in KANJI:
            if one:
                return None
            one = KANJI.index(sign) + 1
        elif sign == "万":
            if not (part or one) or total:
                return None
            total, part, one = 10_000 * (part + one), 0, 0
        else:
            if part and part % (10 * SCALES[sign]):
                return None
            part, one = part + SCALES[sign] * (one or 1), 0
    return total + part + one


def _from_scaled(match: re.Match[str]) -> str:
    scale = 10**4 if match[2] == "万" else 10**8
    number = float(match[1]) * scale + int(match[3] or 0) * (1000 if match[4] else 1)
    return str(int(number)) if number == int(number) else match[0]
