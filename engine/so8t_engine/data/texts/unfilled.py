"""Holes of a template that nobody has filled in: an answer with them answers nobody ("call {{Phone Number}}").

Not where they are asked for: a letter to be signed by "[Your Name]", a template, code; nor where the question has them.
"""

from __future__ import annotations

import re

from so8t_engine.data.texts.markup import CODE

_OF = (
    r"(?:customer|client|user|company|organi[sz]ation|business|brand|website|account|order|invoice|tracking|phone|contact"
    r"|email|e-mail|support|product|service|store|agent|manager|recipient|sender|first|last|full|your|my|our|insert|enter)"
)
_WHAT = (
    r"(?:name|number|id|address|url|link|email|e-mail|phone|date|time|amount|price|city|title|hours|department|details?"
    r"|here|information|website|company|position|username)"
)
BRACES = re.compile(r"\{\{\s*[A-Za-z]+(?:[ /'-]+[A-Za-z]+)+\s*\}\}|\{\{\s*[A-Z][A-Za-z]+\s*\}\}")
HOLE = re.compile(  # begins with a sign, so that most texts are passed over quickly
    r"[\[{<［【](?:"
    rf"(?<=\[)(?:(?:insert|enter|your|my|our) [\w '/-]{{2,40}}|{_OF}(?:'s)?[ _]{_WHAT})\](?!\()"  # else a link
    r"|(?<=\[)(?:url|link|phone number|company)\](?!\()|(?<=[$€£¥]\[)[\w ]+\]"
    rf"|(?<=\{{){_OF}[ _]{_WHAT}\}}|(?:(?<=hello .)|(?<=hi .)|(?<=dear .))\w+[>}}]|(?<=<)(?:insert|your) [\w ]{{2,30}}>"
    r"|(?<=[\[［【])(?:お名前|氏名|会社名|貴社名|商品名|住所|電話番号|メールアドレス|あなたの名前|ご担当者名)[\]］】])",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"(?<![\w-])(?:\(?[Xx]{3}\)?[- ][Xx]{3}-[Xx]{4}|0\d{0,3}-[Xx]{4}-[Xx]{4}|[Xx]{3,4}-[Xx]{3,4}(?:-[Xx]{4})?)"
    r"(?![A-Za-z\d-])|0\d{0,3}-[○〇×]{2,4}-[○〇×]{4}"
)
TAG = re.compile("<[A-Za-z]")
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
    holes = [hole for hole, may_be in _of_signs(answer) if may_be and hole.search(answer)]
    if not braces and not holes:
        return False
    words, said = CODE.sub("", answer), asked.lower()
    if braces and _left(BRACES, words, said) and not OF_TEMPLATES.search(BRACES.sub("", asked)):
        return True
    return any(_left(hole, words, said) for hole in holes) and not TO_FILL_IN.search(BRACES.sub("", asked))


def _of_signs(answer: str) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Told by characters, which is quick: most answers have none."""
    marked = "[" in answer or "{" in answer or ("<" in answer and TAG.search(answer) is not None)
    numbered = "XX-" in answer or "xx-" in answer
    if not answer.isascii():
        marked = marked or "［" in answer or "【" in answer
        numbered = numbered or "-○" in answer or "-〇" in answer or "-×" in answer
    return (HOLE, marked), (NUMBER, numbered)


def _left(hole: re.Pattern[str], answer: str, asked: str) -> bool:
    return any(found[0].lower() not in asked for found in hole.finditer(answer))
