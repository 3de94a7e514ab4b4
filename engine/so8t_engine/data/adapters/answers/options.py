"""Multiple choice: options as a list, an object or columns; the right one as letter, number, text or mark."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters import column_languages
from so8t_engine.data.adapters.answers import right_options
from so8t_engine.data.adapters.answers.option_marks import KANA
from so8t_engine.data.adapters.answers.right_options import IROHA, LETTERED, NUMBERED, half_width
from so8t_engine.data.adapters.parsed_row import LETTERS, Fields, Skip
from so8t_engine.data.adapters.talks import talk

LISTS = (
    "choices", "options", "candidates", "alternatives", "mc1_targets", "mc2_targets", "endings", "answer_choices",
    "answer_candidates", "choice", "選択肢", "target_scores", "option_list", "options_list", "choice_list",
    "choices_list", "answer_options",
)  # fmt: skip
# Columns, in the order of the options: (pattern of names in lower case, how the first may end, the fewest there are).
SPREAD = (
    (re.compile(r"^(?:choice|option|ending|opt|candidate|sol|answer|ans|mc_answer|選択肢)[ _-]?([0-9])$"), "01", 2),
    (re.compile(r"^(?:choice|option|opt|op|candidate|選択肢)[ _-]?([a-h])$"), "a", 2),
    (re.compile(r"^(?:q_)?op([0-9])$"), "01", 2),
    (re.compile(rf"^(?:{column_languages.OPTION})[ _-]*([a-h])$"), "a", 2),
    (re.compile(rf"^(?:{column_languages.OPTION})[ _-]*([0-9])$"), "01", 2),
    (re.compile(r"^answer[ _-]?([a-h])$"), "a", 2),
    (re.compile(rf"^(?:選択肢)?[ _-]?([{KANA}])$"), "ア", 2),
    (re.compile(rf"^(?:選択肢)?[ _-]?([{IROHA}])$"), "イ", 3),
    (re.compile(r"^([A-H])$"), "A", 2),
    (re.compile(r"^([a-h])$"), "a", 3),  # two may be what a sum is of
    (re.compile(r"^([0-9])$"), "1", 3),
)
ASCII = "".join(map(chr, range(128)))
ALONE = re.compile(rf"^\s*\(?([A-Ha-h1-9{KANA}{IROHA}])[).:]*\s*$")
MARKED_AMONG = ("mc1_targets", "mc2_targets", "target_scores")  # of TruthfulQA, BIG-bench: marked among them
COUNTED = ("correctanswerid", "correctindex", "correctidx", "answerid")  # where they are, "answers" are options
OF_TEXT = re.compile(r"(?:(?<=[a-z][A-H])|(?<=[A-H\d])_)(?i:text)$|(?i:\s*[(（](?:optional|任意)[)）])$")
WRONG = re.compile(  # the right one stands in a column of its own
    r"^(?:distractor|incorrect[ _]?answer|(?:dummy|decoy|wrong|incorrect|false)(?:[ _-]?(?:answer|option|choice))?"
    r"|(?:ダミー|誤り?|誤答|不正解|間違い|ハズレ|はずれ|外れ)の?(?:選択肢|回答|解答)?)"
    r"(?:[ _-]*\d|(?:[ _-]+|(?<![a-z]))[a-d])(?:\s*[(](?:optional|任意)[)])?$"
)

# Options in one text: what stands before each, in order; without that what stands between them.
AHEAD = r"(?:^|(?<=[\s|,;/、，；／]))[(（\[]?"
BEHIND = r"\s*(?:[)）\]:：．、]|\.(?!\d))\s*"
MARKS = (
    (re.compile(r"\s*([①-⑳])\s*"), "①②③④⑤⑥⑦⑧⑨⑩"),
    (re.compile(rf"{AHEAD}([A-J]){BEHIND}"), LETTERS),
    (re.compile(rf"{AHEAD}([a-j]){BEHIND}"), LETTERS.lower()),
    (re.compile(rf"{AHEAD}([1-9]){BEHIND}"), "123456789"),
    (re.compile(rf"{AHEAD}([{KANA}])(?:{BEHIND}|\s+)"), KANA),
    (re.compile(rf"{AHEAD}([{IROHA}])(?:{BEHIND}|\s+)"), IROHA),
)
IN_LINES = (  # options that end a question, a line each; numbers only where signs tell them from steps
    (re.compile(r"\s*[(（]?([A-Ja-j])\s*[)）\]:：．.、]\s*(?=\S)"), LETTERS),
    (re.compile(r"\s*[(（]?([1-9])[)）]\s*(?=\S)"), "123456789"),
    (re.compile(r"\s*([①-⑩])\s*(?=\S)"), "123456789"),
    (re.compile(rf"\s*[(（]?([{KANA}])\s*[)）:：．.、]\s*(?=\S)"), KANA),
    (re.compile(rf"\s*[(（]?([{IROHA}])\s*[)）:：．.、]\s*(?=\S)"), IROHA),
)
ASKS_AGAIN = re.compile(r"(?i)\s*(?:(?:your |the |correct )*answer(?: is)?|答え|回答|解答|正解)?\s*[:：]?\s*")
COUNTS = re.compile(r"(?i)how many|number of|count|いくつ|何個|何人|何本|何匹|何つ")
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
OF_PIQA, OF_SOCIAL_IQA = "sol1", "answera"  # whose options are counted from 0, from 1
LETTER = ("marker", "letter", "symbol", "記号")  # beside the text of an option in a list
RIGHT = (  # without what parts the words: correct_option is correctOption
    "answerkey", "answeridx", "answerindex", "correctoption", "correctanswer", "correct", "cop", "label", "gold",
    "answer", "target", "qans", "answerentity", "correctanswernum", "correctanswers", "correctoptionnumber",
    "correctoptionindex", "correctoptionid", "correctanswerindex", "correctansweridx", "correctanswernumber",
    "correctchoice", "correctchoiceindex", "correctchoicenumber", "correctnumber", "correctno",
    "answernumber", "answerno", "optionnumber", "rightoptionnumber", "rightanswernumber", "rightnumber",
    "correctoptionletter", "correctanswerletter", "correctletter",
    "answerletter", "rightanswer", "rightanswerindex", "rightoption", "rightoptionindex", "rightindex",
    "正解", "正答", "解答", "答え", "回答", "正解番号", "正答番号", "解答番号", "答えの番号", "正解の番号",
    "答案", "正确答案", "정답", "답", "antwort", "réponse", "respuesta", "risposta", "resposta", *COUNTED,
    *column_languages.RIGHT, "key", "keyanswer", "keyoption",
)  # fmt: skip


def columns(names: Sequence[str]) -> tuple[str, ...]:
    """The columns that hold options: one with all of them, or one for each; none where there are none."""
    for name in names:
        are_counted = name.lower() == "answers" and any(right_options.joined(one) in COUNTED for one in names)
        if are_counted or name.lower() in LISTS:
            return (name,)
    found = spread(names)
    if found:
        return found
    wrong, right = sorted(name for name in names if _is_wrong(name)), right_column(names, (), None)
    return (*wrong, right) if wrong and right else ()


def spread(names: Sequence[str]) -> tuple[str, ...]:
    """The columns that are options by their place alone: A, B, C; option1, option2."""
    for pattern, first, fewest in SPREAD:
        plain = {name: _unmarked(name) if first == "A" else _unmarked(name).lower() for name in names}
        ends = {name: found[1] for name, text in plain.items() if (found := pattern.match(text))}
        order = {"ア": KANA, "イ": IROHA}.get(first, ASCII)
        ordered = sorted(ends, key=lambda name: order.index(ends[name]))
        marks = "".join(ends[name] for name in ordered)
        if len(marks) >= fewest and marks[0] in first and marks in order:
            return tuple(ordered)
    return ()


def _unmarked(name: str) -> str:
    """A column's name in half width, without the signs around a letter alone: a), (B), c."""
    return ALONE.sub(r"\1", half_width(name))


