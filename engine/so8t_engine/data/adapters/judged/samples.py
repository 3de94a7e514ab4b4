"""Several answers of a model to one question, and which of them is learnt: one that is judged right.

What judges them are lists beside them, one value for each answer (`correctness_math_verify`), rewards, or the gold
answer. Of OpenR1 also that a trace was written to its end (`is_reasoning_complete`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import conclusions
from so8t_engine.data.adapters.judged import (
    peoples_answers,
    pointers,
    ranked_rows,
    scales,
    step_verdicts,
    user_labels,
    verdict_names,
    verdict_values,
    verdicts,
)
from so8t_engine.data.adapters.parsed_row import Fields, Index, Skip
from so8t_engine.data.adapters.talks import edited, talk

TEXTS = (*talk.TEXTS, "generation", "completion", "solution", "code", "patch", "answertext", "answer_text",
         "responsetext", "回答", "回答文", "回答内容", "本文", "内容")  # fmt: skip
FIGURES = tuple(form for name, _ in talk.SCORES for form in (f"{name}s", name))
STEPS, OF_STEPS = "completions", "labels"  # of one answer, as TRL has them for a reward of each step
GIVER = ("model", "system", "annotator", "author", "name", "by")  # beside an answer
SCORES = re.compile(  # votes are none
    r"(?:(?:overall|human|judge|quality|reward|mean|avg|average|total|preference|rm)_)?(?:score|rating|reward)s?"
    r"|(?:評価)?点数?|得点|スコア|評点|评分|分数|得分|점수|평점|별점|punkte|punktzahl|puntuación|calificación|punteggio|pontuação"
)


@dataclass(frozen=True)
class Sample:
    """`number`, from 0, of `count`; `verdict`: why it is not learnt, where none of them is right; `voted`: people chose
    it, whatever a label that names their marks says of one alone.
    """

    answer: Any
    number: int
    count: int
    verdict: verdicts.Condemnation | None = None
    voted: bool = False


def of(row: Fields, where: Columns, index: Index, *, named: bool = False) -> Sample | None:
    """The one to be learnt; None where a row has no list of answers.

    Raises TypeError where nothing tells several apart, nor one from the answer that the data set has itself; Skip where
    a step of its reasoning is called wrong.
    """
    heard = where.reasoning and (where.label or not named)
    if heard and (bad_step := step_verdicts.of(row, where)) is not None:
        raise Skip(drop_reasons.labelled_bad(*bad_step))
    given = _given(row, where)
    several = isinstance(given, list) and bool(given)
    if not several or not (
        verdict_names.holds_several(where.response)
        or (len(given) > 1 and _are_judged(row, where, given, named))
        or (peoples_answers.tells(row, str(where.response), given))
    ):
        return None
    steps = _steps(row, where, given)
    if steps is not None:
        return Sample("\n".join(step.strip() for step in steps), 0, 1)
    answers = [text_of(one) for one in given]
    of_people = not named or peoples_answers.are_wanted(row, str(where.response), given, verdicts.places(where))
    chosen = peoples_answers.accepted(row, given) if of_people else None
    chosen = _chosen(row, where, answers, given, index) if chosen is None else chosen
    if chosen is None and of_people:
        chosen = peoples_answers.most_voted(row, str(where.response), given)
    down = peoples_answers.voted_down(row, str(where.response), given, chosen) if of_people else None
    if down is not None:
        raise Skip(drop_reasons.labelled_bad(*down))
    if chosen is not None:
        wrong = by_gold(answers[chosen], row, where.answer).get(str(where.answer))
        verdict = verdicts.Condemnation(str(where.answer), "false", gold=where.answer) if wrong else None
        return Sample(answers[chosen], chosen, len(answers), verdict, voted=named and of_people)
    against: list[dict[str, bool]] = [by_gold(answer, row, where.answer) for answer in answers]
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
    if figures is None and not any(against) and (len(answers) > 1 or (where.answer and not named)):
        if _points(row, where):  # beyond what there is
            raise Skip(drop_reasons.NO_RIGHT_OPTION)
        unpaired = _unpaired(row, where, given)
        if unpaired is not None:
            raise Skip(drop_reasons.unpaired(unpaired, str(where.response)))
        raise TypeError("several answers")
    order = figures or [0.0] * len(answers)

    def goodness(number: int) -> tuple[bool, int, float]:
        found = list(against[number].values())
        return number not in cut, found.count(False) - found.count(True), order[number]

    best, verdict = max(range(len(answers)), key=goodness), None
    if figures is None and not against[best] and any(against) and where.answer:  # others differ, and none agrees
        verdict = verdicts.Condemnation(where.answer, "false", gold=where.answer)
    elif against[best] and all(against[best].values()):
        place = next(reversed(against[best]))
        gold = where.answer if place == where.answer else None
        verdict = verdicts.Condemnation(place, said[best].get(place, "false"), gold=gold)
    elif (
        bad := scales.of_each(row, str(where.response), best, given, index)
    ) is not None:  # the best, and none is good
        verdict = verdicts.Condemnation(*bad)
    return Sample(answers[best], best, len(answers), verdict)


def verdict_of(chosen: Sample, where: Columns, of_row: verdicts.Condemnation | None) -> verdicts.Condemnation | None:
    """What is against the chosen one, or against its row."""
    if chosen.voted and of_row is not None and of_row.place.startswith(f"{where.response}."):
        of_row = None
    return chosen.verdict or of_row


def _steps(row: Fields, where: Columns, given: list[Any]) -> list[str] | None:
    """The steps of one answer, each with true or false beside it, or null where nobody has judged it. Raises Skip where
    one is wrong, behind which people judge no more.
    """
    right = talk.opened(row.get(OF_STEPS)) if where.response == STEPS else None
    if not isinstance(right, list) or len(right) != len(given) or not all(isinstance(one, str) for one in given):
        return None
    if not all(one is None or isinstance(one, bool) for one in right):
        return None
    if False in right:
        raise Skip(drop_reasons.labelled_bad(OF_STEPS, "false"))
    return given


def _are_judged(row: Fields, where: Columns, given: list[Any], named: bool) -> bool:
    """Whether something beside a list says which of it is best: it is no list of other spellings then."""
    if _figures(row, given) is not None or bool(_judges(row, where, given, named=named)):
        return True
    if _marked(row, given) is not None or any(by_gold(text_of(one), row, where.answer) for one in given):
        return True
    pointing = (name for name in pointers.columns(tuple(row)) if not pointers.MAY_POINT.fullmatch(name))
    givers = _givers(given)
    return any(pointers.pointed(name, row[name], given, {}, (), givers) is not None for name in pointing) or (
        _unpaired(row, where, given) is not None
    )


def judges(row: Fields, where: Columns) -> list[str]:
    """The columns that say which one is right, or of one its steps."""
    given, of_steps = _given(row, where), step_verdicts.places(row, where)
    if not isinstance(given, list) or not given:
        return of_steps
    pointing = [
        name
        for name in pointers.columns(tuple(row))
        if pointers.pointed(name, row[name], given, {}, (), _givers(given)) is not None
    ]
    figures = [name for name, _ in _of_figures(tuple(row)) if _are_of_each(row[name], given) and len(given) > 1]
    if isinstance(talk.opened(row.get(str(where.response))), Mapping):
        of_givers = {name for one in given for name in one}
        figures += [name for name in row if name in of_givers]
    told = peoples_answers.judges(row, str(where.response), given)
    against = peoples_answers.votes(str(where.response), given)[1:]
    judging = [name for name, _, _ in _judges(row, where, given, named=False) if name not in against]
    return judging + figures + pointing + told + of_steps


def can_be_told(row: Fields, where: Columns) -> bool:
    """Whether something says which one is right, where there are several."""
    given = talk.opened(row.get(str(where.response)))
    if str(where.response).lower() == "solutions" and not peoples_answers.are_objects(
        given
    ):  # most are programs that solve a task
        return isinstance(given, list) and _are_judged(row, where, given, named=False)
    try:
        return of(row, where, {}) is not None or isinstance(row[str(where.response)], str)
    except Skip:
        return True
    except TypeError:
        return False


def look(row: Fields, where: Columns, numbers: pointers.Numbers) -> None:
    """Adds what numbers in a row point at one of several answers."""
    names = pointers.columns(tuple(row))
    given = talk.opened(row.get(str(where.response))) if names else None
    if isinstance(given, list):
        for name in names:
            numbers.add(name, row[name], len(given))


def _given(row: Fields, where: Columns) -> Any:
    """What stands where the answer does: a list of several, or one."""
    given = talk.opened(verdicts.at(row, place := str(where.response)))
    if isinstance(given, Mapping) and (by_giver := _by_giver(row, place, given)) is not None:
        return by_giver
    if isinstance(given, Mapping) and isinstance(given.get("choices"), list):
        marks, texts = given.get("labels"), given["choices"]  # 1 for the best one
        if isinstance(marks, list) and len(marks) == len(texts) and marks.count(1) == 1:
            return [{"text": text, "is_answer": at == marks.index(1)} for at, text in enumerate(texts)]
    return given


def _by_giver(row: Fields, place: str, given: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """A list of the answers that stand each under who gave it, where an object beside it says what each is worth, or a
    column who gave the best one; None of any other object.
    """
    if len(given) < 2 or not all(isinstance(one, str) and one.strip() for one in given.values()):
        return None
    beside = {name: talk.opened(value) for name, value in row.items() if name != place}
    of_each = {name: value for name, value in beside.items() if isinstance(value, Mapping) and {*value} == {*given}}
    told = [name for name in of_each if _kind_of(name) or _of_figures((name,))]
    givers = {giver.strip().lower() for giver in given}
    pointing = any(str(beside[name]).strip().lower() in givers for name in pointers.columns(tuple(beside)))
    if not told and not pointing:
        return None
    return [
        {"model": giver, "text": text, **{name: of_each[name][giver] for name in told}} for giver, text in given.items()
    ]


def _are_of_each(values: Any, answers: Sequence[Any]) -> bool:
    values = talk.opened(values)
    return isinstance(values, list) and len(values) == len(answers)


def _judges(
    row: Fields, where: Columns, answers: Sequence[Any], *, named: bool
) -> list[tuple[str, verdict_names.Kind, Sequence[Any]]]:
    """Lists of verdicts on so many answers: (column, what is judged, a verdict for each)."""
    found: list[tuple[str, verdict_names.Kind, Sequence[Any]]] = []
    for name in verdicts.places(where) if named else row:
        kind = _kind_of(name) or ("answer" if named and not ranked_rows.RANKS.fullmatch(name) else None)
        if kind is None:
            continue
        values = talk.opened(verdicts.at(row, name))
        if named and isinstance(values, list) and user_labels.column_of(row, name) != name:
            kind, values = "answer", [user_labels.read_as(row, name, value) is False for value in values]
        if isinstance(values, list) and len(values) == len(answers):
            found.append((name, kind, values))
    if peoples_answers.are_objects(answers):  # each with its own
        for name in answers[0]:
            if (kind := _kind_of(name)) is not None:
                found.append((f"{where.response}.{name}", kind, [one.get(name) for one in answers]))
    return found


@functools.lru_cache(maxsize=1024)
def _kind_of(name: str) -> verdict_names.Kind | None:
    """What a list of this name judges, an entry for each answer; a mark on the best one is a verdict."""
    if ranked_rows.RANKS.fullmatch(name):  # the first may be 0
        return None
    kind = verdict_names.kind_of(name) or verdict_names.kind_of(name.removesuffix("s"))
    return kind if kind not in (None, "predicted") else "answer" if is_mark(name) else None


def by_gold(answer: Any, row: Fields, place: str | None) -> dict[str, bool]:
    """Whether an answer ends in another result than the gold one at a place, or is that; empty where it is unclear."""
    if place is None or not isinstance(answer, str):
        return {}
    gold = conclusions.gold_at(row, place)
    wrong = _is_other(answer, gold if isinstance(gold, str) else None, conclusions.short(gold))
    return {} if wrong is None else {place: wrong}


@functools.lru_cache(maxsize=64)  # of a row, which is looked at several times
def _is_other(answer: str, gold: str | None, result: str) -> bool | None:
    """Whether an answer ends in another result than the gold one; None where that is not plain."""
    final = answer.rpartition("</think>")[2]
    if gold is not None and final.strip() == gold.strip():
        return False
    if not result:
        return None
    if conclusions.agrees(final, result) or conclusions.begins_with(final, result):
        return False
    if conclusions.differs(final, result):
        return True
    return False if conclusions.closes_with(final, result) else None


def _chosen(row: Fields, where: Columns, answers: Sequence[Any], given: Sequence[Any], index: Index) -> int | None:
    """The number of the best one, from 0, where something points at it. Raises Skip where that says that none is."""
    givers = _givers(given)
    for name in pointers.columns(tuple(row)):
        found = pointers.pointed(name, row[name], answers, index, (), givers) if name != where.answer else None
        if found == "tie":
            raise Skip(drop_reasons.none_is_better(name))
        if found == "bad":
            raise Skip(drop_reasons.labelled_bad(name, talk.words(row[name]).strip()))
        if found is not None:
            return found
    return _marked(row, given)


def _givers(given: Sequence[Any]) -> tuple[str, ...]:
    """Who gave each of several answers, in small letters; nothing where it is not said."""
    told = (one if isinstance(one, Mapping) else {} for one in given)
    named = ([one[name] for name in GIVER if isinstance(one.get(name), str)] for one in told)
    return tuple(names[0].strip().lower() if names else "" for names in named)


def _points(row: Fields, where: Columns) -> bool:
    """Whether a number should say which of several answers is best."""
    names = (name for name in pointers.columns(tuple(row)) if not pointers.MAY_POINT.fullmatch(name))
    return any(verdict_values.whole_of(row[name]) is not None for name in names if name != where.answer)


def _marked(row: Fields, answers: Sequence[Any]) -> int | None:
    """The only one of several that a mark says is the best. Raises Skip where all are marked."""
    lists = [(name, talk.opened(row[name])) for name in row if is_mark(name)]
    if peoples_answers.are_objects(answers):
        lists += [(name, [one.get(name) for one in answers]) for name in answers[0] if is_mark(name)]
    for name, values in lists:
        if not isinstance(values, list) or len(values) != len(answers) or len(answers) < 2:
            continue
        marked = pointers.marked(values)
        if len(marked) == 1:
            return marked[0]
        if len(marked) == len(answers) and "accepted" not in name.lower():
            raise Skip(drop_reasons.none_is_better(name))
    return None


@functools.lru_cache(maxsize=1024)
def is_mark(name: str) -> bool:
    """Whether a column or a key of this name marks the best one of several answers."""
    return name.lower().replace("_", "") in peoples_answers.MARKS


def _unpaired(row: Fields, where: Columns, answers: Sequence[Any]) -> str | None:
    """A list beside several answers that would judge them, had it one entry for each."""
    kinds = {name: verdict_names.kind_of(name) or verdict_names.kind_of(name.removesuffix("s")) for name in row}
    names = (name for name, kind in kinds.items() if name in FIGURES or kind not in (None, "predicted"))
    lists = (name for name in names if isinstance(row[name], list) and row[name] and name != where.response)
    alone = 0 if verdict_names.holds_several(where.response) else 1  # of several spellings
    return next((name for name in lists if len(row[name]) not in (len(answers), alone)), None)


def _figures(row: Fields, answers: Sequence[Any]) -> list[float] | None:
    """How good each answer is, where that is said in numbers: scores, or ranks, of which the first is the best."""
    objects = peoples_answers.are_objects(answers)
    for name, falls in _of_figures(tuple(answers[0]) if objects else tuple(row)):
        values = [one.get(name) for one in answers] if objects else talk.opened(row[name])
        if not isinstance(values, list) or len(values) != len(answers):
            continue
        figures = [figure for value in values if (figure := verdict_values.figure_of(value)) is not None]
        if len(figures) == len(answers) and (not falls or _are_ranks(figures)):
            return [-figure if falls else figure for figure in figures]
    return None


@functools.lru_cache(maxsize=512)
def _of_figures(names: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """(column, whether less is better) of those that say how good answers are, the plainest first."""
    by_name = {name.lower(): name for name in names}
    known = [(by_name[form], way < 0) for name, way in talk.SCORES for form in (f"{name}s", name) if form in by_name]
    plain = {name: verdict_names.plain(name) for name in names if name not in dict(known)}
    others = [(name, False) for name, called in plain.items() if SCORES.fullmatch(called)]
    return (*known, *others, *((name, True) for name, called in plain.items() if ranked_rows.RANKS.fullmatch(called)))


def _are_ranks(figures: Sequence[float]) -> bool:
    """Whether these count places from 0 or from 1, of which several may be shared; marks may be anything."""
    least, most = min(figures), max(figures)
    return least in (0, 1) and most < len(figures) + least


def text_of(answer: Any) -> Any:
    """The words of an answer that is an object with more than these."""
    if not isinstance(answer, Mapping):
        return answer
    if (mended := edited.text_of(answer)) is not None:
        return mended
    given = {name.lower(): value for name, value in answer.items() if value}
    return next((given[name] for name in TEXTS if name in given), answer)
