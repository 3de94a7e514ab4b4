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
OF_ASKER = ("isaccepted", "accepted")
COUNTS = ("upvotes", "votes", "likes", "ups", "votecount", "upvotecount", "いいね", "いいね数", "投票数", "高評価",
          "helpful", "helpfulcount", "helpfulvotes", "votesup", "thumbsup", "参考になった", "役に立った")  # fmt: skip
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
    if not are_objects(answers) or not LISTS.fullmatch(verdict_names.plain(place.rpartition(".")[2])):
        return False
    marked = any(_joined(str(key)) in MARKS for key in answers[0])
    return marked or _accepting(tuple(row), answers) is not None or _votes(answers, with_scores=True) is not None


def judges(row: Fields, place: str, answers: Any) -> list[str]:
    """The columns that say so."""
    if not are_objects(answers):
        return []
    pointing, mark = _accepting(tuple(row), answers), acceptance(answers)
    votes = _votes(answers, with_scores=mark is not None)
    inside = [name for name in (mark, votes[0] if votes is not None else None) if name is not None]
    return [*([pointing] if pointing is not None else []), *(f"{place}.{name}" for name in inside)]


def are_wanted(row: Fields, place: str, answers: Any, named: Sequence[str]) -> bool:
    """Whether a label names nothing but what tells such answers apart; the mark alone wants accepted ones alone."""
    against = votes(place, answers)[1:]
    named = [name for name in named if name in row or not ACCEPTED.fullmatch(_joined(name))]  # or nobody was accepted
    named, told = [name for name in named if name not in against], judges(row, place, answers)
    mark = acceptance(answers)
    alone = mark is not None and f"{place}.{mark}" in named
    return {*named} <= {*told} and not (alone and told[-1] not in named)


def votes(place: str, answers: Any) -> list[str]:
    """The columns of the votes for each of such answers, and of those against it."""
    columns = _vote_columns(answers[0], with_scores=False) if are_objects(answers) else None
    return [f"{place}.{name}" for name in columns or () if name is not None]


def accepted(row: Fields, answers: Sequence[Any]) -> int | None:
    """The number, from 0, of the one whose own number another column holds."""
    name = _accepting(tuple(row), answers) if are_objects(answers) else None
    if name is None:
        return None
    wanted = _number(row[name])
    found = [place for place, one in enumerate(answers) if _number(_value(one, NUMBER)) == wanted]
    return found[0] if wanted and len(found) == 1 else None


def most_voted(row: Fields, place: str, answers: Sequence[Any]) -> int | None:
    """The number of the one with most votes; None where there are none to count. Raises Skip where none is for any."""
    if not are_objects(answers):
        return None
    name = _accepting(tuple(row), answers)
    votes = _votes(answers, with_scores=name is not None or acceptance(answers) is not None)
    if votes is None:
        if name is not None and len(answers) > 1:
            raise Skip(drop_reasons.none_is_better(name))
        return None
    column, counts = votes
    best = max(counts)
    if best < 0:
        raise Skip(drop_reasons.labelled_bad(f"{place}.{column}", str(best)))
    nobody = name is not None or len(answers) > 1 or acceptance(answers) is not None
    if (best == 0 and nobody) or counts.count(best) > 1:
        raise Skip(drop_reasons.none_is_better(name or f"{place}.{column}"))
    return counts.index(best)


def acceptance(answers: Sequence[Any]) -> str | None:
    """What the mark on the answer that the asker accepted is called, where each of them has it."""
    if not are_objects(answers):
        return None
    keys = [str(key) for key in answers[0] if _joined(str(key)) in OF_ASKER]
    return next((key for key in keys if all(isinstance(one.get(key), bool) for one in answers)), None)


def unaccepted(row: Fields, place: str, answers: Any) -> bool:
    """Whether nobody has accepted an answer, and the one with most votes is learnt."""
    if not are_objects(answers) or accepted(row, answers) is not None:
        return False
    mark = acceptance(answers)
    if mark is None and _accepting(tuple(row), answers) is None:
        return False
    try:
        return not (mark and any(one[mark] for one in answers)) and most_voted(row, place, answers) is not None
    except Skip:
        return False


def voted_down(row: Fields, place: str, answers: Sequence[Any], number: int | None) -> tuple[str, str] | None:
    """(place, votes) of an accepted answer that more people are against than for."""
    marked = are_objects(answers) and (acceptance(answers) or _accepting(tuple(row), answers))
    votes = _votes(answers, with_scores=True) if marked else None
    if number is None or votes is None or votes[1][number] >= 0:
        return None
    return f"{place}.{votes[0]}", str(votes[1][number])


def of_question(names: Sequence[str], answers: Any) -> set[str]:
    """The columns beside answers that are of what was asked, as each of the answers has its own votes."""
    if not are_objects(answers) or _votes(answers, with_scores=True) is None:
        return set()
    own = {str(key) for one in answers for key in one}
    return {name for name in names if name in own or _joined(name) in (*COUNTS, *SCORES)}


def are_objects(answers: Any) -> bool:
    """Whether a list holds answers with more than their words."""
    return isinstance(answers, list) and bool(answers) and all(isinstance(one, Mapping) for one in answers)


def _accepting(names: tuple[str, ...], answers: Sequence[Mapping[str, Any]]) -> str | None:
    """The column that holds the number of the accepted answer, where each answer has one."""
    if any(_value(one, NUMBER) is None for one in answers):
        return None
    return next((name for name in names if ACCEPTED.fullmatch(_joined(name))), None)


def _votes(answers: Sequence[Mapping[str, Any]], with_scores: bool) -> tuple[str, list[int]] | None:
    """(what they are called, how many more are for each than against it), where each answer has them."""
    columns = _vote_columns(answers[0], with_scores)
    if columns is None:
        return None
    known = [count for one in answers if (count := _balance(one, *columns)) is not None]
    return (columns[0], known) if len(known) == len(answers) else None


def _balance(answer: Mapping[str, Any], name: str, against: str | None) -> int | None:
    """How many more are for an answer than against it."""
    up = verdict_values.whole_of(answer.get(name))
    down = verdict_values.whole_of(answer.get(against)) if against is not None else 0
    return None if up is None or down is None else up - down


def _vote_columns(answer: Mapping[str, Any], with_scores: bool) -> tuple[str, str | None] | None:
    """What counts those for an answer, and those against it."""
    counted = (*COUNTS, *SCORES) if with_scores else COUNTS
    keys = {_joined(str(key)): str(key) for key in answer}
    name = next((one for one in counted if one in keys), None)
    others = (_joined(down) for up, down in verdict_votes.FOR_AND_AGAINST if _joined(up) == name)
    return None if name is None else (keys[name], next((keys[other] for other in others if other in keys), None))


def _value(answer: Mapping[str, Any], names: Sequence[str]) -> Any:
    return next((value for key, value in answer.items() if _joined(str(key)) in names), None)


def _number(value: Any) -> str:
    """As it stands in a table, where pandas may have made 2.0 of it."""
    return str(value if value is not None else "").strip().removesuffix(".0")


@functools.lru_cache(maxsize=1024)
def _joined(name: str) -> str:
    return re.sub(r"[ _-]", "", name.strip().lower())
