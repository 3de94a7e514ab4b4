"""Several answers to one question in columns of their own, and which is the better one: arenas, annotators.

They are read as a list of answers is (samples.py, pointers.py): what points at one of them (`winner`, `best`), a score,
a rank, a mark or a verdict for each, in columns that end as those of the answers do.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import column_names, column_words, mapped
from so8t_engine.data.adapters.answers import gold_beside, options
from so8t_engine.data.adapters.judged import (
    ballots,
    peoples_answers,
    pointers,
    ranked_rows,
    samples,
    verdict_evidence,
    verdict_names,
    verdict_values,
    versions,
)
from so8t_engine.data.adapters.parsed_row import OTHER_SHAPES, Fields, Index, ParsedRow, Skip
from so8t_engine.data.adapters.talks import talk

OUTCOMES = ("winner_model_a", "winner_model_b", "winner_tie")
ASKS = (*column_words.PROMPT, "context", "messages", "conversation")
OF_GIVER = re.compile(r"(?i)(.+?)[ _](answers?|responses?|outputs?|completions?|reply|replies)")
OF_PEOPLE = re.compile(r"(?i)((?:annotator|rater|回答者|評価者|アノテーター))s?[ _-]?([a-h1-9])")
HOLDS = re.compile(  # the answer that holds, in its own words
    r"(?:\w+_)?(?:majority|consensus|agreed|best|chosen)(?:_(?:vote|answer|response|label|output))?|多数決|合意|最良|採用回答"
)
OF_EACH = (  # a column for each answer, ended as its own is: (names, the list that they are)
    (re.compile(r"(?:\w+_)?(?:score|rating|reward)s?|点数|得点|スコア|評価"), "scores"),
    (ranked_rows.RANKS, "ranks"),
    (re.compile(f"(?:is_)?(?:{'|'.join(peoples_answers.MARKS)})"), "selected"),
    (
        re.compile(r"(?:is_)?(?:correct|right|good|acceptable|accepted|ok|passed|success(?:ful)?|valid)|正誤|正解か"),
        "is_correct",
    ),
)
LIST = "responses"


class Spread(NamedTuple):
    """Columns: who asks (none where each answer is a whole talk), the answers and how their names end, what points at
    one of them, what several people say in a column each, what holds for each (list, columns).
    """

    asks: str | None
    answers: tuple[str, ...]
    ends: tuple[str, ...]
    pointing: tuple[str, ...]
    people: tuple[str, ...]
    of_each: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def judges(self) -> tuple[str, ...]:
        return self.pointing or self.people or self.each

    @property
    def each(self) -> tuple[str, ...]:
        """The columns of what holds for each."""
        return tuple(name for _, those in self.of_each for name in those)


def compares(columns: tuple[str, ...]) -> bool:
    """Whether these are several answers and what says which is the better one."""
    return _columns(columns) is not None


def fits(row: Fields) -> bool:
    """Whether it may be plain which one is better."""
    found = _columns(tuple(row))
    if found is None:
        return False
    counting = (name for name in found.pointing if not (pointers.MAY_POINT.fullmatch(name) or versions.uses((name,))))
    numbers = [verdict_values.whole_of(row[name]) for name in counting]
    if any(number is not None and abs(number) <= max(pointers.STRONGEST, len(found.answers)) for number in numbers):
        return True
    try:
        return _outcome(row, found, {}) is not None
    except Skip:
        return True


def look(rows: Iterator[Fields]) -> Index:
    """What numbers that point at an answer say in this source."""
    numbers = pointers.Numbers()
    for row in islice(rows, verdict_evidence.NUMBERS_IN):
        found = _columns(tuple(row))
        for name in found.pointing if found is not None else ():
            numbers.add(name, row[name], len(found.answers) if found is not None else 0)
        if not numbers.is_open():
            break
    return numbers.found()


def read(row: Fields, index: Index) -> ParsedRow:
    found = _columns(tuple(row))
    outcome = _outcome(row, found, index) if found is not None else None
    if found is None or outcome is None:
        raise KeyError("winner")
    answer = row[found.answers[outcome]]
    if (gold := gold_beside.contradicting(row, answer)) not in (None, *found.answers):
        raise Skip(drop_reasons.other_than_gold(str(gold)))
    where = _about(tuple(row), found)
    if where is not None and isinstance(row[str(where.prompt)], str) and isinstance(talk.opened(answer), str):
        return mapped.read(where, {**_without(row, found), str(where.response): answer}, index=index)
    judging = {name: row[name] for name, _ in verdict_names.judging(tuple(row), None)}
    turns = [{"role": role, "content": text} for role, text in _talk(row, found, answer)]
    return mapped.read(Columns(messages="messages"), {**judging, "messages": turns}, index=index)


def described(columns: tuple[str, ...]) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    """The columns for (who asks, the answers, what says which is better)."""
    found = _columns(columns)
    if found is None:
        raise KeyError("winner")
    return found.asks, found.answers, found.judges


def used(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns that are read beside these."""
    found = _columns(columns)
    where = _about(columns, found) if found is not None else None
    return () if where is None else tuple(str(place) for place in where.model_dump(exclude_none=True).values())


