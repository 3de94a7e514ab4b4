"""What is said of the columns that judge answers: how their values are read, and how to have them read otherwise."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.config import label_limits
from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import column_names
from so8t_engine.data.adapters.answers import bare_traces, counting, labels_beside
from so8t_engine.data.adapters.judged import (
    fault_flags,
    first_filled,
    hardness,
    peoples_answers,
    scales,
    score_limits,
    user_labels,
    verdict_names,
    verdict_values,
    verdict_votes,
    verdicts,
)
from so8t_engine.data.adapters.parsed_row import Fields, Index
from so8t_engine.data.adapters.talks import talk
from so8t_engine.sentences import Sentence, sentence

READINGS = {True: "data.label_bad", False: "data.label_good", None: "data.label_unclear"}
VALUES, LONGEST_VALUE = 5, 20  # of a label that are shown
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
MOST_STATES = 12  # different ones, from which on a column tells of more than good and bad
STATE = re.compile(  # how far an answer has come
    r"(?:\w+_)?(?:status|state)|\w*(?:ステータス|状態)|zustand|état|statut|estado|stato|статус|状态|狀態|상태|durum|stav|stan"
    r"|tila|állapot|stare|κατάσταση|الحالة|حالة|trạng_thái|स्थिति"
)
YES_OR_NO = verdict_values.THERE_IS | verdict_values.THERE_IS_NONE
Read = Mapping[bool | None, Counter[str]]


def of_named(rows: Sequence[Fields], where: Columns, index: Index, tool: str | None) -> list[Sentence]:
    """How the values of each column are read that the user names as `label`."""
    found: list[Sentence] = []
    voted = {*verdict_votes.places(index)}  # said by ballot_notes.py
    lists = (talk.opened(row.get(str(where.response))) for row in rows)
    voted |= {name for answers in lists for name in peoples_answers.votes(str(where.response), answers)}
    for place in verdicts.places(where) if rows else []:
        if place in voted or user_labels.kind_of_label(rows[0], place) == "predicted":
            continue
        judged = [row for row in rows if place in verdicts.places(first_filled.of(where, row))]
        read = _read(judged, place, index)
        readings = [*_readings(read), *_of_drafts(rows, judged, place)]
        found.append(sentence("data.label_read", column=place, readings=readings))
        if (limit := _wanted_limit(rows, place)) is not None:
            label = ", ".join(limit if each == place else each for each in verdicts.places(where))
            line = column_names.line(where.model_copy(update={"label": label}), tool)
            values = first(read[False] + read[None])
            found.append(sentence("data.label_wants_limit", column=place, values=values, line=line))
        if _may_be_turned(rows, place):
            label = ", ".join(f"{user_labels.NOT}{each}" if each == place else each for each in verdicts.places(where))
            line = column_names.line(where.model_copy(update={"label": label}), tool)
            good = first(read[False]) or [""]
            found.append(sentence("data.label_may_be_turned", column=place, good=good, line=line))
    return found


def _of_drafts(rows: Sequence[Fields], judged: Sequence[Fields], place: str) -> list[Sentence]:
    """In how many rows a label judges a draft, whose correction is learnt."""
    among = {id(row) for row in judged}
    values = Counter(_scores(verdicts.at(row, place)) for row in rows if id(row) not in among)
    values.pop("", None)
    return [sentence("data.label_of_draft", count=values.total(), values=first(values))] if values else []


def by_their_names(rows: Sequence[Fields], where: Columns, index: Index, tool: str | None = None) -> list[Sentence]:
    """Of each column that judges by its name and has values which nobody knows, how all of them are read."""
    found: list[Sentence] = []
    voted = {*verdict_votes.places(index)}
    for place in verdicts.places(where):
        if place in voted:
            continue
        kind = verdict_names.kind_of(place.rpartition(".")[2], where.response)
        telling = () if is_state(place) else verdict_names.TELLING
        if kind in (None, "predicted", "against", "remark", *telling) or place in user_labels.OF_SCALES:
            continue
        read = _read(rows, place, index)
        unheard = [value for value in map(lambda row: verdicts.at(row, place), rows) if _is_unheard(value)]
        unread = Counter(value for value in unheard if shown(value) in read[None])
        if is_state(place) and unread and not (read[True] or read[False]):
            found += [may_judge(place, unread, where, tool)] if 1 < len(unread) <= MOST_STATES else []
        elif unread and (read[True] or read[False]):
            found.append(sentence("data.label_by_its_name", column=place, readings=_readings(read)))
    return found


def is_state(place: str) -> bool:
    """Whether a column says how far an answer has come: a draft, published, no longer in force."""
    return STATE.fullmatch(verdict_names.plain(place.rpartition(".")[2])) is not None


def may_judge(name: str, said: Mapping[Any, int], where: Columns, tool: str | None) -> Sentence:
    """That only the user knows which values of a column mean a bad answer, and the line that names them all."""
    words = sorted(map(score_limits.shown, said))
    held = "|".join(filter(label_limits.UNHELD.isdisjoint, words))
    limit = f"{name} = {held}" if held else name
    values = first(Counter({shown(value): count for value, count in said.items()}))
    return sentence("data.looks_like_label", column=name, values=values, line=line_with(limit, where, tool, name))


def line_with(part: str, where: Columns, tool: str | None, instead: str | None = None) -> str:
    """The mapping with one more part in its label, or with that one in the place of another."""
    others = [each for each in verdicts.places(where) if each != instead]
    return column_names.line(where.model_copy(update={"label": ", ".join([*others, part])}), tool)


def of_scales(rows: Sequence[Fields], where: Columns, index: Index, tool: str | None) -> list[Sentence]:
    """How scores are read on whose scale all rows agree, and how to set another limit."""
    found: list[Sentence] = []
    for limit in scales.limits(index):
        read = _read(rows, str(limit), index)
        figures = [figure for row in rows for figure in _figures(row.get(limit.place))]
        line = line_with(score_limits.proposed(limit.place, figures), where, tool, str(limit))
        found.append(sentence("data.scale_read", column=limit.place, readings=_readings(read), line=line))
    return found


def beside(rows: Sequence[Fields], where: Columns, index: Index, tool: str | None) -> list[Sentence]:
    """What is said of columns beside an answer that hold labels, or how hard its question is."""
    return [*_of_hardness(rows, where, tool), *_of_short(rows, where, index, tool)]


def _of_short(rows: Sequence[Fields], where: Columns, index: Index, tool: str | None) -> list[Sentence]:
    """That a column of labels is not what is learnt, but the prose beside it, and the line that learns the label."""
    if labels_beside.BESIDE not in index:
        return []
    (short, prose), told = index[labels_beside.BESIDE][0].split("\n"), index[labels_beside.BESIDE][1]
    if all(bare_traces.is_one(str(row.get(prose)), prose, str(row.get(short, ""))) for row in rows):
        return []  # no answers but thought, of which the short ones are learnt
    unused = told == labels_beside.NONE_COMES_TO_IT
    line = column_names.line(where.model_copy(update={"response": short, "answer": None, "label": None}), tool)
    code = "data.label_beside_unused" if unused else "data.label_beside_is_gold"
    return [sentence(code, column=short, prose=prose, line=line)]


def _of_hardness(rows: Sequence[Fields], where: Columns, tool: str | None) -> list[Sentence]:
    """That a column says how hard tasks are and takes no solution out, and the line by which it does."""
    return [
        sentence("data.says_how_hard", column=name, count=count, line=line_with(name, where, tool))
        for name, count in hardness.unsolved(rows, where)
    ]


def _is_unheard(value: object) -> bool:
    """A word of which it might be known what it says; not one that leaves it open, which is told otherwise."""
    if not isinstance(value, str) or not value.strip() or len(value) > verdict_values.LONGEST:
        return False
    return not (verdict_values.is_unsettled(value) or verdict_values.figure_of(value) is not None)


def _wanted_limit(rows: Sequence[Fields], place: str) -> str | None:
    """The limit to begin with for a column of scores that is named without one."""
    if score_limits.of(rows[0], place) is not None or user_labels.turned(rows[0], place) is not None:
        return None
    if fault_flags.is_one(verdict_names.plain(place.rpartition(".")[2])):
        return None  # it says what is wrong or has taken the answer's place: R-022 is no score
    if user_labels.kind_of_label(rows[0], place) == "against":
        return None
    figures = [figure for row in rows for figure in _figures(verdicts.at(row, place))]
    return score_limits.proposed(place, figures) if figures and max(figures) > 1 else None


def _figures(value: object) -> list[float]:
    given = map(score_limits.figure_of, score_limits.scores_in(value))
    return [figure for figure in given if figure is not None]


def _read(rows: Sequence[Fields], place: str, index: Index) -> Read:
    found: dict[bool | None, Counter[str]] = {True: Counter(), False: Counter(), None: Counter()}
    said = [verdicts.at(row, place) for row in rows]
    counts = any(abs(verdict_values.number_of(value) or 0) > 1 for value in said)  # or grades: none is called good
    is_bare = score_limits.of(rows[0], place) is None
    for row, value in zip(rows, said, strict=True):
        finding = user_labels.read_as(row, place, value)
        if verdicts.by_all(place, value, index) is not None:
            finding = True
        elif finding is False and counts and verdict_values.number_of(value) is not None and is_bare:
            finding = None
        found[finding][_scores(value)] += 1
    return found


def _readings(read: Read) -> list[Sentence]:
    """Good, bad, neither; what is empty is said by itself."""
    found = [
        Sentence(READINGS[reading], {"count": told.total(), "values": first(told)})
        for reading, values in read.items()
        if (told := Counter({value: count for value, count in values.items() if reading is not None or value}))
    ]
    return [*found, sentence("data.label_none", count=read[None][""])] if read[None][""] else found


def _may_be_turned(rows: Sequence[Fields], place: str) -> bool:
    """Whether a column says yes and no, and its name does not say which of them is good."""
    name = verdict_names.plain(place.rpartition(".")[2])
    if user_labels.turned(rows[0], place) is not None or verdict_names.kind_of(name) or fault_flags.is_one(name):
        return False
    said = {
        verdict_values.word_of(value) or shown(value).lower() for row in rows for value in [verdicts.at(row, place)]
    }
    return bool(said - {"", "null"}) and said <= YES_OR_NO | {"null"}


def _scores(value: object) -> str:
    """A value as it is shown; of several scores in an object the figures alone."""
    if value is None:
        return ""
    several = isinstance(value, Mapping) and [score for score in score_limits.scores_in(value) if score is not None]
    return shown(value) if not several else "/".join(map(shown, several))


def shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + ELLIPSIS


def first(values: Counter[str]) -> list[str]:
    said = [value for value, _ in values.most_common(VALUES)]
    return said if len(values) <= VALUES else [*said, ELLIPSIS]


def numbers_untold(index: Index) -> list[Sentence]:
    """What numbers of right options are counted from, where no row tells, and the line that says otherwise."""
    if counting.UNTOLD not in index:
        return []
    (column, count), start = index[counting.UNTOLD], int(counting.FROM in index)
    line = counting.line(1 - start, int(count))
    return [sentence("data.numbers_untold", column=column, start=start, other=1 - start, line=line)]
