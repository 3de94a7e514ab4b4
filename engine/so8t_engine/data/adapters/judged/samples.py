"""Several answers of a model to one question, and which of them is learnt: one that is judged right.

What judges them are lists beside them, one value for each answer (`correctness_math_verify`), rewards, or the gold
answer. Of OpenR1 also that a trace was written to its end (`is_reasoning_complete`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import conclusions
from so8t_engine.data.adapters.judged import user_labels, verdict_names, verdict_values, verdicts
from so8t_engine.data.adapters.parsed_row import Fields, Index, Skip
from so8t_engine.data.adapters.talks import talk

TEXTS = ("response", "answer", "text", "output", "generation", "completion", "solution")
FIGURES = tuple(form for name, _ in talk.SCORES for form in (f"{name}s", name))
RANKS = re.compile(r"rank(?:ing)?s?")
CHOSEN = re.compile(
    r"(?i)(?:best|chosen|preferred|selected)(?:_\w+)?_(?:idx|index|id)|(?:best|chosen|preferred|selected|winner)"
    r"|best_(?:answer|response|output|completion|candidate|solution|choice)"
)
STEPS, OF_STEPS = "completions", "labels"  # of one answer, as TRL has them for a reward of each step
MARKS = ("selected", "is_selected", "is_best", "is_accepted", "is_answer", "best", "chosen")  # on the best one
FROM_ONE = "best counted from 1"


@dataclass(frozen=True)
class Sample:
    """`number`, from 0, of `count`; `verdict`: why it is not learnt, where none of them is right."""

    answer: Any
    number: int
    count: int
    verdict: verdicts.Condemnation | None = None


def of(row: Fields, where: Columns, index: Index, *, named: bool = False) -> Sample | None:
    """The one to be learnt; None where a row has no list of answers.

    Raises TypeError where nothing tells several apart, nor one from the answer that the data set has itself.
    """
    given = row.get(str(where.response))
    if verdict_names.holds_several(where.response):
        given = talk.opened(given)
    elif not (isinstance(given, list) and len(given) > 1 and _are_judged(row, where, given, named)):
        return None
    if not isinstance(given, list) or not given:
        return None
    steps = _steps(row, where, given)
    if steps is not None:
        return Sample("\n".join(step.strip() for step in steps), 0, 1)
    answers = [_text(one) for one in given]
    against: list[dict[str, bool]] = [_by_gold(answer, row, where) for answer in answers]
    said: list[dict[str, str]] = [{} for _ in answers]
    cut = set[int]()
    for judge, kind, values in _judges(row, where, given, named=named):
        for number, value in enumerate(values if judge not in index else []):
            finds = verdict_values.finding(kind, value)
            if finds is not None and verdict_values.AT_ITS_END.fullmatch(judge):
                cut |= {number} if finds else set()
            elif finds is not None:
                against[number][judge] = finds
                said[number][judge] = verdict_values.told(kind, value)
    figures = _figures(row, given)
    chosen = _chosen(row, given, from_one=FROM_ONE in index)
    if chosen is not None:
        return Sample(answers[chosen], chosen, len(answers))
    if figures is None and not any(against) and (len(answers) > 1 or (where.answer and not named)):
        if may_count(row, where):  # beyond what there is
            raise Skip(drop_reasons.NO_RIGHT_OPTION)
        unpaired = _unpaired(row, where, given)
        if unpaired is not None:
            raise Skip(drop_reasons.unpaired(unpaired, str(where.response)))
        raise TypeError("several answers")
    order = figures or [0.0] * len(answers)

    def goodness(number: int) -> tuple[bool, int, float, int]:
        found = list(against[number].values())
        return number not in cut, found.count(False) - found.count(True), order[number], -number

    best = max(range(len(answers)), key=goodness)
    if any(against[best].values()) and all(against[best].values()):
        place = next(reversed(against[best]))
        gold = where.answer if place == where.answer else None
        verdict = verdicts.Condemnation(place, said[best].get(place, "false"), gold=gold)
        return Sample(answers[best], best, len(answers), verdict)
    return Sample(answers[best], best, len(answers))


def _steps(row: Fields, where: Columns, given: list[Any]) -> list[str] | None:
    """The steps of one answer, each with true or false beside it. Raises Skip where one is wrong."""
    right = talk.opened(row.get(OF_STEPS)) if where.response == STEPS else None
    if not isinstance(right, list) or len(right) != len(given) or not all(isinstance(one, str) for one in given):
        return None
    if not all(isinstance(one, bool) for one in right):
        return None
    if not all(right):
        raise Skip(drop_reasons.labelled_bad(OF_STEPS, "false"))
    return given


def _are_judged(row: Fields, where: Columns, given: list[Any], named: bool) -> bool:
    """Whether something beside a list says which of it is best: it is no list of other spellings then."""
    paired = _figures(row, given) is not None or bool(_judges(row, where, given, named=named))
    return paired or _marked(given) is not None or _unpaired(row, where, given) is not None


def judges(row: Fields, where: Columns) -> list[str]:
    """The columns that say which one is right."""
    given = row.get(str(where.response))
    given = talk.opened(given) if verdict_names.holds_several(where.response) else given
    if not isinstance(given, list) or not given:
        return []
    chosen = [name for name in row if CHOSEN.fullmatch(name) and _chosen({name: row[name]}, given, False) is not None]
    figures = [name for name in FIGURES if isinstance(row.get(name), list) and len(row[name]) == len(given) > 1]
    return [name for name, _, _ in _judges(row, where, given, named=False)] + figures + chosen


def can_be_told(row: Fields, where: Columns) -> bool:
    """Whether something says which one is right, where there are several."""
    given = talk.opened(row.get(str(where.response)))
    if str(where.response).lower() == "solutions" and not _are_objects(given):  # most are programs that solve a task
        return isinstance(given, list) and _are_judged(row, where, given, named=False)
    try:
        return of(row, where, {}) is not None or isinstance(row[str(where.response)], str)
    except Skip:
        return True
    except TypeError:
        return False


def counted_from_one(row: Fields, where: Columns) -> bool | None:
    """Whether the number of the best answer is that of the last one, or 0; None where it may count from either."""
    given = talk.opened(row.get(str(where.response)))
    numbers = [_number(value) for name, value in row.items() if CHOSEN.fullmatch(name)]
    if not isinstance(given, list) or not ({0, len(given)} & {*numbers}):
        return None
    return 0 not in numbers


def may_count(row: Fields, where: Columns) -> bool:
    """Whether a number says which of several answers is best."""
    several = isinstance(talk.opened(row.get(str(where.response))), list)
    return several and any(CHOSEN.fullmatch(name) and _number(value) is not None for name, value in row.items())


def _judges(
    row: Fields, where: Columns, answers: Sequence[Any], *, named: bool
) -> list[tuple[str, verdict_names.Kind, Sequence[Any]]]:
    """Lists of verdicts on so many answers: (column, what is judged, a verdict for each)."""
    found: list[tuple[str, verdict_names.Kind, Sequence[Any]]] = []
    for name in verdicts.places(where) if named else row:
        if RANKS.fullmatch(name):  # the first may be 0
            continue
        values = talk.opened(verdicts.at(row, name)) if named else row[name]
        if named and isinstance(values, list) and user_labels.turned(row, name) is not None:
            values = [user_labels.read_as(row, name, value) is False for value in values]
        kind = (
            verdict_names.kind_of(name)
            or verdict_names.kind_of(name.removesuffix("s"))
            or ("answer" if named else None)
        )
        if isinstance(values, list) and len(values) == len(answers) and kind not in (None, "predicted"):
            found.append((name, kind, values))
    if all(isinstance(one, Mapping) for one in answers):  # each with its own
        for name, kind in verdict_names.judging(tuple(answers[0]), None):
            if kind != "predicted":
                found.append((f"{where.response}.{name}", kind, [one.get(name) for one in answers]))
    return found


def _by_gold(answer: Any, row: Fields, where: Columns) -> dict[str, bool]:
    """Whether an answer ends in another result than the gold one; empty where that is not plain."""
    gold = conclusions.short(conclusions.gold_of(row, where))
    if not gold or not isinstance(answer, str):
        return {}
    final = answer.rpartition("</think>")[2]
    if conclusions.agrees(final, gold):
        return {str(where.answer): False}
    return {str(where.answer): True} if conclusions.differs(final, gold) else {}


def _chosen(row: Fields, answers: Sequence[Any], from_one: bool) -> int | None:
    """The number of the best one, from 0, where a column has it, or has the answer itself."""
    said = [value for name, value in row.items() if CHOSEN.fullmatch(name)]
    texts = (answers.index(value) for value in said if isinstance(value, str) and value in answers)
    numbers = (number - from_one for number in map(_number, said) if number is not None)
    letters = (ord(value) - ord("A") for value in said if isinstance(value, str) and re.fullmatch("[A-H]", value))
    marks = (number for number in [_marked(answers)] if number is not None)
    return next((number for number in (*texts, *numbers, *letters, *marks) if 0 <= number < len(answers)), None)


def _number(value: Any) -> int | None:
    """A number that may say which one, as text, too."""
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return value if type(value) is int else None


def _marked(answers: Sequence[Any]) -> int | None:
    """The only one of several objects that says of itself that it is the best."""
    if not all(isinstance(one, Mapping) for one in answers):
        return None
    marked = [number for number, one in enumerate(answers) if any(one.get(name) in (True, 1) for name in MARKS)]
    return marked[0] if len(marked) == 1 else None


def _unpaired(row: Fields, where: Columns, answers: Sequence[Any]) -> str | None:
    """A list beside several answers that would judge them, had it one entry for each."""
    kinds = {name: verdict_names.kind_of(name) or verdict_names.kind_of(name.removesuffix("s")) for name in row}
    names = (name for name, kind in kinds.items() if name in FIGURES or kind not in (None, "predicted"))
    lists = (name for name in names if isinstance(row[name], list) and row[name] and name != where.response)
    alone = 0 if verdict_names.holds_several(where.response) else 1  # of several spellings
    return next((name for name in lists if len(row[name]) not in (len(answers), alone)), None)


def _figures(row: Fields, answers: Sequence[Any]) -> list[float] | None:
    """How good each answer is, where that is said in numbers."""
    objects = all(isinstance(one, Mapping) for one in answers)
    for name, way in talk.SCORES:
        values = [one.get(name) for one in answers] if objects else row.get(f"{name}s", row.get(name))
        if not isinstance(values, list) or len(values) != len(answers):
            continue
        figures = [verdict_values.figure_of(value) for value in values]
        if None not in figures:
            return [way * figure for figure in figures if figure is not None]
    return None


def _are_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _text(answer: Any) -> Any:
    """The words of an answer that is an object with more than these."""
    name = next((name for name in TEXTS if isinstance(answer, Mapping) and answer.get(name)), None)
    return answer if name is None else answer[name]
