"""Tells whether an answer refuses, by a short list of openings; what is not on it counts as no refusal.

Used only to mark harmless-data records ("unsafe": the prompt was really refused). The list is deliberately narrow: a
missed refusal leaves `safety` open (None), a wrong one would teach refusing. The patterns look at the first
200 characters, where people who refuse say so.
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
    r"do that|do this|advise|explain|encourage)"
    r"|\bI(?:'m| am) not (?:able|going|willing|comfortable|allowed) (?:to )?"
    r"(?:help|assist|answer|provide|giv|tell|teach|show|do|shar|discuss|with)"
    r"|\bI (?:do not|don't) (?:want|feel comfortable|think I (?:can|should)) "
    r"(?:to )?(?:help|answer|tell|provide|giv|shar|do)"
    r"|\bI must (?:decline|refuse)\b|\bI (?:refuse|decline) to\b",
    re.IGNORECASE,
)
JAPANESE = re.compile(
    r"(?:お手伝い|お答え|回答|協力|お教え|ご案内|対応|支援)(?:は|することは|は一切)?(?:でき(?:ません|かね)|いたしかね|しかね)"
    r"|(?:申し訳|すみません|ごめんなさい).{0,40}(?:できません|いたしかね|できかね)"
)


def refuses(answer: str) -> bool:
    opening = answer[:OPENING].replace("\u2019", "'")
    if AGREES.match(opening):
        return False
    return ENGLISH.search(opening) is not None or JAPANESE.search(opening) is not None
