"""Holes of a template that nobody has filled in: an answer with them answers nobody ("call {{Phone Number}}").

Not where they are asked for: a letter to be signed by "[Your Name]", a template, code; nor where the question has them.
"""

from __future__ import annotations

import re

from so8t_engine.data.markup import CODE

_OF = (
    r"(?:customer|client|user|company|organi[sz]ation|business|brand|website|account|order|invoice|tracking|phone|contact"
    r"|email|e-mail|support|product|service|store|agent|manager|recipient|sender|first|last|full|your|my|our|insert|enter)"
)
_WHAT = (
    r"(?:name|number|id|address|url|link|email|e-mail|phone|date|time|amount|price|city|title|hours|department|details?"
    r"|here|information|website|company|position|username)"
)
BRACES = re.compile(r"\{\{\s*[A-Za-z]+(?:[ /'-]+[A-Za-z]+)+\s*\}\}|\{\{\s*[A-Z][A-Za-z]+\s*\}\}")
HOLE = re.compile(
    rf"\[(?:insert|enter|your|my|our) [\w '/-]{{2,40}}\]|\[{_OF}(?:'s)?[ _]{_WHAT}\]"
    r"|\[(?:url|link|phone number|company)\](?!\()"
    rf"|\{{{_OF}[ _]{_WHAT}\}}|(?:hello|hi|dear) (?:<\w+>|\{{\w+\}})|<(?:insert|your) [\w ]{{2,30}}>|[$€£¥]\[[\w ]+\]"
    r"|(?<![\w-])(?:\(?x{3}\)?[- ]x{3}-x{4}|0\d{0,3}-x{4}-x{4}|x{3,4}-x{3,4}(?:-x{4})?)(?![a-z\d-])"
    r"|0\d{0,3}-[○〇×]{2,4}-[○〇×]{4}"
    r"|[\[［【](?:お名前|氏名|会社名|貴社名|商品名|住所|電話番号|メールアドレス|あなたの名前|ご担当者名)[\]］】]",
    re.IGNORECASE,
)
OF_TEMPLATES = re.compile(
    r"(?i)template|placeholder|jinja|handlebars|mustache|liquid|\bvue|angular|django|helm|ansible|github|yaml|html|json"
    r"|code|program|script|prompt|slot|variable|syntax|format|\{\{|テンプレ|ひな形|雛形|コード|変数|プロンプト|構文|書式"
)
TO_FILL_IN = re.compile(  # what somebody signs or fills in themselves
    rf"{OF_TEMPLATES.pattern}|letter|e-?mail|\bmail\b|\bform\b|draft|compose|writ(?:e|ing)|message|resum|\bcv\b|cover|contract"
    r"|agreement|invoice|notice|memo|speech|\bcard|invitation|announce|\bpost\b|tweet|\bbio\b|proposal|report|review"
    r"|certificate|blank|\bfill|example|sample|generate|create|prepare|outline|essay|story|poem|function|\bcli\b|command"
    r"|\bapi\b|advert|slogan|respond|reply"
    r"|手紙|メール|文面|様式|例文|書い|作成|作って|文章|案内|履歴書|契約|依頼|挨拶|返信|スピーチ|プログラム|関数"
)


def has_holes(asked: str, answer: str) -> bool:
    """Whether an answer has holes that its question does not have, nor ask for."""
    braces = "{{" in answer and BRACES.search(answer)
    holes = _may_have_holes(answer) and HOLE.search(answer)
    if not braces and not holes:
        return False
    words, said = CODE.sub("", answer), asked.lower()
    if braces and _left(BRACES, words, said) and not OF_TEMPLATES.search(BRACES.sub("", asked)):
        return True
    return bool(holes) and _left(HOLE, words, said) and not TO_FILL_IN.search(BRACES.sub("", asked))


def _may_have_holes(answer: str) -> bool:
    """Told by characters, which is quick: most answers have none."""
    return (
        "[" in answer or "{" in answer or "<" in answer or "XX" in answer or "xx-" in answer or "［" in answer
        or "【" in answer or "-○" in answer or "-〇" in answer or "-×" in answer
    )  # fmt: skip


def _left(hole: re.Pattern[str], answer: str, asked: str) -> bool:
    return any(found[0].lower() not in asked for found in hole.finditer(answer))
