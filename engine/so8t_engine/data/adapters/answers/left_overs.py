"""What tables and programs leave where a question or an answer should stand: totals, second headers, words for none.

A word that may be an answer as well ("None", "なし") stands for none only where the question asks for something else.
"""

from __future__ import annotations

import re

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import column_words
from so8t_engine.data.adapters.answers import placeholders, words_for_none
from so8t_engine.data.adapters.parsed_row import NO_INPUT, Skip
from so8t_engine.sentences import Sentence

LONGEST = 24  # characters: no word for none has as many
TAIL = 120  # characters at the end of an answer, where an error message stands
NONE = frozenset((
    "n/a", "n.a.", "(n/a)", "nan", "nat", "(blank)", "[blank]", "<blank>", "(empty)", "[empty]", "<empty>", "(none)",
    "[none]", "<none>", "(null)", "[null]", "<null>", "(no answer)", "no answer", "no response", "(no response)",
    "not answered", "unanswered", "not available", "tbc", "t.b.d.", "#nv", "#wert!", "#bezug!", "#n/d", "#valeur!",
    "#valor!", "#error!", "#spill!", "#calc!", "未回答", "無回答", "回答なし", "未入力", "空欄", "空白", "(空欄)",
    "(空白)",
    "(なし)", "(未回答)", "(回答なし)", "未設定", "未対応", "ー", "ーー", "‐", "~", "同上", "(同上)", "〃", "上に同じ",
))  # fmt: skip
SWITCHES = frozenset(("on", "off", "yes", "no", "true", "false"))  # that are called "reasoning"
OF_CODE = frozenset(("null", "undefined", "nil"))  # which a program may well give
NO_ANSWER_OR = frozenset(("none", "none.", "なし", "無し", "特になし", "該当なし", "なし。"))
ASKS_FOR_MORE = re.compile(
    r"(?i)^(?:why|how(?! (?:many|much|often|long))|when|where)\b"
    r"|なぜ|どうして|どのよう|どうやって|どうすれば|どうしたら|とは(?:何|どう|$|[？?])|何時|いつ|どこ|誰|どういう|意味"
)
OF_ONE_WORD = re.compile(  # what a word means: "What is hail?"
    r"(?i)what (?:is|are) (?:an? |the )?(?!(?:left|wrong|missing|new|next|different|common|needed|required|changed"
    r"|included|true|false|correct|available|open|free)\b)[a-z-]+ ?\?"
)
ASKS_FOR_CODE = re.compile(
    r"(?i)null|undefined|nil\b|json|script|python|java|sql|code|return|print|output|\bapi\b|[`{}=]|値|変数|関数"
)
FORMULA = re.compile(r"=\s*[+-]?(?:[A-Z][A-Z0-9.]*\(|(?:'?[\w ]+'?!)?\$?[A-Z]{1,3}\$?\d+\b)")
OF_SHEETS = re.compile(
    r"(?i)excel|sheet|formula|cell|column|function|range|\b[a-z]\d|エクセル|シート|関数|数式|セル|計算式|列"
)
TOTAL = re.compile(
    r"(?i)(?:(?:grand |sub)?-?total|totals|sum|average|mean|count|合計|総計|小計|総数|計|平均|件数|総件数|合計件数)"
    r"[^\S\n]*[:：]?"
)
FIGURE = re.compile(
    r"(?i)[¥$€]?[-+]?[\d,.]+\s*(?:件|個|問|行|点|人|円|%|％|rows?|items?|questions?|answers?|entries|records)?"
)
NOTE = re.compile(r"[※＊][^\n？?。]{1,30}(?<![いうかてよる])")
LONGEST_HEADING = 80
POINTS = re.compile(r"(?i)(?:see|see also|sources?|links?|contacts?|参考|参照|出典|備考|注記?)\s*[:：]")
ENDED = re.compile(r"[.!?。！？]$")
GREETINGS = frozenset((
    "hi", "hello", "hey", "good morning", "good evening", "good afternoon", "good night", "bye", "goodbye", "thanks",
    "thank you", "こんにちは", "こんばんは", "おはよう", "おはようございます", "さようなら", "ありがとう", "おやすみ",
    "ありがとうございます", "おやすみなさい", "よろしくお願いします", "お疲れ様です",
))  # fmt: skip
FAILED = (
    r"tim(?:ed|e)[ -]?out|timeout|rate limit\w*|too many requests|internal server error|service unavailable|bad gateway"
    r"|connection \w+|network error|overloaded|quota|max retries|context length"
)
ERROR = re.compile(
    rf"(?:^|(?<=[.!?。！？\s]))(?:\[?error\]?\s*[:：]\s*(?:[\w' -]*(?:{FAILED})[\w' -]*|[45]\d\d\b[^\n]*)|\[error\]"
    r"|(?:the )?(?:request|connection) timed out|rate limit (?:exceeded|reached)|internal server error"
    r"|(?:an|there was an) error (?:occurred while|generating|processing)[\w' -]*|error generating (?:a |the )?response"
    r"|(?:sorry, )?something went wrong(?:[.!,]* (?:please )?try again[\w ]{0,16})?"
    r"|エラー\s*[:：]\s*[^\n。]{0,40}|エラーが発生しました(?:[。、]?(?:もう一度|再度|後ほど|しばらく)[^\n。]{0,24})?|(?:リクエスト|接続)が?タイムアウト(?:しました|です)?"
    r")[.!。！]*\s*$",
    re.IGNORECASE,
)
OF_ERRORS = re.compile(
    r"(?i)error|エラー|time ?d? ?out|タイムアウト|\bhttp|status|exception|\blogs?\b|server|message|translate|訳"
)
MAY_FAIL = re.compile("rror|ERROR|timed out|imit|went wrong|エラー|タイムアウト")
TRACE = "Traceback (most recent call last)"
OF_PROGRAMS = re.compile(r"(?i)trace|python|code|program|script|print|run|raise|```")
ASKS, ANSWERS = frozenset(column_words.PROMPT), frozenset((*column_words.RESPONSE, *column_words.ANSWER))
BRACKETS = str.maketrans("（）［］＜＞「」〔〕", "()[]<>()()")


