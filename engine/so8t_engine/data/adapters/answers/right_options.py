"""Which options of a choice question are right: by letter, number or text, several of them, or marked by a sign."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from so8t_engine.data import drop_reasons
from so8t_engine.data.adapters.answers.option_marks import CIRCLED, KANA
from so8t_engine.data.adapters.judged import pointers
from so8t_engine.data.adapters.parsed_row import LETTERS, OTHER_SHAPES, Skip
from so8t_engine.data.adapters.talks import talk

TEXT_OF_RIGHT = ("answer_text", "correct_answer_text", "correct_text", "answer_value", "正解テキスト", "正解文")
IROHA = "イロハニホヘトチ"
LETTERED = re.compile(r"\A\s*\(?([A-H])\s*[).:、．]\s*(?=\S)")
IN_SMALL = re.compile(r"\A\s*\(?([a-h])\s*[).:、．]\s*(?=\S)")
# "1. saw" but not "1.5": an option that says its own number.
NUMBERED = re.compile(rf"\A\s*[(（]?(?:(\d{{1,2}}|[{KANA}])\s*(?:[)）、．]|\.(?!\d))|([①-⑳]))\s*(?=\S)")
BETWEEN = re.compile(r"\s*(?:[,;/|&+・、]|と|\band\b)\s*|\s+", re.IGNORECASE)  # several right ones
AROUND = re.compile(r"(?i)^(?:option|choice|answer|選択肢)[ _-]*(?=\w{1,2}(?:\.0+|番)?$)|(?<=\d)(?:\.0+|番)$")
LONGEST_NUMBERS = 40  # characters
MARK = re.compile(  # of a right option among others: ahead of it, behind it
    r"^\s*(?:\*(?![*\s])|[✓✔✅☑○◯〇]|\[[xX✓✔*]\])\s*(?=\S)|(?<=\S)\s*(?:[(（\[【](?i:correct|right|正解|正答|○)[)）\]】]|[✓✔✅])\s*$"
)
NO_MARK = re.compile(r"^\s*(?:\[\s?\]|[×✗✘❌☐✕])\s*(?=\S)")  # of a wrong one
TEXT_OF_OPTION = (  # without what parts the words
    "answer", "option", "choice", "answertext", "optiontext", "choicetext", "answeroption", "選択肢", "antwort",
    "réponse", "respuesta", "risposta", "resposta",
)  # fmt: skip
IS_RIGHT = ("iscorrect", "correct", "isright", "right", "isanswer", "正解")  # without what parts the words


def find(texts: Sequence[str], labels: Sequence[str], right: Any, first: int, counts: bool) -> tuple[int, ...]:
    """Their numbers from 0, in order. `first`: what numbers count from; `counts`: a number is never an option's text.

    Raises Skip where none is named, or several may be.
    """
    if (marks := _list_of_marks(texts, right)) is not None:
        return pointers.marked(marks)
    single = _place(texts, labels, right, first, counts)
    if single is not None:
        return (single,)
    named = [_place(texts, labels, part, first, counts) for part in parts(right)]
    found = sorted({place for place in named if place is not None})
    if len(found) > 1 and None not in named:
        return tuple(found)
    raise Skip(drop_reasons.SEVERAL_RIGHT if are_several(right, texts, labels) else drop_reasons.NO_RIGHT_OPTION)


def _list_of_marks(texts: Sequence[str], right: Any) -> list[Any] | None:
    """One for each option, of which some say yes: [0, 1, 0]; not where these are options themselves."""
    value = talk.opened(right) if isinstance(right, str) and right[:1] == "[" else right
    if not isinstance(value, list) or len(value) != len(texts) or not pointers.are_marks(value):
        return None
    return None if {str(one) for one in value} <= {*texts} else value


def parts(right: Any) -> list[Any]:
    """What names several options, one by one: of a list, of a text with signs between them ("A,C", "1・3", "AC")."""
    right = talk.opened(right)
    if not isinstance(right, str):
        return list(right) if isinstance(right, Sequence) else []
    said = right.strip()
    said = said if len(said) > LONGEST_NUMBERS or is_circled(said) else half_width(said)
    if BETWEEN.search(said):
        return BETWEEN.split(said)
    orders = (LETTERS, KANA, IROHA, CIRCLED)
    return next((list(said) for order in orders if list(said) == sorted({*said} & {*order}, key=order.index)), [])


def are_several(right: Any, texts: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether more than one option is named, or may be ("13")."""
    named = parts(right) or (list(half_width(right)) if isinstance(right, str) else [])
    known = {*map(str, labels), *LETTERS[: len(texts)], *KANA[: len(texts)], *(text.strip() for text in texts)}
    known |= {str(number) for number in range(len(texts) + 1)}
    said = [talk.words(part).strip() for part in named]
    return len(said) > 1 and known.issuperset(part if part in known else bare(part).upper() for part in said)


