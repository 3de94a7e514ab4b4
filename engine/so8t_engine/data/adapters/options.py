"""Multiple choice: options as a list, an object or columns; the right one as letter, number, text or mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import talk
from so8t_engine.data.adapters.parsed_row import LETTERS, Fields, Skip

LISTS = (
    "choices", "options", "candidates", "alternatives", "mc1_targets", "endings", "answer_choices",
    "answer_candidates", "choice", "選択肢",
)  # fmt: skip
SPREAD = (  # columns, in the order of the options: (pattern, the first one's name)
    (re.compile(r"^(?:choice|option|ending|opt|candidate|sol|answer|mc_answer|選択肢)[ _-]?(\d)$"), "01"),
    (re.compile(r"^(?:choice|option|opt|op|candidate)[ _-]?([a-h])$"), "a"),
    (re.compile(r"^(?:q_)?op(\d)$"), "01"),
    (re.compile(r"^answer[ _-]?([a-h])$"), "a"),
    (re.compile(r"^([A-H])$"), "A"),
)
COUNTED = ("correct_answer_id", "correct_index", "correct_idx", "answer_id")  # where they are, "answers" are options
WRONG = re.compile(r"^(?:distractor|incorrect[ _]?answer)[ _-]?\d$")  # the right one stands in a column of its own
LETTERED = re.compile(r"\s*\(?([A-H])\s*[).:、．]\s*(?=\S)")
RIGHT = (
    "answerkey", "answer_key", "answer_idx", "answer_index", "correct_option", "correct_answer", "correct", "cop",
    "label", "gold", "answer", "target", "q_ans", "answer_entity", "correct_answer_num", "正解", "解答", "答え",
    "回答", *COUNTED,
)  # fmt: skip


def columns(names: Sequence[str]) -> tuple[str, ...]:
    """The columns that hold options: one with all of them, or one for each; none where there are none."""
    for name in names:
        if name.lower() in LISTS or (name.lower() == "answers" and any(one.lower() in COUNTED for one in names)):
            return (name,)
    for pattern, first in SPREAD:
        spread = sorted(name for name in names if pattern.match(name if first == "A" else name.lower()))
        ends = [pattern.match(name if first == "A" else name.lower())[1] for name in spread]  # type: ignore[index]
        if len(spread) > 1 and ends[0] in first and [ord(end) - ord(ends[0]) for end in ends] == [*range(len(ends))]:
            return tuple(spread)
    wrong, right = sorted(name for name in names if WRONG.match(name.lower())), right_column(names, (), None)
    return (*wrong, right) if wrong and right else ()


def right_column(names: Sequence[str], where: Sequence[str], prompt: str | None) -> str | None:
    """The column that says which of the options in `where` is right; with wrong ones only, the one that holds it."""
    if where and WRONG.match(where[0].lower()):
        return where[-1]
    if where and where[0].lower() == "mc1_targets":  # TruthfulQA marks it among them
        return where[0]
    plain = {name.lower().replace(" ", "_"): name for name in names if name not in where and name != prompt}
    return next((plain[name] for name in RIGHT if name in plain), None)


def are_written_out(value: Any) -> bool:
    """Whether a text is a list of lettered options, a line each."""
    lines = [line for line in value.splitlines() if line.strip()] if isinstance(value, str) else []
    return len(lines) > 1 and all(LETTERED.match(line) for line in lines)


def from_one(where: Sequence[str]) -> bool:
    """Whether the options' columns are numbered from 1, so that a number may mean their names or count from 0."""
    first = where[0].lower()
    numbered = [name[-1:] for name in where] == [str(number) for number in range(1, len(where) + 1)]
    return len(where) > 1 and (first == "answera" or (numbered and not first.startswith("sol")))


def is_option(row: Fields, where: Sequence[str], right: Any) -> bool:
    """Whether what says which is right is the text of one, and so no number to count with."""
    said = talk.words(right).strip() if isinstance(right, (int, float, str)) else ""
    return any(isinstance(row.get(name), (int, float, str)) and talk.words(row[name]).strip() == said for name in where)


