"""Words and signs that mostly say there is nothing, and may be the answer: NULL, NaN, nil, #N/A, "-" in Morse.

One is an answer where its question asks for such a word or sign, or where the user says what it is called (`labels`);
a question, where one row of the source alone asks it, and the answer is as short as a dictionary's.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns

PLACEHOLDERS = frozenset((
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "TBD", "TODO", "未記入", "準備中", "作成中",
))  # fmt: skip
NO_VALUE = PLACEHOLDERS | {  # what pandas, data bases, spreadsheets and people write where there is none
    "nan", "NaN", "NULL", "<NA>", "<nooutput>", "nooutput",
    "-", "--", "---", "―", "—", "–", "－", "…", "...",
}  # fmt: skip
NO_INPUT = NO_VALUE | {
    "<noinput>",
    "noinput",
    "No input",
    "None",
    "none",
    "N/A",
    "n/a",
    "null",
    "入力なし",
    "なし",
    "特になし",
}  # beside an instruction
LONGEST = 24  # characters of such a word, and of what a dictionary says of it
WORDS_OF_A_DICTIONARY = 3
ROWS, FEW = 2_000, 2  # rows that are looked at; those of which a word may be the text
ONE_ASKS, FEW_GIVE = "one row asks: ", "few rows give: "  # before a word, in what all rows tell
NEVER = frozenset(("<nooutput>", "nooutput", "<noinput>", "noinput", "No input"))  # of no language
OF_A_WORD = re.compile(
    r"(?i)\bwords? (?:for|of|that|means?|in)\b|\b(?:which|what|the|this|following|opposite) words?\b|\babbreviat"
    r"|\bacronym|\binitialism|\bsymbol|\bsigns? (?:for|of|that|ends?|means?|separates?)\b|\bopposite of"
    r"|\b(?:which|what|math\w*) (?:sign|character)\b|\bmorse|\btranslat|\bantonym|\bsynonym|\bspell|\bkeyword"
    r"|\bliteral\b|\bplaceholder|\bpunctuation|\bdash\b|\bhyphen|\bellipsis|\bminus\b"
    r"|\bhow (?:do|would) you (?:say|write)\b|\bwort (?:für|mit)|\b(?:das|welches) (?:wort|zeichen)\b|\bübersetz"
    r"|\bdit-on\b|\bmot\b|\btradui|\btraduz|\btraduc|\bse dice\b|\bpalabra|\bcontrario|\bsi dice\b|\bparola\b"
    r"|\bpalavra|\bse diz\b|\bes diu\b"
    r"|\bwhat (?:do|does|did|will|would) [^?.]*\b(?:call|return|print|yield|evaluate)s?\b"
    r"|記号|符号|モールス|何と(?:言|い|呼)|[語英和]訳|翻訳|対義|反対語|類義|略[語称]|長音"
)
OF_CODE = re.compile(
    r"(?i)null|undefined|\bnil\b|\bnan\b|json|javascript|typescript|python|\bsql|\blua\b|\bruby\b|golang"
    r"|\bin (?:go|c|rust)\b"
    r"|\b(?:does|in|of) (?:go|swift|rust|lisp)\b|pandas|numpy|\bc\+\+|\bc#|pointer|\bfloats?\b|floating|variable"
    r"|\bieee\b"
    r"|missing value|division by zero|0 ?/ ?0|\b(?:soccer|football) score|[`{}=]"
    r"|変数|関数|データベース|ポインタ|浮動小数"
)
OF_SHEETS = re.compile(r"(?i)excel|sheet|lookup|\bcells?\b|エクセル|シート|セル")
SHOWN = re.compile(r"(?i)\b(?:shows?|shown|displays?|displayed|returns?|gives?|appears?|errors?)\b|表示|エラー|返")
ABOUT_A_TEXT = re.compile(
    r"(?i)\btranslat|\b(?:the|this|each|given|following) (?:word|term|phrase|sentence|expression|text|string"
    r"|input|name)s?\b"
    r"|\bfollowing\b|\bbelow\b|\bübersetz|\btradui|\btraduz|\btraduc|\btraduci|訳|次の|以下の|下記の|この(?:単語|言葉|語句?|文|文字)"
    r"|与えられた"
)
UNANSWERED = re.compile(r"blank|empty|answer|response|available|回答|入力|空欄|空白|設定|対応|同|〃")
PROGRAMS = frozenset(("nan", "null", "none", "nil", "undefined", "<na>", "na", "(null)", "nat"))


def is_asked_for(asked: str, said: str) -> bool:
    """Whether the question asks for this very word or sign."""
    word = said.strip().lower()
    if word in NEVER or len(word) > LONGEST or UNANSWERED.search(word):
        return False
    if word[:1] == "#":
        return OF_SHEETS.search(asked) is not None and SHOWN.search(asked) is not None
    if word in PROGRAMS and OF_CODE.search(asked):
        return True
    return OF_A_WORD.search(asked) is not None


def is_looked_up(asked: str, said: str, index: Mapping[str, Any]) -> bool:
    """Whether such a word may be what a row of a dictionary is about, and does not stand for a question."""
    short = len(said.strip()) <= LONGEST and len(said.split()) <= WORDS_OF_A_DICTIONARY
    return short and ONE_ASKS + asked.strip() in index


def is_given(asked: str, word: str, index: Mapping[str, Any]) -> bool:
    """Whether such a word is the text that an instruction is about, and does not say that there is none."""
    return FEW_GIVE + word.strip() in index and ABOUT_A_TEXT.search(asked) is not None


def look(rows: Sequence[Mapping[str, Any]], where: Columns) -> dict[str, tuple[str, str]]:
    """What rows tell of the words that they ask about: those of which there are few of."""
    asked, given = (_counted(rows, place) for place in (where.prompt, where.query))
    found = [ONE_ASKS + word for word, count in asked.items() if count == 1]
    found += [FEW_GIVE + word for word, count in given.items() if count <= FEW]
    return {name: ("", "") for name in found}


def _counted(rows: Sequence[Mapping[str, Any]], place: str | None) -> Counter[str]:
    if place is None:
        return Counter()
    texts = (row.get(place) for row in rows)
    return Counter(word for said in texts if isinstance(said, str) and (word := said.strip()) in NO_INPUT - NEVER)


def line(labels: Mapping[str, str], words: Iterable[str]) -> str:
    """The line of the configuration that calls each of these words what it is, beside what is called so already."""
    called = {**labels, **{word: word for word in words}}
    return f"labels: {json.dumps(called, ensure_ascii=False)}"
