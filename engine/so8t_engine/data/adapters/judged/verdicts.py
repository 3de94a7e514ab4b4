"""What the columns of a row say against its answer: that it is bad, or that it draws harm.

One rule, by the name (verdict_names.py), the value (verdict_values.py) and the place. The name tells what is judged: an
answer (`is_correct`), a run that made one (`success`), tests of it, harm in an answer (`toxicity`) or in what was asked
(`prompt_harm_label`), in words (`critique`). The value condemns where it is false, 0 or -1, or a word of a closed list;
of harm, and of `is_wrong`, where it is true, 0.5 to 1, or such a word; of tests where not all were passed. What an
answer was found to come to (`predicted_answer`) condemns where it is not the gold answer (conclusions.py). The place
may be the answer's own turn, the row, or an object beside it (`metadata`, `eval`), one in that, or a list of them; the
nearest one counts.
What a run says counts only for a model's answer (a talk, a response, one with a trace), and only where it tells rows of
a source apart; a number only where the source has none beyond -1 to 1 (verdict_evidence.py). Ratings, scores, ranks are
none: where their scale begins nobody knows; thumbs and votes are. Beside a data set's own answer a `status` counts only
by words of success or failure, in all rows. Of a column that marks which answers are to be used (`accepted`, 採用) with
nothing but marks those condemn that are empty. A column the user names as `label` always counts, and no other does.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from so8t_engine.config import label_limits
from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers import answers_given, conclusions
from so8t_engine.data.adapters.judged import (
    hardness,
    judged_others,
    moderations,
    refusal_labels,
    score_limits,
    turn_ratings,
    user_labels,
    verdict_votes,
)
from so8t_engine.data.adapters.judged.verdict_names import (
    ALL_TESTS,
    BESIDE,
    OF_RUNS,
    RATES,
    UNCLEAR,
    Kind,
    holds_several,
    is_of_guard,
    is_of_tests,
    judging,
    kind_of,
    nearness,
    plain,
)
from so8t_engine.data.adapters.judged.verdict_values import cuts_off, faults, finding, is_cross, of_harm, stated, told
from so8t_engine.data.adapters.parsed_row import Fields, Index
from so8t_engine.data.adapters.talks import edited, talk
from so8t_engine.sentences import Sentence

OF_ITEMS = re.compile(
    r"(?:\w+_)?feedback(?:_text)?|(?:school_)?grades?(?:_levels?)?"
)  # said to whoever answers; who should
UNTRAINED = {"weight": 0, "train": False, "trainable": False, "loss": False}  # of a turn: not to be learnt
ANNOTATIONS = "annotations"
JUDGING = re.compile(rf"{ANNOTATIONS}|(?:\w+_)?(?:ratings?|feedback)")
SELECTED = "only those marked are good: "  # before a place, in what all rows tell
CROSSED = "an x is a cross: "
EMPTY = '""'
REFERENCES = {
    "answer", "answers", "final_answer", "correct_answer", "expected_answer", "gold_answer", "ground_truth", "gold",
    "reference_answer", "best_answer", "canonical_solution", "solution", "target", "targets", "正解", "正答",
    "模範解答", "解答", "答え",
}  # fmt: skip


@dataclass(frozen=True)
class Condemnation:
    """That the answer is bad. `place`, `said`: which column says so, and what; nothing where as many people praise it.

    `harm`: what was asked is to be refused; `but_refused`: then an answer that refuses is a good one. `gold`: the
    column whose answer it does not come to.
    """

    place: str
    said: str
    harm: bool = False
    but_refused: bool = False
    gold: str | None = None

    @property
    def reason(self) -> Sentence:
        """Why the answer is not learnt."""
        if not self.said:
            return drop_reasons.tied(self.place)
        if self.gold is not None:
            return drop_reasons.other_than_gold(self.gold)
        if cuts_off(self.place, self.said):
            return drop_reasons.cut_off(self.place, self.said)
        return drop_reasons.labelled_bad(self.place, self.said)


def columns(names: tuple[str, ...], where: Columns) -> tuple[str, ...]:
    """The columns that judge by their names, of those that a mapping leaves."""
    held = judged_others.held_by(where)
    return tuple(
        name
        for name, kind in judging(names, where.response)
        if name not in held
        and (kind != "predicted" or _comes_out(where))
        and not judged_others.is_of_draft(names, where, name, kind)
        and not judged_others.of_pupil(names, where, name)
    )


def of(row: Fields, where: Columns, index: Index, *, named: bool = False) -> Condemnation | None:
    """The verdict that condemns the answer, if one does. `named`: the user says which columns judge (`label`)."""
    if named:
        of_each, count = holds_several(where.response), _count(row, where)
        apart = {*verdict_votes.places(index)} if index else ()
        values = ((place, at(row, place)) for place in places(where) if place not in apart)
        found = (
            _by_label(row, where, place, value) or by_all(place, value, index)
            for place, value in values
            if not (isinstance(value, list) and (of_each or len(value) == count))
        )
        return next((verdict for verdict in found if verdict is not None), None) or _condemned(
            verdict_votes.of(row, index) or refusal_labels.against(row, places(where))
        )
    apart = {*verdict_votes.places(index)} if index else ()
    harm_by: tuple[str, tuple[bool, bool]] | None = None
    asked: Condemnation | None = None
    other_result: Condemnation | None = None
    for place, kind, value in said(row, where):
        around, _, name = place.rpartition(".")
        near = around, nearness(name)
        told = place in index or place in apart or place.partition(".")[0] in apart
        if told or (kind == "harm" and harm_by not in (None, near)):  # by a place nearer to the answer
            continue
        verdict = _against(row, where, place, kind, value) or by_all(place, value, index)
        if kind == "request":
            asked = asked or verdict
        elif kind == "predicted":
            other_result = other_result or verdict
        elif verdict is not None:
            return verdict
        if kind in ("harm", "safe") and finding(kind, value) is not None:
            harm_by = near
    voted = _condemned(verdict_votes.of(row, index)) if index else None
    if voted is not None and not judged_others.has_draft(tuple(row), where):
        return voted
    if (rated := _condemned(turn_ratings.of(row, where, index))) is not None:
        return rated
    if other_result is not None and not approves(row, where, index):
        return other_result
    return (None if harm_by else asked) or _condemned(refusal_labels.against(row))


def by_all(place: str, value: Any, index: Index) -> Condemnation | None:
    """What all rows make of a value: an answer that is not marked is none to be used, an x is a cross."""
    if value in ("", None):
        return Condemnation(place, EMPTY) if SELECTED + place in index else None
    if is_cross(value) and CROSSED + place in index:
        return Condemnation(place, value.strip())
    return None


def _condemned(found: tuple[str, str] | None) -> Condemnation | None:
    return None if found is None else Condemnation(*found)


def approves(row: Fields, where: Columns, index: Index) -> bool:
    """Whether somebody says that the answer is right, who may have compared it better than we do."""
    judging = ((kind, value) for place, kind, value in said(row, where) if place not in index)
    return any(kind == "answer" and finding(kind, value) is False for kind, value in judging)


def approves_draft(row: Fields, where: Columns) -> bool:
    """Whether somebody says in words that the answer is right, or done."""
    return approves(row, where, {}) or any(stated(value) is False for _, _, value in said(row, where))


def places(where: Columns) -> list[str]:
    return [*label_limits.parts(where.label)] if where.label else []


def said(row: Fields, where: Columns) -> Iterator[tuple[str, Kind, Any]]:
    """(place, what is judged, value) of all that may be a verdict on the answer, from the nearest place on."""
    talk_of = row.get(where.messages) if where.messages else None
    if isinstance(talk_of, list):
        yield from _of_turn(talk_of, str(where.messages))
    names, count = tuple(row), _count(row, where)
    answer = row.get(where.response) if where.response else None
    if isinstance(answer, Mapping) and edited.text_of(answer) is None:
        yield from _of_answer(answer, str(where.response))
    judging, beside, runs_too, several = _plan(where, names)
    if ("correctness", "answer") in judging and (low := user_labels.lowest(row)) is not None:
        yield low[0], "low", low[1]
        judging = tuple(item for item in judging if item[0] != "correctness")
    for name, kind in judging:
        value = _of_all_tests(row, row[name]) if kind == "tests" else row[name]
        if kind == "rate" and is_of_tests(name, names):
            if not (runs_too or isinstance(value, str)):
                continue
            kind = "tests" if isinstance(value, str) else kind
        value = moderations.flagged(value, talk_of) if name == "openai_moderation" else value
        value = faults(value, talk.opened(value)) if kind == "wrong" else value
        if (isinstance(value, list) and (several or len(value) == count)) or _holds_objects(
            talk.opened(value)
        ):  # of each (samples.py), or looked into below
            continue
        yield name, kind, value
    for around in beside:
        for place, kind, value in _inside(around, talk.opened(row[around]), where.response):
            if (runs_too or kind not in OF_RUNS) and not (isinstance(value, list) and (several or len(value) == count)):
                yield place, kind, value


@functools.lru_cache(maxsize=512)
def _plan(where: Columns, names: tuple[str, ...]) -> tuple[tuple[tuple[str, Kind], ...], tuple[str, ...], bool, bool]:
    """(columns that judge, objects that may hold such, whether a run may judge, whether there are several answers): of
    rows with these columns.
    """
    judge, runs_too = set(columns(names, where)), _is_a_models(where)
    if where.choices and where.response is None:  # which nobody has answered yet
        judge = {name for name in judge if not OF_ITEMS.fullmatch(plain(name))}
    named = [(name, kind if runs_too else _stated(kind)) for name, kind in judging(names, where.response)]
    found = tuple(
        (name, kind)
        for name, kind in named
        if name in judge
        and (is_of_tests(name, names) or ((runs_too or kind not in OF_RUNS) and not hardness.is_one(name, kind, where)))
    )
    chosen = answers_given.verdict_of(names, where)
    if chosen not in (None, where.answer, *dict(found)):
        found += ((str(chosen), "answer"),)
    held = judged_others.held_by(where)
    beside = tuple(name for name in names if BESIDE.fullmatch(name) and name not in held)
    beside = tuple(name for name in beside if name != ANNOTATIONS) if judged_others.has_draft(names, where) else beside
    return found, beside, runs_too, any(map(holds_several, names))


def _of_answer(answer: Mapping[str, Any], place: str) -> Iterator[tuple[str, Kind, Any]]:
    """What an answer's own object says of it, or one in that which is there to judge: no arguments of a call."""
    for name, kind in judging(tuple(answer), None):
        if not _holds_objects(answer[name]):
            yield f"{place}.{name}", kind, answer[name]
    for name, value in answer.items():
        if BESIDE.fullmatch(name):
            yield from _inside(f"{place}.{name}", value, None)