@functools.lru_cache(maxsize=512)
def _columns(names: tuple[str, ...]) -> Spread | None:
    ended = _answers(names)
    pointing = tuple(
        name
        for name in dict.fromkeys((*pointers.columns(names), *filter(HOLDS.fullmatch, names)))
        if name not in ended.values()
    )
    if len(ended) < 2 and pointing:
        ended = _givers(names)
    if not any(map(pointers.NAMES.fullmatch, pointing)) and (uses := versions.uses(names)) is not None:
        ended = ended if len(ended) > 1 else versions.answers(names)
        pointing = (*(name for name in (uses,) if name not in ended.values()), *pointing)
    if len(ended) < 2 or _is_quiz(names):
        return None
    of_each = _of_each(names, ended)
    people = next(iter(ballots.groups(tuple(name for name in names if name not in ended.values()), names)), ())
    by_name = {name.lower(): name for name in names}
    asks = next((by_name[name] for name in ASKS if name in by_name), None)
    if not (pointing or people or of_each) or (asks is None and not all(map(_is_talk, ended.values()))):
        return None
    return Spread(asks, tuple(ended.values()), tuple(ended), pointing, people, of_each)


def _answers(names: tuple[str, ...]) -> dict[str, str]:
    """How their names end -> the columns of the answers."""
    answers = sorted(column_names.rivals(names))
    ended = {answer[-1].lower(): answer for answer in answers}
    if len(ended) == len(answers) > 1:
        return ended
    people = [match for name in names if (match := OF_PEOPLE.fullmatch(name))]
    return {match[2].lower(): match[0] for match in people if len({one[1].lower() for one in people}) == 1}


def _givers(names: tuple[str, ...]) -> dict[str, str]:
    """Who gave each of two answers, by the names of their columns: chatgpt_answer and human_answer."""
    found = [match for name in names if (match := OF_GIVER.fullmatch(name)) and not pointers.NAMES.fullmatch(name)]
    same = len(found) == 2 and found[0][2].lower() == found[1][2].lower()
    return {match[1].lower(): match[0] for match in found} if same else {}


def _is_quiz(names: tuple[str, ...]) -> bool:
    """Whether these are the options of a question, and another column says which is right."""
    where = options.columns(names)
    return bool(where) and options.right_column(names, where, None) is not None


def _is_talk(name: str) -> bool:
    return name.lower().startswith("conversation")


