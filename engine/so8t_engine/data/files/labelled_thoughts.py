"""Lines of thought behind a label of their own between a question and its answer, or below it: "Solution:", 解説：.

What only helps to find the answer ("Hint:") is a part of the question, and a solution that somebody has still to judge
is what the question is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Of how an answer is found or why it is right; what may be (a part of) the answer itself only above it.
WHY = (
    r"explanations?|reasoning|rationale|workings?(?: out)?|worked solution|(?:step[- ]by[- ]step|chain of) \w+"
    r"|thoughts?|考え方|思考|解説|解析|详解|詳解|해설|途中式|(?:途中の)?計算|erklärung|begründung|rechenweg|lösungsweg|explication"
    r"|explicación|spiegazione|explicação|объяснение"
)
HOW = (
    r"solution|solving|calculation|steps|解き方|解法|풀이"
    r"|解题过程|解題過程|(?:lời |bài |hướng dẫn )giải(?: chi tiết)?|方針|理由|式|lösung|rechnung|solución|soluzione"
)


def _label(words: str) -> re.Pattern[str]:
    label = rf"(?P<word>(?i:{words}))[ \t]*\d{{0,3}}[ \t]*"
    bold = rf"(?P<open>\*\*|__){label}(?:(?P<close>\*\*|__)[:：]|[:：](?P<late>\*\*|__)?)"
    plain = label.replace("<word>", "<plain>")
    boxed = rf"[【\[]{label.replace('<word>', '<boxed>')}[】\]][:：]?"
    return re.compile(rf"[ \t　]*(?:[-*+][ \t]+|>[ \t]*)?(?:{bold}|{plain}[:：]|{boxed})[ \t　]*")


ABOVE, BELOW = _label(f"{WHY}|{HOW}"), _label(WHY)
JUDGED = (  # "Is this solution right?", 次の解説
    r"(?i)(?:\b(?:this|following|given|proposed|above|student['’]?s|\w+['’]s|his|her|their)\s+(?:\w+\s+){{0,2}}{0}\b"
    r"|\b{0}\s+(?:\w+\s+)?(?:below|above|given|right|correct|wrong|valid|true|contains?)\b"
    r"|(?:次|以下|下記|上|右|左|この|さん|くん|君|生徒)の?{0})"
)


def said(line: str, asked: Sequence[str], answered: Sequence[str] | None) -> str | None:
    """What a line thinks behind its label; None for any other.

    `asked`, `answered`: the lines above it, of the question and of the answer, where that has begun.
    """
    found = (ABOVE if answered is None or _is_result(answered) else BELOW).match(line)
    if found is None or not any(map(str.strip, asked if answered is None else answered)):
        return None
    word = re.escape(found["word"] or found["plain"] or found["boxed"])
    if re.search(JUDGED.format(word), "\n".join(asked)):
        return None
    opened = found["open"] if found["open"] and not (found["close"] or found["late"]) else None
    thought = line[found.end() :].rstrip()
    return thought.removesuffix(opened) if opened else thought


def _is_result(answered: Sequence[str]) -> bool:
    """Whether the answer is one that is worked out: "34 euros", "B"."""
    lines = [line.strip() for line in answered if line.strip()]
    return len(lines) == 1 and len(lines[0]) <= 24 and (len(lines[0]) == 1 or any(map(str.isdigit, lines[0])))