def _count(row: Fields, where: Columns) -> int | None:
    """How many answers there are, where lists beside them may have a verdict for each; None where there is one."""
    answer = row.get(where.response) if where.response else None
    return len(answer) if isinstance(answer, list) and len(answer) > 1 else None


def _stated(kind: Kind) -> Kind:
    """Beside an answer of the data set itself a status, a quality may be of anything: only plain words judge."""
    return "stated" if kind == "word" else kind


def _inside(around: str, value: Any, response: str | None, *, deeper: bool = True) -> Iterator[tuple[str, Kind, Any]]:
    """What an object beside an answer says of it, or a list of them: of each name all that they say."""
    if isinstance(value, list):
        found = [inner for one in value for inner in _inside(around, one, response, deeper=deeper)]
        for place, kind in dict.fromkeys((place, kind) for place, kind, _ in found):
            yield place, kind, [said for at, what, said in found if (at, what) == (place, kind)]
    if not isinstance(value, Mapping):
        return
    known = judging(tuple(value), response)
    if JUDGING.fullmatch(around.rpartition(".")[2]):  # made to judge, whatever they are called
        known += tuple((name, "stated") for name in value if kind_of(name, response) is None and stated(value[name]))
    rates = RATES.fullmatch(around.rpartition(".")[2]) is not None
    for name, kind in known:
        kind = "rating" if rates and kind == "stated" and plain(name).endswith("rating") else kind
        kind = "harm" if kind == "wrong" and "moderation" in around else kind
        if kind != "predicted" and not _holds_objects(value[name]):
            yield f"{around}.{name}", kind, _of_all_tests(value, value[name]) if kind == "tests" else value[name]
    for name, inner in value.items() if deeper else ():
        yield from _inside(f"{around}.{name}", inner, response, deeper=False)


