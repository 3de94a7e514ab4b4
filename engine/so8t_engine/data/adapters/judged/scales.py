"""Scores on a scale that all rows show, and up to where on it an answer is bad: two stars of five, 40 of 100.

The scale is plain where its ends are written (5段階, 3/5, ★★☆☆☆), or where the highest score is 5, 10 or 100, or 1 and
others are shares of it (0.62), of which the half is good. Which end is good is plain where the column is one of stars
or satisfaction, or most scores are high; of German school grades 5 and 6 are bad. What lies between is not called bad;
of other scores nobody knows (notes/unread_verdicts.py). Of several answers each has a score of its own, beside them or
in its object, and the higher is the better one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from so8t_engine.config import label_limits
from so8t_engine.config.label_limits import LabelLimit, limit_of
from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters.judged import (
    ballots,
    judged_others,
    lowest_marks,
    scale_ends,
    score_limits,
    verdict_names,
    verdict_values,
)
from so8t_engine.data.adapters.parsed_row import listed
from so8t_engine.data.adapters.talks import talk

LIMITS = "scores up to which an answer is bad"  # in what all rows tell
OF_EACH = "scores up to which each of several answers is bad"
RATINGS = re.compile(  # of which the higher is the better one
    r"(?:(?:user|human|customer|overall|answer|response|model|average|avg|mean|quality|helpfulness|star)_)*(?:ratings?|stars)"
    r"|(?:user|customer|overall)?_?satisfaction(?:_(?:score|rating|level))?|csat(?:_score)?|helpfulness(?:_(?:score|rating))?"
    r"|(?:顧客|お客様|利用者|ユーザー|総合|回答)?の?満足度|(?:総合|全体|ユーザー|利用者|回答)?の?評価|星(?:の?数|評価)?"
    r"|(?:kunden|gesamt)?zufriedenheit|sterne|satisfacción|estrellas|valoración|valutazione|avaliação|满意度|满意程度|评星|만족도|별점"
    r"|satisfaction_(?:du_)?client|satisfacción_del_cliente|satisfação(?:_do_cliente)?|soddisfazione(?:_(?:del_)?cliente)?"
    r"|zadowolenie(?:_klienta)?|고객_?(?:만족도|평점|평가)|(?:客户|用户|顾客)(?:评[分价]|满意度)|kundenbewertung|ocena_klienta"
    r"|(?:nota|avaliação)_d[oe]_(?:consumidor|cliente|usuário|atendimento)|note_(?:du_|de_la_)?(?:client|clientèle)"
    r"|(?:valoración|calificación|puntuación|nota)_del_(?:cliente|usuario)|(?:valutazione|voto)_(?:del_)?cliente"
    r"|(?:顧客|お客様|利用者|ユーザー)の?(?:評価|評点|採点)"
)
OBJECTS = re.compile(r"(?:\w+_)?(?:ratings?|scores?|evaluations?|assessments?)|評価|採点|評価(?:点|結果|項目)|スコア")
SCHOOL = re.compile(r"(?:schul|gesamt|teil|end)noten?|zensur(?:en)?")  # 1 is the best one
MAY_BE_SCHOOL = re.compile(r"noten?")
GERMAN = re.compile(r"(?i)frage\w*|antwort\w*|lösung\w*|aufgabe\w*")
STEPS_IN_NAME = re.compile(
    r"(\d{1,2})段階|(?:0|1)\s*(?:[-–—~〜～]|\.{2,3}|to|bis|à|から)\s*(\d{1,3})\s*[）)\]】]|/\s*(\d{1,3})\s*[）)\]】]"
)
OF_ONE = re.compile(r"(?i)[\s_-]*(?:\d\d?|(?<=[\s_-])[a-h])$")
OF = re.compile(r"\d+(?:[.,]\d+)?\s*(?:/|out of|sur|von)\s*(\d{1,3})")
TOPS = (5, 10, 100)
LOW = 0.4  # of the highest there is
FAILED_GRADE = 5
FEWEST, FEWEST_WRITTEN = 5, 3  # rows that have a score; where the scale is written beside it
FEWEST_OF_EACH = 4  # of answers that stand beside each other, where both ends of the scale were given
FIRST = 50  # rows, in one of which the answers have scores if they have any
KINDS = (None, "remark", "word", "answer", "stated", "rating", "checked", "critique")


class ScaleLook:
    """What rows tell of columns that may be such. `free`: of all `names` those that nothing is read of."""

    def __init__(self, free: Sequence[str], names: Sequence[str], where: Columns) -> None:
        self._key = OF_EACH if verdict_names.holds_several(where.response) else LIMITS
        told = free if self._key == OF_EACH or lowest_marks.is_scored(names, where) else ()
        self._german = any(GERMAN.fullmatch(name.strip()) for name in names)
        people = {name for group in ballots.groups(tuple(free), tuple(names)) for name in group}
        self._bare = {name: OF_ONE.sub("", name) if name in people else name for name in told}  # rating_1, rating_2
        self._seen = {name: _Scores() for name in told if _may_be_one(self._bare[name])}
        self._of_each, self._none, self._rows = dict[str, _Scores](), set[str](), 0
        self._answers = str(where.response) if names and self._key == OF_EACH else None

    def add(self, row: Mapping[str, Any]) -> None:
        self._rows += 1
        given = talk.opened(row.get(self._answers)) if self._answers is not None else None
        for one in given if isinstance(given, list) else ():
            for name, value in _inside(one):
                if name not in self._none and not self._of_each.setdefault(name, _Scores()).add(value):
                    self._none.add(name)
        for name in [*self._seen]:
            if not self._seen[name].add(row.get(name)):
                del self._seen[name]

    def is_open(self) -> bool:
        """Whether more rows may tell more."""
        grows = self._answers is not None and self._rows < FIRST
        return grows or bool(self._seen or self._of_each.keys() - self._none)

    def found(self) -> dict[str, tuple[str, str]]:
        ordered = self._key == OF_EACH
        limits = [(name, seen.limit(self._bare[name], self._german, ordered)) for name, seen in self._seen.items()]
        each = ((name, seen) for name, seen in self._of_each.items() if name not in self._none)
        limits += [(f"{self._answers}.{name}", seen.limit(_leaf(name), self._german, ordered)) for name, seen in each]
        told = [str(limit._replace(place=name)) for name, limit in limits if limit is not None]
        return {self._key: ("\n".join(told), "")} if told else {}


class _Scores:
    """The scores of one column. `_tops`: the highest there could be, where that is written."""

    def __init__(self) -> None:
        self._said, self._tops, self._stars = Counter[float](), set[int](), False

    def add(self, value: Any) -> bool:
        """False where it holds something else than scores."""
        for one in score_limits.scores_in(value):
            if one in (None, "") or verdict_values.is_unsettled(one) or ballots.abstains(one):
                continue
            figure = score_limits.figure_of(one)
            if figure is None or figure < 0:
                return False
            self._said[figure] += 1
            text = one.strip() if isinstance(one, str) else ""
            if (of := OF.fullmatch(text)) is not None:
                self._tops.add(int(of[1]))
            elif verdict_values.STARS.fullmatch(text):
                self._stars = True
                self._tops |= {len(text.replace("\ufe0f", ""))} if set("☆✩") & set(text) else set()
        return True

    def limit(self, name: str, german: bool, ordered: bool) -> LabelLimit | None:
        """`ordered`: whether it is known that the higher is the better one."""
        if not self._said:
            return None
        called = _called(name)
        least, most, count = min(self._said), max(self._said), self._said.total()
        if SCHOOL.fullmatch(called) or (MAY_BE_SCHOOL.fullmatch(called) and german):
            is_school = least >= 1 and most <= score_limits.WORST_GRADE and count >= FEWEST_WRITTEN
            return LabelLimit(name, "<", str(FAILED_GRADE)) if is_school and most >= FAILED_GRADE else None
        told = scale_ends.of(name)
        if told is not None and (told.falls or (told.best is not None and told.worst is not None)):
            return _by_told_ends(name, told, least, most) if count >= FEWEST_WRITTEN else None
        if (found := self._top(name)) is None:
            return None
        top, is_written = found
        ends = {1, top} if least else {0, top}
        both = ordered and top != 1 and ends <= {*self._said}
        fewest = FEWEST_WRITTEN if is_written else FEWEST_OF_EACH if both else FEWEST
        if most > top or count < fewest:
            return None
        is_rating = self._stars or RATINGS.fullmatch(called) is not None
        by_ends = is_rating and (is_written or (top == TOPS[0] and ends <= {*self._said} and _are_whole(self._said)))
        by_ends = by_ends or both
        high = sum(number for figure, number in self._said.items() if figure >= score_limits.HIGH * top)
        if top == 1 and _are_whole(self._said):
            return LabelLimit(name, ">", "0") if is_rating and {*self._said} == {0, 1} else None
        if top == 1:  # and shares of it
            is_plain = 2 * high > count and least < float(score_limits.HALF)
            return LabelLimit(name, ">=", score_limits.HALF) if is_plain else None
        low = int(LOW * top)
        return LabelLimit(name, ">", str(low)) if (by_ends or 2 * high > count) and least <= low else None

    def _top(self, name: str) -> tuple[int, bool] | None:
        """(The highest score there is, whether that is written); None where nobody knows."""
        if self._stars:
            return max((TOPS[0], *self._tops)), True
        if self._tops:
            return (max(self._tops), True) if len(self._tops) == 1 else None
        steps = STEPS_IN_NAME.search(name)
        if steps is not None:
            return int(next(filter(None, steps.groups()))), True
        most = max(self._said)
        return (int(most), False) if most in (1, *TOPS) else None


def _by_told_ends(name: str, told: scale_ends.Ends, least: float, most: float) -> LabelLimit | None:
    """The limit on a scale both of whose ends the name tells; of one end nobody knows where the other is."""
    if told.best is None or told.worst is None:
        return None
    first, last = sorted((told.best, told.worst))
    low = int(LOW * last)
    if not first <= least <= most <= last or low < 1:
        return None
    bound = first + last - low if told.falls else low
    some = most >= bound if told.falls else least <= bound
    return LabelLimit(name, "<" if told.falls else ">", str(bound)) if some else None


def labelled(where: Columns, rows: Sequence[Mapping[str, Any]]) -> Columns:
    """A mapping that is proposed, with the limits of the scales beside it."""
    names = tuple(rows[0])
    held = judged_others.held_by(where)
    asked = str(where.prompt)  # perhaps of several columns: {title} {body}
    free = [name for name in names if name not in held and f"{{{name}}}" not in asked and not set(",\n") & set(name)]
    look = ScaleLook(free, names, where)
    for row in rows:
        look.add(row)
    found = limits(look.found())
    told = [name for name in label_limits.parts(where.label or "") if name not in {limit.place for limit in found}]
    return where.model_copy(update={"label": ", ".join(filter(None, (*told, *map(str, found)))) or None})


def of(row: Mapping[str, Any], index: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """What condemns the answer of a row: the column, and what it says."""
    found = (score_limits.against(limit, row.get(limit.place)) for limit in limits(index))
    return next((against for against in found if against is not None), None)


def limits(index: Mapping[str, tuple[str, str]], key: str = LIMITS) -> list[LabelLimit]:
    """The limits that judge in this way."""
    return [limit for limit in map(limit_of, listed(index, key)) if limit is not None]


def of_each(
    row: Mapping[str, Any], place: str, number: int, given: Sequence[Any], index: Mapping[str, tuple[str, str]]
) -> tuple[str, str] | None:
    """(what calls one of several answers bad, what it says): a list with a score for each, or the scores in its object,
    of which those in an object of their own count where there are no others.
    """
    own = dict(_inside(given[number]))
    held: list[tuple[str, str, bool]] = []
    for limit in limits(index, OF_EACH):
        scores = talk.opened(row.get(limit.place))
        if isinstance(scores, list) and len(scores) == len(given):
            if score_limits.holds(limit, scores[number]) is False:
                return limit.place, score_limits.shown(scores[number])
        elif (name := limit.place.removeprefix(f"{place}.")) in own:
            holds = score_limits.holds(limit, own[name])
            held += [(limit.place, score_limits.shown(own[name]), holds)] if holds is not None else []
    plain = [one for one in held if one[0].count(".") == min(place.count(".") for place, *_ in held)]
    return plain[0][:2] if plain and not any(good for *_, good in plain) else None


def _inside(answer: Any, around: str = "") -> Iterator[tuple[str, Any]]:
    """The scores that an answer's own object holds, or an object in it."""
    for key, value in answer.items() if isinstance(answer, Mapping) else ():
        name = f"{around}{key}"
        if isinstance(value, Mapping):
            yield from _inside(value, f"{name}.")
        elif not set(",\n.") & set(str(key)) and _may_be_one(str(key)):
            yield name, value


def _leaf(place: str) -> str:
    return place.rpartition(".")[2]


def _may_be_one(name: str) -> bool:
    called = _called(name)
    if verdict_names.kind_of(name) not in KINDS or not called:
        return False
    names = (RATINGS, OBJECTS, SCHOOL, MAY_BE_SCHOOL, lowest_marks.MARKS)
    return verdict_names.SCALE.search(name) is not None or any(each.fullmatch(called) for each in names)


def _called(name: str) -> str:
    return verdict_names.plain(verdict_names.SCALE.sub("", verdict_names.IN_PARENTHESES.sub("", name)) or name)


def _are_whole(figures: Counter[float]) -> bool:
    return all(figure == int(figure) for figure in figures)
