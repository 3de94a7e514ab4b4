"""What a column's name says of the ends of its scale: `Score (1 = best, 5 = worst)`, 評価（1＝良い、5＝悪い）."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

TOLD = re.compile(r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]")
END = re.compile(
    r"(?<![\d.,])(?P<figure>\d{1,3})\s*(?:[=＝:：]|(?:is|ist|が|は)(?=[\s\W]|[^\x00-\x7f])|(?=\s*[^\W\d]))\s*"
    r"(?P<word>[^\d=＝]+)"
)
GOOD = re.compile(
    r"(?i)\b(?:good|best|excellent|great|perfect|high(?:est)?|gut|beste|ausgezeichnet|hervorragend|bien|meilleure?|bueno"
    r"|mejor|excelente|ottimo|migliore|buono|ótimo|melhor|bom)\b|良い|よい|最高|最良|優れ|満足|優秀|最好|很好|优秀"
)
BAD = re.compile(
    r"(?i)\b(?:bad|worst|poor|terrible|awful|low(?:est)?|useless|wrong|ungenügend|mangelhaft|schlecht(?:e|este)?|mauvaise?"
    r"|mal|pire|malo|peor|pessim[oa]|peggiore|cattivo|ruim|pior|insufficiente?|insuficiente)\b"
    r"|悪い|わるい|最低|最悪|不良|不満|不可|不十分|最差|很差"
)
NOT_GOOD = re.compile(r"(?i)\bnot? (?:very )?good\b|良くない|よくない|満足していない|不満|不满意|nicht gut")
DOWN = re.compile(
    r"(?i)lower (?:is|=) better|smaller is better|less is better|小さいほど良|低いほど良|niedriger (?:ist|=) besser"
)


class Ends(NamedTuple):
    """`best`, `worst`: the figures that are called so, None where one is not named; `falls`: low ones are good."""

    best: int | None
    worst: int | None
    falls: bool


@functools.lru_cache(maxsize=512)
def of(name: str) -> Ends | None:
    """None where a name says nothing of it, or two things at once."""
    if DOWN.search(name):
        return Ends(None, None, falls=True)
    best: list[int] = []
    worst: list[int] = []
    for told in TOLD.findall(name):
        for end in END.finditer(told):
            is_bad = BAD.search(end["word"]) is not None or NOT_GOOD.search(end["word"]) is not None
            is_good = GOOD.search(end["word"]) is not None and not NOT_GOOD.search(end["word"])
            if is_bad != is_good:
                (worst if is_bad else best).append(int(end["figure"]))
    if len(best) == len(worst) == 1 and best != worst:
        return Ends(best[0], worst[0], falls=best[0] < worst[0])
    if len(best) + len(worst) != 1:
        return None
    figure = (best or worst)[0]
    is_best = bool(best)
    return Ends(figure if is_best else None, None if is_best else figure, falls=is_best == (figure <= 1))
