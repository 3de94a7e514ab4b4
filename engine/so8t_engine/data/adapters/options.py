"""Multiple choice: options as a list, an object or columns; the right one as letter, number, text or mark."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import talk
from so8t_engine.data.adapters.parsed_row import LETTERS, Fields, Skip

LISTS = (
    "choices", "options", "candidates", "alternatives", "mc1_targets", "endings", "answer_choices",
    "answer_candidates", "choice", "選択肢",
)  # fmt: skip
KANA = "アイウエオカキク"
# Columns, in the order of the options: (pattern of names in lower case, how the first may end, the fewest there are).
SPREAD = (
    (re.compile(r"^(?:choice|option|ending|opt|candidate|sol|answer|mc_answer|選択肢)[ _-]?(\d)$"), "01", 2),
    (re.compile(r"^(?:choice|option|opt|op|candidate|選択肢)[ _-]?([a-h])$"), "a", 2),
    (re.compile(r"^(?:q_)?op(\d)$"), "01", 2),
    (re.compile(r"^answer[ _-]?([a-h])$"), "a", 2),
    (re.compile(rf"^(?:選択肢)?[ _-]?([{KANA}])$"), "ア", 2),
    (re.compile(r"^([A-H])$"), "A", 2),
    (re.compile(r"^([a-h])$"), "a", 3),  # two may be what a sum is of
    (re.compile(r"^(\d)$"), "1", 3),
)
COUNTED = ("correct_answer_id", "correct_index", "correct_idx", "answer_id")  # where they are, "answers" are options
WRONG = re.compile(r"^(?:distractor|incorrect[ _]?answer)[ _-]?\d$")  # the right one stands in a column of its own
LETTERED = re.compile(r"\s*\(?([A-H])\s*[).:、．]\s*(?=\S)")
# "1. saw" but not "1.5": an option that says its own number.
NUMBERED = re.compile(rf"\s*[(（]?(?:(\d{{1,2}}|[{KANA}])\s*(?:[)）、．]|\.(?!\d))|([①-⑳]))\s*(?=\S)")
# Options in one text: what stands before each, in order; without that what stands between them.
AHEAD = r"(?:^|(?<=[\s|,;/、，；／]))[(（\[]?"
BEHIND = r"\s*(?:[)）\]:：．、]|\.(?!\d))\s*"
MARKS = (
    (re.compile(r"\s*([①-⑳])\s*"), "①②③④⑤⑥⑦⑧⑨⑩"),
    (re.compile(rf"{AHEAD}([A-J]){BEHIND}"), LETTERS),
    (re.compile(rf"{AHEAD}([a-j]){BEHIND}"), LETTERS.lower()),
    (re.compile(rf"{AHEAD}([1-9]){BEHIND}"), "123456789"),
    (re.compile(rf"{AHEAD}([{KANA}]){BEHIND}"), KANA),
)
SEPARATORS = (
    ("\n", 2),
    ("|", 2),
    ("｜", 2),
    (";", 2),
    ("；", 2),
    ("／", 2),
    ("、", 3),
    (", ", 3),
    (",", 3),
    (" / ", 2),
    ("/", 2),
)
LONGEST_OPTION, MOST_OPTIONS = 120, 10  # characters; of options without marks
BETWEEN = re.compile(r"\s*(?:[,;/|&+・、]|と|\band\b)\s*|\s+", re.IGNORECASE)  # several right ones
AROUND = re.compile(r"(?i)^(?:option|choice|answer|選択肢)[ _-]*(?=\w{1,2}(?:\.0+|番)?$)|(?<=\d)(?:\.0+|番)$")
RIGHT = (
    "answerkey", "answer_key", "answer_idx", "answer_index", "correct_option", "correct_answer", "correct", "cop",
    "label", "gold", "answer", "target", "q_ans", "answer_entity", "correct_answer_num", "correct_answers",
    "correct_option_number", "正解", "正答", "解答", "答え", "回答", "正解番号", "正答番号",
    "答案", "正确答案", "정답", "답", "antwort", "réponse", "respuesta", "risposta", "resposta", *COUNTED,
)  # fmt: skip


def columns(names: Sequence[str]) -> tuple[str, ...]:
    """The columns that hold options: one with all of them, or one for each; none where there are none."""
    for name in names:
        if name.lower() in LISTS or (name.lower() == "answers" and any(one.lower() in COUNTED for one in names)):
            return (name,)
    for pattern, first, fewest in SPREAD:
        plain = {name: _half_width(name) if first == "A" else _half_width(name).lower() for name in names}
        ends = {name: found[1] for name, text in plain.items() if (found := pattern.match(text))}
        spread = sorted(ends, key=ends.__getitem__)
        order = KANA if first == "ア" else "".join(map(chr, range(128)))
        begin = order.find(ends[spread[0]]) if len(spread) >= fewest and ends[spread[0]] in first else -1
        if begin >= 0 and "".join(ends[name] for name in spread) == order[begin : begin + len(spread)]:
            return tuple(spread)
    wrong, right = sorted(name for name in names if WRONG.match(name.lower())), right_column(names, (), None)
    return (*wrong, right) if wrong and right else ()


def right_column(names: Sequence[str], where: Sequence[str], prompt: str | None) -> str | None:
    """The column that says which of the options in `where` is right; with wrong ones only, the one that holds it."""
    if where and WRONG.match(where[0].lower()):
        return where[-1]
    if where and where[0].lower() == "mc1_targets":  # TruthfulQA marks it among them
        return where[0]
    plain = {
        name.lower().replace("(s)", "s").replace(" ", "_"): name
        for name in names
        if name not in where and name != prompt
    }
    return next((plain[name] for name in RIGHT if name in plain), None)


def are_written_out(value: Any) -> bool:
    """Whether a text is a list of lettered options, a line each."""
    lines = [line for line in value.splitlines() if line.strip()] if isinstance(value, str) else []
    return len(lines) > 1 and all(LETTERED.match(line) for line in lines)


def in_one_text(value: str) -> tuple[list[str], list[str]]:
    """(options, their marks) that one text holds: "①dog ②hen", "A. dog | B. hen", a line each; nothing else."""
    text = value.strip()
    for marks, order in MARKS:
        found = [mark for mark in marks.finditer(text)]
        if not found or found[0].start() or len(found) < 2 or found[0][1] != order[0]:
            continue
        ahead = iter(order)
        wanted = next(ahead)
        kept: list[re.Match[str]] = []
        for mark in found:  # "A. vitamin A: good" names A twice
            if mark[1] == wanted:
                kept.append(mark)
                wanted = next(ahead, "")
        ends = [mark.start() for mark in kept[1:]] + [len(text)]
        texts = [text[mark.end() : end].strip(" \t\r\n|｜,;/、，；／") for mark, end in zip(kept, ends, strict=True)]
        if len(texts) > 1 and all(texts):
            return texts, [_half_width(mark[1]).upper() for mark in kept]
    for separator, fewest in SEPARATORS:
        texts = [part.strip() for part in text.strip(f" {separator}").split(separator)]
        if fewest <= len(texts) <= MOST_OPTIONS and all(texts) and max(map(len, texts)) <= LONGEST_OPTION:
            return texts if len(set(texts)) == len(texts) else [], []
    return [], []


def are_in_one_text(value: Any, right: Any) -> bool:
    """Whether a text holds options, one of which another column says to be right."""
    if not isinstance(value, str) or not isinstance(right, (str, int)):
        return False
    texts, marks = in_one_text(value)
    said = talk.words(right).strip()
    plain = _plain(right)
    bare = {said, LETTERED.sub("", said, count=1), NUMBERED.sub("", said, count=1)}
    if len(texts) < 2 or bare.intersection(texts) or plain.upper() in (*marks, *LETTERS[: len(texts)]):
        return len(texts) > 1
    return (plain.isdecimal() and int(plain) <= len(texts)) or _are_several(right, texts, marks)


def from_one(where: Sequence[str]) -> bool:
    """Whether the options' columns are numbered from 1, so that a number may mean their names or count from 0."""
    first = where[0].lower()
    numbered = [_half_width(name)[-1:] for name in where] == [str(number) for number in range(1, len(where) + 1)]
    return len(where) > 1 and (first == "answera" or (numbered and not first.startswith("sol")))


