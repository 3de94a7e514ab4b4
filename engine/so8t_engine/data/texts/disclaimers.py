"""Answers that only say what a language model is or lacks: "As an AI language model, I don't have access to ...".

Each of their sentences must be of that kind; one that goes on to answer is left, and so is one whose question is about
the model itself, and a refusal, which safety is learnt from (refusals.py).
"""

from __future__ import annotations

import re

from so8t_engine.data.texts.refusals import refuses

LONGEST = 600  # characters
OPENING = 80
NAMES = ("AI", "anguage model", "rtificial intell", "言語モデル", "人工知能")  # quickly looked for
IS_ONE = re.compile(
    r"(?i)\b(?:as|i am|i'm)(?: just| only| merely)? an? (?:artificial intelligence|ai|(?:large )?language model)\b"
    r"|(?:私は|わたしは)?(?:AI|人工知能|大規模言語モデル|言語モデル)(?:言語モデル|アシスタント|モデル)?(?:として|なので|である(?:私|ため)|ですので)",
)
SENTENCE = re.compile(r"[^.!?。！？\n]+(?:[.!?。！？]+|\n|\Z)")
GOES_ON = re.compile(r"[,;]? (?:but|however|though),? |が、")
DISCLAIMS = re.compile(
    r"(?i)\bI(?: do not|\s?don't| cannot| can't| can not|'m not able| am not able|'m unable| am unable| lack| have no"
    r"|'m not| am not|'m just| am just|'m only|'m an?\b| am an?\b| apologi[sz]e|'m sorry| am sorry)\b"
    r"|\bmy (?:training|knowledge) (?:data|cut-?off|only)\b"
    r"|\b(?:please|you (?:should|may want to|can)) (?:\w+ ){0,2}(?:consult|check|refer|contact|visit|seek)\b"
    r"|\b(?:let me know|feel free|if you have any|is there anything|how can i (?:help|assist))\b"
    r"|持っていません|ありません|できません|できかねます|存在しません|わかりません|分かりません|お問い合わせください"
    r"|ご確認ください|ご相談ください|お勧めします|申し訳|お知らせください"
)
OF_ITSELF = re.compile(
    r"(?i)\b(?:ai|artificial intelligence|language model|llm|chat ?bot|chatgpt|gpt|assistant|robot|machine|computer)s?"
    r"\b|\b(?:are|can|could) you\b|\bdo you (?:have|know|feel|remember|think|dream|sleep)\b|\bwho are you\b"
    r"|人工知能|AI|言語モデル|ボット|あなた(?:は|に|の)"
)


def is_one(asked: str, answer: str) -> bool:
    if len(answer) > LONGEST or not any(name in answer[:OPENING] for name in NAMES):
        return False
    said = answer.replace("\u2019", "'")
    if IS_ONE.search(said, 0, OPENING) is None or refuses(said) or OF_ITSELF.search(asked):
        return False
    parts = SENTENCE.findall(GOES_ON.sub(". ", said))
    return all(DISCLAIMS.search(part) for part in parts if part.strip(" .!?。"))