def _of_each(names: tuple[str, ...], ended: Mapping[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(list, columns) of what holds for each answer: score_a and score_b, response_1_rank."""
    plain = {verdict_names.plain(name): name for name in names if name not in ended.values()}
    found: list[tuple[str, tuple[str, ...]]] = []
    for names_of, called in OF_EACH:
        forms = [
            re.compile(
                rf"(?:{names_of.pattern})_?(?:(?:model|response|answer|output|completion|回答)_?)?{re.escape(end)}"
                rf"|{re.escape(verdict_names.plain(answer))}_(?:{names_of.pattern})"
            )
            for end, answer in ended.items()
        ]
        those = [next((name for said, name in plain.items() if form.fullmatch(said)), None) for form in forms]
        given = tuple(name for name in those if name is not None)
        if len(given) == len(ended):
            found.append((called, given))
    return tuple(found)


def _outcome(row: Fields, found: Spread, index: Index) -> int | None:
    """The number of the better answer. Raises Skip where none is."""
    answers = [row[name] for name in found.answers]
    givers = [str(row.get(f"model_{end}")).lower() for end in found.ends]
    for name in found.pointing:
        if versions.uses((name,)) is not None:
            outcome = versions.named(row[name], found.answers, found.ends)
        else:
            outcome = pointers.pointed(name, row[name], answers, index, found.ends, givers)
        if outcome == "tie":
            raise Skip(drop_reasons.none_is_better(name))
        if outcome == "bad":
            raise Skip(drop_reasons.labelled_bad(name, talk.words(row[name]).strip()))
        if outcome is not None:
            return outcome
    said = [row[name] for name in found.people if row[name] not in (None, "")]
    most = pointers.most((pointers.pointed("vote", one, answers, index, found.ends, givers), 1) for one in said)
    if isinstance(most, int):
        return most
    if most is not None:
        raise Skip(drop_reasons.none_is_better(", ".join(found.people)))
    if row.get(OUTCOMES[2]) in (1, True, "1"):
        raise Skip(drop_reasons.none_is_better(OUTCOMES[2]))
    lists = {called: [row[name] for name in those] for called, those in found.of_each}
    try:
        sample = samples.of({LIST: answers, **lists}, Columns(prompt="?", response=LIST), index)
    except OTHER_SHAPES:
        return None
    except Skip:
        raise Skip(drop_reasons.none_is_better(", ".join(found.each))) from None
    if sample is not None and sample.verdict is not None:
        those = next(those for called, those in found.of_each if called == sample.verdict.place)
        raise Skip(drop_reasons.labelled_bad(those[sample.number], sample.verdict.said))
    return sample.number if sample is not None else None


@functools.lru_cache(maxsize=512)
def _about(names: tuple[str, ...], found: Spread) -> Columns | None:
    """The mapping of what was asked, with what stands beside it, to an answer; None where only turns tell."""
    taken = {*found.answers, *found.pointing, *found.people, *found.each}
    where = column_names.guess((*(name for name in names if name not in taken and name != "response"), "response"))
    if where is None or where.prompt not in names or where.response != "response" or where.choices:
        return None
    return where.model_copy(update={"reasoning": None, "answer": None, "label": None})


def _without(row: Fields, found: Spread) -> Fields:
    taken = {*found.answers, *found.pointing, *found.people, *found.each}
    return {name: value for name, value in row.items() if name not in taken}


def _talk(row: Fields, found: Spread, answer: Any) -> talk.Turns:
    """The turns up to the answer: a talk that holds it, questions and answers in turn, or a question before it."""
    said, asked = talk.opened(answer), talk.opened(row[found.asks]) if found.asks else None
    if asked is None or (isinstance(said, list) and any(talk.role_of(turn) == talk.USER for turn in said)):
        return talk.turns(said)
    if isinstance(said, list) and isinstance(asked, list) and len(said) == len(asked) and isinstance(asked[0], str):
        return [turn for pair in zip(asked, said, strict=True) for turn in _pair(*pair)]
    before = talk.turns(asked) if isinstance(asked, list) else [(talk.USER, talk.words(asked))]
    return [*before, (talk.ASSISTANT, talk.words(said))]


def _pair(asked: Any, said: Any) -> talk.Turns:
    return [(talk.USER, talk.words(asked)), (talk.ASSISTANT, talk.words(said))]