def is_option(row: Fields, where: Sequence[str], right: Any) -> bool:
    """Whether what says which is right is the text of one, and so no number to count with."""
    said = talk.words(right).strip() if isinstance(right, (int, float, str)) else ""
    return any(isinstance(row.get(name), (int, float, str)) and talk.words(row[name]).strip() == said for name in where)


def counted_from(rows: Iterable[Fields], where: Sequence[str], answer: str) -> Literal[0, 1, "untold"] | None:
    """What numbers in `answer` count from: 0 where one of them is 0, 1 where one is as great as there are options.

    "untold" where none of them tells, nor the options themselves; None where no number has to be counted. Of columns
    that are numbered from 1 the first number that tells does.
    """
    found: Literal[1, "untold"] | None = None
    columns = from_one(where)
    for row in rows:
        said = _plain(row.get(answer))
        if not said.isdecimal() or (found == 1 and int(said)):
            continue
        texts, labels = _counted_options(row, where)
        if len(texts) < 2 or talk.words(row[answer]).strip() in texts:
            continue
        if int(said) == 0:
            return 0
        if int(said) == (len(where) if columns else len(texts)):
            found = 1
            if columns:
                break
        elif not labels and not columns:
            found = found or "untold"
    return found


def _counted_options(row: Fields, where: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options of a row among which a number may count, and the numbers that they say themselves; or nothing."""
    if len(where) > 1:
        return [text for name in where if (text := talk.words(row.get(name)).strip())], []
    try:
        value = talk.opened(row[where[0]])
        texts, labels, marked = _of_one(value)
    except (Skip, KeyError):
        return [], []
    if marked is not None or any(map(str.isdecimal, labels)) or _holds_numbers(value):
        return [], []
    return [text.strip() for text in texts], _own_numbers(texts)


def _own_numbers(texts: Sequence[str]) -> list[str]:
    """The numbers before all options, where they are in order; none where they are not."""
    if len(texts) < 2 or not NUMBERED.match(texts[0]):
        return []
    marks = [NUMBERED.match(text) for text in texts]
    said = [_half_width(mark[1] or mark[2]) for mark in marks if mark]
    orders = ([str(number + start) for number in range(len(texts))] for start in (0, 1))
    return said if said in orders or said == list(KANA[: len(texts)]) else []


def read(row: Fields, where: Sequence[str], right: Any, start: int | None = None) -> tuple[list[str], int]:
    """(options, number of the right one from 0). `start`: what the answers count from, where it is known; else
    from what the columns are called, or what the options say themselves. Raises Skip where none is named.
    """
    labels: list[str] = []
    if len(where) > 1:
        texts = [talk.words(row[name]).strip() for name in where]
        labels = [_half_width(name)[-1].upper() for name in where]
        kept = [number for number, text in enumerate(texts) if text]
        texts, labels = [texts[number] for number in kept], [labels[number] for number in kept]
        if where[0].lower().startswith("sol"):  # PIQA counts its two from 0
            labels = ["0", "1"]
        if where[0].lower() == "answera":  # Social IQa counts them from 1
            labels = [str(number) for number in range(1, len(texts) + 1)]
        if start is None and not is_option(row, where, right):
            start = {"0": 0, str(len(texts)): 1}.get(_plain(right))
        if from_one(where) and start == 0:
            labels = [str(int(label) - 1) for label in labels]
        if WRONG.match(where[0].lower()):  # the order of the columns would give the right one away
            texts, labels = sorted(texts), []
    else:
        texts, labels, marked = _of_one(talk.opened(row[where[0]]))
        right = marked if marked is not None else right
    if len(texts) < 2:
        raise Skip(drop_reasons.OTHER_OPTIONS)
    own = _own_numbers(texts)
    if own and not labels:
        labels = own if start is None else [str(number + start) for number in range(len(texts))]
    numbers = len(where) == 1 and _holds_numbers(talk.opened(row[where[0]]))
    first = start or 0
    if type(right) is int and 0 <= right - first < len(texts) and not (numbers or any(map(str.isdecimal, labels))):
        number = right - first  # counted, even where an option says the same number
    else:
        number = _number(texts, labels, right, first)
    marks = [LETTERED.match(text) for text in texts]
    if [mark and mark[1] for mark in marks] == list(LETTERS[: len(texts)]):  # "A) 3": they are lettered once more
        texts = [text[mark.end() :] for text, mark in zip(texts, marks, strict=True) if mark]
    return [NUMBERED.sub("", text, count=1) for text in texts] if own else texts, number


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
    if isinstance(value, str):
        return *in_one_text(value), None
    if not isinstance(value, Sequence):
        raise Skip(drop_reasons.OTHER_OPTIONS)
    labels = [str(item.get("label", item.get("key", ""))) for item in value if isinstance(item, Mapping)]
    return [talk.words(item) for item in value], labels if all(labels) else [], None


@functools.lru_cache(maxsize=512)
def _half_width(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _plain(right: Any) -> str:
    """A number, a letter without what stands around it: "３", "③", "3番", "3.0", "(3)", "Option 3" are 3."""
    return _bare(talk.words(right)) if type(right) in (int, float, str) else ""


@functools.lru_cache(maxsize=512)
def _bare(said: str) -> str:
    return AROUND.sub("", AROUND.sub("", _half_width(said).strip().strip("().:").strip()))


def _number(texts: Sequence[str], labels: Sequence[str], right: Any, first: int) -> int:
    if isinstance(right, Sequence) and not isinstance(right, str) and len(right) == 1:
        right = right[0]
    said = talk.words(right).strip() if right is not None else ""
    plain = _plain(right)
    if said in labels:
        return list(labels).index(said)
    stripped = [text.strip() for text in texts]
    if said.isascii() and plain.upper() in labels:
        return list(labels).index(plain.upper())
    if said in stripped:
        return stripped.index(said)
    if plain.upper() in labels:
        return list(labels).index(plain.upper())
    for mark in (LETTERED, NUMBERED):
        bare = [mark.sub("", text, count=1) for text in stripped]
        for text in (said, mark.sub("", said, count=1)):  # "B. hen"
            if text in bare:
                return bare.index(text)
    if plain.isdecimal() and 0 <= int(plain) - first < len(texts):
        return int(plain) - first
    for letters in (LETTERS, KANA):
        if len(plain) == 1 and plain.upper() in letters[: len(texts)]:
            return letters.index(plain.upper())
    raise Skip(drop_reasons.SEVERAL_RIGHT if _are_several(right, texts, labels) else drop_reasons.NO_RIGHT_OPTION)


def _are_several(right: Any, texts: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether more than one option is named: as a list, or with signs between them or none ("A,C", "AC", "1・3")."""
    if isinstance(right, str):
        said = _half_width(right)
        parts = BETWEEN.split(said) if BETWEEN.search(said) else list(said)
    else:
        parts = [talk.words(one) for one in right] if isinstance(right, Sequence) else []
    known = {*map(str, labels), *LETTERS[: len(texts)], *KANA[: len(texts)], *(text.strip() for text in texts)}
    known |= {str(number) for number in range(len(texts) + 1)}
    plain = [part.strip() if part.strip() in known else _bare(part).upper() for part in parts]
    return len(plain) > 1 and known.issuperset(plain)