def counted_from(answers: Iterable[Any], count: int) -> int | None:
    """0 or 1, by the first of all answers to `count` options that tells; None where none does."""
    for answer in answers:
        said = talk.words(answer).strip() if isinstance(answer, (int, float, str)) else ""
        if said in ("0", str(count)):
            return 0 if said == "0" else 1
    return None


def read(row: Fields, where: Sequence[str], right: Any, start: int | None = None) -> tuple[list[str], int]:
    """(options, number of the right one from 0). `start`: what the answers count from, where it is known; else
    from what the columns are called. Raises Skip where none is named.
    """
    labels: list[str] = []
    if len(where) > 1:
        texts = [talk.words(row[name]).strip() for name in where]
        labels = [name[-1].upper() for name in where]
        kept = [number for number, text in enumerate(texts) if text]
        texts, labels = [texts[number] for number in kept], [labels[number] for number in kept]
        if where[0].lower().startswith("sol"):  # PIQA counts its two from 0
            labels = ["0", "1"]
        if where[0].lower() == "answera":  # Social IQa counts them from 1
            labels = [str(number) for number in range(1, len(texts) + 1)]
        if start is None and not is_option(row, where, right):
            start = counted_from([right], len(texts))
        if from_one(where) and start == 0:
            labels = [str(int(label) - 1) for label in labels]
        if WRONG.match(where[0].lower()):  # the order of the columns would give the right one away
            texts, labels = sorted(texts), []
    else:
        texts, labels, marked = _of_one(talk.opened(row[where[0]]))
        right = marked if marked is not None else right
    if len(texts) < 2:
        raise Skip(drop_reasons.OTHER_OPTIONS)
    numbers = len(where) == 1 and _holds_numbers(talk.opened(row[where[0]]))
    if type(right) is int and 0 <= right < len(texts) and not numbers and not any(map(str.isdecimal, labels)):
        number = right  # counted from 0, even where an option says the same number
    else:
        number = _number(texts, labels, right)
    marks = [LETTERED.match(text) for text in texts]
    if [mark and mark[1] for mark in marks] == list(LETTERS[: len(texts)]):  # "A) 3": they are lettered once more
        texts = [text[mark.end() :] for text, mark in zip(texts, marks, strict=True) if mark]
    return texts, number


def _holds_numbers(value: Any) -> bool:
    return isinstance(value, Sequence) and any(isinstance(item, (int, float)) for item in value)


def _of_one(value: Any) -> tuple[list[str], list[str], int | None]:
    """(texts, their labels, the right one where it is marked among them)."""
    if isinstance(value, Mapping):
        texts = next((value[name] for name in ("text", "choices", "texts") if isinstance(value.get(name), list)), None)
        marks = next((value[name] for name in ("label", "labels") if isinstance(value.get(name), list)), None)
        if texts is not None:
            binary = marks is not None and set(map(str, marks)) <= {"0", "1"} and list(map(str, marks)).count("1") == 1
            labels = [] if marks is None or binary else [str(mark) for mark in marks]
            return [talk.words(text) for text in texts], labels, [*map(str, marks or [])].index("1") if binary else None
        return [talk.words(text) for text in value.values()], [str(name) for name in value], None
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise Skip(drop_reasons.OTHER_OPTIONS)
    labels = [str(item.get("label", item.get("key", ""))) for item in value if isinstance(item, Mapping)]
    return [talk.words(item) for item in value], labels if all(labels) else [], None


def _number(texts: Sequence[str], labels: Sequence[str], right: Any) -> int:
    if isinstance(right, Sequence) and not isinstance(right, str) and len(right) == 1:
        right = right[0]
    said = talk.words(right).strip() if right is not None else ""
    plain = said.strip("().:").removeprefix("option").strip()
    if said in labels:
        return list(labels).index(said)
    if plain.upper() in labels:
        return list(labels).index(plain.upper())
    stripped = [text.strip() for text in texts]
    if said in stripped:
        return stripped.index(said)
    bare = [LETTERED.sub("", text, count=1) for text in stripped]
    if said in bare:
        return bare.index(said)
    if plain.isdecimal() and int(plain) < len(texts):
        return int(plain)
    if len(plain) == 1 and plain.upper() in LETTERS[: len(texts)]:
        return LETTERS.index(plain.upper())
    raise Skip(drop_reasons.NO_RIGHT_OPTION)
