"""Lines of a quiz that people write: what asks by its number, answers, explains, heads a section."""

from __future__ import annotations

import re
from collections.abc import Sequence

FEWEST = 2
N = r"[0-9０-９]{1,4}(?:[-‐－][0-9０-９]{1,3})?"
KANJI = "一二三四五六七八九十"
DRESS = r"[ \t　]*(?:#{1,6}[ \t]+|[-*+][ \t]+|>[ \t]*)?(?P<bold>\*\*|__)?"
BOLD = r"(?:\*\*|__)?"
ASKS = tuple(  # how questions are numbered
    re.compile(rf"{DRESS}{mark}{BOLD}[ \t　]*(?P<rest>.*)")
    for mark in (
        rf"[【\[(（〔《■●◆]*[ ]?(?:(?:問題?|設問|题目?|題目?|문제?)[ 　]*"
        rf"(?P<number>{N}|[{KANJI}]{{1,3}})(?![のはとでをが])"
        rf"|第[ 　]*(?P<nth>{N}|[{KANJI}]{{1,3}})[ 　]*[問题題])[ 　]*[】\])）〕》]?[ 　]*[.．:：、]?",
        rf"(?:(?i:question|frage|aufgabe|exercise|problem|item|no\.|câu(?: hỏi)?|bài(?: tập)?)|Q|Ｑ)"
        rf"[ 　]*(?P<number>{N}){BOLD}"
        r"(?:[.):：．]|[ ]-|\Z|(?=[ 　]*[(（]))",
        rf"(?P<number>{N}){BOLD}[.．、](?![0-9])",
        rf"(?P<number>{N})[)）]",
        rf"[(（](?P<number>{N})[)）]",
        rf"[\[【](?P<number>{N})[\]】]",
    )
)
IN_WORDS = ASKS[:2]
BOX, BEHIND = r"[【\[(（〔■●◆▶→⇒※]*[ 　]*", r"[ \t　]*(?P<rest>.*)"
SIGNED = r"[ 　]*[】\])）〕]{0,2}(?:\*\*|__)?[ \t　]*(?:[:：=＝](?:\*\*|__)?|"
OR_GAP = r"(?<=[】\])）〕])|(?=[ \t　])|\Z)"
ANSWER = re.compile(
    rf"{DRESS}{BOX}(?:(?:正解|正答|解答|(?:正确|正確|参考|參考|标准|標準)?答案|正确选项"
    rf"|答え?|回答|정답|모범 ?답안|답)(?:番号)?{SIGNED}は[、]?|{OR_GAP}"
    r"|(?i:(?:the )?(?:correct |right )?(?:answer|ans\.?)|(?:the )?(?:correct|right) (?:option|choice)|correct"
    rf"|(?:richtige )?antwort|lösung|réponse|respuesta|risposta|resposta|ответ"
    rf"|đáp (?:án|số)|trả lời){SIGNED}[ ](?i:is)\b:?"
    rf"|(?=[ ]+[(\[]?[A-Ja-j1-9][)\].]?[ ]*\Z)|\Z)){BEHIND}"
)
WHY = re.compile(
    rf"{DRESS}{BOX}(?:(?:解説|説明|考え方|理由|根拠|ポイント|(?:答案|试题|試題)?解析|详解|詳解|解释|解釋|해설|풀이){SIGNED}{OR_GAP}"
    r"|(?i:explanations?|reason(?:ing)?|rationale|feedback|why|comment|erklärung|begründung|explication|explicación"
    rf"|spiegazione|explicação|объяснение|lời giải|(?:hướng dẫn )?giải(?: thích| chi tiết)?){SIGNED}\Z)){BEHIND}"
)
WHY_BEHIND = re.compile(
    r"[ 　(（【\[](?:解説|解析|해설|(?i:explanation|reason|rationale|lời giải))(?:[】\]][:：]?|[:：])[ 　]*"
)
SECTION = re.compile(
    r"[ \t　]*(?:#{1,6}[ \t].*|第[0-9０-９一二三四五六七八九十]{1,4}[章節部回編].*|【[^】]{1,40}】"
    r"|[■□●◆◇▼▽★☆◎▲△][^。.!?！？]{1,40}|[-=*_・－―]{3,}"
    r"|(?i:(?:part|section|chapter|unit|teil|kapitel) (?:\d{1,3}|[ivx]{1,5}|[a-f])\b).{0,60})[ \t　]*"
)
READS = re.compile(  # what the questions below it are about
    r"(?i)(?:次|以下|下)の(?:文章|文|資料|表|会話|グラフ|英文)"
    r"|^(?:read|use|look at|refer to) (?:the|this)\b.*(?:passage|text|table|graph|information|following)"
)


def style_of(texts: Sequence[str]) -> re.Pattern[str] | None:
    """How questions are numbered: in words where some are, else as the first that is numbered; None where none is."""
    counts = {style: sum(style.match(text) is not None for text in texts) for style in ASKS}
    enough = [style for style in ASKS if counts[style] >= FEWEST]
    if enough and enough[0] in IN_WORDS:
        return enough[0]
    return next((style for text in texts for style in enough if style.match(text)), None)


def split(said: str) -> tuple[str, list[str]]:
    """(an answer, its explanation) of a line that holds both."""
    found = WHY_BEHIND.search(f" {said}")
    if found is None:
        return said, []
    closes = ")）" if found[0][0] in "(（" else ""
    return said[: max(0, found.start() - 1)].rstrip(), [f" {said}"[found.end() :].rstrip(closes)]


def number(said: str) -> str:
    """As it is compared: １, 一 and 01 are 1."""
    plain = said.translate(str.maketrans("０１２３４５６７８９－‐", "0123456789--"))
    return str(KANJI.index(plain) + 1) if len(plain) == 1 and plain in KANJI else plain.lstrip("0")
