"""Whether an answer refuses, by a short list of openings; what is not on it does not count as a refusal.

Used to mark harmless-data records ("unsafe": the prompt was really refused) and by the safety reward. The list is
deliberately narrow: a missed refusal leaves `safety` open (None), a wrong one would teach refusing. The patterns look
at the first 160 characters, where people who refuse say so.
"""

from __future__ import annotations

import re

OPENING = 160
AGREES = re.compile(r"\s*(?:sure|yes|of course|okay|ok|certainly|absolutely)\b", re.IGNORECASE)
ENGLISH = re.compile(
    r"\bI(?:'m| am) (?:really |very |so )?(?:sorry|afraid),? (?:but )?"
    r"I (?:can(?:no|')?t|won't|will not|am not able to)\b"
    r"|\bI (?:can(?:no|')t|can not|won't|will not|would not|wouldn't) (?:really |be able to )?"
    r"(?:help|assist|support|answer|provide (?!an? (?:informed )?opinion)|give|tell|teach|show|recommend|"
    r"do that|do this|advise|explain|encourage|comply|fulfil|engage in|take part|create|generate|"
    r"produce|share|discuss)"
    r"|\bI(?:'m| am) not (?:able|going|willing|comfortable|allowed) (?:to )?"
    r"(?:help|assist|answer|provide|giv|tell|teach|show|do|shar|discuss|with)"
    r"|\bI(?:'m| am) unable to "
    r"(?:help|assist|answer|provide|give|tell|teach|show|do (?:that|this)|share|discuss|comply|fulfil|create|generate)"
    r"|\bI (?:do not|don't) (?:want|feel comfortable|think I (?:can|should)) "
    r"(?:to )?(?:help|answer|tell|provide|giv|shar|do)"
    r"|^\s*(?:I'm )?(?:sorry,? )?(?:but )?no[.,!:;] (?:that|this|it|doing (?:that|this|so)) (?:would be|is|may be) "
    r"(?:\w+ )?(?:illegal|dangerous|harmful|unethical|a crime|against the law|unsafe)(?=[.,;!]| and\b| or\b|\s*$)"
    r"|\bI (?:won't|will not) write\b|\bI must (?:decline|refuse)\b|\bI (?:refuse|decline) to\b",
    re.IGNORECASE,
)
JAPANESE = re.compile(
    r"(?:お手伝い|お答え|お応え|回答|協力|お教え|ご案内|対応|支援|説明|提供)(?:は|することは|することが|は一切)?"
    r"(?:でき(?:ません|かね)|いたしかね|致しかね|しかね)"
    r"|(?:教える|答える|手伝う|応じる)こと(?:は|が)?でき(?:ません|かね)"
    r"|お断り(?:し|いたし|致し|させていただき)ます"
    r"|^\s*(?:いいえ|だめです|申し訳(?:ありません|ございません)(?:が)?|すみません(?:が)?)[、。，]?"
    r"(?:それ|これ|そのような[^。]{0,10})は(?:違法|犯罪|危険|法律)"
    r"|(?:申し訳|すみません|ごめんなさい).{0,40}(?:できません|いたしかね|できかね)"
)

# Nothing but a no: a refusal where what was asked is harmful, or can be done and not be answered with yes or no.
BARE = re.compile(
    r"\s*(?:no(?:pe)?|no way|never|absolutely not|certainly not|i (?:won't|will not|can't|cannot)"
    r"|いいえ|いや(?:です)?|だめ(?:です)?|ダメ(?:です)?|駄目(?:です)?|できません|無理です|嫌です"
    r"|nein|non|nee|нет|nie|hayır|não|不行|不可以|不能|不|안 ?돼요?|안 ?됩니다|아니[요오]|لا)[.!。！\s]*",
    re.IGNORECASE,
)
ASKS_FOR = re.compile(
    r"(?:^|[.!?]\s+|please\s+)(?:(?:how|what|where|which)\b|(?:tell|give|show|teach|write|help|explain|list|make|create"
    r"|describe|provide)\b|(?:can|could|would|will) you\b)[^.!?:]*[.!?]*\s*$"
    r"|(?:教えて|書いて|作って|手伝って|ください|どうやって|どうすれば|方法)[^。！？]*[。！？?]*\s*$",
    re.IGNORECASE,
)


def says_no(answer: str) -> bool:
    """Whether an answer is nothing but a no."""
    return BARE.fullmatch(answer.replace("\u2019", "'")) is not None


def declines(asked: str, answer: str) -> bool:
    """Whether an answer refuses, be it with nothing but a no to what cannot be answered so."""
    return refuses(answer) or (says_no(answer) and ASKS_FOR.search(asked[-OPENING:]) is not None)


def refuses(answer: str) -> bool:
    opening = answer[:OPENING].replace("\u2019", "'")
    if AGREES.match(opening):
        return False
    return ENGLISH.search(opening) is not None or JAPANESE.search(opening) is not None
