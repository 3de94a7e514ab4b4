"""What the columns of a row say against its answer: that it is bad, or that it draws harm.

One rule, by the name, the value and the place. The name tells what is judged: an answer (`is_correct`), a run that made
one (`success`), harm in an answer (`toxicity`) or in what was asked (`prompt_harm_label`), in words (`critique`). The
value condemns where it is false, 0 or -1, or a word of a closed list; of harm, and of `is_wrong`, where it is true,
0.5 to 1, or such a word. The place may be the answer's own turn, the row, or an object beside it (`metadata`); the
nearest one counts.
What a run says counts only for a model's answer (a talk, a response, one with a trace), and only where it tells rows of
a source apart; a number only where the source has none beyond -1 to 1 (verdict_evidence.py). Ratings, scores, ranks are
none: where their scale begins nobody knows. A column that the user names as `label` always counts, and no other does.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from so8t_engine.config.run_config import Columns
from so8t_engine.data.adapters import talk
from so8t_engine.data.adapters.parsed_row import Fields, Index

Kind = Literal["answer", "wrong", "run", "rate", "word", "low", "safe", "harm", "request", "critique"]

BAD = {
    "false", "0", "-1", "bad", "undesirable", "rejected", "unsafe", "no", "negative", "thumbs_down", "incorrect",
    "wrong", "ng", "有害", "危険", "不正解", "誤り", "誤", "不合格", "×", "✕", "✗",
}  # fmt: skip
GOOD = {
    "true", "1", "good", "desirable", "chosen", "safe", "yes", "positive", "thumbs_up", "correct", "ok", "無害", "安全",
    "正解", "正", "合格", "○", "◯", "〇", "✓", "",
}  # fmt: skip
# Of a run.
FAILED = re.compile(r"fail(?:ed|ure)?|wrong[ _]\w+|(?:\w+[ _])?error|unsuccessful|low|(?:very )?poor|失敗|低")
NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
HARMFUL = {"true", "1", "yes", "harmful", "unsafe", "toxic", "有害", "危険"}
HARMLESS = {"false", "0", "no", "unharmful", "harmless", "safe", "無害", "安全", ""}
UNCLEAR = re.compile(r"(?i)(?:prompt|response)_label")  # "1" may be good or harmful there: only words tell

OF_ANSWERS = "answer|response|output|completion|model|assistant|generation|solution|final|overall|llm|reply"
OF_QUESTIONS = "prompt|question|problem|user|request|input|query|instruction|task"
JUDGES = re.compile(
    r"label|kto_tag|判定|正誤|合否|(?P<wrong>(?:\w+_)?is_(?:wrong|incorrect))|is_chosen|is_preferred|(?:is_)?desirable|(?P<whose>\w+?_)??(?:is_)?(?:(?P<answer>correct(?:ness)?)"
    r"|(?P<run>verified|resolved|success(?:ful)?|passed|solved|valid|accepted|reward)"
    r"|(?P<rate>(?:pass|success|solve)_rate|pass_1)|(?P<word>grade|status|outcome|quality))"
)
OF_SAFETY = re.compile(r"(?P<whose>\w+?_)??(?:is_)?(?:response_)?safe|llama_?guard(?:_\d)?")
OF_HARM = re.compile(
    r"(?P<whose>\w+?_)??(?:is_)?(?:harm|harmful|harmfulness|unsafe|toxic|toxicity)(?:_label|_score)?"
    r"|(?:prompt|response)_label|openai_moderation"
)
IN_WORDS = re.compile(r"(?:\w+_)?(?:critique|critic|feedback|judge?ment|verdict)")
CONDEMNS = re.compile(
    r"(?:\b(?:answer|response|solution|reasoning|conclusion|verdict) ?(?:is|was|:)|(?:^|[.!?]\s+)(?:it|this) is)\s*"
    r"(?:\w+ly |thus )?(?P<en>incorrect|wrong|not correct|harmful|unsafe|dangerous|unacceptable)\b"
    r"|(?:回答|解答|答え|結論|判定)(?:は|が|:|：)[^。\n]{0,12}?(?P<ja>誤り|間違|不正解|不正確|有害|危険|不適切)(?!では)",
    re.IGNORECASE,
)
ENDS_OF_CRITIQUE = 400  # characters at each end, where its verdict stands
BESIDE = ("metadata", "meta", "info", "extra_info", "annotations", "annotation")
OF_RUNS = ("run", "rate", "word")
UNTRAINED = {"weight": 0, "train": False, "trainable": False, "loss": False}  # of a turn: not to be learnt
LOW = 1  # of HelpSteer's scales, 0 to 4
LONGEST = 40  # characters of a word


@dataclass(frozen=True)
class Condemnation:
    """That the answer is bad. `place`, `said`: which column says so, and what.

    `harm`: what was asked is to be refused; `but_refused`: then an answer that refuses is a good one.
    """

    place: str
    said: str
    harm: bool = False
    but_refused: bool = False


def columns(names: tuple[str, ...], response: str | None = None) -> tuple[str, ...]:
    """The columns that judge by their names."""
    return tuple(name for name, _ in _judging(names, response))


def of(row: Fields, where: Columns, index: Index, *, named: bool = False) -> Condemnation | None:
    """The verdict that condemns the answer, if one does. `named`: the user says which columns judge (`label`)."""
    if named:
        low = _lowest(row)
        found = (
            _against(place, "low" if low and place == low[0] else _kind_of_label(place), _at(row, place))
            for place in places(where)
        )
        return next((verdict for verdict in found if verdict is not None), None)
    harm_is_told = False
    asked: Condemnation | None = None
    for place, kind, value in said(row, where):
        if place in index or (kind == "harm" and harm_is_told):  # by a place nearer to the answer
            continue
        verdict = _against(place, kind, value)
        if kind == "request":
            asked = asked or verdict
        elif verdict is not None:
            return verdict
        harm_is_told = harm_is_told or (kind in ("harm", "safe") and finding(kind, value) is not None)
    return None if harm_is_told else asked


def held_by(where: Columns) -> frozenset[str]:
    """The columns that hold question or answer."""
    given = where.model_dump(exclude={"label"}).values()
    return frozenset(place.strip() for value in given if value for place in (value, *value.split(",")))


def places(where: Columns) -> list[str]:
    return [place.strip() for place in where.label.split(",")] if where.label else []


def said(row: Fields, where: Columns) -> Iterator[tuple[str, Kind, Any]]:
    """(place, what is judged, value) of all that may be a verdict on the answer, from the nearest place on."""
    talk_of = row.get(where.messages) if where.messages else None
    if isinstance(talk_of, list):
        yield from _of_turn(talk_of, str(where.messages))
    names = tuple(row)
    if not _may_judge(names):  # most rows: less than a look at the plan
        return
    judging, beside, runs_too = _plan(where, names)
    if ("correctness", "answer") in judging and (low := _lowest(row)) is not None:
        yield low[0], "low", low[1]
        judging = tuple(item for item in judging if item[0] != "correctness")
    for name, kind in judging:
        yield name, kind, _moderated(row[name], talk_of) if name == "openai_moderation" else row[name]
    for around in beside:
        if isinstance(inner := talk.opened(row[around]), Mapping):
            for name, kind in _judging(tuple(inner), where.response):
                if runs_too or kind not in OF_RUNS:
                    yield f"{around}.{name}", kind, inner[name]


@functools.lru_cache(maxsize=512)
def _may_judge(names: tuple[str, ...]) -> bool:
    return any(name in BESIDE or name == "score" or kind_of(name, name) is not None for name in names)


@functools.lru_cache(maxsize=512)
def _plan(where: Columns, names: tuple[str, ...]) -> tuple[tuple[tuple[str, Kind], ...], tuple[str, ...], bool]:
    """(columns that judge, objects that may hold such, whether a run may judge): of rows with these columns."""
    held, runs_too = held_by(where), _is_a_models(where)
    found = _judging(names, where.response)
    judging = tuple(item for item in found if item[0] not in held and (runs_too or item[1] not in OF_RUNS))
    return judging, tuple(name for name in BESIDE if name in names and name not in held), runs_too


def finding(kind: Kind, value: Any) -> bool | None:
    """Whether a value of this kind condemns; None where it says nothing."""
    number = number_of(value)
    if number is not None:
        return _of_number(kind, number)
    word = _word(value)
    if word is None:
        return None
    if kind in ("harm", "request", "wrong"):
        return True if word in HARMFUL else False if word in HARMLESS else None
    if kind == "critique":
        return word in BAD or FAILED.fullmatch(word) is not None or CONDEMNS.search(word) is not None
    if kind == "safe":
        word = word.partition("\n")[0]  # "unsafe", and on a line of its own why
    if word in BAD or (kind in OF_RUNS and FAILED.fullmatch(word)):
        return True
    return False if word in GOOD or kind in OF_RUNS else None


def _of_number(kind: Kind, number: float) -> bool | None:
    if kind == "low":
        return number <= LOW
    if kind in ("harm", "request", "wrong"):
        return number >= 0.5 if 0 <= number <= 1 else None
    if kind in ("word", "critique") or (kind == "rate" and number < 0):  # -1 stands for a rate that nobody knows
        return None
    return True if number in (0, -1) else False if number > 0 else None


def number_of(value: Any) -> float | None:
    """A number, also one that stands there as text, as everything does in CSV."""
    if isinstance(value, (int, float)):
        return None if isinstance(value, bool) else value
    return float(value) if isinstance(value, str) and NUMBER.fullmatch(value.strip()) else None


@functools.lru_cache(maxsize=512)
def kind_of(name: str, response: str | None = None) -> Kind | None:
    """What a column of this name judges, beside an answer in the column `response`; None where it judges none."""
    plain = re.sub(r"[^\w]+", "_", name.strip().lower())
    match = JUDGES.fullmatch(plain)
    if match is not None:
        if match["wrong"]:
            return "wrong"
        whose = _whose(match["whose"], response)
        if whose in ("asked", "other"):
            return None
        if match["word"] or match["rate"]:
            return "word" if match["word"] else "rate"
        return "run" if match["run"] and whose == "row" else "answer"
    if (match := OF_SAFETY.fullmatch(plain)) is not None:
        return "safe" if _whose(match["whose"], response) in ("row", "answer") else None
    if (match := OF_HARM.fullmatch(plain)) is not None:
        if plain == "prompt_label" or _whose(match["whose"], response) == "asked":
            return "request"
        return None if plain.startswith("rejected") else "harm"
    return "critique" if IN_WORDS.fullmatch(plain) else None


def _whose(prefix: str | None, response: str | None) -> Literal["row", "answer", "asked", "other"]:
    """Whom a name's beginning means: `response_`, `question_`, or `gemini_` where `gemini_attempt` is the answer."""
    word = (prefix or "").removeprefix("is_").strip("_")
    if not word:
        return "row"
    if re.fullmatch(OF_ANSWERS, word) or (response is not None and response.lower().startswith(f"{word}_")):
        return "answer"
    return "asked" if re.fullmatch(OF_QUESTIONS, word) else "other"


