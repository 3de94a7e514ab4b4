"""Two answers to the same question, and who won: the winner's is learnt, of a tie the first, of two bad ones none.

`winner` as in arenas ("model_a", "A", "tie (bothbad)", a model's name), a column for each outcome (`winner_model_a`),
or a number whose sign says it (`overall_preference`; `preference`, where one of the source is negative).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from so8t_engine.config.run_config import Columns
from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import column_names, column_words, mapped
from so8t_engine.data.adapters.judged import verdict_evidence, verdict_names, verdict_values
from so8t_engine.data.adapters.parsed_row import Fields, Index, ParsedRow, Skip
from so8t_engine.data.adapters.talks import talk

JUDGES = re.compile(
    r"(?i)(?:human_|overall_)?(?:winner|preference|preferred|better)(?:_(?:response|answer|model))?|best(?:_(?:response|answer|output|model))?|(?:より)?良い(?:方|ほう|回答)|良かった方|優れた(?:方|回答)|勝者"
    r"|bessere?(?:[_ ]antwort)?|gewinner|préférée?|meilleure?(?:[_ ]réponse)?|gagnante?|mejor(?:[_ ]respuesta)?"
    r"|preferida|migliore|preferita|melhor(?:[_ ]resposta)?|лучше|лучший(?:[_ ]ответ)?|更好|更好的?(?:回答|答案)?"
    r"|较好的?回答|胜者|优选"
)
SCORES = ("score", "overall_score", "rating", "reward", "点数", "得点", "スコア", "評価")
OUTCOMES = ("winner_model_a", "winner_model_b", "winner_tie")
ASKS = (*column_words.PROMPT, "context", "messages", "conversation")
WORD = re.compile(
    r"(?:(?:model|response|answer|output|assistant|conversation|completion|回答|応答|出力|返答"
    r"|antwort|réponse|respuesta|risposta|resposta|ответ|答案|回复|답변)[ _-]*)?([abxy012甲乙])"
)
OF_GIVER = re.compile(r"(?i)(.+?)[ _](answers?|responses?|outputs?|completions?|reply|replies)")
OF_HELPSTEER = "overall_preference"
STRONGEST = 3  # of a preference with a sign: much better
SIGNED, GRADED = "preference with a sign", "preference without a sign, beyond 2"
TIES = {"tie", "tied", "draw", "equal", "both", "same", "both_good", "引き分け", "同じ", "同等"}
BOTH_BAD = {"tie (bothbad)", "bothbad", "both_bad", "both bad", "neither", "none", "どちらも悪い"}

Outcome = Literal[0, 1, "tie", "bad"]


@dataclass(frozen=True)
class _Comparison:
    """Columns: who asks (none where each answer is a whole talk), the two answers, who won, or a score for each; `ends`
    of their names.
    """

    asks: str | None
    answers: tuple[str, str]
    ends: tuple[str, str]
    judge: str | None
    scores: tuple[str, ...] = ()


def compares(columns: tuple[str, ...]) -> bool:
    """Whether these are two answers and a column that says who won."""
    return _columns(columns) is not None


def fits(row: Fields) -> bool:
    """Whether it is plain who has won."""
    found = _columns(tuple(row))
    if found is None:
        return False
    number = verdict_values.number_of(row[found.judge]) if found.judge else None
    return _outcome(row, found, {}) is not None or number in (0, STRONGEST)


def look(rows: Iterator[Fields]) -> dict[str, tuple[str, str]]:
    """Whether a preference has a sign in this source, or is a number of which nobody knows what it says."""
    largest = 0.0
    for row in islice(rows, verdict_evidence.NUMBERS_IN):
        found = _columns(tuple(row))
        if found is None or found.judge is None or found.judge.lower() == OF_HELPSTEER:
            break
        number = verdict_values.number_of(row[found.judge])
        if number is None and row[found.judge] not in (None, ""):
            break
        if number is not None and number < 0:
            return {SIGNED: ("", "")}
        largest = max(largest, number or 0)
    return {GRADED: ("", "")} if largest > 2 else {}


def read(row: Fields, index: Index) -> ParsedRow:
    found = _columns(tuple(row))
    outcome = _outcome(row, found, index) if found is not None else None
    if found is None or outcome is None:
        raise KeyError("winner")
    if outcome == "bad":
        judge = str(found.judge)
        raise Skip(drop_reasons.labelled_bad(judge, talk.words(row[judge]).strip()))
    answer = row[found.answers[0 if outcome == "tie" else outcome]]
    judging = {name: row[name] for name, _ in verdict_names.judging(tuple(row), None)}
    turns = [{"role": role, "content": text} for role, text in _talk(row, found, answer)]
    return mapped.read(Columns(messages="messages"), {**judging, "messages": turns}, index=index)


def described(columns: tuple[str, ...]) -> tuple[str | None, tuple[str, str], tuple[str, ...]]:
    """The columns for (who asks, the two answers, who won)."""
    found = _columns(columns)
    if found is None:
        raise KeyError("winner")
    judges = (found.judge,) if found.judge else found.scores or tuple(name for name in OUTCOMES if name in columns)
    return found.asks, found.answers, judges


@functools.lru_cache(maxsize=512)
def _columns(names: tuple[str, ...]) -> _Comparison | None:
    answers = sorted(column_names.rivals(names))
    givers = _givers(names)
    judge = next((name for name in names if JUDGES.fullmatch(name)), None)
    plain = {name.lower(): name for name in names}
    ends = [answer[-1].lower() for answer in answers]
    if not answers and givers and judge:
        answers, ends = [*givers.values()], [*givers]
    scores = [_score(plain, end) for end in ends]
    told = judge or set(OUTCOMES[:2]) <= set(names)
    if len(answers) != 2 or not (told or None not in scores):
        return None
    asks = next((plain[name] for name in ASKS if name in plain), None)
    if asks is None and not answers[0].lower().startswith("conversation"):
        return None
    by_score = () if told else tuple(name for name in scores if name is not None)
    return _Comparison(asks, (answers[0], answers[1]), (ends[0], ends[1]), judge, by_score)


def _givers(names: tuple[str, ...]) -> dict[str, str]:
    """Who gave each of two answers, by the names of their columns: chatgpt_answer and human_answer."""
    found = [match for name in names if (match := OF_GIVER.fullmatch(name))]
    same = len(found) == 2 and found[0][2].lower() == found[1][2].lower()
    return {match[1].lower(): match[0] for match in found} if same else {}


def _score(plain: Mapping[str, str], end: str) -> str | None:
    """The column of the answer's score whose name ends so."""
    names = (f"{of}{between}{end}" for of in SCORES for between in ("_", "", " "))
    return next((plain[name] for name in names if name in plain), None)


