"""What somebody who went over short answers wrote behind them: "300 ✗", "Rome (WRONG - it is Ankara)", "12 (correct)".

A mark is one only where it can hardly be (a part of) the answer: not in a formula, a program or a sentence, and a sign
only behind a fact that is asked for, since "❌" may say that something is not allowed, and "○" be what is asked for.
"""

from __future__ import annotations

import re

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.parsed_row import Skip

LONGEST, LONGEST_BODY = 120, 60  # characters: of all of it, of what stands before the mark
RIGHT_SIGNS, WRONG_SIGNS = "✓✔✅☑○◯〇", "✗✘❌✕×"
VARIANT = "\ufe0f"  # behind a sign that is to be shown as a picture
ENDS = frozenset(f"{RIGHT_SIGNS}{WRONG_SIGNS}{VARIANT})）]】!.GTH")
_GOES_ON = r"(?:\s*[-–—:：;,、。.!！=→]|\s+(?:it|that|the answer|should|must|see)\b)[^()（）\[\]]*"
WRONG = re.compile(
    r"\s*(?:[(（\[【](?i:wrong|incorrect|not correct|falsch|incorrect[oe]|不正解|誤答|誤り|間違い)"
    rf"(?:{_GOES_ON})?[)）\]】]"
    r"|\s[-–—:]?\s*(?:WRONG|INCORRECT|FALSCH))[.!]*"
)
RIGHT = re.compile(r"\s*[(（\[【](?i:correct|richtig|correcto|正解|正答)[!！]?[)）\]】][.!]*")
SIGN = re.compile(
    rf"(?P<body>.*?\S)(?:[ \t　]+(?P<apart>[{RIGHT_SIGNS}{WRONG_SIGNS}])|(?P<close>[✓✔✅☑✗✘❌])"
    rf"|[ \t　]*[(（\[](?P<boxed>[{RIGHT_SIGNS}{WRONG_SIGNS}]){VARIANT}?[)）\]]){VARIANT}?"
)
ABOUT_WORDS = re.compile(
    r"(?i)correct|right|wrong|error|mistake|false|true|falsch|richtig|grammat|spell|feedback|grade|正|誤|間違|○|×"
)
ABOUT_SIGNS = re.compile(
    rf"(?i)[{RIGHT_SIGNS}{WRONG_SIGNS}]|symbol|sign\b|mark|emoji|icon|tick|check|cross|formula|operator|character|status"
    r"|記号|マーク|印|絵文字|まる|ばつ|マル|バツ|丸|式|演算|伏せ字|状況|状態"
)
OF_FACTS = re.compile(
    r"(?i)\b(?:what|which|who|whom|whose|when|where|how (?:many|much|old|long|far|tall|high|big|often))\b"
    r"|何|誰|だれ|どこ|いつ|どれ|どの|どちら|いくつ|いくら|は[？?]?$"
    r"|\b(?:was|wer|wie viele?|wann|wo|welche[rsnm]?|quel(?:le)?s?|cuál|quién|cuánt[oa]s?)\b"
)
WHETHER = re.compile(  # it may be, is wanted, is there
    r"(?i)\b(?:not|no|never|without|allow\w*|permit\w*|forbid\w*|forbidden|prohibit\w*|avoid\w*|should|may|must|can|could"
    r"|worst|bad|includ\w*|support\w*|available|features?|plans?|rules?|tips?|options?|darf|dürfen|verboten|erlaubt|nicht)\b"
    r"|n['’]t\b|ない|禁止|ダメ|だめ|駄目|可能|できる|できます|いけ|べき|NG|対応|含ま"
)
SENTENCE = re.compile(
    r"[.!?。！？:：,、=→「“\"'`]$|[`{};\\<>=^]|\b(?:an?|the|is|are|was|by|with|of|as|or|and)$|[はがをのにでと]$"
)
NUMBER = re.compile(r"[\d.,]+\s*[^\W\d_]{0,8}")


def without(asked: str, answer: str) -> str:
    """The answer without the mark that calls it right. Raises Skip for one that is marked wrong."""
    said = answer.strip()
    if len(said) > LONGEST or said[-1:] not in ENDS or "\n" in said:
        return answer
    if not ABOUT_WORDS.search(asked):
        for mark, is_wrong in ((WRONG, True), (RIGHT, False)):
            body = _before(mark, said)
            if body and is_wrong:
                raise Skip(drop_reasons.LABELLED_BAD)
            if body:
                return body
    return _without_sign(asked, said) or answer


def _before(mark: re.Pattern[str], said: str) -> str:
    """A short body before a mark that ends the answer; none where there is no such mark."""
    found = next((found for found in mark.finditer(said) if found.end() == len(said)), None)
    body = said[: found.start()].rstrip() if found is not None else ""
    return body if len(body) <= LONGEST_BODY else ""


def _without_sign(asked: str, said: str) -> str:
    found = SIGN.fullmatch(said)
    if found is None or ABOUT_SIGNS.search(asked) or not OF_FACTS.search(asked):
        return ""
    sign, body = found["apart"] or found["close"] or found["boxed"], found["body"].rstrip()
    if len(body) > LONGEST_BODY or SENTENCE.search(body) or body[-1] in RIGHT_SIGNS + WRONG_SIGNS:
        return ""
    if sign in "×○◯〇" and re.search(r"[\d+*/÷-]", body) and not NUMBER.fullmatch(body):
        return ""
    if sign in RIGHT_SIGNS:
        return body
    if WHETHER.search(asked) or WHETHER.search(body):
        return ""
    raise Skip(drop_reasons.LABELLED_BAD)