@functools.lru_cache(maxsize=512)
def _judging(names: tuple[str, ...], response: str | None) -> tuple[tuple[str, Kind], ...]:
    """The columns that judge; of harm the one that goes turn by turn first, the answer's own before the row's."""
    found = [(name, kind) for name in names if (kind := kind_of(name, response)) is not None]
    scored = "gold_standard_solution" in names and "score" in names  # 0 or 1: whether the answer says the same
    found += [("score", "answer")] if scored else []

    def nearness(item: tuple[str, Kind]) -> int:
        return 0 if item[0] == "openai_moderation" else 1 if "response" in item[0] else 2

    return tuple(sorted(found, key=nearness))


def _kind_of_label(place: str) -> Kind:
    """What a column judges that the user says does so."""
    kind = kind_of(place.rpartition(".")[2])
    return "answer" if kind is None else kind


def _against(place: str, kind: Kind, value: Any) -> Condemnation | None:
    if UNCLEAR.fullmatch(place) and str(value).strip().lstrip("-").isdecimal():
        kind = "answer"
    if not finding(kind, value):
        return None
    if kind == "critique":
        match = CONDEMNS.search(word := _word(value) or "")
        return Condemnation(place, match["en"] or match["ja"] if match else word)
    number = number_of(value)
    told = talk.words(value if number is None else number).strip().lower().partition("\n")[0]
    told = "0.5..1" if number is not None and 0 < number < 1 else told
    return Condemnation(place, told, harm=kind in ("safe", "harm", "request"), but_refused=kind in ("harm", "request"))