def marked(value: Any) -> tuple[list[str], tuple[int, ...]] | None:
    """(texts without their marks, the right ones) of options some of which are marked, but not all; None of others."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) < 2:
        return None
    if all(isinstance(one, Mapping) for one in value):
        keys = {joined(str(key)): key for one in value for key in one}
        lists = ([one.get(keys[name]) for one in value] for name in IS_RIGHT if name in keys)
        marks = next((marks for marks in lists if pointers.are_marks(marks)), None)
        try:
            return ([text_of(one) for one in value], pointers.marked(marks)) if marks is not None else None
        except TypeError:
            return None
    if not all(isinstance(one, str) for one in value):
        return None
    found = tuple(number for number, one in enumerate(value) if MARK.search(one))
    if not 0 < len(found) < len(value):
        return None
    return [NO_MARK.sub("", MARK.sub("", one)).strip() for one in value], found


def joined(name: str) -> str:
    """A name without what parts its words."""
    return re.sub(r"[\s_-]", "", name.lower().replace("(s)", "s"))


def text_of(option: Any) -> str:
    """The text of an option of a list, also of an object that has it under another name. Raises TypeError where there
    is none.
    """
    try:
        return talk.words(option)
    except TypeError:
        keys = {joined(str(key)): key for key in option} if isinstance(option, Mapping) else {}
        named = next((keys[name] for name in TEXT_OF_OPTION if name in keys), None)
        if named is None:
            raise
        return talk.words(option[named])


def labelled(value: Sequence[Any]) -> tuple[list[str], list[str]] | None:
    """(texts, labels) of options in objects of one label and one text each, whatever these are called: aid, atext.

    Labels are what stands in the order of the options: 1, 2, 3; A, B, C.
    """
    try:
        said = {key: [one[key] for one in value] for other in value for key in other}
    except OTHER_SHAPES:
        return None
    orders = [list(order[: len(value)]) for order in (LETTERS, LETTERS.lower(), KANA)]
    orders += [[str(number + start) for number in range(len(value))] for start in (0, 1)]
    labels = [key for key, ones in said.items() if [str(one) for one in ones] in orders]
    texts = [key for key, ones in said.items() if key not in labels and _differ(ones)]
    if len(labels) != 1 or len(texts) != 1:
        return None
    return [one.strip() for one in said[texts[0]]], [str(one) for one in said[labels[0]]]


def _differ(ones: Sequence[Any]) -> bool:
    return all(isinstance(one, str) and one.strip() for one in ones) and len({*ones}) == len(ones)


def scored(value: Any) -> tuple[list[str], tuple[int, ...]] | None:
    """(texts, the right ones) of options that an object gives 1 or 0, as BIG-bench does: {"valid": 1, "invalid": 0}."""
    marks = [*value.values()] if isinstance(value, Mapping) else []
    if any(one not in (0, 1) for one in marks) or len({*marks}) != 2:
        return None
    if all(len(str(name).strip()) < 2 for name in value):  # {"A": 0, "B": 1}: what these say are numbers
        return None
    return [str(name).strip() for name in value], tuple(number for number, one in enumerate(marks) if one)


def disagrees(row: Mapping[str, Any], right: str | None, texts: Sequence[str], rights: Sequence[int]) -> bool:
    """Whether another column holds the text of the right option, and that is one of the others."""
    beside = next((name for name in TEXT_OF_RIGHT if name in row and name != right), None)
    said = row[beside] if beside is not None else None
    return isinstance(said, str) and said.strip() in texts and list(texts).index(said.strip()) not in rights


def is_circled(right: Any) -> bool:
    """Whether it is named by circled numbers, which count from 1."""
    return isinstance(right, str) and not right.isascii() and any(mark in right for mark in CIRCLED)


def holds_mark(text: str) -> bool:
    return MARK.search(text) is not None or NO_MARK.search(text) is not None


@functools.lru_cache(maxsize=512)
def half_width(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def plain(right: Any) -> str:
    """A number, a letter without what stands around it: "３", "③", "3番", "3.0", "(3)", "Option 3" are 3."""
    return bare(talk.words(right)) if type(right) in (int, float, str) else ""


@functools.lru_cache(maxsize=512)
def bare(said: str) -> str:
    return AROUND.sub("", AROUND.sub("", half_width(said).strip().strip("().:").strip()))


def _place(texts: Sequence[str], labels: Sequence[str], right: Any, first: int, counts: bool) -> int | None:
    """Of the one option that is named, from 0; None where there is none."""
    if type(right) is int and counts and 0 <= right - first < len(texts):
        return right - first  # counted, even where an option says the same number
    said = talk.words(right).strip() if right is not None else ""
    number = plain(right)
    if said in labels:
        return list(labels).index(said)
    stripped = [text.strip() for text in texts]
    if said.isascii() and number.upper() in labels:
        return list(labels).index(number.upper())
    if said in stripped:
        return stripped.index(said)
    if number.upper() in labels:
        return list(labels).index(number.upper())
    for mark in (LETTERED, NUMBERED):
        without = [mark.sub("", text) for text in stripped]
        if said in without:
            return without.index(said)
        ahead = mark.match(said) or IN_SMALL.match(said)  # "B. hen"
        if ahead is not None and (text := said[ahead.end() :]) in without:
            places = {place for place, one in enumerate(without) if one == text}
            return _agreed(places, _named(ahead[0], labels, len(texts)))
    if said in CIRCLED and said:
        return CIRCLED.index(said) if CIRCLED.index(said) < len(texts) else None
    if number.isdecimal() and 0 <= int(number) - first < len(texts):
        return int(number) - first
    for letters in (LETTERS, KANA):
        if len(number) == 1 and number.upper() in letters[: len(texts)]:
            return letters.index(number.upper())
    alike = [place for place, text in enumerate(texts) if _undressed(text) == _undressed(said) != ""]
    return alike[0] if len(alike) == 1 else None


def _undressed(text: str) -> str:
    """As people write it beside the options: "blue." for "Blue"."""
    return half_width(text).strip(" .。\"'“”「」").casefold()


def _named(mark: str, labels: Sequence[str], count: int) -> set[int]:
    """The options that a letter or number before a text may name; none where it names no option."""
    said = plain(mark)
    if said.upper() in labels:
        return {list(labels).index(said.upper())}
    if said.isdecimal():
        return {int(said) - start for start in (0, 1)} & {*range(count)}
    letters = KANA if said in KANA else LETTERS
    return {letters.index(said.upper())} & {*range(count)}


def _agreed(places: set[int], named: set[int]) -> int:
    """The option of that text, of several the one that its letter names. Raises Skip where that names another."""
    if named and not named & places:
        raise Skip(drop_reasons.LETTER_OF_ANOTHER)
    return min(named & places or places)