def _labels(where: Sequence[str]) -> list[str]:
    """What the names of columns call their options by at their ends; nothing where that is no letter or number of them:
    the D of "second" is none.
    """
    ends = [_unmarked(bare(name)).strip(" ).:")[-1:].upper() for name in where]
    in_order = any("".join(ends) in order for order in (LETTERS, "0123456789", KANA, IROHA))
    alone = all(len(_unmarked(bare(name)).strip()) == 1 for name in where)
    return ends if in_order or alone else []


def bare(name: str) -> str:
    """A column's name without what says that it holds the option's text (AnswerAText) or need not be filled."""
    return OF_TEXT.sub("", name)


def right_column(names: Sequence[str], where: Sequence[str], prompt: str | None) -> str | None:
    """The column that says which of the options in `where` is right; with wrong ones only, the one that holds it."""
    if where and _is_wrong(where[0]):
        return where[-1]
    if where and where[0].lower() in MARKED_AMONG:
        return where[0]
    plain = {right_options.joined(name): name for name in names if name not in where and name != prompt}
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
        bounds = [*(mark.start() for mark in kept), len(text)]
        texts = [text[mark.end() : bounds[n]].strip(" \t\r\n　|｜,;/、，；／") for n, mark in enumerate(kept, 1)]
        if len(texts) > 1 and all(texts):
            return texts, [half_width(mark[1]).upper() for mark in kept]
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
    bare = right_options.plain(right)
    without = {said, LETTERED.sub("", said), NUMBERED.sub("", said)}
    if len(texts) < 2:
        return False
    if without.intersection(texts) or bare.upper() in (*marks, *LETTERS[: len(texts)]):
        return True
    return (bare.isdecimal() and int(bare) <= len(texts)) or right_options.are_several(right, texts, marks)


