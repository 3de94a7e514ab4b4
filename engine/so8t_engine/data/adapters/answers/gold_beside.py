"""Where a gold answer stands that no column is named for: in an object, in a solution that is nothing but a result.

And whether what a column holds is one at all, where the row's own answer is called bad.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_words
from so8t_engine.data.adapters.answers import conclusions, right_beside
from so8t_engine.data.adapters.judged import samples, verdict_names, verdicts
from so8t_engine.data.adapters.parsed_row import LETTERS, Fields
from so8t_engine.data.adapters.talks import talk

PLACES = (  # of rewards that check it, on the turn that asks
    "reward_model.ground_truth", "verification_info.ground_truth", "extra_info.ground_truth",
    "messages.0.info.reference_answer",
)  # fmt: skip
OWN = (
    "answer",
    "final_answer",
    "answers",
    "result",
    "答え",
    "解答",
    "回答",
)  # which may be the row's, not the gold one
RESULTS = ("gold_standard_solution", "solution")
LISTS = {  # of what several have answered, or one several times
    *verdict_names.SEVERAL, "answers", "response", "output", "completion", "model_answers", "model_outputs",
    "predictions", "attempts", "generated_answers", "candidate_answers", "answer_candidates", "student_answers",
    "回答", "解答", "応答", "回答候補", "回答一覧", "回答リスト", "解答候補", "応答候補", "モデル回答", "モデルの回答",
}  # fmt: skip
OF_QUIZZES = ("candidates", "answer_candidates")  # which hold options
MAY_BE_GOLD = (*RESULTS, "label")  # where one of the answers comes to it


def place(row: Fields, where: Columns) -> str | None:
    found = next((place for place in _places(tuple(row)) if conclusions.short(verdicts.at(row, place))), None)
    return found or _result(row, where)


def _result(row: Fields, where: Columns) -> str | None:
    """The column of a solution that is nothing but a number or a letter, beside an answer that a model gave."""
    named = (name for name in RESULTS if name in row and name not in (where.response, where.reasoning))
    return next((name for name in named if conclusions.is_result(row[name])), None)


def without_result(row: Fields, where: Columns) -> Columns:
    """The mapping without reasoning where a solution is a result alone, which no answer was reasoned by."""
    if where.response is None or where.reasoning not in RESULTS or where.reasoning not in row:
        return where
    return where.model_copy(update={"reasoning": None}) if conclusions.is_result(row[where.reasoning]) else where


def of_list(row: Fields, where: Columns) -> Columns | None:
    """The mapping to several answers in a list, where a gold one beside it tells which is right."""
    lists, golds = _lists(tuple(row))
    if not golds:  # most rows
        return None
    taken = (where.prompt, where.query, where.messages, where.chosen)
    for name in (name for name in lists if name not in taken):
        given = talk.opened(row[name])
        if not isinstance(given, list) or len(given) < 2:
            continue
        gold = next((gold for gold in golds if gold not in (name, *taken) and _tells(row, name, given, gold)), None)
        if gold is not None and (where.response in (name, gold, None) or where.response not in row):
            return where.model_copy(update={"response": name, "answer": gold, "choices": None})
    return None


def may_tell(names: tuple[str, ...]) -> bool:
    """Whether there may be several answers, and a gold one beside them."""
    return all(_lists(names))


def _tells(row: Fields, name: str, given: Sequence[Any], gold: str) -> bool:
    """Whether it tells of answers which are right, or that none is; not where it may be the number of one."""
    said = row[gold]
    if isinstance(said, bool) or not isinstance(said, (str, int, float)) or said == "":
        return False
    texts = [samples.text_of(one) for one in given]
    if said in texts:
        return name not in OF_QUIZZES
    found = [tell for text in texts for tell in samples.by_gold(text, row, gold).values()]
    if False in found:  # does not condemn one
        return True
    lettered = str(said).strip().upper() in LETTERS[: len(texts)] and len(str(said).strip()) == 1
    counted = str(said).strip().isdecimal() and int(str(said).strip()) <= len(texts)
    is_long = sum(len(text) for text in texts if isinstance(text, str)) > conclusions.LONGEST_ALONE * len(texts)
    return bool(found) and (is_long or not (lettered or counted)) and gold.lower() not in MAY_BE_GOLD


def contradicting(row: Fields, text: Any) -> str | None:
    """The column with a gold answer beside an answer that was preferred, and that plainly comes to something else."""
    golds = _golds(tuple(row))
    return next((name for name in golds if samples.by_gold(text, row, name).get(name)), None) if golds else None


@functools.lru_cache(maxsize=512)
def _golds(names: tuple[str, ...]) -> tuple[str, ...]:
    by_name = {verdict_names.plain(name): name for name in names}
    called = dict.fromkeys((*right_beside.NAMES, *column_words.REFERENCE, "answer"))
    return tuple(by_name[name] for name in called if name in by_name)


@functools.lru_cache(maxsize=512)
def _lists(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(columns that may hold several answers, those that may hold the gold one), of these."""
    by_name = {verdict_names.plain(name): name for name in names}
    lists = tuple(name for called, name in by_name.items() if called in LISTS)
    golds = (
        by_name.get(called)
        for called in (*right_beside.NAMES, *column_words.ANSWER, *column_words.REFERENCE, *MAY_BE_GOLD)
    )
    return lists, tuple(dict.fromkeys(name for name in golds if name is not None)) if lists else ()


@functools.lru_cache(maxsize=512)
def _places(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(place for place in PLACES if place.partition(".")[0] in names)


def is_judged_too(where: Columns, verdict: verdicts.Condemnation, gold: str, reasoning: str | None, final: str) -> bool:
    """Whether a gold answer may be the one that a verdict has called bad.

    It is where the answer comes to it, and where a column that is only called "answer" is what was judged, or ends what
    was: unless that plainly comes to something else, as then it was held against this column.
    """
    if verdict.gold is not None:
        return False
    said = reasoning or final
    if _comes_to(said, gold) or conclusions.agrees(said, gold):
        return True
    if where.answer is None or verdict_names.plain(where.answer) not in OWN:
        return False
    if where.response == where.answer:
        return reasoning is None or not conclusions.differs(reasoning, gold)
    judged = re.fullmatch(r"(.+?)_(?:is_)?(?:correct|right|valid|wrong|incorrect)", verdict_names.plain(verdict.place))
    return judged is not None and judged[1] == verdict_names.plain(where.answer)


def _comes_to(text: str, answer: str) -> bool:
    """Whether a text ends with that answer."""
    return re.search(rf"(?<![\w.,-]){re.escape(answer.strip())}[\s.。)}}\]$*]*$", text) is not None
