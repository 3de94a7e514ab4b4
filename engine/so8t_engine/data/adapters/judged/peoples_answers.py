"""Answers of several people to one question, a list of objects: the one that the asker has accepted, by its number,
else the one with most votes.

Votes count as such where the objects have them for and against, or for alone; a `score` only beside a column for what
was accepted (samples.py reads it elsewhere). What nobody is for is not learnt, nor one of several with as many votes.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.judged import verdict_names, verdict_values, verdict_votes
from so8t_engine.data.adapters.parsed_row import Fields, Skip
from so8t_engine.data.adapters.talks import talk

ACCEPTED = re.compile(  # without what parts the words
    r"(?:accepted|best|chosen|selected|solution|correct|right)(?:answer|response|reply|comment|post)?id"
    r"|(?:採用|ベスト|承認)(?:アンサー|回答)?id"
)
NUMBER = ("id", "answerid", "responseid", "replyid", "postid", "番号", "回答id", "回答番号")  # of an answer
LISTS = re.compile(
    r"(?:\w+_)?(?:answers|replies|responses)|回答(?:一覧|者?リスト)?|antworten|réponses|respuestas|risposte|respostas"
)
TITLES = (
    "title", "subject", "question_title", "タイトル", "件名", "題名", "titel", "betreff", "titre", "título", "titulo",
    "titolo",
)  # fmt: skip
BODIES = ("body", "question_body", "selftext", "description", "本文", "内容", "details")
MARKS = (  # on the best one, without what parts the words
    "selected", "isselected", "isbest", "isaccepted", "accepted", "isanswer", "best", "chosen", "preferred", "ischosen",
    "ispreferred", "bestanswer", "isbestanswer", "winner", "選択", "採用", "ベスト",
)  # fmt: skip
COUNTS = ("upvotes", "votes", "likes", "ups", "votecount", "upvotecount", "いいね", "いいね数", "投票数", "高評価")
SCORES = ("score",)


def mapping(row: Fields) -> Columns | None:
    """The question of a post (its title, what stands below that) with such answers to it, where they are told apart."""
    names = {verdict_names.plain(name): name for name in row}
    told = [name for name in names.values() if tells(row, name, talk.opened(row[name]))]
    title = next((names[name] for name in TITLES if name in names and isinstance(row[names[name]], str)), None)
    if title is None or len(told) != 1:
        return None
    body = next((names[name] for name in BODIES if name in names and talk.words_if_any(row[names[name]]).strip()), None)
    return Columns(prompt=title if body is None else f"{{{title}}}\\n\\n{{{body}}}", response=told[0])


def tells(row: Fields, place: str, answers: Any) -> bool:
    """Whether a row says by a number, by votes or by a mark which of its answers is the best, or that none is."""
    if not _are_answers(answers) or not LISTS.fullmatch(verdict_names.plain(place.rpartition(".")[2])):
        return False
    marked = any(_joined(str(key)) in MARKS for key in answers[0])
    return marked or _accepting(tuple(row), answers) is not None or _votes(answers, with_scores=True) is not None


def judges(row: Fields, place: str, answers: Any) -> list[str]:
    """The columns that say so."""
    if not _are_answers(answers):
        return []
    pointing, votes = _accepting(tuple(row), answers), _votes(answers)
    return [*([pointing] if pointing is not None else []), *([f"{place}.{votes[0]}"] if votes is not None else [])]


def accepted(row: Fields, answers: Sequence[Any]) -> int | None:
    """The number, from 0, of the one whose own number another column holds."""
    name = _accepting(tuple(row), answers) if _are_answers(answers) else None
    if name is None:
        return None
    wanted = _number(row[name])
    found = [place for place, one in enumerate(answers) if _number(_value(one, NUMBER)) == wanted]
    return found[0] if wanted and len(found) == 1 else None


def most_voted(row: Fields, place: str, answers: Sequence[Any]) -> int | None:
    """The number of the one with most votes; None where there are none to count. Raises Skip where none is for any."""
    name = _accepting(tuple(row), answers) if _are_answers(answers) else None
    votes = _votes(answers, with_scores=name is not None) if _are_answers(answers) else None
    if votes is None:
        if name is not None and len(answers) > 1:
            raise Skip(drop_reasons.none_is_better(name))
        return None
    column, counts = votes
    best = max(counts)
    if best < 0:
        raise Skip(drop_reasons.labelled_bad(f"{place}.{column}", str(int(best))))
    if (best == 0 and (name is not None or len(answers) > 1)) or counts.count(best) > 1:
        raise Skip(drop_reasons.none_is_better(name or f"{place}.{column}"))
    return counts.index(best)


def _are_answers(answers: Any) -> bool:
    return isinstance(answers, list) and bool(answers) and all(isinstance(one, Mapping) for one in answers)


def _accepting(names: tuple[str, ...], answers: Sequence[Mapping[str, Any]]) -> str | None:
    """The column that holds the number of the accepted answer, where each answer has one."""
    if any(_value(one, NUMBER) is None for one in answers):
        return None
    return next((name for name in names if ACCEPTED.fullmatch(_joined(name))), None)


def _votes(answers: Sequence[Mapping[str, Any]], with_scores: bool = False) -> tuple[str, list[float]] | None:
    """(what they are called, how many more are for each than against it), where each answer has them."""
    counted = (*COUNTS, *SCORES) if with_scores else COUNTS
    keys = {_joined(str(key)): str(key) for key in answers[0]}
    name = next((keys[one] for one in counted if one in keys), None)
    if name is None:
        return None
    other = verdict_votes.FOR_AND_AGAINST.get(verdict_names.plain(name))
    against = keys.get(_joined(other)) if other is not None else None
    counts = [_count(one.get(name)) for one in answers]
    if against is not None:
        taken = [_count(one.get(against)) for one in answers]
        counts = [None if None in pair else pair[0] - pair[1] for pair in zip(counts, taken, strict=True)]  # type: ignore[operator]
    known = [count for count in counts if count is not None]
    return (name, known) if len(known) == len(answers) else None


def _count(value: Any) -> float | None:
    number = verdict_values.number_of(value)
    return number if number is not None and number == int(number) else None


def _value(answer: Mapping[str, Any], names: Sequence[str]) -> Any:
    return next((value for key, value in answer.items() if _joined(str(key)) in names), None)


def _number(value: Any) -> str:
    """As it stands in a table, where pandas may have made 2.0 of it."""
    return str(value if value is not None else "").strip().removesuffix(".0")


@functools.lru_cache(maxsize=1024)
def _joined(name: str) -> str:
    return re.sub(r"[ _-]", "", name.strip().lower())
