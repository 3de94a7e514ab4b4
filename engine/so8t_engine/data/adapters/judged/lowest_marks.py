"""Scores and marks whose lowest value calls an answer bad: 0.0 where all are 0.0 or 1.0, 0/20 among marks out of 20.

All rows tell: of a score with other values, or of whole numbers (which may count votes), nobody knows from where on an
answer is bad; nor is one judged that was scored beside the answer which is learnt (a pupil's, a system's).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.answers import right_beside
from so8t_engine.data.adapters.judged import pupils, verdict_names
from so8t_engine.data.adapters.parsed_row import listed

LOWEST = "the lowest one is bad"  # in what all rows tell
SCORES = re.compile(
    r"(?:(?:answer|response|output|completion|model|assistant|llm|judge|judged|grader|graded|verifier|eval|evaluation"
    r"|reward|rule|rule_based|accuracy|correctness|correct|final|overall|outcome|total|human|manual|auto|gpt_?\d\w*)_)*scores?"
    r"|点数|得点|スコア|評点|評価点"
)
MARKS = re.compile(
    rf"{SCORES.pattern}|(?:final_|total_)?(?:marks?|grades?|points?|notes?|notes?_finales?)|nota|notas?_finais|voto|voti"
    r"|punteggio|puntuación|puntos|pontuação|punkte|punktzahl|bewertung|採点(?:結果)?|成績|评分|分数|得分|점수|평점|별점|calificación"
)
MARK = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:/|out of|sur|von|de|su)\s*(\d{1,4})")
FEWEST, FEWEST_MARKS = 5, 3  # rows; of what is written as a mark, which is plain by itself


class LowestMarks:
    """What rows tell of columns that may be such. `free`: of all `names` those that nothing is read of."""

    def __init__(self, free: Sequence[str], names: Sequence[str], where: Columns) -> None:
        told = [name for name in free if verdict_names.kind_of(name) in (None, "remark", "word")]
        called = {name: verdict_names.plain(name) for name in told} if is_scored(names, where) else {}
        self._scores = {name: set[float]() for name, plain in called.items() if SCORES.fullmatch(plain)}
        self._marks = {name: set[tuple[float, int]]() for name, plain in called.items() if MARKS.fullmatch(plain)}
        self._rows = 0

    def add(self, row: Mapping[str, Any]) -> None:
        self._rows += 1
        for name in [*self._scores]:
            score = _score(row.get(name))
            if score is None:
                del self._scores[name]
            else:
                self._scores[name].add(score)
        for name in [*self._marks]:
            value = row.get(name)
            mark = _mark(value)
            if mark is not None:
                self._marks[name].add(mark)
            if (mark is None and value not in (None, "")) or len({most for _, most in self._marks[name]}) > 1:
                del self._marks[name]

    def is_open(self) -> bool:
        """Whether more rows may tell more."""
        return bool(self._scores or self._marks)

    def found(self) -> dict[str, tuple[str, str]]:
        scores = [name for name, said in self._scores.items() if len(said) == 2 and self._rows >= FEWEST]
        graded = self._marks.items() if self._rows >= FEWEST_MARKS else ()
        marks = [name for name, said in graded if len(said) > 1 and any(not mark for mark, _ in said)]
        return {LOWEST: ("\n".join([*scores, *marks]), "")} if scores or marks else {}


def of(row: Mapping[str, Any], index: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """What condemns the answer of a row: the column, and what it says."""
    for name in listed(index, LOWEST):
        value = row.get(name)
        mark = _mark(value)
        if _score(value) == 0 or (mark is not None and mark[0] == 0):
            return name, str(value)
    return None


def _score(value: Any) -> float | None:
    """0.0 or 1.0, also as text; None of anything else, whole numbers too."""
    if isinstance(value, str):
        return float(value) if value.strip() in ("0.0", "1.0") else None
    return value if isinstance(value, float) and value in (0, 1) else None


def _mark(value: Any) -> tuple[float, int] | None:
    """(how many, of how many)."""
    match = MARK.fullmatch(value.strip()) if isinstance(value, str) else None
    return (float(match[1].replace(",", ".")), int(match[2])) if match is not None and int(match[2]) > 1 else None


def is_scored(names: Sequence[str], where: Columns) -> bool:
    """Whether what is learnt is the one answer that these columns can be about."""
    if where.choices or where.rejected or verdict_names.holds_several(where.response):
        return False
    if any(name != where.response and _is_of_another(name) for name in names):
        return False
    learnt = verdict_names.plain(where.response) if where.response is not None else ""
    return learnt not in right_beside.NAMES and not right_beside.judges_another(tuple(names), where)


def _is_of_another(name: str) -> bool:
    return pupils.is_answer(name) or verdict_names.kind_of(name) == "predicted"