def _holds_objects(value: Any) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(one, Mapping) for one in value))


def _of_all_tests(beside: Mapping[str, Any], passed: Any) -> Any:
    """How many tests were passed, of how many where that stands beside it."""
    if type(passed) is not int:
        return passed
    count = next((value for name, value in beside.items() if ALL_TESTS.fullmatch(plain(name))), None)
    return f"{passed}/{count}" if type(count) is int and count > 0 else passed


def _comes_out(where: Columns) -> bool:
    """Whether there is an answer to be held against a gold one."""
    return where.answer is not None and (where.response != where.answer or where.reasoning is not None)


def _against(row: Fields, where: Columns, place: str, kind: Kind, value: Any) -> Condemnation | None:
    if kind == "predicted":
        other = conclusions.is_other(row, where, value, owned=not _is_a_models(where))
        return Condemnation(place, str(value), gold=where.answer) if other else None
    if UNCLEAR.fullmatch(place) and str(value).strip().lstrip("-").isdecimal():
        kind = "answer"
    if not finding(kind, value):
        return None
    if kind in ("answer", "remark") and of_harm(value):
        kind = "harm"
    harm, asked = kind in ("safe", "harm", "request"), kind in ("harm", "request") or is_of_guard(place)
    return Condemnation(place, told(kind, value), harm=harm, but_refused=asked)