def refuse(asked: str, answer: str) -> None:
    """Raises Skip for a row that is no question with its answer."""
    reason = _reason(asked.strip(), answer.strip())
    if reason is not None:
        raise Skip(reason)


def _reason(asked: str, answer: str) -> Sentence | None:
    if NOTE.fullmatch(asked) or (TOTAL.fullmatch(asked) and FIGURE.fullmatch(answer)):
        return drop_reasons.OF_TABLE
    if asked.lower() in ASKS and answer.lower() in ANSWERS:
        return drop_reasons.OF_TABLE
    if len(asked) <= LONGEST_HEADING and _is_heading(asked, answer):
        return drop_reasons.OF_TABLE
    if answer[:1] == "=" and FORMULA.match(answer) and not OF_SHEETS.search(asked):
        return drop_reasons.NO_ANSWER
    none = is_none(asked, answer)
    if none or placeholders.is_one(asked, answer):
        if (none or answer.isalpha()) and words_for_none.is_asked_for(asked, answer):
            return None
        return drop_reasons.NO_ANSWER if none else drop_reasons.PLACEHOLDER
    if answer.startswith(TRACE) and not (OF_PROGRAMS.search(asked) or OF_ERRORS.search(asked)):
        return drop_reasons.NO_ANSWER
    tail = answer[-TAIL:]
    if MAY_FAIL.search(tail) and ERROR.search(tail) and not OF_ERRORS.search(asked):
        return drop_reasons.NO_ANSWER
    return None


def _is_heading(asked: str, answer: str) -> bool:
    """A section's title or a footnote over all cells of a line, or what only points elsewhere."""
    if POINTS.fullmatch(asked):
        return True
    return asked == answer and asked.lower() not in GREETINGS and (asked[:1] in "*＊※" or not ENDED.search(asked))


def is_no_thought(text: str) -> bool:
    """Whether a reasoning is none, but a word for that or a switch."""
    word = _word(text)
    return word in SWITCHES or word in NONE or word in OF_CODE or word in NO_ANSWER_OR or text.strip() in NO_INPUT


def is_none(asked: str, answer: str) -> bool:
    """Whether a short answer says that there is none, and not that none is right."""
    word = _word(answer)
    if word in asked.lower():
        return False
    if word in NONE:
        return True
    if word in OF_CODE:
        return not ASKS_FOR_CODE.search(asked)
    return word in NO_ANSWER_OR and bool(ASKS_FOR_MORE.search(asked) or OF_ONE_WORD.fullmatch(asked))


def _word(text: str) -> str:
    return text.strip()[:LONGEST].translate(BRACKETS).lower()