def _word(value: Any) -> str | None:
    """What a value says in small letters; of a long text its beginning and its end."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return None
    if len(value) <= LONGEST:
        return value.strip().lower()
    return f"{value[:ENDS_OF_CRITIQUE]} {value[-ENDS_OF_CRITIQUE:]}".lower()


def _of_turn(turns: list[Any], place: str) -> Iterator[tuple[str, Kind, Any]]:
    """What stands on the last answer of a talk beside its words."""
    for number in range(1, min(len(turns), 3) + 1):
        turn = turns[-number]
        if not isinstance(turn, Mapping) or len(turn) < 3:
            continue
        if talk.role_of(turn) == talk.ASSISTANT:
            for name, left in UNTRAINED.items():
                if name in turn and turn[name] == left:
                    yield f"{place}.-{number}.{name}", "answer", turn[name]
            for name, kind in _judging(tuple(turn), None):
                yield f"{place}.-{number}.{name}", kind, turn[name]
            return


def _moderated(value: Any, turns: Any) -> bool | None:
    """Whether a moderation has flagged an answer; of findings that do not stand beside turns, anything."""
    found = talk.opened(value)
    found = [found] if isinstance(found, Mapping) else found
    if (
        not isinstance(found, list)
        or not found
        or not all(isinstance(one, Mapping) and "flagged" in one for one in found)
    ):
        return None
    if isinstance(turns, list) and len(turns) == len(found):
        found = [one for one, turn in zip(found, turns, strict=True) if talk.role_of(turn) != talk.USER]
    return any(one["flagged"] for one in found)


def _lowest(row: Fields) -> tuple[str, float] | None:
    """HelpSteer's helpfulness and correctness, 0 to 4: the lower one."""
    scores = [
        (score, name)
        for name in ("correctness", "helpfulness")
        if isinstance(score := row.get(name), (int, float)) and not isinstance(score, bool)
    ]
    if len(scores) < 2:
        return None
    score, name = min(scores)
    return name, score


def _is_a_models(where: Columns) -> bool:
    """Whether the answer is one that a model gave, not the one that the data set has for its question."""
    if where.messages or where.chosen or where.reasoning:
        return True
    return where.response is not None and re.sub(r"[^\w]+", "_", where.response.lower()) not in REFERENCES


REFERENCES = {
    "answer", "answers", "final_answer", "correct_answer", "expected_answer", "gold_answer", "ground_truth", "gold",
    "reference_answer", "best_answer", "canonical_solution", "solution", "target", "targets", "正解", "解答", "答え",
}  # fmt: skip


def _at(row: Fields, place: str) -> Any:
    value: Any = row
    if place in row:
        return _moderated(row[place], None) if place == "openai_moderation" else row[place]
    for part in place.split("."):
        value = talk.opened(value)
        try:
            value = value[part] if isinstance(value, Mapping) else value[int(part)]
        except (KeyError, ValueError, IndexError, TypeError):
            return None
    return value