def at_the_end(asked: str) -> tuple[str, list[str], list[str]] | None:
    """(the question, its options, their marks) where its last lines are options; None where they are not."""
    lines = asked.rstrip().splitlines()
    while lines and ASKS_AGAIN.fullmatch(lines[-1]):
        lines.pop()
    for pattern, order in IN_LINES:
        found = [match for line in reversed(lines) if (match := pattern.match(line))]
        marks = [half_width(match[1]).upper() for match in reversed(found)]
        first = len(lines) - len(found)
        if (
            len(found) < 2
            or first < 1
            or "".join(marks) != order[: len(marks)]
            or not all(map(pattern.match, lines[first:]))
        ):
            continue
        if marks[0] == "1" and COUNTS.search(asked):
            return None
        texts = [pattern.sub("", line, count=1).strip() for line in lines[first:]]
        return "\n".join(lines[:first]).strip(), texts, marks
    return None


def from_one(where: Sequence[str]) -> bool:
    """Whether the options' columns are numbered from 1, so that a number may mean their names or count from 0."""
    numbered = [_unmarked(name)[-1:] for name in where] == [str(number) for number in range(1, len(where) + 1)]
    return len(where) > 1 and (OF_SOCIAL_IQA in _lower(where) or (numbered and OF_PIQA not in _lower(where)))


def _lower(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(str.lower, names))


def is_option(row: Fields, where: Sequence[str], right: Any) -> bool:
    """Whether what says which is right is the text of one, and so no number to count with."""
    said = talk.words(right).strip() if isinstance(right, (int, float, str)) else ""
    return any(isinstance(row.get(name), (int, float, str)) and talk.words(row[name]).strip() == said for name in where)


