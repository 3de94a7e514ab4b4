"""What people answered in a form: the questions are the names of columns, and a row is what one person wrote.

Nothing says which of their answers are right but points that are all there, or a row that is called the key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.sentences import Sentence, sentence

FEWEST, MANY, MOST_SHOWN = 2, 3, 3  # questions; so many no table of questions and answers has as names
ASKS = re.compile(r".*(?:[?？]|(?:です|ます|ません|でした|ました|でしょう)か。?)\s*[*＊]?\s*", re.DOTALL)
POINTS = re.compile(r"\s*(\d{1,4}(?:[.,]\d{1,3})?)\s*/\s*(\d{1,4}(?:[.,]\d{1,3})?)\s*")
SCORE = r"score|points|スコア|得点|点数|合計点|(?:gesamt)?punktzahl|punkte|note|puntuación|punteggio|pontuação"
OF_ONE = re.compile(rf"(?i)(?P<asked>.+?)\s*\[(?:{SCORE})\]")
IN_ALL = re.compile(rf"(?i)(?:total )?(?:{SCORE})")
KEY = re.compile(
    r"(?i)\s*(?:answer[ _-]?key|key|(?:correct|model|right)[ _-]answers?|solutions?|正解|正答|模範解答|解答例?"
    r"|(?:muster)?lösung(?:en)?|corrigé|soluzioni?|soluciones|gabarito|teacher)\s*"
)


def said(path: str, rows: Sequence[Mapping[str, Any]], fewest: int = FEWEST) -> Sentence | None:
    """What is told of such rows; None of any others."""
    asked = [name for name in rows[0] if ASKS.fullmatch(name)]
    if len(asked) < fewest:
        return None
    right = _right(rows, asked)
    if not right:
        return sentence("steps.form_answers", path=path, questions=asked[:MOST_SHOWN])
    pairs = [f"{question} = {answer}" for question, answer in right.items()]
    return sentence("steps.form_with_key", path=path, count=len(right), questions=len(asked), pairs=pairs[:MOST_SHOWN])


def _right(rows: Sequence[Mapping[str, Any]], asked: Sequence[str]) -> dict[str, str]:
    """The answers that are called right, by their questions."""
    best = next(filter(_is_key, rows), None) or next(filter(_has_all_points, rows), None) or {}
    found = {name: str(best[name]) for name in asked if best.get(name)}
    for name in rows[0]:
        if (match := OF_ONE.fullmatch(name)) is not None and match["asked"] in asked:
            full = (row.get(match["asked"]) for row in rows if _is_full(row.get(name)))
            if answer := next(filter(None, full), None):
                found[match["asked"]] = str(answer)
    return {name: found[name] for name in asked if name in found}


def _is_key(row: Mapping[str, Any]) -> bool:
    beside = (value for name, value in row.items() if not ASKS.fullmatch(name))
    return any(isinstance(value, str) and KEY.fullmatch(value) for value in beside)


def _has_all_points(row: Mapping[str, Any]) -> bool:
    return any(IN_ALL.fullmatch(name.strip()) and _is_full(value) for name, value in row.items())


def _is_full(value: object) -> bool:
    match = POINTS.fullmatch(unicodedata.normalize("NFKC", value)) if isinstance(value, str) else None
    return match is not None and float(match[1].replace(",", ".")) == float(match[2].replace(",", ".")) > 0
