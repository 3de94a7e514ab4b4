"""How a text says at its end what its answer is, in the languages that people write: "the answer is", 答案是, 정답은.

What may be said of any result (das Ergebnis ist klar) counts before numbers and letters alone.
"""

from __future__ import annotations

import re

from so8t_engine.data.adapters.answers import closings

ELSEWHERE = (  # "the answer is" in other languages
    r"(?:(?:also|daher|somit|donc|ainsi|por (?:lo )?tanto|entonces|quindi|perciò|portanto|logo),? )?(?:die|la|a)"
    r" (?:(?:richtige|endgültige|finale|bonne) )?(?:antwort|réponse|respuesta|risposta|resposta)"
    r"(?: (?:finale|correcte|final|correcta|corretta|correta))? (?:lautet|ist|est|es|è|é)(?: ?:)?(?=\s)"
    r"|(?:(?:所以|因此|故)[，,]?)?(?:最终)?答案(?:是|为|為)[:：]?"
)
IN_ELSEWHERE = ("ntwort", "ponse", "spuesta", "isposta", "esposta", "答案")
# What is too loose to part a working from its result, and enough to hold the two against each other.
_SO = (
    r"(?:(?:also|daher|somit|deshalb|folglich|demnach|donc|ainsi|por (?:lo )?tanto|por eso|entonces|quindi|perciò"
    r"|portanto|logo|следовательно|значит|итак|따라서|그러므로|그래서),? )?"
)
_PLAIN = r"(?=[-+$€£¥]?\d|\(?[A-J]\)?(?!\w))"
_OF_GERMAN = r"(?:(?:richtige|korrekte|endgültige|finale) )?(?:antwort|lösung)"
_OPTION = r"(?:opción|alternativa|option|opzione|opção)"
_ALSO = (
    rf"{_SO}(?:(?:die|la|a) )?(?:(?:richtige|korrekte|endgültige|finale|bonne) )?"
    rf"(?:antwort|lösung|réponse|respuesta|risposta|resposta|{_OPTION})"
    r"(?: (?:finale|correcte|final|correcta|corretta|correta|certa))? (?:lautet|ist|est|es|è|é)"
    r"(?: (?:also|daher|somit|la|le|a|el|il|o)(?= ))?(?: ?:)?(?=\s)"
    rf"|{_SO}(?:lautet|ist) (?:also |somit )?(?:die|das) (?:{_OF_GERMAN}|ergebnis(?=:? {_PLAIN}))(?: ?:)?(?=\s)"
    rf"|{_SO}(?:das|le|el|il|o) (?:ergebnis|résultat|resultado|risultato) (?:lautet|ist|est|es|è|é)(?: ?:)? {_PLAIN}"
    r"|(?:antwort|lösung|réponse|respuesta|risposta|resposta)"
    r"(?: (?:finale|correcte|final|correcta|corretta|correta))? ?:"
    rf"|{_SO}(?:(?:правильный|верный|окончательный) )?ответ ?[:—–-]"
    r"|(?:(?:所以|因此|故|因而|综上)[，,、]?)?【?(?:最终|正确|最終|正確)*答案(?:】[:：]?|应?(?:是|为|為|选|選)[:：]?|[:：])"
    r"|(?:(?:所以|因此|故|因而|综上|本题|应)[，,、]?)+(?:应该?)?(?:选择?|選擇?)(?:项|項)? ?(?=\(?[A-J\d])"
    rf"|{_SO}(?:정답|답)(?:은|:|：)(?=\s)|{_SO}정답(?= [A-J①-⑩\d])"
)
_IN_ALSO = (
    "ösung", "rgebnis", "sultat", "sultado", "sultato", "opci", "opzi", "opç", "option", "lternativa", "вет",
    "选", "選", "답",
)  # fmt: skip
SAID = re.compile(
    r"(?:^|(?<=[.!?。，,、;；\s*]))(?:(?:(?:So|Therefore|Thus|Hence),? )?(?:the )?(?:final |correct |right )?answer"
    r"(?: is| must be|:)\s*:?(?: (?:clearly|therefore|thus|definitely)(?= ))?"
    rf"|(?:{closings.LEADS_JA})?(?:答え|正解|正答)は?[、:：]?"
    rf"|{ELSEWHERE}|{_ALSO})\s*([^\n]{{1,60}}?)"
    r"(?:です|である|になります|となります|となる|だ|이다|입니다|이에요|예요|이 됩니다|项|項)?[.。]?\s*$",
    re.IGNORECASE,
)
CALLED_RIGHT = re.compile(  # A가 정답이다, also ist Antwort A richtig, Aが正しい, ゆえに北岳が正解
    r"(?:^|(?<=[.!?。、,\s]))(?:([A-J①-⑩])(?:가|이|번이) 정답(?:이다|입니다|이에요)?"
    r"|(?i:(?:ist )?(?:antwort|option) )\(?([A-J])\)?(?i:(?: ist)? (?:die )?(?:richtige?|korrekte?)(?: antwort)?)"
    r"|([A-J])が(?:正しい|正解|適切)(?:です|である|だ)?"
    r"|(?:よって|したがって|従って|ゆえに|だから|それで)[、,]?([一-龠々]{2,8}|[ァ-ヴー・]{2,12})"
    r"が(?:正解|正しい答え)(?:です|である|だ)?)"
    r"[.。]?\s*$"
)
RIGHT_WORDS = ("정답", "richtig", "korrekt", "が正解", "が正しい", "が適切")
ANSWER = ("nswer", "ANSWER", *IN_ELSEWHERE, *_IN_ALSO, "答え", "正解", "正答")


def of(tail: str) -> str | None:
    """What the end of a text calls its answer; None where it calls nothing so."""
    match = SAID.search(tail) if any(map(tail.__contains__, ANSWER)) else None
    if match is None and any(map(tail.__contains__, RIGHT_WORDS)):
        match = CALLED_RIGHT.search(tail)
    return next(filter(None, match.groups()), None) if match is not None else None