def _by_label(row: Fields, where: Columns, place: str, value: Any) -> Condemnation | None:
    """By a column that the user names, whose good and bad may change places, or which is good from some score on."""
    if (limit := score_limits.of(row, place)) is not None:
        return _condemned(score_limits.against(limit, value))
    name = user_labels.turned(row, place)
    if name is None:
        return _against(row, where, place, user_labels.kind_of_label(row, place), value)
    condemns = user_labels.read_as(row, place, value)
    return Condemnation(name, told(user_labels.kind_of_label(row, name), value)) if condemns else None


def _of_turn(turns: list[Any], place: str) -> Iterator[tuple[str, Kind, Any]]:
    """What stands on the last answer of a talk beside its words; of a mended one it is about what was there before."""
    found = talk.last_answer(turns)
    if found is None:
        return
    number, turn = found
    for name, left in UNTRAINED.items():
        if name in turn and turn[name] == left:
            yield f"{place}.{number}.{name}", "answer", turn[name]
    if edited.text_of(turn) is None:
        yield from _of_answer(turn, f"{place}.{number}")


def _is_a_models(where: Columns) -> bool:
    """Whether the answer is one that a model gave, not the one that the data set has for its question."""
    if where.messages or where.chosen or where.reasoning:
        return True
    return where.response is not None and plain(where.response) not in REFERENCES


def at(row: Fields, place: str) -> Any:
    """What stands at the place of a verdict; of objects in a list, what each of them has there."""
    value: Any = row
    place = user_labels.column_of(row, place)
    if place in row:
        return moderations.flagged(row[place], None) if place == "openai_moderation" else row[place]
    for part in place.split("."):
        value = talk.opened(value)
        if isinstance(value, list) and not part.lstrip("-").isdecimal():
            value = [one.get(part) for one in value if isinstance(one, Mapping)]
            continue
        try:
            value = value[part] if isinstance(value, Mapping) else value[int(part)]
        except (KeyError, ValueError, IndexError, TypeError):
            return None
    return value