def _outcome(row: Fields, found: _Comparison, index: Index) -> Outcome | None:
    if found.scores:
        one, other = (verdict_values.figure_of(row.get(name)) for name in found.scores)
        if one is None or other is None:
            return None
        return "tie" if one == other else 0 if one > other else 1
    if found.judge is None:
        won = [name for name in OUTCOMES if row.get(name) in (1, True, "1")]
        outcomes: tuple[Outcome, ...] = (0, 1, "tie")
        return outcomes[OUTCOMES.index(won[0])] if len(won) == 1 else None
    value = row[found.judge]
    number = verdict_values.number_of(value)
    signed = found.judge.lower() == OF_HELPSTEER or SIGNED in index
    if number is not None and (signed or number < 0):
        return "tie" if number == 0 else 0 if number < 0 else 1
    if number is not None and GRADED in index:
        return None
    word = talk.words(value).strip().lower() if isinstance(value, (str, int, float)) else ""
    if word in TIES or word in BOTH_BAD:
        return "tie" if word in TIES else "bad"
    if word in found.ends:
        return 0 if word == found.ends[0] else 1
    named = [number for number, end in enumerate(found.ends) if word in re.split(r"[_ ]", end)]
    if len(named) == 1 and len(word) > 1:  # "human", of human_expert_answer and ai_answer
        return 0 if named[0] == 0 else 1
    models = [str(row.get(f"model_{end}")).lower() for end in found.ends]
    if word in models and models[0] != models[1]:
        return 0 if word == models[0] else 1
    match = WORD.fullmatch(word)
    ends = found.ends if match is None or match[1] in found.ends else ("a", "b")
    return None if match is None or match[1] not in ends else 0 if match[1] == ends[0] else 1


def _talk(row: Fields, found: _Comparison, answer: Any) -> talk.Turns:
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