def counted_options(row: Fields, where: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options of a row among which a number may count, and the numbers that they say themselves; or nothing."""
    try:
        if len(where) > 1:
            return [text for name in where if (text := talk.words(row.get(name)).strip())], []
        value = talk.opened(row[where[0]])
        texts, labels, marked = _of_one(value)
    except (Skip, KeyError, TypeError):
        return [], []
    if marked is not None or any(map(str.isdecimal, labels)) or _holds_numbers(value):
        return [], []
    return [text.strip() for text in texts], _own_numbers(texts)


def _own_numbers(texts: Sequence[str]) -> list[str]:
    """The numbers before all options, where they are in order; none where they are not."""
    if len(texts) < 2:
        return []
    marks = [NUMBERED.match(text) for text in texts]
    said = [half_width(mark[1] or mark[2]) for mark in marks if mark]
    orders = ([str(number + start) for number in range(len(texts))] for start in (0, 1))
    return said if said in orders or said == list(KANA[: len(texts)]) else []


def read(
    row: Fields, where: Sequence[str], right: Any, start: int | None = None, among: bool = False
) -> tuple[list[str], tuple[int, ...]]:
    """(options, numbers of the right ones from 0). `start`: what the answers count from, where it is known; else
    from what the columns are called, or what the options say themselves. `among`: the right ones are marked among
    them. Raises Skip where none is named.
    """
    labels: list[str] = []
    rights: tuple[int, ...] | None = None
    if len(where) > 1:
        texts = [talk.words(row[name]).strip() for name in where]
        labels = _labels(where)
        kept = [number for number, text in enumerate(texts) if text]
        texts, labels = [texts[number] for number in kept], [labels[number] for number in kept if labels]
        if OF_PIQA in _lower(where):
            labels = ["0", "1"]
        if OF_SOCIAL_IQA in _lower(where):
            labels = [str(number) for number, _ in enumerate(texts, 1)]
        if start is None and not is_option(row, where, right):
            start = {"0": 0, str(len(texts)): 1}.get(right_options.plain(right))
        if from_one(where) and start == 0:
            labels = [str(int(label) - 1) for label in labels]
        if are_sorted(where):  # the order of the columns would give the right one away
            texts, labels = sorted(texts), []
    else:
        texts, labels, rights = _of_one(talk.opened(row[where[0]]))
    if len(texts) < 2:
        raise Skip(drop_reasons.OTHER_OPTIONS)
    if among and rights is None:
        texts, rights = _marked(row, where, texts)
    own = _own_numbers(texts)
    if own and not labels:
        labels = own if start is None else [str(number + start) for number in range(len(texts))]
    if rights is None:
        given = [row[name] for name in where] if len(where) > 1 else talk.opened(row[where[0]])
        counts = not (_holds_numbers(given) or any(map(str.isdecimal, labels)))
        rights = right_options.find(texts, labels, right, start or 0, counts)
    marks = [LETTERED.match(text) for text in texts]
    if [mark and mark[1] for mark in marks] == list(LETTERS[: len(texts)]):  # "A) 3": they are lettered once more
        texts = [LETTERED.sub("", text) for text in texts]
    return [NUMBERED.sub("", text) for text in texts] if own else texts, rights


def are_sorted(where: Sequence[str]) -> bool:
    """Whether the options of these columns are asked in the order of their texts, which no author of theirs saw."""
    return _is_wrong(where[0])


def _is_wrong(name: str) -> bool:
    return WRONG.match(half_width(name).lower()) is not None


def are_marked(row: Fields, where: Sequence[str]) -> bool:
    """Whether some of the options say that they are right, or that they are not."""
    try:
        texts = _of_one(talk.opened(row[where[0]]))[0] if len(where) == 1 else [talk.words(row[name]) for name in where]
    except (Skip, TypeError):
        return False
    value = talk.opened(row[where[0]])
    return right_options.marked(value) is not None or any(map(right_options.holds_mark, texts))


def _marked(row: Fields, where: Sequence[str], texts: list[str]) -> tuple[list[str], tuple[int, ...]]:
    value = talk.opened(row[where[0]])
    found = right_options.marked(value if len(where) == 1 and isinstance(value, list) else texts)
    if found is None:
        raise Skip(drop_reasons.NO_RIGHT_OPTION)
    return found


def _holds_numbers(value: Any) -> bool:
    return isinstance(value, Sequence) and any(isinstance(item, (int, float)) for item in value)


def _of_one(value: Any) -> tuple[list[str], list[str], tuple[int, ...] | None]:
    """(texts, their labels, the right ones where they are marked beside them)."""
    if (scored := right_options.scored(value)) is not None:
        return scored[0], [], scored[1]
    if isinstance(value, Mapping):
        texts = next((value[name] for name in ("text", "choices", "texts") if isinstance(value.get(name), list)), None)
        marks = next((value[name] for name in ("label", "labels") if isinstance(value.get(name), list)), None)
        if texts is not None:
            said = list(map(str, marks or []))
            rights = tuple(number for number, mark in enumerate(said) if mark == "1") if {*said} == {"0", "1"} else None
            return [talk.words(text) for text in texts], said if rights is None else [], rights
        return [talk.words(text) for text in value.values()], [str(name) for name in value], None
    if isinstance(value, str):
        return *in_one_text(value), None
    if not isinstance(value, Sequence):
        raise Skip(drop_reasons.OTHER_OPTIONS)
    labels = [label_of(item) for item in value if isinstance(item, Mapping)]
    try:
        texts = [right_options.text_of(item) for item in value]
    except TypeError:
        if (pairs := right_options.labelled(value)) is None:
            raise
        return *pairs, None
    return texts, labels if all(labels) else [], None


def label_of(option: Mapping[str, Any]) -> str:
    """The letter or number that an option of a list has beside its text; "" where it has none."""
    return str(next((option[name] for name in ("label", "key", *LETTER) if name in option), ""))
